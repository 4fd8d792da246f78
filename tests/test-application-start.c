/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens as the program starts, and when it is handed something to open. */

#include "tok-account-page.h"
#include "tok-settings.h"
#include "tok-sign-in-dialog.h"
#include "tok-sign-in-page.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"
#include "tok-window.h"

#define BACK "org.example.tokenmanager://sign-in"
#define STRAY BACK "?acct1=CR1&token1=a1-x&state=0123456789abcdef"
#define UNASKED                                                                                    \
  "A sign-in came from the browser that nobody here is waiting for: it was begun elsewhere, or "   \
  "given up, or the program was closed since. It was not used. Begin again from here."
#define SERVICE (G_APPLICATION_IS_SERVICE | G_APPLICATION_HANDLES_OPEN)

static GtkWindow *
find_window (void)
{
  return tok_ui_program_find_window (TOK_TYPE_WINDOW);
}

static guint
count_lookups (TokUiProgram *program)
{
  return tok_fake_vault_get_n_calls (program->stage->keyring, TOK_FAKE_VAULT_LOOKUP);
}

/* As a browser does it, by the session bus. */
static void
open_uri (TokUiProgram *program, const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  g_application_open (G_APPLICATION (program->application), &file, 1, "");
}

/* Two accounts that the last run has left behind. */
static void
leave_behind (TokUiStage *stage)
{
  tok_test_wait_until (tok_session_get_is_kept (tok_ui_stage_sign_in_to (stage, "SAMPLE1")));
  tok_test_wait_until (tok_session_get_is_kept (tok_ui_stage_sign_in_to (stage, "SAMPLE2")));
  tok_ui_stage_start_anew (stage);
}

static void
on_state_changed (TokSession *session, GParamSpec *pspec, guint *n_changed)
{
  GtkWidget *window = GTK_WIDGET (find_window ());

  (*n_changed)++;
  g_assert_true (gtk_widget_get_mapped (window));
  g_assert_cmpint (gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (window)), >=, 0);
}

/* Nobody is signed in to anything, and the keyring isn't asked, before something is on the screen;
 * then it is about the one account that is looked at. */
static void
start_as_service (TokUiProgram *program)
{
  TokUiStage *stage = program->stage;
  guint n_lookups = count_lookups (program);
  TokSession *first = tok_sign_in_stage_peek_account (stage, 0);
  TokSession *second = tok_sign_in_stage_peek_account (stage, 1);
  GtkWindow *window;
  guint n_changed = 0;

  g_assert_null (find_window ());
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 2);
  g_assert_true (tok_accounts_get_current (stage->accounts) == second);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (tok_session_get_state (second), ==, TOK_SESSION_SIGNED_OUT);

  g_signal_connect (second, "notify::state", G_CALLBACK (on_state_changed), &n_changed);
  g_application_activate (G_APPLICATION (program->application));
  window = find_window ();
  g_assert_nonnull (window);
  g_assert_null (tok_ui_test_find_any (window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpuint (count_lookups (program), ==, n_lookups);
  tok_ui_stage_wait_for_state (second, TOK_SESSION_READY);
  tok_ui_stage_wait_for_lists (second);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (count_lookups (program), ==, n_lookups + 1);
  g_assert_cmpint (tok_session_get_state (first), ==, TOK_SESSION_SIGNED_OUT);

  /* Once. */
  g_application_activate (G_APPLICATION (program->application));
  tok_ui_test_wait_for_frame (window);
  g_assert_true (find_window () == window);
  g_assert_cmpuint (count_lookups (program), ==, n_lookups + 1);
  g_signal_handlers_disconnect_by_data (second, &n_changed);
}

static void
test_service (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .flags = SERVICE, .scenario = start_as_service };

  leave_behind (stage);
  tok_ui_program_run (&program);
}

