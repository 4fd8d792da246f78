/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-stage.h"
#include "tok-test.h"

#define DELETE "delete_token"

/* The tokens of the stage without the last, and without that one which is our own. */
#define WITHOUT_LAST "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read"
#define WITHOUT_OWN "Token 0/***************a/admin,read;Token 2/***********aaaa/admin,read"
#define OWN 1
#define LAST 2

/* One code says that there is no such token, and that ours is none (PROTOCOL 3.1). */
static const char *const nobody[] = { "InvalidToken", "AuthorizationRequired" };

static void
begin (TokStageRevoke *revoke, TokStage *stage, guint n)
{
  tok_stage_begin_revoke (stage, revoke, tok_stage_nth (stage->tokens, n), NULL);
}

/* One request to delete, and two lists in all. */
static void
assert_one_of_each (TokStage *stage)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, DELETE), ==, 1);
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, 2);
}

/* "No such token", while ours is still good: somebody else was quicker. */
static void
test_no_such_token (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST);
  tok_script_refuse (stage->peer, DELETE, 0, *code);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_stage_list_tokens (stage, 1, WITHOUT_LAST);
  tok_stage_assert_revoked (&revoke);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  assert_one_of_each (stage);
}

/* The same, but the list holds it all the same. */
static void
test_no_such_token_but_listed (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };
  TokStageRevoke retry = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST);
  tok_script_refuse (stage->peer, DELETE, 0, *code);
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_TROUBLE);
  g_assert_cmpstr (tok_grant_get_error (revoke.grant)->message, ==, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));

  begin (&retry, stage, LAST);
  tok_script_answer_rows (stage->peer, DELETE, 1, WITHOUT_LAST);
  tok_stage_list_tokens (stage, 2, WITHOUT_LAST);
  tok_stage_assert_revoked (&retry);
}

static void
test_no_such_token_and_no_list (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST);
  tok_script_refuse (stage->peer, DELETE, 0, *code);
  tok_script_refuse (stage->peer, "api_token", 1, "RateLimit");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* It is ours that is no good any more: the list is refused, too. */
static void
test_ended (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, LAST);
  tok_script_refuse (stage->peer, DELETE, 0, *code);
  tok_script_refuse (stage->peer, "api_token", 1, *code);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
}

/* Another call says so before this one is answered. */
static void
test_ended_by_another (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, DELETE, 0);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* Who deletes his own token is answered, and from then on is nobody (PROTOCOL 3.3). */
static void
test_own (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_OWN ";TOKEN 1/*/read");
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_script_refuse (stage->peer, "api_token", 1, *code);
  tok_stage_assert_revoked (&revoke);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, 0)), ==, TOK_GRANT_IDLE);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, LAST)), ==, TOK_GRANT_IDLE);
  assert_one_of_each (stage);
}

/* It need not be the list of tokens that is refused first, nor one that was asked for afterwards.
 */
static void
test_own_other_list (TokStage *stage, gconstpointer data)
{
  const char *call = data;
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_session_refresh (stage->session);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_OWN);
  tok_script_refuse (stage->peer, call, 1, "InvalidToken");
  tok_stage_assert_revoked (&revoke);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* The answer still lists it: then nobody has said that it is gone. */
static void
test_own_still_listed (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_script_answer_rows (stage->peer, DELETE, 0, TOK_STAGE_ROWS);
  tok_script_refuse (stage->peer, "api_token", 1, "InvalidToken");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* A part of the answer can't be read: it may be that. */
static void
test_own_unread (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_script_answer (stage->peer, DELETE, 0,
                     "{\"tokens\":[{\"display_name\":\"Token 0\"},{\"display_name\":null}],"
                     "\"delete_token\":1}");
  tok_script_refuse (stage->peer, "api_token", 1, "InvalidToken");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* The connection goes in between: the door says what the list would have said. */
static void
test_own_lost (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };

  tok_stage_sign_in_and_list (stage);
  begin (&revoke, stage, OWN);
  tok_script_answer_rows (stage->peer, DELETE, 0, WITHOUT_OWN);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_script_refuse (stage->peer, "authorize", 1, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_FAILED);
  assert_one_of_each (stage);
}

static void
assert_may_be_own (TokStage *stage, guint n, gboolean may)
{
  g_assert_cmpint (tok_session_get_may_be_own (stage->session, tok_stage_nth (stage->tokens, n)),
                   ==, may);
}

static void
test_may_be_own (TokStage *stage, gconstpointer data)
{
  /* All three have Admin, and one is marked. */
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, OWN)));
  assert_may_be_own (stage, 0, FALSE);
  assert_may_be_own (stage, OWN, TRUE);
  assert_may_be_own (stage, LAST, FALSE);

  /* Two could be it, so none is marked: then Admin decides. */
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (
      stage, 1,
      "Token 0/***************a/admin;Token 1/***********LmNo/admin,read;"
      "Token 2/***********LmNo/read;Token 3/***********LmNo/admin,read;Token 4/*/trade");
  tok_test_wait_until (!tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, OWN)));
  assert_may_be_own (stage, 0, TRUE);
  assert_may_be_own (stage, 1, TRUE);
  assert_may_be_own (stage, 2, FALSE);
  assert_may_be_own (stage, 3, TRUE);
  assert_may_be_own (stage, 4, FALSE);
}

static void
add_all (const char *name, TokStageTest test)
{
  g_autofree char *path = g_strconcat ("/session-delete-own/", name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (nobody); i++)
    tok_stage_add_case (path, nobody[i], &nobody[i], test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add_all ("no-such-token", test_no_such_token);
  add_all ("no-such-token-but-listed", test_no_such_token_but_listed);
  add_all ("no-such-token-and-no-list", test_no_such_token_and_no_list);
  add_all ("ended", test_ended);
  add_all ("own", test_own);
  tok_stage_add ("/session-delete-own/ended-by-another", NULL, test_ended_by_another);
  tok_stage_add ("/session-delete-own/other-list/tokens", "api_token", test_own_other_list);
  tok_stage_add ("/session-delete-own/other-list/apps", "oauth_apps", test_own_other_list);
  tok_stage_add ("/session-delete-own/still-listed", NULL, test_own_still_listed);
  tok_stage_add ("/session-delete-own/unread", NULL, test_own_unread);
  tok_stage_add ("/session-delete-own/lost", NULL, test_own_lost);
  tok_stage_add ("/session-delete-own/may-be-own", NULL, test_may_be_own);

  return g_test_run ();
}
