/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-demo-server.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-stage.h"
#include "tok-test.h"

#define N_ACCOUNTS 3
#define N_SWITCHES 1000
#define RESTART_EVERY 250

/* What the sample service lists for each account. Apps of one id are there for several, so it takes
 * their last use to tell them apart. */
typedef struct {
  const char *login_id;
  const char *own_token;
  guint n_tokens;
  guint n_apps;
  TokSession *session; /* borrowed */
  char *tokens;
  char *apps;
} Row;

static const Row rows[N_ACCOUNTS] = {
  { "SAMPLE1", "Token Manager", 6, 12, NULL, NULL, NULL },
  { "SAMPLE2", "Token Manager for coins", 4, 5, NULL, NULL, NULL },
  { "SAMPLE3", "Token Manager for practice", 3, 4, NULL, NULL, NULL },
};

static char *
dup_text (TokGrantStore *store, gboolean with_use)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    TokGrant *grant = tok_stage_nth (store, i);
    GDateTime *used = tok_grant_get_last_used (grant);
    g_autofree char *time = with_use && used != NULL ? g_date_time_format_iso8601 (used) : NULL;

    g_string_append_printf (text, "%s/%s/%x/%s\n", tok_grant_get_key (grant),
                            tok_grant_get_name (grant), tok_grant_get_scopes (grant),
                            time != NULL ? time : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_loading (TokSession *session)
{
  return tok_grant_store_get_loading (tok_session_get_tokens (session))
         || tok_grant_store_get_loading (tok_session_get_apps (session));
}

static void
learn (TokAccountsStage *stage, TokDemoServer *server, Row *row)
{
  g_autoptr (TokSession) session
      = tok_accounts_stage_sign_in_to (stage, tok_demo_server_get_address (server),
                                       tok_demo_server_get_token_of (server, row->login_id));
  TokGrantStore *tokens = tok_session_get_tokens (session);

  tok_test_wait_until (!is_loading (session));
  g_assert_cmpuint (tok_grant_store_get_n_listed (tokens), ==, row->n_tokens);
  g_assert_cmpuint (tok_grant_store_get_n_listed (tok_session_get_apps (session)), ==, row->n_apps);
  g_assert_nonnull (tok_grant_store_find (tokens, row->own_token));
  row->session = session;
  row->tokens = dup_text (tokens, FALSE);
  row->apps = dup_text (tok_session_get_apps (session), TRUE);
}

static void
assert_own_rows (const Row *row)
{
  g_autofree char *tokens = dup_text (tok_session_get_tokens (row->session), FALSE);
  g_autofree char *apps = dup_text (tok_session_get_apps (row->session), TRUE);

  g_assert_cmpstr (tokens, ==, row->tokens);
  g_assert_cmpstr (apps, ==, row->apps);
  g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (row->session)), ==,
                   row->login_id);
}

static void
restart (TokDemoServer *server)
{
  g_autoptr (GUri) uri = g_uri_parse (tok_demo_server_get_address (server), G_URI_FLAGS_NONE, NULL);

  tok_demo_server_stop (server);
  g_assert_true (tok_demo_server_start (server, (guint16) g_uri_get_port (uri), NULL));
}

/* Switches to another account, and while answers are on their way looks at what is shown of it. */
static void
switch_to (TokAccountsStage *stage, const Row *row, guint n_rounds)
{
  tok_accounts_set_current (stage->accounts, row->session);
  tok_session_refresh (row->session);
  for (guint i = 0; i <= n_rounds; i++) {
    TokSession *current = tok_accounts_get_current (stage->accounts);

    g_assert_true (current == row->session);
    assert_own_rows (row);
    g_main_context_iteration (NULL, FALSE);
  }
}

/* A thousand times, with requests of all accounts on their way, and connections that break. */
static void
test_switch (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Row learnt[N_ACCOUNTS];
  guint current = N_ACCOUNTS - 1;

  tok_demo_server_set_limits (server, FALSE);
  tok_demo_server_start (server, 0, NULL);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    learnt[i] = rows[i];
    learn (stage, server, &learnt[i]);
  }
  *stage->n_current = 0;

  for (guint n = 1; n <= N_SWITCHES; n++) {
    current = (current + g_rand_int_range (random, 1, N_ACCOUNTS)) % N_ACCOUNTS;
    tok_demo_server_set_latency (server, n % 6);
    switch_to (stage, &learnt[current], g_rand_int_range (random, 0, 4));
    if (n % 20 == 0)
      tok_test_wait_until (!is_loading (learnt[current].session));
    if (n % RESTART_EVERY == 0)
      restart (server);
    assert_own_rows (&learnt[current]);
  }

  g_assert_cmpuint (*stage->n_current, ==, N_SWITCHES);
  tok_test_wait_until (tok_demo_server_get_n_connections (server) == N_ACCOUNTS);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    tok_test_wait_until (tok_session_get_state (learnt[i].session) == TOK_SESSION_READY);
    tok_test_wait_until (!is_loading (learnt[i].session));
    assert_own_rows (&learnt[i]);
    g_free (learnt[i].tokens);
    g_free (learnt[i].apps);
  }
  g_assert_cmpuint (tok_demo_server_get_n_connections (server), ==, N_ACCOUNTS);
  g_assert_cmpuint (tok_demo_server_get_n_calls (server, "authorize"), >=,
                    N_ACCOUNTS * (N_SWITCHES / RESTART_EVERY));
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==, 0);
  g_test_message ("%u lists of tokens", tok_demo_server_get_n_calls (server, "api_token"));
}

/* What is done in one account is done in that one only. */
static void
test_revoke (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  Row learnt[N_ACCOUNTS];
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokGrantStore *tokens;

  tok_demo_server_start (server, 0, NULL);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    learnt[i] = rows[i];
    learn (stage, server, &learnt[i]);
  }
  tok_demo_server_set_latency (server, 5);
  tokens = tok_session_get_tokens (learnt[1].session);
  tok_accounts_set_current (stage->accounts, learnt[1].session);
  tok_session_revoke_async (learnt[1].session, tok_grant_store_find (tokens, "Coin ladder"), NULL,
                            tok_test_on_ready, &slot);
  tok_accounts_set_current (stage->accounts, learnt[0].session);
  tok_session_refresh (learnt[0].session);
  tok_session_refresh (learnt[2].session);
  result = tok_test_wait_for_result (&slot);
  tok_session_revoke_finish (learnt[1].session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tok_grant_store_get_n_listed (tokens), ==, rows[1].n_tokens - 1);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    tok_test_wait_until (!is_loading (learnt[i].session));
    if (i != 1)
      assert_own_rows (&learnt[i]);
    g_free (learnt[i].tokens);
    g_free (learnt[i].apps);
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  tok_accounts_stage_add ("/accounts-switch/switch", NULL, test_switch);
  tok_accounts_stage_add ("/accounts-switch/revoke", NULL, test_revoke);

  return g_test_run ();
}
