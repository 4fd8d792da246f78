/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-act.h"
#include "tok-session-private.h"
#include "tok-test.h"

static void
test_rate_limit (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { TOK_ACT_CLOSED, TOK_ACT_BOUGHT, TOK_ACT_OPEN };
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    for (guint n = 0; n < 3; n++)
      tok_script_refuse (stage->peer, calls[i], n, "RateLimit");
    tok_act_answer (stage, calls[i], 3, "");
  }
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_act_assert_asked (&act, 4, 4, 4);
}

/* Not for ever. */
static void
test_rate_limit_stays (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  for (guint n = 0; n < 4; n++) {
    tok_act_assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
    tok_script_refuse (stage->peer, TOK_ACT_CLOSED, n, "RateLimit");
  }
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_RATE_LIMIT);
  tok_act_assert_asked (&act, 4, 0, 0);
  tok_act_load_all (&act);
}

/* Nobody waits for what can't be confirmed, and nobody has typed anything. */
static TokError
get_meaning (const TokScriptCode *code)
{
  return code->meaning == TOK_ERROR_UNCONFIRMED || code->meaning == TOK_ERROR_FIELD
             ? TOK_ERROR_TROUBLE
             : code->meaning;
}

/* Whatever the service says, to whichever of the calls. */
static void
test_refused (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { TOK_ACT_CLOSED, TOK_ACT_BOUGHT, TOK_ACT_OPEN };
  const TokScriptCode *code = data;
  TokAct act = tok_act_begin (stage);

  if (code->meaning == TOK_ERROR_RATE_LIMIT)
    return;
  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    tok_activity_load (act.activity);
    for (guint j = 0; j < i; j++)
      tok_act_answer (stage, calls[j], i - j, "");
    tok_script_refuse (stage->peer, calls[i], 0, code->code);
    tok_test_wait_until (!tok_activity_get_loading (act.activity));
    if (code->meaning == TOK_ERROR_SCOPE) {
      tok_act_assert_state (&act, TOK_ACTIVITY_NO_SCOPE, FALSE);
      g_assert_no_error (tok_activity_get_error (act.activity));
      continue;
    }
    tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, get_meaning (code));
    if (code->meaning == TOK_ERROR_SIGN_IN) {
      tok_stage_assert_state (stage, TOK_SESSION_ENDED);
      tok_activity_load (act.activity);
      tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_SIGN_IN);
      return;
    }
    tok_stage_assert_state (stage, TOK_SESSION_READY);
  }
}

static void
test_garbled (TokStage *stage, gconstpointer data)
{
  static const char *const calls[] = { TOK_ACT_CLOSED, TOK_ACT_BOUGHT, TOK_ACT_OPEN };
  static const char *const bodies[] = { "null", "1", "[]", "{}", "{\"transactions\":{}}" };
  TokAct act = tok_act_begin (stage);
  guint n = 0;

  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (bodies); j++, n++) {
      tok_activity_load (act.activity);
      for (guint k = 0; k < i; k++)
        tok_act_answer (stage, calls[k], n - k * G_N_ELEMENTS (bodies), "");
      tok_script_answer (stage->peer, calls[i], j, bodies[j]);
      tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_GARBLED);
    }
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_no_answer (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokAct act;

  times.request_timeout = 300;
  tok_stage_use_times (stage, &times);
  act = tok_act_begin (stage);
  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_TROUBLE);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  /* Who comes too late isn't heard. */
  tok_act_answer (stage, TOK_ACT_CLOSED, 0, TOK_ACT_CLOSED_ROWS);
  tok_act_assert_asked (&act, 1, 0, 0);
  tok_act_load_all (&act);
}

/* Lost in the middle; when the connection is back, what was asked for is done, from the start. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_act_answer (stage, TOK_ACT_CLOSED, 0, TOK_ACT_CLOSED_ROWS);
  tok_script_wait (stage->peer, TOK_ACT_BOUGHT, 0);
  tok_stage_lose (stage);
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_act_assert_nothing (&act);
  tok_stage_come_back (stage);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, 1);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  tok_act_answer (stage, TOK_ACT_CLOSED, 1, TOK_ACT_CLOSED_ROWS);
  tok_act_answer (stage, TOK_ACT_BOUGHT, 1, TOK_ACT_BOUGHT_ROWS);
  tok_act_answer (stage, TOK_ACT_OPEN, 0, TOK_ACT_OPEN_ROWS);
  tok_test_wait_until (!tok_activity_get_loading (act.activity));
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");

  /* Nobody has asked since. */
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  tok_act_assert_asked (&act, 2, 2, 1);
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
}

/* Where each attempt breaks the connection, it isn’t tried for ever by itself. */
static void
test_lost_again (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  for (guint i = 0; i < 2; i++) {
    tok_script_wait (stage->peer, TOK_ACT_CLOSED, i);
    tok_stage_lose (stage);
    tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
    tok_stage_come_back (stage);
  }
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_act_assert_asked (&act, 2, 0, 0);

  /* Whoever wants it asks again, and what has worked may break off once more. */
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, 2);
  tok_act_answer (stage, TOK_ACT_CLOSED, 2, TOK_ACT_CLOSED_ROWS);
  tok_act_answer (stage, TOK_ACT_BOUGHT, 0, TOK_ACT_BOUGHT_ROWS);
  tok_act_answer (stage, TOK_ACT_OPEN, 0, TOK_ACT_OPEN_ROWS);
  tok_test_wait_until (tok_activity_get_state (act.activity) == TOK_ACTIVITY_LOADED);
}

