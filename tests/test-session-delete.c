/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-stage.h"
#include "tok-test.h"
#include "tok-token.h"

#define DELETE "delete_token"

/* The tokens of the stage without the last, and without the second. */
#define WITHOUT_LAST "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read"
#define WITHOUT_SECOND "Token 0/***************a/admin,read;Token 2/***********aaaa/admin,read"
#define LAST 2

static void
begin (TokStageRevoke *revoke, TokStage *stage, guint n, GCancellable *cancellable)
{
  tok_stage_begin_revoke (stage, revoke, tok_stage_nth (stage->tokens, n), cancellable);
}

static void
assert_counts (TokStage *stage, guint n_deletes, guint n_lists)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, DELETE), ==, n_deletes);
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, n_lists);
}

/* The answer says that it is gone, but only a list that was asked for afterwards confirms it. */
static void
test_ok (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_script_assert_asked (stage->peer, DELETE, 0,
                           "\"api_token\":1,\"delete_token\":\"***********aaaa\"");
  assert_counts (stage, 1, 1);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  g_assert_null (revoke.result);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);

  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoked (&revoke);
  g_assert_cmpuint (*revoke.n_states, ==, 2);
  g_assert_true (tok_stage_nth (stage->tokens, LAST) == revoke.grant);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 2);
  assert_counts (stage, 1, 2);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 1);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* What is sent is what was listed, to the letter, whatever it looks like. */
static void
test_value (TokStage *stage, gconstpointer data)
{
  const char *const *value = data;
  g_autofree char *rows = g_strdup_printf ("Grid bot/%s/read;Token 1/***/read", *value);
  g_autofree char *members = g_strdup_printf ("\"api_token\":1,\"delete_token\":\"%s\"", *value);
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_stage_list_tokens (stage, 0, rows);
  begin (&revoke, stage, 0, NULL);
  tok_script_assert_asked (stage->peer, DELETE, 0, members);
  tok_script_answer_rows (stage->peer, DELETE, 0, "Token 1/***/read");
  tok_stage_list_tokens (stage, 1, "Token 1/***/read");
  tok_stage_assert_revoked (&revoke);
}

static const char *const answers[] = { WITHOUT_LAST, TOK_STAGE_ROWS };

/* The service says yes, and goes on listing it; what its answer lists doesn't matter. */
static void
test_still_listed (TokStage *stage, gconstpointer data)
{
  const char *const *answer = data;
  TokStageRevoke revoke = { NULL };
  TokStageRevoke retry = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_script_answer_rows (stage->peer, DELETE, 0, *answer);
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);

  begin (&retry, stage, LAST, NULL);
  tok_script_answer_rows (stage->peer, DELETE, 1, *answer);
  tok_stage_list_tokens (stage, 2, WITHOUT_LAST);
  tok_stage_assert_revoked (&retry);
  assert_counts (stage, 2, 3);
}

/* The list fails after a yes. */
static void
test_list_fails (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_script_refuse (stage->peer, "api_token", 1, *code);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 2, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
}

/* Lists that were asked for before the answer prove nothing. */
static void
test_older_list (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  begin (&revoke, stage, LAST, NULL);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_stage_run_dry ();
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_script_wait (stage->peer, "api_token", 2);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  g_assert_null (revoke.result);
  tok_stage_list_tokens (stage, 2, WITHOUT_LAST);
  tok_stage_assert_revoked (&revoke);
}

#define TWINS "Token 0/***Z/read;Token 1/***LmNo/admin;Token 2/***Z/trade"

/* Nobody could say which of two would be deleted. */
static void
test_ambiguous (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };
  TokStageRevoke other = { NULL };
  TokStageRevoke later = { NULL };

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_stage_list_tokens (stage, 0, TWINS);
  begin (&revoke, stage, 0, NULL);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_AMBIGUOUS);
  g_assert_cmpuint (*revoke.n_states, ==, 1);
  begin (&other, stage, 2, NULL);
  tok_stage_assert_revoke_fails (&other, TOK_ERROR_AMBIGUOUS);
  assert_counts (stage, 0, 1);
  tok_stage_assert_state (stage, TOK_SESSION_READY);

  /* One of them goes: what is left on the screen of it is no obstacle. */
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 1, "Token 1/***LmNo/admin;Token 2/***Z/trade");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 3);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  begin (&later, stage, 2, NULL);
  tok_script_assert_asked (stage->peer, DELETE, 0, "\"api_token\":1,\"delete_token\":\"***Z\"");
  tok_script_answer_rows (stage->peer, DELETE, 0, "Token 1/***LmNo/admin");
  tok_stage_list_tokens (stage, 2, "Token 1/***LmNo/admin");
  tok_stage_assert_revoked (&later);
}

