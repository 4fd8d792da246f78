/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-page.h"

#include "tok-bulk-dialog.h"
#include "tok-grant-page.h"
#include "tok-grant-row.h"
#include "tok-list-buttons.h"
#include "tok-other-client.h"
#include "tok-page-stage.h"
#include "tok-revoke-button.h"
#include "tok-secret-clipboard.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define REVOKE "revoke_oauth_app"
#define UNCONFIRMED "Couldn’t confirm that access is revoked. It may still have it."

static void
assert_finalize (TokUiStage *stage, TokSession *session)
{
  g_autoptr (TokSecretClipboard) clipboard
      = tok_secret_clipboard_new (gdk_display_get_clipboard (gdk_display_get_default ()), 1);

  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_ACCOUNT_PAGE, "accounts", stage->accounts, "settings", stage->settings,
                    "session", session, "clipboard", clipboard, NULL));
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokSession *session;
  g_autoptr (TokSession) shown = NULL;

  assert_finalize (stage, NULL);
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  assert_finalize (stage, session);
  tok_page_stage_begin_with (&fixture, stage, NULL);
  g_object_get (fixture.page, "session", &shown, NULL);
  g_assert_null (shown);
  tok_account_page_refresh (fixture.page);
  tok_page_stage_end (&fixture);
  tok_page_stage_begin_with (&fixture, stage, session);
  g_object_get (fixture.page, "session", &shown, NULL);
  g_assert_true (shown == session);
  g_clear_object (&shown);
  tok_page_stage_end (&fixture);
}

static void
test_one_scope (TokUiStage *stage, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", scopes);
  TokPageStage fixture = { NULL };
  GtkWidget *button;

  tok_page_stage_begin_with (&fixture, stage, tok_ui_stage_sign_in (stage, secret, FALSE));
  g_assert_true (tok_page_stage_shows (&fixture, "API Tokens Need Admin")
                 == !(scopes & TOK_SCOPE_ADMIN));
  tok_account_page_show_view (fixture.page, "apps");
  g_assert_true (tok_page_stage_shows (&fixture, "Connected Apps Need Read")
                 == !(scopes & TOK_SCOPE_READ));
  if (scopes & TOK_SCOPE_READ) {
    button
        = tok_ui_test_get (tok_page_stage_get_app_row (&fixture, "70101"), GTK_TYPE_BUTTON, NULL);
    g_assert_false (gtk_widget_is_sensitive (button));
    g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==,
                     "Revoking needs a token with the permission Admin");
    g_assert_true (tok_page_stage_shows (
        &fixture,
        "Revoking is off: you are signed in with a token that lacks the permission Admin."));
    tok_ui_test_click (fixture.page, "Use Another Token");
  } else {
    tok_ui_test_click (fixture.page, "Sign In with Another Token");
  }
  g_assert_cmpuint (fixture.n_asked_again, ==, 1);
  tok_page_stage_end (&fixture);
}

static char *
dup_offline (TokPageStage *self)
{
  GDateTime *as_of = tok_grant_store_get_as_of (tok_session_get_tokens (self->session));
  g_autofree char *time = g_date_time_format (as_of, "%H:%M");

  return g_strdup_printf ("Offline. As of %s.", time);
}

