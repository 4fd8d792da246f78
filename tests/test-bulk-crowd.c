/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-hands.h"
#include "tok-demo-server.h"
#include "tok-test.h"

#define REVOKE "revoke_oauth_app"

/* The sample service with many apps, which limits how many calls it takes. */
typedef struct {
  TokDemoServer *server;
  guint16 port;
  TokFakeVault *vault;
  TokSession *session;
  TokGrantStore *apps;
} Crowd;

#define N_APPS 312
#define N_CALLS 40
#define WINDOW 250

static void
sign_in (Crowd *crowd)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_session_sign_in_async (crowd->session, tok_demo_server_get_token (crowd->server), NULL,
                             tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tok_session_sign_in_finish (crowd->session, result, &error);
  g_assert_no_error (error);
  tok_test_wait_until (tok_grant_store_get_n_listed (crowd->apps) == N_APPS);
}

static void
set_up (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  crowd->server = tok_demo_server_new (NULL);
  tok_demo_server_add_apps (crowd->server, 300);
  tok_demo_server_set_minute (crowd->server, N_CALLS, WINDOW);
  tok_demo_server_start (crowd->server, 0, &error);
  g_assert_no_error (error);
  uri = g_uri_parse (tok_demo_server_get_address (crowd->server), G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  crowd->port = (guint16) g_uri_get_port (uri);
  crowd->vault = tok_fake_vault_new ();
  crowd->session = tok_session_new (tok_demo_server_get_address (crowd->server),
                                    TOK_VAULT (crowd->vault), &tok_script_times, TRUE);
  crowd->apps = tok_session_get_apps (crowd->session);
  sign_in (crowd);
}

static void
tear_down (Crowd *crowd, gconstpointer data)
{
  tok_test_assert_finalize (crowd->session);
  tok_test_wait_until (tok_demo_server_get_n_connections (crowd->server) == 0);
  tok_demo_server_stop (crowd->server);
  tok_stage_run_dry ();
  tok_test_assert_finalize (crowd->vault);
  tok_test_assert_finalize (crowd->server);
}

static void
on_state_changed (TokBulk *bulk, GParamSpec *pspec, gpointer data)
{
  guint *seen = data;

  seen[tok_bulk_get_state (bulk)]++;
}

/* The service dies with one in its hands, and comes back. */
static void
kill_and_restart (Crowd *crowd, TokBulk *bulk, guint n_done)
{
  g_autoptr (GError) error = NULL;
  guint n;

  tok_test_wait_until (tok_bulk_get_n_done (bulk) >= n_done
                       && tok_bulk_get_state (bulk) == TOK_BULK_RUNNING);
  n = tok_demo_server_get_n_calls (crowd->server, REVOKE);
  tok_demo_server_set_latency (crowd->server, 600000);
  tok_test_wait_until (tok_demo_server_get_n_calls (crowd->server, REVOKE) > n
                       || tok_bulk_get_state (bulk) != TOK_BULK_RUNNING);
  tok_demo_server_stop (crowd->server);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DISCONNECTED);
  tok_demo_server_set_latency (crowd->server, 0);
  tok_demo_server_start (crowd->server, crowd->port, &error);
  g_assert_no_error (error);
}

/* Through a rate limit, and two deaths of the service: in the end all are gone, and nothing was
 * sent more often than it had to be. */
static void
test_crowd (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) grants = tok_bulk_hands_list_grants (crowd->apps);
  g_autoptr (TokBulk) bulk = tok_bulk_new (crowd->session, grants);
  guint seen[TOK_BULK_DONE + 1] = { 0 };

  g_signal_connect (bulk, "notify::state", G_CALLBACK (on_state_changed), seen);
  tok_bulk_start (bulk);
  kill_and_restart (crowd, bulk, 70);
  kill_and_restart (crowd, bulk, 190);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (seen[TOK_BULK_RATE_LIMITED], >=, 1);
  g_assert_cmpuint (seen[TOK_BULK_DISCONNECTED], ==, 2);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, N_APPS);
  g_assert_cmpuint (tok_grant_store_get_n_listed (crowd->apps), ==, 0);
  for (guint i = 0; i < grants->len; i++)
    g_assert_cmpint (tok_grant_get_state (grants->pdata[i]), ==, TOK_GRANT_GONE);
  g_assert_cmpuint (tok_demo_server_get_n_calls (crowd->server, REVOKE), <=,
                    N_APPS + 2 + seen[TOK_BULK_RATE_LIMITED]);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add ("/bulk-crowd/all-gone", Crowd, NULL, set_up, test_crowd, tear_down);

  return g_test_run ();
}
