/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-activity-private.h"
#include "tok-session-private.h"
#include "tok-stage.h"
#include "tok-test.h"

#include <stdio.h>
#include <string.h>

#define CLOSED "profit_table"
#define BOUGHT "statement"
#define OPEN "portfolio"
#define DAY (24 * 60 * 60)

/* Two closed contracts of app 1, one of app 9, which is no connected app, and one of nobody. */
#define CLOSED_ROWS                                                                                \
  "C 1 51 1000 2000 10.5 20.25 20.25;C 1 52 900 1000 5 0 9;C 9 53 800 900 2 3 4;"                  \
  "C 0 54 700 800 1 0 2"
#define BOUGHT_ROWS                                                                                \
  "B 2 61 400 -8 16;B 1 51 1000 -10.5 20.25;B 1 52 900 -5 9;B 9 53 800 -2 4;B 0 54 700 -1 2"
#define OPEN_ROWS "O 2 61 400 8 16"

typedef struct {
  TokStage *stage;
  TokActivity *activity;
  guint n_changed;
  guint n_answered; /* how often the first call was answered */
} Act;

static void
on_changed (TokActivity *activity, Act *act)
{
  act->n_changed++;
}

static Act
begin_act (TokStage *stage)
{
  return (Act){ stage, tok_session_get_activity (stage->session), 0 };
}

static void
assert_state (Act *act, TokActivityState state, gboolean loading)
{
  g_assert_cmpint (tok_activity_get_state (act->activity), ==, state);
  g_assert_cmpint (tok_activity_get_loading (act->activity), ==, loading);
}

static void
assert_failed (Act *act, TokActivityState state, TokError code)
{
  tok_test_wait_until (!tok_activity_get_loading (act->activity));
  g_assert_error (tok_activity_get_error (act->activity), TOK_ERROR, (int) code);
  assert_state (act, state, FALSE);
}

/* Rows in short: kind, app, contract, and then as the kind has it; times are in seconds ago. */
static char *
dup_rows (const char *text)
{
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);
  g_autoptr (GString) json = g_string_new ("[");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++) {
    g_auto (GStrv) words = g_strsplit (rows[i], " ", -1);
    g_autofree char *bought
        = g_strdup_printf ("%" G_GINT64_FORMAT, now - g_ascii_strtoll (words[3], NULL, 10));

    g_string_append_printf (json, "%s{\"app_id\":%s,\"contract_id\":%s", i > 0 ? "," : "",
                            g_str_equal (words[1], "0") ? "null" : words[1], words[2]);
    if (*words[0] == 'C')
      g_string_append_printf (json,
                              ",\"purchase_time\":%s,\"sell_time\":%s,\"buy_price\":%s,"
                              "\"sell_price\":%s,\"payout\":%s,\"transaction_id\":9%s}",
                              bought, bought, words[5], words[6], words[7], words[2]);
    else if (*words[0] == 'B')
      g_string_append_printf (json,
                              ",\"action_type\":\"buy\",\"transaction_time\":%s,\"amount\":%s,"
                              "\"payout\":%s,\"transaction_id\":9%s}",
                              bought, words[4], words[5], words[2]);
    else
      g_string_append_printf (json, ",\"purchase_time\":%s,\"buy_price\":%s,\"payout\":%s}", bought,
                              words[4], words[5]);
  }
  g_string_append_c (json, ']');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
answer (TokStage *stage, const char *call, guint nth, const char *rows)
{
  g_autofree char *json = dup_rows (rows);
  g_autofree char *body = g_strdup_printf (
      "{\"%s\":%s}", g_str_equal (call, OPEN) ? "contracts" : "transactions", json);

  tok_script_answer (stage->peer, call, nth, body);
}

/* Answers what has just been asked for, the first of it, and what follows. */
static void
answer_all (Act *act)
{
  TokRawPeer *peer = act->stage->peer;
  guint n_bought = tok_script_count (peer, BOUGHT);
  guint n_open = tok_script_count (peer, OPEN);

  tok_test_wait_until (act->n_answered < tok_script_count (peer, CLOSED));
  act->n_answered = tok_script_count (peer, CLOSED);
  answer (act->stage, CLOSED, act->n_answered - 1, CLOSED_ROWS);
  answer (act->stage, BOUGHT, n_bought, BOUGHT_ROWS);
  answer (act->stage, OPEN, n_open, OPEN_ROWS);
  tok_test_wait_until (!tok_activity_get_loading (act->activity));
}

