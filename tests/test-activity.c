/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-act.h"
#include "tok-test.h"

#include <stdio.h>
#include <string.h>

#define DAY (24 * 60 * 60)

/* It is the session's, and of no use without one. */
static void
test_new (TokStage *stage, gconstpointer data)
{
  TokActivity *activity = tok_session_get_activity (stage->session);
  g_autofree char *address = g_strdup (tok_session_get_address (stage->session));
  TokTradeSummary summary;

  g_assert_true (tok_session_get_activity (stage->session) == activity);
  g_object_ref (activity);
  tok_test_assert_finalize (stage->session);
  tok_activity_load (activity);
  g_assert_cmpint (tok_activity_get_state (activity), ==, TOK_ACTIVITY_NEW);
  g_assert_false (tok_activity_get_summary (activity, 1, &summary));
  tok_test_assert_finalize (activity);
  stage->session = tok_session_new (address, TOK_VAULT (stage->vault), &tok_script_times, FALSE);
}

static void
test_load (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);
  guint *n_states = tok_test_count_notify (act.activity, "state");
  guint *n_loading = tok_test_count_notify (act.activity, "loading");
  guint *n_as_of = tok_test_count_notify (act.activity, "as-of");
  guint *n_errors = tok_test_count_notify (act.activity, "error");

  g_signal_connect (act.activity, "changed", G_CALLBACK (tok_act_on_changed), &act);
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_stage_sign_in_and_list (stage);
  tok_act_assert_asked (&act, 0, 0, 0);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_act_assert_nothing (&act);

  for (guint i = 0; i < 5; i++)
    tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  tok_act_assert_nothing (&act);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, 0);
  tok_act_assert_asked (&act, 1, 0, 0);
  tok_act_answer_all (&act);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_act_assert_asked (&act, 1, 1, 1);

  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  tok_act_assert_app (&act, 2, "1 8 16, 0 +0, 1 8");
  tok_act_assert_app (&act, 3, "0 0 0, 0 +0, 0 0");
  tok_act_assert_app (&act, 0, "1 1 2, 1 -1, 0 0");
  tok_act_assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
  g_assert_nonnull (tok_activity_get_as_of (act.activity));
  g_assert_cmpuint (act.n_changed, ==, 1);
  g_assert_cmpuint (*n_states, ==, 2);
  g_assert_cmpuint (*n_loading, ==, 2);
  g_assert_cmpuint (*n_as_of, ==, 1);
  g_assert_cmpuint (*n_errors, ==, 0);
  g_signal_handlers_disconnect_by_data (act.activity, &act);
}

/* What is asked for, to the letter but for the time. */
static void
test_period (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *request;
  gint64 from, to;
  int n = 0;

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, 0);
  request = tok_raw_peer_get_received (stage->peer, tok_raw_peer_get_n_received (stage->peer) - 1);
  sscanf (request,
          "{\"profit_table\":1,\"date_from\":\"%" G_GINT64_FORMAT
          "\",\"date_to\":\"%" G_GINT64_FORMAT "\",\"limit\":500,\"offset\":0,%n",
          &from, &to, &n);
  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (to, >=, now);
  g_assert_cmpint (to, <=, now + 60);
  g_assert_cmpint (to - from, ==, TOK_ACTIVITY_DAYS * DAY);
  tok_act_answer (stage, TOK_ACT_CLOSED, 0, "");
  tok_script_wait (stage->peer, TOK_ACT_BOUGHT, 0);
  {
    g_autofree char *members
        = g_strdup_printf ("\"statement\":1,\"action_type\":\"buy\",\"date_from\":%" G_GINT64_FORMAT
                           ",\"date_to\":%" G_GINT64_FORMAT ",\"limit\":999,\"offset\":0",
                           from, to);

    tok_script_assert_asked (stage->peer, TOK_ACT_BOUGHT, 0, members);
  }
  tok_act_answer (stage, TOK_ACT_BOUGHT, 0, "");
  tok_script_assert_asked (stage->peer, TOK_ACT_OPEN, 0, "\"portfolio\":1");
  tok_act_answer (stage, TOK_ACT_OPEN, 0, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, "0 0 0, 0 +0, 0 0");
}

static void
assert_page (TokStage *stage, const char *call, guint nth, guint limit, guint offset)
{
  g_autofree char *tail = g_strdup_printf ("\"limit\":%u,\"offset\":%u,", limit, offset);
  const char *request;

  tok_script_wait (stage->peer, call, nth);
  request = tok_raw_peer_get_received (stage->peer, tok_raw_peer_get_n_received (stage->peer) - 1);
  g_assert_nonnull (strstr (request, tail));
}

