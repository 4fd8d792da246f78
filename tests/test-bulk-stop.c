/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-hands.h"
#include "tok-error.h"
#include "tok-test.h"

#define DELETE "delete_token"
#define REVOKE "revoke_oauth_app"
#define LISTED "api_token"
#define APPS "oauth_apps"

/* The tokens of the stage, of which the second is the one that signs in. */
#define OWN "Token 1/***********LmNo/admin,read"
#define LAST "Token 2/***********aaaa/admin,read"
#define NOTHING ""

static void
use_long_pause (TokStage *stage)
{
  TokTimes times = tok_script_times;

  times.rate_limit_pause = 600000;
  times.rate_limit_longest = 600000;
  tok_stage_use_times (stage, &times);
}

/* What is on its way is awaited, the rest is left. */
static void
test_stop (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, REVOKE, 1);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_STOPPING);
  g_assert_true (tok_bulk_get_current (bulk) == tok_stage_nth (stage->apps, 1));
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_STOPPING);
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_wait (stage->peer, APPS, 1);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_CONFIRMING);
  g_assert_null (tok_bulk_get_current (bulk));
  tok_script_answer_apps (stage->peer, 1, "3");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_gone (bulk, 0);
  tok_bulk_hands_assert_gone (bulk, 1);
  tok_bulk_hands_assert_not_tried (bulk, 2);
  g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, 2);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 1);
}

/* Who doesn't want to wait for the list, either, learns later from the rows. */
static void
test_stop_confirming (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  for (guint i = 0; i < 3; i++)
    tok_script_answer (stage->peer, REVOKE, i, "1");
  tok_script_wait (stage->peer, APPS, 1);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
  for (guint i = 0; i < 3; i++)
    tok_bulk_hands_assert_unconfirmed (bulk, i);
  tok_script_answer_apps (stage->peer, 1, "1");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
  g_assert_cmpint (tok_grant_get_state (tok_bulk_get_grant (bulk, 1)), ==, TOK_GRANT_GONE);
  tok_bulk_hands_assert_outcome (bulk, 0, TOK_BULK_UNCONFIRMED, TOK_GRANT_FAILED);
  tok_bulk_hands_assert_asked (stage, REVOKE, 3, 1);
}

/* What the answer to deleting a token lists is no list of its own, unless nothing else will come.
 */
static void
test_stop_confirming_tokens (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, TRUE);

  tok_script_answer_rows (stage->peer, DELETE, 0, OWN ";" LAST);
  tok_script_answer_rows (stage->peer, DELETE, 1, OWN);
  tok_script_answer_rows (stage->peer, DELETE, 2, OWN);
  tok_script_wait (stage->peer, LISTED, 1);
  tok_bulk_stop (bulk);
  for (guint i = 0; i < 3; i++)
    tok_bulk_hands_assert_unconfirmed (bulk, i);
  tok_stage_list_tokens (stage, 1, OWN);
  tok_stage_run_dry ();
}

/* A pause is no reason to wait once somebody wants to stop. */
static void
test_stop_in_pause (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;

  use_long_pause (stage);
  bulk = tok_bulk_hands_begin (stage, FALSE);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, REVOKE, 1, "RateLimit");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
  g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, 600);
  tok_bulk_stop (bulk);
  /* The list has to wait as well. */
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
  g_assert_cmpuint (tok_script_count (stage->peer, APPS), ==, 1);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_not_tried (bulk, 1);
  tok_bulk_hands_assert_not_tried (bulk, 2);
}

/* Who has waited for as long as the longest pause in vain waits so long from then on. */
static void
test_longest_pause (TokStage *stage, gconstpointer data)
{
  enum { N_SHORT = 6 };
  TokTimes times = tok_script_times;
  g_autoptr (TokBulk) bulk = NULL;

  times.rate_limit_pause = 200;
  times.rate_limit_longest = N_SHORT * times.rate_limit_pause;
  tok_stage_use_times (stage, &times);
  bulk = tok_bulk_hands_begin (stage, FALSE);
  for (guint i = 0; i <= N_SHORT; i++) {
    tok_script_refuse (stage->peer, REVOKE, i, "RateLimit");
    tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
    g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, i < N_SHORT ? 1 : 2);
    if (i < N_SHORT)
      tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RUNNING);
  }
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
}

