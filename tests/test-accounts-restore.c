/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-address.h"
#include "tok-error.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

#define N_MANY 20
#define PASTED ""
#define BROWSER "0f8fad5b-d9cb-469f-a165-70867728950e"

static void
assert_nothing_asked (TokAccountsStage *stage)
{
  tok_stage_run_dry ();
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (stage->peers); i++)
    g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peers[i]), ==, 0);
}

static const char *
get_login_id (TokSession *session)
{
  return tok_account_get_login_id (tok_session_get_account (session));
}

static void
set_last (TokAccountsStage *stage, const char *service, const char *login_id)
{
  g_settings_set (stage->settings, TOK_SETTINGS_LAST_ACCOUNT, "(ss)", service, login_id);
}

static void
test_nothing (TokAccountsStage *stage, gconstpointer data)
{
  tok_accounts_restore (stage->accounts);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_cmpuint (*stage->n_current, ==, 0);
  assert_nothing_asked (stage);
}

/* The whole way around. */
static void
test_next_start (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = NULL;
  g_autoptr (TokSession) two = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  TokAccount *account;

  one = tok_accounts_stage_check_with (
      stage, 0, "one",
      "{\"loginid\":\"SAMPLE1\",\"currency\":\"BTC\",\"is_virtual\":1,"
      "\"scopes\":[\"read\",\"newer\",\"admin\",\"newest\"]}");
  tok_session_set_sign_in_id (one, BROWSER);
  tok_accounts_add (stage->accounts, one, TRUE);
  two = tok_accounts_stage_sign_in (stage, 1, "two", "SAMPLE2");
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 2);
  tok_accounts_set_current (stage->accounts, one);
  before = tok_accounts_stage_dup_settings (stage);
  g_clear_object (&one);
  g_clear_object (&two);

  tok_accounts_stage_start_again (stage);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +2]");
  g_assert_cmpuint (*stage->n_current, ==, 1);
  one = g_object_ref (tok_accounts_stage_peek (stage, 0));
  g_assert_true (tok_accounts_get_current (stage->accounts) == one);
  g_assert_cmpint (tok_session_get_state (one), ==, TOK_SESSION_SIGNED_OUT);
  g_assert_true (tok_session_get_is_kept (one));
  g_assert_false (tok_session_get_is_sample (one));
  g_assert_cmpstr (tok_session_get_sign_in_id (one), ==, BROWSER);
  g_assert_cmpstr (tok_session_get_address (one), ==, tok_accounts_stage_get_address (stage, 0));
  account = tok_session_get_account (one);
  g_assert_cmpstr (tok_account_get_login_id (account), ==, "SAMPLE1");
  g_assert_cmpstr (tok_account_get_currency (account), ==, "BTC");
  g_assert_true (tok_account_get_is_virtual (account));
  g_assert_cmpint (tok_account_get_scopes (account), ==,
                   TOK_SCOPE_READ | TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN);
  g_assert_cmpstr (tok_account_get_unknown_scopes (account)[0], ==, "newer");
  g_assert_cmpstr (tok_account_get_unknown_scopes (account)[1], ==, "newest");
  g_assert_null (tok_session_get_sign_in_id (tok_accounts_stage_peek (stage, 1)));
  after = tok_accounts_stage_dup_settings (stage);
  g_assert_cmpstr (after, ==, before);
}

/* However many there are, only the one that is looked at is signed in to. */
static void
test_many (TokAccountsStage *stage, gconstpointer data)
{
  const char *address = tok_accounts_stage_get_address (stage, 0);
  g_autofree char *service = tok_address_dup_service (address);
  TokSession *current;

  for (guint i = 0; i < N_MANY; i++) {
    g_autofree char *login_id = g_strdup_printf ("SAMPLE%u", i);

    tok_accounts_stage_remember (stage, address, login_id, PASTED);
  }
  set_last (stage, service, "SAMPLE7");
  tok_accounts_stage_start_again (stage);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +20]");
  current = tok_accounts_get_current (stage->accounts);
  g_assert_true (current == tok_accounts_stage_peek (stage, 7));
  assert_nothing_asked (stage);

  tok_session_resume (current);
  tok_accounts_stage_let_in (stage, 0, "SAMPLE7");
  g_assert_cmpint (tok_session_get_state (current), ==, TOK_SESSION_READY);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (stage->peers[0], 0), "\"ofSAMPLE7\""));
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==, 1);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_STORE), ==, 0);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peers[0]), ==, 1);
  for (guint i = 0; i < N_MANY; i++) {
    g_autofree char *login_id = g_strdup_printf ("SAMPLE%u", i);

    g_assert_cmpstr (get_login_id (tok_accounts_stage_peek (stage, i)), ==, login_id);
    if (i != 7)
      g_assert_cmpint (tok_session_get_state (tok_accounts_stage_peek (stage, i)), ==,
                       TOK_SESSION_SIGNED_OUT);
  }
}

static void
test_set_current (TokAccountsStage *stage, gconstpointer data)
{
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 1), "SAMPLE2", PASTED);
  tok_accounts_stage_start_again (stage);
  tok_accounts_set_current (stage->accounts, tok_accounts_stage_peek (stage, 1));
  tok_accounts_stage_let_in (stage, 1, "SAMPLE2");
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peers[0]), ==, 0);
  tok_accounts_set_current (stage->accounts, tok_accounts_stage_peek (stage, 0));
  tok_accounts_stage_let_in (stage, 0, "SAMPLE1");
  g_assert_cmpint (tok_session_get_state (tok_accounts_stage_peek (stage, 1)), ==,
                   TOK_SESSION_READY);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==, 2);
}

