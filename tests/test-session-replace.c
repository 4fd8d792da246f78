/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create.h"
#include "tok-test.h"
#include "tok-token-name.h"
#include "tok-token.h"

/* The last token of the stage is replaced, under its own name or another one; the one before it is
 * our own. */
#define OLD "Token 2"
#define OWN 1
#define LAST 2
#define NEW TOK_CREATE_NAME
#define SCOPES TOK_CREATE_SCOPES
#define SECRET TOK_CREATE_SECRET
#define BOTH TOK_STAGE_ROWS
#define WITHOUT_OLD "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read"

#define NO_VALUE "The answer doesn’t hold the new token’s value."
#define ENDED "The session ended before the answer came."

/* One of three admins is ours, and which one isn't known at once. */
static void
sign_in (TokStage *stage)
{
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, OWN)));
}

static void
begin (TokStage *stage, guint n, const char *name, GAsyncResult **slot, GCancellable *cancellable)
{
  tok_session_replace_token_async (stage->session, tok_stage_nth (stage->tokens, n), name, SCOPES,
                                   FALSE, cancellable, tok_test_on_ready, slot);
}

static void
refresh (TokStage *stage, const char *list)
{
  guint n_lists = tok_script_count (stage->peer, "api_token");

  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, n_lists, list);
}

typedef struct {
  const char *path;
  const char *name;
  TokScopes scopes;
  gboolean only_current_ip;
  const char *members;
} Sent;

/* What goes, in the very words of the list; the scopes are always said. */
static const Sent sent[] = {
  { "same-name", OLD, TOK_SCOPE_READ, FALSE,
    "\"api_token\":1,\"delete_token\":\"***********aaaa\",\"new_token\":\"Token 2\","
    "\"new_token_scopes\":[\"read\"]" },
  { "other-case", "TOKEN 2", TOK_SCOPE_READ, FALSE,
    "\"api_token\":1,\"delete_token\":\"***********aaaa\",\"new_token\":\"TOKEN 2\","
    "\"new_token_scopes\":[\"read\"]" },
  { "other-name", NEW, TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN, TRUE,
    "\"api_token\":1,\"delete_token\":\"***********aaaa\",\"new_token\":\"Grid bot\","
    "\"new_token_scopes\":[\"trade\",\"admin\"],\"valid_for_current_ip_only\":1" },
};

static void
test_sent (TokStage *stage, gconstpointer data)
{
  const Sent *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  tok_session_replace_token_async (stage->session, tok_stage_nth (stage->tokens, LAST), it->name,
                                   it->scopes, it->only_current_ip, NULL, tok_test_on_ready,
                                   &result);
  tok_script_assert_asked (stage->peer, "new_token", 0, it->members);
  tok_create_assert_waits (&result);
  tok_script_refuse (stage->peer, "new_token", 0, "RateLimit");
  tok_create_assert_fails (stage, &result, TOK_ERROR_RATE_LIMIT, TOK_SCRIPT_REFUSAL);
  tok_create_assert_counts (stage, 1, 1);
}

typedef struct {
  const char *path;
  const char *name;
  const char *answer;
  const char *list;
  guint n_listed;
} Success;

static const Success successes[] = {
  { "same-name", OLD, WITHOUT_OLD ";" OLD "/" SECRET "/trade,read",
    WITHOUT_OLD ";" OLD "/***********OnMl/trade,read", 3 },
  { "other-name", NEW, WITHOUT_OLD ";" NEW "/" SECRET "/trade,read",
    WITHOUT_OLD ";" NEW "/***********OnMl/trade,read", 3 },
  /* The service didn't delete it. The secret is good all the same, and the list tells the rest. */
  { "old-stands", NEW, TOK_CREATE_ANSWER, TOK_CREATE_LISTED, 4 },
};

