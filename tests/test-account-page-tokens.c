/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the account's page does with tokens: it creates them, and asks before it deletes one. */

#include "tok-delete-question.h"
#include "tok-form-hands.h"
#include "tok-found-token-dialog.h"
#include "tok-grant-page.h"
#include "tok-new-token-dialog.h"
#include "tok-other-client.h"
#include "tok-page-stage.h"
#include "tok-revoke-button.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define OWN_BODY                                                                                   \
  "Programs that use it stop working at once. Positions that they have opened stay open.\n\n"      \
  "Used just now. It can’t be brought back.\n\n"                                                 \
  "This program is signed in with it: you will be signed out, and need another token to sign in "  \
  "again."
#define TOKEN "Grid bot"
#define OWN "Token Manager"
#define DELETED "“Grid bot” is deleted"

/* What is asked of the service: "api_token" lists, creates and deletes. */
#define LISTED 1
#define DELETED_AND_LISTED (LISTED + 2)

static guint
count_calls (TokPageStage *self)
{
  return tok_page_stage_count_calls (self, "api_token");
}

static TokGrant *
show_token (TokPageStage *self, const char *name)
{
  tok_page_stage_show_view (self, "tokens");
  return tok_grant_row_get_grant (tok_page_stage_get_token_row (self, name));
}

static AdwMessageDialog *
find_question (void)
{
  return ADW_MESSAGE_DIALOG (tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static void
answer_question (const char *label)
{
  tok_ui_test_wait_for_frame (find_question ());
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static TokNewTokenDialog *
find_dialog (void)
{
  return TOK_NEW_TOKEN_DIALOG (tok_ui_program_find_window (TOK_TYPE_NEW_TOKEN_DIALOG));
}

typedef enum {
  BY_CLICK,
  BY_DELETE,
  BY_KEYPAD,
  BY_PAGE,
} How;

static void
ask (TokPageStage *self, const char *name, How how)
{
  TokGrantRow *row = tok_page_stage_get_token_row (self, name);

  switch (how) {
  case BY_CLICK:
    tok_ui_test_click (row, "Delete");
    break;
  case BY_DELETE:
    g_assert_true (tok_ui_test_press (row, "Delete"));
    break;
  case BY_KEYPAD:
    g_assert_true (tok_ui_test_press (row, "KP_Delete"));
    break;
  case BY_PAGE:
    g_signal_emit_by_name (row, "activate");
    tok_ui_test_wait_for_frame (self->window);
    tok_ui_test_click (tok_ui_test_get (self->page, TOK_TYPE_GRANT_PAGE, NULL), "Delete");
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  How how = GPOINTER_TO_UINT (data);
  TokPageStage self = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&self, stage);
  grant = show_token (&self, TOKEN);
  ask (&self, TOKEN, how);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (find_question ()))
                 == GTK_WINDOW (self.window));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (find_question ())), ==, "Delete “Grid bot”?");
  answer_question ("Cancel");
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  g_assert_true ((tok_ui_test_find (self.page, TOK_TYPE_GRANT_PAGE, NULL) != NULL)
                 == (how == BY_PAGE));
  tok_account_page_go_back (self.page);

  /* Escape means the same. */
  ask (&self, TOKEN, BY_CLICK);
  gtk_window_close (GTK_WINDOW (find_question ()));
  tok_test_wait_until (find_question () == NULL);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  g_assert_cmpuint (count_calls (&self), ==, LISTED);
  tok_page_stage_end (&self);
}

static void
test_delete (TokUiStage *stage, gconstpointer data)
{
  How how = GPOINTER_TO_UINT (data);
  TokPageStage self = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&self, stage);
  grant = show_token (&self, TOKEN);
  ask (&self, TOKEN, how);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  answer_question ("Delete");
  g_assert_false (tok_ui_test_shows (self.page, DELETED));
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_test_wait_until (tok_ui_test_shows (self.page, DELETED));

  /* There is nothing more to know about it, once that was read. */
  tok_test_wait_until (tok_ui_test_find (self.page, TOK_TYPE_GRANT_PAGE, NULL) == NULL);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_true (tok_ui_test_shows (tok_page_stage_get_token_row (&self, TOKEN), "Deleted"));
  g_assert_false (tok_ui_test_press (tok_page_stage_get_token_row (&self, TOKEN), "Delete"));
  g_assert_cmpuint (tok_grant_store_get_n_listed (tok_session_get_tokens (self.session)), ==,
                    TOK_UI_STAGE_N_TOKENS - 1);
  g_assert_cmpuint (count_calls (&self), ==, DELETED_AND_LISTED);
  tok_page_stage_end (&self);
}