static void
load_all (Act *act)
{
  act->n_answered = tok_script_count (act->stage->peer, CLOSED);
  tok_activity_load (act->activity);
  answer_all (act);
  assert_state (act, TOK_ACTIVITY_LOADED, FALSE);
  g_assert_no_error (tok_activity_get_error (act->activity));
}

/* Contracts, paid, payouts, closed, result, open, paid for these. */
static char *
describe (const TokTradeSummary *sum)
{
  return g_strdup_printf ("%u %g %g, %u %+g, %u %g%s", sum->n_contracts, sum->volume, sum->payouts,
                          sum->n_closed, sum->net_result, sum->n_open, sum->open_stake,
                          sum->is_partial ? " …" : "");
}

static void
assert_app (Act *act, gint64 app_id, const char *expected)
{
  TokTradeSummary summary;
  g_autofree char *text = NULL;

  g_assert_true (tok_activity_get_summary (act->activity, app_id, &summary));
  text = describe (&summary);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_unlisted (Act *act, const char *expected)
{
  TokTradeSummary summary;
  g_autofree char *text = NULL;

  g_assert_true (tok_activity_get_unlisted (act->activity, act->stage->apps, &summary));
  text = describe (&summary);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_nothing (Act *act)
{
  TokTradeSummary summary = { .n_contracts = 77 };

  g_assert_false (tok_activity_get_summary (act->activity, 1, &summary));
  g_assert_false (tok_activity_get_unlisted (act->activity, act->stage->apps, &summary));
  g_assert_cmpuint (summary.n_contracts, ==, 77);
  g_assert_null (tok_activity_get_as_of (act->activity));
}

static void
assert_asked (Act *act, guint n_closed, guint n_bought, guint n_open)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (act->stage->peer, CLOSED), ==, n_closed);
  g_assert_cmpuint (tok_script_count (act->stage->peer, BOUGHT), ==, n_bought);
  g_assert_cmpuint (tok_script_count (act->stage->peer, OPEN), ==, n_open);
}

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
  Act act = begin_act (stage);
  guint *n_states = tok_test_count_notify (act.activity, "state");
  guint *n_loading = tok_test_count_notify (act.activity, "loading");
  guint *n_as_of = tok_test_count_notify (act.activity, "as-of");
  guint *n_errors = tok_test_count_notify (act.activity, "error");

  g_signal_connect (act.activity, "changed", G_CALLBACK (on_changed), &act);
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_stage_sign_in_and_list (stage);
  assert_asked (&act, 0, 0, 0);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  assert_nothing (&act);

  for (guint i = 0; i < 5; i++)
    tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  assert_nothing (&act);
  tok_script_wait (stage->peer, CLOSED, 0);
  assert_asked (&act, 1, 0, 0);
  answer_all (&act);
  assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  assert_asked (&act, 1, 1, 1);

  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  assert_app (&act, 2, "1 8 16, 0 +0, 1 8");
  assert_app (&act, 3, "0 0 0, 0 +0, 0 0");
  assert_app (&act, 0, "1 1 2, 1 -1, 0 0");
  assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
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
  Act act = begin_act (stage);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *request;
  gint64 from, to;
  int n = 0;

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, CLOSED, 0);
  request = tok_raw_peer_get_received (stage->peer, tok_raw_peer_get_n_received (stage->peer) - 1);
  sscanf (request,
          "{\"profit_table\":1,\"date_from\":\"%" G_GINT64_FORMAT
          "\",\"date_to\":\"%" G_GINT64_FORMAT "\",\"limit\":500,\"offset\":0,%n",
          &from, &to, &n);
  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (to, >=, now);
  g_assert_cmpint (to, <=, now + 60);
  g_assert_cmpint (to - from, ==, TOK_ACTIVITY_DAYS * DAY);
  answer (stage, CLOSED, 0, "");
  tok_script_wait (stage->peer, BOUGHT, 0);
  {
    g_autofree char *members
        = g_strdup_printf ("\"statement\":1,\"action_type\":\"buy\",\"date_from\":%" G_GINT64_FORMAT
                           ",\"date_to\":%" G_GINT64_FORMAT ",\"limit\":999,\"offset\":0",
                           from, to);

    tok_script_assert_asked (stage->peer, BOUGHT, 0, members);
  }
  answer (stage, BOUGHT, 0, "");
  tok_script_assert_asked (stage->peer, OPEN, 0, "\"portfolio\":1");
  answer (stage, OPEN, 0, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, "0 0 0, 0 +0, 0 0");
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
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_set_reach (act.activity, &reach);
  tok_activity_load (act.activity);
  assert_page (stage, CLOSED, 0, 2, 0);
  answer (stage, CLOSED, 0, "C 1 51 1000 2000 1 3 3;C 1 52 900 1000 1 3 3");
  assert_page (stage, CLOSED, 1, 2, 2);
  tok_script_answer (stage->peer, CLOSED, 1,
                     "{\"transactions\":[5,{\"contract_id\":52,\"sell_time\":9}]}");
  assert_page (stage, CLOSED, 2, 2, 4);
  answer (stage, CLOSED, 2, "C 1 50 800 1000 1 3 3");
  assert_page (stage, BOUGHT, 0, 3, 0);
  answer (stage, BOUGHT, 0, "B 1 52 900 -1 3;B 1 51 800 -1 3;B 1 50 800 -1 3");
  assert_page (stage, BOUGHT, 1, 3, 3);
  answer (stage, BOUGHT, 1, "");
  answer (stage, OPEN, 0, "O 1 60 9 1 3;O 1 61 9 1 3;O 1 62 9 1 3;O 1 63 9 1 3");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, "7 7 21, 3 +6, 4 4");
  assert_asked (&act, 3, 2, 1);
}

