/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create.h"

#include "tok-test.h"
#include "tok-token.h"

#define ANOTHER TOK_STAGE_ROWS ";" TOK_CREATE_NAME

const TokCreateVerdict tok_create_lacks_it = { "lacks-it", TOK_STAGE_ROWS, TOK_ERROR_NOT_CREATED };
const TokCreateVerdict tok_create_holds_it
    = { "holds-it", TOK_CREATE_LISTED, TOK_ERROR_SECRET_LOST };

const TokCreateVerdict tok_create_verdicts[] = {
  { "lacks-it", TOK_STAGE_ROWS, TOK_ERROR_NOT_CREATED },
  { "lacks-all", "Token 9/*/read", TOK_ERROR_NOT_CREATED },
  { "other-case", TOK_STAGE_ROWS ";GRID BOT/*/read,trade", TOK_ERROR_NOT_CREATED },
  { "holds-it", TOK_CREATE_LISTED, TOK_ERROR_SECRET_LOST },
  { "holds-it-whole", TOK_CREATE_ANSWER, TOK_ERROR_SECRET_LOST },
  { "fewer-scopes", ANOTHER "/*/read", TOK_ERROR_FIELD },
  { "more-scopes", ANOTHER "/*/read,trade,admin", TOK_ERROR_FIELD },
  { "unknown-scope", ANOTHER "/*/read,trade,copy", TOK_ERROR_FIELD },
  { "use-not-known", ANOTHER "/*/read,trade/yesterday", TOK_ERROR_UNCONFIRMED },
  { "used", ANOTHER "/*/read,trade/2026-05-04 03:02:01", TOK_ERROR_FIELD },
  { NULL, NULL, 0 },
};

/**
 * tok_create_begin:
 * @stage: Where.
 * @slot: Empty; for what comes of it.
 * @cancellable: (nullable): To give up.
 *
 * Begins to create the token.
 */
void
tok_create_begin (TokStage *stage, GAsyncResult **slot, GCancellable *cancellable)
{
  tok_session_create_token_async (stage->session, TOK_CREATE_NAME, TOK_CREATE_SCOPES, FALSE,
                                  cancellable, tok_test_on_ready, slot);
}

static TokToken *
finish (TokStage *stage, GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (slot);

  return g_async_result_is_tagged (result, tok_session_replace_token_async)
             ? tok_session_replace_token_finish (stage->session, result, error)
             : tok_session_create_token_finish (stage->session, result, error);
}

/**
 * tok_create_assert_waits:
 * @slot: Of one that has begun.
 *
 * Asserts that nothing has come of it yet.
 */
void
tok_create_assert_waits (GAsyncResult **slot)
{
  tok_stage_run_dry ();
  g_assert_null (*slot);
}

/**
 * tok_create_assert_succeeds:
 * @stage: Where.
 * @slot: Of one that has begun.
 * @name: What the new token must be called.
 * @secret: What its value must be.
 */
void
tok_create_assert_succeeds (TokStage *stage,
                            GAsyncResult **slot,
                            const char *name,
                            const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token = finish (stage, slot, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tok_token_get_name (token), ==, name);
  g_assert_cmpstr (tok_token_get_listed_value (token), ==, secret);
}

/**
 * tok_create_assert_fails:
 * @stage: Where.
 * @slot: Of one that has begun.
 * @code: What must come of it.
 * @message: (nullable): In which words; %NULL for any.
 */
void
tok_create_assert_fails (TokStage *stage, GAsyncResult **slot, TokError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token = finish (stage, slot, &error);

  g_assert_null (token);
  g_assert_error (error, TOK_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

/**
 * tok_create_assert_cancelled:
 * @stage: Where.
 * @slot: Of one that has begun.
 *
 * Asserts that nothing comes of it since somebody gave up.
 */
void
tok_create_assert_cancelled (TokStage *stage, GAsyncResult **slot)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token = finish (stage, slot, &error);

  g_assert_null (token);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * tok_create_assert_verdict:
 * @stage: Where.
 * @slot: Of the first and only one there, about which nobody knows.
 * @nth_list: Which list decides, from 0.
 * @verdict: What it says.
 * @message: (nullable): The words of what went wrong before.
 *
 * Asserts that nothing comes of it before that list, and with it the right thing.
 */
void
tok_create_assert_verdict (TokStage *stage,
                           GAsyncResult **slot,
                           guint nth_list,
                           const TokCreateVerdict *verdict,
                           const char *message)
{
  tok_script_wait (stage->peer, "api_token", nth_list);
  tok_create_assert_waits (slot);
  tok_script_answer_rows (stage->peer, "api_token", nth_list, verdict->list);
  tok_create_assert_fails (stage, slot, verdict->error,
                           verdict->error == TOK_ERROR_FIELD ? TOK_CREATE_TAKEN : message);
  tok_create_assert_counts (stage, 1, nth_list + 1);
  tok_create_assert_new (stage, verdict->error == TOK_ERROR_SECRET_LOST ? TOK_CREATE_NAME : NULL);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/**
 * tok_create_assert_counts:
 * @stage: Where.
 * @n_creates: How often a token must have been created, all in all.
 * @n_lists: How often the tokens must have been listed.
 */
void
tok_create_assert_counts (TokStage *stage, guint n_creates, guint n_lists)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, n_creates);
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, n_lists);
}

/**
 * tok_create_assert_new:
 * @stage: Where.
 * @name: (nullable): The name of the one row that must be marked as new; %NULL for none.
 */
void
tok_create_assert_new (TokStage *stage, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)); i++) {
    TokGrant *grant = tok_stage_nth (stage->tokens, i);

    if (!tok_grant_get_is_new (grant))
      continue;
    g_assert_cmpstr (tok_grant_get_name (grant), ==, name);
    n++;
  }
  g_assert_cmpuint (n, ==, name != NULL);
}

/**
 * tok_create_wait_until_listed:
 * @stage: Where.
 * @n: How many tokens there must be then.
 *
 * Waits until no list of tokens is on its way.
 */
void
tok_create_wait_until_listed (TokStage *stage, guint n)
{
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, n);
}