/* Somebody who reads about another one meanwhile goes on reading. */
static void
test_delete_elsewhere (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&self, stage);
  grant = show_token (&self, TOKEN);
  tok_demo_server_set_latency (stage->server, 50);
  ask (&self, TOKEN, BY_CLICK);
  answer_question ("Delete");
  g_signal_emit_by_name (tok_page_stage_get_token_row (&self, "Spare bot"), "activate");
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_test_wait_until (tok_ui_test_shows (self.page, DELETED));
  g_assert_nonnull (tok_ui_test_find (self.page, TOK_TYPE_GRANT_PAGE, NULL));
  tok_page_stage_end (&self);
}

/* Who has said yes isn't asked again. */
static void
test_retry (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&self, stage);
  grant = show_token (&self, TOKEN);
  tok_demo_server_fail_next (stage->server, "api_token", "Suspendedlogin", "<b>Oops</b>");
  ask (&self, TOKEN, BY_CLICK);
  answer_question ("Delete");
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_FAILED);
  g_assert_true (
      tok_page_stage_shows (&self, "Not deleted. The service is closed for maintenance. Nothing "
                                   "is lost; try again later."));
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_LABEL, DELETED));

  tok_ui_test_click (tok_page_stage_get_token_row (&self, TOKEN), "Retry");
  g_assert_null (find_question ());
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_test_wait_until (tok_ui_test_shows (self.page, DELETED));
  g_assert_cmpuint (count_calls (&self), ==, DELETED_AND_LISTED + 1);
  tok_page_stage_end (&self);
}

/* However often it is asked, and however often the answer is yes. */
static void
test_once (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  TokGrant *grant;
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  tok_page_stage_begin (&self, stage);
  grant = show_token (&self, TOKEN);
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (tok_page_stage_get_list (&self), "revoke", grant);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      g_ptr_array_add (questions, g_steal_pointer (&window));
  }
  for (guint i = 0; i < questions->len; i++)
    adw_message_dialog_response (questions->pdata[i], "yes");
  g_ptr_array_set_size (questions, 0);
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_ui_stage_wait_for_lists (self.session);
  g_assert_cmpuint (count_calls (&self), ==, DELETED_AND_LISTED);
  tok_page_stage_end (&self);
}

static void
test_delete_own (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  g_autofree char *signed_out = NULL;

  tok_page_stage_begin (&self, stage);
  show_token (&self, OWN);
  ask (&self, OWN, BY_CLICK);
  tok_ui_test_wait_for_frame (find_question ());
  g_assert_true (tok_ui_test_shows (find_question (), OWN_BODY));
  answer_question ("Delete");
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);
  signed_out = tok_page_stage_dup_signed_out (self.session);
  g_assert_true (tok_page_stage_shows (&self, signed_out));
  tok_test_wait_until (tok_ui_test_shows (self.page, "“Token Manager” is deleted"));
  tok_ui_test_click (self.page, "Sign In Again");
  g_assert_cmpuint (self.n_asked_again, ==, 1);
  tok_page_stage_end (&self);
}

/* Whoever closes the window doesn't hear of it, and nobody stumbles over that. */
static void
test_unheard (TokUiStage *stage, gconstpointer data)
{
  gboolean answered = GPOINTER_TO_INT (data);
  TokPageStage self = { NULL };
  g_autoptr (TokGrant) grant = NULL;

  tok_page_stage_begin (&self, stage);
  grant = g_object_ref (show_token (&self, TOKEN));
  tok_demo_server_set_latency (stage->server, 50);
  ask (&self, TOKEN, BY_CLICK);
  if (answered)
    answer_question ("Delete");
  tok_page_stage_end (&self);
  tok_test_wait_until (find_question () == NULL);
  tok_test_wait_until (tok_grant_get_state (grant) != TOK_GRANT_WORKING);
  tok_ui_stage_wait_for_lists (self.session);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "api_token"), >=, answered ? 2 : 1);
}

