/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-test.h"

#include "tok-demo-sample.h"

#include <string.h>

/**
 * tok_demo_test_set_up:
 * @test: Empty.
 * @data: Nothing.
 *
 * Makes a sample service, as a GTestFixtureFunc.
 */
void
tok_demo_test_set_up (TokDemoTest *test, gconstpointer data)
{
  test->owner = tok_demo_sample_new_owner (TOK_DEMO_TEST_SECRET);
  test->account = tok_demo_owner_find_account (test->owner, "SAMPLE1");
  test->gate = tok_demo_gate_new (test->owner);
  test->session = tok_demo_session_new ("1089", "127.0.0.1", "test");
  test->other = tok_demo_session_new ("1089", "127.0.0.1", "test");
}

/**
 * tok_demo_test_tear_down:
 * @test: A sample service.
 * @data: Nothing.
 */
void
tok_demo_test_tear_down (TokDemoTest *test, gconstpointer data)
{
  tok_demo_session_free (test->session);
  tok_demo_session_free (test->other);
  tok_demo_gate_free (test->gate);
  tok_demo_owner_free (test->owner);
}

/**
 * tok_demo_test_perform:
 * @test: A sample service.
 * @session: Who has asked.
 * @request: What was let in.
 *
 * Returns: (transfer full): The answer, as text.
 */
char *
tok_demo_test_perform (TokDemoTest *test, TokDemoSession *session, TokDemoRequest *request)
{
  g_autoptr (TokDemoOutcome) outcome = tok_demo_gate_perform (test->gate, session, request);

  test->hung_up = outcome->hang_up;
  return g_steal_pointer (&outcome->answer);
}

/**
 * tok_demo_test_ask_as:
 * @test: A sample service.
 * @session: Who asks.
 * @text: What.
 *
 * Returns: (transfer full): The answer, which there must be.
 */
JsonObject *
tok_demo_test_ask_as (TokDemoTest *test, TokDemoSession *session, const char *text)
{
  g_autoptr (TokDemoRequest) request
      = tok_demo_gate_admit (test->gate, session, text, strlen (text));
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  g_assert_nonnull (request);
  answer = tok_demo_test_perform (test, session, request);
  node = json_from_string (answer, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_dup_object (node);
}

/**
 * tok_demo_test_ask:
 * @test: A sample service.
 * @format: As for printf ().
 * @...: What goes into it.
 *
 * Returns: (transfer full): The answer, which there must be.
 */
JsonObject *
tok_demo_test_ask (TokDemoTest *test, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return tok_demo_test_ask_as (test, test->session, text);
}

/**
 * tok_demo_test_sign_in:
 * @test: A sample service.
 *
 * Signs in with all scopes.
 */
void
tok_demo_test_sign_in (TokDemoTest *test)
{
  g_autoptr (JsonObject) answer
      = tok_demo_test_ask (test, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}");

  tok_demo_test_assert_done (answer);
}

/**
 * tok_demo_test_sign_in_to:
 * @test: A sample service.
 * @login_id: One of its accounts.
 *
 * Signs in to that account, with all scopes.
 */
void
tok_demo_test_sign_in_to (TokDemoTest *test, const char *login_id)
{
  TokDemoAccount *account = tok_demo_owner_find_account (test->owner, login_id);
  g_autoptr (JsonObject) answer = tok_demo_test_ask (
      test, "{\"authorize\":\"%s\"}", tok_demo_account_get_own_token (account)->secret);

  tok_demo_test_assert_done (answer);
}

/**
 * tok_demo_test_sign_in_with:
 * @test: A sample service.
 * @scopes: Which scopes.
 *
 * Signs in with a new token, whose name is Extra.
 */
void
tok_demo_test_sign_in_with (TokDemoTest *test, TokScopes scopes)
{
  TokDemoToken *token = tok_demo_account_add_token (test->account, "Extra", NULL, scopes);
  g_autoptr (JsonObject) answer = tok_demo_test_ask (test, "{\"authorize\":\"%s\"}", token->secret);

  tok_demo_test_assert_done (answer);
}

/**
 * tok_demo_test_find_token:
 * @test: A sample service.
 * @name: A name.
 *
 * Returns: (transfer none) (nullable): The token of that name of the first account.
 */
TokDemoToken *
tok_demo_test_find_token (TokDemoTest *test, const char *name)
{
  GPtrArray *tokens = tok_demo_account_get_tokens (test->account);

  for (guint i = 0; i < tokens->len; i++) {
    TokDemoToken *token = tokens->pdata[i];

    if (g_str_equal (token->name, name))
      return token;
  }
  return NULL;
}

/**
 * tok_demo_test_assert_done:
 * @answer: An answer.
 *
 * Asserts that it has data and no error.
 */
void
tok_demo_test_assert_done (JsonObject *answer)
{
  const char *type = json_object_get_string_member (answer, "msg_type");

  g_assert_false (json_object_has_member (answer, "error"));
  g_assert_true (json_object_has_member (answer, type));
}

/**
 * tok_demo_test_assert_error:
 * @answer: An answer.
 * @code: The code that it should have.
 * @message: (nullable): The message that it should have.
 *
 * Asserts that it has an error and no data.
 */
void
tok_demo_test_assert_error (JsonObject *answer, const char *code, const char *message)
{
  const char *type = json_object_get_string_member (answer, "msg_type");
  JsonObject *error;

  g_assert_true (json_object_has_member (answer, "error"));
  error = json_object_get_object_member (answer, "error");
  g_assert_true (g_str_equal (type, "error") || !json_object_has_member (answer, type));
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, code);
  if (message != NULL)
    g_assert_cmpstr (json_object_get_string_member (error, "message"), ==, message);
}
