/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define TOKEN TOK_SCRIPT_TOKEN
#define SCOPES TOK_SCRIPT_SCOPES

typedef struct {
  const char *scopes;
  gboolean tokens;
  gboolean apps;
} ScopeCase;

static const ScopeCase scope_cases[] = {
  { "read", FALSE, TRUE },        { "admin", TRUE, FALSE },
  { "read,admin", TRUE, TRUE },   { "trade,payments,trading_information", FALSE, FALSE },
  { "unheard_of", FALSE, FALSE },
};

static void
test_scopes (TokStage *stage, gconstpointer data)
{
  const ScopeCase *it = data;

  tok_stage_sign_in (stage, it->scopes);
  g_assert_cmpint (tok_session_get_can_revoke (stage->session), ==, it->tokens);
  if (it->tokens)
    tok_script_answer_tokens (stage->peer, 0, TOK_STAGE_TOKENS);
  if (it->apps)
    tok_script_answer_apps (stage->peer, 0, "1");
  tok_test_wait_until (tok_grant_store_get_state (stage->tokens)
                       == (it->tokens ? TOK_GRANT_STORE_LISTED : TOK_GRANT_STORE_NO_SCOPE));
  tok_test_wait_until (tok_grant_store_get_state (stage->apps)
                       == (it->apps ? TOK_GRANT_STORE_LISTED : TOK_GRANT_STORE_NO_SCOPE));
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, it->tokens);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, it->apps);
}

static void
test_this_program (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));
  g_assert_false (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 0)));
  g_assert_false (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 2)));

  /* A second row that it can be, and nobody knows. */
  tok_session_refresh (stage->session);
  tok_script_answer_tokens (stage->peer, 1, TOK_STAGE_TOKENS " ***********LmNo");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->tokens) == 4);
  tok_test_wait_until (!tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));
  g_assert_false (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 3)));

  tok_session_refresh (stage->session);
  tok_script_answer_tokens (stage->peer, 2, TOK_STAGE_TOKENS);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));

  /* Without the secret nobody knows either. */
  tok_fake_vault_set_broken (stage->vault, TOK_FAKE_VAULT_LOOKUP, TRUE);
  tok_session_refresh (stage->session);
  tok_script_answer_tokens (stage->peer, 3, TOK_STAGE_TOKENS);
  tok_test_wait_until (!tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static void
test_refresh_coalesces (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  for (guint i = 0; i < 5; i++)
    tok_session_refresh (stage->session);
  tok_script_answer_tokens (stage->peer, 0, "a b");
  tok_script_answer_apps (stage->peer, 0, "1 2");
  tok_script_wait (stage->peer, "api_token", 1);
  tok_script_wait (stage->peer, "oauth_apps", 1);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 2);
  g_assert_true (tok_grant_store_get_loading (stage->apps));

  tok_script_answer_tokens (stage->peer, 1, "a");
  tok_script_answer_apps (stage->peer, 1, "1 2 3");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->tokens) == 1);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 3);
  tok_stage_run_dry ();
  g_assert_false (tok_grant_store_get_loading (stage->tokens));
  g_assert_false (tok_grant_store_get_loading (stage->apps));
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, 2);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 2);
}

typedef struct {
  const char *code;
  TokError shown;
} ListFault;

static const ListFault list_faults[] = {
  { "RateLimit", TOK_ERROR_RATE_LIMIT },   { "InternalServerError", TOK_ERROR_TROUBLE },
  { "Timeout", TOK_ERROR_TROUBLE },        { "PermissionDenied", TOK_ERROR_SCOPE },
  { "DisabledClient", TOK_ERROR_ACCOUNT }, { "UnrecognisedRequest", TOK_ERROR_ADDRESS },
};

static void
test_list_fails (TokStage *stage, gconstpointer data)
{
  const ListFault *it = data;

  tok_stage_sign_in (stage, SCOPES);
  tok_script_refuse (stage->peer, "oauth_apps", 0, it->code);
  tok_test_wait_until (tok_grant_store_get_state (stage->apps) == TOK_GRANT_STORE_FAILED);
  g_assert_error (tok_grant_store_get_error (stage->apps), TOK_ERROR, (int) it->shown);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));

  tok_session_refresh (stage->session);
  tok_script_answer_apps (stage->peer, 1, "1 2");
  tok_test_wait_until (tok_grant_store_get_state (stage->apps) == TOK_GRANT_STORE_LISTED);
  g_assert_no_error (tok_grant_store_get_error (stage->apps));

  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 2, it->code);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  g_assert_error (tok_grant_store_get_error (stage->apps), TOK_ERROR, (int) it->shown);
  g_assert_cmpint (tok_grant_store_get_state (stage->apps), ==, TOK_GRANT_STORE_LISTED);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 2);
}

/* A failure doesn't eat the request that was asked for meanwhile. */
static void
test_list_fails_and_again (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 0, "RateLimit");
  tok_script_answer_apps (stage->peer, 1, "1 2");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
  g_assert_no_error (tok_grant_store_get_error (stage->apps));
}

