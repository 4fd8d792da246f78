/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-hands.h"

#include "tok-test.h"

/**
 * tok_bulk_hands_list_grants:
 * @store: A store.
 *
 * Returns: (transfer full) (element-type TokGrant): All that is in it.
 */
GPtrArray *
tok_bulk_hands_list_grants (TokGrantStore *store)
{
  GPtrArray *grants = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    g_ptr_array_add (grants, g_list_model_get_item (G_LIST_MODEL (store), i));
  return grants;
}

/**
 * tok_bulk_hands_new_bulk:
 * @stage: A stage.
 * @store: One of the lists of its session.
 *
 * Returns: (transfer full): All that is in it, nothing sent yet.
 */
TokBulk *
tok_bulk_hands_new_bulk (TokStage *stage, TokGrantStore *store)
{
  g_autoptr (GPtrArray) grants = tok_bulk_hands_list_grants (store);

  return tok_bulk_new (stage->session, grants);
}

/**
 * tok_bulk_hands_begin:
 * @stage: A stage nobody is signed in on.
 * @is_tokens: Whether it is about the tokens, or the apps.
 *
 * Signs in, waits until our own token is known, and begins.
 *
 * Returns: (transfer full): All tokens or apps of the stage.
 */
TokBulk *
tok_bulk_hands_begin (TokStage *stage, gboolean is_tokens)
{
  TokBulk *bulk;

  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_session_get_own_token (stage->session) != NULL);
  bulk = tok_bulk_hands_new_bulk (stage, is_tokens ? stage->tokens : stage->apps);
  tok_bulk_start (bulk);
  return bulk;
}

/**
 * tok_bulk_hands_assert_state:
 * @bulk: A bulk.
 * @state: Where it must stand.
 */
void
tok_bulk_hands_assert_state (TokBulk *bulk, TokBulkState state)
{
  g_assert_cmpint (tok_bulk_get_state (bulk), ==, state);
}

/**
 * tok_bulk_hands_wait_for_state:
 * @bulk: A bulk.
 * @state: Where it must come to stand.
 */
void
tok_bulk_hands_wait_for_state (TokBulk *bulk, TokBulkState state)
{
  g_test_message ("waiting for state %u", state);
  tok_test_wait_until (tok_bulk_get_state (bulk) == state);
}

/**
 * tok_bulk_hands_assert_outcome:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 * @outcome: What must have come of it.
 * @state: What the grant must show.
 *
 * Returns: (transfer none) (nullable): Why it isn't gone.
 */
const GError *
tok_bulk_hands_assert_outcome (TokBulk *bulk, guint n, TokBulkOutcome outcome, TokGrantState state)
{
  const GError *error = NULL;

  g_assert_cmpint (tok_bulk_get_outcome (bulk, n, &error), ==, outcome);
  g_assert_cmpint (tok_grant_get_state (tok_bulk_get_grant (bulk, n)), ==, state);
  return error;
}

/**
 * tok_bulk_hands_assert_failed:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 * @code: Why it must still be there, which the grant must show, too.
 */
void
tok_bulk_hands_assert_failed (TokBulk *bulk, guint n, TokError code)
{
  const GError *error = tok_bulk_hands_assert_outcome (bulk, n, TOK_BULK_FAILED, TOK_GRANT_FAILED);

  g_assert_error (error, TOK_ERROR, (int) code);
  g_assert_error (tok_grant_get_error (tok_bulk_get_grant (bulk, n)), TOK_ERROR, (int) code);
}

/**
 * tok_bulk_hands_assert_unconfirmed:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 *
 * Asserts that nobody knows what came of it.
 */
void
tok_bulk_hands_assert_unconfirmed (TokBulk *bulk, guint n)
{
  const GError *error
      = tok_bulk_hands_assert_outcome (bulk, n, TOK_BULK_UNCONFIRMED, TOK_GRANT_FAILED);

  g_assert_error (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
}

/**
 * tok_bulk_hands_assert_gone:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 *
 * Asserts that it is gone.
 */
void
tok_bulk_hands_assert_gone (TokBulk *bulk, guint n)
{
  g_assert_no_error (tok_bulk_hands_assert_outcome (bulk, n, TOK_BULK_GONE, TOK_GRANT_GONE));
}

/**
 * tok_bulk_hands_assert_not_tried:
 * @bulk: A bulk that is done.
 * @n: Which of them, from 0.
 *
 * Asserts that nothing was sent for it.
 */
void
tok_bulk_hands_assert_not_tried (TokBulk *bulk, guint n)
{
  g_assert_no_error (tok_bulk_hands_assert_outcome (bulk, n, TOK_BULK_NOT_TRIED, TOK_GRANT_IDLE));
}

/**
 * tok_bulk_hands_assert_asked:
 * @stage: A stage.
 * @command: "delete_token" or "revoke_oauth_app".
 * @n_commands: How often it must have come.
 * @n_lists: How many lists of the kind must have been asked for since signing in.
 */
void
tok_bulk_hands_assert_asked (TokStage *stage, const char *command, guint n_commands, guint n_lists)
{
  const char *list = g_str_equal (command, "delete_token") ? "api_token" : "oauth_apps";

  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, command), ==, n_commands);
  g_assert_cmpuint (tok_script_count (stage->peer, list), ==, 1 + n_lists);
}
