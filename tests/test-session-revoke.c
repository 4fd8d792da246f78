/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define REVOKE "revoke_oauth_app"

static void
begin (TokStageRevoke *revoke, TokStage *stage, guint n, GCancellable *cancellable)
{
  tok_stage_begin_revoke (stage, revoke, tok_stage_nth (stage->apps, n), cancellable);
}

static void
test_ok (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_script_wait (stage->peer, REVOKE, 0);
  g_assert_nonnull (strstr (
      tok_raw_peer_get_received (stage->peer, tok_raw_peer_get_n_received (stage->peer) - 1),
      "\"" REVOKE "\":2,"));
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 1);

  /* The service says yes to anything: only its list confirms it. */
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, "oauth_apps", 1);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  g_assert_null (revoke.result);
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_stage_assert_revoked (&revoke);
  g_assert_cmpuint (*revoke.n_states, ==, 2);

  /* Nothing slides until it is swept. */
  g_assert_true (tok_stage_nth (stage->apps, 1) == revoke.grant);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 2);
  tok_grant_store_sweep (stage->apps);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->apps)), ==, 2);
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 1);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 2);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_still_listed (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };
  TokStageRevoke retry = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, "1 2 3");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);

  /* That it is unconfirmed doesn't go away by itself. */
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 2, "1 2 3 4");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 4);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_FAILED);

  begin (&retry, stage, 1, NULL);
  tok_stage_assert_revoke_state (&retry, TOK_GRANT_WORKING);
  g_assert_no_error (tok_grant_get_error (retry.grant));
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_answer_apps (stage->peer, 3, "1 3 4");
  tok_stage_assert_revoked (&retry);
}

/* What is listed in a way that can't be read may be just that app. */
static void
test_unread (TokStage *stage, gconstpointer data)
{
  static const char *const lists[] = { "1 null 3", "1 0 3", "1 -5 3", "1 22.5 3" };
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, lists[GPOINTER_TO_UINT (data)]);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpuint (tok_grant_store_get_n_unread (stage->apps), ==, 1);
  g_assert_true (tok_stage_nth (stage->apps, 1) == revoke.grant);

  /* A list that can be read tells. */
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 2, "1 3");
  tok_stage_wait_for_revoke_state (&revoke, TOK_GRANT_GONE);
  g_assert_cmpuint (tok_grant_store_get_n_unread (stage->apps), ==, 0);
}

/* A list that was asked for before the service's answer proves nothing. */
static void
test_older_list_holds_it (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "oauth_apps", 1);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, "1 2 3 4");
  tok_script_wait (stage->peer, "oauth_apps", 2);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 4);
  g_assert_null (revoke.result);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);

  tok_script_answer_apps (stage->peer, 2, "1 3 4");
  tok_stage_assert_revoked (&revoke);
}

/* The older list fails: that says nothing about the next. */
static void
test_older_list_fails (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "oauth_apps", 1);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, "oauth_apps", 1, "RateLimit");
  tok_script_wait (stage->peer, "oauth_apps", 2);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_script_answer_apps (stage->peer, 2, "1 3");
  tok_stage_assert_revoked (&revoke);
}

/* The list is quicker than the answer, which may then even be no. */
static void
test_gone_before_the_answer (TokStage *stage, gconstpointer data)
{
  const char *code = *(const char *const *) data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_stage_wait_for_revoke_state (&revoke, TOK_GRANT_GONE);
  g_assert_null (revoke.result);
  tok_grant_store_sweep (stage->apps);

  g_object_ref (revoke.grant);
  if (*code != '\0') {
    tok_script_refuse (stage->peer, REVOKE, 0, code);
  } else {
    tok_script_answer (stage->peer, REVOKE, 0, "1");
    tok_script_answer_apps (stage->peer, 2, "1 3");
  }
  tok_stage_assert_revoked (&revoke);
  g_object_unref (revoke.grant);
}

