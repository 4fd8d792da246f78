/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create.h"
#include "tok-test.h"

#define NAME TOK_CREATE_NAME
#define LISTED TOK_CREATE_LISTED
#define NO_VALUE "The answer doesn’t hold the new token’s value."
#define ENDED "The session ended before the answer came."
#define TEN "abcdefghij"

/* What goes wrong when the service has a request to create a token in its hands; whatever it is,
 * that isn't sent again, and a list decides. */
typedef struct {
  const char *path;
  void (*happen) (TokStage *stage, gconstpointer data);
  gconstpointer data;
  guint nth_list; /* which decides */
  const char *message;
} Fault;

/* With an answer that makes no sense, or less than was hoped for. */
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
  tok_script_wait (stage->peer, "new_token", 0);
  tok_raw_peer_send_text (stage->peer, "%s", (const char *) data);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
}

/* The connection goes, and is back at once. */
static void
drop (TokStage *stage, gconstpointer data)
{
  tok_script_wait (stage->peer, "new_token", 0);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
}

/* It goes, and the service turns away who comes back too soon. */
static void
lose (TokStage *stage, gconstpointer data)
{
  guint n = tok_raw_peer_get_n_connections (stage->peer);

  tok_script_wait (stage->peer, "new_token", 0);
  tok_stage_lose (stage);
  tok_test_wait_until (tok_raw_peer_get_n_connections (stage->peer) >= n + 2);
  tok_stage_come_back (stage);
}

/* It goes once more, when the list is asked for. */
static void
lose_twice (TokStage *stage, gconstpointer data)
{
  lose (stage, data);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
}

/* Nobody lets us in for a while. */
static void
refuse_to_authorize (TokStage *stage, gconstpointer data)
{
  tok_script_wait (stage->peer, "new_token", 0);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, data);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_script_answer_authorize (stage->peer, 2, TOK_SCRIPT_SCOPES);
}

static void
lose_while_waiting (TokStage *stage, gconstpointer data)
{
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_wait (stage->peer, "api_token", 1);
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
}

/* The list fails, too, and nobody asks for another one until somebody does. */
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
refuse_list_twice (TokStage *stage, gconstpointer data)
{
  refuse_list (stage, data);
  tok_script_refuse (stage->peer, "api_token", 2, data);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  tok_session_refresh (stage->session);
}

/* A list that makes no sense is no better. */
static void
answer_list (TokStage *stage, gconstpointer data)
{
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_answer (stage->peer, "api_token", 1, data);
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  tok_session_refresh (stage->session);
}

/* The list fails when another one was asked for already. */
static void
refuse_list_and_again (TokStage *stage, gconstpointer data)
{
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_wait (stage->peer, "api_token", 1);
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "api_token", 1, data);
}

/* The answer comes when nobody waits for it any more. */
static void
answer_late (TokStage *stage, gconstpointer data)
{
  tok_script_wait (stage->peer, "api_token", 1);
  answer_rows (stage, data);
}

#define ROWS(name, rows)                                                                           \
  {                                                                                                \
    name, answer_rows, rows, 1, NO_VALUE                                                           \
  }