/* A list that doesn't end is left, and that is said. */
static void
test_too_many (TokStage *stage, gconstpointer data)
{
  const TokActivityReach reach = { 1, 2, 2 };
  Act act = begin_act (stage);
  gboolean of_purchases = GPOINTER_TO_INT (data);

  tok_stage_sign_in_and_list (stage);
  tok_activity_set_reach (act.activity, &reach);
  tok_activity_load (act.activity);
  if (!of_purchases) {
    answer (stage, CLOSED, 0, "C 1 51 1000 2000 1 3 3");
    answer (stage, CLOSED, 1, "C 1 51 1000 2000 1 3 3");
    answer (stage, BOUGHT, 0, "B 1 51 900 -1 3");
  } else {
    answer (stage, CLOSED, 0, "");
    answer (stage, BOUGHT, 0, "B 1 51 900 -1 3;B 1 52 900 -1 3");
    answer (stage, BOUGHT, 1, "B 1 53 900 -1 3;B 1 54 900 -1 3");
  }
  answer (stage, OPEN, 0, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, of_purchases ? "4 4 12, 0 +0, 0 0 …" : "1 1 3, 1 +2, 0 0 …");
  assert_app (&act, 2, "0 0 0, 0 +0, 0 0 …");
  assert_asked (&act, of_purchases ? 1 : 2, of_purchases ? 2 : 1, 1);
}

/* A position that was closed between the calls isn't open, nor is one that the last answer lacks.
 */
static void
test_meanwhile (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  answer (stage, CLOSED, 0, "C 1 51 1000 2000 1 3 3");
  answer (stage, BOUGHT, 0, "B 1 52 500 -4 8;B 1 51 1000 -1 3");
  answer (stage, OPEN, 0, "O 1 51 1000 1 3;O 1 40 9000000 7 9");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, "2 5 11, 1 +2, 1 7");
}

static void
test_rate_limit (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { CLOSED, BOUGHT, OPEN };
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    for (guint n = 0; n < 3; n++)
      tok_script_refuse (stage->peer, calls[i], n, "RateLimit");
    answer (stage, calls[i], 3, "");
  }
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  assert_asked (&act, 4, 4, 4);
}

/* Not for ever. */
static void
test_rate_limit_stays (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  for (guint n = 0; n < 4; n++) {
    assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
    tok_script_refuse (stage->peer, CLOSED, n, "RateLimit");
  }
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_RATE_LIMIT);
  assert_asked (&act, 4, 0, 0);
  load_all (&act);
}