/* Nothing was done yet: then there is nothing to be confirmed. */
static void
test_stop_before_all (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;

  use_long_pause (stage);
  bulk = tok_bulk_hands_begin (stage, FALSE);
  tok_script_wait (stage->peer, REVOKE, 0);
  tok_bulk_stop (bulk);
  tok_script_refuse (stage->peer, REVOKE, 0, "RateLimit");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  for (guint i = 0; i < 3; i++)
    tok_bulk_hands_assert_not_tried (bulk, i);
  tok_bulk_hands_assert_asked (stage, REVOKE, 1, 0);
}

/* Nobody has to wait for a connection who wants to stop. */
static void
test_stop_lost (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, REVOKE, 1);
  tok_stage_lose (stage);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DISCONNECTED);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_unconfirmed (bulk, 1);
  tok_bulk_hands_assert_not_tried (bulk, 2);
}

/* Nor has anybody to wait for the list when the connection is lost. */
static void
test_lost_confirming (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  for (guint i = 0; i < 3; i++)
    tok_script_answer (stage->peer, REVOKE, i, "1");
  tok_script_wait (stage->peer, APPS, 1);
  tok_stage_lose (stage);
  tok_stage_run_dry ();
  tok_bulk_hands_assert_state (bulk, TOK_BULK_CONFIRMING);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_UNCONFIRMED), ==, 3);
}

typedef enum {
  IN_FLIGHT,
  IN_PAUSE,
  LOST,
  CONFIRMING,
} Moment;

/* Brings a bulk there whose first was answered. */
static void
advance (TokStage *stage, TokBulk *bulk, Moment moment)
{
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, REVOKE, 1);
  switch (moment) {
  case IN_PAUSE:
    tok_script_refuse (stage->peer, REVOKE, 1, "RateLimit");
    tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
    break;
  case LOST:
    tok_stage_lose (stage);
    tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DISCONNECTED);
    break;
  case CONFIRMING:
    tok_script_answer (stage->peer, REVOKE, 1, "1");
    tok_script_answer (stage->peer, REVOKE, 2, "1");
    tok_script_wait (stage->peer, APPS, 1);
    break;
  case IN_FLIGHT:
  default:
    break;
  }
}

/* A connection that is new doesn't shorten the pause. */
static void
test_lost_in_pause (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;

  use_long_pause (stage);
  bulk = tok_bulk_hands_begin (stage, FALSE);
  advance (stage, bulk, IN_PAUSE);
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  tok_test_wait_until (tok_grant_store_get_error (stage->apps) != NULL);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_RATE_LIMITED);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 0);
  tok_bulk_stop (bulk);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
  tok_bulk_stop (bulk);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_not_tried (bulk, 1);
}

static void
test_sign_out (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  g_autoptr (TokBulk) bulk = NULL;

  use_long_pause (stage);
  bulk = tok_bulk_hands_begin (stage, FALSE);
  advance (stage, bulk, moment);
  tok_session_sign_out (stage->session);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, 0);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  if (moment == IN_PAUSE)
    tok_bulk_hands_assert_not_tried (bulk, 1);
  else
    tok_bulk_hands_assert_unconfirmed (bulk, 1);
  if (moment == CONFIRMING)
    tok_bulk_hands_assert_unconfirmed (bulk, 2);
  else
    tok_bulk_hands_assert_not_tried (bulk, 2);
  tok_stage_assert_signed_out (stage);
}

/* Whoever lets go leaves nothing at work, and the list tells the rows the rest. */
/* Whoever signs in at once on the same session is another one, whose apps are not to go. */
static void
test_sign_in_again (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);
  g_autoptr (GError) error = NULL;

  tok_script_wait (stage->peer, REVOKE, 0);
  tok_session_close (stage->session);
  tok_stage_begin (stage, TOK_SCRIPT_TOKEN, NULL);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_not_tried (bulk, 1);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  tok_stage_finish (stage, &error);
  g_assert_no_error (error);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 1);
}