/* Those that nobody could mistake can be deleted, though two others are twins. */
static void
test_not_ambiguous (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_stage_list_tokens (stage, 0, TWINS);
  begin (&revoke, stage, 1, NULL);
  tok_script_answer_rows (stage->peer, DELETE, 0, "Token 0/***Z/read;Token 2/***Z/trade");
  tok_stage_list_tokens (stage, 1, "Token 0/***Z/read;Token 2/***Z/trade");
  tok_stage_assert_revoked (&revoke);
}

/* Each code but the two that may mean that there is no such token; it may always be tried again. */
static void
test_refused (TokStage *stage, gconstpointer data)
{
  const TokScriptCode *it = data;
  gboolean looks = it->meaning == TOK_ERROR_UNCONFIRMED || it->meaning == TOK_ERROR_TROUBLE;
  guint n_lists = looks ? 2 : 1;
  TokStageRevoke revoke = { NULL };
  TokStageRevoke retry = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_script_refuse (stage->peer, DELETE, 0, it->code);
  tok_stage_assert_revoke_fails (&revoke, it->meaning);
  g_assert_cmpstr (tok_grant_get_error (revoke.grant)->message, ==, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  if (n_lists > 1)
    tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  assert_counts (stage, 1, n_lists);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_FAILED);

  begin (&retry, stage, LAST, NULL);
  tok_stage_assert_revoke_state (&retry, TOK_GRANT_WORKING);
  tok_script_answer_rows (stage->peer, DELETE, 1, WITHOUT_LAST);
  tok_stage_list_tokens (stage, n_lists, WITHOUT_LAST);
  tok_stage_assert_revoked (&retry);
  assert_counts (stage, 2, n_lists + 1);
}

static const char *const garbled[] = {
  "1",
  "{}",
  "{\"delete_token\":1}",
  "{\"delete_token\":1,\"tokens\":{}}",
};

/* Nobody knows: the list is asked for, and what it says holds, though the caller was told before.
 */
static void
test_garbled (TokStage *stage, gconstpointer data)
{
  const char *const *body = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_script_answer (stage->peer, DELETE, 0, *body);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_GARBLED);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_no_answer (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokStageRevoke revoke = { NULL };

  times.request_timeout = 1000;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  assert_counts (stage, 1, 2);
}

/* The list is quicker than the answer, whatever that says then. */
static void
test_gone_before_the_answer (TokStage *stage, gconstpointer data)
{
  const char *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  g_assert_null (revoke.result);
  if (code != NULL)
    tok_script_refuse (stage->peer, DELETE, 0, code);
  else
    tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  if (code == NULL || g_str_equal (code, "InvalidToken"))
    tok_stage_list_tokens (stage, 2, WITHOUT_LAST);
  tok_stage_assert_revoked (&revoke);
}

typedef enum {
  IN_FLIGHT,
  WAITING_FOR_LIST,
  WAITING_AFTER_REFUSAL,
} Moment;

static void
advance (TokStage *stage, Moment moment)
{
  tok_script_wait (stage->peer, DELETE, 0);
  if (moment == IN_FLIGHT)
    return;
  if (moment == WAITING_FOR_LIST)
    tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  else
    tok_script_refuse (stage->peer, DELETE, 0, "InvalidToken");
  tok_script_wait (stage->peer, "api_token", 1);
}

/* Nobody knows, until the connection is back and the list shows the truth. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  guint n_lists = moment == IN_FLIGHT ? 1 : 2;
  TokStageRevoke gone = { NULL };
  TokStageRevoke stays = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&gone, stage, LAST, NULL);
  advance (stage, moment);
  begin (&stays, stage, 0, NULL);
  tok_script_wait (stage->peer, DELETE, 1);
  tok_stage_lose (stage);
  tok_stage_assert_revoke_fails (&gone, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_revoke_fails (&stays, TOK_ERROR_UNCONFIRMED);

  tok_stage_come_back (stage);
  tok_stage_list_tokens (stage, n_lists, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&gone, TOK_GRANT_GONE);
  g_assert_no_error (tok_grant_get_error (gone.grant));
  tok_stage_assert_revoke_state (&stays, TOK_GRANT_FAILED);
  assert_counts (stage, 2, n_lists + 1);
}

static void
test_garbage (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  tok_script_wait (stage->peer, DELETE, 0);
  tok_raw_peer_send_text (stage->peer, "<html>");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  assert_counts (stage, 1, 2);
}

/* One click, one request, however often it is clicked. */
static void
test_twice (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, NULL);
  advance (stage, moment);
  for (guint i = 0; i < 3; i++) {
    TokStageRevoke again = { NULL };

    begin (&again, stage, LAST, NULL);
    tok_stage_assert_revoke_pending (&again);
    tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  }
  if (moment == IN_FLIGHT)
    tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoked (&revoke);
  begin (&revoke, stage, LAST, NULL);
  tok_stage_assert_revoke_pending (&revoke);
  assert_counts (stage, 1, 2);
}