static void
test_offline (TokUiStage *stage, gconstpointer data)
{
  gboolean by_refresh = GPOINTER_TO_INT (data);
  g_autofree char *offline = NULL;
  TokPageStage fixture = { NULL };

  tok_page_stage_begin (&fixture, stage);
  offline = dup_offline (&fixture);
  g_assert_null (tok_ui_test_find (fixture.page, GTK_TYPE_BUTTON, "Reconnect"));
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  g_assert_true (tok_page_stage_shows (&fixture, offline));
  g_assert_true (tok_page_stage_shows (&fixture, "Grid bot"));

  /* Nobody there yet. */
  tok_ui_test_click (fixture.page, "Reconnect");
  g_assert_true (tok_page_stage_shows (&fixture, "Connecting…")
                 || tok_page_stage_shows (&fixture, offline));
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  g_assert_true (tok_page_stage_shows (&fixture, offline));

  tok_ui_stage_restart (stage);
  if (by_refresh)
    tok_account_page_refresh (fixture.page);
  else
    tok_ui_test_click (fixture.page, "Reconnect");
  g_assert_cmpint (tok_session_get_state (fixture.session), ==, TOK_SESSION_CONNECTING);
  g_assert_nonnull (tok_ui_test_find_any (fixture.page, GTK_TYPE_LABEL, "Connecting…"));
  g_assert_null (tok_ui_test_find (fixture.page, GTK_TYPE_BUTTON, "Reconnect"));
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_READY);
  tok_test_wait_until (!tok_ui_test_shows (fixture.page, "Connecting…"));
  g_assert_false (tok_page_stage_shows (&fixture, offline));
  tok_page_stage_end (&fixture);
}

static void
test_ended (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  g_autoptr (TokClient) other = NULL;
  GtkWidget *list;
  g_autofree char *signed_out = NULL;

  tok_page_stage_begin (&fixture, stage);
  list = GTK_WIDGET (tok_page_stage_get_list (&fixture));
  g_assert_cmpfloat (gtk_widget_get_opacity (list), ==, 1);
  other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  tok_other_client_delete_token (other, "Token Manager");
  tok_account_page_refresh (fixture.page);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);

  /* The lists stay, but not as if they were true. */
  signed_out = tok_page_stage_dup_signed_out (fixture.session);
  g_assert_true (tok_page_stage_shows (&fixture, signed_out));
  g_assert_true (tok_page_stage_shows (&fixture, "Grid bot"));
  g_assert_cmpfloat (gtk_widget_get_opacity (list), <, 1);
  tok_ui_test_click (fixture.page, "Sign In Again");
  g_assert_cmpuint (fixture.n_asked_again, ==, 1);
  tok_page_stage_end (&fixture);
}

static void
test_refresh (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };

  tok_page_stage_begin (&fixture, stage);
  tok_account_page_refresh (fixture.page);
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, "api_token"), ==, 2);
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, "oauth_apps"), ==, 2);

  /* What fails is said above the rows, and can be tried again there. */
  tok_demo_server_fail_next (stage->server, "api_token", "InternalServerError", "<b>Oops</b>");
  tok_account_page_refresh (fixture.page);
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_true (tok_page_stage_shows (&fixture, "Grid bot"));
  tok_ui_test_click (fixture.page, "Retry");
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, "api_token"), ==, 4);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (tok_ui_test_find (fixture.page, GTK_TYPE_BUTTON, "Retry"));
  tok_page_stage_end (&fixture);
}

static void
test_revoke (TokUiStage *stage, gconstpointer data)
{
  const char *id = data;
  TokPageStage fixture = { NULL };
  g_autofree char *said = NULL;
  TokGrant *grant;

  tok_page_stage_begin (&fixture, stage);
  grant = tok_page_stage_show_app (&fixture, id);
  said = g_strdup_printf ("“%s” can no longer use your accounts",
                          g_str_equal (id, TOK_UI_STAGE_HOSTILE_APP) ? TOK_UI_STAGE_HOSTILE_NAME
                                                                     : tok_grant_get_name (grant));
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, id), "Revoke access");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_WORKING);
  g_assert_null (
      tok_ui_test_find (tok_page_stage_get_app_row (&fixture, id), GTK_TYPE_BUTTON, NULL));
  g_assert_false (tok_ui_test_shows (fixture.page, said));

  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_test_wait_until (tok_ui_test_shows (fixture.page, said));
  g_assert_true (tok_ui_test_shows (tok_page_stage_get_app_row (&fixture, id), "Access revoked"));
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, REVOKE), ==, 1);
  g_assert_cmpuint (tok_grant_store_get_n_listed (tok_session_get_apps (fixture.session)), ==,
                    TOK_UI_STAGE_N_APPS - 1);
  tok_page_stage_end (&fixture);
}

