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
test_new_destroy (TokStage *stage, gconstpointer data)
{
  TokBulk *bulk;
  g_autoptr (GPtrArray) grants = NULL;

  tok_stage_sign_in_and_list (stage);
  grants = tok_bulk_hands_list_grants (stage->apps);
  bulk = tok_bulk_new (stage->session, grants);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_NEW);
  g_assert_cmpuint (tok_bulk_get_n_items (bulk), ==, 3);
  g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, 0);
  g_assert_null (tok_bulk_get_current (bulk));
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_NOT_TRIED), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (tok_bulk_get_grant (bulk, i) == grants->pdata[i]);
  tok_bulk_stop (bulk);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_NEW);
  tok_test_assert_finalize (bulk);
  tok_bulk_hands_assert_asked (stage, REVOKE, 0, 0);
}

static void
test_properties (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;
  guint *n_states, *n_done, *n_current;
  TokBulkState state;
  guint n, done, seconds;
  g_autoptr (TokGrant) current = NULL;

  tok_stage_sign_in_and_list (stage);
  bulk = tok_bulk_hands_new_bulk (stage, stage->apps);
  n_states = tok_test_count_notify (bulk, "state");
  n_done = tok_test_count_notify (bulk, "n-done");
  n_current = tok_test_count_notify (bulk, "current");
  tok_bulk_start (bulk);
  g_object_get (bulk, "state", &state, "n-items", &n, "n-done", &done, "current", &current,
                "seconds-left", &seconds, NULL);
  g_assert_cmpint (state, ==, TOK_BULK_RUNNING);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (done, ==, 0);
  g_assert_cmpuint (seconds, ==, 0);
  g_assert_true (current == tok_stage_nth (stage->apps, 0));
  for (guint i = 0; i < 3; i++)
    tok_script_answer (stage->peer, REVOKE, i, "1");
  tok_script_answer_apps (stage->peer, 1, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_null (tok_bulk_get_current (bulk));
  g_assert_cmpuint (*n_states, ==, 3);
  g_assert_cmpuint (*n_done, ==, 3);
  g_assert_cmpuint (*n_current, ==, 4);
}

/* One after the other, each once; and one list. */
static void
test_all_gone (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  for (guint i = 0; i < 3; i++) {
    g_autofree char *members = g_strdup_printf ("\"revoke_oauth_app\":%u", i + 1);

    tok_script_assert_asked (stage->peer, REVOKE, i, members);
    tok_stage_run_dry ();
    tok_bulk_hands_assert_asked (stage, REVOKE, i + 1, 0);
    g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, i);
    g_assert_true (tok_bulk_get_current (bulk) == tok_stage_nth (stage->apps, i));
    for (guint j = 0; j < 3; j++)
      g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->apps, j)), ==,
                       j <= i ? TOK_GRANT_WORKING : TOK_GRANT_IDLE);
    tok_script_answer (stage->peer, REVOKE, i, "1");
  }
  tok_script_wait (stage->peer, APPS, 1);
  tok_bulk_hands_assert_state (bulk, TOK_BULK_CONFIRMING);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->apps, 0)), ==, TOK_GRANT_WORKING);
  tok_script_answer_apps (stage->peer, 1, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  for (guint i = 0; i < 3; i++)
    tok_bulk_hands_assert_gone (bulk, i);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 3);
  tok_bulk_hands_assert_asked (stage, REVOKE, 3, 1);
}

/* The list decides, whatever was said: yes to what is still there, no to what is gone. */
static void
test_list_decides (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, REVOKE, 1, "InternalServerError");
  tok_script_refuse (stage->peer, REVOKE, 2, "PermissionDenied");
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_failed (bulk, 0, TOK_ERROR_UNCONFIRMED);
  tok_bulk_hands_assert_gone (bulk, 1);
  tok_bulk_hands_assert_failed (bulk, 2, TOK_ERROR_SCOPE);
  tok_bulk_hands_assert_asked (stage, REVOKE, 3, 1);
}

