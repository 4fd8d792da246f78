/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-accounts.h"
#include "tok-error.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define SECRET "copyOfTokenaaaa"
#define LAST "Token 2"
/* The tokens of the stage, without the last, and with another value of it. */
#define WITHOUT_LAST "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read"
#define WITH_OTHER_LAST WITHOUT_LAST ";Token 2/***********bbbb/admin,read"
#define WITH_NEW TOK_STAGE_ROWS ";Token 3/***********aaaa/admin,read"

static const char *
peek (TokStage *stage, const char *name)
{
  return tok_fake_vault_peek_copy (stage->keyring, tok_raw_peer_get_address (stage->peer), LOGIN,
                                   name);
}

static void
put (TokStage *stage, const char *name, const char *secret)
{
  tok_fake_vault_put_copy (stage->keyring, tok_raw_peer_get_address (stage->peer), LOGIN, name,
                           secret);
}

static guint
n_calls (TokStage *stage, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (stage->keyring, call);
}

static void
set_copies (TokStage *stage)
{
  tok_session_set_copies (stage->session, TOK_VAULT (stage->keyring), TRUE);
}

static void
sign_in (TokStage *stage)
{
  set_copies (stage);
  tok_stage_sign_in_and_list (stage);
  tok_stage_run_dry ();
}

static void
begin_with_copy (TokStage *stage)
{
  put (stage, LAST, SECRET);
  sign_in (stage);
}

/* Which tokens are marked, by the digit of their names. */
static void
assert_marked (TokStage *stage, const char *expected)
{
  g_autoptr (GString) marked = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)); i++)
    if (tok_grant_get_has_copy (tok_stage_nth (stage->tokens, i)))
      g_string_append_printf (marked, "%u", i);
  g_assert_cmpstr (marked->str, ==, expected);
}

static void
refresh (TokStage *stage, guint nth, const char *rows)
{
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, nth, rows);
  tok_script_answer_apps (stage->peer, nth, TOK_STAGE_APPS);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  tok_stage_run_dry ();
}

/* The error is 0 where there is none. */
#define FINE 0

static int
check (gboolean done, GError *error)
{
  g_autoptr (GError) owned = error;

  if (done) {
    g_assert_no_error (error);
    return FINE;
  }
  g_assert_nonnull (error);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (TOK_ERROR));
  return error->code;
}

static int
keep (TokStage *stage, const char *name)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_session_keep_copy_async (stage->session, name, SECRET, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  done = tok_session_keep_copy_finish (stage->session, result, &error);
  return check (done, error);
}

static int
look_up (TokStage *stage, TokGrant *grant, TokSecret **secret)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  tok_session_lookup_copy_async (stage->session, grant, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  *secret = tok_session_lookup_copy_finish (stage->session, result, &error);
  return check (*secret != NULL, error);
}

static int
forget (TokStage *stage, const char *name)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_session_forget_copy_async (stage->session, name, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  done = tok_session_forget_copy_finish (stage->session, result, &error);
  return check (done, error);
}

static int
unlock (TokStage *stage)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_session_unlock_copies_async (stage->session, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  done = tok_session_unlock_copies_finish (stage->session, result, &error);
  return check (done, error);
}

static int
forget_account (TokStage *stage)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_session_forget_async (stage->session, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  done = tok_session_forget_finish (stage->session, result, &error);
  return check (done, error);
}

static void
assert_looked_up (TokStage *stage, guint n)
{
  g_autoptr (TokSecret) secret = NULL;

  g_assert_cmpint (look_up (stage, tok_stage_nth (stage->tokens, n), &secret), ==, FINE);
  g_assert_cmpstr (secret, ==, SECRET);
}

static void
assert_not_looked_up (TokStage *stage, guint n, TokError code)
{
  g_autoptr (TokSecret) secret = NULL;

  g_assert_cmpint (look_up (stage, tok_stage_nth (stage->tokens, n), &secret), ==, (int) code);
}