/* What was asked about one account isn't done to another one. */
static void
test_another_account (TokUiStage *stage, gconstpointer data)
{
  gboolean has_another = GPOINTER_TO_INT (data);
  TokSession *second = has_another ? tok_page_stage_new_second_session (stage) : NULL;
  TokPageStage self = { NULL };
  g_autoptr (TokGrant) grant = NULL;
  guint n_calls;

  tok_page_stage_begin (&self, stage);
  grant = g_object_ref (show_token (&self, TOKEN));
  ask (&self, TOKEN, BY_CLICK);
  n_calls = count_calls (&self);
  g_object_set (self.page, "session", second, NULL);
  if (find_question () != NULL)
    adw_message_dialog_response (find_question (), "yes");
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  g_object_set (self.page, "session", self.session, NULL);
  tok_account_page_refresh (self.page);
  tok_ui_stage_wait_for_lists (self.session);
  g_assert_cmpuint (count_calls (&self), ==, n_calls + 1);
  tok_page_stage_end (&self);
  if (second != NULL)
    tok_test_assert_finalize (second);
}

/* Nor when the page has gone, and left the window behind. */
static void
test_page_goes (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  g_autoptr (TokGrant) grant = NULL;

  tok_page_stage_begin (&self, stage);
  grant = g_object_ref (show_token (&self, TOKEN));
  ask (&self, TOKEN, BY_CLICK);
  g_object_set (self.page, "session", NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (self.page), (gpointer *) &self.page);
  gtk_window_set_child (GTK_WINDOW (self.window), gtk_label_new (NULL));
  if (find_question () != NULL)
    adw_message_dialog_response (find_question (), "yes");
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  tok_page_stage_end (&self);
  tok_test_wait_until (self.page == NULL);
}

/* The button with the plus, where it is shown. */
static GtkWidget *
find_new_button (TokPageStage *self)
{
  GtkWidget *header = tok_ui_test_get (self->page, ADW_TYPE_HEADER_BAR, NULL);
  GtkWidget *found = tok_ui_test_find (header, GTK_TYPE_BUTTON, NULL);
  const char *tooltip = found != NULL ? gtk_widget_get_tooltip_text (found) : NULL;

  return g_strcmp0 (tooltip, "New Token") == 0 ? found : NULL;
}

static void
test_new_button (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  g_assert_true (gtk_widget_is_sensitive (find_new_button (&self)));
  tok_ui_test_assert_name (find_new_button (&self), "New Token");
  tok_page_stage_show_view (&self, "apps");
  g_assert_null (find_new_button (&self));
  tok_page_stage_show_view (&self, "tokens");
  g_assert_nonnull (find_new_button (&self));

  g_object_set (self.page, "session", NULL, NULL);
  g_assert_false (tok_page_stage_can (&self, "account.new-token"));
  tok_account_page_new_token (self.page);
  g_assert_null (find_dialog ());
  tok_page_stage_end (&self);
}

/* Who may not create any isn't asked what it shall be. */
static void
test_not_allowed (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", TOK_SCOPE_READ);
  TokPageStage self = { NULL };

  tok_page_stage_begin_with (&self, stage, tok_ui_stage_sign_in (stage, secret, FALSE));
  g_assert_false (gtk_widget_is_sensitive (find_new_button (&self)));
  tok_account_page_new_token (self.page);
  g_assert_null (find_dialog ());
  tok_page_stage_end (&self);
}

/* Whether it is kept or not, from the row and from the details. */
static void
test_copy (TokUiStage *stage, gconstpointer data)
{
  static const char *const copied = "Copied. It is cleared from the clipboard in 30 s";
  TokPageStage self = { NULL };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TokGrantRow *row;
  TokGrant *grant;
  g_autofree char *secret = NULL;

  tok_page_stage_begin (&self, stage);
  row = tok_page_stage_get_token_row (&self, TOKEN);
  grant = tok_grant_row_get_grant (row);
  g_assert_true (tok_ui_test_press (row, "<Control>c"));
  tok_test_wait_until (tok_page_stage_shows (
      &self, "The secret of “" TOKEN "” isn’t kept here, and the service can’t show it again."));
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_EMPTY);

  secret = g_strdelimit (g_strdup (tok_token_get_listed_value (tok_grant_get_token (grant))), "*",
                         'x');
  tok_session_keep_copy_async (self.session, TOKEN, secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (self.session, result, NULL));
  g_signal_emit_by_name (row, "copy");
  tok_test_wait_until (tok_secret_clipboard_get_state (self.clipboard)
                       == TOK_SECRET_CLIPBOARD_HELD);
  tok_secret_clipboard_clear (self.clipboard);

  gtk_widget_activate (GTK_WIDGET (row));
  tok_test_wait_until (tok_page_stage_shows (&self, "Secret"));
  g_signal_emit_by_name (tok_ui_test_find_tip (self.page, "Copy the secret"), "clicked");
  tok_test_wait_until (tok_secret_clipboard_get_state (self.clipboard)
                       == TOK_SECRET_CLIPBOARD_HELD);
  tok_test_wait_until (tok_page_stage_shows (&self, copied));
  tok_ui_test_assert_untold (self.page, secret);
  tok_page_stage_end (&self);
}