static void
test_list_fails (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, "oauth_apps", 1, *code);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);

  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 2, "1 3");
  tok_stage_wait_for_revoke_state (&revoke, TOK_GRANT_GONE);
  g_assert_no_error (tok_grant_get_error (revoke.grant));
}

typedef struct {
  const char *code;
  TokError error;
  gboolean looks;
} Refusal;

/* Whether it certainly wasn't done, or only the list can tell; golden/wire-table has all codes. */
static const Refusal refusals[] = {
  { "PermissionDenied", TOK_ERROR_SCOPE, FALSE },
  { "InternalServerError", TOK_ERROR_TROUBLE, TRUE },
};

static void
test_refused (TokStage *stage, gconstpointer data)
{
  const Refusal *it = data;
  TokStageRevoke revoke = { NULL };
  TokStageRevoke retry = { NULL };
  guint n_lists = it->looks ? 2 : 1;

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_refuse (stage->peer, REVOKE, 0, it->code);
  if (it->looks)
    tok_script_answer_apps (stage->peer, 1, "1 2 3");
  tok_stage_assert_revoke_fails (&revoke, it->error);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, n_lists);

  begin (&retry, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_answer_apps (stage->peer, n_lists, "1 3");
  tok_stage_assert_revoked (&retry);
}

/* The token was deleted elsewhere, and this call is the one that says so. */
static void
test_ended (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_refuse (stage->peer, REVOKE, 0, *code);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_SIGN_IN);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
}

/* Another call says so while this one is on its way. */
static void
test_ended_by_another (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, REVOKE, 0);
  tok_script_refuse (stage->peer, "api_token", 1, "InvalidToken");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* The list that was to confirm it says so. */
static void
test_ended_by_the_list (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

typedef enum {
  IN_FLIGHT,
  WAITING_FOR_LIST,
} Moment;

static void
advance (TokStage *stage, Moment moment)
{
  tok_script_wait (stage->peer, REVOKE, 0);
  if (moment == WAITING_FOR_LIST) {
    tok_script_answer (stage->peer, REVOKE, 0, "1");
    tok_script_wait (stage->peer, "oauth_apps", 1);
  }
}

/* "Couldn't confirm", until the connection is back and the list shows the truth. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  guint n_lists = moment == IN_FLIGHT ? 1 : 2;
  TokStageRevoke gone = { NULL };
  TokStageRevoke stays = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&gone, stage, 1, NULL);
  advance (stage, moment);
  begin (&stays, stage, 2, NULL);
  tok_script_wait (stage->peer, REVOKE, 1);
  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_assert_revoke_fails (&gone, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_revoke_fails (&stays, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_OFFLINE);

  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_session_reconnect (stage->session);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  tok_script_answer_apps (stage->peer, n_lists, "1 3");
  tok_stage_wait_for_revoke_state (&gone, TOK_GRANT_GONE);
  g_assert_no_error (tok_grant_get_error (gone.grant));
  tok_stage_assert_revoke_state (&stays, TOK_GRANT_FAILED);
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 2);
}

static void
test_no_answer (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokStageRevoke revoke = { NULL };

  times.request_timeout = 1000;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_stage_wait_for_revoke_state (&revoke, TOK_GRANT_GONE);
}

static void
test_cancel_before (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  g_cancellable_cancel (cancellable);
  begin (&revoke, stage, 1, cancellable);
  g_assert_false (tok_stage_finish_revoke (&revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_IDLE);
  g_assert_cmpuint (*revoke.n_states, ==, 0);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 0);
}

/* It was sent: who gives up doesn't learn what became of it, but the grant does. */
static void
test_cancel_in_flight (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, cancellable);
  tok_script_wait (stage->peer, REVOKE, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (tok_stage_finish_revoke (&revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (revoke.grant), TOK_ERROR, TOK_ERROR_UNCONFIRMED);

  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_stage_wait_for_revoke_state (&revoke, TOK_GRANT_GONE);
}

static void
test_cancel_while_waiting_for_the_list (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, cancellable);
  advance (stage, WAITING_FOR_LIST);
  g_cancellable_cancel (cancellable);
  tok_script_answer_apps (stage->peer, 1, "1 3");
  g_assert_false (tok_stage_finish_revoke (&revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
}

/* One click, one request, however often it is clicked. */
static void
test_twice (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, 1, NULL);
  advance (stage, moment);
  for (guint i = 0; i < 5; i++) {
    TokStageRevoke again = { NULL };

    begin (&again, stage, 1, NULL);
    tok_stage_assert_revoke_pending (&again);
    tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  }
  if (moment == IN_FLIGHT)
    tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, "1 3");
  tok_stage_assert_revoked (&revoke);

  for (guint i = 0; i < 5; i++) {
    TokStageRevoke again = { NULL };

    begin (&again, stage, 1, NULL);
    tok_stage_assert_revoke_pending (&again);
    tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  }
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 1);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 2);
}