static void
test_nowhere (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  g_assert_false (tok_session_get_can_keep_copies (stage->session));
  g_assert_false (tok_session_get_copies_are_lasting (stage->session));
  g_assert_cmpint (keep (stage, LAST), ==, TOK_ERROR_VAULT_MISSING);
  g_assert_cmpint (forget (stage, LAST), ==, TOK_ERROR_VAULT_MISSING);
  g_assert_cmpint (unlock (stage), ==, TOK_ERROR_VAULT_MISSING);
  assert_not_looked_up (stage, 2, TOK_ERROR_VAULT_MISSING);
  tok_session_drop_copies (stage->session);
  g_assert_cmpint (forget_account (stage), ==, FINE);
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (n_calls (stage, call), ==, 0);
}

/* The keyring is asked for names once, and for no secret. */
static void
test_marks (TokStage *stage, gconstpointer data)
{
  set_copies (stage);
  g_assert_false (tok_session_get_can_keep_copies (stage->session));
  g_assert_true (tok_session_get_copies_are_lasting (stage->session));
  begin_with_copy (stage);
  g_assert_true (tok_session_get_can_keep_copies (stage->session));
  g_assert_no_error (tok_session_get_copies_error (stage->session));
  assert_marked (stage, "2");
  refresh (stage, 1, TOK_STAGE_ROWS);
  assert_marked (stage, "2");
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LIST), ==, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 0);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);

  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  tok_stage_run_dry ();
  assert_marked (stage, "2");
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LIST), ==, 1);
}

static void
test_marks_when_told_late (TokStage *stage, gconstpointer data)
{
  put (stage, LAST, SECRET);
  tok_stage_sign_in_and_list (stage);
  assert_marked (stage, "");
  set_copies (stage);
  tok_stage_run_dry ();
  assert_marked (stage, "2");
}

static void
test_keep (TokStage *stage, gconstpointer data)
{
  sign_in (stage);
  assert_marked (stage, "");
  g_assert_cmpint (keep (stage, LAST), ==, FINE);
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);
  assert_marked (stage, "2");
  assert_looked_up (stage, 2);
  assert_marked (stage, "2");

  g_assert_cmpint (forget (stage, LAST), ==, FINE);
  g_assert_null (peek (stage, LAST));
  assert_marked (stage, "");
  assert_not_looked_up (stage, 2, TOK_ERROR_VAULT);
  g_assert_cmpint (forget (stage, LAST), ==, FINE);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LIST), ==, 1);
}

/* A list that was asked for before says nothing of a token that was created meanwhile. */
static void
test_keep_before_listed (TokStage *stage, gconstpointer data)
{
  sign_in (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  g_assert_cmpint (keep (stage, "Token 3"), ==, FINE);
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  tok_script_answer_apps (stage->peer, 1, TOK_STAGE_APPS);
  tok_stage_run_dry ();
  g_assert_cmpstr (peek (stage, "Token 3"), ==, SECRET);
  assert_marked (stage, "");
  refresh (stage, 2, WITH_NEW);
  assert_marked (stage, "3");
  refresh (stage, 3, TOK_STAGE_ROWS);
  g_assert_null (peek (stage, "Token 3"));
}

static void
test_gone (TokStage *stage, gconstpointer data)
{
  put (stage, "Token 1", SECRET);
  begin_with_copy (stage);
  assert_marked (stage, "12");
  refresh (stage, 1, WITHOUT_LAST);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, 2)), ==, TOK_GRANT_GONE);
  assert_marked (stage, "1");
  g_assert_null (peek (stage, LAST));
  g_assert_cmpstr (peek (stage, "Token 1"), ==, SECRET);
  refresh (stage, 2, TOK_STAGE_ROWS);
  assert_marked (stage, "1");
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 1);
}

/* Since the last time this ran. */
static void
test_gone_before (TokStage *stage, gconstpointer data)
{
  put (stage, "Token 7", SECRET);
  begin_with_copy (stage);
  assert_marked (stage, "2");
  g_assert_null (peek (stage, "Token 7"));
}