static void
test_ok (TokStage *stage, gconstpointer data)
{
  const Success *it = data;
  TokGrant *old;
  GAsyncResult *result = NULL;

  sign_in (stage);
  old = tok_stage_nth (stage->tokens, LAST);
  begin (stage, LAST, it->name, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, it->answer);
  tok_create_assert_succeeds (stage, &result, it->name, SECRET);
  /* The answer is no list. */
  g_assert_cmpstr (tok_token_get_listed_value (tok_grant_get_token (old)), ==, "***********aaaa");
  tok_script_answer_rows (stage->peer, "api_token", 1, it->list);
  tok_create_wait_until_listed (stage, it->n_listed);
  tok_create_assert_new (stage, it->name);
  g_assert_cmpint (tok_grant_get_state (old), ==,
                   g_str_equal (it->path, "other-name") ? TOK_GRANT_GONE : TOK_GRANT_IDLE);
  tok_create_assert_counts (stage, 1, 2);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

/* Where the service lists values whole, what has the name may be the old one, and no new secret. */
static void
test_old_is_whole (TokStage *stage, gconstpointer data)
{
  const char *list = WITHOUT_OLD ";" OLD "/aaaaaaaaaaaaaaa/trade,read";
  GAsyncResult *result = NULL;

  sign_in (stage);
  refresh (stage, list);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, list);
  tok_script_wait (stage->peer, "api_token", 2);
  tok_create_assert_waits (&result);
  tok_script_answer_rows (stage->peer, "api_token", 2, list);
  tok_create_assert_fails (stage, &result, TOK_ERROR_NOT_CREATED, NO_VALUE);
  tok_create_assert_counts (stage, 1, 3);
}

/* What is kept of the old one's secret goes as soon as it is good for nothing. */
static void
test_copy (TokStage *stage, gconstpointer data)
{
  const char *service = tok_raw_peer_get_address (stage->peer);
  const char *const *code = data;
  GAsyncResult *result = NULL;

  tok_session_set_copies (stage->session, TOK_VAULT (stage->keyring), TRUE);
  tok_fake_vault_put_copy (stage->keyring, service, TOK_SCRIPT_LOGIN, OLD, "copyOfTokenaaaa");
  sign_in (stage);
  tok_test_wait_until (tok_grant_get_has_copy (tok_stage_nth (stage->tokens, LAST)));
  begin (stage, LAST, OLD, &result, NULL);
  if (*code != NULL) {
    tok_script_refuse (stage->peer, "new_token", 0, *code);
    tok_script_answer_rows (stage->peer, "api_token", 1, BOTH);
    tok_create_assert_fails (stage, &result, TOK_ERROR_NOT_CREATED, NULL);
    tok_stage_run_dry ();
    g_assert_true (tok_grant_get_has_copy (tok_stage_nth (stage->tokens, LAST)));
    return;
  }
  tok_script_answer_rows (stage->peer, "new_token", 0,
                          WITHOUT_OLD ";" OLD "/" SECRET "/trade,read");
  tok_create_assert_succeeds (stage, &result, OLD, SECRET);
  tok_stage_run_dry ();
  g_assert_false (tok_grant_get_has_copy (tok_stage_nth (stage->tokens, LAST)));
  g_assert_null (tok_fake_vault_peek_copy (stage->keyring, service, TOK_SCRIPT_LOGIN, OLD));
}

/* That it couldn't be deleted before is no reproach to what takes its place. */
static void
test_failed_before (TokStage *stage, gconstpointer data)
{
  TokStageRevoke revoke = { NULL };
  GAsyncResult *result = NULL;

  sign_in (stage);
  tok_stage_begin_revoke (stage, &revoke, tok_stage_nth (stage->tokens, LAST), NULL);
  tok_script_refuse (stage->peer, "delete_token", 0, "RateLimit");
  tok_stage_assert_revoke_fails (&revoke, TOK_ERROR_RATE_LIMIT);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0,
                          WITHOUT_OLD ";" OLD "/" SECRET "/trade,read");
  tok_create_assert_succeeds (stage, &result, OLD, SECRET);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, LAST)), ==, TOK_GRANT_IDLE);
}