/* However often somebody asks for it. */
static void
test_revoke_once (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&fixture, stage);
  grant = tok_page_stage_show_app (&fixture, "70133");
  for (guint i = 0; i < 3; i++)
    g_signal_emit_by_name (tok_page_stage_get_list (&fixture), "revoke", grant);
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  g_signal_emit_by_name (tok_page_stage_get_list (&fixture), "revoke", grant);
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, REVOKE), ==, 1);
  tok_page_stage_end (&fixture);
}

static void
test_revoke_fails (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&fixture, stage);
  grant = tok_page_stage_show_app (&fixture, "70133");
  tok_demo_server_fail_next (stage->server, REVOKE, "InternalServerError", "<b>Oops</b>");
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Revoke access");
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_FAILED);
  g_assert_true (tok_page_stage_shows (
      &fixture, "Still has access. The service failed at this itself. Try again in a moment."));
  g_assert_null (tok_ui_test_find (fixture.page, GTK_TYPE_LABEL,
                                   "“Ledger Lines” can no longer use your accounts"));

  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Retry");
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_test_wait_until (
      tok_ui_test_shows (fixture.page, "“Ledger Lines” can no longer use your accounts"));
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, REVOKE), ==, 2);
  tok_page_stage_end (&fixture);
}

static void
test_killed (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokGrant *grant;

  tok_page_stage_begin (&fixture, stage);
  grant = tok_page_stage_show_app (&fixture, "70133");
  tok_demo_server_set_latency (stage->server, 600000);
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Revoke access");
  tok_test_wait_until (tok_page_stage_count_calls (&fixture, REVOKE) == 1);
  tok_demo_server_stop (stage->server);
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_FAILED);
  g_assert_true (tok_page_stage_shows (&fixture, UNCONFIRMED));

  tok_demo_server_set_latency (stage->server, 0);
  tok_ui_stage_restart (stage);
  tok_ui_test_click (fixture.page, "Reconnect");
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_READY);
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_true (tok_page_stage_shows (&fixture, UNCONFIRMED));
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Retry");
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_page_stage_end (&fixture);
}

/* Whoever closes the window doesn't hear of it, and nobody stumbles over that. */
static void
test_revoke_unheard (TokUiStage *stage, gconstpointer data)
{
  gboolean answered = GPOINTER_TO_INT (data);
  TokPageStage fixture = { NULL };
  g_autoptr (TokGrant) grant = NULL;

  tok_page_stage_begin (&fixture, stage);
  grant = g_object_ref (tok_page_stage_show_app (&fixture, "70133"));
  tok_demo_server_set_latency (stage->server, 50);
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Revoke access");
  if (answered)
    tok_test_wait_until (tok_grant_store_get_loading (tok_session_get_apps (fixture.session)));
  tok_page_stage_end (&fixture);
  tok_test_wait_until (tok_grant_get_state (grant) != TOK_GRANT_WORKING);
  tok_ui_stage_wait_for_lists (fixture.session);
}

static void
test_another_account (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokSession *second = tok_page_stage_new_second_session (stage);
  g_autoptr (TokGrant) grant = NULL;

  tok_page_stage_begin (&fixture, stage);
  grant = g_object_ref (tok_page_stage_show_app (&fixture, "70133"));
  g_signal_emit_by_name (tok_page_stage_get_app_row (&fixture, "70101"), "activate");
  g_assert_nonnull (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL));
  tok_demo_server_set_latency (stage->server, 50);
  tok_account_page_go_back (fixture.page);
  tok_ui_test_click (tok_page_stage_get_app_row (&fixture, "70133"), "Revoke access");
  g_signal_emit_by_name (tok_page_stage_get_app_row (&fixture, "70101"), "activate");

  /* What was shown of the first gives way, also the page about one of its apps. */
  g_object_set (fixture.page, "session", second, NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL));
  g_assert_cmpuint (tok_ui_test_count (tok_page_stage_get_list (&fixture), TOK_TYPE_GRANT_ROW), ==,
                    0);
  g_assert_true (tok_page_stage_shows (&fixture, "Connected Apps Need Read"));
  g_assert_true (tok_page_stage_shows (&fixture, "Sample data. Nothing here is real."));

  /* What was asked of the first is not answered here. */
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  g_assert_false (
      tok_page_stage_shows (&fixture, "“Ledger Lines” can no longer use your accounts"));

  g_object_set (fixture.page, "session", fixture.session, NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_page_stage_shows (&fixture, "Chart Desk"));
  tok_page_stage_end (&fixture);
  tok_test_assert_finalize (second);
}