static void
open_dialog (TokPageStage *self)
{
  g_signal_emit_by_name (find_new_button (self), "clicked");
  tok_ui_test_wait_for_frame (find_dialog ());
}

static void
create (const char *name)
{
  tok_form_hands_fill (find_dialog (), name, TOK_SCOPE_READ, FALSE);
  tok_ui_test_click (find_dialog (), "Create");
  tok_test_wait_until (tok_ui_test_find (find_dialog (), GTK_TYPE_BUTTON, "Copy") != NULL);
  tok_ui_test_click (find_dialog (), "Copy");
}

static void
finish (void)
{
  tok_ui_test_click (find_dialog (), "Done");
  tok_test_wait_until (find_dialog () == NULL);
}

static void
assert_pointed_out (TokPageStage *self, const char *name)
{
  GtkWidget *row = GTK_WIDGET (tok_page_stage_get_token_row (self, name));

  tok_ui_test_wait_for_frame (self->window);
  g_assert_true (tok_ui_test_shows (row, "New"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == row);
}

static void
test_create (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };
  TokNewTokenDialog *dialog;

  tok_page_stage_begin (&self, stage);
  open_dialog (&self);
  dialog = find_dialog ();
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (self.window));
  /* One is enough. */
  tok_account_page_new_token (self.page);
  g_assert_true (find_dialog () == dialog);
  create ("Night bot");
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_HELD);
  tok_ui_stage_wait_for_lists (self.session);
  finish ();
  assert_pointed_out (&self, "Night bot");

  /* The next one is the new one then. */
  open_dialog (&self);
  tok_form_hands_assert (find_dialog (), "", TOK_SCOPE_NONE, FALSE);
  create ("Day bot");
  tok_ui_stage_wait_for_lists (self.session);
  finish ();
  assert_pointed_out (&self, "Day bot");
  g_assert_false (tok_ui_test_shows (tok_page_stage_get_token_row (&self, "Night bot"), "New"));
  tok_page_stage_end (&self);
}

/* Whoever is done before the list has come. */
static void
test_create_quickly (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  open_dialog (&self);
  tok_demo_server_set_latency (stage->server, 200);
  create ("Night bot");
  finish ();
  g_assert_true (tok_grant_store_get_loading (tok_session_get_tokens (self.session)));
  tok_ui_stage_wait_for_lists (self.session);
  assert_pointed_out (&self, "Night bot");

  /* Once; who goes elsewhere then stays there. */
  gtk_widget_grab_focus (GTK_WIDGET (tok_page_stage_get_token_row (&self, TOKEN)));
  tok_account_page_refresh (self.page);
  tok_ui_stage_wait_for_lists (self.session);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self.window))
                 == GTK_WIDGET (tok_page_stage_get_token_row (&self, TOKEN)));
  tok_page_stage_end (&self);
}

/* From wherever it is asked for, what is created is to be seen. */
static void
test_create_from_apps (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  tok_page_stage_show_view (&self, "apps");
  g_signal_emit_by_name (tok_page_stage_get_app_row (&self, "70133"), "activate");
  tok_account_page_new_token (self.page);
  tok_ui_test_wait_for_frame (find_dialog ());
  g_assert_null (tok_ui_test_find (self.page, TOK_TYPE_GRANT_PAGE, NULL));
  create ("Night bot");
  tok_ui_stage_wait_for_lists (self.session);
  finish ();
  assert_pointed_out (&self, "Night bot");
  tok_page_stage_end (&self);
}

/* The details of the one that it is like are left. */
static void
test_create_from_details (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  tok_page_stage_show_view (&self, "tokens");
  g_signal_emit_by_name (tok_page_stage_get_token_row (&self, TOKEN), "activate");
  tok_ui_test_wait_for_frame (self.window);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "account.duplicate-token", NULL);
  tok_ui_test_wait_for_frame (find_dialog ());
  create ("Night bot");
  tok_ui_stage_wait_for_lists (self.session);
  finish ();
  g_assert_null (tok_ui_test_find (self.page, TOK_TYPE_GRANT_PAGE, NULL));
  assert_pointed_out (&self, "Night bot");
  tok_page_stage_end (&self);
}