static void
test_dispose (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) grants = NULL;
  TokBulk *bulk;

  bulk = tok_bulk_hands_begin (stage, FALSE);
  grants = tok_bulk_hands_list_grants (stage->apps);
  advance (stage, bulk, moment);
  tok_test_assert_finalize (bulk);
  for (guint i = 0; i < 3; i++) {
    gboolean sent = i == 0 || moment == CONFIRMING || (i == 1 && moment != IN_PAUSE);

    g_assert_cmpint (tok_grant_get_state (grants->pdata[i]), ==,
                     sent ? TOK_GRANT_FAILED : TOK_GRANT_IDLE);
  }
  if (moment == LOST)
    tok_stage_come_back (stage);
  tok_script_answer_apps (stage->peer, 1, "3");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
  g_assert_cmpint (tok_grant_get_state (grants->pdata[0]), ==, TOK_GRANT_GONE);
  g_assert_cmpint (tok_grant_get_state (grants->pdata[1]), ==, TOK_GRANT_GONE);
  tok_stage_run_dry ();
}

static void
on_notify (TokBulk *bulk, GParamSpec *pspec, gpointer data)
{
  TokBulkState *state = data;

  if (tok_bulk_get_state (bulk) == *state)
    tok_bulk_stop (bulk);
}

/* Who hears of anything may stop it. */
static void
test_stop_when_told (TokStage *stage, gconstpointer data)
{
  TokBulkState state = GPOINTER_TO_UINT (data);
  g_autoptr (TokBulk) bulk = NULL;

  tok_stage_sign_in_and_list (stage);
  bulk = tok_bulk_hands_new_bulk (stage, stage->apps);
  g_signal_connect (bulk, "notify", G_CALLBACK (on_notify), &state);
  tok_bulk_start (bulk);
  if (state != TOK_BULK_RUNNING) {
    for (guint i = 0; i < 3; i++)
      tok_script_answer (stage->peer, REVOKE, i, "1");
  }
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (
      tok_bulk_count (bulk, state == TOK_BULK_RUNNING ? TOK_BULK_NOT_TRIED : TOK_BULK_UNCONFIRMED),
      ==, 3);
  if (state == TOK_BULK_CONFIRMING)
    tok_script_answer_apps (stage->peer, 1, NOTHING);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  tok_stage_run_dry ();
  tok_bulk_hands_assert_state (bulk, TOK_BULK_DONE);
}

static void
add (const char *name, gconstpointer data, TokStageTest test)
{
  tok_stage_add_case ("/bulk-stop", name, data, test);
}

static void
add_moments (const char *path, TokStageTest test)
{
  static const char *const names[] = { "in-flight", "in-pause", "lost", "confirming" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tok_stage_add_case (path, names[i], GUINT_TO_POINTER (i), test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("in-flight", NULL, test_stop);
  add ("confirming", NULL, test_stop_confirming);
  add ("confirming-tokens", NULL, test_stop_confirming_tokens);
  add ("in-pause", NULL, test_stop_in_pause);
  add ("longest-pause", NULL, test_longest_pause);
  add ("before-all", NULL, test_stop_before_all);
  add ("lost", NULL, test_stop_lost);
  add ("lost-confirming", "", test_lost_confirming);
  add ("when-running", GUINT_TO_POINTER (TOK_BULK_RUNNING), test_stop_when_told);
  add ("when-confirming", GUINT_TO_POINTER (TOK_BULK_CONFIRMING), test_stop_when_told);
  add ("lost-in-pause", NULL, test_lost_in_pause);
  add_moments ("/bulk-stop/sign-out", test_sign_out);
  tok_stage_add ("/bulk-stop/sign-in-again", NULL, test_sign_in_again);
  add_moments ("/bulk-stop/dispose", test_dispose);

  return g_test_run ();
}