static const Fault faults[] = {
  { "garbled/no-tokens", answer, "{\"new_token\":1}", 1, NULL },
  { "garbled/tokens-no-array", answer, "{\"new_token\":1,\"tokens\":{}}", 1, NULL },
  { "garbled/no-object", answer, "1", 1, NULL },
  { "no-rows", answer, "{\"new_token\":1,\"tokens\":[]}", 1, NO_VALUE },
  ROWS ("without-it", TOK_STAGE_ROWS),
  ROWS ("other-case", TOK_STAGE_ROWS ";GRID BOT/aaaaaaaaaaaaaaa/read,trade"),
  ROWS ("masked", LISTED),
  ROWS ("masked-whole", NAME "/***************/read,trade"),
  ROWS ("empty", NAME "//read,trade"),
  ROWS ("wrong-character/blank", NAME "/aaaaaaa aaaaaaa/read,trade"),
  ROWS ("wrong-character/dot", NAME "/aaaaaaa.aaaaaaa/read,trade"),
  ROWS ("wrong-character/not-ascii", NAME "/aaaaaaa\303\251aaaaaaa/read,trade"),
  ROWS ("wrong-character/last", NAME "/aaaaaaaaaaaaaaa\\n/read,trade"),
  ROWS ("too-long/129",
        NAME "/" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "012345678/read,trade"),
  ROWS ("too-long/200",
        NAME "/" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
             "/read,trade"),
  ROWS ("name-twice", TOK_CREATE_ANSWER ";" NAME "/aaaaaaaaaaaaaaa/read,trade"),
  ROWS ("name-twice/masked", TOK_CREATE_ANSWER ";" NAME "/***/read,trade"),
  ROWS ("name-twice/masked-first", NAME "/***/read,trade;" TOK_CREATE_ANSWER),
  { "garbage/html", send_garbage, "<html>", 1, NULL },
  { "garbage/cut-off", send_garbage, "{\"api_token\":{\"new_token\":1,\"tokens\":[", 1, NULL },
  { "dropped", drop, NULL, 1, NULL },
  { "lost", lose, NULL, 1, NULL },
  { "lost/twice", lose_twice, NULL, 2, NULL },
  { "lost/not-let-in", refuse_to_authorize, "RateLimit", 1, NULL },
  { "lost/not-let-in-maintenance", refuse_to_authorize, "Suspendedlogin", 1, NULL },
  { "lost/while-waiting", lose_while_waiting, NULL, 2, NULL },
  { "list-fails/RateLimit", refuse_list, "RateLimit", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/InternalServerError", refuse_list, "InternalServerError", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/Timeout", refuse_list, "Timeout", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/twice", refuse_list_twice, "RateLimit", 3, TOK_SCRIPT_REFUSAL },
  { "list-fails/garbled", answer_list, "{\"tokens\":7}", 2, TOK_SCRIPT_REFUSAL },
  { "list-fails/and-again", refuse_list_and_again, "RateLimit", 2, TOK_SCRIPT_REFUSAL },
};

/* A fault together with what the list says in the end. */
typedef struct {
  const Fault *fault;
  const TokCreateVerdict *verdict;
} Case;

static void
test_fault (TokStage *stage, gconstpointer data)
{
  const Case *it = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  it->fault->happen (stage, it->fault->data);
  tok_create_assert_verdict (stage, &result, it->fault->nth_list, it->verdict, it->fault->message);
}

static void
test_late (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  GAsyncResult *result = NULL;

  times.request_timeout = 1000;
  tok_stage_use_times (stage, &times);
  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  answer_late (stage, TOK_CREATE_ANSWER);
  tok_create_assert_verdict (stage, &result, 1, data, "The service didn’t answer in time.");
}

/* What is still on its way from before says nothing, whether it comes or not. */
static void
test_older_list (TokStage *stage, gconstpointer data)
{
  const char *code = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_stage_run_dry ();
  if (code != NULL)
    tok_script_refuse (stage->peer, "api_token", 1, code);
  else
    tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_create_assert_verdict (stage, &result, 2, &tok_create_holds_it, TOK_SCRIPT_REFUSAL);
}

/* A list goes down together with what it was to be older or younger than. */
static void
test_list_is_lost_too (TokStage *stage, gconstpointer data)
{
  gboolean list_first = GPOINTER_TO_INT (data);
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  if (list_first)
    tok_session_refresh (stage->session);
  tok_create_begin (stage, &result, NULL);
  if (!list_first)
    tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "api_token", 1);
  lose (stage, NULL);
  tok_create_assert_verdict (stage, &result, 2, &tok_create_holds_it, NULL);
}

/* One of that name went before, and is still to be seen. */
static void
test_gone_before (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_answer_rows (stage->peer, "api_token", 1, LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_session_refresh (stage->session);
  tok_script_answer_rows (stage->peer, "api_token", 2, TOK_STAGE_ROWS);
  tok_create_wait_until_listed (stage, 3);
  g_assert_cmpint (tok_grant_get_state (tok_stage_nth (stage->tokens, 3)), ==, TOK_GRANT_GONE);
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_create_assert_verdict (stage, &result, 3, data, TOK_SCRIPT_REFUSAL);
}

/* What can't be read of the list may be the new one. */
static void
test_unread (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer (stage->peer, "new_token", 0, "{\"new_token\":1}");
  tok_script_answer (stage->peer, "api_token", 1,
                     "{\"tokens\":[{\"display_name\":\"Token 0\"},{\"display_name\":null}]}");
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, NULL);
  tok_create_assert_counts (stage, 1, 2);
}

/* Each of two is judged by its own name. */
static void
test_two (TokStage *stage, gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &first, NULL);
  tok_session_create_token_async (stage->session, "Second", TOK_SCOPE_READ, FALSE, NULL,
                                  tok_test_on_ready, &second);
  tok_script_wait (stage->peer, "new_token", 1);
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  tok_create_assert_waits (&first);
  tok_create_assert_waits (&second);
  tok_script_answer_rows (stage->peer, "api_token", 1, LISTED);
  tok_create_assert_fails (stage, &first, TOK_ERROR_SECRET_LOST, NULL);
  tok_create_assert_fails (stage, &second, TOK_ERROR_NOT_CREATED, NULL);
  tok_create_assert_counts (stage, 2, 2);
}

