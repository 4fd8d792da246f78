/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-saver.h"

#include "tok-file-hands.h"
#include "tok-secret-view.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <sys/stat.h>
#include <glib/gstdio.h>

#define NAME "Grid/bot"
#define FILE_NAME "Grid_bot.token"
#define SECRET "aBcDeFgHiJkLmNo"

/* A saver, the window that it asks in, and a folder to save to. */
typedef struct {
  TokSecretSaver *saver;
  TokToken *token;
  GtkWidget *window;
  char *folder;
  char *path;
} Fixture;

static void
begin (Fixture *self)
{
  self->saver = g_object_new (TOK_TYPE_SECRET_SAVER, NULL);
  self->token = tok_token_new (NAME, SECRET, TOK_SCOPE_READ, NULL, NULL, NULL);
  self->window = tok_ui_test_present (gtk_label_new (NULL));
  self->folder = tok_file_hands_new_home ();
  self->path = g_build_filename (self->folder, FILE_NAME, NULL);
  tok_secret_saver_set_token (self->saver, self->token);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->saver);
  /* Nobody keeps the secret. */
  tok_test_assert_finalize (self->token);
  g_assert_null (tok_file_hands_find ());
  tok_ui_test_close (self->window);
  g_remove (self->path);
  g_free (self->folder);
  g_free (self->path);
}

static void
ask (Fixture *self)
{
  tok_secret_saver_ask (self->saver, GTK_WINDOW (self->window));
  tok_file_hands_wait (self->folder);
}

static char *
dup_report (Fixture *self)
{
  char *report;

  g_object_get (self->saver, "report", &report, NULL);
  return report;
}

static void
assert_reports (Fixture *self, const char *text)
{
  g_autofree char *report = dup_report (self);

  g_assert_cmpstr (report, ==, text);
}

/* Chooses a place where nothing can be written. */
static void
answer_in_vain (Fixture *self)
{
  guint *n_reports = tok_test_count_notify (self->saver, "report");
  g_autofree char *report = NULL;

  tok_file_hands_go_to ("/proc");
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, FILE_NAME);
  tok_test_wait_until (*n_reports == 1);
  report = dup_report (self);
  g_assert_true (g_str_has_prefix (report, "Not saved. "));
}

