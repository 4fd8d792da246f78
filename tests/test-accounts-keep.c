/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-address.h"
#include "tok-error.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

static void
set_remember (TokAccountsStage *stage, gboolean remember)
{
  g_settings_set_boolean (stage->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, remember);
}

static guint
n_calls (TokAccountsStage *stage, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (stage->keyring, call);
}

/* It may be asked whether there are copies. */
static void
assert_untouched (TokAccountsStage *stage)
{
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    if (call != TOK_FAKE_VAULT_LIST)
      g_assert_cmpuint (n_calls (stage, call), ==, 0);
}

/* What the settings hold, with the address of a service written as "SERVICE". */
static void
assert_setting (TokAccountsStage *stage, const char *key, guint peer, const char *expected)
{
  g_autoptr (GVariant) value = g_settings_get_value (stage->settings, key);
  g_autofree char *text = g_variant_print (value, FALSE);
  g_autofree char *service = tok_address_dup_service (tok_accounts_stage_get_address (stage, peer));
  g_autoptr (GString) shown = g_string_new (text);

  g_string_replace (shown, service, "SERVICE", 0);
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
assert_last (TokAccountsStage *stage, guint peer, const char *expected)
{
  assert_setting (stage, TOK_SETTINGS_LAST_ACCOUNT, peer, expected);
}

static TokSession *
add (TokAccountsStage *stage,
     guint peer,
     const char *token,
     const char *login_id,
     gboolean remember)
{
  TokSession *session = tok_accounts_stage_check (stage, peer, token, login_id);

  tok_accounts_add (stage->accounts, session, remember);
  if (remember)
    tok_test_wait_until (tok_session_get_is_kept (session));
  return session;
}

/* A list with an account that is signed in and looked at, and two at rest. */
static void
begin_with_rest (TokAccountsStage *stage)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };

  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++)
    tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, i), login_ids[i],
                                 "");
  tok_accounts_stage_start_again (stage);
  tok_accounts_set_current (stage->accounts, tok_accounts_stage_peek (stage, 1));
  tok_accounts_stage_let_in (stage, 1, "SAMPLE2");
  tok_accounts_stage_assert_changes (stage, "[0 -0 +3]");
}

static void
test_remember (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;

  session = tok_accounts_stage_check_with (
      stage, 0, "one",
      "{\"loginid\":\"SAMPLE1\",\"currency\":\"BTC\",\"is_virtual\":1,"
      "\"scopes\":[\"admin\",\"newer\",\"read\"]}");
  tok_accounts_add (stage->accounts, session, TRUE);
  assert_setting (stage, TOK_SETTINGS_ACCOUNTS, 0, "[]");
  tok_test_wait_until (tok_session_get_is_kept (session));
  g_assert_cmpstr (tok_accounts_stage_get_secret (stage, 0, "SAMPLE1"), ==, "one");
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_STORE), ==, 1);
  assert_setting (stage, TOK_SETTINGS_ACCOUNTS, 0,
                  "[('SERVICE?app_id=1089', 'SAMPLE1', 'BTC', true, ['read', 'admin', 'newer'], "
                  "'')]");
  assert_last (stage, 0, "('SERVICE', 'SAMPLE1')");
}

/* Not a word of it, anywhere. */
static void
test_not_remembered (TokAccountsStage *stage, gconstpointer data)
{
  g_autofree char *before = tok_accounts_stage_dup_settings (stage);
  g_autofree char *after = NULL;
  g_autoptr (TokSession) session = add (stage, 0, "one", "SAMPLE1", FALSE);

  tok_stage_run_dry ();
  set_remember (stage, FALSE);
  set_remember (stage, TRUE);
  tok_stage_run_dry ();
  assert_untouched (stage);
  g_assert_false (tok_session_get_is_kept (session));
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  after = tok_accounts_stage_dup_settings (stage);
  g_assert_cmpstr (after, ==, before);
  tok_accounts_remove (stage->accounts, session);
  assert_untouched (stage);
}

static void
test_sample (TokAccountsStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                              TRUE, NULL, tok_test_on_ready, &slot);
  tok_script_answer_authorize (stage->peers[0], 0, "read");
  result = tok_test_wait_for_result (&slot);
  g_assert_nonnull (tok_accounts_sign_in_finish (stage->accounts, result, NULL));
  set_remember (stage, FALSE);
  set_remember (stage, TRUE);
  tok_stage_run_dry ();
  assert_untouched (stage);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
}