/* Which one was looked at last may be anything, but there is always one. */
static void
test_last (TokAccountsStage *stage, gconstpointer data)
{
  g_autofree char *first = tok_address_dup_service (tok_accounts_stage_get_address (stage, 0));
  g_autofree char *second = tok_address_dup_service (tok_accounts_stage_get_address (stage, 1));
  const struct {
    const char *service;
    const char *login_id;
    guint expected;
  } cases[] = {
    { first, "SAMPLE1", 0 },
    { second, "SAMPLE1", 1 },
    { second, "SAMPLE2", 2 },
    { first, "SAMPLE2", 0 },
    { "", "", 0 },
    { "", "SAMPLE2", 0 },
    { second, "sample2", 0 },
    { second, "", 0 },
  };

  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 1), "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 1), "SAMPLE2", PASTED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%u", i);
    set_last (stage, cases[i].service, cases[i].login_id);
    tok_accounts_stage_start_again (stage);
    g_assert_true (tok_accounts_get_current (stage->accounts)
                   == tok_accounts_stage_peek (stage, cases[i].expected));
  }
  assert_nothing_asked (stage);
}

/* Anybody may write to the settings. */
static void
test_hostile (TokAccountsStage *stage, gconstpointer data)
{
  const char *address = tok_accounts_stage_get_address (stage, 0);
  g_autofree char *service = tok_address_dup_service (address);
  g_autofree char *other_app = g_strconcat (service, "?app_id=4711&l=EN", NULL);
  g_autofree char *huge = g_strnfill (5000, 'x');
  const char *const addresses[] = {
    "",
    "nonsense",
    "http://127.0.0.1/websockets/v3?app_id=1",
    "ws://example.com/websockets/v3?app_id=1",
    "wss://user:word@example.com/websockets/v3?app_id=1",
    "wss://example.com/websockets/v3?app_id=0",
    "wss://example.com/websockets/v3?app_id=1&app_id=2",
    huge,
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    tok_accounts_stage_remember (stage, addresses[i], "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, address, "", PASTED);
  tok_accounts_stage_remember (stage, address, "SAMPLE1", BROWSER);
  tok_accounts_stage_remember (stage, address, "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, other_app, "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, address, "<b>SAMPLE2</b>\n", huge);
  tok_accounts_stage_start_again (stage);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +2]");
  g_assert_cmpstr (get_login_id (tok_accounts_stage_peek (stage, 0)), ==, "SAMPLE1");
  g_assert_cmpstr (tok_session_get_sign_in_id (tok_accounts_stage_peek (stage, 0)), ==, BROWSER);
  g_assert_cmpstr (get_login_id (tok_accounts_stage_peek (stage, 1)), ==, "<b>SAMPLE2</b>\n");
  g_assert_true (tok_accounts_get_current (stage->accounts) == tok_accounts_stage_peek (stage, 0));
  assert_nothing_asked (stage);
}

/* An API token is good with every app id, so the program's own is used, whatever it was then. What
 * a browser brings is good with that one only. */
static void
test_app_id (TokAccountsStage *stage, gconstpointer data)
{
  const char *elsewhere = "wss://example.com/websockets/v3?app_id=1";
  const char *address = tok_accounts_stage_get_address (stage, 0);
  g_autofree char *service = tok_address_dup_service (address);
  g_autofree char *own = g_strconcat (service, "?app_id=4711", NULL);

  tok_accounts_stage_remember (stage, address, "SAMPLE1", PASTED);
  tok_accounts_stage_remember (stage, address, "SAMPLE2", BROWSER);
  tok_accounts_stage_remember (stage, elsewhere, "SAMPLE1", PASTED);
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, service);
  g_settings_set_string (stage->settings, TOK_SETTINGS_APP_ID, "4711");
  tok_accounts_stage_start_again (stage);
  g_assert_cmpstr (tok_session_get_address (tok_accounts_stage_peek (stage, 0)), ==, own);
  g_assert_cmpstr (tok_session_get_address (tok_accounts_stage_peek (stage, 1)), ==, address);
  g_assert_cmpstr (tok_session_get_address (tok_accounts_stage_peek (stage, 2)), ==, elsewhere);

  tok_session_resume (tok_accounts_stage_peek (stage, 0));
  tok_accounts_stage_let_in (stage, 0, "SAMPLE1");
  g_assert_nonnull (strstr (tok_raw_peer_get_handshake (stage->peers[0]), "?app_id=4711 HTTP"));
}

/* The way back is the same as for somebody who has never left. */
static void
test_keyring_emptied (TokAccountsStage *stage, gconstpointer data)
{
  const char *address = tok_accounts_stage_get_address (stage, 0);
  g_autoptr (TokSession) session = NULL;

  tok_accounts_stage_remember (stage, address, "SAMPLE1", PASTED);
  tok_fake_vault_put (stage->keyring, address, "SAMPLE1", NULL);
  tok_accounts_stage_start_again (stage);
  tok_session_resume (tok_accounts_stage_peek (stage, 0));
  tok_test_wait_until (tok_session_get_state (tok_accounts_stage_peek (stage, 0))
                       == TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (tok_accounts_stage_peek (stage, 0)), TOK_ERROR,
                  TOK_ERROR_VAULT);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 1);

  session = tok_accounts_stage_sign_in (stage, 0, "new", "SAMPLE1");
  tok_accounts_stage_wait_for_secret (stage, 0, "SAMPLE1", "new");
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 1);
}

static void
add (const char *name, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/accounts-restore/", name, NULL);

  tok_accounts_stage_add (path, NULL, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("nothing", test_nothing);
  add ("next-start", test_next_start);
  add ("many", test_many);
  add ("set-current", test_set_current);
  add ("last", test_last);
  add ("hostile", test_hostile);
  add ("app-id", test_app_id);
  add ("keyring-emptied", test_keyring_emptied);

  return g_test_run ();
}
