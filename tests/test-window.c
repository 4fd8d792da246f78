/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-window.h"

#include "tok-account-page.h"
#include "tok-error.h"
#include "tok-form-hands.h"
#include "tok-grant-row.h"
#include "tok-new-token-dialog.h"
#include "tok-other-client.h"
#include "tok-secret.h"
#include "tok-sign-in-dialog.h"
#include "tok-sign-in-page.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-program.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

typedef struct {
  TokUiStage *stage;
  TokWindow *window;
} Fixture;

static void
begin (Fixture *self, TokUiStage *stage)
{
  self->stage = stage;
  self->window = tok_window_new (NULL, stage->accounts, stage->settings, stage->browser, FALSE);
  gtk_window_present (GTK_WINDOW (self->window));
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->window, text);
}

/* What is on the screen; nothing else is. */
static void
assert_page (Fixture *self, GType type)
{
  tok_ui_test_wait_for_frame (self->window);
  g_assert_true ((tok_ui_test_find (self->window, TOK_TYPE_SIGN_IN_PAGE, NULL) != NULL)
                 == (type == TOK_TYPE_SIGN_IN_PAGE));
  g_assert_true ((tok_ui_test_find (self->window, TOK_TYPE_ACCOUNT_PAGE, NULL) != NULL)
                 == (type == TOK_TYPE_ACCOUNT_PAGE));
}

/* Whether a button with that action would do anything. */
static gboolean
can (Fixture *self, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new ();
  gboolean sensitive;

  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, GTK_WIDGET (self->window));
  sensitive = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return sensitive;
}

static void
assert_can (Fixture *self, gboolean act, gboolean view)
{
  g_assert_true (can (self, "win.refresh", NULL) == act);
  g_assert_true (can (self, "win.add-account", NULL) == act);
  g_assert_true (can (self, "win.sign-in-again", NULL) == act);
  g_assert_true (can (self, "win.new-token", NULL) == act);
  g_assert_true (can (self, "win.view", "apps") == view);
}

static void
activate (Fixture *self, const char *action, const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action,
                                             target != NULL ? "s" : NULL, target));
}

static void
sign_out (TokUiStage *stage)
{
  tok_accounts_remove (stage->accounts, tok_accounts_get_current (stage->accounts));
}

static GtkWindow *
find_dialog (void)
{
  GtkWindow *dialog = tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG);

  if (dialog != NULL)
    tok_ui_test_wait_for_frame (dialog);
  return dialog;
}

static void
wait_for_no_dialog (void)
{
  tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_SIGN_IN_DIALOG) == NULL);
}

/* Types a token on the page that is in @root, and sends it. */
static void
paste (gpointer root, const char *token)
{
  gtk_editable_set_text (tok_ui_test_get (root, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL), token);
  tok_ui_test_click (root, "Sign In");
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  /* Never shown, then with each of its pages. */
  tok_ui_test_close (
      tok_window_new (NULL, stage->accounts, stage->settings, stage->browser, FALSE));
  begin (&fixture, stage);
  end (&fixture);
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  tok_ui_test_close (
      tok_window_new (NULL, stage->accounts, stage->settings, stage->browser, FALSE));
  begin (&fixture, stage);
  end (&fixture);
}

static void
test_sign_in_and_out (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  guint *n_notified;
  GtkWidget *focus;

  begin (&fixture, stage);
  n_notified = tok_test_count_notify (fixture.window, "session");
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);
  assert_can (&fixture, FALSE, FALSE);

  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  assert_can (&fixture, TRUE, TRUE);
  g_assert_true (shows (&fixture, "Grid bot"));
  /* The keys belong to the rows, and Return to none of their buttons. */
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus != NULL && TOK_IS_GRANT_ROW (focus));

  sign_out (stage);
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);
  assert_can (&fixture, FALSE, FALSE);
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_cmpuint (*n_notified, ==, 2);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus != NULL && GTK_IS_TEXT (focus));

  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  g_assert_true (shows (&fixture, "Grid bot"));
  end (&fixture);
}

/* Who was signed in before isn't shown while the next one isn't there yet. */
static void
test_starting (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_window_set_is_starting (fixture.window, TRUE);
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  assert_can (&fixture, FALSE, TRUE);
  activate (&fixture, "win.view", "apps");
  activate (&fixture, "win.view", "tokens");
  tok_window_set_is_starting (fixture.window, FALSE);
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);

  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  g_assert_true (shows (&fixture, "Sample data. Nothing here is real."));
  sign_out (stage);
  tok_window_set_is_starting (fixture.window, TRUE);
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  g_assert_cmpuint (tok_ui_test_count (fixture.window, TOK_TYPE_GRANT_ROW), ==, 0);
  g_assert_null (tok_ui_test_find (fixture.window, GTK_TYPE_MENU_BUTTON, "SAMPLE1"));
  g_assert_false (shows (&fixture, "Sample data. Nothing here is real."));

  /* The start ends with an account. */
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  sign_out (stage);
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);
  end (&fixture);
}