static void
test_gone_while_locked (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  refresh (stage, 1, WITHOUT_LAST);
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);
  assert_marked (stage, "");
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);
  refresh (stage, 2, WITHOUT_LAST);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 2);
  g_assert_cmpint (unlock (stage), ==, FINE);
  refresh (stage, 3, WITHOUT_LAST);
  g_assert_null (peek (stage, LAST));
  refresh (stage, 4, WITHOUT_LAST);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 3);
}

/* It is tried once at a time. */
static void
test_gone_slowly (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  refresh (stage, 1, WITHOUT_LAST);
  refresh (stage, 2, WITHOUT_LAST);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_null (peek (stage, LAST));
}

/* Nothing is ever listed again after that. */
static void
test_own_deleted (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  put (stage, "Token 1", SECRET);
  begin_with_copy (stage);
  tok_stage_begin_revoke (stage, &revoke, tok_stage_nth (stage->tokens, 1), NULL);
  tok_script_answer_rows (stage->peer, "delete_token", 0,
                          "Token 0/***************a/admin,read;Token 2/***********aaaa/admin,read");
  tok_script_refuse (stage->peer, "api_token", 1, "InvalidToken");
  tok_stage_assert_revoked (&revoke);
  tok_stage_run_dry ();
  g_assert_null (peek (stage, "Token 1"));
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);
}

/* A token that was deleted elsewhere, and created anew under the same name. */
static void
test_other_token (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  refresh (stage, 1, WITH_OTHER_LAST);
  assert_marked (stage, "2");
  assert_not_looked_up (stage, 2, TOK_ERROR_OTHER_TOKEN);
  tok_stage_run_dry ();
  g_assert_null (peek (stage, LAST));
  assert_marked (stage, "");
}

/* Of two tokens of one name it is the other one's. */
static void
test_other_token_of_two (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  refresh (stage, 1, WITH_OTHER_LAST ";Token 2/***********aaaa/read");
  assert_not_looked_up (stage, 2, TOK_ERROR_OTHER_TOKEN);
  assert_looked_up (stage, 3);
}

static void
test_gone_is_not_looked_up (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  refresh (stage, 1, WITHOUT_LAST);
  assert_not_looked_up (stage, 2, TOK_ERROR_OTHER_TOKEN);
}

static void
test_deleted_behind (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  put (stage, LAST, NULL);
  assert_not_looked_up (stage, 2, TOK_ERROR_VAULT);
  assert_marked (stage, "");
}

/* Nobody is asked for anything until somebody wants it. */
static void
test_locked (TokStage *stage, gconstpointer data)
{
  guint *n_told = tok_test_count_notify (stage->session, "copies-error");

  put (stage, LAST, SECRET);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LIST, TOK_ERROR_VAULT_LOCKED);
  sign_in (stage);
  assert_marked (stage, "");
  g_assert_error (tok_session_get_copies_error (stage->session), TOK_ERROR, TOK_ERROR_VAULT_LOCKED);
  g_assert_cmpuint (*n_told, ==, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);

  g_assert_cmpint (unlock (stage), ==, FINE);
  tok_stage_run_dry ();
  assert_marked (stage, "2");
  g_assert_no_error (tok_session_get_copies_error (stage->session));
  g_assert_cmpuint (*n_told, ==, 2);
}

static void
test_unlock_dismissed (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  g_assert_cmpint (unlock (stage), ==, TOK_ERROR_VAULT_DISMISSED);
  assert_marked (stage, "2");
}

/* Each is told, and changes nothing. */
static void
test_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;

  begin_with_copy (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, it->code);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, it->code);
  g_assert_cmpint (keep (stage, "Token 1"), ==, (int) it->code);
  g_assert_cmpint (forget (stage, LAST), ==, (int) it->code);
  assert_marked (stage, "2");
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, it->code);
  assert_not_looked_up (stage, 2, it->code);
  assert_marked (stage, it->code == TOK_ERROR_VAULT ? "" : "2");
}

