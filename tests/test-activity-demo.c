/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-activity-private.h"
#include "tok-app.h"
#include "tok-demo-stage.h"
#include "tok-other-client.h"
#include "tok-stage.h"
#include "tok-test.h"

#include <math.h>

#define TOKEN TOK_DEMO_STAGE_TOKEN
#define PASTED 60417
#define CHART_DESK 70101
#define COPY_HARBOUR 70115
#define GRID_KEEPER 70128
#define NIGHT_SHIFT 70149
#define OLD_COPIER 70152
#define PAYDAY_RELAY 70166

/* What programs did, as the sample service tells it. */
static TokActivity *
get_activity (TokDemoStage *f)
{
  return tok_session_get_activity (f->session);
}

static void
load (TokDemoStage *f)
{
  tok_activity_load (get_activity (f));
  tok_test_wait_until (!tok_activity_get_loading (get_activity (f)));
}

static void
load_well (TokDemoStage *f)
{
  load (f);
  g_assert_no_error (tok_activity_get_error (get_activity (f)));
  g_assert_cmpint (tok_activity_get_state (get_activity (f)), ==, TOK_ACTIVITY_LOADED);
}

static TokTradeSummary
sum_of (TokDemoStage *f, gint64 app_id)
{
  TokTradeSummary summary;

  g_assert_true (tok_activity_get_summary (get_activity (f), app_id, &summary));
  return summary;
}

static TokTradeSummary
sum_of_unlisted (TokDemoStage *f)
{
  TokTradeSummary summary;

  g_assert_true (
      tok_activity_get_unlisted (get_activity (f), tok_session_get_apps (f->session), &summary));
  return summary;
}

static void
assert_same (const TokTradeSummary *a, const TokTradeSummary *b)
{
  g_assert_cmpuint (a->n_contracts, ==, b->n_contracts);
  g_assert_cmpint (a->is_partial, ==, b->is_partial);
  g_assert_cmpfloat (fabs (a->volume - b->volume), <, 1e-6);
  g_assert_cmpfloat (fabs (a->payouts - b->payouts), <, 1e-6);
  g_assert_cmpint (a->last_trade, ==, b->last_trade);
  g_assert_cmpuint (a->n_closed, ==, b->n_closed);
  g_assert_cmpfloat (fabs (a->net_result - b->net_result), <, 1e-6);
  g_assert_cmpuint (a->n_open, ==, b->n_open);
  g_assert_cmpfloat (a->open_stake, ==, b->open_stake);
}

static void
test_load (TokDemoStage *f, gconstpointer data)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  TokTradeSummary sum, pasted;

  tok_demo_stage_sign_in (f, TOKEN);
  load_well (f);
  sum = sum_of (f, GRID_KEEPER);
  g_assert_cmpuint (sum.n_contracts, >, 100);
  g_assert_cmpuint (sum.n_contracts, <, 214);
  g_assert_cmpuint (sum.n_open, ==, 2);
  g_assert_cmpfloat (sum.open_stake, ==, 20.5);
  g_assert_cmpuint (sum.n_closed + sum.n_open, ==, sum.n_contracts);
  g_assert_cmpfloat (sum.volume, >, 0);
  g_assert_cmpfloat (fabs (sum.net_result), <, sum.volume);
  g_assert_cmpint (sum.last_trade, >, now - 3600 - 60);
  g_assert_false (sum.is_partial);

  sum = sum_of (f, COPY_HARBOUR);
  g_assert_cmpuint (sum.n_open, ==, 1);
  g_assert_cmpint (sum.last_trade, <, now - 11 * 24 * 3600);
  /* Bought before the period, and still open. */
  sum = sum_of (f, NIGHT_SHIFT);
  g_assert_cmpuint (sum.n_open, ==, 1);
  g_assert_cmpuint (sum.n_closed, ==, sum.n_contracts);
  g_assert_cmpfloat (sum.open_stake, ==, 15);
  g_assert_cmpuint (sum_of (f, OLD_COPIER).n_contracts, ==, 0);
  g_assert_cmpuint (sum_of (f, PAYDAY_RELAY).n_contracts, ==, 0);
  g_assert_cmpuint (sum_of (f, 0).n_contracts, >, 0);

  sum = sum_of_unlisted (f);
  pasted = sum_of (f, PASTED);
  assert_same (&sum, &pasted);
  g_assert_cmpuint (sum.n_contracts, >, 10);
  g_assert_cmpuint (sum.n_open, ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "profit_table"), ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "statement"), ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "portfolio"), ==, 1);
}

