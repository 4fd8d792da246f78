/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-file-asker.h"

#include "tok-file-hands.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define NAME "Grid bot.txt"

/* An asker, the window that it asks in, and what was chosen last. */
typedef struct {
  TokFileAsker *asker;
  GtkWidget *window;
  char *folder;
  GFile *chosen;
  guint n_chosen;
} Fixture;

static void
on_chosen (Fixture *self, GFile *file)
{
  g_set_object (&self->chosen, file);
  self->n_chosen++;
}

static void
begin (Fixture *self)
{
  *self = (Fixture){ .asker = tok_file_asker_new () };
  self->window = tok_ui_test_present (gtk_label_new (NULL));
  self->folder = tok_file_hands_new_home ();
  g_signal_connect_swapped (self->asker, "chosen", G_CALLBACK (on_chosen), self);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->asker);
  g_assert_null (tok_file_hands_find ());
  tok_ui_test_close (self->window);
  g_clear_object (&self->chosen);
  g_free (self->folder);
}

static void
ask (Fixture *self)
{
  tok_file_asker_ask (self->asker, GTK_WINDOW (self->window), "Save It", NAME);
  tok_file_hands_wait (self->folder);
}

static void
test_new_destroy (void)
{
  Fixture fixture;

  begin (&fixture);
  end (&fixture);
  /* What is being asked goes, too. */
  begin (&fixture);
  ask (&fixture);
  end (&fixture);
}

static void
test_chosen (void)
{
  Fixture fixture;
  GtkWindow *question;
  g_autofree char *path = NULL;

  begin (&fixture);
  ask (&fixture);
  question = tok_file_hands_find ();
  g_assert_cmpstr (gtk_window_get_title (question), ==, "Save It");
  g_assert_true (gtk_window_get_modal (question));
  g_assert_true (gtk_window_get_transient_for (question) == GTK_WINDOW (fixture.window));
  /* Whoever asks twice is asked once. */
  ask (&fixture);
  g_assert_true (tok_file_hands_find () == question);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, NAME);
  path = g_build_filename (fixture.folder, NAME, NULL);
  g_assert_cmpuint (fixture.n_chosen, ==, 1);
  g_assert_cmpstr (g_file_peek_path (fixture.chosen), ==, path);
  end (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture;

  begin (&fixture);
  ask (&fixture);
  tok_file_hands_answer (GTK_RESPONSE_CANCEL, NAME);
  g_assert_cmpuint (fixture.n_chosen, ==, 0);
  /* It can be asked again, and given up. */
  ask (&fixture);
  tok_file_asker_give_up (fixture.asker);
  g_assert_null (tok_file_hands_find ());
  g_assert_cmpuint (fixture.n_chosen, ==, 0);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/file-asker/new-destroy", test_new_destroy);
  g_test_add_func ("/file-asker/chosen", test_chosen);
  g_test_add_func ("/file-asker/cancel", test_cancel);

  return g_test_run ();
}
