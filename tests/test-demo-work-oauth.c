/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-test.h"
#include "tok-test.h"

#include "tok-demo-sample.h"

#define WRONG_APP "Token is not valid for current app ID."

/* What the app of the test's connections has got, for each account. */
static GPtrArray *
admit (TokDemoTest *test, gint64 app_id)
{
  g_autoptr (TokDemoApp) app = tok_demo_sample_new_app (app_id);

  return tok_demo_owner_admit_app (test->owner, app);
}

static const TokDemoApp *
find_app (TokDemoTest *test, const char *login_id, gint64 app_id)
{
  return tok_demo_account_find_app (tok_demo_owner_find_account (test->owner, login_id), app_id);
}

static char *
dup_authorize (GPtrArray *tokens, guint i)
{
  return g_strdup_printf ("{\"authorize\":\"%s\"}", ((TokDemoToken *) tokens->pdata[i])->secret);
}

static void
sign_in (TokDemoTest *test, TokDemoSession *session, GPtrArray *tokens, guint i)
{
  g_autofree char *text = dup_authorize (tokens, i);
  g_autoptr (JsonObject) answer = tok_demo_test_ask_as (test, session, text);

  tok_demo_test_assert_done (answer);
}

static void
assert_refused (TokDemoTest *test,
                TokDemoSession *session,
                const char *request,
                const char *code,
                const char *message)
{
  g_autoptr (JsonObject) answer = tok_demo_test_ask_as (test, session, request);

  tok_demo_test_assert_error (answer, code, message);
}

static void
assert_done (TokDemoTest *test, TokDemoSession *session, const char *request)
{
  g_autoptr (JsonObject) answer = tok_demo_test_ask_as (test, session, request);

  tok_demo_test_assert_done (answer);
}

static guint
count (TokDemoTest *test, const char *request, const char *call)
{
  g_autoptr (JsonObject) answer = tok_demo_test_ask (test, "%s", request);

  return json_array_get_length (json_object_get_array_member (answer, call));
}

static void
test_new_free (TokDemoTest *test, gconstpointer data)
{
  g_assert_null (test->session->token);
}

static void
test_authorize (TokDemoTest *test, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };
  g_autoptr (GPtrArray) tokens = admit (test, 1089);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC;

  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++) {
    g_autofree char *text = dup_authorize (tokens, i);
    g_autoptr (JsonObject) answer = NULL;
    JsonObject *owner;
    JsonArray *scopes;

    g_assert_cmpint (find_app (test, login_ids[i], 1089)->last_used, ==, 0);
    answer = tok_demo_test_ask (test, "%s", text);
    owner = json_object_get_object_member (answer, "authorize");
    g_assert_cmpstr (json_object_get_string_member (owner, "loginid"), ==, login_ids[i]);
    scopes = json_object_get_array_member (owner, "scopes");
    g_assert_cmpuint (json_array_get_length (scopes), ==, 2);
    g_assert_cmpstr (json_array_get_string_element (scopes, 0), ==, "read");
    g_assert_cmpstr (json_array_get_string_element (scopes, 1), ==, "admin");
    g_assert_cmpint (find_app (test, login_ids[i], 1089)->last_used, >=, before);
  }
  /* Nobody can tell from the list of API tokens that there are others. */
  assert_done (test, test->session, "{\"api_token\":1}");
  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++)
    g_assert_null (
        tok_demo_account_find_secret (tok_demo_owner_find_account (test->owner, login_ids[i]),
                                      ((TokDemoToken *) tokens->pdata[i])->secret));
}

static void
test_other_app (TokDemoTest *test, gconstpointer data)
{
  static const char *const app_ids[] = { "1", "10890", "9223372036854776897" };
  g_autoptr (GPtrArray) tokens = admit (test, 1089);
  g_autofree char *text = dup_authorize (tokens, 0);

  for (guint i = 0; i < G_N_ELEMENTS (app_ids); i++) {
    g_autoptr (TokDemoSession) session = tok_demo_session_new (app_ids[i], "127.0.0.1", "test");

    assert_refused (test, session, text, "InvalidToken", WRONG_APP);
    g_assert_null (session->token);
    /* API tokens are of no app. */
    assert_done (test, session, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}");
    /* What fails leaves the session as it is. */
    assert_refused (test, session, text, "InvalidToken", WRONG_APP);
    assert_done (test, session, "{\"api_token\":1}");
  }
  assert_done (test, test->session, text);
}

static void
test_largest_app_id (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (GPtrArray) tokens = admit (test, G_MAXINT64);
  g_autofree char *text = dup_authorize (tokens, 0);
  g_autoptr (TokDemoSession) same
      = tok_demo_session_new ("9223372036854775807", "127.0.0.1", "test");
  g_autoptr (TokDemoSession) larger
      = tok_demo_session_new ("9223372036854775808", "127.0.0.1", "test");

  assert_refused (test, larger, text, "InvalidToken", WRONG_APP);
  assert_done (test, same, text);
}