/* An account in coins, and one without a currency, on which nobody can have traded. */
static void
test_other_accounts (TokDemoStage *f, gconstpointer data)
{
  TokTradeSummary sum;

  tok_demo_stage_sign_in (f, tok_demo_server_get_token_of (f->server, "SAMPLE2"));
  load_well (f);
  sum = sum_of (f, CHART_DESK);
  g_assert_cmpuint (sum.n_contracts, >, 5);
  g_assert_cmpfloat (sum.volume, <, 0.02);
  g_assert_cmpfloat (sum.open_stake, ==, 0.00025);
  g_assert_cmpuint (sum_of_unlisted (f).n_contracts, >, 10);

  tok_session_close (f->session);
  g_assert_cmpint (tok_activity_get_state (get_activity (f)), ==, TOK_ACTIVITY_NEW);
  tok_demo_stage_sign_in (f, tok_demo_server_get_token_of (f->server, "SAMPLE3"));
  load_well (f);
  g_assert_cmpuint (sum_of (f, GRID_KEEPER).n_contracts, ==, 0);
  g_assert_cmpuint (sum_of_unlisted (f).n_contracts, ==, 0);
}

/* However long a page is, the numbers are the same. */
static void
test_pages (TokDemoStage *f, gconstpointer data)
{
  static const TokActivityReach reaches[] = { { 50, 70, 10 }, { 499, 7, 60 }, { 1, 998, 400 } };
  TokTradeSummary whole, unlisted;

  tok_demo_stage_sign_in (f, TOKEN);
  load_well (f);
  whole = sum_of (f, GRID_KEEPER);
  unlisted = sum_of_unlisted (f);
  for (guint i = 0; i < G_N_ELEMENTS (reaches); i++) {
    TokTradeSummary sum;

    tok_activity_set_reach (get_activity (f), &reaches[i]);
    load_well (f);
    sum = sum_of (f, GRID_KEEPER);
    assert_same (&sum, &whole);
    sum = sum_of_unlisted (f);
    assert_same (&sum, &unlisted);
  }
  tok_activity_set_reach (get_activity (f), &(TokActivityReach){ 20, 30, 2 });
  load_well (f);
  g_assert_true (sum_of (f, GRID_KEEPER).is_partial);
  g_assert_cmpuint (sum_of (f, GRID_KEEPER).n_contracts, <, whole.n_contracts);
  g_assert_cmpuint (sum_of (f, GRID_KEEPER).n_open, ==, 2);
}

/* More than there are pages for: 5000 closed ones are read, and all that were bought. */
static void
test_thousands (TokDemoStage *f, gconstpointer data)
{
  TokTradeSummary sum;

  tok_demo_server_add_trades (f->server, 6000);
  tok_demo_stage_sign_in (f, TOKEN);
  load_well (f);
  sum = sum_of (f, GRID_KEEPER);
  g_assert_true (sum.is_partial);
  g_assert_cmpuint (sum.n_contracts, >, 2000);
  g_assert_cmpuint (sum.n_closed, >, 1000);
  g_assert_cmpuint (sum.n_closed, <, sum.n_contracts);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "profit_table"), ==, 10);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "statement"), ==, 7);
}

/* The service has had too many requests, and lets in more after a while. */
static void
test_rate_limit (TokDemoStage *f, gconstpointer data)
{
  TokTradeSummary whole, sum;

  tok_demo_stage_sign_in (f, TOKEN);
  load_well (f);
  whole = sum_of (f, GRID_KEEPER);
  tok_activity_set_reach (get_activity (f), &(TokActivityReach){ 40, 999, 50 });
  tok_demo_server_set_limits (f->server, TRUE);
  tok_demo_server_set_minute (f->server, 3, 30);
  load_well (f);
  sum = sum_of (f, GRID_KEEPER);
  assert_same (&sum, &whole);
}

static void
test_no_scope (TokDemoStage *f, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  g_autoptr (TokClient) other
      = tok_other_client_connect (tok_demo_server_get_address (f->server), TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", scopes);
  gboolean is_enough = (scopes & (TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION)) != 0;

  tok_demo_stage_sign_in (f, secret);
  load (f);
  g_assert_cmpint (tok_activity_get_state (get_activity (f)), ==,
                   is_enough ? TOK_ACTIVITY_LOADED : TOK_ACTIVITY_NO_SCOPE);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "profit_table"), ==, is_enough ? 1 : 0);
}

