/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-application.h"

#include "tok-account-page.h"
#include "tok-form-hands.h"
#include "tok-new-token-dialog.h"
#include "tok-preferences.h"
#include "tok-sign-in-page.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"
#include "tok-window.h"

#define SAMPLE "Sample data. Nothing here is real."
#define EXPLORE "Explore with sample data"

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokApplication *application = tok_application_new (stage->accounts, stage->settings,
                                                     stage->browser, G_APPLICATION_NON_UNIQUE);

  tok_test_assert_finalize (application);
}

static void
start (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();

  g_assert_nonnull (tok_ui_test_find (window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (program->n_started, ==, 0);
  g_assert_cmpuint (tok_demo_server_get_n_connections (program->stage->server), ==, 0);

  /* Started a second time, it shows what is there. */
  g_application_activate (G_APPLICATION (program->application));
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_WINDOW) == window);
}

static void
test_start (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = start };

  tok_ui_program_run (&program);
}

static void
start_with_sample (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();

  tok_test_wait_until (tok_ui_test_shows (window, SAMPLE));
  tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
  g_assert_null (tok_ui_test_find_any (window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (program->n_started, ==, 1);
  g_assert_true (tok_session_get_is_sample (tok_accounts_get_current (program->stage->accounts)));
}

static void
test_sample_at_once (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .sample_at_once = TRUE, .scenario = start_with_sample };

  tok_ui_program_run (&program);
}

static void
explore (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();

  for (guint i = 1; i <= 2; i++) {
    tok_ui_test_click (window, EXPLORE);
    g_assert_cmpuint (program->n_started, ==, i);
    g_assert_nonnull (tok_ui_test_find_any (window, TOK_TYPE_ACCOUNT_PAGE, NULL));
    tok_test_wait_until (tok_ui_test_shows (window, SAMPLE));
    tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
    tok_accounts_remove (program->stage->accounts,
                         tok_accounts_get_current (program->stage->accounts));
    tok_ui_test_wait_for_frame (window);
  }
}

static void
test_explore (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = explore };

  tok_ui_program_run (&program);
}

static void
explore_in_vain (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();

  if (!program->fails)
    tok_demo_server_stop (program->stage->server);
  tok_ui_program_activate (program, "explore");
  tok_test_wait_until (tok_ui_test_find (window, TOK_TYPE_SIGN_IN_PAGE, NULL) != NULL);
  tok_test_wait_until (tok_ui_test_shows (
      window, program->fails ? "Something unexpected went wrong. Try again."
                             : "The service can’t be reached. Check your network and try again."));
  g_assert_nonnull (tok_ui_test_find (window, GTK_TYPE_BUTTON, EXPLORE));
  g_assert_null (tok_accounts_get_current (program->stage->accounts));
}

static void
test_explore_in_vain (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program
      = { .stage = stage, .fails = GPOINTER_TO_INT (data), .scenario = explore_in_vain };

  tok_ui_program_run (&program);
}

/* Somebody loses patience with a service that takes its time. */
static void
explore_and_leave (TokUiProgram *program)
{
  tok_ui_program_wait_for_window ();
  tok_demo_server_set_latency (program->stage->server, 600000);
  tok_ui_program_activate (program, "explore");
  tok_test_wait_until (tok_ui_stage_count_calls (program->stage, "authorize") == 1);
}

static void
test_explore_and_leave (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = explore_and_leave };

  tok_ui_program_run (&program);
}

static void
open_preferences (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  GtkWindow *preferences;

  tok_ui_program_activate (program, "preferences");
  preferences = tok_ui_program_find_window (TOK_TYPE_PREFERENCES);
  g_assert_true (gtk_window_get_transient_for (preferences) == window);
  tok_ui_program_activate (program, "preferences");
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_PREFERENCES) == preferences);
}

static void
test_preferences (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = open_preferences };

  tok_ui_program_run (&program);
}

/* The account of the last time is there with the window, and signed in to once that is painted. */
static void
go_on (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  TokSession *session = tok_accounts_get_current (program->stage->accounts);

  g_assert_nonnull (session);
  g_assert_nonnull (tok_ui_test_find_any (window, TOK_TYPE_ACCOUNT_PAGE, NULL));
  tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (program->stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==,
                    1);
}