/* Nothing is sent when nothing can be sent. */
static void
test_not_ready (TokStage *stage, gconstpointer data)
{
  TokSessionState state = GPOINTER_TO_UINT (data);
  g_autoptr (TokGrant) grant = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  grant = g_object_ref (tok_stage_nth (stage->tokens, LAST));
  tok_stage_leave_ready (stage, state);
  tok_stage_begin_revoke (stage, &revoke, grant, NULL);
  tok_stage_assert_revoke_fails (
      &revoke, state == TOK_SESSION_OFFLINE || state == TOK_SESSION_CONNECTING ? TOK_ERROR_OFFLINE
                                                                               : TOK_ERROR_SIGN_IN);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, DELETE), ==, 0);
}

static void
test_cancel (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, cancellable);
  advance (stage, moment);
  g_cancellable_cancel (cancellable);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  g_assert_false (tok_stage_finish_revoke (&revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
  assert_counts (stage, 1, 2);
}

/* Who gives up when it is gone already leaves it so. */
static void
test_cancel_gone (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST, cancellable);
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  g_cancellable_cancel (cancellable);
  g_assert_false (tok_stage_finish_revoke (&revoke, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_GONE);
}

static void
test_close (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) grant = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  grant = g_object_ref (tok_stage_nth (stage->tokens, LAST));
  begin (&revoke, stage, LAST, NULL);
  advance (stage, GPOINTER_TO_UINT (data));
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
}

/* Lists of tokens say nothing of apps, and the other way round, not even when they fail. */
static void
test_beside_an_app (TokStage *stage, gconstpointer data)
{
  gboolean token_first = GPOINTER_TO_INT (data);
  TokStageRevoke token = { NULL };
  TokStageRevoke app = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&token, stage, LAST, NULL);
  tok_stage_begin_revoke (stage, &app, tok_stage_nth (stage->apps, 1), NULL);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  tok_script_answer (stage->peer, "revoke_oauth_app", 0, "1");
  tok_script_wait (stage->peer, "api_token", 1);
  tok_script_wait (stage->peer, "oauth_apps", 1);
  if (token_first) {
    tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
    tok_stage_assert_revoked (&token);
    tok_stage_run_dry ();
    g_assert_null (app.result);
    tok_stage_assert_revoke_state (&app, TOK_GRANT_WORKING);
    tok_script_answer_apps (stage->peer, 1, "1 3");
    tok_stage_assert_revoked (&app);
  } else {
    tok_script_refuse (stage->peer, "oauth_apps", 1, "InternalServerError");
    tok_stage_assert_revoke_fails (&app, TOK_ERROR_UNCONFIRMED);
    tok_stage_run_dry ();
    g_assert_null (token.result);
    tok_stage_assert_revoke_state (&token, TOK_GRANT_WORKING);
    tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
    tok_stage_assert_revoked (&token);
  }
  assert_counts (stage, 1, 2);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 2);
}

/* Three at once, of which one isn't done: each is judged by its own name. */
static void
test_three (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revokes[3] = { { NULL } };

  tok_stage_sign_in_and_list (stage);
  for (guint i = 0; i < 3; i++)
    begin (&revokes[i], stage, i, NULL);
  tok_script_refuse (stage->peer, DELETE, 2, "InvalidToken");
  tok_script_answer_rows (stage->peer, DELETE, 1, WITHOUT_SECOND);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_SECOND);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_run_dry ();
  /* This list was asked for when only the third was answered. */
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_stage_assert_revoke_fails (&revokes[2], TOK_ERROR_TROUBLE);
  for (guint i = 0; i < 2; i++)
    tok_stage_assert_revoke_state (&revokes[i], TOK_GRANT_WORKING);
  tok_stage_list_tokens (stage, 2, "Token 0/***************a/admin,read");
  tok_stage_assert_revoke_fails (&revokes[0], TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_revoked (&revokes[1]);
  tok_stage_assert_revoke_state (&revokes[2], TOK_GRANT_GONE);
  assert_counts (stage, 3, 3);
}