/* What a list says that was asked for afterwards, and what the owner is left with. */
typedef struct {
  const char *path;
  const char *name;
  const char *list;
  TokError error;
} Verdict;

static const Verdict verdicts[] = {
  { "same-name/stands", OLD, BOTH, TOK_ERROR_NOT_CREATED },
  { "same-name/stands-used", OLD, WITHOUT_OLD ";" OLD "/***********aaaa/read,admin/2026-05-04",
    TOK_ERROR_NOT_CREATED },
  { "same-name/lost", OLD, WITHOUT_OLD ";" OLD "/***********OnMl/trade,read",
    TOK_ERROR_SECRET_LOST },
  { "same-name/lost-whole", OLD, WITHOUT_OLD ";" OLD "/" SECRET "/trade,read",
    TOK_ERROR_SECRET_LOST },
  { "same-name/neither", OLD, WITHOUT_OLD, TOK_ERROR_NEITHER },
  { "same-name/nothing", OLD, "Token 9/*/read", TOK_ERROR_NEITHER },
  { "same-name/other-case", OLD, WITHOUT_OLD ";TOKEN 2/***********OnMl/trade,read",
    TOK_ERROR_NEITHER },
  { "same-name/not-ours", OLD, WITHOUT_OLD ";" OLD "/***********OnMl/read", TOK_ERROR_NEITHER },
  { "same-name/not-ours-used", OLD, WITHOUT_OLD ";" OLD "/***********OnMl/trade,read/2026-05-04",
    TOK_ERROR_NEITHER },
  { "same-name/use-not-known", OLD, WITHOUT_OLD ";" OLD "/***********OnMl/trade,read/yesterday",
    TOK_ERROR_UNCONFIRMED },
  { "other-name/stands", NEW, BOTH, TOK_ERROR_NOT_CREATED },
  { "other-name/lost", NEW, WITHOUT_OLD ";" NEW "/***********OnMl/trade,read",
    TOK_ERROR_SECRET_LOST },
  { "other-name/lost-stands", NEW, TOK_CREATE_LISTED, TOK_ERROR_SECRET_LOST },
  { "other-name/neither", NEW, WITHOUT_OLD, TOK_ERROR_NEITHER },
  { "other-name/another-old", NEW, WITHOUT_OLD ";" OLD "/***********bbbb/read,admin",
    TOK_ERROR_NEITHER },
  { "other-name/not-ours", NEW, WITHOUT_OLD ";" NEW "/*/read", TOK_ERROR_NEITHER },
  { "other-name/not-ours-stands", NEW, BOTH ";" NEW "/*/read", TOK_ERROR_FIELD },
};

static void
assert_verdict (TokStage *stage, GAsyncResult **slot, guint nth_list, const Verdict *verdict)
{
  tok_script_wait (stage->peer, "api_token", nth_list);
  tok_create_assert_waits (slot);
  tok_script_answer_rows (stage->peer, "api_token", nth_list, verdict->list);
  tok_create_assert_fails (stage, slot, verdict->error,
                           verdict->error == TOK_ERROR_FIELD ? TOK_CREATE_TAKEN : NULL);
  tok_create_assert_counts (stage, 1, nth_list + 1);
  tok_create_assert_new (stage, verdict->error == TOK_ERROR_SECRET_LOST ? verdict->name : NULL);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

typedef struct {
  const TokScriptCode *code;
  Verdict verdict;
} Doubt;

/* What leaves it open, with each thing that the list may say. */
static void
test_doubt (TokStage *stage, gconstpointer data)
{
  const Doubt *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  begin (stage, LAST, it->verdict.name, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code->code);
  assert_verdict (stage, &result, 1, &it->verdict);
}

/* What was asked for was not acceptable, and nothing was deleted: the service says why. */
static void
test_field (TokStage *stage, gconstpointer data)
{
  const TokScriptCode *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code);
  tok_script_answer_rows (stage->peer, "api_token", 1, BOTH);
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, TOK_SCRIPT_REFUSAL);
  tok_create_assert_counts (stage, 1, 2);
}

