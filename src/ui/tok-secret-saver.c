/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-saver.h"

#include "tok-secret-file.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* Asks where a token's secret is to be saved, saves it there, and says how that went. */
struct _TokSecretSaver {
  GObject parent_instance;

  TokToken *token;
  GtkFileChooserNative *chooser; /* while it is being asked */
  GFile *file;                   /* what was chosen last */
  GCancellable *cancellable;     /* while it is being saved */
  char *report;
  gboolean is_saved;
};

G_DEFINE_FINAL_TYPE (TokSecretSaver, tok_secret_saver, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_REPORT,
  PROP_IS_SAVED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_report (TokSecretSaver *self, const char *report)
{
  if (g_strcmp0 (self->report, report) == 0)
    return;
  g_free (self->report);
  self->report = g_strdup (report);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPORT]);
}

static void
set_is_saved (TokSecretSaver *self, gboolean is_saved)
{
  if (self->is_saved == is_saved)
    return;
  self->is_saved = is_saved;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_SAVED]);
}

static void
drop_chooser (TokSecretSaver *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);

  if (chooser != NULL) {
    g_signal_handlers_disconnect_by_data (chooser, self);
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
  }
}

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
new_chooser (GtkWindow *parent, const char *token_name)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save Secret"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = tok_secret_file_suggest_name (token_name);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  go_home (GTK_FILE_CHOOSER (chooser));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  return chooser;
}

static void
give_up (TokSecretSaver *self)
{
  drop_chooser (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->token);
}

/* One that failed takes nothing from what was saved elsewhere before. */
static void
on_save_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokSecretSaver *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  TokSecretFileOutcome outcome = tok_secret_file_save_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  report = tok_secret_file_describe (self->file, outcome, error);
  if (outcome != TOK_SECRET_FILE_FAILED)
    set_is_saved (self, TRUE);
  set_report (self, report);
}

static void
on_response (TokSecretSaver *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  drop_chooser (self);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->file, file);
  tok_secret_file_save_async (file, tok_token_get_listed_value (self->token), self->cancellable,
                              on_save_ready, self);
}

static void
tok_secret_saver_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSecretSaver *self = TOK_SECRET_SAVER (object);

  switch (prop_id) {
  case PROP_REPORT:
    g_value_set_string (value, self->report);
    break;
  case PROP_IS_SAVED:
    g_value_set_boolean (value, self->is_saved);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_saver_dispose (GObject *object)
{
  give_up (TOK_SECRET_SAVER (object));

  G_OBJECT_CLASS (tok_secret_saver_parent_class)->dispose (object);
}

static void
tok_secret_saver_finalize (GObject *object)
{
  g_free (TOK_SECRET_SAVER (object)->report);

  G_OBJECT_CLASS (tok_secret_saver_parent_class)->finalize (object);
}

static void
tok_secret_saver_class_init (TokSecretSaverClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_secret_saver_get_property;
  object_class->dispose = tok_secret_saver_dispose;
  object_class->finalize = tok_secret_saver_finalize;

  /**
   * TokSecretSaver:report:
   *
   * How it went the last time: where the secret is, and who can read it, or why it isn't there.
   */
  properties[PROP_REPORT] = g_param_spec_string ("report", NULL, NULL, NULL, flags);
  /**
   * TokSecretSaver:is-saved:
   *
   * Whether the secret is in a file.
   */
  properties[PROP_IS_SAVED] = g_param_spec_boolean ("is-saved", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_secret_saver_init (TokSecretSaver *self)
{
}

/**
 * tok_secret_saver_set_token:
 * @self: A saver.
 * @token: (nullable): A token whose listed value is its secret; %NULL to let go of the last one.
 *
 * Begins anew with @token. What has been asked is not asked any more, and what was saved stays
 * where it is.
 */
void
tok_secret_saver_set_token (TokSecretSaver *self, TokToken *token)
{
  g_return_if_fail (TOK_IS_SECRET_SAVER (self));
  g_return_if_fail (token == NULL || TOK_IS_TOKEN (token));

  give_up (self);
  g_set_object (&self->token, token);
  set_is_saved (self, FALSE);
  set_report (self, NULL);
}

/**
 * tok_secret_saver_ask:
 * @self: A saver with a token.
 * @parent: (nullable): The window that the question belongs to.
 *
 * Asks where to save the secret, and does it.
 */
void
tok_secret_saver_ask (TokSecretSaver *self, GtkWindow *parent)
{
  g_return_if_fail (TOK_IS_SECRET_SAVER (self));
  g_return_if_fail (self->token != NULL);

  if (self->chooser == NULL) {
    self->chooser = new_chooser (parent, tok_token_get_name (self->token));
    g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_response), self);
  }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * tok_secret_saver_get_is_saved:
 * @self: A saver.
 *
 * Returns: Whether the secret is in a file.
 */
gboolean
tok_secret_saver_get_is_saved (TokSecretSaver *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_SAVER (self), FALSE);

  return self->is_saved;
}