/* Who hears that the list is being asked for may do anything. */
static void
test_sign_out_when_loading (TokStage *stage, gconstpointer data)
{
  TokGrantStore *store;
  g_autoptr (TokGrant) grant = NULL;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  store = GPOINTER_TO_INT (data) ? stage->tokens : stage->apps;
  grant = g_object_ref (tok_stage_nth (store, 0));
  tok_stage_sign_out_when_loading (stage, store);
  tok_stage_begin_revoke (stage, &revoke, grant, NULL);
  if (store == stage->tokens)
    tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_LAST);
  else
    tok_script_answer (stage->peer, "revoke_oauth_app", 0, "1");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_signed_out (stage);
}

static void
add (const char *name, guint data, TokStageTest test)
{
  tok_stage_add_case ("/session-delete", name, GUINT_TO_POINTER (data), test);
}

#define ADD_ALL(path, rows, test)                                                                  \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
  tok_stage_add_case ("/session-delete/" path, (rows)[i], &(rows)[i], test)

static void
add_answers (void)
{
  static const char *const lists[] = { "RateLimit", "InternalServerError", "Timeout" };
  static const char *const values[] = { "***************", "*", "aBcDeFgHiJkLmNo", "a b_c *9" };

  ADD_ALL ("value", values, test_value);
  ADD_ALL ("list-fails", lists, test_list_fails);
  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++)
    if (code->meaning != TOK_ERROR_SIGN_IN)
      tok_stage_add_case ("/session-delete/refused", code->code, code, test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (garbled); i++) {
    g_autofree char *nth = g_strdup_printf ("%u", i);

    tok_stage_add_case ("/session-delete/garbled", nth, &garbled[i], test_garbled);
  }
  tok_stage_add ("/session-delete/still-listed/lacks-it", &answers[0], test_still_listed);
  tok_stage_add ("/session-delete/still-listed/holds-it", &answers[1], test_still_listed);
  tok_stage_add ("/session-delete/gone-before-the-answer/ok", NULL, test_gone_before_the_answer);
  tok_stage_add ("/session-delete/gone-before-the-answer/no-such-token", "InvalidToken",
                 test_gone_before_the_answer);
  tok_stage_add ("/session-delete/gone-before-the-answer/limit", "RateLimit",
                 test_gone_before_the_answer);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("ok", 0, test_ok);
  add_answers ();
  add ("older-list", 0, test_older_list);
  add ("ambiguous", 0, test_ambiguous);
  add ("ambiguous/another", 0, test_not_ambiguous);
  add ("no-answer", 0, test_no_answer);
  add ("garbage", 0, test_garbage);
  add ("lost/in-flight", IN_FLIGHT, test_lost);
  add ("lost/waiting-for-the-list", WAITING_FOR_LIST, test_lost);
  add ("lost/waiting-after-refusal", WAITING_AFTER_REFUSAL, test_lost);
  add ("twice/in-flight", IN_FLIGHT, test_twice);
  add ("twice/waiting-for-the-list", WAITING_FOR_LIST, test_twice);
  add ("twice/waiting-after-refusal", WAITING_AFTER_REFUSAL, test_twice);
  add ("cancel/in-flight", IN_FLIGHT, test_cancel);
  add ("cancel/waiting-for-the-list", WAITING_FOR_LIST, test_cancel);
  add ("cancel/waiting-after-refusal", WAITING_AFTER_REFUSAL, test_cancel);
  add ("cancel/gone", 0, test_cancel_gone);
  add ("not-ready/offline", TOK_SESSION_OFFLINE, test_not_ready);
  add ("not-ready/connecting", TOK_SESSION_CONNECTING, test_not_ready);
  add ("not-ready/ended", TOK_SESSION_ENDED, test_not_ready);
  add ("not-ready/signed-out", TOK_SESSION_SIGNED_OUT, test_not_ready);
  add ("sign-out/in-flight", IN_FLIGHT, test_close);
  add ("sign-out/waiting-for-the-list", WAITING_FOR_LIST, test_close);
  add ("sign-out/waiting-after-refusal", WAITING_AFTER_REFUSAL, test_close);
  add ("sign-out/when-loading-tokens", TRUE, test_sign_out_when_loading);
  add ("sign-out/when-loading-apps", FALSE, test_sign_out_when_loading);
  add ("beside-an-app/token-first", TRUE, test_beside_an_app);
  add ("beside-an-app/app-first", FALSE, test_beside_an_app);
  add ("three", 0, test_three);

  return g_test_run ();
}