static void
test_actions (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  TokSession *session;

  begin (&fixture, stage);
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  activate (&fixture, "win.view", "apps");
  g_assert_true (shows (&fixture, "Chart Desk"));
  activate (&fixture, "win.view", "tokens");
  g_assert_true (shows (&fixture, "Grid bot"));

  activate (&fixture, "win.refresh", NULL);
  tok_ui_stage_wait_for_lists (session);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "oauth_apps"), ==, 2);
  g_assert_true (shows (&fixture, "Grid bot"));
  end (&fixture);
}

static void
test_paste (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  GtkWidget *focus;

  begin (&fixture, stage);
  paste (fixture.window, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (shows (&fixture, "Signed in to SAMPLE1: Full control"));
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  tok_ui_stage_wait_for_lists (tok_accounts_get_current (stage->accounts));
  tok_ui_test_wait_for_frame (fixture.window);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus != NULL && TOK_IS_GRANT_ROW (focus));
  end (&fixture);
}

/* The list stays, and another token of the same account takes the place of the former one. */
static void
test_ended (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) second = tok_other_client_create_token (other, "Second", TOK_SCOPE_ALL);
  const char *of_other = tok_demo_server_get_token_of (stage->server, "SAMPLE2");
  Fixture fixture = { NULL };
  TokSession *session;
  GtkWindow *dialog;

  begin (&fixture, stage);
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_other_client_delete_token (other, "Token Manager");
  activate (&fixture, "win.refresh", NULL);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_ENDED);
  g_assert_true (shows (&fixture, "Grid bot"));
  tok_ui_test_click (fixture.window, "Sign In Again");
  dialog = find_dialog ();
  g_assert_true (tok_ui_test_shows (dialog, "Sign In to SAMPLE1 Again"));
  g_assert_true (gtk_window_get_transient_for (dialog) == GTK_WINDOW (fixture.window));
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);

  paste (dialog, of_other);
  tok_test_wait_until (tok_ui_test_shows (
      dialog, "This token works, but it is of another account. Paste one of the account named "
              "above."));
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  paste (dialog, second);
  wait_for_no_dialog ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, 1);
  tok_ui_stage_wait_for_state (tok_accounts_get_current (stage->accounts), TOK_SESSION_READY);
  end (&fixture);
}

static void
test_add_account (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  GtkWindow *dialog;

  begin (&fixture, stage);
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  activate (&fixture, "win.add-account", NULL);
  dialog = find_dialog ();
  g_assert_true (tok_ui_test_shows (dialog, "Add an Account"));
  paste (dialog, tok_demo_server_get_token_of (stage->server, "SAMPLE2"));
  wait_for_no_dialog ();
  tok_test_wait_until (shows (&fixture, "Signed in to SAMPLE2: Full control"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, 2);

  /* Where nobody is left there is a page for it in the window. */
  activate (&fixture, "win.add-account", NULL);
  g_assert_nonnull (find_dialog ());
  sign_out (stage);
  g_assert_nonnull (find_dialog ());
  sign_out (stage);
  wait_for_no_dialog ();
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);
  end (&fixture);
}

/* What nobody waits for needs a place to be said at. */
static void
test_stray_redirect (TokUiStage *stage, gconstpointer data)
{
  const char *const sentence
      = "A sign-in came from the browser that nobody here is waiting for: it was begun elsewhere, "
        "or given up, or the program was closed since. It was not used. Begin again from here.";
  const char *const uri
      = "org.example.tokenmanager://sign-in?acct1=CR1&token1=a1-x&state=0123456789abcdef";
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_window_take_redirect (fixture.window, uri);
  g_assert_true (shows (&fixture, sentence));
  g_assert_null (find_dialog ());
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_window_take_redirect (fixture.window, uri);
  g_assert_true (tok_ui_test_shows (find_dialog (), sentence));
  tok_window_take_redirect (fixture.window, "garbage");
  g_assert_true (tok_ui_test_shows (find_dialog (),
                                    "What the browser brought back is no sign-in that can be "
                                    "understood. It was not used; try again."));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, 1);
  end (&fixture);
}