/* The settings have the last word. */
static void
test_off_before (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;

  set_remember (stage, FALSE);
  session = tok_accounts_stage_check (stage, 0, "one", "SAMPLE1");
  tok_accounts_add (stage->accounts, session, TRUE);
  tok_stage_run_dry ();
  assert_untouched (stage);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);

  set_remember (stage, TRUE);
  tok_test_wait_until (tok_session_get_is_kept (session));
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 1);
  assert_last (stage, 0, "('SERVICE', 'SAMPLE1')");
}

static void
test_switch_off (TokAccountsStage *stage, gconstpointer data)
{
  TokSession *session;

  begin_with_rest (stage);
  session = tok_accounts_stage_peek (stage, 1);
  *stage->n_current = 0;
  set_remember (stage, FALSE);
  tok_test_wait_until (tok_accounts_stage_get_n (stage) == 1);
  tok_accounts_stage_assert_changes (stage, "[0 -1 +0][1 -1 +0]");
  g_assert_true (tok_accounts_stage_peek (stage, 0) == session);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  g_assert_cmpuint (*stage->n_current, ==, 0);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_false (tok_session_get_is_kept (session));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
  assert_setting (stage, TOK_SETTINGS_ACCOUNTS, 1, "[]");
  assert_last (stage, 1, "('', '')");

  set_remember (stage, TRUE);
  tok_test_wait_until (tok_session_get_is_kept (session));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 1);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 1);
  assert_last (stage, 1, "('SERVICE', 'SAMPLE2')");
}

/* Nobody is signed in: no neighbour is either, on the way out. */
static void
test_switch_off_at_rest (TokAccountsStage *stage, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (stage->peers); i++)
    tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, i), "SAMPLE1", "");
  tok_accounts_stage_start_again (stage);
  set_remember (stage, FALSE);
  tok_test_wait_until (tok_accounts_stage_get_n (stage) == 0);
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 0);
}

/* Those that were meant for this run only stay so. */
static void
test_switch_on (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) lasting = add (stage, 0, "one", "SAMPLE1", TRUE);
  g_autoptr (TokSession) temporary = add (stage, 1, "two", "SAMPLE2", FALSE);

  set_remember (stage, FALSE);
  tok_test_wait_until (!tok_session_get_is_kept (lasting));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 2);
  set_remember (stage, TRUE);
  tok_test_wait_until (tok_session_get_is_kept (lasting));
  tok_stage_run_dry ();
  g_assert_false (tok_session_get_is_kept (temporary));
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 1);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 1);
}

/* That it is on already is no news. */
static void
test_switch_on_twice (TokAccountsStage *stage, gconstpointer data)
{
  begin_with_rest (stage);
  set_remember (stage, TRUE);
  tok_stage_run_dry ();
  for (guint i = 0; i < 3; i++) {
    g_assert_true (tok_session_get_is_kept (tok_accounts_stage_peek (stage, i)));
    g_assert_no_error (tok_session_get_keyring_error (tok_accounts_stage_peek (stage, i)));
  }
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 3);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 3);
}

static void
test_off_and_on (TokAccountsStage *stage, gconstpointer data)
{
  begin_with_rest (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  set_remember (stage, FALSE);
  set_remember (stage, TRUE);
  tok_test_wait_until (n_calls (stage, TOK_FAKE_VAULT_STORE) == 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 3);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 3);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 3);
}

/* What the keyring still has stays listed. The next run asks it again. */
static void
test_switch_off_in_vain (TokAccountsStage *stage, gconstpointer data)
{
  begin_with_rest (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  set_remember (stage, FALSE);
  for (guint i = 0; i < 3; i++)
    tok_test_wait_until (
        g_error_matches (tok_session_get_keyring_error (tok_accounts_stage_peek (stage, i)),
                         TOK_ERROR, TOK_ERROR_VAULT_LOCKED));
  tok_accounts_stage_assert_changes (stage, "");
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 3);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_FORGET, FALSE);
  tok_accounts_stage_start_again (stage);
  tok_test_wait_until (tok_accounts_stage_get_n (stage) == 0);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 1);
  assert_last (stage, 1, "('', '')");
}