/* It is ours that is no good any more: the list is refused, too. */
static void
test_ended (TokStage *stage, gconstpointer data)
{
  const TokScriptCode *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code);
  tok_script_refuse (stage->peer, "api_token", 1, it->code);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  tok_create_assert_counts (stage, 1, 2);
}

/* Each code that comes before anything is done. */
static void
test_refused (TokStage *stage, gconstpointer data)
{
  const TokScriptCode *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, it->code);
  tok_create_assert_fails (stage, &result, it->meaning, TOK_SCRIPT_REFUSAL);
  tok_create_assert_counts (stage, 1, 1);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, LAST)), ==, TOK_GRANT_IDLE);

  /* It may be tried again. */
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 1,
                          WITHOUT_OLD ";" OLD "/" SECRET "/trade,read");
  tok_create_assert_succeeds (stage, &result, OLD, SECRET);
}

/* A service that shows nothing of a value: the two differ in what else the list tells, or in
 * nothing. */
typedef struct {
  const char *path;
  const char *before;
  const char *after;
  TokError error;
} Hidden;

static const Hidden hidden[] = {
  { "old-was-used", "admin,read/2026-05-04", "read,trade", TOK_ERROR_SECRET_LOST },
  { "old-was-used/same-scopes", "read,trade/2026-05-04", "read,trade", TOK_ERROR_SECRET_LOST },
  { "old-was-used/stands", "read,trade/2026-05-04", "read,trade/2026-05-05",
    TOK_ERROR_NOT_CREATED },
  { "old-was-used/not-known", "read,trade/2026-05-04", "read,trade/yesterday",
    TOK_ERROR_UNCONFIRMED },
  { "used-since", "read,trade", "read,trade/2026-05-05", TOK_ERROR_NOT_CREATED },
  { "other-scopes", "admin,read", "read,trade", TOK_ERROR_SECRET_LOST },
  { "other-scopes/stands", "admin,read", "read,admin", TOK_ERROR_NOT_CREATED },
  { "all-alike", "read,trade", "read,trade", TOK_ERROR_UNCONFIRMED },
};