static void
test_not_ready (TokStage *stage, gconstpointer data)
{
  TokSessionState state = GPOINTER_TO_UINT (data);
  g_autoptr (TokGrant) grant = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  grant = g_object_ref (tok_stage_nth (stage->apps, 1));
  tok_stage_leave_ready (stage, state);

  tok_stage_begin_revoke (stage, &revoke, grant, NULL);
  tok_stage_assert_revoke_fails (
      &revoke, state == TOK_SESSION_OFFLINE || state == TOK_SESSION_CONNECTING ? TOK_ERROR_OFFLINE
                                                                               : TOK_ERROR_SIGN_IN);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 0);
}

static void
test_close (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) grant = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  grant = g_object_ref (tok_stage_nth (stage->apps, 1));
  begin (&revoke, stage, 1, NULL);
  advance (stage, GPOINTER_TO_UINT (data));
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
}

static void
test_ten (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revokes[10] = { { NULL } };

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_script_answer_apps (stage->peer, 0, "1 2 3 4 5 6 7 8 9 10 11 12");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 12);
  for (guint i = 0; i < 10; i++)
    begin (&revokes[i], stage, i, NULL);
  for (guint i = 0; i < 10; i++)
    tok_script_answer (stage->peer, REVOKE, 9 - i, "1");
  /* The tenth was answered first: this list can confirm it, and no other. */
  tok_script_wait (stage->peer, "oauth_apps", 1);
  tok_stage_run_dry ();
  tok_script_answer_apps (stage->peer, 1, "1 2 3 4 5 6 7 8 9 11 12");
  tok_stage_assert_revoked (&revokes[9]);
  for (guint i = 0; i < 9; i++)
    tok_stage_assert_revoke_state (&revokes[i], TOK_GRANT_WORKING);

  tok_script_answer_apps (stage->peer, 2, "5 11 12");
  for (guint i = 0; i < 9; i++)
    if (i == 4)
      tok_stage_assert_revoke_fails (&revokes[i], TOK_ERROR_UNCONFIRMED);
    else
      tok_stage_assert_revoked (&revokes[i]);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, REVOKE), ==, 10);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 3);
}

