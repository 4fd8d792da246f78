/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create.h"
#include "tok-test.h"

/* The last token of the stage is replaced and keeps its name; the one before it is our own. */
#define OLD "Token 2"
#define OWN 1
#define LAST 2
#define WITHOUT_OLD "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read"
#define ANSWER WITHOUT_OLD ";" OLD "/" TOK_CREATE_SECRET "/trade,read"
#define REPLACED WITHOUT_OLD ";" OLD "/***********OnMl/trade,read"
#define NO_VALUE "The answer doesn’t hold the new token’s value."
#define ENDED "The session ended before the answer came."

static void
begin (TokStage *stage, GAsyncResult **slot, GCancellable *cancellable)
{
  tok_session_replace_token_async (stage->session, tok_stage_nth (stage->tokens, LAST), OLD,
                                   TOK_CREATE_SCOPES, FALSE, cancellable, tok_test_on_ready, slot);
}

static void
sign_in_and_begin (TokStage *stage, GAsyncResult **slot, GCancellable *cancellable)
{
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, OWN)));
  begin (stage, slot, cancellable);
  tok_script_wait (stage->peer, "new_token", 0);
}

/* What goes wrong when the service has the request in its hands; whatever it is, that isn't sent
 * again, and a list decides. */
typedef struct {
  const char *path;
  void (*happen) (TokStage *stage, gconstpointer data);
  gconstpointer data;
  guint nth_list; /* which decides */
  const char *message;
} Fault;

static void
answer (TokStage *stage, gconstpointer data)
{
  tok_script_answer (stage->peer, "new_token", 0, data);
}

static void
answer_rows (TokStage *stage, gconstpointer data)
{
  tok_script_answer_rows (stage->peer, "new_token", 0, data);
}

static void
send_garbage (TokStage *stage, gconstpointer data)
{
  tok_raw_peer_send_text (stage->peer, "%s", (const char *) data);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
}

static void
drop (TokStage *stage, gconstpointer data)
{
  tok_raw_peer_hang_up (stage->peer);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
}

static void
lose (TokStage *stage, gconstpointer data)
{
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
}

static void
lose_twice (TokStage *stage, gconstpointer data)
{
  lose (stage, data);
  tok_script_wait (stage->peer, "api_token", 1);
  lose (stage, data);
}

static void
refuse_list (TokStage *stage, gconstpointer data)
{
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_refuse (stage->peer, "api_token", 1, data);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  tok_create_assert_counts (stage, 1, 2);
  tok_session_refresh (stage->session);
}

static void
answer_list (TokStage *stage, gconstpointer data)
{
  tok_script_refuse (stage->peer, "new_token", 0, "APITokenError");
  tok_script_answer (stage->peer, "api_token", 1, data);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  tok_session_refresh (stage->session);
}

static const Fault faults[] = {
  { "garbled/no-tokens", answer, "{\"new_token\":1,\"delete_token\":1}", 1, NULL },
  { "garbled/no-object", answer, "1", 1, NULL },
  { "no-rows", answer, "{\"new_token\":1,\"tokens\":[]}", 1, NO_VALUE },
  { "without-it", answer_rows, WITHOUT_OLD, 1, NO_VALUE },
  { "old-alone", answer_rows, TOK_STAGE_ROWS, 1, NO_VALUE },
  { "masked", answer_rows, REPLACED, 1, NO_VALUE },
  { "name-twice", answer_rows, TOK_STAGE_ROWS ";" OLD "/" TOK_CREATE_SECRET "/trade,read", 1,
    NO_VALUE },
  { "garbage", send_garbage, "<html>", 1, NULL },
  { "garbage/cut-off", send_garbage, "{\"api_token\":{\"delete_token\":1,\"tok", 1, NULL },
  { "dropped", drop, NULL, 1, NULL },
  { "lost", lose, NULL, 1, NULL },
  { "lost/twice", lose_twice, NULL, 2, NULL },
  { "list-fails/RateLimit", refuse_list, "RateLimit", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/Timeout", refuse_list, "Timeout", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/garbled", answer_list, "{\"tokens\":7}", 2, TOK_SCRIPT_REFUSAL },
};

typedef struct {
  const char *name;
  const char *list;
  TokError error;
} Verdict;

static const Verdict verdicts[] = {
  { "stands", TOK_STAGE_ROWS, TOK_ERROR_NOT_CREATED },
  { "neither", WITHOUT_OLD, TOK_ERROR_NEITHER },
  { "lost", REPLACED, TOK_ERROR_SECRET_LOST },
};

static void
assert_verdict (TokStage *stage,
                GAsyncResult **slot,
                guint nth_list,
                const Verdict *verdict,
                const char *message)
{
  tok_script_wait (stage->peer, "api_token", nth_list);
  tok_create_assert_waits (slot);
  tok_script_answer_rows (stage->peer, "api_token", nth_list, verdict->list);
  tok_create_assert_fails (stage, slot, verdict->error, message);
  tok_create_assert_counts (stage, 1, nth_list + 1);
  tok_create_assert_new (stage, verdict->error == TOK_ERROR_SECRET_LOST ? OLD : NULL);
  tok_stage_assert_state (stage, TOK_SESSION_READY);
}

