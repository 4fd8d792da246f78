/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define TOKEN TOK_SCRIPT_TOKEN
#define SCOPES TOK_SCRIPT_SCOPES

/* How often something was told since it was asked for. */
typedef struct {
  guint *state;
  guint *error;
  guint *is_kept;
  guint *keyring_error;
} Told;

static void
watch (TokStage *stage, Told *told)
{
  told->state = tok_test_count_notify (stage->session, "state");
  told->error = tok_test_count_notify (stage->session, "error");
  told->is_kept = tok_test_count_notify (stage->session, "is-kept");
  told->keyring_error = tok_test_count_notify (stage->session, "keyring-error");
}

static void
assert_told (Told *told, guint state, guint error)
{
  g_assert_cmpuint (*told->state, ==, state);
  g_assert_cmpuint (*told->error, ==, error);
  g_assert_cmpuint (*told->is_kept, ==, 0);
  g_assert_cmpuint (*told->keyring_error, ==, 0);
  *told->state = *told->error = 0;
}

static guint
n_calls (TokStage *stage, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (stage->keyring, call);
}

static const char *
in_vault (TokStage *stage)
{
  return tok_fake_vault_peek (stage->vault, tok_raw_peer_get_address (stage->peer), LOGIN);
}

static void
assert_lists (TokStage *stage, TokGrantStoreState state)
{
  g_assert_cmpint (tok_grant_store_get_state (stage->tokens), ==, state);
  g_assert_cmpint (tok_grant_store_get_state (stage->apps), ==, state);
}

/* Lists that were never loaded say what the session says. */
static void
assert_lists_failed (TokStage *stage, TokError code)
{
  assert_lists (stage, TOK_GRANT_STORE_FAILED);
  g_assert_error (tok_grant_store_get_error (stage->tokens), TOK_ERROR, (int) code);
  g_assert_error (tok_grant_store_get_error (stage->apps), TOK_ERROR, (int) code);
  g_assert_false (tok_grant_store_get_loading (stage->tokens));
  g_assert_false (tok_grant_store_get_loading (stage->apps));
}

/* The account stays, and with it the way back. */
static void
assert_ended (TokStage *stage, TokError code)
{
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, (int) code);
  g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (stage->session)), ==, LOGIN);
  g_assert_true (tok_session_get_is_kept (stage->session));
  g_assert_no_error (tok_session_get_keyring_error (stage->session));
}

/* Answers the request of that number. */
static void
let_in (TokStage *stage, guint nth)
{
  tok_script_answer_authorize (stage->peer, nth, SCOPES);
  tok_stage_wait_for_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));
}

static void
list (TokStage *stage)
{
  tok_script_answer_tokens (stage->peer, 0, TOK_STAGE_TOKENS);
  tok_script_answer_apps (stage->peer, 0, TOK_STAGE_APPS);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->tokens) == 3);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 3);
}

static void
rest_and_end (TokStage *stage, TokError code)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, code);
  tok_session_resume (stage->session);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
}

static void
test_resume (TokStage *stage, gconstpointer data)
{
  Told told;

  tok_stage_rest (stage);
  watch (stage, &told);
  assert_lists (stage, TOK_GRANT_STORE_EMPTY);
  tok_session_resume (stage->session);
  tok_session_resume (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  tok_script_wait (stage->peer, "authorize", 0);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (stage->peer, 0), "\"" TOKEN "\""));
  g_assert_cmpstr (in_vault (stage), ==, TOKEN);
  let_in (stage, 0);
  assert_told (&told, 2, 0);
  list (stage);

  tok_session_resume (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_STORE), ==, 0);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 1);
}

/* And then from the end, where it stands once the keyring has changed its mind. */
static void
test_keyring_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;
  Told told;

  tok_stage_rest (stage);
  watch (stage, &told);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, it->code);
  tok_session_resume (stage->session);
  assert_lists (stage, TOK_GRANT_STORE_EMPTY);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, it->code);
  assert_lists_failed (stage, it->code);
  assert_told (&told, 2, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_LOOKUP, FALSE);
  tok_session_resume (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_CONNECTING);
  g_assert_no_error (tok_session_get_error (stage->session));
  assert_lists (stage, TOK_GRANT_STORE_EMPTY);
  let_in (stage, 0);
  list (stage);
  assert_told (&told, 2, 1);
}

/* Somebody has emptied the keyring. */
static void
test_deleted (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_put (stage->keyring, tok_raw_peer_get_address (stage->peer), LOGIN, NULL);
  tok_session_resume (stage->session);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, TOK_ERROR_VAULT);
  assert_lists_failed (stage, TOK_ERROR_VAULT);
}