static void
assert_saved (Fixture *self)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, SECRET);
  g_assert_cmpint (g_lstat (self->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static void
test_new_destroy (void)
{
  TokSecretSaver *saver = g_object_new (TOK_TYPE_SECRET_SAVER, NULL);
  Fixture fixture = { NULL };

  g_assert_false (tok_secret_saver_get_is_saved (saver));
  tok_test_assert_finalize (saver);
  begin (&fixture);
  end (&fixture);
  /* What is being asked goes, too. */
  begin (&fixture);
  ask (&fixture);
  end (&fixture);
}

static void
test_saves (void)
{
  Fixture fixture = { NULL };
  g_autofree char *sentence = NULL;
  guint *n_saved;
  gboolean is_saved;
  GtkWindow *question;

  begin (&fixture);
  n_saved = tok_test_count_notify (fixture.saver, "is-saved");
  ask (&fixture);
  question = tok_file_hands_find ();
  g_assert_true (gtk_window_get_modal (question));
  g_assert_true (gtk_window_get_transient_for (question) == GTK_WINDOW (fixture.window));
  /* Whoever asks twice is asked once. */
  ask (&fixture);
  g_assert_true (tok_file_hands_find () == question);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, FILE_NAME);
  tok_test_wait_until (tok_secret_saver_get_is_saved (fixture.saver));
  assert_saved (&fixture);
  sentence = g_strdup_printf ("Saved as “%s” in %s. Whoever can read that file has the token.",
                              FILE_NAME, fixture.folder);
  assert_reports (&fixture, sentence);
  g_object_get (fixture.saver, "is-saved", &is_saved, NULL);
  g_assert_true (is_saved);

  /* That it fails the next time takes nothing from it. */
  g_assert_cmpint (g_remove (fixture.path), ==, 0);
  ask (&fixture);
  answer_in_vain (&fixture);
  g_assert_true (tok_secret_saver_get_is_saved (fixture.saver));
  g_assert_cmpuint (*n_saved, ==, 1);

  /* What became of one says nothing about the next. */
  tok_secret_saver_set_token (fixture.saver, fixture.token);
  assert_reports (&fixture, NULL);
  g_assert_false (tok_secret_saver_get_is_saved (fixture.saver));
  end (&fixture);
}

static void
test_fails (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  ask (&fixture);
  answer_in_vain (&fixture);
  g_assert_false (tok_secret_saver_get_is_saved (fixture.saver));
  end (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  ask (&fixture);
  tok_file_hands_answer (GTK_RESPONSE_CANCEL, FILE_NAME);
  assert_reports (&fixture, NULL);
  g_assert_false (tok_secret_saver_get_is_saved (fixture.saver));
  g_assert_false (g_file_test (fixture.path, G_FILE_TEST_EXISTS));
  /* It can be asked again. */
  ask (&fixture);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, FILE_NAME);
  tok_test_wait_until (tok_secret_saver_get_is_saved (fixture.saver));
  end (&fixture);
}

/* Whoever lets go of it while it is being saved hears no more of it. */
static void
test_let_go (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  ask (&fixture);
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, FILE_NAME);
  tok_secret_saver_set_token (fixture.saver, NULL);
  tok_test_wait_until (g_file_test (fixture.path, G_FILE_TEST_EXISTS));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_reports (&fixture, NULL);
  g_assert_false (tok_secret_saver_get_is_saved (fixture.saver));
  end (&fixture);
}

/* Who saves it has it, and is told what others can do who get it. */
static void
test_view (void)
{
  const char *warning = "Whoever has it can move your money.";
  g_autofree char *report = NULL;
  g_autoptr (TokToken) token = tok_token_new (NAME, SECRET, TOK_SCOPE_PAYMENTS, NULL, NULL, NULL);
  TokSecretView *view = g_object_new (TOK_TYPE_SECRET_VIEW, NULL);
  Fixture fixture = { NULL };

  begin (&fixture);
  gtk_window_set_child (GTK_WINDOW (fixture.window), GTK_WIDGET (view));
  tok_secret_view_show_token (view, token, TOK_SCOPE_PAYMENTS);
  tok_ui_test_wait_for_frame (view);
  tok_ui_test_click (view, "Save to a File…");
  tok_file_hands_wait (fixture.folder);
  g_assert_true (gtk_window_get_transient_for (tok_file_hands_find ())
                 == GTK_WINDOW (fixture.window));
  g_assert_false (tok_secret_view_get_has_copy (view));
  g_assert_false (tok_ui_test_shows (view, warning));
  tok_file_hands_answer (GTK_RESPONSE_ACCEPT, FILE_NAME);
  tok_test_wait_until (tok_secret_view_get_has_copy (view));
  tok_ui_test_wait_for_frame (view);
  report = g_strdup_printf ("Saved as “%s” in %s. Whoever can read that file has the token.",
                            FILE_NAME, fixture.folder);
  g_assert_true (tok_ui_test_shows (view, report));
  g_assert_true (tok_ui_test_shows (view, warning));

  tok_secret_view_show_token (view, token, TOK_SCOPE_PAYMENTS);
  g_assert_false (tok_ui_test_shows (view, report));
  g_assert_false (tok_secret_view_get_has_copy (view));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/secret-saver/new-destroy", test_new_destroy);
  g_test_add_func ("/secret-saver/saves", test_saves);
  g_test_add_func ("/secret-saver/fails", test_fails);
  g_test_add_func ("/secret-saver/cancel", test_cancel);
  g_test_add_func ("/secret-saver/let-go", test_let_go);
  g_test_add_func ("/secret-saver/view", test_view);

  return g_test_run ();
}
