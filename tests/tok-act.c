/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-act.h"

#include "tok-test.h"

/**
 * tok_act_on_changed:
 * @activity: An activity.
 * @act: Whose it is.
 *
 * Counts that its numbers changed; for its signal.
 */
void
tok_act_on_changed (TokActivity *activity, TokAct *act)
{
  act->n_changed++;
}

/**
 * tok_act_begin:
 * @stage: Where it plays.
 *
 * Returns: The activity of the session there.
 */
TokAct
tok_act_begin (TokStage *stage)
{
  return (TokAct){ stage, tok_session_get_activity (stage->session), 0 };
}

/**
 * tok_act_assert_state:
 * @act: An activity.
 * @state: What it should know.
 * @loading: Whether it should be loading.
 *
 * Asserts where it stands.
 */
void
tok_act_assert_state (TokAct *act, TokActivityState state, gboolean loading)
{
  g_assert_cmpint (tok_activity_get_state (act->activity), ==, state);
  g_assert_cmpint (tok_activity_get_loading (act->activity), ==, loading);
}

/**
 * tok_act_assert_failed:
 * @act: An activity.
 * @state: What it should know then.
 * @code: What went wrong.
 *
 * Waits until it has stopped loading, and asserts that it failed.
 */
void
tok_act_assert_failed (TokAct *act, TokActivityState state, TokError code)
{
  tok_test_wait_until (!tok_activity_get_loading (act->activity));
  g_assert_error (tok_activity_get_error (act->activity), TOK_ERROR, (int) code);
  tok_act_assert_state (act, state, FALSE);
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

/**
 * tok_act_answer:
 * @stage: Where it plays.
 * @call: One of the three calls.
 * @nth: Which of that name, from 0.
 * @rows: Rows in short with semicolons between them: kind, app, contract, seconds ago, and then as
 *   the kind has it; see %TOK_ACT_CLOSED_ROWS and the others.
 *
 * Waits for the call, and answers it.
 */
void
tok_act_answer (TokStage *stage, const char *call, guint nth, const char *rows)
{
  g_autofree char *json = dup_rows (rows);
  g_autofree char *body = g_strdup_printf (
      "{\"%s\":%s}", g_str_equal (call, TOK_ACT_OPEN) ? "contracts" : "transactions", json);

  tok_script_answer (stage->peer, call, nth, body);
}

/**
 * tok_act_answer_all:
 * @act: An activity that loads.
 *
 * Answers what was asked for first, which wasn't answered yet, and what follows.
 */
void
tok_act_answer_all (TokAct *act)
{
  TokRawPeer *peer = act->stage->peer;
  guint n_bought = tok_script_count (peer, TOK_ACT_BOUGHT);
  guint n_open = tok_script_count (peer, TOK_ACT_OPEN);

  tok_test_wait_until (act->n_answered < tok_script_count (peer, TOK_ACT_CLOSED));
  act->n_answered = tok_script_count (peer, TOK_ACT_CLOSED);
  tok_act_answer (act->stage, TOK_ACT_CLOSED, act->n_answered - 1, TOK_ACT_CLOSED_ROWS);
  tok_act_answer (act->stage, TOK_ACT_BOUGHT, n_bought, TOK_ACT_BOUGHT_ROWS);
  tok_act_answer (act->stage, TOK_ACT_OPEN, n_open, TOK_ACT_OPEN_ROWS);
  tok_test_wait_until (!tok_activity_get_loading (act->activity));
}

/**
 * tok_act_load_all:
 * @act: An activity.
 *
 * Loads it, successfully.
 */
void
tok_act_load_all (TokAct *act)
{
  act->n_answered = tok_script_count (act->stage->peer, TOK_ACT_CLOSED);
  tok_activity_load (act->activity);
  tok_act_answer_all (act);
  tok_act_assert_state (act, TOK_ACTIVITY_LOADED, FALSE);
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

/**
 * tok_act_assert_app:
 * @act: An activity.
 * @app_id: A program.
 * @expected: In short: contracts, paid, payouts, closed, result, open, paid for these; and … if
 *   there may be more.
 *
 * Asserts what it did.
 */
void
tok_act_assert_app (TokAct *act, gint64 app_id, const char *expected)
{
  TokTradeSummary summary;
  g_autofree char *text = NULL;

  g_assert_true (tok_activity_get_summary (act->activity, app_id, &summary));
  text = describe (&summary);
  g_assert_cmpstr (text, ==, expected);
}

/**
 * tok_act_assert_unlisted:
 * @act: An activity.
 * @expected: As for tok_act_assert_app ().
 *
 * Asserts what programs did that aren't listed.
 */
void
tok_act_assert_unlisted (TokAct *act, const char *expected)
{
  TokTradeSummary summary;
  g_autofree char *text = NULL;

  g_assert_true (tok_activity_get_unlisted (act->activity, act->stage->apps, &summary));
  text = describe (&summary);
  g_assert_cmpstr (text, ==, expected);
}

/**
 * tok_act_assert_nothing:
 * @act: An activity.
 *
 * Asserts that it has no numbers.
 */
void
tok_act_assert_nothing (TokAct *act)
{
  TokTradeSummary summary = { .n_contracts = 77 };

  g_assert_false (tok_activity_get_summary (act->activity, 1, &summary));
  g_assert_false (tok_activity_get_unlisted (act->activity, act->stage->apps, &summary));
  g_assert_cmpuint (summary.n_contracts, ==, 77);
  g_assert_null (tok_activity_get_as_of (act->activity));
}

/**
 * tok_act_assert_asked:
 * @act: An activity.
 * @n_closed: How often for closed contracts.
 * @n_bought: How often for purchases.
 * @n_open: How often for open contracts.
 *
 * Asserts how often the service was asked for what since the beginning.
 */
void
tok_act_assert_asked (TokAct *act, guint n_closed, guint n_bought, guint n_open)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (act->stage->peer, TOK_ACT_CLOSED), ==, n_closed);
  g_assert_cmpuint (tok_script_count (act->stage->peer, TOK_ACT_BOUGHT), ==, n_bought);
  g_assert_cmpuint (tok_script_count (act->stage->peer, TOK_ACT_OPEN), ==, n_open);
}
