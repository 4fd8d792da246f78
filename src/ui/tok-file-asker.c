/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-file-asker.h"

/* Asks where something is to be saved. */
struct _TokFileAsker {
  GObject parent_instance;

  GtkFileChooserNative *chooser; /* while it is being asked */
};

G_DEFINE_FINAL_TYPE (TokFileAsker, tok_file_asker, G_TYPE_OBJECT)

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Begins where people keep what they write, and not where the program happened to be started. The
 * question complains about a folder that isn't there. */
static void
go_home (GtkFileChooser *chooser)
{
  const char *const paths[]
      = { g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS), g_get_home_dir () };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GFile) folder = NULL;

    if (paths[i] == NULL || !g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      continue;
    folder = g_file_new_for_path (paths[i]);
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
    return;
  }
}

static GtkFileChooserNative *
new_chooser (GtkWindow *parent, const char *title, const char *name)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  go_home (GTK_FILE_CHOOSER (chooser));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  return chooser;
}

static void
on_response (TokFileAsker *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  tok_file_asker_give_up (self);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, file);
}

static void
tok_file_asker_dispose (GObject *object)
{
  tok_file_asker_give_up (TOK_FILE_ASKER (object));

  G_OBJECT_CLASS (tok_file_asker_parent_class)->dispose (object);
}

static void
tok_file_asker_class_init (TokFileAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_file_asker_dispose;

  /**
   * TokFileAsker::chosen:
   * @self: An asker.
   * @file: Where to. If there is such a file already then it may be replaced.
   *
   * That was the answer. Who wants it saved nowhere isn't heard of.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
tok_file_asker_init (TokFileAsker *self)
{
}

/**
 * tok_file_asker_new:
 *
 * Returns: (transfer full): An asker that asks nothing yet.
 */
TokFileAsker *
tok_file_asker_new (void)
{
  return g_object_new (TOK_TYPE_FILE_ASKER, NULL);
}

/**
 * tok_file_asker_ask:
 * @self: An asker.
 * @parent: (nullable): The window that the question belongs to.
 * @title: What it is called.
 * @name: A name for the file, to begin with.
 *
 * Asks, unless that is being asked already.
 */
void
tok_file_asker_ask (TokFileAsker *self, GtkWindow *parent, const char *title, const char *name)
{
  g_return_if_fail (TOK_IS_FILE_ASKER (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (name != NULL);

  if (self->chooser == NULL) {
    self->chooser = new_chooser (parent, title, name);
    g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_response), self);
  }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * tok_file_asker_give_up:
 * @self: An asker.
 *
 * Doesn't ask any more, if it did.
 */
void
tok_file_asker_give_up (TokFileAsker *self)
{
  g_autoptr (GtkFileChooserNative) chooser = NULL;

  g_return_if_fail (TOK_IS_FILE_ASKER (self));

  chooser = g_steal_pointer (&self->chooser);
  if (chooser == NULL)
    return;
  g_signal_handlers_disconnect_by_data (chooser, self);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
}
