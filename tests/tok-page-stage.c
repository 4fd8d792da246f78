/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-page-stage.h"

#include "tok-other-client.h"
#include "tok-test.h"
#include "tok-times.h"
#include "tok-ui-test.h"

#define CLIPBOARD_SECONDS 30

static void
on_sign_in_again (GSimpleAction *action, GVariant *parameter, gpointer n_asked_again)
{
  (*(guint *) n_asked_again)++;
}

/**
 * tok_page_stage_begin_with:
 * @self: Empty.
 * @stage: A stage.
 * @session: (nullable): Somebody who is signed in there.
 *
 * Shows the page of @session.
 */
void
tok_page_stage_begin_with (TokPageStage *self, TokUiStage *stage, TokSession *session)
{
  static const GActionEntry entries[] = { { "sign-in-again", on_sign_in_again, NULL, NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->stage = stage;
  self->session = session;
  self->clipboard = tok_secret_clipboard_new (
      gdk_display_get_clipboard (gdk_display_get_default ()), CLIPBOARD_SECONDS);
  self->page
      = g_object_new (TOK_TYPE_ACCOUNT_PAGE, "accounts", stage->accounts, "settings",
                      stage->settings, "session", session, "clipboard", self->clipboard, NULL);
  self->window = tok_ui_test_present (GTK_WIDGET (self->page));
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &self->n_asked_again);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
}

/**
 * tok_page_stage_begin:
 * @self: Empty.
 * @stage: A stage.
 *
 * Signs in and shows the page.
 */
void
tok_page_stage_begin (TokPageStage *self, TokUiStage *stage)
{
  tok_page_stage_begin_with (self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
}

/**
 * tok_page_stage_end:
 * @self: What has begun.
 *
 * Closes the window, and asserts that nothing is left.
 */
void
tok_page_stage_end (TokPageStage *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->clipboard);
}

/**
 * tok_page_stage_new_second_session:
 * @stage: A stage.
 *
 * Returns: (transfer full): Another session of the same owner, with a token that has Admin alone.
 */
TokSession *
tok_page_stage_new_second_session (TokUiStage *stage)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", TOK_SCOPE_ADMIN);
  TokSession *session = tok_session_new (stage->address, stage->vault, &tok_times_default, TRUE);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_session_sign_in_async (session, secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tok_session_sign_in_finish (session, result, &error);
  g_assert_no_error (error);
  tok_ui_stage_wait_for_lists (session);
  return session;
}

/**
 * tok_page_stage_shows:
 * @self: A page.
 * @text: A text.
 *
 * Returns: Whether a label on the page reads exactly @text, once all of what is true now is drawn.
 */
gboolean
tok_page_stage_shows (TokPageStage *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->page, text);
}

/**
 * tok_page_stage_dup_signed_out:
 * @session: A session whose token the service doesn't accept any more, with tokens in its list.
 *
 * Returns: (transfer full): What must be said of that.
 */
char *
tok_page_stage_dup_signed_out (TokSession *session)
{
  GDateTime *as_of = tok_grant_store_get_as_of (tok_session_get_tokens (session));
  g_autofree char *time = g_date_time_format (as_of, "%H:%M");

  return g_strdup_printf ("You are signed out: the service doesn’t accept this token any more. It "
                          "may have been deleted, or ended elsewhere. The list is as of %s.",
                          time);
}

/**
 * tok_page_stage_can:
 * @self: A page.
 * @action: One of its actions.
 *
 * Returns: Whether it would do anything: what a button with that action would show.
 */
gboolean
tok_page_stage_can (TokPageStage *self, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  gboolean sensitive;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, GTK_WIDGET (self->page));
  sensitive = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return sensitive;
}

/**
 * tok_page_stage_get_list:
 * @self: A page.
 *
 * Returns: (transfer none): The list that is shown.
 */
TokGrantList *
tok_page_stage_get_list (TokPageStage *self)
{
  return tok_ui_test_get (self->page, TOK_TYPE_GRANT_LIST, NULL);
}

static TokGrantRow *
get_row (TokPageStage *self, TokGrant *grant)
{
  GtkListBox *list_box = tok_ui_test_get (tok_page_stage_get_list (self), GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_box, i)) != NULL; i++)
    if (tok_grant_row_get_grant (TOK_GRANT_ROW (row)) == grant)
      return TOK_GRANT_ROW (row);
  g_assert_not_reached ();
}

/**
 * tok_page_stage_get_app_row:
 * @self: A page that shows the apps.
 * @id: The id of one.
 *
 * Returns: (transfer none): Its row.
 */
TokGrantRow *
tok_page_stage_get_app_row (TokPageStage *self, const char *id)
{
  return get_row (self, tok_grant_store_find (tok_session_get_apps (self->session), id));
}

/**
 * tok_page_stage_get_token_row:
 * @self: A page that shows the tokens.
 * @name: The name of one.
 *
 * Returns: (transfer none): Its row.
 */
TokGrantRow *
tok_page_stage_get_token_row (TokPageStage *self, const char *name)
{
  return get_row (self, tok_grant_store_find (tok_session_get_tokens (self->session), name));
}

/**
 * tok_page_stage_show_view:
 * @self: A page.
 * @name: "tokens" or "apps".
 *
 * Turns to a view in which a click counts at once.
 */
void
tok_page_stage_show_view (TokPageStage *self, const char *name)
{
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  tok_account_page_show_view (self->page, name);
  tok_ui_test_wait_for_frame (self->window);
}

/**
 * tok_page_stage_show_app:
 * @self: A page.
 * @id: The id of an app.
 *
 * Turns to where it is, and a click on it counts.
 *
 * Returns: (transfer none): The app.
 */
TokGrant *
tok_page_stage_show_app (TokPageStage *self, const char *id)
{
  tok_page_stage_show_view (self, "apps");
  return tok_grant_row_get_grant (tok_page_stage_get_app_row (self, id));
}

/**
 * tok_page_stage_wait_for_grant:
 * @grant: A token or an app.
 * @state: How it must come to stand with it.
 */
void
tok_page_stage_wait_for_grant (TokGrant *grant, TokGrantState state)
{
  tok_test_wait_until (tok_grant_get_state (grant) == state);
}

/**
 * tok_page_stage_count_calls:
 * @self: A page.
 * @call: The name of a call.
 *
 * Returns: How often the service was asked for it.
 */
guint
tok_page_stage_count_calls (TokPageStage *self, const char *call)
{
  return tok_ui_stage_count_calls (self->stage, call);
}