static void
test_go_on (TokUiStage *stage, gconstpointer data)
{
  TokAccounts *former = stage->accounts;
  g_autoptr (TokAccounts) later
      = tok_accounts_new (TOK_VAULT (stage->keyring), stage->settings, &tok_times_default);
  TokUiProgram program = { .stage = stage, .scenario = go_on };

  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_test_wait_until (tok_session_get_is_kept (tok_accounts_get_current (former)));
  stage->accounts = later;
  tok_ui_program_run (&program);
  stage->accounts = former;
}

/* A browser hands over a sign-in; if nobody has begun one that is said. */
static void
open_redirect (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  g_autoptr (GFile) file
      = g_file_new_for_uri ("org.example.tokenmanager://sign-in?acct1=CR1&token1=a1-x&state=0");

  G_APPLICATION_GET_CLASS (program->application)
      ->open (G_APPLICATION (program->application), &file, 1, "");
  tok_test_wait_until (tok_ui_test_shows (
      window,
      "A sign-in came from the browser that nobody here is waiting for: it was begun elsewhere, or "
      "given up, or the program was closed since. It was not used. Begin again from here."));
}

static void
test_open (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = open_redirect };

  tok_ui_program_run (&program);
}

static GdkClipboard *
get_clipboard (void)
{
  return gdk_display_get_clipboard (gdk_display_get_default ());
}

/* Whoever quits in a hurry is asked about the secret that nobody has copied. */
static void
create_and_quit (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  GtkWindow *dialog;
  GtkWindow *question;

  tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new-token", NULL);
  dialog = tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG);
  tok_ui_test_wait_for_frame (dialog);
  tok_form_hands_fill (dialog, "Night bot", TOK_SCOPE_READ, FALSE);
  tok_ui_test_click (dialog, "Create");
  tok_test_wait_until (tok_ui_test_find (dialog, GTK_TYPE_BUTTON, "Copy") != NULL);

  tok_ui_program_activate (program, "quit");
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_WINDOW) == window);
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG) == dialog);
  question = tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, "Go Back");
  tok_ui_test_click (dialog, "Copy");
  g_assert_nonnull (gdk_clipboard_get_content (get_clipboard ()));
}

static void
test_create_and_quit (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .sample_at_once = TRUE, .scenario = create_and_quit };

  tok_ui_program_run (&program);
  g_assert_null (gdk_clipboard_get_content (get_clipboard ()));
}

static const struct {
  const char *action;
  const char *accels[3];
} keys[] = {
  { "win.new-token", { "<Control>n", NULL } },
  { "win.refresh", { "F5", "<Control>r", NULL } },
  { "win.view::tokens", { "<Control>1", NULL } },
  { "win.view::apps", { "<Control>2", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "app.preferences", { "<Control>comma", NULL } },
  { "app.shortcuts", { "<Control>question", NULL } },
  { "app.quit", { "<Control>q", NULL } },
};

static void
check_keys (TokUiProgram *program)
{
  tok_ui_program_wait_for_window ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_auto (GStrv) accels = gtk_application_get_accels_for_action (
        GTK_APPLICATION (program->application), keys[i].action);

    g_assert_cmpstrv (accels, keys[i].accels);
  }
}

static void
test_keys (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = check_keys };

  tok_ui_program_run (&program);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/application/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/application/start", NULL, test_start);
  tok_ui_stage_add ("/application/sample-at-once", NULL, test_sample_at_once);
  tok_ui_stage_add ("/application/explore", NULL, test_explore);
  tok_ui_stage_add ("/application/explore-in-vain/no-service", GINT_TO_POINTER (TRUE),
                    test_explore_in_vain);
  tok_ui_stage_add ("/application/explore-in-vain/no-answer", GINT_TO_POINTER (FALSE),
                    test_explore_in_vain);
  tok_ui_stage_add ("/application/explore-and-leave", NULL, test_explore_and_leave);
  tok_ui_stage_add ("/application/create-and-quit", NULL, test_create_and_quit);
  tok_ui_stage_add ("/application/preferences", NULL, test_preferences);
  tok_ui_stage_add ("/application/go-on", NULL, test_go_on);
  tok_ui_stage_add ("/application/open", NULL, test_open);
  tok_ui_stage_add ("/application/keys", NULL, test_keys);

  return g_test_run ();
}