/* Nobody knows what became of it before the keyring is asked. */
static void
test_keep_cancelled (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_keep_copy_async (stage->session, LAST, SECRET, cancellable, tok_test_on_ready, &slot);
  g_cancellable_cancel (cancellable);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  result = tok_test_wait_for_result (&slot);
  g_assert_false (tok_session_keep_copy_finish (stage->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  put (stage, LAST, SECRET);
  refresh (stage, 1, TOK_STAGE_ROWS);
  assert_marked (stage, "2");
}

/* What was asked for one sign-in changes nothing of the next. */
static void
test_leave (TokStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  begin_with_copy (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_keep_copy_async (stage->session, "Token 1", SECRET, NULL, tok_test_on_ready, &slot);
  tok_session_sign_out (stage->session);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (stage->session, result, NULL));
  g_assert_false (tok_session_get_can_keep_copies (stage->session));
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);

  put (stage, "Token 1", NULL);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
  tok_stage_begin (stage, TOK_SCRIPT_TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  tok_stage_run_dry ();
  assert_marked (stage, "2");
}

/* The names may come when nobody wants them any more. */
static void
test_leave_while_listing (TokStage *stage, gconstpointer data)
{
  put (stage, LAST, SECRET);
  set_copies (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_stage_sign_in_and_list (stage);
  tok_stage_use_times (stage, &tok_script_times);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);
}

/* All copies of the account, and its own secret last. */
static void
test_forget_account (TokStage *stage, gconstpointer data)
{
  put (stage, "Token 1", SECRET);
  begin_with_copy (stage);
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
  tok_test_wait_until (tok_session_get_is_kept (stage->session));

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  g_assert_cmpint (forget_account (stage), ==, TOK_ERROR_VAULT_LOCKED);
  g_assert_true (tok_session_get_is_kept (stage->session));
  assert_marked (stage, "12");
  g_assert_cmpint (unlock (stage), ==, FINE);

  g_assert_cmpint (forget_account (stage), ==, FINE);
  assert_marked (stage, "");
  g_assert_false (tok_session_get_is_kept (stage->session));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
}

/* Where nobody can tell whether there are any, those are forgotten that are known of. */
static void
test_forget_account_locked (TokStage *stage, gconstpointer data)
{
  sign_in (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LIST, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  g_assert_cmpint (forget_account (stage), ==, FINE);

  g_assert_cmpint (keep (stage, LAST), ==, FINE);
  g_assert_cmpint (forget_account (stage), ==, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_MISSING);
  g_assert_cmpint (forget_account (stage), ==, FINE);
  assert_marked (stage, "");
}

/* Who doesn't want the sign-in to be remembered may want copies all the same. */
static void
test_unkeep (TokStage *stage, gconstpointer data)
{
  begin_with_copy (stage);
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
  tok_test_wait_until (tok_session_get_is_kept (stage->session));
  tok_session_unkeep (stage->session);
  tok_test_wait_until (!tok_session_get_is_kept (stage->session));
  assert_marked (stage, "2");
  g_assert_cmpstr (peek (stage, LAST), ==, SECRET);
}

/* Accounts. */

static const char *
peek_in_keyring (TokAccountsStage *stage)
{
  return tok_fake_vault_peek_copy (stage->keyring, tok_accounts_stage_get_address (stage, 0),
                                   "SAMPLE1", LAST);
}

static void
put_in_keyring (TokAccountsStage *stage)
{
  tok_fake_vault_put_copy (stage->keyring, tok_accounts_stage_get_address (stage, 0), "SAMPLE1",
                           LAST, SECRET);
}

static void
keep_in (TokSession *session)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_session_keep_copy_async (session, LAST, SECRET, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (session, result, NULL));
}

static void
test_accounts (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = tok_accounts_stage_check (stage, 0, "one", "SAMPLE1");

  /* Nobody has said yet that the account is to be here. */
  g_assert_false (tok_session_get_can_keep_copies (session));
  tok_accounts_add (stage->accounts, session, FALSE);
  g_assert_true (tok_session_get_can_keep_copies (session));
  g_assert_true (tok_session_get_copies_are_lasting (session));
  keep_in (session);
  g_assert_cmpstr (peek_in_keyring (stage), ==, SECRET);
  tok_accounts_remove (stage->accounts, session);
  tok_stage_run_dry ();
  g_assert_null (peek_in_keyring (stage));
}

/* Also one that nobody has signed in to. */
static void
test_accounts_at_rest (TokAccountsStage *stage, gconstpointer data)
{
  put_in_keyring (stage);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", "");
  tok_accounts_stage_start_again (stage);
  g_assert_true (tok_session_get_can_keep_copies (tok_accounts_stage_peek (stage, 0)));
  tok_accounts_remove (stage->accounts, tok_accounts_stage_peek (stage, 0));
  tok_stage_run_dry ();
  g_assert_null (peek_in_keyring (stage));
}

/* Whoever doesn't want accounts to be remembered has said nothing of copies. */
static void
test_accounts_not_remembered (TokAccountsStage *stage, gconstpointer data)
{
  put_in_keyring (stage);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", "");
  tok_accounts_stage_start_again (stage);
  g_settings_set_boolean (stage->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, FALSE);
  tok_test_wait_until (tok_accounts_stage_get_n (stage) == 0);
  tok_stage_run_dry ();
  g_assert_cmpstr (peek_in_keyring (stage), ==, SECRET);
}

/* What isn't real stays in memory, until the account goes. */
static void
test_accounts_sample (TokAccountsStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                              TRUE, NULL, tok_test_on_ready, &slot);
  tok_script_answer_authorize (stage->peers[0], 0, "read");
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (stage->accounts, result, NULL);
  g_assert_true (tok_session_get_can_keep_copies (session));
  g_assert_false (tok_session_get_copies_are_lasting (session));
  keep_in (session);
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, 0);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  tok_stage_add ("/session-copies/nowhere", NULL, test_nowhere);
  tok_stage_add ("/session-copies/marks", NULL, test_marks);
  tok_stage_add ("/session-copies/marks-when-told-late", NULL, test_marks_when_told_late);
  tok_stage_add ("/session-copies/keep", NULL, test_keep);
  tok_stage_add ("/session-copies/keep-before-listed", NULL, test_keep_before_listed);
  tok_stage_add ("/session-copies/keep-cancelled", NULL, test_keep_cancelled);
  tok_stage_add ("/session-copies/gone", NULL, test_gone);
  tok_stage_add ("/session-copies/gone-before", NULL, test_gone_before);
  tok_stage_add ("/session-copies/gone-while-locked", NULL, test_gone_while_locked);
  tok_stage_add ("/session-copies/gone-slowly", NULL, test_gone_slowly);
  tok_stage_add ("/session-copies/gone-is-not-looked-up", NULL, test_gone_is_not_looked_up);
  tok_stage_add ("/session-copies/own-deleted", NULL, test_own_deleted);
  tok_stage_add ("/session-copies/other-token", NULL, test_other_token);
  tok_stage_add ("/session-copies/other-token-of-two", NULL, test_other_token_of_two);
  tok_stage_add ("/session-copies/deleted-behind", NULL, test_deleted_behind);
  tok_stage_add ("/session-copies/locked", NULL, test_locked);
  tok_stage_add ("/session-copies/unlock-dismissed", NULL, test_unlock_dismissed);
  for (const TokFakeVaultCode *it = tok_fake_vault_codes; it->name != NULL; it++)
    tok_stage_add_case ("/session-copies/fails", it->name, it, test_fails);
  tok_stage_add ("/session-copies/leave", NULL, test_leave);
  tok_stage_add ("/session-copies/leave-while-listing", NULL, test_leave_while_listing);
  tok_stage_add ("/session-copies/forget-account", NULL, test_forget_account);
  tok_stage_add ("/session-copies/forget-account-locked", NULL, test_forget_account_locked);
  tok_stage_add ("/session-copies/unkeep", NULL, test_unkeep);
  tok_accounts_stage_add ("/session-copies/accounts", NULL, test_accounts);
  tok_accounts_stage_add ("/session-copies/accounts-at-rest", NULL, test_accounts_at_rest);
  tok_accounts_stage_add ("/session-copies/accounts-not-remembered", NULL,
                          test_accounts_not_remembered);
  tok_accounts_stage_add ("/session-copies/accounts-sample", NULL, test_accounts_sample);

  return g_test_run ();
}
