/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window does while somebody signs in, and when it is done. */

#include "tok-account-page.h"
#include "tok-grant-row.h"
#include "tok-other-client.h"
#include "tok-script.h"
#include "tok-settings.h"
#include "tok-sign-in-dialog.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"
#include "tok-window.h"

#define BROWSER "Sign In with the Browser"
#define BACK "org.example.tokenmanager://sign-in"
#define STRAY BACK "?acct1=CR1&token1=a1-x&state=0123456789abcdef"

typedef struct {
  TokUiStage *stage;
  TokWindow *window;
} Fixture;

static void
begin (Fixture *self, TokUiStage *stage)
{
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, TOK_UI_BROWSER_APP_ID);
  tok_ui_browser_install ();
  self->stage = stage;
  self->window = tok_window_new (NULL, stage->accounts, stage->settings, stage->browser, FALSE);
  gtk_window_present (GTK_WINDOW (self->window));
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_ui_browser_remove ();
}

static void
activate (Fixture *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL));
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->window, text);
}

static GtkWindow *
find_dialog (void)
{
  return tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG);
}

static GtkWindow *
get_dialog (void)
{
  GtkWindow *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  tok_ui_test_wait_for_frame (dialog);
  return dialog;
}

/* It is closed, and gone with the event that closed it. */
static void
wait_for_no_dialog (void)
{
  tok_test_wait_until (find_dialog () == NULL);
}

static gboolean
focus_is_on_row (Fixture *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && TOK_IS_GRANT_ROW (focus);
}

/* Turns to the browser, from whatever @root is, and comes back with the right answer. */
static char *
allow_in_browser (gpointer root)
{
  g_autofree char *page = NULL;

  tok_ui_test_click (root, BROWSER);
  page = tok_ui_browser_wait_for_page ();
  return tok_ui_browser_answer (page, TRUE);
}

static void
assert_focus_is_inside (Fixture *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  g_assert_true (focus == NULL || gtk_widget_get_root (focus) == GTK_ROOT (self->window));
}

/* The keys belong to the first row, also where there are many accounts, and never to what isn't
 * there any more. */