/* A new trade pushes a row onto the next page; it is counted once. A row that can't be read is one
 * of the page all the same. */
static void
test_pages (TokStage *stage, gconstpointer data)
{
  const TokActivityReach reach = { 2, 3, 3 };
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_set_reach (act.activity, &reach);
  tok_activity_load (act.activity);
  assert_page (stage, TOK_ACT_CLOSED, 0, 2, 0);
  tok_act_answer (stage, TOK_ACT_CLOSED, 0, "C 1 51 1000 2000 1 3 3;C 1 52 900 1000 1 3 3");
  assert_page (stage, TOK_ACT_CLOSED, 1, 2, 2);
  tok_script_answer (stage->peer, TOK_ACT_CLOSED, 1,
                     "{\"transactions\":[5,{\"contract_id\":52,\"sell_time\":9}]}");
  assert_page (stage, TOK_ACT_CLOSED, 2, 2, 4);
  tok_act_answer (stage, TOK_ACT_CLOSED, 2, "C 1 50 800 1000 1 3 3");
  assert_page (stage, TOK_ACT_BOUGHT, 0, 3, 0);
  tok_act_answer (stage, TOK_ACT_BOUGHT, 0, "B 1 52 900 -1 3;B 1 51 800 -1 3;B 1 50 800 -1 3");
  assert_page (stage, TOK_ACT_BOUGHT, 1, 3, 3);
  tok_act_answer (stage, TOK_ACT_BOUGHT, 1, "");
  tok_act_answer (stage, TOK_ACT_OPEN, 0, "O 1 60 9 1 3;O 1 61 9 1 3;O 1 62 9 1 3;O 1 63 9 1 3");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, "7 7 21, 3 +6, 4 4");
  tok_act_assert_asked (&act, 3, 2, 1);
}

/* A list that doesn't end is left, and that is said. */
static void
test_too_many (TokStage *stage, gconstpointer data)
{
  const TokActivityReach reach = { 1, 2, 2 };
  TokAct act = tok_act_begin (stage);
  gboolean of_purchases = GPOINTER_TO_INT (data);

  tok_stage_sign_in_and_list (stage);
  tok_activity_set_reach (act.activity, &reach);
  tok_activity_load (act.activity);
  if (!of_purchases) {
    tok_act_answer (stage, TOK_ACT_CLOSED, 0, "C 1 51 1000 2000 1 3 3");
    tok_act_answer (stage, TOK_ACT_CLOSED, 1, "C 1 51 1000 2000 1 3 3");
    tok_act_answer (stage, TOK_ACT_BOUGHT, 0, "B 1 51 900 -1 3");
  } else {
    tok_act_answer (stage, TOK_ACT_CLOSED, 0, "");
    tok_act_answer (stage, TOK_ACT_BOUGHT, 0, "B 1 51 900 -1 3;B 1 52 900 -1 3");
    tok_act_answer (stage, TOK_ACT_BOUGHT, 1, "B 1 53 900 -1 3;B 1 54 900 -1 3");
  }
  tok_act_answer (stage, TOK_ACT_OPEN, 0, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, of_purchases ? "4 4 12, 0 +0, 0 0 …" : "1 1 3, 1 +2, 0 0 …");
  tok_act_assert_app (&act, 2, "0 0 0, 0 +0, 0 0 …");
  tok_act_assert_asked (&act, of_purchases ? 1 : 2, of_purchases ? 2 : 1, 1);
}

/* A position that was closed between the calls isn't open, nor is one that the last answer lacks.
 */
static void
test_meanwhile (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_act_answer (stage, TOK_ACT_CLOSED, 0, "C 1 51 1000 2000 1 3 3");
  tok_act_answer (stage, TOK_ACT_BOUGHT, 0, "B 1 52 500 -4 8;B 1 51 1000 -1 3");
  tok_act_answer (stage, TOK_ACT_OPEN, 0, "O 1 51 1000 1 3;O 1 40 9000000 7 9");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, "2 5 11, 1 +2, 1 7");
}

static void
test_no_scope (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in (stage, data);
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  tok_act_assert_nothing (&act);
  tok_act_assert_asked (&act, 0, 0, 0);
  tok_session_close (stage->session);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
}

static void
test_enough_scope (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in (stage, data);
  tok_act_load_all (&act);
}