/* Whatever the service says, to whichever of the calls. */
static void
test_refused (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { CLOSED, BOUGHT, OPEN };
  const TokScriptCode *code = data;
  Act act = begin_act (stage);

  if (code->meaning == TOK_ERROR_RATE_LIMIT)
    return;
  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    tok_activity_load (act.activity);
    for (guint j = 0; j < i; j++)
      answer (stage, calls[j], i - j, "");
    tok_script_refuse (stage->peer, calls[i], 0, code->code);
    tok_test_wait_until (!tok_activity_get_loading (act.activity));
    if (code->meaning == TOK_ERROR_SCOPE) {
      assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
      g_assert_no_error (tok_activity_get_error (act.activity));
      continue;
    }
    assert_failed (&act, TOK_ACTIVITY_FAILED,
                   code->meaning == TOK_ERROR_UNCONFIRMED ? TOK_ERROR_TROUBLE : code->meaning);
    if (code->meaning == TOK_ERROR_SIGN_IN) {
      tok_stage_assert_state (stage, TOK_SESSION_ENDED);
      tok_activity_load (act.activity);
      assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_SIGN_IN);
      return;
    }
    tok_stage_assert_state (stage, TOK_SESSION_READY);
  }
}

static void
test_garbled (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { CLOSED, BOUGHT, OPEN };
  static const char *const bodies[] = { "null", "1", "[]", "{}", "{\"transactions\":{}}" };
  Act act = begin_act (stage);
  guint n = 0;

  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (bodies); j++, n++) {
      tok_activity_load (act.activity);
      for (guint k = 0; k < i; k++)
        answer (stage, calls[k], n - k * G_N_ELEMENTS (bodies), "");
      tok_script_answer (stage->peer, calls[i], j, bodies[j]);
      assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_GARBLED);
    }
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_no_scope (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in (stage, data);
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  assert_nothing (&act);
  assert_asked (&act, 0, 0, 0);
  tok_session_close (stage->session);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
}

static void
test_enough_scope (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in (stage, data);
  load_all (&act);
}

static void
test_no_answer (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  Act act;

  times.request_timeout = 300;
  tok_stage_use_times (stage, &times);
  act = begin_act (stage);
  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_TROUBLE);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  /* Who comes too late isn't heard. */
  answer (stage, CLOSED, 0, CLOSED_ROWS);
  assert_asked (&act, 1, 0, 0);
  load_all (&act);
}

/* Lost in the middle; when the connection is back, what was asked for is done, from the start. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  answer (stage, CLOSED, 0, CLOSED_ROWS);
  tok_script_wait (stage->peer, BOUGHT, 0);
  tok_stage_lose (stage);
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  assert_nothing (&act);
  tok_stage_come_back (stage);
  tok_script_wait (stage->peer, CLOSED, 1);
  assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  answer (stage, CLOSED, 1, CLOSED_ROWS);
  answer (stage, BOUGHT, 1, BOUGHT_ROWS);
  answer (stage, OPEN, 0, OPEN_ROWS);
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");

  /* Nobody has asked since. */
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  assert_asked (&act, 2, 2, 1);
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
}

static void
test_asked_offline (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_stage_lose (stage);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_activity_load (act.activity);
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_activity_load (act.activity);
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_stage_come_back (stage);
  answer_all (&act);
  assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  assert_asked (&act, 1, 1, 1);
}

/* What breaks the connection is no answer. */
static void
test_no_json (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, CLOSED, 0);
  tok_raw_peer_send_text (stage->peer, "{\"profit_table\":{\"transactions\":[}}");
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_session_reconnect (stage->session);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  answer (stage, CLOSED, 1, CLOSED_ROWS);
  answer (stage, BOUGHT, 0, BOUGHT_ROWS);
  answer (stage, OPEN, 0, OPEN_ROWS);
  tok_test_wait_until (tok_activity_get_state (act.activity) == TOK_ACTIVITY_LOADED);
}

