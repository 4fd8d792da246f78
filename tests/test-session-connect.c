/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define TOKEN TOK_SCRIPT_TOKEN
#define SCOPES TOK_SCRIPT_SCOPES

static void
test_sign_in (TokStage *stage, gconstpointer data)
{
  const char *const *token = data;
  guint *state = tok_test_count_notify (stage->session, "state");
  guint *account = tok_test_count_notify (stage->session, "account");
  guint *can_revoke = tok_test_count_notify (stage->session, "can-revoke");

  tok_stage_begin (stage, *token, NULL);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  tok_script_wait (stage->peer, "authorize", 0);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (stage->peer, 0), "\"" TOKEN "\""));
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  g_assert_cmpuint (tok_raw_peer_get_n_received (stage->peer), ==, 1);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 0);

  tok_script_answer_authorize (stage->peer, 0, SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_cmpuint (*state, ==, 2);
  g_assert_cmpuint (*account, ==, 1);
  g_assert_cmpuint (*can_revoke, ==, 1);
  g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (stage->session)), ==, LOGIN);
  g_assert_cmpstr (
      tok_fake_vault_peek (stage->vault, tok_raw_peer_get_address (stage->peer), LOGIN), ==, TOKEN);

  g_assert_true (tok_grant_store_get_loading (stage->tokens));
  g_assert_true (tok_grant_store_get_loading (stage->apps));
  tok_script_answer_apps (stage->peer, 0, "1 2");
  tok_script_answer_tokens (stage->peer, 0, TOK_STAGE_TOKENS);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->tokens) == 3);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  g_assert_false (tok_grant_store_get_loading (stage->tokens));
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, 1);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 1);
}

typedef struct {
  const char *name;
  const char *token;
  TokError code;
} Unfit;

static const Unfit unfit[] = {
  { "empty", "", TOK_ERROR_FIELD },
  { "blanks", " \t\n ", TOK_ERROR_FIELD },
  { "blank-inside", "aBcDe FgHiJ", TOK_ERROR_FIELD },
  { "line-inside", "aBcDe\nFgHiJ", TOK_ERROR_FIELD },
  { "quotes", "\"aBcDeFgHiJkLmNo\"", TOK_ERROR_FIELD },
  { "markup", "<b>aBcDeF</b>", TOK_ERROR_FIELD },
  { "not-ascii", "t\xc3\xb6ken", TOK_ERROR_FIELD },
  { "not-utf8", "\xff\xfe", TOK_ERROR_FIELD },
  { "masked", "***********LmNo", TOK_ERROR_FIELD },
  { "new-platform", "pat_0123456789", TOK_ERROR_NEW_PLATFORM },
  { "new-platform-blanks", "  pat_0123456789\n", TOK_ERROR_NEW_PLATFORM },
  { "new-platform-odd", "pat_01.23", TOK_ERROR_NEW_PLATFORM },
};

static void
assert_unfit (TokStage *stage, const char *token, TokError code)
{
  g_autoptr (GError) error = NULL;

  tok_stage_begin (stage, token, NULL);
  tok_stage_assert_signed_out (stage);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, (int) code);
  if (*token != '\0')
    g_assert_null (strstr (error->message, token));
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

static void
test_unfit (TokStage *stage, gconstpointer data)
{
  const Unfit *it = data;

  assert_unfit (stage, it->token, it->code);
}