static void
show_again (TokPageStage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->page), TRUE);
}

/* The keys belong to the first row of a page that comes, unless somebody was faster. */
static void
test_focus (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  GtkWidget *row;

  tok_page_stage_begin (&fixture, stage);
  row = GTK_WIDGET (tok_page_stage_get_token_row (&fixture, "Spare bot"));
  show_again (&fixture);
  tok_test_wait_until (TOK_IS_GRANT_ROW (gtk_window_get_focus (GTK_WINDOW (fixture.window))));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) != row);

  show_again (&fixture);
  gtk_widget_grab_focus (row);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);
  tok_page_stage_end (&fixture);
}

static void
assert_search (TokPageStage *self, gboolean active)
{
  GtkWidget *buttons = tok_ui_test_get (self->page, TOK_TYPE_LIST_BUTTONS, NULL);
  GtkToggleButton *button = tok_ui_test_get (buttons, GTK_TYPE_TOGGLE_BUTTON, NULL);

  g_assert_true (gtk_toggle_button_get_active (button) == active);
  g_assert_true ((tok_ui_test_find (self->page, GTK_TYPE_SEARCH_ENTRY, NULL) != NULL) == active);
}

/* The button belongs to the list in view. */
static void
test_search (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };

  tok_page_stage_begin (&fixture, stage);
  tok_page_stage_show_view (&fixture, "apps");
  assert_search (&fixture, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "account.search", NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  assert_search (&fixture, TRUE);
  tok_page_stage_show_view (&fixture, "tokens");
  assert_search (&fixture, FALSE);
  tok_page_stage_show_view (&fixture, "apps");
  assert_search (&fixture, TRUE);
  tok_ui_test_press (tok_grant_list_get_rows (tok_page_stage_get_list (&fixture)), "Escape");
  assert_search (&fixture, FALSE);
  tok_page_stage_end (&fixture);
}

static gboolean
is_selecting (TokPageStage *self)
{
  gboolean selection_mode;

  g_object_get (tok_grant_list_get_rows (tok_page_stage_get_list (self)), "selection-mode",
                &selection_mode, NULL);
  return selection_mode;
}

/* Who has done what he selected them for doesn't need the selection any more. */
static void
test_revoke_several (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  GtkWindow *dialog;
  GtkWidget *cancel;

  tok_page_stage_begin (&fixture, stage);
  g_ptr_array_add (grants, tok_page_stage_show_app (&fixture, "70133"));
  g_object_set (tok_grant_list_get_rows (tok_page_stage_get_list (&fixture)), "selection-mode",
                TRUE, NULL);
  g_signal_emit_by_name (tok_page_stage_get_list (&fixture), "revoke-several", grants);
  dialog = tok_ui_program_find_window (TOK_TYPE_BULK_DIALOG);
  tok_ui_test_wait_for_frame (dialog);
  g_assert_true (gtk_window_get_transient_for (dialog) == GTK_WINDOW (fixture.window));
  g_assert_true (is_selecting (&fixture));
  cancel = tok_ui_test_get (dialog, GTK_TYPE_BUTTON, "Cancel");
  g_signal_emit_by_name (gtk_widget_get_next_sibling (cancel), "clicked");
  tok_page_stage_wait_for_grant (grants->pdata[0], TOK_GRANT_GONE);
  tok_test_wait_until (!is_selecting (&fixture));
  g_assert_true (tok_account_page_close_dialog (fixture.page));
  tok_page_stage_end (&fixture);
}