/* Where a part of the list can't be read, it decides nothing. */
static void
test_unread (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, REVOKE, 1, "InternalServerError");
  tok_script_refuse (stage->peer, REVOKE, 2, "PermissionDenied");
  tok_script_answer_apps (stage->peer, 1, "null 4");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_unconfirmed (bulk, 1);
  tok_bulk_hands_assert_failed (bulk, 2, TOK_ERROR_SCOPE);
}

/* Ours goes last, and what its answer lists is the last word. */
static void
test_own_last (TokStage *stage, gconstpointer data)
{
  const char *code = data;
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, TRUE);

  tok_script_assert_asked (stage->peer, DELETE, 0,
                           "\"api_token\":1,\"delete_token\":\"***************a\"");
  tok_script_answer_rows (stage->peer, DELETE, 0, OWN ";" LAST);
  tok_script_assert_asked (stage->peer, DELETE, 1,
                           "\"api_token\":1,\"delete_token\":\"***********aaaa\"");
  /* It isn't deleted, though the service says so. */
  tok_script_answer_rows (stage->peer, DELETE, 1, OWN ";" LAST);
  tok_script_assert_asked (stage->peer, DELETE, 2,
                           "\"api_token\":1,\"delete_token\":\"***********LmNo\"");
  tok_script_answer_rows (stage->peer, DELETE, 2, LAST);
  tok_script_refuse (stage->peer, LISTED, 1, code);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  tok_bulk_hands_assert_gone (bulk, 0);
  tok_bulk_hands_assert_unconfirmed (bulk, 1);
  tok_bulk_hands_assert_gone (bulk, 2);
  g_assert_true (tok_bulk_get_grant (bulk, 2) == tok_stage_nth (stage->tokens, 1));
  tok_bulk_hands_assert_asked (stage, DELETE, 3, 1);
}

/* The app that the session came from goes last, behind a list that tells what came of the others,
 * since no other list will come. */
static void
test_own_app (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_session_set_sign_in_id (stage->session, "Some sign-in");
  tok_script_answer_apps (stage->peer, 0, "1 1089 3");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 3);
  bulk = tok_bulk_hands_new_bulk (stage, stage->apps);
  tok_bulk_start (bulk);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_assert_asked (stage->peer, REVOKE, 1, "\"revoke_oauth_app\":3");
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_wait (stage->peer, APPS, 1);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 1);
  tok_script_answer_apps (stage->peer, 1, "1 1089");
  tok_script_assert_asked (stage->peer, REVOKE, 2, "\"revoke_oauth_app\":1089");
  tok_script_answer (stage->peer, REVOKE, 2, "1");
  tok_script_refuse (stage->peer, APPS, 2, "InvalidToken");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_gone (bulk, 1);
  /* That its own token is of no use any more says as much as a list. */
  tok_bulk_hands_assert_gone (bulk, 2);
  tok_bulk_hands_assert_asked (stage, REVOKE, 3, 2);
}

/* "No such token" doesn't end it; the list tells whether somebody was quicker. */
static void
test_no_such_token (TokStage *stage, gconstpointer data)
{
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (TokBulk) bulk = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_session_get_own_token (stage->session) != NULL);
  grants = tok_bulk_hands_list_grants (stage->tokens);
  g_ptr_array_remove_index (grants, 1);
  bulk = tok_bulk_new (stage->session, grants);
  tok_bulk_start (bulk);
  tok_script_refuse (stage->peer, DELETE, 0, "InvalidToken");
  tok_script_refuse (stage->peer, DELETE, 1, "InvalidToken");
  tok_script_answer_rows (stage->peer, LISTED, 1, OWN ";" LAST);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_gone (bulk, 0);
  tok_bulk_hands_assert_failed (bulk, 1, TOK_ERROR_TROUBLE);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* Two that nobody could tell apart fail for themselves, and nothing is sent for them. */