static void
test_length (TokStage *stage, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (10000, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autoptr (GError) error = NULL;

  assert_unfit (stage, huge, TOK_ERROR_FIELD);
  assert_unfit (stage, too_long, TOK_ERROR_FIELD);
  tok_stage_begin (stage, longest, NULL);
  tok_script_refuse (stage->peer, "authorize", 0, "InvalidToken");
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
}

typedef struct {
  const char *name;
  const char *handshake;
  const char *refusal;
  const char *text;
  TokError code;
} Refusal;

static const Refusal refusals[] = {
  { "invalid-token", NULL, "InvalidToken", NULL, TOK_ERROR_SIGN_IN },
  { "account-disabled", NULL, "AccountDisabled", NULL, TOK_ERROR_ACCOUNT },
  { "maintenance", NULL, "Suspendedlogin", NULL, TOK_ERROR_MAINTENANCE },
  { "rate-limit", NULL, "RateLimit", NULL, TOK_ERROR_RATE_LIMIT },
  { "trouble", NULL, "InternalServerError", NULL, TOK_ERROR_TROUBLE },
  { "gateway-timeout", NULL, "Timeout", NULL, TOK_ERROR_TROUBLE },
  { "unknown-app-id", NULL, "InvalidAppID", NULL, TOK_ERROR_APP_ID },
  { "garbage", NULL, NULL, "]]", TOK_ERROR_GARBLED },
  { "hangs-up", NULL, NULL, NULL, TOK_ERROR_OFFLINE },
  { "401", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", NULL, NULL, TOK_ERROR_APP_ID },
  { "403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", NULL, NULL, TOK_ERROR_REFUSED },
  { "503", TOK_STAGE_UNAVAILABLE, NULL, NULL, TOK_ERROR_MAINTENANCE },
  { "a-web-page", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", NULL, NULL,
    TOK_ERROR_WEB_PAGE },
};

/* Each ends in a clear error and leaves nothing behind; then it works. */
static void
test_refusal (TokStage *stage, gconstpointer data)
{
  const Refusal *it = data;
  g_autoptr (GError) error = NULL;
  guint n_sent = it->handshake == NULL;

  tok_raw_peer_set_handshake_answer (stage->peer, it->handshake);
  tok_stage_begin (stage, TOKEN, NULL);
  if (it->refusal != NULL) {
    tok_script_refuse (stage->peer, "authorize", 0, it->refusal);
  } else if (it->handshake == NULL) {
    tok_script_wait (stage->peer, "authorize", 0);
    if (it->text != NULL)
      tok_raw_peer_send_text (stage->peer, "%s", it->text);
    else
      tok_raw_peer_hang_up (stage->peer);
  }
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, (int) it->code);
  g_assert_null (strstr (error->message, TOKEN));
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 0);

  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_stage_begin (stage, TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, n_sent, SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
}

static void
test_silence (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  g_autoptr (GError) error = NULL;

  times.request_timeout = 50;
  tok_stage_use_times (stage, &times);
  tok_stage_begin (stage, TOKEN, NULL);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_OFFLINE);
  tok_stage_assert_signed_out (stage);
}

static void
test_nobody_there (TokStage *stage, gconstpointer data)
{
  TokRawPeer *leaver = tok_raw_peer_new (NULL);
  g_autoptr (TokSession) session = tok_session_new (
      tok_raw_peer_get_address (leaver), TOK_VAULT (stage->vault), &tok_script_times, FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_test_assert_finalize (leaver);
  tok_session_sign_in_async (session, TOKEN, NULL, tok_test_on_ready, &stage->result);
  result = tok_test_wait_for_result (&stage->result);
  g_assert_false (tok_session_sign_in_finish (session, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_OFFLINE);
}

static void
test_vault_fails (TokStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tok_fake_vault_set_broken (stage->vault, TOK_FAKE_VAULT_STORE, TRUE);
  tok_stage_begin (stage, TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, 0, SCOPES);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_VAULT);
  tok_stage_assert_signed_out (stage);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
}

typedef enum {
  BEFORE,
  WHILE_CONNECTING,
  WHILE_AUTHORIZING,
  WHILE_STORING,
  N_MOMENTS,
} Moment;

static const char *const moments[] = { "before", "connecting", "authorizing", "storing" };

static void
advance (TokStage *stage, Moment moment)
{
  switch (moment) {
  case WHILE_CONNECTING:
    tok_test_wait_until (tok_raw_peer_get_handshake (stage->peer) != NULL);
    break;
  case WHILE_AUTHORIZING:
    tok_script_wait (stage->peer, "authorize", 0);
    break;
  case WHILE_STORING:
    tok_script_answer_authorize (stage->peer, 0, SCOPES);
    tok_test_wait_until (tok_fake_vault_get_n_held (stage->vault) == 1);
    break;
  case BEFORE:
  case N_MOMENTS:
    break;
  }
}

static void
test_cancel (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_INT (data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tok_fake_vault_set_held (stage->vault, TRUE);
  if (moment == WHILE_CONNECTING)
    tok_raw_peer_set_handshake_answer (stage->peer, "");
  if (moment == BEFORE)
    g_cancellable_cancel (cancellable);
  tok_stage_begin (stage, TOKEN, cancellable);
  advance (stage, moment);
  g_cancellable_cancel (cancellable);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_signed_out (stage);

  tok_fake_vault_set_held (stage->vault, FALSE);
  tok_stage_run_dry ();
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 0);
}

/* What a person who signs out, or a program that ends, does to it at that moment. */
static void
test_close_while_signing_in (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;

  tok_fake_vault_set_held (stage->vault, TRUE);
  if (moment == WHILE_CONNECTING)
    tok_raw_peer_set_handshake_answer (stage->peer, "");
  tok_stage_begin (stage, TOKEN, NULL);
  advance (stage, moment);
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_too_late (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  tok_stage_begin (stage, TOKEN, cancellable);
  tok_script_answer_authorize (stage->peer, 0, SCOPES);
  tok_test_wait_until (stage->result != NULL);
  g_cancellable_cancel (cancellable);
  g_assert_true (tok_stage_finish (stage, NULL));
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* The vault has kept it already, but nobody was told yet. */
static void
test_cancel_when_stored (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  tok_fake_vault_set_held (stage->vault, TRUE);
  tok_stage_begin (stage, TOKEN, cancellable);
  advance (stage, WHILE_STORING);
  tok_fake_vault_set_held (stage->vault, FALSE);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 0);
}

static void
test_lost_while_storing (TokStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tok_fake_vault_set_held (stage->vault, TRUE);
  tok_stage_begin (stage, TOKEN, NULL);
  advance (stage, WHILE_STORING);
  tok_raw_peer_hang_up (stage->peer);
  g_assert_false (tok_stage_finish (stage, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_OFFLINE);
  tok_stage_assert_signed_out (stage);
}

static void
test_sign_in_twice (TokStage *stage, gconstpointer data)
{
  GAsyncResult *second = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_stage_begin (stage, TOKEN, NULL);
  tok_session_sign_in_async (stage->session, TOKEN, NULL, tok_test_on_ready, &second);
  result = tok_test_wait_for_result (&second);
  g_assert_false (tok_session_sign_in_finish (stage->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);

  tok_script_answer_authorize (stage->peer, 0, SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
  g_assert_cmpuint (tok_script_count (stage->peer, "authorize"), ==, 1);
}

static void
test_lost_and_back (TokStage *stage, gconstpointer data)
{
  guint *can_revoke;

  tok_stage_sign_in_and_list (stage);
  can_revoke = tok_test_count_notify (stage->session, "can-revoke");
  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_test_wait_until (
      g_error_matches (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_MAINTENANCE));
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
  g_assert_no_error (tok_grant_store_get_error (stage->apps));
  tok_stage_assert_state (stage, TOK_SESSION_OFFLINE);

  /* It comes back by itself, and is ready when the service has let it in again. */
  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_script_wait (stage->peer, "authorize", 1);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 1);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));

  tok_script_answer_apps (stage->peer, 1, "2 3");
  tok_script_answer_tokens (stage->peer, 1, "a");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->tokens) == 1);
  g_assert_cmpuint (*can_revoke, ==, 0);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->vault, TOK_FAKE_VAULT_STORE), ==, 1);
}

