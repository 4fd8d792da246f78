/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Revoking the app that somebody signed in by, after which no list comes any more. */

#include "tok-app.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define REVOKE "revoke_oauth_app"
#define APPS "1 1089 3"
#define OWN 1 /* the row of what the stage connects with */

static void
sign_in (TokStage *stage, const char *sign_in_id)
{
  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_session_set_sign_in_id (stage->session, sign_in_id);
  tok_script_answer_apps (stage->peer, 0, APPS);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 3);
}

static void
on_revoked (TokSession *session, guint *n_told)
{
  (*n_told)++;
}

static void
begin (TokStageRevoke *revoke, TokStage *stage, guint n, guint *n_told)
{
  sign_in (stage, "Some sign-in");
  g_signal_connect (stage->session, "revoked", G_CALLBACK (on_revoked), n_told);
  tok_stage_begin_revoke (stage, revoke, tok_stage_nth (stage->apps, n), NULL);
}

static void
test_marked (TokStage *stage, gconstpointer data)
{
  const char *sign_in_id = data;

  sign_in (stage, sign_in_id);
  for (guint i = 0; i < 3; i++) {
    TokGrant *grant = tok_stage_nth (stage->apps, i);
    gboolean is_own = i == OWN && sign_in_id != NULL;

    g_assert_cmpint (tok_grant_get_is_this_program (grant), ==, is_own);
    g_assert_cmpint (tok_session_get_may_be_own (stage->session, grant), ==, is_own);
  }
}

/* That its token is of no use any more says as much as a list. */
static void
test_revoked (TokStage *stage, gconstpointer data)
{
  guint n_told = 0;
  TokStageRevoke revoke = { NULL };

  begin (&revoke, stage, OWN, &n_told);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_wait (stage->peer, "oauth_apps", 1);
  tok_stage_assert_revoke_state (&revoke, TOK_GRANT_WORKING);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_stage_assert_revoked (&revoke);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpuint (n_told, ==, 1);
}

/* A service that still lists something is believed. */
static void
test_listed (TokStage *stage, gconstpointer data)
{
  const char *apps = data;
  gboolean is_gone = !g_str_equal (apps, APPS);
  guint n_told = 0;
  TokStageRevoke revoke = { NULL };

  begin (&revoke, stage, OWN, &n_told);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_answer_apps (stage->peer, 1, apps);
  if (is_gone)
    tok_stage_assert_revoked (&revoke);
  else
    tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_cmpuint (n_told, ==, 1);
}

/* The end of a session says nothing about another app, nor about what wasn't answered with yes. */
static void
test_unconfirmed (TokStage *stage, gconstpointer data)
{
  guint n_told = 0;
  TokStageRevoke revoke = { NULL };

  begin (&revoke, stage, GPOINTER_TO_UINT (data), &n_told);
  if (GPOINTER_TO_UINT (data) == OWN) {
    tok_session_refresh (stage->session);
    tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  } else {
    tok_script_answer (stage->peer, REVOKE, 0, "1");
    tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  }
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpuint (n_told, ==, 1);
}

/* Neither does an account that is shut. */
static void
test_shut (TokStage *stage, gconstpointer data)
{
  guint n_told = 0;
  TokStageRevoke revoke = { NULL };

  begin (&revoke, stage, OWN, &n_told);
  tok_script_answer (stage->peer, REVOKE, 0, "1");
  tok_script_refuse (stage->peer, "oauth_apps", 1, "DisabledClient");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
add (const char *name, gconstpointer data, TokStageTest test)
{
  tok_stage_add_case ("/session-revoke-own", name, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("marked/browser", "Some sign-in", test_marked);
  add ("marked/token", NULL, test_marked);
  add ("revoked", NULL, test_revoked);
  add ("listed/gone", "1 3", test_listed);
  add ("listed/still", APPS, test_listed);
  add ("unconfirmed/own", GUINT_TO_POINTER (OWN), test_unconfirmed);
  add ("unconfirmed/another", GUINT_TO_POINTER (0), test_unconfirmed);
  add ("shut", NULL, test_shut);

  return g_test_run ();
}