static void
test_browser (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autofree char *uri = NULL;

  begin (&self, stage);
  uri = allow_in_browser (self.window);
  tok_window_take_redirect (self.window, uri);
  tok_test_wait_until (tok_ui_test_find_any (self.window, TOK_TYPE_SIGN_IN_PAGE, NULL) == NULL);
  assert_focus_is_inside (&self);
  tok_test_wait_until (shows (&self, "3 accounts added"));
  g_assert_null (find_dialog ());
  g_assert_null (tok_ui_test_find_any (self.window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_nonnull (tok_ui_test_find (self.window, TOK_TYPE_ACCOUNT_PAGE, NULL));
  g_assert_nonnull (tok_ui_test_find (self.window, GTK_TYPE_MENU_BUTTON, "SAMPLE1"));
  tok_ui_stage_wait_for_lists (tok_accounts_get_current (stage->accounts));
  tok_test_wait_until (focus_is_on_row (&self));
  tok_ui_test_wait_for_frame (self.window);
  g_assert_true (focus_is_on_row (&self));
  end (&self);
}

/* What was said of signing in goes when that is over. */
static void
test_over (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  Fixture self = { NULL };
  TokSession *session;

  begin (&self, stage);
  tok_sign_in_stage_paste (self.window, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (shows (&self, "Signed in to SAMPLE1: Full control"));
  session = tok_accounts_get_current (stage->accounts);
  tok_ui_stage_wait_for_lists (session);
  activate (&self, "win.refresh");
  tok_ui_stage_wait_for_lists (session);
  g_assert_true (shows (&self, "Signed in to SAMPLE1: Full control"));
  tok_other_client_delete_token (other, "Token Manager");
  activate (&self, "win.refresh");
  tok_ui_stage_wait_for_state (session, TOK_SESSION_ENDED);
  /* Long before it would go by itself. */
  for (guint i = 0; i < 60 && shows (&self, "Signed in to SAMPLE1: Full control"); i++)
    continue;
  g_assert_false (shows (&self, "Signed in to SAMPLE1: Full control"));
  end (&self);
}

static void
test_some (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autofree char *page = NULL;
  g_autofree char *state = NULL;
  g_autofree char *uri = NULL;

  begin (&self, stage);
  tok_ui_test_click (self.window, BROWSER);
  page = tok_ui_browser_wait_for_page ();
  state = tok_ui_browser_dup_state (page);
  uri = g_strconcat (BACK "?acct1=SAMPLE1&token1=" TOK_UI_STAGE_TOKEN
                          "&acct2=SAMPLE2&token2=a1-nonsense&state=",
                     state, NULL);
  tok_window_take_redirect (self.window, uri);
  tok_test_wait_until (shows (&self, "1 of 2 accounts were added; the service refused the rest."));
  end (&self);
}

/* The answer comes to where it is waited for. */
static void
test_browser_in_dialog (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autofree char *uri = NULL;
  GtkWindow *dialog;

  begin (&self, stage);
  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  activate (&self, "win.add-account");
  dialog = get_dialog ();
  uri = allow_in_browser (dialog);
  tok_window_take_redirect (self.window, STRAY);
  g_assert_true (get_dialog () == dialog);
  tok_window_take_redirect (self.window, uri);
  wait_for_no_dialog ();
  tok_test_wait_until (shows (&self, "3 accounts added"));
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  end (&self);
}

/* Whoever closes it no longer waits; and what comes then has a place to be said at. */
static void
test_dialog_closed (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autofree char *uri = NULL;

  begin (&self, stage);
  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  activate (&self, "win.add-account");
  uri = allow_in_browser (get_dialog ());
  g_assert_true (tok_ui_test_press (get_dialog (), "Escape"));
  wait_for_no_dialog ();
  g_assert_false (tok_browser_sign_in_get_is_waiting (stage->browser));
  tok_window_take_redirect (self.window, uri);
  g_assert_true (tok_ui_test_shows (
      get_dialog (),
      "A sign-in came from the browser that nobody here is waiting for: it was begun elsewhere, or "
      "given up, or the program was closed since. It was not used. Begin again from here."));
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
  end (&self);
}

/* There is one at a time. */
static void
test_one_dialog (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  activate (&self, "win.add-account");
  g_assert_true (tok_ui_test_shows (get_dialog (), "Add an Account"));
  activate (&self, "win.sign-in-again");
  g_assert_true (tok_ui_test_shows (get_dialog (), "Sign In to SAMPLE1 Again"));
  activate (&self, "win.add-account");
  g_assert_true (tok_ui_test_shows (get_dialog (), "Add an Account"));
  g_assert_true (gtk_window_get_modal (get_dialog ()));
  g_assert_true (gtk_window_get_transient_for (get_dialog ()) == GTK_WINDOW (self.window));
  end (&self);
}

/* Its window takes it along, and what it waits for. */
static void
test_dialog_goes (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  activate (&self, "win.add-account");
  tok_ui_test_click (get_dialog (), BROWSER);
  g_assert_true (tok_browser_sign_in_get_is_waiting (stage->browser));
  end (&self);
  wait_for_no_dialog ();
  /* GTK holds it while the browser is being started. */
  tok_test_wait_until (!tok_browser_sign_in_get_is_waiting (stage->browser));
}

/* Nobody has a token for what isn't real. */
static void
test_sample_again (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  activate (&self, "win.sign-in-again");
  g_assert_null (find_dialog ());
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 0);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_nonnull (tok_ui_test_find (self.window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  end (&self);
}

/* What a service calls an account is no markup. */
static void
test_hostile (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokRawPeer *peer = tok_raw_peer_new (NULL);

  begin (&self, stage);
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, tok_raw_peer_get_address (peer));
  tok_sign_in_stage_paste (self.window, TOK_UI_STAGE_TOKEN);
  tok_script_answer (peer, "authorize", 0,
                     "{\"loginid\":\"<b>\\u202e&amp;\",\"currency\":\"USD\",\"is_virtual\":0,"
                     "\"scopes\":[\"read\",\"admin\"]}");
  tok_test_wait_until (shows (&self, "Signed in to <b>[U+202E]&amp;: Full control"));
  end (&self);
  tok_accounts_remove (stage->accounts, tok_accounts_get_current (stage->accounts));
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  tok_test_assert_finalize (peer);
}

static void
add (const char *path, TokUiStageTest test)
{
  g_autofree char *whole = g_strconcat ("/window-sign-in/", path, NULL);

  tok_ui_stage_add (whole, NULL, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("browser", test_browser);
  add ("browser/some", test_some);
  add ("browser/in-dialog", test_browser_in_dialog);
  add ("dialog/closed", test_dialog_closed);
  add ("dialog/one", test_one_dialog);
  add ("dialog/goes", test_dialog_goes);
  add ("over", test_over);
  add ("sample-again", test_sample_again);
  add ("hostile", test_hostile);

  return g_test_run ();
}
