/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create.h"
#include "tok-test.h"
#include "tok-token-name.h"
#include "tok-token.h"

#define NAME TOK_CREATE_NAME
#define SCOPES TOK_CREATE_SCOPES
#define SECRET TOK_CREATE_SECRET
#define CREATED TOK_CREATE_ANSWER
#define LISTED TOK_CREATE_LISTED
#define TEN "abcdefghij"

typedef struct {
  const char *path;
  const char *name;
  TokScopes scopes;
  gboolean only_current_ip;
  const char *members;
} Sent;

/* The scopes are always said, and in the order in which people see them (PROTOCOL 7). */
static const Sent sent[] = {
  { "one-scope", "Grid bot", TOK_SCOPE_READ, FALSE,
    "\"api_token\":1,\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\"]" },
  { "last-scope", "x_9", TOK_SCOPE_ADMIN, FALSE,
    "\"api_token\":1,\"new_token\":\"x_9\",\"new_token_scopes\":[\"admin\"]" },
  { "all-scopes", "Grid  bot", TOK_SCOPE_ALL, FALSE,
    "\"api_token\":1,\"new_token\":\"Grid  bot\",\"new_token_scopes\":[\"read\",\"trade\","
    "\"payments\",\"trading_information\",\"admin\"]" },
  { "only-current-ip", "Grid bot", TOK_SCOPE_READ | TOK_SCOPE_PAYMENTS, TRUE,
    "\"api_token\":1,\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\",\"payments\"],"
    "\"valid_for_current_ip_only\":1" },
  { "longest-name", TEN TEN TEN "AZ", TOK_SCOPE_TRADE, FALSE,
    "\"api_token\":1,\"new_token\":\"" TEN TEN TEN "AZ\",\"new_token_scopes\":[\"trade\"]" },
};

static void
test_sent (TokStage *stage, gconstpointer data)
{
  const Sent *it = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_create_token_async (stage->session, it->name, it->scopes, it->only_current_ip, NULL,
                                  tok_test_on_ready, &result);
  tok_script_assert_asked (stage->peer, "new_token", 0, it->members);
  tok_create_assert_waits (&result);
  tok_script_refuse (stage->peer, "new_token", 0, "APITokenError");
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, TOK_SCRIPT_REFUSAL);
  /* Our list must be out of date, since it let this pass. */
  tok_create_assert_counts (stage, 1, 2);
}

static void
assert_no_secret_listed (TokStage *stage)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)); i++)
    g_assert_cmpstr (
        tok_token_get_listed_value (tok_grant_get_token (tok_stage_nth (stage->tokens, i))), !=,
        SECRET);
}

static const char *const created[] = {
  CREATED,
  NAME "/" SECRET "/read,trade;" TOK_STAGE_ROWS,
  /* It goes by the name, to the letter, even where other values are whole. */
  "Extra/aaaaaaaaaaaaaaa/read;" NAME "/" SECRET "/read,trade;GRID BOT/bbbbbbbbbbbbbbb/read,trade;"
  "Grid bot 2/ccccccccccccccc/read,trade;/ddddddddddddddd/read,trade",
  /* What it permits and when it was used doesn't matter here. */
  NAME "/" SECRET "/read/2026-05-04 03:02:01",
};

/* The creating answer gives the secret and is no list. */
static void
test_ok (TokStage *stage, gconstpointer data)
{
  const char *const *rows = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, *rows);
  tok_create_assert_succeeds (stage, &result, NAME, SECRET);
  tok_script_wait (stage->peer, "api_token", 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 3);
  assert_no_secret_listed (stage);

  tok_script_answer_rows (stage->peer, "api_token", 1, LISTED);
  tok_create_wait_until_listed (stage, 4);
  assert_no_secret_listed (stage);
  tok_create_assert_new (stage, NAME);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, 3)), ==, TOK_GRANT_IDLE);
  tok_create_assert_counts (stage, 1, 2);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static const char *const secrets[] = {
  "z",
  "A_b-9",
  "a1-" TEN TEN "klmnopqrs",
  TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "01234567",
};

