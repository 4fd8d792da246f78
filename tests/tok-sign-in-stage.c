/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-stage.h"

#include "tok-sentence.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

static void
on_done (TokSignInPage *page, guint n_added, guint n_offered, TokSignInStage *self)
{
  self->n_done++;
  self->n_added = n_added;
  self->n_offered = n_offered;
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer n_preferences)
{
  (*(guint *) n_preferences)++;
}

/**
 * tok_sign_in_stage_begin:
 * @self: Anything.
 * @stage: A stage.
 * @again: (nullable): Whose account to sign in to once more; %NULL for any.
 *
 * Shows the page.
 */
void
tok_sign_in_stage_begin (TokSignInStage *self, TokUiStage *stage, TokSession *again)
{
  static const GActionEntry entries[] = { { "preferences", on_preferences, NULL, NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  *self = (TokSignInStage){ .stage = stage };
  self->page = tok_sign_in_page_new (stage->accounts, stage->settings, stage->browser, again);
  g_signal_connect (self->page, "done", G_CALLBACK (on_done), self);
  self->window = tok_ui_test_present (GTK_WIDGET (self->page));
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &self->n_preferences);
  gtk_widget_insert_action_group (self->window, "app", G_ACTION_GROUP (actions));
  self->token = tok_sign_in_stage_get_token (self->page);
}

/**
 * tok_sign_in_stage_end:
 * @self: What has begun.
 *
 * Closes the window, and asserts that nothing is left.
 */
void
tok_sign_in_stage_end (TokSignInStage *self)
{
  tok_ui_test_close (self->window);
}

/**
 * tok_sign_in_stage_get_token:
 * @root: A page to sign in at, or what it is in.
 *
 * Returns: (transfer none): Where a token is pasted.
 */
GtkEditable *
tok_sign_in_stage_get_token (gpointer root)
{
  return GTK_EDITABLE (tok_ui_test_find_any (root, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL));
}

/**
 * tok_sign_in_stage_press_enter:
 * @root: A page to sign in at, or what it is in.
 *
 * Presses the key, with the focus in the field.
 */
void
tok_sign_in_stage_press_enter (gpointer root)
{
  GtkEditable *token = tok_sign_in_stage_get_token (root);

  g_signal_emit_by_name (gtk_editable_get_delegate (token), "activate");
}

/**
 * tok_sign_in_stage_paste:
 * @root: A page to sign in at, or what it is in.
 * @token: A secret.
 *
 * Pastes it, and presses the key.
 */
void
tok_sign_in_stage_paste (gpointer root, const char *token)
{
  gtk_editable_set_text (tok_sign_in_stage_get_token (root), token);
  tok_sign_in_stage_press_enter (root);
}

/**
 * tok_sign_in_stage_is_busy:
 * @page: A page.
 *
 * Returns: Whether it waits for anything.
 */
gboolean
tok_sign_in_stage_is_busy (TokSignInPage *page)
{
  gboolean is_busy;

  g_object_get (page, "is-busy", &is_busy, NULL);
  return is_busy;
}

/**
 * tok_sign_in_stage_wait:
 * @self: A page.
 *
 * Waits until it doesn't wait for anything.
 */
void
tok_sign_in_stage_wait (TokSignInStage *self)
{
  tok_test_wait_until (!tok_sign_in_stage_is_busy (self->page));
}

/**
 * tok_sign_in_stage_shows:
 * @self: A page.
 * @text: A text.
 *
 * Returns: Whether a label on the page reads exactly @text, once all of what is true now is drawn.
 */
gboolean
tok_sign_in_stage_shows (TokSignInStage *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->page, text);
}

/**
 * tok_sign_in_stage_is_wrong:
 * @self: A page.
 *
 * Returns: Whether what was pasted is marked as what the trouble is about.
 */
gboolean
tok_sign_in_stage_is_wrong (TokSignInStage *self)
{
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (self->token), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);

  return other == NULL;
}

/**
 * tok_sign_in_stage_has_focus:
 * @self: A page.
 *
 * Returns: Whether the keys go where a token is pasted.
 */
gboolean
tok_sign_in_stage_has_focus (TokSignInStage *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->token));
}

/**
 * tok_sign_in_stage_tells:
 * @self: A page.
 * @code: What may have gone wrong.
 *
 * Returns: Whether it says so, with the sentence for that, to whoever sees or hears it.
 */
gboolean
tok_sign_in_stage_tells (TokSignInStage *self, TokError code)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, (int) code, "");
  GtkAccessible *label;

  tok_ui_test_wait_for_frame (self->window);
  label = tok_ui_test_find (self->page, GTK_TYPE_LABEL, tok_sentence_from_error (error));
  return label != NULL && gtk_accessible_get_accessible_role (label) == GTK_ACCESSIBLE_ROLE_ALERT;
}

/**
 * tok_sign_in_stage_count_accounts:
 * @stage: A stage.
 *
 * Returns: How many accounts there are.
 */
guint
tok_sign_in_stage_count_accounts (TokUiStage *stage)
{
  return g_list_model_get_n_items (G_LIST_MODEL (stage->accounts));
}

/**
 * tok_sign_in_stage_peek_account:
 * @stage: A stage.
 * @position: Which account, from 0.
 *
 * Returns: (transfer none): Its session.
 */
TokSession *
tok_sign_in_stage_peek_account (TokUiStage *stage, guint position)
{
  g_autoptr (TokSession) session = g_list_model_get_item (G_LIST_MODEL (stage->accounts), position);

  return session;
}
