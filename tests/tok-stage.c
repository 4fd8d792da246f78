/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-stage.h"

#include "tok-account.h"
#include "tok-test.h"

static void
take_session (TokStage *self, TokSession *session)
{
  self->session = session;
  self->tokens = tok_session_get_tokens (session);
  self->apps = tok_session_get_apps (session);
}

static void
set_up (TokStage *self, gconstpointer data)
{
  self->peer = tok_raw_peer_new (NULL);
  self->vault = tok_fake_vault_new ();
  self->keyring = tok_fake_vault_new ();
  take_session (self, tok_session_new (tok_raw_peer_get_address (self->peer),
                                       TOK_VAULT (self->vault), &tok_script_times, FALSE));
}

/* Whatever the test left behind, letting go of the session ends it. */
static void
tear_down (TokStage *self, gconstpointer data)
{
  g_assert_null (self->result);
  tok_test_assert_finalize (self->session);
  tok_fake_vault_set_held (self->vault, FALSE);
  tok_fake_vault_set_held (self->keyring, FALSE);
  tok_stage_run_dry ();
  tok_test_wait_until (!tok_raw_peer_is_open (self->peer));
  tok_stage_run_dry ();
  tok_test_assert_finalize (self->vault);
  tok_test_assert_finalize (self->keyring);
  tok_test_assert_finalize (self->peer);
}

/**
 * tok_stage_use_times:
 * @self: A stage nobody is signed in on.
 * @times: How long the session shall wait for what.
 *
 * Takes another session.
 */
void
tok_stage_use_times (TokStage *self, const TokTimes *times)
{
  tok_test_assert_finalize (self->session);
  take_session (self, tok_session_new (tok_raw_peer_get_address (self->peer),
                                       TOK_VAULT (self->vault), times, FALSE));
}

/**
 * tok_stage_rest:
 * @self: A stage nobody is signed in on.
 *
 * Takes another session, in which nobody is signed in, but the keyring has its secret.
 */
void
tok_stage_rest (TokStage *self)
{
  const char *address = tok_raw_peer_get_address (self->peer);
  g_autoptr (TokAccount) account
      = tok_account_new (TOK_SCRIPT_LOGIN, "USD", FALSE, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, NULL);

  tok_test_assert_finalize (self->session);
  tok_fake_vault_put (self->keyring, address, TOK_SCRIPT_LOGIN, TOK_SCRIPT_TOKEN);
  take_session (self,
                tok_session_new_known (address, TOK_VAULT (self->vault), TOK_VAULT (self->keyring),
                                       &tok_script_times, account, NULL));
}

/**
 * tok_stage_begin:
 * @self: A stage.
 * @token: The secret.
 * @cancellable: (nullable): To give up.
 *
 * Begins to sign in.
 */
void
tok_stage_begin (TokStage *self, const char *token, GCancellable *cancellable)
{
  tok_session_sign_in_async (self->session, token, cancellable, tok_test_on_ready, &self->result);
}

/**
 * tok_stage_finish:
 * @self: A stage.
 * @error: Where to put why not.
 *
 * Returns: Whether signing in went well, once it has ended.
 */
gboolean
tok_stage_finish (TokStage *self, GError **error)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&self->result);

  return tok_session_sign_in_finish (self->session, result, error);
}

/**
 * tok_stage_sign_in:
 * @self: A stage.
 * @scopes: What the token permits.
 *
 * Signs in. The requests for the lists aren't answered.
 */
void
tok_stage_sign_in (TokStage *self, const char *scopes)
{
  g_autoptr (GError) error = NULL;

  tok_stage_begin (self, TOK_SCRIPT_TOKEN, NULL);
  tok_script_answer_authorize (self->peer, 0, scopes);
  g_assert_true (tok_stage_finish (self, &error));
  g_assert_no_error (error);
  tok_stage_assert_state (self, TOK_SESSION_READY);
}

/**
 * tok_stage_sign_in_and_list:
 * @self: A stage.
 *
 * Signs in with all that this program needs, and lists three tokens and three apps.
 */
void
tok_stage_sign_in_and_list (TokStage *self)
{
  tok_stage_sign_in (self, TOK_SCRIPT_SCOPES);
  tok_script_answer_tokens (self->peer, 0, TOK_STAGE_TOKENS);
  tok_script_answer_apps (self->peer, 0, TOK_STAGE_APPS);
  tok_test_wait_until (tok_grant_store_get_n_listed (self->tokens) == 3);
  tok_test_wait_until (tok_grant_store_get_n_listed (self->apps) == 3);
}