/* The lists that are on their way then are lost with the connection. */
static void
test_lost_while_listing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_script_wait (stage->peer, "oauth_apps", 0);
  tok_session_refresh (stage->session);
  tok_raw_peer_hang_up (stage->peer);
  tok_test_wait_until (tok_grant_store_get_state (stage->apps) == TOK_GRANT_STORE_FAILED);
  g_assert_error (tok_grant_store_get_error (stage->apps), TOK_ERROR, TOK_ERROR_OFFLINE);
  g_assert_false (tok_grant_store_get_loading (stage->apps));

  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  tok_script_answer_apps (stage->peer, 1, "1 2");
  tok_test_wait_until (tok_grant_store_get_state (stage->apps) == TOK_GRANT_STORE_LISTED);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 2);
}

static void
test_back_with_other_scopes (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_answer_authorize (stage->peer, 1, "read");
  tok_script_answer_apps (stage->peer, 1, "1");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
  g_assert_cmpint (tok_grant_store_get_state (stage->tokens), ==, TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 0);
  g_assert_false (tok_session_get_can_revoke (stage->session));
}

static void
test_back_but_ended (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;

  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, *code);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  g_assert_nonnull (tok_session_get_error (stage->session));
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
}

static void
test_back_without_the_secret (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_fake_vault_set_broken (stage->vault, TOK_FAKE_VAULT_LOOKUP, TRUE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_VAULT);
  g_assert_cmpuint (tok_script_count (stage->peer, "authorize"), ==, 1);
}

/* Connected, but not let in: it tries again, with pauses. */
static void
test_back_but_trouble (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;

  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  for (guint i = 1; i <= 3; i++) {
    tok_script_refuse (stage->peer, "authorize", i, *code);
    tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
    g_assert_nonnull (tok_session_get_error (stage->session));
    g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
  }
  tok_script_answer_authorize (stage->peer, 4, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 2);
}

static void
test_lost_again_while_authorizing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_wait (stage->peer, "authorize", 1);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_OFFLINE);
  tok_script_answer_authorize (stage->peer, 2, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
}

static void
test_lost_again_while_looking_up (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));
  tok_fake_vault_set_held (stage->vault, TRUE);
  tok_raw_peer_hang_up (stage->peer);
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->vault) == 1);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  tok_raw_peer_hang_up (stage->peer);
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->vault) == 2);
  tok_fake_vault_set_held (stage->vault, FALSE);
  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "authorize"), ==, 2);
}

/* A pause of minutes, which only a person ends. */
static void
be_patient (TokStage *stage)
{
  TokTimes times = tok_script_times;

  times.reconnect_first = times.reconnect_longest = 600000;
  tok_stage_use_times (stage, &times);
}