static gboolean
can_revoke_all (TokPageStage *fixture)
{
  return tok_page_stage_can (fixture, "account.revoke-all-apps");
}

/* Whatever is shown of the list: all but the official ones go, and then there are none to go. */
static void
test_revoke_all (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  GtkWindow *dialog;
  GtkWidget *cancel;
  TokGrantStore *apps;

  tok_page_stage_begin (&fixture, stage);
  tok_test_wait_until (can_revoke_all (&fixture));
  apps = tok_session_get_apps (fixture.session);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "account.revoke-all-apps", NULL);
  tok_test_wait_until ((dialog = tok_ui_program_find_window (TOK_TYPE_BULK_DIALOG)) != NULL);
  tok_ui_test_wait_for_frame (dialog);
  cancel = tok_ui_test_get (dialog, GTK_TYPE_BUTTON, "Cancel");
  g_signal_emit_by_name (gtk_widget_get_next_sibling (cancel), "clicked");
  tok_test_wait_until (tok_grant_store_get_n_listed (apps) == 1);
  tok_test_wait_until (!can_revoke_all (&fixture));
  g_assert_true (tok_account_page_close_dialog (fixture.page));
  tok_page_stage_end (&fixture);
}

/* Nobody can see that list, or ask for it. */
static void
test_revoke_all_off (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);

  tok_page_stage_begin_with (&fixture, stage, NULL);
  g_assert_false (can_revoke_all (&fixture));
  g_object_set (fixture.page, "session", session, NULL);
  tok_test_wait_until (can_revoke_all (&fixture));
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_OFFLINE);
  g_assert_false (can_revoke_all (&fixture));
  g_object_set (fixture.page, "session", NULL, NULL);
  g_assert_false (can_revoke_all (&fixture));
  tok_page_stage_end (&fixture);
}

static void
test_details (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  GtkWidget *row;

  tok_page_stage_begin (&fixture, stage);
  tok_page_stage_show_app (&fixture, "70133");
  g_assert_false (tok_page_stage_can (&fixture, "account.back"));
  row = GTK_WIDGET (tok_page_stage_get_app_row (&fixture, "70133"));
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (row, "activate");
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_nonnull (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL));
  g_assert_true (tok_page_stage_shows (&fixture, "Ledger Lines"));
  g_assert_true (tok_page_stage_shows (&fixture, "70133"));

  g_assert_true (tok_page_stage_can (&fixture, "account.back"));
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "account.back", NULL);
  g_assert_false (tok_page_stage_can (&fixture, "account.back"));
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);

  /* A second one on the same page; turning to a view leads away from it. */
  g_signal_emit_by_name (tok_page_stage_get_app_row (&fixture, "70101"), "activate");
  g_assert_true (tok_page_stage_shows (&fixture, "Chart Desk"));
  tok_account_page_show_view (fixture.page, "tokens");
  g_assert_true (tok_page_stage_shows (&fixture, "Grid bot"));
  g_assert_null (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL));
  tok_page_stage_end (&fixture);
}

static gboolean
has_focus (TokPageStage *self, const char *title)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return ADW_IS_ACTION_ROW (focus)
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), title);
}

/* The keys begin with the first fact, each time. */
static void
test_details_focus (TokUiStage *stage, gconstpointer data)
{
  static const char *const ids[] = { "70133", "70101", "70133" };
  TokPageStage fixture = { NULL };

  tok_page_stage_begin (&fixture, stage);
  tok_page_stage_show_app (&fixture, ids[0]);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    GtkWidget *row = GTK_WIDGET (tok_page_stage_get_app_row (&fixture, ids[i]));

    gtk_widget_grab_focus (row);
    g_signal_emit_by_name (row, "activate");
    tok_test_wait_until (has_focus (&fixture, "Permissions"));
    tok_ui_test_wait_for_frame (fixture.window);
    g_assert_true (has_focus (&fixture, "Permissions"));
    gtk_widget_grab_focus (tok_ui_test_get (fixture.page, ADW_TYPE_ACTION_ROW, "App ID"));
    tok_account_page_go_back (fixture.page);
    tok_ui_test_wait_for_frame (fixture.window);
    g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);
  }
  tok_page_stage_end (&fixture);
}