static void
test_secret (TokStage *stage, gconstpointer data)
{
  const char *const *secret = data;
  g_autofree char *rows = g_strdup_printf (NAME "/%s/read,trade", *secret);
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, rows);
  tok_create_assert_succeeds (stage, &result, NAME, *secret);
}

/* Who hears twice has heard it once. */
static void
test_answered_twice (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, CREATED);
  tok_script_answer_rows (stage->peer, "new_token", 0, NAME "/aaaaaaaaaaaaaaa/read,trade");
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_create_assert_succeeds (stage, &result, NAME, SECRET);
  tok_script_answer_rows (stage->peer, "api_token", 1, LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NAME);
  tok_create_assert_counts (stage, 1, 2);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* A list that was asked for before says nothing about the new token, and another one is asked for.
 */
static void
test_older_list (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, CREATED);
  tok_create_assert_succeeds (stage, &result, NAME, SECRET);
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_script_answer_rows (stage->peer, "api_token", 2, LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NAME);
  tok_create_assert_counts (stage, 1, 3);
}

static void
create (TokStage *stage, const char *name, const char *list)
{
  guint n_creates = tok_script_count (stage->peer, "new_token");
  guint n_lists = tok_script_count (stage->peer, "api_token");
  g_autofree char *rows = g_strdup_printf ("%s/" SECRET "/read,trade", name);
  GAsyncResult *result = NULL;

  tok_session_create_token_async (stage->session, name, SCOPES, FALSE, NULL, tok_test_on_ready,
                                  &result);
  tok_script_answer_rows (stage->peer, "new_token", n_creates, rows);
  tok_create_assert_succeeds (stage, &result, name, SECRET);
  tok_script_answer_rows (stage->peer, "api_token", n_lists, list);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
}

static void
refresh (TokStage *stage, const char *list)
{
  guint n_lists = tok_script_count (stage->peer, "api_token");

  tok_session_refresh (stage->session);
  tok_script_answer_rows (stage->peer, "api_token", n_lists, list);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
}

#define ONE TOK_STAGE_ROWS ";One/*/read,trade"
#define TWO TOK_STAGE_ROWS ";One/*/read,trade;Two/**/read,trade"

/* The mark goes to what was created last, in whatever way that was learnt. */
static void
test_new (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_assert_new (stage, NULL);
  create (stage, "One", ONE);
  tok_create_assert_new (stage, "One");
  refresh (stage, ONE);
  tok_create_assert_new (stage, "One");
  create (stage, "Two", TWO);
  tok_create_assert_new (stage, "Two");

  /* It was not created. */
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 2, "Timeout");
  tok_script_answer_rows (stage->peer, "api_token", 4, TWO);
  tok_create_assert_fails (stage, &result, TOK_ERROR_NOT_CREATED, TOK_SCRIPT_REFUSAL);
  tok_create_assert_new (stage, "Two");

  /* It was, but the secret is lost. */
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 3, "Timeout");
  tok_script_answer_rows (stage->peer, "api_token", 5, TWO ";" NAME "/***/read,trade");
  tok_create_assert_fails (stage, &result, TOK_ERROR_SECRET_LOST, TOK_SCRIPT_REFUSAL);
  tok_create_assert_new (stage, NAME);

  /* Somebody else deleted it, and another one may be called so. */
  refresh (stage, TWO);
  create (stage, NAME, TWO ";" NAME "/****/read,trade");
  tok_create_assert_new (stage, NAME);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 6);
}

/* Who signs in anew has created nothing yet. */
static void
test_new_after_closing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  create (stage, "One", ONE);
  tok_session_close (stage->session);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
  tok_stage_begin (stage, TOK_SCRIPT_TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
  tok_script_answer_rows (stage->peer, "api_token", 2, ONE);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NULL);
}