static void
test_reconnect (TokStage *stage, gconstpointer data)
{
  be_patient (stage);
  tok_session_reconnect (stage->session);
  tok_stage_assert_signed_out (stage);

  tok_stage_sign_in_and_list (stage);
  tok_session_reconnect (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_READY);

  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_session_reconnect (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_MAINTENANCE);

  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_session_reconnect (stage->session);
  tok_session_reconnect (stage->session);
  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
  g_assert_cmpuint (tok_script_count (stage->peer, "authorize"), ==, 2);
}

static void
test_refresh_reconnects (TokStage *stage, gconstpointer data)
{
  be_patient (stage);
  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_session_refresh (stage->session);
  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  tok_script_answer_apps (stage->peer, 1, "1");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
}

/* The pause between attempts to be let in ends as well. */
static void
test_reconnect_authorizes (TokStage *stage, gconstpointer data)
{
  be_patient (stage);
  tok_stage_sign_in_and_list (stage);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_session_reconnect (stage->session);
  tok_script_refuse (stage->peer, "authorize", 1, "RateLimit");
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  tok_session_reconnect (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  tok_script_answer_authorize (stage->peer, 2, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
}

static void
add_sign_in (void)
{
  static const char *const plain = TOKEN, *const blanks = " \t" TOKEN "\r\n ";

  tok_stage_add ("/session-connect/sign-in/plain", &plain, test_sign_in);
  tok_stage_add ("/session-connect/sign-in/blanks", &blanks, test_sign_in);
  tok_stage_add ("/session-connect/sign-in/length", NULL, test_length);
  tok_stage_add ("/session-connect/sign-in/silence", NULL, test_silence);
  tok_stage_add ("/session-connect/sign-in/nobody-there", NULL, test_nobody_there);
  tok_stage_add ("/session-connect/sign-in/vault-fails", NULL, test_vault_fails);
  tok_stage_add ("/session-connect/sign-in/cancel-too-late", NULL, test_cancel_too_late);
  tok_stage_add ("/session-connect/sign-in/cancel-when-stored", NULL, test_cancel_when_stored);
  tok_stage_add ("/session-connect/sign-in/lost-while-storing", NULL, test_lost_while_storing);
  tok_stage_add ("/session-connect/sign-in/twice", NULL, test_sign_in_twice);
  for (guint i = 0; i < G_N_ELEMENTS (unfit); i++)
    tok_stage_add_case ("/session-connect/sign-in/unfit", unfit[i].name, &unfit[i], test_unfit);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    tok_stage_add_case ("/session-connect/sign-in/refused", refusals[i].name, &refusals[i],
                        test_refusal);
  for (int i = 0; i < N_MOMENTS; i++)
    tok_stage_add_case ("/session-connect/sign-in/cancel", moments[i], GINT_TO_POINTER (i),
                        test_cancel);
  for (int i = WHILE_CONNECTING; i < N_MOMENTS; i++)
    tok_stage_add_case ("/session-connect/sign-in/close", moments[i], GINT_TO_POINTER (i),
                        test_close_while_signing_in);
}

static void
add_connection (void)
{
  static const char *const ended[] = { "InvalidToken", "AuthorizationRequired", "AccountDisabled" };
  static const char *const trouble[]
      = { "RateLimit", "Suspendedlogin", "InternalServerError", "Timeout" };

  tok_stage_add ("/session-connect/lost/and-back", NULL, test_lost_and_back);
  tok_stage_add ("/session-connect/lost/while-listing", NULL, test_lost_while_listing);
  tok_stage_add ("/session-connect/lost/other-scopes", NULL, test_back_with_other_scopes);
  tok_stage_add ("/session-connect/lost/no-secret", NULL, test_back_without_the_secret);
  tok_stage_add ("/session-connect/lost/again-while-authorizing", NULL,
                 test_lost_again_while_authorizing);
  tok_stage_add ("/session-connect/lost/again-while-looking-up", NULL,
                 test_lost_again_while_looking_up);
  for (guint i = 0; i < G_N_ELEMENTS (ended); i++)
    tok_stage_add_case ("/session-connect/lost/ended", ended[i], &ended[i], test_back_but_ended);
  for (guint i = 0; i < G_N_ELEMENTS (trouble); i++)
    tok_stage_add_case ("/session-connect/lost/trouble", trouble[i], &trouble[i],
                        test_back_but_trouble);
  tok_stage_add ("/session-connect/reconnect", NULL, test_reconnect);
  tok_stage_add ("/session-connect/reconnect-by-refresh", NULL, test_refresh_reconnects);
  tok_stage_add ("/session-connect/reconnect-authorizes", NULL, test_reconnect_authorizes);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add_sign_in ();
  add_connection ();

  return g_test_run ();
}