/* The place for as long as somebody is signed in. */
static void
test_vault_fails (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_failure (stage->vault, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_FAILED);
  tok_session_resume (stage->session);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

static void
test_offline (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_session_resume (stage->session);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  assert_lists_failed (stage, (TokError) tok_session_get_error (stage->session)->code);
  g_assert_true (tok_session_get_is_kept (stage->session));
  g_assert_nonnull (tok_session_get_account (stage->session));

  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  let_in (stage, 0);
  list (stage);
  assert_lists (stage, TOK_GRANT_STORE_LISTED);
  g_assert_no_error (tok_grant_store_get_error (stage->tokens));
  g_assert_no_error (tok_grant_store_get_error (stage->apps));
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
}

typedef struct {
  const char *name;
  TokError code;
} Refusal;

static const Refusal refusals[] = {
  { "InvalidToken", TOK_ERROR_SIGN_IN },
  { "AccountDisabled", TOK_ERROR_ACCOUNT },
};

static void
test_refused (TokStage *stage, gconstpointer data)
{
  const Refusal *it = data;

  tok_stage_rest (stage);
  tok_session_resume (stage->session);
  tok_script_refuse (stage->peer, "authorize", 0, it->name);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, it->code);
  assert_lists_failed (stage, it->code);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
}

/* The service is there, but doesn't let anybody in just now. */
static void
test_put_off (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_session_resume (stage->session);
  tok_script_refuse (stage->peer, "authorize", 0, "RateLimit");
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  assert_lists_failed (stage, TOK_ERROR_RATE_LIMIT);
  let_in (stage, 1);
  list (stage);
}

/* Somebody has put another account's secret there. */
static void
test_other_account (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_session_resume (stage->session);
  tok_script_answer (stage->peer, "authorize", 0,
                     "{\"loginid\":\"SAMPLE2\",\"scopes\":[\"read\",\"admin\"]}");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, TOK_ERROR_OTHER_ACCOUNT);
  assert_lists_failed (stage, TOK_ERROR_OTHER_ACCOUNT);
}

/* What was listed stays listed, whatever comes of it. */
static void
test_listed (TokStage *stage, gconstpointer data)
{
  TokGrant *first;

  tok_stage_sign_in_and_list (stage);
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
  tok_test_wait_until (tok_session_get_is_kept (stage->session));
  first = tok_stage_nth (stage->apps, 0);
  tok_stage_leave_ready (stage, TOK_SESSION_ENDED);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_FAILED);
  tok_session_resume (stage->session);
  assert_lists (stage, TOK_GRANT_STORE_LISTED);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_ended (stage, TOK_ERROR_VAULT_FAILED);
  assert_lists (stage, TOK_GRANT_STORE_LISTED);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_LOOKUP, FALSE);
  tok_session_resume (stage->session);
  let_in (stage, 1);
  g_assert_true (tok_stage_nth (stage->apps, 0) == first);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
}

static void
test_forbidden (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_session_resume (stage->session);
  tok_script_answer_authorize (stage->peer, 0, "read");
  tok_script_refuse (stage->peer, "oauth_apps", 0, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpint (tok_grant_store_get_state (stage->tokens), ==, TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpint (tok_grant_store_get_state (stage->apps), ==, TOK_GRANT_STORE_FAILED);
  tok_session_resume (stage->session);
  g_assert_cmpint (tok_grant_store_get_state (stage->tokens), ==, TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpint (tok_grant_store_get_state (stage->apps), ==, TOK_GRANT_STORE_EMPTY);
}

typedef struct {
  const char *name;
  void (*leave) (TokSession *session);
} Way;

static const Way ways[] = {
  { "close", tok_session_close },
  { "sign-out", tok_session_sign_out },
  { "dispose", NULL },
};

static void
leave (TokStage *stage, const Way *way)
{
  if (way->leave != NULL)
    way->leave (stage->session);
  else
    tok_stage_use_times (stage, &tok_script_times);
}

static void
test_leave (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_resume (stage->session);
  leave (stage, data);
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  g_assert_null (in_vault (stage));
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

static void
test_leave_in_the_middle (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_held (stage->vault, TRUE);
  tok_session_resume (stage->session);
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->vault) == 1);
  leave (stage, data);
  tok_fake_vault_set_held (stage->vault, FALSE);
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  g_assert_null (in_vault (stage));
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

static void
test_unlock (TokStage *stage, gconstpointer data)
{
  rest_and_end (stage, TOK_ERROR_VAULT_LOCKED);
  assert_ended (stage, TOK_ERROR_VAULT_LOCKED);
  tok_session_unlock_keyring (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  let_in (stage, 0);
  list (stage);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 1);
}

static void
test_unlock_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;

  rest_and_end (stage, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, it->code);
  tok_session_unlock_keyring (stage->session);
  tok_stage_run_dry ();
  assert_ended (stage, it->code);
  assert_lists_failed (stage, it->code);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  tok_session_unlock_keyring (stage->session);
  let_in (stage, 0);
}

static void
test_unlock_to_keep (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_LOCKED);
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
  tok_test_wait_until (tok_session_get_keyring_error (stage->session) != NULL);
  tok_session_unlock_keyring (stage->session);
  tok_test_wait_until (tok_session_get_is_kept (stage->session));
  g_assert_no_error (tok_session_get_keyring_error (stage->session));
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_unlock_to_keep_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;

  tok_stage_sign_in (stage, SCOPES);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_LOCKED);
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
  tok_test_wait_until (tok_session_get_keyring_error (stage->session) != NULL);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, it->code);
  tok_session_unlock_keyring (stage->session);
  tok_stage_run_dry ();
  g_assert_error (tok_session_get_keyring_error (stage->session), TOK_ERROR, (int) it->code);
  g_assert_false (tok_session_get_is_kept (stage->session));
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));
}