static void
test_name_taken (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  g_assert_true (tok_session_is_name_taken (stage->session, "Token 0"));
  g_assert_true (tok_session_is_name_taken (stage->session, "tOKEN 2"));
  g_assert_false (tok_session_is_name_taken (stage->session, "Token 3"));
  g_assert_false (tok_session_is_name_taken (stage->session, "Token"));
  g_assert_false (tok_session_is_name_taken (stage->session, "Token  0"));
  g_assert_false (tok_session_is_name_taken (stage->session, ""));
  /* That is the name of an app. */
  g_assert_false (tok_session_is_name_taken (stage->session, "App 1"));

  refresh (stage, "Token 2/***********aaaa/admin,read;Stra\303\237e/*/read");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 4);
  g_assert_false (tok_session_is_name_taken (stage->session, "Token 0"));
  g_assert_true (tok_session_is_name_taken (stage->session, "TOKEN 2"));
  g_assert_true (tok_session_is_name_taken (stage->session, "STRASSE"));

  tok_session_close (stage->session);
  g_assert_false (tok_session_is_name_taken (stage->session, "Token 2"));
}

typedef struct {
  const char *path;
  const char *name;
  TokScopes scopes;
  const char *message;
} Unsent;

#define BAD_NAME "A name has 2 to 32 letters, digits, spaces and underscores."
#define NO_SCOPES "A token needs at least one permission."
#define FULL "There are as many tokens as there can be."

static const Unsent unsent[] = {
  { "no-name", "", SCOPES, BAD_NAME },
  { "short-name", "a", SCOPES, BAD_NAME },
  { "long-name", TEN TEN TEN "abc", SCOPES, BAD_NAME },
  { "dash", "Grid-bot", SCOPES, BAD_NAME },
  { "tab", "Grid\tbot", SCOPES, BAD_NAME },
  { "newline", "Grid bot\n", SCOPES, BAD_NAME },
  { "not-ascii", "Caf\303\251", SCOPES, BAD_NAME },
  { "no-scopes", NAME, TOK_SCOPE_NONE, NO_SCOPES },
  { "unknown-scope", NAME, TOK_SCOPE_UNKNOWN, NO_SCOPES },
  { "one-unknown-scope", NAME, TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN, NO_SCOPES },
  { "taken", "Token 1", SCOPES, TOK_CREATE_TAKEN },
  { "taken-in-other-case", "tOKEN 1", SCOPES, TOK_CREATE_TAKEN },
};

static void
test_unsent (TokStage *stage, gconstpointer data)
{
  const Unsent *it = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_create_token_async (stage->session, it->name, it->scopes, FALSE, NULL,
                                  tok_test_on_ready, &result);
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, it->message);
  tok_create_assert_counts (stage, 0, 1);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

static char *
make_rows (guint n)
{
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (rows, "%sToken %u/***%u/read", i > 0 ? ";" : "", i, i);
  return g_string_free (rows, FALSE);
}

/* Thirty are as many as there can be (PROTOCOL 2.4); those that are gone don't count. */
static void
test_full (TokStage *stage, gconstpointer data)
{
  g_autofree char *all = make_rows (TOK_MAX_TOKENS);
  g_autofree char *more = make_rows (TOK_MAX_TOKENS + 1);
  g_autofree char *fewer = make_rows (TOK_MAX_TOKENS - 1);
  GAsyncResult *result = NULL;

  g_assert_cmpuint (TOK_MAX_TOKENS, ==, 30);
  tok_stage_sign_in_and_list (stage);
  refresh (stage, all);
  tok_create_begin (stage, &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, FULL);
  refresh (stage, more);
  tok_create_begin (stage, &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, FULL);
  tok_create_assert_counts (stage, 0, 3);

  refresh (stage, fewer);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->tokens)), ==, 31);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, CREATED);
  tok_create_assert_succeeds (stage, &result, NAME, SECRET);
}

static void
test_not_ready (TokStage *stage, gconstpointer data)
{
  TokSessionState state = GPOINTER_TO_UINT (data);
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_stage_leave_ready (stage, state);
  tok_create_begin (stage, &result, NULL);
  tok_create_assert_fails (stage, &result,
                           state == TOK_SESSION_OFFLINE || state == TOK_SESSION_CONNECTING
                               ? TOK_ERROR_OFFLINE
                               : TOK_ERROR_SIGN_IN,
                           NULL);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
}