static void
test_hidden (TokStage *stage, gconstpointer data)
{
  const Hidden *it = data;
  g_autofree char *before = g_strconcat (WITHOUT_OLD ";" OLD "/***/", it->before, NULL);
  g_autofree char *after = g_strconcat (WITHOUT_OLD ";" OLD "/***/", it->after, NULL);
  GAsyncResult *result = NULL;

  sign_in (stage);
  refresh (stage, before);
  begin (stage, LAST, OLD, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_answer_rows (stage->peer, "api_token", 2, after);
  tok_create_assert_fails (stage, &result, it->error, TOK_SCRIPT_REFUSAL);
  tok_create_assert_counts (stage, 1, 3);
}

/* Under another name there is nothing to be mixed up. */
static void
test_hidden_other_name (TokStage *stage, gconstpointer data)
{
  const char *list = WITHOUT_OLD ";" OLD "/***/read,trade";
  GAsyncResult *result = NULL;

  sign_in (stage);
  refresh (stage, list);
  begin (stage, LAST, NEW, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_answer_rows (stage->peer, "api_token", 2, list);
  tok_create_assert_fails (stage, &result, TOK_ERROR_NOT_CREATED, TOK_SCRIPT_REFUSAL);
}

static void
test_ambiguous (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  sign_in (stage);
  refresh (stage, BOTH ";Token 3/***********aaaa/read");
  begin (stage, LAST, OLD, &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_AMBIGUOUS, NULL);
  tok_create_assert_counts (stage, 0, 2);
}

/* Nobody cuts the branch that he sits on; nor one that may be it. */
static void
test_own (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  sign_in (stage);
  begin (stage, OWN, "Token 1", &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_OWN, NULL);
  refresh (stage, "Token 0/***/admin,read;Token 1/**/admin,read;Token 2/***********aaaa/read");
  tok_test_wait_until (tok_session_get_own_token (stage->session) == NULL);
  begin (stage, 0, "Token 0", &result, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_OWN, NULL);
  tok_create_assert_counts (stage, 0, 2);

  begin (stage, LAST, OLD, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 0, OLD "/" SECRET "/read,trade");
  tok_create_assert_succeeds (stage, &result, OLD, SECRET);
}

static void
assert_pending (TokStage *stage, GAsyncResult **slot)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (slot);
  g_autoptr (GError) error = NULL;

  g_assert_null (tok_session_replace_token_finish (stage->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
}

/* What is being deleted, is gone, or of another session, can't be replaced. */
static void
test_pending (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) stranger = NULL;
  TokStageRevoke revoke = { NULL };
  GAsyncResult *result = NULL;

  sign_in (stage);
  stranger = tok_grant_new_for_token (tok_grant_get_token (tok_stage_nth (stage->tokens, LAST)));
  tok_session_replace_token_async (stage->session, stranger, OLD, SCOPES, FALSE, NULL,
                                   tok_test_on_ready, &result);
  assert_pending (stage, &result);
  tok_stage_begin_revoke (stage, &revoke, tok_stage_nth (stage->tokens, LAST), NULL);
  begin (stage, LAST, OLD, &result, NULL);
  assert_pending (stage, &result);
  tok_script_answer_rows (stage->peer, "delete_token", 0, WITHOUT_OLD);
  tok_stage_list_tokens (stage, 1, WITHOUT_OLD);
  tok_stage_assert_revoked (&revoke);
  begin (stage, LAST, OLD, &result, NULL);
  assert_pending (stage, &result);
  tok_create_assert_counts (stage, 0, 2);
}

typedef struct {
  const char *path;
  const char *name;
  TokScopes scopes;
} Unsent;

static const Unsent unsent[] = {
  { "no-name", "", SCOPES },
  { "dash", "Grid-bot", SCOPES },
  { "no-scopes", OLD, TOK_SCOPE_NONE },
  { "unknown-scope", OLD, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN },
  { "taken", "Token 1", SCOPES },
  { "taken-in-other-case", "TOKEN 0", SCOPES },
};

static void
test_unsent (TokStage *stage, gconstpointer data)
{
  const Unsent *it = data;
  GAsyncResult *result = NULL;

  sign_in (stage);
  tok_session_replace_token_async (stage->session, tok_stage_nth (stage->tokens, LAST), it->name,
                                   it->scopes, FALSE, NULL, tok_test_on_ready, &result);
  tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD, NULL);
  tok_create_assert_counts (stage, 0, 1);
}

/* What goes makes room (PROTOCOL 2.4). */
static void
test_full (TokStage *stage, gconstpointer data)
{
  guint n_more = GPOINTER_TO_UINT (data);
  g_autoptr (GString) rows = g_string_new (BOTH);
  GAsyncResult *result = NULL;

  for (guint i = 3; i < TOK_MAX_TOKENS + n_more; i++)
    g_string_append_printf (rows, ";Token %u/***%u/read", i, i);
  sign_in (stage);
  refresh (stage, rows->str);
  g_assert_cmpuint (tok_grant_store_get_n_listed (stage->tokens), ==, TOK_MAX_TOKENS + n_more);
  begin (stage, LAST, NEW, &result, NULL);
  if (n_more > 0) {
    tok_create_assert_fails (stage, &result, TOK_ERROR_FIELD,
                             "There are as many tokens as there can be.");
    return;
  }
  tok_script_answer_rows (stage->peer, "new_token", 0, NEW "/" SECRET "/trade,read");
  tok_create_assert_succeeds (stage, &result, NEW, SECRET);
}

static void
test_not_ready (TokStage *stage, gconstpointer data)
{
  TokSessionState state = GPOINTER_TO_UINT (data);
  g_autoptr (TokGrant) old = NULL;
  GAsyncResult *result = NULL;

  sign_in (stage);
  old = g_object_ref (tok_stage_nth (stage->tokens, LAST));
  tok_stage_leave_ready (stage, state);
  tok_session_replace_token_async (stage->session, old, OLD, SCOPES, FALSE, NULL, tok_test_on_ready,
                                   &result);
  tok_create_assert_fails (
      stage, &result, state == TOK_SESSION_OFFLINE ? TOK_ERROR_OFFLINE : TOK_ERROR_SIGN_IN, NULL);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
}

static gboolean
is_certain (TokError error)
{
  return error != TOK_ERROR_TROUBLE && error != TOK_ERROR_UNCONFIRMED && error != TOK_ERROR_FIELD
         && error != TOK_ERROR_SIGN_IN;
}

static void
add_doubts (const TokScriptCode *code)
{
  static Doubt doubts[400];
  static guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    g_autofree char *name = g_strconcat (code->code, "/", verdicts[i].path, NULL);

    /* That is test_field (). */
    if (code->meaning == TOK_ERROR_FIELD && verdicts[i].error == TOK_ERROR_NOT_CREATED)
      continue;
    g_assert_cmpuint (n, <, G_N_ELEMENTS (doubts));
    doubts[n] = (Doubt){ code, verdicts[i] };
    tok_stage_add_case ("/session-replace/doubt", name, &doubts[n++], test_doubt);
  }
}