/* Where it isn't needed it does no harm. */
static void
test_unlock_for_nothing (TokStage *stage, gconstpointer data)
{
  tok_session_unlock_keyring (stage->session);
  tok_stage_run_dry ();
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);

  tok_stage_rest (stage);
  tok_session_unlock_keyring (stage->session);
  tok_session_resume (stage->session);
  let_in (stage, 0);
  tok_session_unlock_keyring (stage->session);
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_true (tok_session_get_is_kept (stage->session));
  g_assert_no_error (tok_session_get_keyring_error (stage->session));
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
}

static void
test_leave_while_unlocking (TokStage *stage, gconstpointer data)
{
  rest_and_end (stage, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_unlock_keyring (stage->session);
  leave (stage, data);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
}

/* What is being forgotten isn't gone on with. */
static void
test_unkept (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_unkeep (stage->session);
  tok_session_resume (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (!tok_session_get_is_kept (stage->session));
  tok_session_resume (stage->session);
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 0);
}

/* Unless the keyring doesn't let go of it. */
static void
test_unkept_in_vain (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_FAILED);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (tok_session_get_keyring_error (stage->session) != NULL);
  tok_session_resume (stage->session);
  let_in (stage, 0);
  g_assert_true (tok_session_get_is_kept (stage->session));
}

/* A keyring that was needed, and has nothing any more, is not to be tried again. */
static void
test_unkept_at_the_end (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;

  rest_and_end (stage, it->code);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (!tok_session_get_is_kept (stage->session));
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_VAULT);
  assert_lists_failed (stage, TOK_ERROR_VAULT);
  tok_session_resume (stage->session);
  tok_session_unlock_keyring (stage->session);
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);
}

static void
test_unkept_when_refused (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_session_resume (stage->session);
  tok_script_refuse (stage->peer, "authorize", 0, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (!tok_session_get_is_kept (stage->session));
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_SIGN_IN);
}

static void
add_codes (const char *path, TokStageTest test)
{
  for (const TokFakeVaultCode *it = tok_fake_vault_codes; it->name != NULL; it++)
    tok_stage_add_case (path, it->name, it, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  tok_stage_add ("/session-resume/resume", NULL, test_resume);
  add_codes ("/session-resume/keyring-fails", test_keyring_fails);
  tok_stage_add ("/session-resume/deleted", NULL, test_deleted);
  tok_stage_add ("/session-resume/vault-fails", NULL, test_vault_fails);
  tok_stage_add ("/session-resume/offline", NULL, test_offline);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    tok_stage_add_case ("/session-resume/refused", refusals[i].name, &refusals[i], test_refused);
  tok_stage_add ("/session-resume/put-off", NULL, test_put_off);
  tok_stage_add ("/session-resume/other-account", NULL, test_other_account);
  tok_stage_add ("/session-resume/listed", NULL, test_listed);
  tok_stage_add ("/session-resume/forbidden", NULL, test_forbidden);
  tok_stage_add ("/session-resume/unlock", NULL, test_unlock);
  add_codes ("/session-resume/unlock-fails", test_unlock_fails);
  tok_stage_add ("/session-resume/unlock-to-keep", NULL, test_unlock_to_keep);
  add_codes ("/session-resume/unlock-to-keep-fails", test_unlock_to_keep_fails);
  tok_stage_add ("/session-resume/unlock-for-nothing", NULL, test_unlock_for_nothing);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    tok_stage_add_case ("/session-resume/leave", ways[i].name, &ways[i], test_leave);
    tok_stage_add_case ("/session-resume/leave-in-the-middle", ways[i].name, &ways[i],
                        test_leave_in_the_middle);
    tok_stage_add_case ("/session-resume/leave-while-unlocking", ways[i].name, &ways[i],
                        test_leave_while_unlocking);
  }
  tok_stage_add ("/session-resume/unkept", NULL, test_unkept);
  tok_stage_add ("/session-resume/unkept-in-vain", NULL, test_unkept_in_vain);
  add_codes ("/session-resume/unkept-at-the-end", test_unkept_at_the_end);
  tok_stage_add ("/session-resume/unkept-when-refused", NULL, test_unkept_when_refused);

  return g_test_run ();
}