/* The page says how many there are when all are there. */
static void
test_browser (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *page = NULL;
  g_autofree char *uri = NULL;
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  page = tok_browser_sign_in_begin (stage->browser, stage->address);
  uri = tok_ui_browser_answer (page, TRUE);
  tok_window_take_redirect (fixture.window, uri);
  tok_test_wait_until (shows (&fixture, "3 accounts added"));
  assert_page (&fixture, TOK_TYPE_ACCOUNT_PAGE);
  g_assert_null (tok_ui_test_find_any (fixture.window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  end (&fixture);
}

/* The dialog that creates a token, with a secret that nobody has copied yet. */
static GtkWindow *
create_token (Fixture *self)
{
  GtkWindow *dialog;

  activate (self, "win.new-token", NULL);
  dialog = tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG);
  tok_ui_test_wait_for_frame (dialog);
  tok_form_hands_fill (dialog, "Night bot", TOK_SCOPE_READ, FALSE);
  tok_ui_test_click (dialog, "Create");
  tok_test_wait_until (tok_ui_test_find (dialog, GTK_TYPE_BUTTON, "Copy") != NULL);
  return dialog;
}

/* A secret that nobody has is not lost by a key too many; one that is out is not left behind, even
 * where somebody still holds its guardian. */
static void
test_close (TokUiStage *stage, gconstpointer data)
{
  gboolean copies = GPOINTER_TO_INT (data);
  Fixture fixture = { NULL };
  g_autoptr (GObject) guardian = NULL;
  GdkClipboard *clipboard;
  GtkWindow *dialog;
  GtkWindow *question;

  begin (&fixture, stage);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture.window));
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  dialog = create_token (&fixture);
  g_object_get (dialog, "clipboard", &guardian, NULL);
  g_assert_true (gtk_window_get_transient_for (dialog) == GTK_WINDOW (fixture.window));
  g_object_add_weak_pointer (G_OBJECT (fixture.window), (gpointer *) &fixture.window);
  gtk_window_close (GTK_WINDOW (fixture.window));
  g_assert_nonnull (fixture.window);
  question = tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
  tok_ui_test_wait_for_frame (question);
  if (copies) {
    tok_ui_test_click (question, "Go Back");
    tok_ui_test_click (dialog, "Copy");
    g_assert_nonnull (gdk_clipboard_get_content (clipboard));
  } else {
    tok_ui_test_click (question, "Close");
    tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG) == NULL);
    g_assert_nonnull (fixture.window);
  }
  gtk_window_close (GTK_WINDOW (fixture.window));
  tok_test_wait_until (fixture.window == NULL);
  g_assert_null (tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG));
  g_assert_null (gdk_clipboard_get_content (clipboard));
}

static void
test_report (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "<b>Oops</b>");
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_window_report (fixture.window, error);
  g_assert_true (shows (&fixture, "The service failed at this itself. Try again in a moment."));
  assert_page (&fixture, TOK_TYPE_SIGN_IN_PAGE);
  end (&fixture);
}

static void
test_properties (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  g_autoptr (TokAccounts) accounts = NULL;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (TokBrowserSignIn) browser = NULL;

  begin (&fixture, stage);
  tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_object_get (fixture.window, "accounts", &accounts, "settings", &settings, "browser", &browser,
                "session", &session, NULL);
  g_assert_true (accounts == stage->accounts);
  g_assert_true (settings == stage->settings);
  g_assert_true (browser == stage->browser);
  g_assert_true (session == tok_accounts_get_current (stage->accounts));
  /* What stands in a task list says nothing about anybody. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==, "Token Manager");
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/window/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/window/sign-in-and-out", NULL, test_sign_in_and_out);
  tok_ui_stage_add ("/window/starting", NULL, test_starting);
  tok_ui_stage_add ("/window/actions", NULL, test_actions);
  tok_ui_stage_add ("/window/paste", NULL, test_paste);
  tok_ui_stage_add ("/window/ended", NULL, test_ended);
  tok_ui_stage_add ("/window/add-account", NULL, test_add_account);
  tok_ui_stage_add ("/window/stray-redirect", NULL, test_stray_redirect);
  tok_ui_stage_add ("/window/browser", NULL, test_browser);
  tok_ui_stage_add ("/window/close/uncopied", GINT_TO_POINTER (FALSE), test_close);
  tok_ui_stage_add ("/window/close/copied", GINT_TO_POINTER (TRUE), test_close);
  tok_ui_stage_add ("/window/report", NULL, test_report);
  tok_ui_stage_add ("/window/properties", NULL, test_properties);

  return g_test_run ();
}