static void
test_ambiguous (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_stage_list_tokens (stage, 0, "Token 0/***Z/read;Token 1/***Y/read;Token 2/***Z/trade");
  bulk = tok_bulk_hands_new_bulk (stage, stage->tokens);
  tok_bulk_start (bulk);
  tok_script_assert_asked (stage->peer, DELETE, 0, "\"api_token\":1,\"delete_token\":\"***Y\"");
  tok_script_answer_rows (stage->peer, DELETE, 0, "Token 0/***Z/read;Token 2/***Z/trade");
  tok_stage_list_tokens (stage, 1, "Token 0/***Z/read;Token 2/***Z/trade");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_failed (bulk, 0, TOK_ERROR_AMBIGUOUS);
  tok_bulk_hands_assert_gone (bulk, 1);
  tok_bulk_hands_assert_failed (bulk, 2, TOK_ERROR_AMBIGUOUS);
  tok_bulk_hands_assert_asked (stage, DELETE, 1, 1);
}

/* Somebody else is at it already, or was: then nothing is sent. */
static void
test_others_at_it (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;
  TokStageRevoke revoke = { NULL };
  const GError *error = NULL;

  tok_stage_sign_in_and_list (stage);
  bulk = tok_bulk_hands_new_bulk (stage, stage->apps);
  tok_stage_begin_revoke (stage, &revoke, tok_stage_nth (stage->apps, 1), NULL);
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "1 2");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  tok_bulk_start (bulk);
  tok_script_assert_asked (stage->peer, REVOKE, 1, "\"revoke_oauth_app\":1");
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_answer_apps (stage->peer, 2, "2");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_gone (bulk, 0);
  error = tok_bulk_hands_assert_outcome (bulk, 1, TOK_BULK_FAILED, TOK_GRANT_WORKING);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  tok_bulk_hands_assert_gone (bulk, 2);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 2);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 3, NOTHING);
  tok_stage_assert_revoked (&revoke);
}

/* A list that comes in between is welcome, and decides nothing for those it still holds. */
static void
test_list_in_between (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, REVOKE, 1);
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "2");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
  g_assert_cmpint (tok_grant_get_state (tok_bulk_get_grant (bulk, 0)), ==, TOK_GRANT_GONE);
  g_assert_cmpint (tok_grant_get_state (tok_bulk_get_grant (bulk, 1)), ==, TOK_GRANT_WORKING);
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  /* The third is gone: nothing is sent for it. */
  tok_script_answer_apps (stage->peer, 2, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 3);
  g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, 3);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 2);
}

/* Nobody answers, though the connection is there: the list tells, and the others go on. */
static void
test_no_answer (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_refuse (stage->peer, REVOKE, 0, "Timeout");
  tok_script_assert_asked (stage->peer, REVOKE, 1, "\"revoke_oauth_app\":2");
  tok_script_refuse (stage->peer, REVOKE, 1, "Timeout");
  tok_script_answer (stage->peer, REVOKE, 2, "1");
  tok_script_answer_apps (stage->peer, 1, "2");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_gone (bulk, 0);
  tok_bulk_hands_assert_failed (bulk, 1, TOK_ERROR_UNCONFIRMED);
  tok_bulk_hands_assert_gone (bulk, 2);
  tok_bulk_hands_assert_asked (stage, REVOKE, 3, 1);
}

/* The same is sent again, as often as it takes. */
static void
test_rate_limit (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  for (guint i = 1; i < 4; i++) {
    tok_script_assert_asked (stage->peer, REVOKE, i, "\"revoke_oauth_app\":2");
    tok_script_refuse (stage->peer, REVOKE, i, "RateLimit");
    tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
    g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, 1);
    g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, 1);
    g_assert_true (tok_bulk_get_current (bulk) == tok_stage_nth (stage->apps, 1));
    tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RUNNING);
    g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, 0);
  }
  tok_script_answer (stage->peer, REVOKE, 4, "1");
  tok_script_answer (stage->peer, REVOKE, 5, "1");
  tok_script_refuse (stage->peer, APPS, 1, "RateLimit");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
  g_assert_null (tok_bulk_get_current (bulk));
  tok_script_answer_apps (stage->peer, 2, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 3);
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 6);
  /* The session, too, asks once more for what it couldn't have. */
  g_assert_cmpuint (tok_script_count (stage->peer, APPS), <=, 4);
}