/* The window is there for what it brings, and the accounts go on as ever. */
static void
open_stray (TokUiProgram *program)
{
  gboolean has_accounts = tok_sign_in_stage_count_accounts (program->stage) > 0;
  gpointer root;

  open_uri (program, STRAY);
  tok_ui_program_wait_for_window ();
  g_assert_true ((tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG) != NULL) == has_accounts);
  root = has_accounts ? tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG) : find_window ();
  tok_ui_test_wait_for_frame (root);
  g_assert_true (tok_ui_test_shows (root, UNASKED));
  if (has_accounts)
    tok_ui_stage_wait_for_state (tok_accounts_get_current (program->stage->accounts),
                                 TOK_SESSION_READY);

  /* A second one doesn't need a second place. */
  open_uri (program, "org.example.tokenmanager://nonsense");
  g_assert_nonnull (find_window ());
  tok_ui_test_wait_for_frame (root);
  g_assert_false (tok_ui_test_shows (root, UNASKED));
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (program->stage), ==, has_accounts ? 2 : 0);
}

static void
test_open_stray (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .flags = SERVICE, .scenario = open_stray };

  if (GPOINTER_TO_INT (data))
    leave_behind (stage);
  tok_ui_program_run (&program);
}

static char *
answer_in_browser (TokUiProgram *program, GtkWindow *window, gboolean allow)
{
  g_autofree char *page = NULL;

  tok_ui_test_click (window, "Sign In with the Browser");
  page = tok_ui_browser_wait_for_page ();
  return tok_ui_browser_answer (page, allow);
}

/* There and back, as it is on a desktop. */
static void
sign_in_with_browser (TokUiProgram *program)
{
  TokUiStage *stage = program->stage;
  GtkWindow *window = tok_ui_program_wait_for_window ();
  g_autofree char *denied = answer_in_browser (program, window, FALSE);
  g_autofree char *allowed = NULL;

  open_uri (program, denied);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (window, "You didn’t allow it in the browser, so nothing has "
                                            "changed. Try again, or paste a token."));
  allowed = answer_in_browser (program, window, TRUE);
  open_uri (program, allowed);
  tok_test_wait_until (tok_ui_test_shows (window, "3 accounts added"));
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_true (find_window () == window);
  g_assert_null (tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG));
  tok_ui_stage_wait_for_lists (tok_accounts_get_current (stage->accounts));
}

static void
test_browser (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program
      = { .stage = stage, .flags = G_APPLICATION_HANDLES_OPEN, .scenario = sign_in_with_browser };

  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, TOK_UI_BROWSER_APP_ID);
  tok_ui_browser_install ();
  tok_ui_program_run (&program);
  tok_ui_browser_remove ();
}

/* The keyring stays locked: the window tells, and asks for nothing by itself. */
static void
start_locked (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  TokSession *session = tok_accounts_get_current (program->stage->accounts);

  tok_ui_stage_wait_for_state (session, TOK_SESSION_ENDED);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (window, "Keyring Locked"));
  g_assert_cmpuint (tok_fake_vault_get_n_calls (program->stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==,
                    0);
  tok_ui_test_click (window, "Unlock");
  tok_ui_stage_wait_for_state (session, TOK_SESSION_READY);
  tok_ui_stage_wait_for_lists (session);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (program->stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==,
                    1);
}

static void
test_locked (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = start_locked };

  leave_behind (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_ui_program_run (&program);
}

/* It is quit before the keyring has answered. */
static void
start_and_leave (TokUiProgram *program)
{
  tok_ui_program_wait_for_window ();
  tok_test_wait_until (tok_fake_vault_get_n_held (program->stage->keyring) > 0);
}

static void
test_start_and_leave (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = start_and_leave };

  leave_behind (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_ui_program_run (&program);
  g_assert_cmpint (tok_session_get_state (tok_accounts_get_current (stage->accounts)), ==,
                   TOK_SESSION_CONNECTING);
  tok_fake_vault_set_held (stage->keyring, FALSE);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/application-start/service", NULL, test_service);
  tok_ui_stage_add ("/application-start/open-stray", GINT_TO_POINTER (FALSE), test_open_stray);
  tok_ui_stage_add ("/application-start/open-stray/accounts", GINT_TO_POINTER (TRUE),
                    test_open_stray);
  tok_ui_stage_add ("/application-start/browser", NULL, test_browser);
  tok_ui_stage_add ("/application-start/locked", NULL, test_locked);
  tok_ui_stage_add ("/application-start/start-and-leave", NULL, test_start_and_leave);

  return g_test_run ();
}