/* After "not created" it may be created, which the caller knows and the session doesn't do. */
static void
test_again (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  lose (stage, NULL);
  tok_create_assert_verdict (stage, &result, 1, &tok_create_lacks_it, NULL);
  tok_create_begin (stage, &result, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 1, TOK_CREATE_ANSWER);
  tok_create_assert_succeeds (stage, &result, NAME, TOK_CREATE_SECRET);
  tok_script_answer_rows (stage->peer, "api_token", 2, LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NAME);
  tok_create_assert_counts (stage, 2, 3);
}

/* Nobody is let in again: nobody will ever know. */
static void
test_ends_at_the_door (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_wait (stage->peer, "new_token", 0);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_wait (stage->peer, "authorize", 1);
  tok_create_assert_waits (&result);
  tok_script_refuse (stage->peer, "authorize", 1, *code);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  tok_create_assert_counts (stage, 1, 1);
}

/* The vault doesn't give the secret back. */
static void
test_ends_at_the_vault (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_fake_vault_set_broken (stage->vault, TOK_FAKE_VAULT_LOOKUP, TRUE);
  tok_create_begin (stage, &result, NULL);
  tok_script_wait (stage->peer, "new_token", 0);
  tok_raw_peer_hang_up (stage->peer);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, NULL);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

/* The list that was to decide says that we are nobody. */
static void
test_ends_at_the_list (TokStage *stage, gconstpointer data)
{
  const char *const *code = data;
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  tok_script_refuse (stage->peer, "api_token", 1, *code);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, TOK_SCRIPT_REFUSAL);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
  tok_create_assert_counts (stage, 1, 2);
}

/* Another call says so before this one is answered. */
static void
test_ends_by_another (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "new_token", 0);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, ENDED);
  tok_stage_assert_state (stage, TOK_SESSION_ENDED);
}

typedef enum {
  IN_FLIGHT,
  WAITING_FOR_LIST,
  LIST_FAILED,
  OFFLINE,
} Moment;

static void
advance (TokStage *stage, Moment moment)
{
  tok_script_wait (stage->peer, "new_token", 0);
  switch (moment) {
  case IN_FLIGHT:
    break;
  case WAITING_FOR_LIST:
    tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
    tok_script_wait (stage->peer, "api_token", 1);
    break;
  case LIST_FAILED:
    tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
    tok_script_refuse (stage->peer, "api_token", 1, "RateLimit");
    tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
    break;
  case OFFLINE:
    tok_stage_lose (stage);
    /* Nobody asks for a list where there is no connection. */
    tok_stage_run_dry ();
    g_assert_no_error (tok_grant_store_get_error (stage->tokens));
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Whoever signs in at once on the same session is another one. */
static void
test_closed_and_signed_in (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  advance (stage, GPOINTER_TO_UINT (data));
  tok_create_assert_waits (&result);
  tok_session_close (stage->session);
  tok_stage_begin (stage, TOK_SCRIPT_TOKEN, NULL);
  tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, NULL);
  tok_session_close (stage->session);
  g_assert_false (tok_stage_finish (stage, NULL));
}

static void
test_closed (TokStage *stage, gconstpointer data)
{
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, NULL);
  advance (stage, GPOINTER_TO_UINT (data));
  tok_create_assert_waits (&result);
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
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
  tok_create_begin (stage, &result, cancellable);
  tok_create_assert_cancelled (stage, &result);
  tok_create_assert_counts (stage, 0, 1);
}

/* What was sent stays sent: the list tells everybody else what became of it. */
static void
test_cancel_in_flight (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, cancellable);
  tok_script_wait (stage->peer, "new_token", 0);
  g_cancellable_cancel (cancellable);
  tok_create_assert_cancelled (stage, &result);
  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_script_answer_rows (stage->peer, "api_token", 1, LISTED);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NULL);
  tok_create_assert_counts (stage, 1, 2);
}

static void
test_cancel_later (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  guint nth_list = moment == LIST_FAILED ? 2 : 1;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_create_begin (stage, &result, cancellable);
  advance (stage, moment);
  g_cancellable_cancel (cancellable);
  if (moment == OFFLINE)
    tok_stage_come_back (stage);
  else if (moment == LIST_FAILED)
    tok_session_refresh (stage->session);
  tok_script_answer_rows (stage->peer, "api_token", nth_list, LISTED);
  tok_create_assert_cancelled (stage, &result);
  tok_create_wait_until_listed (stage, 4);
  tok_create_assert_new (stage, NULL);
  tok_create_assert_counts (stage, 1, nth_list + 1);
}

static void
on_ready_sign_out (GObject *source, GAsyncResult *result, gpointer data)
{
  tok_session_sign_out (TOK_SESSION (source));
  tok_test_on_ready (source, result, data);
}