/* What the service says that it takes is kept to, so that nothing is refused. */
static void
test_pace (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = NULL;
  TokTimes times = tok_script_times;

  times.rate_minute = 400;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  tok_script_answer (stage->peer, "website_status", 0,
                     "{\"site_status\":\"up\",\"api_call_limits\":"
                     "{\"max_requestes_general\":{\"minutely\":4,\"hourly\":100}}}");
  tok_test_wait_until (tok_session_get_site_status (stage->session) == TOK_SITE_UP);
  /* After signing in, both lists and this there is one left. */
  bulk = tok_bulk_hands_new_bulk (stage, stage->apps);
  tok_bulk_start (bulk);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_RATE_LIMITED);
  g_assert_cmpuint (tok_bulk_get_seconds_left (bulk), ==, 1);
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 1);
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_answer (stage->peer, REVOKE, 2, "1");
  tok_script_answer_apps (stage->peer, 1, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 3);
}

/* What was on its way is sent again, since nobody knows whether it had arrived. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, REVOKE, 1);
  tok_stage_lose (stage);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DISCONNECTED);
  g_assert_cmpuint (tok_bulk_get_n_done (bulk), ==, 1);
  tok_stage_come_back (stage);
  tok_script_assert_asked (stage->peer, REVOKE, 2, "\"revoke_oauth_app\":2");
  tok_bulk_hands_assert_state (bulk, TOK_BULK_RUNNING);
  tok_script_answer (stage->peer, REVOKE, 2, "1");
  tok_script_answer (stage->peer, REVOKE, 3, "1");
  tok_script_answer_apps (stage->peer, 1, "3");
  tok_script_answer_apps (stage->peer, 2, NOTHING);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 3);
  tok_bulk_hands_assert_asked (stage, REVOKE, 4, 2);
}

/* The list is lost on its way: the next connection brings it. */
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
  tok_stage_come_back (stage);
  tok_script_answer_apps (stage->peer, 2, "2");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_gone (bulk, 0);
  tok_bulk_hands_assert_failed (bulk, 1, TOK_ERROR_UNCONFIRMED);
  tok_bulk_hands_assert_gone (bulk, 2);
}

/* The service can't make the list: that is the end of it. */
static void
test_list_fails (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, REVOKE, 1, "PermissionDenied");
  tok_script_answer (stage->peer, REVOKE, 2, "1");
  tok_script_refuse (stage->peer, APPS, 1, "InternalServerError");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_failed (bulk, 1, TOK_ERROR_SCOPE);
  tok_bulk_hands_assert_unconfirmed (bulk, 2);
}

/* The program is signed out by the service in the middle. */
static void
test_ended (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokBulk) bulk = tok_bulk_hands_begin (stage, FALSE);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, REVOKE, 1, "InvalidToken");
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  tok_bulk_hands_assert_unconfirmed (bulk, 0);
  tok_bulk_hands_assert_failed (bulk, 1, TOK_ERROR_SIGN_IN);
  tok_bulk_hands_assert_not_tried (bulk, 2);
  tok_bulk_hands_assert_asked (stage, REVOKE, 2, 0);
}

static void
add (const char *name, gconstpointer data, TokStageTest test)
{
  tok_stage_add_case ("/bulk", name, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("properties", NULL, test_properties);
  add ("all-gone", NULL, test_all_gone);
  add ("list-decides", NULL, test_list_decides);
  add ("unread", NULL, test_unread);
  add ("own-last/invalid", "InvalidToken", test_own_last);
  add ("own-last/required", "AuthorizationRequired", test_own_last);
  add ("own-last/app", NULL, test_own_app);
  add ("no-such-token", NULL, test_no_such_token);
  add ("ambiguous", NULL, test_ambiguous);
  add ("others-at-it", NULL, test_others_at_it);
  add ("list-in-between", NULL, test_list_in_between);
  add ("rate-limit", NULL, test_rate_limit);
  add ("pace", NULL, test_pace);
  add ("no-answer", NULL, test_no_answer);
  add ("lost", NULL, test_lost);
  add ("lost/confirming", NULL, test_lost_confirming);
  add ("list-fails", NULL, test_list_fails);
  add ("ended", NULL, test_ended);

  return g_test_run ();
}