/* A list that the service had no room for is asked for by itself when it has. */
static void
test_rate_limit (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  guint *seconds_left;

  times.rate_limit_pause = 1100;
  times.longest_hold = 0;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  seconds_left = tok_test_count_notify (stage->session, "seconds-left");
  g_assert_cmpuint (tok_session_get_seconds_left (stage->session), ==, 0);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "RateLimit");
  tok_test_wait_until (tok_session_get_seconds_left (stage->session) == 2);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->apps));
  g_assert_error (tok_grant_store_get_error (stage->apps), TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);

  /* Who is impatient doesn't bother the service. */
  tok_session_refresh (stage->session);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  g_assert_error (tok_grant_store_get_error (stage->tokens), TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
  g_assert_cmpuint (tok_script_count (stage->peer, "api_token"), ==, 2);

  tok_script_answer_apps (stage->peer, 2, "1");
  tok_stage_list_tokens (stage, 2, TOK_STAGE_ROWS);
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 1);
  g_assert_no_error (tok_grant_store_get_error (stage->apps));
  g_assert_no_error (tok_grant_store_get_error (stage->tokens));
  g_assert_cmpuint (tok_session_get_seconds_left (stage->session), ==, 0);
  g_assert_cmpuint (*seconds_left, ==, 3);
  g_assert_cmpuint (tok_script_count (stage->peer, "oauth_apps"), ==, 3);
}

/* Once a connection the service is asked how it is, when all else was asked. */
static void
test_site_status (TokStage *stage, gconstpointer data)
{
  guint *n_notified = tok_test_count_notify (stage->session, "site-status");

  tok_stage_sign_in_and_list (stage);
  tok_script_assert_asked (stage->peer, "website_status", 0,
                           "\"website_status\":1,\"subscribe\":1");
  tok_script_answer (stage->peer, "website_status", 0, "{\"site_status\":\"up\"}");
  tok_test_wait_until (tok_session_get_site_status (stage->session) == TOK_SITE_UP);
  tok_script_answer (stage->peer, "website_status", 0, "{\"site_status\":\"updating\"}");
  tok_test_wait_until (tok_session_get_site_status (stage->session) == TOK_SITE_UPDATING);
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 1, TOK_STAGE_ROWS);
  g_assert_cmpuint (tok_script_count (stage->peer, "website_status"), ==, 1);
  g_assert_cmpuint (*n_notified, ==, 2);

  tok_stage_lose (stage);
  g_assert_cmpint (tok_session_get_site_status (stage->session), ==, TOK_SITE_UNKNOWN);
  tok_stage_come_back (stage);
  tok_script_wait (stage->peer, "website_status", 1);
}

static const char *const ends[] = {
  "api_token InvalidToken",
  "api_token AuthorizationRequired",
  "oauth_apps InvalidToken",
  "oauth_apps AuthorizationRequired",
};

/* The token was deleted elsewhere: any call may be the one that says so. */
static void
test_ends (TokStage *stage, gconstpointer data)
{
  const char *const *it = data;
  g_auto (GStrv) words = g_strsplit (*it, " ", 2);
  guint *can_revoke;

  tok_stage_sign_in_and_list (stage);
  can_revoke = tok_test_count_notify (stage->session, "can-revoke");
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, words[0], 1, words[1]);
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (stage->session), TOK_ERROR, TOK_ERROR_SIGN_IN);

  /* What was listed stays, and whose it was. */
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->apps), ==, 3);
  g_assert_cmpint (tok_grant_store_get_state (stage->apps), ==, TOK_GRANT_STORE_LISTED);
  g_assert_false (tok_grant_store_get_loading (stage->tokens));
  g_assert_false (tok_grant_store_get_loading (stage->apps));
  g_assert_nonnull (tok_session_get_account (stage->session));
  g_assert_cmpuint (*can_revoke, ==, 0);

  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
  tok_session_reconnect (stage->session);
  tok_session_refresh (stage->session);
  tok_stage_run_dry ();
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 1);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (scope_cases); i++)
    tok_stage_add_case ("/session-refresh/scopes", scope_cases[i].scopes, &scope_cases[i],
                        test_scopes);
  tok_stage_add ("/session-refresh/this-program", NULL, test_this_program);
  tok_stage_add ("/session-refresh/refresh-coalesces", NULL, test_refresh_coalesces);
  for (guint i = 0; i < G_N_ELEMENTS (list_faults); i++)
    tok_stage_add_case ("/session-refresh/list-fails", list_faults[i].code, &list_faults[i],
                        test_list_fails);
  tok_stage_add ("/session-refresh/list-fails-and-again", NULL, test_list_fails_and_again);
  tok_stage_add ("/session-refresh/rate-limit", NULL, test_rate_limit);
  tok_stage_add ("/session-refresh/site-status", NULL, test_site_status);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    tok_stage_add_case ("/session-refresh/ends", ends[i], &ends[i], test_ends);

  return g_test_run ();
}