/* What is there stays while newer numbers come, and if they don't. */
static void
test_again (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  load_all (&act);
  g_signal_connect (act.activity, "changed", G_CALLBACK (on_changed), &act);
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_LOADED, TRUE);
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  answer (stage, CLOSED, 1, "C 1 51 1000 2000 1 3 3");
  tok_script_refuse (stage->peer, BOUGHT, 1, "InternalServerError");
  assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_TROUBLE);
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  g_assert_cmpuint (act.n_changed, ==, 0);

  tok_activity_load (act.activity);
  g_assert_no_error (tok_activity_get_error (act.activity));
  answer (stage, CLOSED, 2, "C 1 51 1000 2000 1 3 3");
  answer (stage, BOUGHT, 2, "");
  answer (stage, OPEN, 1, "");
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  assert_app (&act, 1, "1 1 3, 1 +2, 0 0");
  g_assert_cmpuint (act.n_changed, ==, 1);
  g_signal_handlers_disconnect_by_data (act.activity, &act);
}

/* Fresh numbers aren't asked for again, unless the list of apps is newer. */
static void
test_fresh (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  Act act;

  times.activity_fresh = 600000;
  tok_stage_use_times (stage, &times);
  act = begin_act (stage);
  tok_stage_sign_in_and_list (stage);
  load_all (&act);
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  assert_asked (&act, 1, 1, 1);

  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, TOK_STAGE_APPS);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  load_all (&act);
  tok_activity_load (act.activity);
  assert_asked (&act, 2, 2, 2);

  /* There is no need to be online, either. */
  tok_stage_lose (stage);
  tok_activity_load (act.activity);
  g_assert_no_error (tok_activity_get_error (act.activity));
  tok_stage_come_back (stage);
  assert_asked (&act, 2, 2, 2);

  /* What failed isn't fresh. */
  tok_script_answer_apps (stage->peer, 2, TOK_STAGE_APPS);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  tok_activity_load (act.activity);
  tok_script_refuse (stage->peer, CLOSED, 2, "InternalServerError");
  assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_TROUBLE);
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_LOADED, TRUE);
}

/* Numbers belong to an account. */
static void
test_sign_out (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  load_all (&act);
  g_signal_connect (act.activity, "changed", G_CALLBACK (on_changed), &act);
  tok_session_sign_out (stage->session);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  assert_nothing (&act);
  g_assert_cmpuint (act.n_changed, ==, 1);
  g_signal_handlers_disconnect_by_data (act.activity, &act);
}

/* Whatever is on its way, or waits: nothing comes of it when the session is closed. */
static void
test_close (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  Act act;

  times.rate_limit_pause = 600000;
  tok_stage_use_times (stage, &times);
  act = begin_act (stage);
  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  if (g_str_equal (data, "pause")) {
    tok_script_refuse (stage->peer, CLOSED, 0, "RateLimit");
    tok_stage_run_dry ();
  } else {
    answer (stage, CLOSED, 0, CLOSED_ROWS);
    tok_script_wait (stage->peer, BOUGHT, 0);
  }
  assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  if (g_str_equal (data, "let-go"))
    return;
  tok_session_close (stage->session);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  g_assert_no_error (tok_activity_get_error (act.activity));
  tok_stage_run_dry ();
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  assert_nothing (&act);
}

/* A pause of ten minutes keeps nothing for so long. */
static void
test_pause_is_over (TokStage *stage, gconstpointer data)
{
  g_autofree char *address = g_strdup (tok_session_get_address (stage->session));
  TokTimes times = tok_script_times;
  gpointer client;

  times.rate_limit_pause = 600000;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  tok_activity_load (tok_session_get_activity (stage->session));
  tok_script_refuse (stage->peer, CLOSED, 0, "RateLimit");
  tok_stage_run_dry ();
  client = stage->session->client;
  g_object_add_weak_pointer (client, &client);
  tok_test_assert_finalize (stage->session);
  tok_test_wait_until (client == NULL);
  stage->session = tok_session_new (address, TOK_VAULT (stage->vault), &tok_script_times, FALSE);
}

/* The same account, and a token that permits more: that is another answer. */
static void
test_more_scope (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in (stage, "admin");
  tok_activity_load (act.activity);
  assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  tok_stage_lose (stage);
  assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
  tok_stage_come_back (stage);
  assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  load_all (&act);
}