/* Who is told may do anything: also sign out, with others still waiting. */
static void
test_sign_out_when_told (TokStage *stage, gconstpointer data)
{
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_session_create_token_async (stage->session, "First", TOK_SCOPE_READ, FALSE, NULL,
                                  on_ready_sign_out, &first);
  tok_create_begin (stage, &second, NULL);
  tok_script_wait (stage->peer, "new_token", 1);
  tok_stage_lose (stage);
  tok_stage_come_back (stage);
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS ";First/*/read");
  tok_create_assert_fails (stage, &first, TOK_ERROR_SECRET_LOST, NULL);
  tok_stage_assert_signed_out (stage);
  /* Its list has come, but is no more; nothing may be claimed. */
  tok_create_assert_fails (stage, &second, TOK_ERROR_UNCONFIRMED, NULL);
}

/* In the moment when the list is asked for, too. */
static void
test_sign_out_when_loading (TokStage *stage, gconstpointer data)
{
  gboolean answered = GPOINTER_TO_INT (data);
  GAsyncResult *result = NULL;

  tok_stage_sign_in_and_list (stage);
  tok_stage_sign_out_when_loading (stage, stage->tokens);
  tok_create_begin (stage, &result, NULL);
  if (answered) {
    tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
    tok_create_assert_succeeds (stage, &result, NAME, TOK_CREATE_SECRET);
  } else {
    tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
    tok_create_assert_fails (stage, &result, TOK_ERROR_UNCONFIRMED, NULL);
  }
  tok_stage_assert_signed_out (stage);
}

static void
add (const char *name, guint data, TokStageTest test)
{
  tok_stage_add_case ("/session-create-faults", name, GUINT_TO_POINTER (data), test);
}

static void
add_faults (void)
{
  static Case cases[2 * G_N_ELEMENTS (faults)];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = NULL;

    cases[i].fault = &faults[i / 2];
    cases[i].verdict = i % 2 == 0 ? &tok_create_lacks_it : &tok_create_holds_it;
    name = g_strconcat (cases[i].fault->path, "/", cases[i].verdict->name, NULL);
    tok_stage_add_case ("/session-create-faults", name, &cases[i], test_fault);
  }
}

static void
add_ends (void)
{
  static const char *const door[] = { "InvalidToken", "AuthorizationRequired", "AccountDisabled" };
  static const char *const list[] = { "InvalidToken", "AuthorizationRequired" };

  for (guint i = 0; i < G_N_ELEMENTS (door); i++)
    tok_stage_add_case ("/session-create-faults/ends/at-the-door", door[i], &door[i],
                        test_ends_at_the_door);
  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    tok_stage_add_case ("/session-create-faults/ends/at-the-list", list[i], &list[i],
                        test_ends_at_the_list);
  add ("ends/at-the-vault", 0, test_ends_at_the_vault);
  add ("ends/by-another", 0, test_ends_by_another);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add_faults ();
  tok_stage_add_case ("/session-create-faults/late", "lacks-it", &tok_create_lacks_it, test_late);
  tok_stage_add_case ("/session-create-faults/late", "holds-it", &tok_create_holds_it, test_late);
  tok_stage_add_case ("/session-create-faults/older-list", "comes", NULL, test_older_list);
  tok_stage_add_case ("/session-create-faults/older-list", "fails", "RateLimit", test_older_list);
  add ("list-is-lost-too/older", TRUE, test_list_is_lost_too);
  add ("list-is-lost-too/younger", FALSE, test_list_is_lost_too);
  tok_stage_add_case ("/session-create-faults/gone-before", "lacks-it", &tok_create_lacks_it,
                      test_gone_before);
  tok_stage_add_case ("/session-create-faults/gone-before", "holds-it", &tok_create_holds_it,
                      test_gone_before);
  add ("unread", 0, test_unread);
  add ("two", 0, test_two);
  add ("again", 0, test_again);
  add_ends ();
  add ("closed/in-flight", IN_FLIGHT, test_closed);
  add ("closed/waiting-for-the-list", WAITING_FOR_LIST, test_closed);
  add ("closed/list-failed", LIST_FAILED, test_closed);
  add ("closed/offline", OFFLINE, test_closed);
  add ("closed-and-signed-in/in-flight", IN_FLIGHT, test_closed_and_signed_in);
  add ("closed-and-signed-in/waiting-for-the-list", WAITING_FOR_LIST, test_closed_and_signed_in);
  add ("cancel/before", 0, test_cancel_before);
  add ("cancel/in-flight", 0, test_cancel_in_flight);
  add ("cancel/waiting-for-the-list", WAITING_FOR_LIST, test_cancel_later);
  add ("cancel/list-failed", LIST_FAILED, test_cancel_later);
  add ("cancel/offline", OFFLINE, test_cancel_later);
  add ("sign-out/when-told", 0, test_sign_out_when_told);
  add ("sign-out/when-loading", FALSE, test_sign_out_when_loading);
  add ("sign-out/when-loading-answered", TRUE, test_sign_out_when_loading);

  return g_test_run ();
}