/* The same from the page of the app, which is left when that was read; the row says so, too. */
static void
test_revoke_from_page (TokUiStage *stage, gconstpointer data)
{
  TokPageStage fixture = { NULL };
  TokGrant *grant;
  GtkWidget *row;
  GtkWidget *page;

  tok_page_stage_begin (&fixture, stage);
  grant = tok_page_stage_show_app (&fixture, "70133");
  row = GTK_WIDGET (tok_page_stage_get_app_row (&fixture, "70133"));
  gtk_widget_grab_focus (row);
  g_signal_emit_by_name (row, "activate");
  tok_test_wait_until (has_focus (&fixture, "Permissions"));
  page = tok_ui_test_get (fixture.page, TOK_TYPE_GRANT_PAGE, NULL);
  tok_ui_test_click (page, "Revoke access");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_WORKING);
  tok_page_stage_wait_for_grant (grant, TOK_GRANT_GONE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (page, "Access revoked"));
  tok_test_wait_until (
      tok_ui_test_shows (fixture.page, "“Ledger Lines” can no longer use your accounts"));

  tok_test_wait_until (tok_ui_test_find (fixture.page, TOK_TYPE_GRANT_PAGE, NULL) == NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (row, "Access revoked"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);
  g_assert_cmpuint (tok_page_stage_count_calls (&fixture, REVOKE), ==, 1);
  tok_page_stage_end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/account-page/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/account-page/scope/read", GINT_TO_POINTER (TOK_SCOPE_READ), test_one_scope);
  tok_ui_stage_add ("/account-page/scope/admin", GINT_TO_POINTER (TOK_SCOPE_ADMIN), test_one_scope);
  tok_ui_stage_add ("/account-page/offline/reconnect", GINT_TO_POINTER (FALSE), test_offline);
  tok_ui_stage_add ("/account-page/offline/refresh", GINT_TO_POINTER (TRUE), test_offline);
  tok_ui_stage_add ("/account-page/ended", NULL, test_ended);
  tok_ui_stage_add ("/account-page/refresh", NULL, test_refresh);
  tok_ui_stage_add ("/account-page/revoke/one", "70133", test_revoke);
  tok_ui_stage_add ("/account-page/revoke/hostile", TOK_UI_STAGE_HOSTILE_APP, test_revoke);
  tok_ui_stage_add ("/account-page/details-focus", NULL, test_details_focus);
  tok_ui_stage_add ("/account-page/revoke-from-page", NULL, test_revoke_from_page);
  tok_ui_stage_add ("/account-page/revoke/once", NULL, test_revoke_once);
  tok_ui_stage_add ("/account-page/revoke/fails", NULL, test_revoke_fails);
  tok_ui_stage_add ("/account-page/revoke/killed", NULL, test_killed);
  tok_ui_stage_add ("/account-page/revoke/unheard", GINT_TO_POINTER (FALSE), test_revoke_unheard);
  tok_ui_stage_add ("/account-page/revoke/answer-unheard", GINT_TO_POINTER (TRUE),
                    test_revoke_unheard);
  tok_ui_stage_add ("/account-page/revoke/several", NULL, test_revoke_several);
  tok_ui_stage_add ("/account-page/revoke/all", NULL, test_revoke_all);
  tok_ui_stage_add ("/account-page/revoke/all/off", NULL, test_revoke_all_off);
  tok_ui_stage_add ("/account-page/another-account", NULL, test_another_account);
  tok_ui_stage_add ("/account-page/focus", NULL, test_focus);
  tok_ui_stage_add ("/account-page/search", NULL, test_search);
  tok_ui_stage_add ("/account-page/details", NULL, test_details);

  return g_test_run ();
}