/* Somebody who holds it doesn't keep the session, and hears no more of it. */
static void
test_outlives (TokStage *stage, gconstpointer data)
{
  g_autofree char *address = g_strdup (tok_session_get_address (stage->session));
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  if (GPOINTER_TO_INT (data))
    load_all (&act);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, CLOSED, GPOINTER_TO_INT (data));
  g_object_ref (act.activity);
  tok_test_assert_finalize (stage->session);
  g_assert_cmpint (tok_activity_get_state (act.activity), ==, TOK_ACTIVITY_NEW);
  g_assert_null (tok_activity_get_as_of (act.activity));
  tok_stage_run_dry ();
  tok_activity_load (act.activity);
  g_assert_cmpint (tok_activity_get_state (act.activity), ==, TOK_ACTIVITY_NEW);
  tok_test_assert_finalize (act.activity);
  stage->session = tok_session_new (address, TOK_VAULT (stage->vault), &tok_script_times, FALSE);
}

/* An app that was revoked is listed as long as its row is there, and isn't any more then. */
static void
test_revoked (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  load_all (&act);
  assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "2 3");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  assert_unlisted (&act, "1 2 4, 1 +1, 0 0");
  tok_grant_store_sweep (stage->apps);
  assert_unlisted (&act, "3 17.5 33.25, 3 +5.75, 0 0");
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
}

/* The token is of no use any more. */
static void
test_session_ends (TokStage *stage, gconstpointer data)
{
  Act act = begin_act (stage);

  tok_stage_sign_in_and_list (stage);
  load_all (&act);
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  /* As the lists, what was true last. */
  assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_activity_load (act.activity);
  assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_SIGN_IN);
  assert_asked (&act, 1, 1, 1);
}

int
main (int argc, char *argv[])
{
  static const char *const too_little[] = { "admin", "trade,admin,payments" };
  static const char *const enough[] = { "read", "trading_information" };
  static const char *const ends[] = { "request", "pause", "let-go" };

  tok_test_init (&argc, &argv);

  tok_stage_add ("/activity/new-destroy", NULL, test_new);
  tok_stage_add ("/activity/load", NULL, test_load);
  tok_stage_add ("/activity/period", NULL, test_period);
  tok_stage_add ("/activity/pages", NULL, test_pages);
  tok_stage_add ("/activity/too-many/closed", GINT_TO_POINTER (FALSE), test_too_many);
  tok_stage_add ("/activity/too-many/bought", GINT_TO_POINTER (TRUE), test_too_many);
  tok_stage_add ("/activity/meanwhile", NULL, test_meanwhile);
  tok_stage_add ("/activity/rate-limit", NULL, test_rate_limit);
  tok_stage_add ("/activity/rate-limit-stays", NULL, test_rate_limit_stays);
  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++)
    tok_stage_add_case ("/activity/refused", code->code, code, test_refused);
  tok_stage_add ("/activity/garbled", NULL, test_garbled);
  for (guint i = 0; i < G_N_ELEMENTS (too_little); i++)
    tok_stage_add_case ("/activity/no-scope", too_little[i], too_little[i], test_no_scope);
  for (guint i = 0; i < G_N_ELEMENTS (enough); i++)
    tok_stage_add_case ("/activity/enough-scope", enough[i], enough[i], test_enough_scope);
  tok_stage_add ("/activity/no-answer", NULL, test_no_answer);
  tok_stage_add ("/activity/lost", NULL, test_lost);
  tok_stage_add ("/activity/asked-offline", NULL, test_asked_offline);
  tok_stage_add ("/activity/no-json", NULL, test_no_json);
  tok_stage_add ("/activity/again", NULL, test_again);
  tok_stage_add ("/activity/fresh", NULL, test_fresh);
  tok_stage_add ("/activity/sign-out", NULL, test_sign_out);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    tok_stage_add_case ("/activity/close", ends[i], ends[i], test_close);
  tok_stage_add ("/activity/pause-is-over", NULL, test_pause_is_over);
  tok_stage_add ("/activity/more-scope", NULL, test_more_scope);
  tok_stage_add ("/activity/outlives/first", GINT_TO_POINTER (FALSE), test_outlives);
  tok_stage_add ("/activity/outlives/second", GINT_TO_POINTER (TRUE), test_outlives);
  tok_stage_add ("/activity/revoked", NULL, test_revoked);
  tok_stage_add ("/activity/session-ends", NULL, test_session_ends);

  return g_test_run ();
}