static void
add_codes (void)
{
  for (const TokScriptCode *code = tok_script_codes; code->code != NULL; code++) {
    if (!tok_script_code_is_first (code))
      continue;
    if (is_certain (code->meaning)) {
      tok_stage_add_case ("/session-replace/refused", code->code, code, test_refused);
      continue;
    }
    add_doubts (code);
    if (code->meaning == TOK_ERROR_FIELD)
      tok_stage_add_case ("/session-replace/field", code->code, code, test_field);
    if (code->meaning == TOK_ERROR_SIGN_IN)
      tok_stage_add_case ("/session-replace/ended", code->code, code, test_ended);
  }
}

#define ADD_ALL(path_, rows, test)                                                                 \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
    tok_stage_add_case (path_, rows[i].path, &rows[i], test);

int
main (int argc, char *argv[])
{
  static const char *const codes[] = { NULL, "Timeout" };

  tok_test_init (&argc, &argv);

  ADD_ALL ("/session-replace/sent", sent, test_sent);
  ADD_ALL ("/session-replace/ok", successes, test_ok);
  tok_stage_add ("/session-replace/old-is-whole", NULL, test_old_is_whole);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    tok_stage_add_case ("/session-replace/copy", codes[i] != NULL ? "stands" : "replaced",
                        &codes[i], test_copy);
  tok_stage_add ("/session-replace/failed-before", NULL, test_failed_before);
  add_codes ();
  ADD_ALL ("/session-replace/hidden", hidden, test_hidden);
  tok_stage_add ("/session-replace/hidden/other-name", NULL, test_hidden_other_name);
  tok_stage_add ("/session-replace/ambiguous", NULL, test_ambiguous);
  tok_stage_add ("/session-replace/own", NULL, test_own);
  tok_stage_add ("/session-replace/pending", NULL, test_pending);
  ADD_ALL ("/session-replace/unsent", unsent, test_unsent);
  tok_stage_add ("/session-replace/full/30", GUINT_TO_POINTER (0), test_full);
  tok_stage_add ("/session-replace/full/31", GUINT_TO_POINTER (1), test_full);
  tok_stage_add ("/session-replace/not-ready/offline", GUINT_TO_POINTER (TOK_SESSION_OFFLINE),
                 test_not_ready);
  tok_stage_add ("/session-replace/not-ready/ended", GUINT_TO_POINTER (TOK_SESSION_ENDED),
                 test_not_ready);
  tok_stage_add ("/session-replace/not-ready/signed-out", GUINT_TO_POINTER (TOK_SESSION_SIGNED_OUT),
                 test_not_ready);

  return g_test_run ();
}