static gboolean
is_certain (TokError error)
{
  return error != TOK_ERROR_TROUBLE && error != TOK_ERROR_UNCONFIRMED;
}

/* With a token that may not see the list nobody would learn what became of it. */
static void
test_no_scope (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in (stage, "read,trade");
  tok_create_begin (stage, &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_SCOPE, NULL);
  tok_create_assert_counts (stage, 0, 0);
}

/* What says for certain that nothing was created. */
static void
test_refused (TokStage *stage, gconstpointer data)
{
  const TokScriptCode *it = data;
  gboolean ends = it->meaning == TOK_ERROR_SIGN_IN;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code);
  tok_create_assert_fails (stage, &result, it->meaning, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, ends ? TOK_SESSION_ENDED : TOK_SESSION_READY);
  tok_create_assert_counts (stage, 1, it->meaning == TOK_ERROR_FIELD ? 2 : 1);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, 3);
  tok_create_assert_new (stage, NULL);
  if (ends)
    return;

  /* What was typed may be tried again. */
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 1, CREATED);
  tok_create_assert_succeeds (stage, &result, NAME, SECRET);
}

typedef struct {
  const TokScriptCode *code;
  const TokCreateVerdict *verdict;
} Doubt;

/* What leaves it open, with each thing that the list may say. */
static void
test_doubt (TokStage *stage, gconstpointer data)
{
  const Doubt *it = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code->code);
  tok_create_assert_verdict (stage, &result, 1, it->verdict, TOK_SCRIPT_REFUSAL);
}

static void
add_table (void)
{
  static Doubt doubts[200];
  guint n = 0;

  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++) {
    if (!tok_script_code_is_first (code))
      continue;
    if (is_certain (code->meaning)) {
      tok_stage_add_case ("/session-create/refused", code->code, code, test_refused);
      continue;
    }
    for (const TokCreateVerdict *it = tok_create_verdicts; it->name != NULL; it++) {
      g_autofree char *name = g_strconcat (code->code, "/", it->name, NULL);

      g_assert_cmpuint (n, <, G_N_ELEMENTS (doubts));
      doubts[n] = (Doubt){ code, it };
      tok_stage_add_case ("/session-create/doubt", name, &doubts[n++], test_doubt);
    }
  }
}

#define ADD_ALL(path, rows, test)                                                                  \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {                                                \
    g_autofree char *nth = g_strdup_printf ("%u", i);                                              \
    tok_stage_add_case (path, nth, &rows[i], test);                                                \
  }

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    tok_stage_add_case ("/session-create/sent", sent[i].path, &sent[i], test_sent);
  for (guint i = 0; i < G_N_ELEMENTS (unsent); i++)
    tok_stage_add_case ("/session-create/unsent", unsent[i].path, &unsent[i], test_unsent);
  ADD_ALL ("/session-create/ok", created, test_ok);
  ADD_ALL ("/session-create/secret", secrets, test_secret);
  tok_stage_add ("/session-create/answered-twice", NULL, test_answered_twice);
  tok_stage_add ("/session-create/older-list", NULL, test_older_list);
  tok_stage_add ("/session-create/new", NULL, test_new);
  tok_stage_add ("/session-create/new/after-closing", NULL, test_new_after_closing);
  tok_stage_add ("/session-create/name-taken", NULL, test_name_taken);
  tok_stage_add ("/session-create/full", NULL, test_full);
  tok_stage_add ("/session-create/not-ready/offline", GUINT_TO_POINTER (TOK_SESSION_OFFLINE),
                 test_not_ready);
  tok_stage_add ("/session-create/not-ready/connecting", GUINT_TO_POINTER (TOK_SESSION_CONNECTING),
                 test_not_ready);
  tok_stage_add ("/session-create/not-ready/ended", GUINT_TO_POINTER (TOK_SESSION_ENDED),
                 test_not_ready);
  tok_stage_add ("/session-create/not-ready/signed-out", GUINT_TO_POINTER (TOK_SESSION_SIGNED_OUT),
                 test_not_ready);
  tok_stage_add ("/session-create/no-scope", NULL, test_no_scope);
  add_table ();

  return g_test_run ();
}