typedef struct {
  const Fault *fault;
  Verdict verdict;
} Case;

static void
test_fault (TokStage *stage, gconstpointer data)
{
  const Case *it = data;
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, NULL);
  it->fault->happen (stage, it->fault->data);
  assert_verdict (stage, &result, it->fault->nth_list, &it->verdict, it->fault->message);
}

/* The answer comes when nobody waits for it any more. */
static void
test_late (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  GAsyncResult *result = NULL;

  times.request_timeout = 1000;
  tok_stage_use_times (stage, &times);
  sign_in_and_begin (stage, &result, NULL);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_script_answer_rows (stage->peer, "new_token", 0, ANSWER);
  assert_verdict (stage, &result, 1, data, "The service didn’t answer in time.");
}

/* A list that was asked for before says nothing. */
static void
test_older_list (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, OWN)));
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_stage_run_dry ();
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  assert_verdict (stage, &result, 2, &verdicts[1], TOK_SCRIPT_REFUSAL);
}

/* With neither left, what was asked for is created, and nothing is deleted. */
static void
test_create_after_neither (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "APITokenError");
  assert_verdict (stage, &result, 1, &verdicts[1], TOK_SCRIPT_REFUSAL);
  tok_session_create_token_async (stage->session, OLD, TOK_CREATE_SCOPES, FALSE, NULL,
                                  tok_test_on_ready, &result);
  tok_script_assert_asked (stage->peer, "new_token", 1,
                           "\"api_token\":1,\"new_token\":\"Token 2\","
                           "\"new_token_scopes\":[\"read\",\"trade\"]");
  tok_script_answer_rows (stage->peer, "new_token", 1, ANSWER);
  tok_create_assert_succeeds (stage, &result, OLD, TOK_CREATE_SECRET);
}

static void
test_ends_at_the_door (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, NULL);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, "InvalidToken");
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* Another call says so before this one is answered. */
static void
test_ends_by_another (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, NULL);
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, ENDED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

static void
test_closed (TokStage *stage, gconstpointer data)
{
  gboolean waits_for_list = GPOINTER_TO_INT (data);
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, NULL);
  if (waits_for_list) {
    tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
    tok_script_wait (stage->peer, "api_token", 1);
  }
  tok_session_sign_out (stage->session);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, NULL);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
}

static void
test_cancel_before (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  g_cancellable_cancel (cancellable);
  begin (stage, &result, cancellable);
  tok_create_assert_cancelled (stage, &result);
  tok_create_assert_counts (stage, 0, 1);
}

/* What was sent stays sent: the list tells everybody else what became of it. */
static void
test_cancel_in_flight (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, cancellable);
  g_cancellable_cancel (cancellable);
  tok_create_assert_cancelled (stage, &result);
  tok_script_answer_rows (stage->peer, "new_token", 0, ANSWER);
  tok_script_answer_rows (stage->peer, "api_token", 1, REPLACED);
  tok_create_wait_until_listed (stage, 3);
  tok_create_assert_counts (stage, 1, 2);
}

static void
test_cancel_later (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  sign_in_and_begin (stage, &result, cancellable);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_wait (stage->peer, "api_token", 1);
  g_cancellable_cancel (cancellable);
  tok_script_answer_rows (stage->peer, "api_token", 1, REPLACED);
  tok_create_assert_cancelled (stage, &result);
}

static void
add_faults (void)
{
  static Case cases[G_N_ELEMENTS (faults) * G_N_ELEMENTS (verdicts)];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = NULL;

    cases[i].fault = &faults[i / G_N_ELEMENTS (verdicts)];
    cases[i].verdict = verdicts[i % G_N_ELEMENTS (verdicts)];
    /* The service has its own words for what isn't acceptable. */
    if (cases[i].fault->happen == answer_list && cases[i].verdict.error == TOK_ERROR_NOT_CREATED)
      cases[i].verdict.error = TOK_ERROR_FIELD;
    name = g_strconcat (cases[i].fault->path, "/", cases[i].verdict.name, NULL);
    tok_stage_add_case ("/session-replace-faults", name, &cases[i], test_fault);
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add_faults ();
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    tok_stage_add_case ("/session-replace-faults/late", verdicts[i].name, &verdicts[i], test_late);
  tok_stage_add ("/session-replace-faults/older-list", NULL, test_older_list);
  tok_stage_add ("/session-replace-faults/create-after-neither", NULL, test_create_after_neither);
  tok_stage_add ("/session-replace-faults/ends/at-the-door", NULL, test_ends_at_the_door);
  tok_stage_add ("/session-replace-faults/ends/by-another", NULL, test_ends_by_another);
  tok_stage_add ("/session-replace-faults/closed/in-flight", GINT_TO_POINTER (FALSE), test_closed);
  tok_stage_add ("/session-replace-faults/closed/waiting", GINT_TO_POINTER (TRUE), test_closed);
  tok_stage_add ("/session-replace-faults/cancel/before", NULL, test_cancel_before);
  tok_stage_add ("/session-replace-faults/cancel/in-flight", NULL, test_cancel_in_flight);
  tok_stage_add ("/session-replace-faults/cancel/waiting", NULL, test_cancel_later);

  return g_test_run ();
}