/**
 * tok_stage_list_tokens:
 * @self: A stage.
 * @nth: Which list of tokens, from 0.
 * @rows: As for tok_script_answer_rows ().
 *
 * Waits for the request, answers it, and waits until the session has heard.
 */
void
tok_stage_list_tokens (TokStage *self, guint nth, const char *rows)
{
  tok_script_answer_rows (self->peer, "api_token", nth, rows);
  tok_test_wait_until (!tok_grant_store_get_loading (self->tokens));
}

/**
 * tok_stage_lose:
 * @self: A stage on which somebody is signed in.
 *
 * Breaks the connection, and lets it not come back.
 */
void
tok_stage_lose (TokStage *self)
{
  tok_raw_peer_set_handshake_answer (self->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (self->peer);
  tok_stage_wait_for_state (self, TOK_SESSION_OFFLINE);
}

/**
 * tok_stage_come_back:
 * @self: A stage whose connection is broken.
 *
 * Lets it come back, and signs in again. The requests for the lists aren't answered.
 */
void
tok_stage_come_back (TokStage *self)
{
  guint nth = tok_script_count (self->peer, "authorize");

  tok_raw_peer_set_handshake_answer (self->peer, NULL);
  tok_session_reconnect (self->session);
  tok_script_answer_authorize (self->peer, nth, TOK_SCRIPT_SCOPES);
  tok_stage_wait_for_state (self, TOK_SESSION_READY);
}

/**
 * tok_stage_leave_ready:
 * @self: A stage on which somebody is signed in, and the lists are there.
 * @state: Any state in which nothing can be sent.
 *
 * Brings the session there.
 */
void
tok_stage_leave_ready (TokStage *self, TokSessionState state)
{
  switch (state) {
  case TOK_SESSION_SIGNED_OUT:
    tok_session_close (self->session);
    break;
  case TOK_SESSION_ENDED:
    tok_session_refresh (self->session);
    tok_script_refuse (self->peer, "api_token", tok_script_count (self->peer, "api_token"),
                       "InvalidToken");
    break;
  case TOK_SESSION_OFFLINE:
    tok_stage_lose (self);
    break;
  case TOK_SESSION_CONNECTING:
    tok_raw_peer_hang_up (self->peer);
    break;
  case TOK_SESSION_READY:
  default:
    g_assert_not_reached ();
  }
  tok_stage_wait_for_state (self, state);
}

static void
on_loading_sign_out (TokGrantStore *store, GParamSpec *pspec, TokStage *self)
{
  if (tok_grant_store_get_loading (store))
    tok_session_sign_out (self->session);
}

/**
 * tok_stage_sign_out_when_loading:
 * @self: A stage.
 * @store: One of the lists of its session.
 *
 * Signs out in the moment when it is asked for.
 */
void
tok_stage_sign_out_when_loading (TokStage *self, TokGrantStore *store)
{
  g_signal_connect (store, "notify::loading", G_CALLBACK (on_loading_sign_out), self);
}

/**
 * tok_stage_begin_revoke:
 * @self: A stage.
 * @revoke: Empty; it lives until the end is waited for.
 * @grant: What to take away.
 * @cancellable: (nullable): To give up.
 *
 * Begins to take access away.
 */
void
tok_stage_begin_revoke (TokStage *self,
                        TokStageRevoke *revoke,
                        TokGrant *grant,
                        GCancellable *cancellable)
{
  revoke->session = self->session;
  revoke->grant = grant;
  revoke->n_states = tok_test_count_notify (grant, "state");
  tok_session_revoke_async (self->session, grant, cancellable, tok_test_on_ready, &revoke->result);
}

/**
 * tok_stage_finish_revoke:
 * @revoke: One that has begun.
 * @error: Where to put why not.
 *
 * Returns: Whether access is taken away, once that has ended.
 */
gboolean
tok_stage_finish_revoke (TokStageRevoke *revoke, GError **error)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&revoke->result);

  return tok_session_revoke_finish (revoke->session, result, error);
}

/**
 * tok_stage_assert_revoke_fails:
 * @revoke: One that has begun.
 * @code: What must come of it.
 *
 * Asserts that it fails, and that the grant shows the same.
 */