/* What is there stays while newer numbers come, and if they don't. */
static void
test_again (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_act_load_all (&act);
  g_signal_connect (act.activity, "changed", G_CALLBACK (tok_act_on_changed), &act);
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, TRUE);
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  tok_act_answer (stage, TOK_ACT_CLOSED, 1, "C 1 51 1000 2000 1 3 3");
  tok_script_refuse (stage->peer, TOK_ACT_BOUGHT, 1, "InternalServerError");
  tok_act_assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_TROUBLE);
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  g_assert_cmpuint (act.n_changed, ==, 0);

  tok_activity_load (act.activity);
  g_assert_no_error (tok_activity_get_error (act.activity));
  tok_act_answer (stage, TOK_ACT_CLOSED, 2, "C 1 51 1000 2000 1 3 3");
  tok_act_answer (stage, TOK_ACT_BOUGHT, 2, "");
  tok_act_answer (stage, TOK_ACT_OPEN, 1, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, "1 1 3, 1 +2, 0 0");
  g_assert_cmpuint (act.n_changed, ==, 1);
  g_signal_handlers_disconnect_by_data (act.activity, &act);
}

/* Fresh numbers aren't asked for again, unless the list of apps is newer. */
static void
test_fresh (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokAct act;

  times.activity_fresh = 600000;
  tok_stage_use_times (stage, &times);
  act = tok_act_begin (stage);
  tok_stage_sign_in_and_list (stage);
  tok_act_load_all (&act);
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_act_assert_asked (&act, 1, 1, 1);

  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, TOK_STAGE_APPS);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  tok_act_load_all (&act);
  tok_activity_load (act.activity);
  tok_act_assert_asked (&act, 2, 2, 2);

  /* There is no need to be online, either. */
  tok_stage_lose (stage);
  tok_activity_load (act.activity);
  g_assert_no_error (tok_activity_get_error (act.activity));
  tok_stage_come_back (stage);
  tok_act_assert_asked (&act, 2, 2, 2);

  /* What failed isn't fresh. */
  tok_script_answer_apps (stage->peer, 2, TOK_STAGE_APPS);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  tok_activity_load (act.activity);
  tok_script_refuse (stage->peer, TOK_ACT_CLOSED, 2, "InternalServerError");
  tok_act_assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_TROUBLE);
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, TRUE);
}

/* Numbers belong to an account. */
static void
test_sign_out (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_act_load_all (&act);
  g_signal_connect (act.activity, "changed", G_CALLBACK (tok_act_on_changed), &act);
  tok_session_sign_out (stage->session);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_act_assert_nothing (&act);
  g_assert_cmpuint (act.n_changed, ==, 1);
  g_signal_handlers_disconnect_by_data (act.activity, &act);
}

/* The same account, and a token that permits more: that is another answer. */
static void
test_more_scope (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in (stage, "admin");
  tok_activity_load (act.activity);
  tok_act_assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  tok_stage_lose (stage);
  tok_act_assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  tok_stage_come_back (stage);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_act_load_all (&act);
}

/* An app that was revoked is listed as long as its row is there, and isn't any more then. */
static void
test_revoked (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_act_load_all (&act);
  tok_act_assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "2 3");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  tok_act_assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
  tok_grant_store_sweep (stage->apps);
  tok_act_assert_unlisted (&act, "3 17.5 33.25, 3 +5.75, 0 0");
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
}

int
main (int argc, char *argv[])
{
  static const char *const too_little[] = { "admin", "trade,admin,payments" };
  static const char *const enough[] = { "read", "trading_information" };

  tok_test_init (&argc, &argv);

  tok_stage_add ("/activity/new-destroy", NULL, test_new);
  tok_stage_add ("/activity/load", NULL, test_load);
  tok_stage_add ("/activity/period", NULL, test_period);
  tok_stage_add ("/activity/pages", NULL, test_pages);
  tok_stage_add ("/activity/too-many/closed", GINT_TO_POINTER (FALSE), test_too_many);
  tok_stage_add ("/activity/too-many/bought", GINT_TO_POINTER (TRUE), test_too_many);
  tok_stage_add ("/activity/meanwhile", NULL, test_meanwhile);
  for (guint i = 0; i < G_N_ELEMENTS (too_little); i++)
    tok_stage_add_case ("/activity/no-scope", too_little[i], too_little[i], test_no_scope);
  for (guint i = 0; i < G_N_ELEMENTS (enough); i++)
    tok_stage_add_case ("/activity/enough-scope", enough[i], enough[i], test_enough_scope);
  tok_stage_add ("/activity/again", NULL, test_again);
  tok_stage_add ("/activity/fresh", NULL, test_fresh);
  tok_stage_add ("/activity/sign-out", NULL, test_sign_out);
  tok_stage_add ("/activity/more-scope", NULL, test_more_scope);
  tok_stage_add ("/activity/revoked", NULL, test_revoked);

  return g_test_run ();
}