/* A run that was left with it switched off, before the keyring had answered. */
static void
test_off_at_start (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;

  set_remember (stage, FALSE);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", "");
  tok_accounts_stage_start_again (stage);
  session = g_object_ref (tok_accounts_get_current (stage->accounts));
  tok_session_resume (session);
  tok_test_wait_until (tok_accounts_stage_get_n (stage) == 0);
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_SIGNED_OUT);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
}

static void
test_keyring_fails (TokAccountsStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;
  g_autoptr (TokSession) session = NULL;

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, it->code);
  session = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  tok_test_wait_until (tok_session_get_keyring_error (session) != NULL);
  g_assert_error (tok_session_get_keyring_error (session), TOK_ERROR, (int) it->code);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
  assert_last (stage, 0, "('', '')");

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_STORE, FALSE);
  tok_session_unlock_keyring (session);
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 1);
  assert_last (stage, 0, "('SERVICE', 'SAMPLE1')");
}

static void
test_last (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = add (stage, 0, "one", "SAMPLE1", TRUE);
  g_autoptr (TokSession) two = add (stage, 1, "two", "SAMPLE2", TRUE);
  g_autoptr (TokSession) three = NULL;

  assert_last (stage, 1, "('SERVICE', 'SAMPLE2')");
  tok_accounts_set_current (stage->accounts, one);
  assert_last (stage, 0, "('SERVICE', 'SAMPLE1')");
  three = add (stage, 2, "three", "SAMPLE3", FALSE);
  assert_last (stage, 0, "('SERVICE', 'SAMPLE1')");
  tok_accounts_remove (stage->accounts, one);
  assert_last (stage, 0, "('', '')");
  tok_accounts_remove (stage->accounts, three);
  assert_last (stage, 1, "('SERVICE', 'SAMPLE2')");
  tok_accounts_remove (stage->accounts, two);
  assert_last (stage, 1, "('', '')");
}

/* What the service says of an account may be other things when it is asked again. */
static void
test_changed (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = add (stage, 0, "one", "SAMPLE1", TRUE);

  tok_session_set_sign_in_id (session, "browser");
  tok_raw_peer_hang_up (stage->peers[0]);
  tok_script_answer (stage->peers[0], "authorize", 1,
                     "{\"loginid\":\"SAMPLE1\",\"currency\":\"EUR\",\"scopes\":[\"read\"]}");
  tok_script_wait (stage->peers[0], "oauth_apps", 1);
  assert_setting (stage, TOK_SETTINGS_ACCOUNTS, 0,
                  "[('SERVICE?app_id=1089', 'SAMPLE1', 'EUR', false, ['read'], 'browser')]");
}

/* Settings are no place for secrets. */
static void
test_no_secrets (TokAccountsStage *stage, gconstpointer data)
{
  static const char *const secrets[] = { "aBcDeFgHiJkLmNo", "a1-pQrStUvWxYz01234567890123456" };
  g_autoptr (TokSession) one = add (stage, 0, secrets[0], "SAMPLE1", TRUE);
  g_autoptr (TokSession) two = add (stage, 1, secrets[1], "SAMPLE2", TRUE);
  g_autofree char *text = tok_accounts_stage_dup_settings (stage);

  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
  g_assert_nonnull (strstr (text, "'SAMPLE2'"));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_assert_null (strstr (text, secrets[i]));
    g_assert_null (strstr (text, secrets[i] + 5));
  }
}

static void
add_test (const char *name, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/accounts-keep/", name, NULL);

  tok_accounts_stage_add (path, NULL, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add_test ("remember", test_remember);
  add_test ("not-remembered", test_not_remembered);
  add_test ("sample", test_sample);
  add_test ("off-before", test_off_before);
  add_test ("switch-off", test_switch_off);
  add_test ("switch-off-at-rest", test_switch_off_at_rest);
  add_test ("switch-off-in-vain", test_switch_off_in_vain);
  add_test ("switch-on", test_switch_on);
  add_test ("switch-on-twice", test_switch_on_twice);
  add_test ("off-and-on", test_off_and_on);
  add_test ("off-at-start", test_off_at_start);
  for (const TokFakeVaultCode *it = tok_fake_vault_codes; it->name != NULL; it++) {
    g_autofree char *path = g_strconcat ("/accounts-keep/keyring-fails/", it->name, NULL);

    tok_accounts_stage_add (path, it, test_keyring_fails);
  }
  add_test ("last", test_last);
  add_test ("changed", test_changed);
  add_test ("no-secrets", test_no_secrets);

  return g_test_run ();
}