static void
test_ten_ended (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revokes[3] = { { NULL } };

  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < 3; i++)
    begin (&revokes[i], stage, i, NULL);
  tok_script_refuse (stage->peer, REVOKE, 0, "InvalidToken");
  tok_stage_assert_revoke_fails (&revokes[0], TOK_ERROR_SIGN_IN);
  tok_stage_assert_revoke_fails (&revokes[1], TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_revoke_fails (&revokes[2], TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* The id of an app is any number of 64 bits. */
static void
test_large_ids (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_script_answer_apps (stage->peer, 0, "9007199254740992 9007199254740993");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  begin (&revoke, stage, 1, NULL);
  tok_script_wait (stage->peer, REVOKE, 0);
  g_assert_nonnull (strstr (
      tok_raw_peer_get_received (stage->peer, tok_raw_peer_get_n_received (stage->peer) - 1),
      "\"" REVOKE "\":9007199254740993,"));
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, "9007199254740992");
  tok_stage_assert_revoked (&revoke);
}

static void
on_revoke_ready_close (GObject *source, GAsyncResult *result, gpointer data)
{
  tok_session_sign_out (TOK_SESSION (source));
  tok_test_on_ready (source, result, data);
}

/* Who is told may do anything: also sign out, with other revokes under way. */
static void
test_sign_out_when_told (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) second = NULL;
  GAsyncResult *told = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  second = g_object_ref (tok_stage_nth (stage->apps, 1));
  tok_session_revoke_async (stage->session, tok_stage_nth (stage->apps, 0), NULL,
                            on_revoke_ready_close, &told);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer (stage->peer, REVOKE, 1, "1");
  tok_script_answer_apps (stage->peer, 1, "3");
  tok_test_wait_until (told != NULL);
  tok_stage_assert_signed_out (stage);
  g_assert_true (tok_session_revoke_finish (stage->session, told, NULL));
  tok_stage_assert_revoked (&revoke);
  g_clear_object (&told);
}

static void
add (const char *name, guint data, TokStageTest test)
{
  tok_stage_add_case ("/session-revoke", name, GUINT_TO_POINTER (data), test);
}

static void
add_answers (void)
{
  static const char *const ended[] = { "InvalidToken", "AuthorizationRequired" };
  static const char *const lists[] = { "RateLimit", "InternalServerError", "Timeout" };
  static const char *const late[] = { "", "RateLimit", "Timeout" };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    tok_stage_add_case ("/session-revoke/refused", refusals[i].code, &refusals[i], test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (ended); i++)
    tok_stage_add_case ("/session-revoke/ended", ended[i], &ended[i], test_ended);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    tok_stage_add_case ("/session-revoke/list-fails", lists[i], &lists[i], test_list_fails);
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    tok_stage_add_case ("/session-revoke/gone-before-the-answer", *late[i] ? late[i] : "ok",
                        &late[i], test_gone_before_the_answer);
  add ("ended/by-another", 0, test_ended_by_another);
  add ("ended/by-the-list", 0, test_ended_by_the_list);
  add ("no-answer", 0, test_no_answer);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("ok", 0, test_ok);
  add ("still-listed", 0, test_still_listed);
  add ("unread/null", 0, test_unread);
  add ("unread/zero", 1, test_unread);
  add ("unread/negative", 2, test_unread);
  add ("unread/fraction", 3, test_unread);
  add ("older-list/holds-it", 0, test_older_list_holds_it);
  add ("older-list/fails", 0, test_older_list_fails);
  add_answers ();
  add ("lost/in-flight", IN_FLIGHT, test_lost);
  add ("lost/waiting-for-the-list", WAITING_FOR_LIST, test_lost);
  add ("cancel/before", 0, test_cancel_before);
  add ("cancel/in-flight", 0, test_cancel_in_flight);
  add ("cancel/waiting-for-the-list", 0, test_cancel_while_waiting_for_the_list);
  add ("twice/in-flight", IN_FLIGHT, test_twice);
  add ("twice/waiting-for-the-list", WAITING_FOR_LIST, test_twice);
  add ("not-ready/offline", TOK_SESSION_OFFLINE, test_not_ready);
  add ("not-ready/connecting", TOK_SESSION_CONNECTING, test_not_ready);
  add ("not-ready/ended", TOK_SESSION_ENDED, test_not_ready);
  add ("not-ready/signed-out", TOK_SESSION_SIGNED_OUT, test_not_ready);
  add ("sign-out/in-flight", IN_FLIGHT, test_close);
  add ("sign-out/waiting-for-the-list", WAITING_FOR_LIST, test_close);
  add ("sign-out/when-told", 0, test_sign_out_when_told);
  add ("ten/at-once", 0, test_ten);
  add ("ten/ended", 0, test_ten_ended);
  add ("large-ids", 0, test_large_ids);

  return g_test_run ();
}