static void
test_asked_offline (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_stage_lose (stage);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_activity_load (act.activity);
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_activity_load (act.activity);
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_stage_come_back (stage);
  tok_act_answer_all (&act);
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_act_assert_asked (&act, 1, 1, 1);
}

/* What breaks the connection is no answer. */
static void
test_no_json (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, 0);
  tok_raw_peer_send_text (stage->peer, "{\"profit_table\":{\"transactions\":[}}");
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_act_assert_failed (&act, TOK_ACTIVITY_FAILED, TOK_ERROR_OFFLINE);
  tok_session_reconnect (stage->session);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  tok_act_answer (stage, TOK_ACT_CLOSED, 1, TOK_ACT_CLOSED_ROWS);
  tok_act_answer (stage, TOK_ACT_BOUGHT, 0, TOK_ACT_BOUGHT_ROWS);
  tok_act_answer (stage, TOK_ACT_OPEN, 0, TOK_ACT_OPEN_ROWS);
  tok_test_wait_until (tok_activity_get_state (act.activity) == TOK_ACTIVITY_LOADED);
}

/* Whatever is on its way, or waits: nothing comes of it when the session is closed. */
static void
test_close (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokAct act;

  times.rate_limit_pause = 600000;
  tok_stage_use_times (stage, &times);
  act = tok_act_begin (stage);
  tok_stage_sign_in_and_list (stage);
  tok_activity_load (act.activity);
  if (g_str_equal (data, "pause")) {
    tok_script_refuse (stage->peer, TOK_ACT_CLOSED, 0, "RateLimit");
    tok_stage_run_dry ();
  } else {
    tok_act_answer (stage, TOK_ACT_CLOSED, 0, TOK_ACT_CLOSED_ROWS);
    tok_script_wait (stage->peer, TOK_ACT_BOUGHT, 0);
  }
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADING, TRUE);
  if (g_str_equal (data, "let-go"))
    return;
  tok_session_close (stage->session);
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  g_assert_no_error (tok_activity_get_error (act.activity));
  tok_stage_run_dry ();
  tok_act_assert_state (&act, TOK_ACTIVITY_NEW, FALSE);
  tok_act_assert_nothing (&act);
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
  tok_script_refuse (stage->peer, TOK_ACT_CLOSED, 0, "RateLimit");
  tok_stage_run_dry ();
  client = stage->session->client;
  g_object_add_weak_pointer (client, &client);
  tok_test_assert_finalize (stage->session);
  tok_test_wait_until (client == NULL);
  stage->session = tok_session_new (address, TOK_VAULT (stage->vault), &tok_script_times, FALSE);
}

/* Somebody who holds it doesn't keep the session, and hears no more of it. */
static void
test_outlives (TokStage *stage, gconstpointer data)
{
  g_autofree char *address = g_strdup (tok_session_get_address (stage->session));
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  if (GPOINTER_TO_INT (data))
    tok_act_load_all (&act);
  tok_activity_load (act.activity);
  tok_script_wait (stage->peer, TOK_ACT_CLOSED, GPOINTER_TO_INT (data));
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

/* The token is of no use any more. */
static void
test_session_ends (TokStage *stage, gconstpointer data)
{
  TokAct act = tok_act_begin (stage);

  tok_stage_sign_in_and_list (stage);
  tok_act_load_all (&act);
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  /* As the lists, what was true last. */
  tok_act_assert_app (&act, 1, "2 15.5 29.25, 2 +4.75, 0 0");
  tok_act_assert_state (&act, TOK_ACTIVITY_LOADED, FALSE);
  tok_activity_load (act.activity);
  tok_act_assert_failed (&act, TOK_ACTIVITY_LOADED, TOK_ERROR_SIGN_IN);
  tok_act_assert_asked (&act, 1, 1, 1);
}

int
main (int argc, char *argv[])
{
  static const char *const ends[] = { "request", "pause", "let-go" };

  tok_test_init (&argc, &argv);

  tok_stage_add ("/activity-faults/rate-limit", NULL, test_rate_limit);
  tok_stage_add ("/activity-faults/rate-limit-stays", NULL, test_rate_limit_stays);
  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++)
    tok_stage_add_case ("/activity-faults/refused", code->code, code, test_refused);
  tok_stage_add ("/activity-faults/garbled", NULL, test_garbled);
  tok_stage_add ("/activity-faults/no-answer", NULL, test_no_answer);
  tok_stage_add ("/activity-faults/lost", NULL, test_lost);
  tok_stage_add ("/activity-faults/lost-again", NULL, test_lost_again);
  tok_stage_add ("/activity-faults/asked-offline", NULL, test_asked_offline);
  tok_stage_add ("/activity-faults/no-json", NULL, test_no_json);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    tok_stage_add_case ("/activity-faults/close", ends[i], ends[i], test_close);
  tok_stage_add ("/activity-faults/pause-is-over", NULL, test_pause_is_over);
  tok_stage_add ("/activity-faults/outlives/first", GINT_TO_POINTER (FALSE), test_outlives);
  tok_stage_add ("/activity-faults/outlives/second", GINT_TO_POINTER (TRUE), test_outlives);
  tok_stage_add ("/activity-faults/session-ends", NULL, test_session_ends);

  return g_test_run ();
}