static void
test_several (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (GPtrArray) tokens = admit (test, 1089);
  g_autofree char *text = g_strdup_printf ("{\"authorize\":\"%s\",\"tokens\":[\"%s\"]}",
                                           ((TokDemoToken *) tokens->pdata[0])->secret,
                                           ((TokDemoToken *) tokens->pdata[1])->secret);

  assert_refused (test, test->session, text, "NotInDemo", NULL);
  g_assert_null (test->session->token);
}

static void
test_logout (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (TokDemoSession) stranger = tok_demo_session_new ("2", "127.0.0.1", "test");
  g_autoptr (GPtrArray) tokens = admit (test, 1089);
  g_autoptr (GPtrArray) others = admit (test, 2);
  g_autofree char *again = dup_authorize (tokens, 2);
  g_autoptr (JsonObject) history = NULL;
  JsonObject *row;

  sign_in (test, test->session, tokens, 0);
  sign_in (test, test->other, tokens, 1);
  sign_in (test, stranger, others, 0);
  assert_done (test, test->session, "{\"logout\":1}");
  assert_refused (test, test->session, "{\"oauth_apps\":1}", "AuthorizationRequired", NULL);
  assert_refused (test, test->other, "{\"oauth_apps\":1}", "InvalidToken", "The token is invalid.");
  assert_refused (test, test->session, again, "InvalidToken", "The token is invalid.");
  assert_done (test, stranger, "{\"oauth_apps\":1}");
  /* What was consented to is still so. */
  g_assert_nonnull (find_app (test, "SAMPLE3", 1089));

  history = tok_demo_test_ask_as (test, stranger, "{\"login_history\":1,\"limit\":1}");
  row = json_array_get_object_element (json_object_get_array_member (history, "login_history"), 0);
  g_assert_cmpstr (json_object_get_string_member (row, "action"), ==, "logout");
  g_assert_cmpstr (json_object_get_string_member (row, "ip"), ==, "127.0.0.1");
}

/* Whoever has lost the token, or had an API token, leaves without a trace. */
static void
test_logout_of_nothing (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (GPtrArray) former = admit (test, 1089);
  g_autoptr (GPtrArray) tokens = NULL;

  sign_in (test, test->session, former, 0);
  tok_demo_owner_log_out_app (test->owner, 1089);
  tokens = admit (test, 1089);
  assert_done (test, test->session, "{\"logout\":1}");
  tok_demo_test_sign_in (test);
  assert_done (test, test->session, "{\"logout\":1}");
  assert_done (test, test->session, "{\"logout\":1}");
  sign_in (test, test->session, tokens, 0);
  g_assert_cmpuint (count (test, "{\"login_history\":1,\"limit\":50}", "login_history"), ==, 12);
}

static void
test_revoke (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (TokDemoSession) stranger = tok_demo_session_new ("2", "127.0.0.1", "test");
  g_autoptr (GPtrArray) tokens = admit (test, 1089);
  g_autoptr (GPtrArray) others = admit (test, 2);
  g_autofree char *again = dup_authorize (tokens, 2);

  sign_in (test, test->session, tokens, 0);
  sign_in (test, test->other, tokens, 1);
  sign_in (test, stranger, others, 1);
  g_assert_cmpuint (count (test, "{\"oauth_apps\":1}", "oauth_apps"), ==, 14);
  /* It is answered, although it ends the sender's own session. */
  assert_done (test, test->session, "{\"revoke_oauth_app\":1089}");
  assert_refused (test, test->session, "{\"oauth_apps\":1}", "InvalidToken",
                  "The token is invalid.");
  assert_refused (test, test->other, "{\"api_token\":1}", "InvalidToken", "The token is invalid.");
  assert_refused (test, test->other, again, "InvalidToken", "The token is invalid.");
  assert_done (test, test->other, "{\"ping\":1}");
  assert_done (test, stranger, "{\"oauth_apps\":1}");
  g_assert_null (find_app (test, "SAMPLE1", 1089));
  g_assert_null (find_app (test, "SAMPLE2", 1089));
  g_assert_null (find_app (test, "SAMPLE3", 1089));
  tok_demo_test_sign_in (test);
  g_assert_cmpuint (count (test, "{\"oauth_apps\":1}", "oauth_apps"), ==, 13);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo-work-oauth/" path, TokDemoTest, NULL, tok_demo_test_set_up, function,         \
              tok_demo_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  ADD ("new-free", test_new_free);
  ADD ("authorize", test_authorize);
  ADD ("other-app", test_other_app);
  ADD ("largest-app-id", test_largest_app_id);
  ADD ("several", test_several);
  ADD ("logout", test_logout);
  ADD ("logout-of-nothing", test_logout_of_nothing);
  ADD ("revoke", test_revoke);

  return g_test_run ();
}