static void
test_close_dialog (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  g_assert_true (tok_account_page_close_dialog (self.page));
  open_dialog (&self);
  g_assert_true (tok_account_page_close_dialog (self.page));
  tok_test_wait_until (find_dialog () == NULL);

  open_dialog (&self);
  tok_form_hands_fill (find_dialog (), "Night bot", TOK_SCOPE_READ, FALSE);
  /* The answer would take the question away. */
  tok_demo_server_set_latency (stage->server, 600000);
  tok_ui_test_click (find_dialog (), "Create");
  g_assert_false (tok_account_page_close_dialog (self.page));
  g_assert_nonnull (find_dialog ());
  answer_question ("Close");
  tok_test_wait_until (find_dialog () == NULL);
  g_assert_true (tok_account_page_close_dialog (self.page));
  tok_page_stage_end (&self);
}

/* It goes with the account, or with the page. */
static void
test_dialog_goes (TokUiStage *stage, gconstpointer data)
{
  gboolean with_page = GPOINTER_TO_INT (data);
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  open_dialog (&self);
  create ("Night bot");
  if (!with_page) {
    g_object_set (self.page, "session", NULL, NULL);
    tok_test_wait_until (find_dialog () == NULL);
  }
  tok_page_stage_end (&self);
  tok_test_wait_until (find_dialog () == NULL);
}

/* One at a time; it goes with the account, or with the page. */
static void
test_check_token (TokUiStage *stage, gconstpointer data)
{
  gboolean with_page = GPOINTER_TO_INT (data);
  TokPageStage self = { NULL };
  GtkWindow *dialog;

  tok_page_stage_begin (&self, stage);
  g_assert_true (tok_page_stage_can (&self, "account.check-token"));
  gtk_widget_activate_action (GTK_WIDGET (self.page), "account.check-token", NULL);
  dialog = tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG);
  g_assert_nonnull (dialog);
  tok_ui_test_wait_for_frame (dialog);
  gtk_widget_activate_action (GTK_WIDGET (self.page), "account.check-token", NULL);
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG) == dialog);
  gtk_window_close (dialog);
  tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG) == NULL);

  gtk_widget_activate_action (GTK_WIDGET (self.page), "account.check-token", NULL);
  tok_ui_test_wait_for_frame (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG));
  if (!with_page) {
    g_object_set (self.page, "session", NULL, NULL);
    tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG) == NULL);
    tok_account_page_check_token (self.page);
    g_assert_null (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG));
  }
  tok_page_stage_end (&self);
  tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_FOUND_TOKEN_DIALOG) == NULL);
}

static void
add (const char *path, guint data, TokUiStageTest test)
{
  g_autofree char *whole = g_strconcat ("/account-page-tokens/", path, NULL);

  tok_ui_stage_add (whole, GUINT_TO_POINTER (data), test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("cancel/click", BY_CLICK, test_cancel);
  add ("cancel/key", BY_DELETE, test_cancel);
  add ("cancel/page", BY_PAGE, test_cancel);
  add ("delete/click", BY_CLICK, test_delete);
  add ("delete/key", BY_DELETE, test_delete);
  add ("delete/keypad", BY_KEYPAD, test_delete);
  add ("delete/page", BY_PAGE, test_delete);
  add ("delete/elsewhere", 0, test_delete_elsewhere);
  add ("delete/retry", 0, test_retry);
  add ("delete/once", 0, test_once);
  add ("delete/own", 0, test_delete_own);
  add ("delete/unheard", TRUE, test_unheard);
  add ("delete/unanswered", FALSE, test_unheard);
  add ("delete/nobody", FALSE, test_another_account);
  add ("delete/another-account", TRUE, test_another_account);
  add ("delete/page-goes", 0, test_page_goes);
  add ("new-button", 0, test_new_button);
  add ("not-allowed", 0, test_not_allowed);
  add ("copy", 0, test_copy);
  add ("create/slowly", 0, test_create);
  add ("create/quickly", 0, test_create_quickly);
  add ("create/from-apps", 0, test_create_from_apps);
  add ("create/from-details", 0, test_create_from_details);
  add ("dialog/close", 0, test_close_dialog);
  add ("dialog/goes-with-account", FALSE, test_dialog_goes);
  add ("dialog/goes-with-page", TRUE, test_dialog_goes);
  add ("check-token/goes-with-account", FALSE, test_check_token);
  add ("check-token/goes-with-page", TRUE, test_check_token);

  return g_test_run ();
}