/* The service dies in the middle, and comes back. */
static void
test_restart (TokDemoStage *f, gconstpointer data)
{
  tok_demo_stage_sign_in (f, TOKEN);
  tok_activity_set_reach (get_activity (f), &(TokActivityReach){ 10, 999, 50 });
  tok_activity_load (get_activity (f));
  tok_test_wait_until (tok_demo_stage_n_calls (f, "profit_table") == 3);
  tok_demo_server_stop (f->server);
  tok_test_wait_until (!tok_activity_get_loading (get_activity (f)));
  g_assert_error (tok_activity_get_error (get_activity (f)), TOK_ERROR, TOK_ERROR_OFFLINE);
  g_assert_cmpint (tok_activity_get_state (get_activity (f)), ==, TOK_ACTIVITY_FAILED);
  tok_demo_stage_restart (f);
  tok_session_reconnect (f->session);
  tok_test_wait_until (tok_activity_get_state (get_activity (f)) == TOK_ACTIVITY_LOADED);
  g_assert_cmpuint (sum_of (f, GRID_KEEPER).n_open, ==, 2);
}

/* The session is let go of, or closed, in the middle. */
static void
test_end (TokDemoStage *f, gconstpointer data)
{
  tok_demo_stage_sign_in (f, TOKEN);
  tok_demo_server_set_latency (f->server, 20);
  tok_activity_load (get_activity (f));
  tok_test_wait_until (tok_demo_stage_n_calls (f, data) == 1);
  g_assert_true (tok_activity_get_loading (get_activity (f)));
  if (g_str_equal (data, "portfolio"))
    return;
  tok_session_close (f->session);
  g_assert_cmpint (tok_activity_get_state (get_activity (f)), ==, TOK_ACTIVITY_NEW);
  tok_test_wait_until (tok_demo_server_get_n_connections (f->server) == 0);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "portfolio"), ==, 0);
}

static TokGrant *
find_app (TokDemoStage *f, gint64 app_id)
{
  GListModel *apps = G_LIST_MODEL (tok_session_get_apps (f->session));

  for (guint i = 0; i < g_list_model_get_n_items (apps); i++) {
    TokGrant *grant = tok_stage_nth (tok_session_get_apps (f->session), i);

    if (tok_app_get_app_id (tok_grant_get_app (grant)) == app_id)
      return grant;
  }
  g_assert_not_reached ();
}

/* The app loses its access while its trades are on their way. What it did stays. */
static void
test_revoked (TokDemoStage *f, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokTradeSummary before, after;

  tok_demo_stage_sign_in (f, TOKEN);
  load_well (f);
  before = sum_of_unlisted (f);
  tok_activity_load (get_activity (f));
  tok_session_revoke_async (f->session, find_app (f, GRID_KEEPER), NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tok_session_revoke_finish (f->session, result, &error);
  g_assert_no_error (error);
  tok_test_wait_until (!tok_activity_get_loading (get_activity (f)));
  g_assert_no_error (tok_activity_get_error (get_activity (f)));
  after = sum_of_unlisted (f);
  assert_same (&before, &after);
  g_assert_cmpuint (sum_of (f, GRID_KEEPER).n_contracts, >, 100);

  tok_grant_store_sweep (tok_session_get_apps (f->session));
  g_assert_cmpuint (sum_of_unlisted (f).n_contracts, ==,
                    before.n_contracts + sum_of (f, GRID_KEEPER).n_contracts);
}

int
main (int argc, char *argv[])
{
  static const TokScopes scopes[]
      = { TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN, TOK_SCOPE_TRADING_INFORMATION };

  tok_test_init (&argc, &argv);

#define ADD(path, data, test)                                                                      \
  g_test_add ("/activity-demo/" path, TokDemoStage, data, tok_demo_stage_set_up, test,             \
              tok_demo_stage_tear_down)
  ADD ("load", NULL, test_load);
  ADD ("other-accounts", NULL, test_other_accounts);
  ADD ("pages", NULL, test_pages);
  ADD ("thousands", NULL, test_thousands);
  ADD ("rate-limit", NULL, test_rate_limit);
  ADD ("scope/too-little", GINT_TO_POINTER (scopes[0]), test_no_scope);
  ADD ("scope/enough", GINT_TO_POINTER (scopes[1]), test_no_scope);
  ADD ("restart", NULL, test_restart);
  ADD ("end/closed", "statement", test_end);
  ADD ("end/let-go", "portfolio", test_end);
  ADD ("revoked", NULL, test_revoked);

  return g_test_run ();
}