void
tok_stage_assert_revoke_fails (TokStageRevoke *revoke, TokError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tok_stage_finish_revoke (revoke, &error));
  g_assert_error (error, TOK_ERROR, (int) code);
  tok_stage_assert_revoke_state (revoke, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (revoke->grant), TOK_ERROR, (int) code);
}

/**
 * tok_stage_assert_revoke_pending:
 * @revoke: One that was begun while another one was under way.
 *
 * Asserts that it changes nothing.
 */
void
tok_stage_assert_revoke_pending (TokStageRevoke *revoke)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tok_stage_finish_revoke (revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_cmpuint (*revoke->n_states, ==, 0);
}

/**
 * tok_stage_assert_revoked:
 * @revoke: One that has begun.
 *
 * Asserts that it succeeds, and that the grant is gone.
 */
void
tok_stage_assert_revoked (TokStageRevoke *revoke)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_stage_finish_revoke (revoke, &error));
  g_assert_no_error (error);
  tok_stage_assert_revoke_state (revoke, TOK_GRANT_GONE);
  g_assert_no_error (tok_grant_get_error (revoke->grant));
}

/**
 * tok_stage_assert_revoke_state:
 * @revoke: One that has begun.
 * @state: What the grant must show.
 */
void
tok_stage_assert_revoke_state (TokStageRevoke *revoke, TokGrantState state)
{
  g_assert_cmpint (tok_grant_get_state (revoke->grant), ==, state);
}

/**
 * tok_stage_wait_for_revoke_state:
 * @revoke: One that has begun.
 * @state: What the grant must come to show.
 */
void
tok_stage_wait_for_revoke_state (TokStageRevoke *revoke, TokGrantState state)
{
  tok_test_wait_until (tok_grant_get_state (revoke->grant) == state);
}

/**
 * tok_stage_assert_state:
 * @self: A stage.
 * @state: Where the session must stand.
 */
void
tok_stage_assert_state (TokStage *self, TokSessionState state)
{
  g_assert_cmpint (tok_session_get_state (self->session), ==, state);
}

/**
 * tok_stage_wait_for_state:
 * @self: A stage.
 * @state: Where the session must come to stand.
 */
void
tok_stage_wait_for_state (TokStage *self, TokSessionState state)
{
  g_test_message ("waiting for state %u", state);
  tok_test_wait_until (tok_session_get_state (self->session) == state);
}

/**
 * tok_stage_assert_signed_out:
 * @self: A stage.
 *
 * Asserts that nobody is signed in, and nothing is left.
 */
void
tok_stage_assert_signed_out (TokStage *self)
{
  tok_stage_assert_state (self, TOK_SESSION_SIGNED_OUT);
  g_assert_no_error (tok_session_get_error (self->session));
  g_assert_null (tok_session_get_account (self->session));
  g_assert_false (tok_session_get_can_revoke (self->session));
  g_assert_cmpint (tok_grant_store_get_state (self->tokens), ==, TOK_GRANT_STORE_EMPTY);
  g_assert_cmpint (tok_grant_store_get_state (self->apps), ==, TOK_GRANT_STORE_EMPTY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->tokens)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->apps)), ==, 0);
  g_assert_false (tok_grant_store_get_loading (self->tokens));
  g_assert_false (tok_grant_store_get_loading (self->apps));
}

/**
 * tok_stage_run_dry:
 *
 * Runs the main context until nothing is ready.
 */
void
tok_stage_run_dry (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * tok_stage_nth:
 * @store: A store.
 * @n: Which row, from 0.
 *
 * Returns: (transfer none) (nullable): What is there.
 */
TokGrant *
tok_stage_nth (TokGrantStore *store, guint n)
{
  g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (store), n);

  return grant;
}

/**
 * tok_stage_add:
 * @path: What the test is called.
 * @data: For it.
 * @test: The test.
 *
 * Adds a test that plays on a stage of its own.
 */
void
tok_stage_add (const char *path, gconstpointer data, TokStageTest test)
{
  g_test_add (path, TokStage, data, set_up, test, tear_down);
}

/**
 * tok_stage_add_case:
 * @path: What the tests are called.
 * @name: Which of them.
 * @data: For it.
 * @test: The test.
 *
 * Adds one of several tests that differ by their data.
 */
void
tok_stage_add_case (const char *path, const char *name, gconstpointer data, TokStageTest test)
{
  g_autofree char *whole = g_strconcat (path, "/", name, NULL);

  tok_stage_add (whole, data, test);
}
