/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define CALL "logout"

static void
begin (TokStage *stage, GCancellable *cancellable, GAsyncResult **slot)
{
  tok_session_log_out_async (stage->session, cancellable, tok_test_on_ready, slot);
}

static gboolean
finish (TokStage *stage, GAsyncResult **slot, GError **error)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (slot);

  return tok_session_log_out_finish (stage->session, result, error);
}

static void
assert_fails (TokStage *stage, GAsyncResult **slot, TokError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (finish (stage, slot, &error));
  g_assert_error (error, TOK_ERROR, (int) code);
}

/* What the service has said is told, and whoever asked does the rest. */
static void
test_success (TokStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;

  tok_stage_sign_in_and_list (stage);
  begin (stage, NULL, &slot);
  tok_script_assert_asked (stage->peer, CALL, 0, "\"logout\":1");
  g_assert_null (slot);
  tok_script_answer (stage->peer, CALL, 0, "1");
  g_assert_true (finish (stage, &slot, &error));
  g_assert_no_error (error);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
  g_assert_cmpuint (tok_script_count (stage->peer, CALL), ==, 1);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 1);
}

/* Nobody knows whether it is over. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;

  tok_stage_sign_in_and_list (stage);
  begin (stage, NULL, &slot);
  tok_script_wait (stage->peer, CALL, 0);
  tok_stage_lose (stage);
  assert_fails (stage, &slot, TOK_ERROR_UNCONFIRMED);

  /* It isn't sent again by itself. */
  tok_stage_come_back (stage);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, CALL), ==, 1);
}

static void
test_closed (TokStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;

  tok_stage_sign_in_and_list (stage);
  begin (stage, NULL, &slot);
  tok_script_wait (stage->peer, CALL, 0);
  tok_session_close (stage->session);
  assert_fails (stage, &slot, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_signed_out (stage);
}

static void
test_not_ready (TokStage *stage, gconstpointer data)
{
  TokSessionState state = GPOINTER_TO_UINT (data);
  GAsyncResult *slot = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_stage_leave_ready (stage, state);
  begin (stage, NULL, &slot);
  assert_fails (stage, &slot,
                state == TOK_SESSION_OFFLINE || state == TOK_SESSION_CONNECTING
                    ? TOK_ERROR_OFFLINE
                    : TOK_ERROR_SIGN_IN);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, CALL), ==, 0);
}

static void
test_at_rest (TokStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;

  tok_stage_rest (stage);
  begin (stage, NULL, &slot);
  assert_fails (stage, &slot, TOK_ERROR_SIGN_IN);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

static void
test_cancel (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;

  tok_stage_sign_in_and_list (stage);
  begin (stage, cancellable, &slot);
  tok_script_wait (stage->peer, CALL, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (finish (stage, &slot, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_script_answer (stage->peer, CALL, 0, "1");
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    TokSessionState state;
  } states[] = {
    { "signed-out", TOK_SESSION_SIGNED_OUT },
    { "connecting", TOK_SESSION_CONNECTING },
    { "offline", TOK_SESSION_OFFLINE },
    { "ended", TOK_SESSION_ENDED },
  };

  tok_test_init (&argc, &argv);

  tok_stage_add ("/session-log-out/success", NULL, test_success);
  tok_stage_add ("/session-log-out/lost", NULL, test_lost);
  tok_stage_add ("/session-log-out/closed", NULL, test_closed);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    tok_stage_add_case ("/session-log-out/not-ready", states[i].name,
                        GUINT_TO_POINTER (states[i].state), test_not_ready);
  tok_stage_add ("/session-log-out/at-rest", NULL, test_at_rest);
  tok_stage_add ("/session-log-out/cancel", NULL, test_cancel);

  return g_test_run ();
}
