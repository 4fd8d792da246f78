/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"
#include "tok-demo-test.h"
#include "tok-test.h"

#include <string.h>

static void
test_new_free (TokDemoTest *test, gconstpointer data)
{
  g_assert_cmpuint (tok_demo_gate_get_n_calls (test->gate, "ping"), ==, 0);
}

static void
test_closes (TokDemoTest *test, gconstpointer data)
{
  static const char *const cases[] = {
    "",
    " ",
    "{",
    "{\"ping\":1",
    "{ping:1}",
    "{'ping':1}",
    "{\"ping\":1,}",
    "{\"ping\":1}x",
    "{\"ping\":01}",
    "/**/{\"ping\":1}",
    "{\"ping\":NaN}",
    "\377",
    "{\"ping\":\"\303\"}",
    "null",
    "0",
    "0.0",
    "-0",
    "\"\"",
    "false",
    "{\"ping\":1,\"req_id\":9223372036854775808}",
    "{\"ping\":1,\"x\":1e999}",
    "{\"ping\":1,\"x\":\"\\u0000\"}",
    "{\"ping\":1,\"x\":\"\\ud800\"}",
    /* The accent goes to the n, and what is left is no escape. */
    "{\"ping\":1,\"x\":\"\\n\314\201\"}",
  };
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *blanks = g_strnfill (TOK_DEMO_MAX_REQUEST + 1, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_null (tok_demo_gate_admit (test->gate, test->session, cases[i], strlen (cases[i])));
  }
  g_assert_null (tok_demo_gate_admit (test->gate, test->session, brackets, 100000));
  memcpy (blanks, "{\"ping\":1}", 10);
  g_assert_null (tok_demo_gate_admit (test->gate, test->session, blanks, TOK_DEMO_MAX_REQUEST + 1));
  g_assert_null (tok_demo_gate_admit (test->gate, test->session, "{\"ping\":1}\0", 11));
}

static void
test_largest (TokDemoTest *test, gconstpointer data)
{
  g_autofree char *text = g_strnfill (TOK_DEMO_MAX_REQUEST, ' ');
  g_autoptr (JsonObject) answer = NULL;

  memcpy (text, "{\"ping\":1}", 10);
  answer = tok_demo_test_ask_as (test, test->session, text);
  tok_demo_test_assert_done (answer);
}

static void
test_depth (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"ping\":1,\"passthrough\":{\"x\":");
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 30; i++)
    g_string_append_c (text, ']');
  g_string_append (text, "}}");
  answer = tok_demo_test_ask_as (test, test->session, text->str);
  tok_demo_test_assert_done (answer);

  g_string_replace (text, "[]", "[[]]", 1);
  g_assert_null (tok_demo_gate_admit (test->gate, test->session, text->str, text->len));
}

static void
test_before_dispatch (TokDemoTest *test, gconstpointer data)
{
#define BAD "BadRequest", "The application sent an invalid request."
#define INSANE "SanityCheckFailed", "Parameters sanity check failed."
#define UNKNOWN "UnrecognisedRequest", "Unrecognised request"
#define X50 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X300 X50 X50 X50 X50 X50 X50
  static const struct {
    const char *request;
    const char *code;
    const char *message;
  } cases[] = {
    { "[]", BAD },
    { "1", BAD },
    { "true", BAD },
    { "\"0\"", BAD },
    { "[{\"ping\":1}]", BAD },
    { "{\"\":1}", INSANE },
    { "{\"a b\":1}", INSANE },
    { "{\"\303\244\":1}", INSANE },
    { "{\"ping\":1,\"" X50 "x\":1}", INSANE },
    { "{\"ping\":\"" X300 "x\"}", INSANE },
    { "{\"ping\":\"\\u0007\"}", INSANE },
    { "{\"ping\":1,\"passthrough\":{\"x\":\"" X300 "x\"}}", INSANE },
    { "{\"ping\":1,\"passthrough\":{\"a b\":1}}", INSANE },
    { "{\"ping\":1,\"x\":[\"y\",\"" X300 "x\"]}", INSANE },
    { "{}", UNKNOWN },
    { "{\"pong\":1}", UNKNOWN },
    { "{\"" X50 "\":1}", UNKNOWN },
    { "{\"pong\":\"" X300 "\"}", UNKNOWN },
    { "{\"pong\":\"\303\244\\t\\n\360\237\216\201\"}", UNKNOWN },
    { "{\"my_password\":\"" X300 "x\"}", UNKNOWN },
    { "{\"pong\":{\"x\":{\"a b\":\"" X300 "x\"}}}", UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) answer = tok_demo_test_ask_as (test, test->session, cases[i].request);

    g_test_message ("%s", cases[i].request);
    tok_demo_test_assert_error (answer, cases[i].code, cases[i].message);
    g_assert_cmpstr (json_object_get_string_member (answer, "msg_type"), ==, "error");
    g_assert_true (json_object_has_member (answer, "echo_req"));
    g_assert_false (test->hung_up);
  }
}

static void
test_validation (TokDemoTest *test, gconstpointer data)
{
  static const struct {
    const char *request;
    const char *message;
    const char *path;
    const char *detail;
  } cases[] = {
    { "{\"api_token\":1,\"new_token\":\"a-b\"}", "new_token", "new_token",
      "String does not match ^[A-Za-z0-9\\s_]+$." },
    { "{\"api_token\":1,\"new_token\":\"\"}", "new_token", "new_token",
      "String does not match ^[A-Za-z0-9\\s_]+$." },
    { "{\"api_token\":1,\"delete_token\":\"a-b\"}", "delete_token", "delete_token",
      "String does not match ^[A-Za-z0-9\\s_*]+$." },
    { "{\"api_token\":1,\"new_token_scopes\":[\"read\",\"all\"]}", "new_token_scopes/1",
      "new_token_scopes/1",
      "Not in enum list: read, trade, trading_information, payments, admin." },
    { "{\"api_token\":1,\"new_token_scopes\":[\"read\",null]}", "new_token_scopes/1",
      "new_token_scopes/1", "Expected string - got null." },
    { "{\"api_token\":1,\"new_token_scopes\":[\"read\",\"read\"]}", "new_token_scopes",
      "new_token_scopes", "Unique items required." },
    { "{\"api_token\":1,\"new_token_scopes\":\"read\"}", "new_token_scopes", "new_token_scopes",
      "Expected array - got string." },
    { "{\"api_token\":1,\"valid_for_current_ip_only\":2}", "valid_for_current_ip_only",
      "valid_for_current_ip_only", "Not in enum list: 0, 1." },
    { "{\"api_token\":true}", "api_token", "api_token", "Expected integer - got boolean." },
    { "{\"api_token\":null}", "api_token", "api_token", "Expected integer - got null." },
    { "{\"api_token\":1.5}", "api_token", "api_token", "Expected integer - got number." },
    { "{\"api_token\":\"one\"}", "api_token", "api_token", "Expected integer - got string." },
    { "{\"api_token\":2}", "api_token", "api_token", "Not in enum list: 1." },
    { "{\"api_token\":1,\"loginid\":\"5\"}", "loginid", "loginid",
      "String does not match ^[A-Za-z]+[0-9]+$." },
    { "{\"api_token\":1,\"nonsense\":1}", "Properties not allowed: nonsense.", NULL, NULL },
    { "{\"ping\":1,\"time\":1}", "Properties not allowed: time.", NULL, NULL },
    { "{\"account_list\":1,\"loginid\":\"SAMPLE1\"}", "Properties not allowed: loginid.", NULL,
      NULL },
    { "{\"ping\":2,\"b\":1,\"a\":1}", "ping, Properties not allowed: b, a.", "ping",
      "Not in enum list: 1." },
    { "{\"ping\":1,\"req_id\":\"x\"}", "req_id", "req_id", "Expected integer - got string." },
    { "{\"ping\":1,\"passthrough\":1}", "passthrough", "passthrough",
      "Expected object - got number." },
    { "{\"authorize\":\"a b\"}", "authorize", "authorize",
      "String does not match ^[\\w\\-]{1,128}$." },
    { "{\"authorize\":\"\303\244\"}", "authorize", "authorize",
      "String does not match ^[\\w\\-]{1,128}$." },
    { "{\"authorize\":{}}", "authorize", "authorize", "Expected string - got object." },
    { "{\"authorize\":\"x\",\"tokens\":[\"a b\"]}", "tokens/0", "tokens/0",
      "String does not match ^[\\w\\-]{1,128}$." },
    { "{\"authorize\":\"x\",\"tokens\":[1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8]}",
      "tokens", "tokens", "Too many items: 26/25." },
    { "{\"login_history\":1,\"limit\":51}", "limit", "limit", "51 > maximum(50)" },
    { "{\"login_history\":1,\"limit\":-1}", "limit", "limit", "-1 < minimum(0)" },
    { "{\"login_history\":1,\"limit\":\"ten\"}", "limit", "limit",
      "Expected integer - got string." },
    { "{\"revoke_oauth_app\":\"x\"}", "revoke_oauth_app", "revoke_oauth_app",
      "Expected integer - got string." },
    { "{\"transaction\":1}", "subscribe", "subscribe", "Missing property." },
    { "{\"forget_all\":null}", "forget_all", "forget_all", "Expected array/string - got null." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) answer = tok_demo_test_ask_as (test, test->session, cases[i].request);
    g_autofree char *message = g_strconcat ("Input validation failed: ", cases[i].message, NULL);
    JsonObject *error = json_object_get_object_member (answer, "error");

    g_test_message ("%s", cases[i].request);
    tok_demo_test_assert_error (answer, "InputValidationFailed", NULL);
    g_assert_true (g_str_has_prefix (json_object_get_string_member (error, "message"), message));
    if (cases[i].path == NULL)
      g_assert_false (json_object_has_member (error, "details"));
    else
      g_assert_cmpstr (json_object_get_string_member (
                           json_object_get_object_member (error, "details"), cases[i].path),
                       ==, cases[i].detail);
  }
}

static void
test_coercion (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) ping = tok_demo_test_ask (test, "{\"ping\":\"1\",\"req_id\":\"7\"}");
  g_autoptr (JsonObject) whole = tok_demo_test_ask (test, "{\"ping\":1.0,\"req_id\":7e0}");
  g_autoptr (JsonObject) number = tok_demo_test_ask (test, "{\"authorize\":12345}");
  JsonObject *echo = json_object_get_object_member (ping, "echo_req");

  tok_demo_test_assert_done (ping);
  g_assert_cmpstr (json_object_get_string_member (echo, "ping"), ==, "1");
  g_assert_cmpstr (json_object_get_string_member (echo, "req_id"), ==, "7");
  g_assert_cmpint (json_object_get_int_member (ping, "req_id"), ==, 7);
  tok_demo_test_assert_done (whole);
  g_assert_cmpint (json_object_get_int_member (whole, "req_id"), ==, 7);
  tok_demo_test_assert_error (number, "InvalidToken", "The token is invalid.");

  tok_demo_test_sign_in (test);
  g_clear_pointer (&number, json_object_unref);
  number = tok_demo_test_ask (test, "{\"revoke_oauth_app\":\"70101\"}");
  tok_demo_test_assert_done (number);
  g_assert_cmpuint (tok_demo_account_get_apps (test->account)->len, ==, 11);
}

static void
test_envelope (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) plain = tok_demo_test_ask (test, "{\"ping\":1}");
  g_autoptr (JsonObject) full = tok_demo_test_ask (
      test, "{\"ping\":1,\"req_id\":9007199254740993,\"passthrough\":{\"a\":[1]}}");
  g_autoptr (JsonObject) failed
      = tok_demo_test_ask (test, "{\"pong\":1,\"req_id\":5,\"passthrough\":{\"a\":1}}");
  g_autoptr (JsonObject) no_id
      = tok_demo_test_ask (test, "{\"pong\":1,\"req_id\":[5],\"passthrough\":1}");

  g_assert_cmpuint (json_object_get_size (plain), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (plain, "ping"), ==, "pong");
  g_assert_cmpint (json_object_get_int_member (full, "req_id"), ==, 9007199254740993);
  g_assert_true (json_object_has_member (json_object_get_object_member (full, "passthrough"), "a"));
  g_assert_true (
      json_object_equal (json_object_get_object_member (
                             json_object_get_object_member (full, "echo_req"), "passthrough"),
                         json_object_get_object_member (full, "passthrough")));
  g_assert_cmpint (json_object_get_int_member (failed, "req_id"), ==, 5);
  g_assert_true (json_object_has_member (failed, "passthrough"));
  g_assert_false (json_object_has_member (no_id, "req_id"));
  g_assert_false (json_object_has_member (no_id, "passthrough"));
}

static void
test_numbers (TokDemoTest *test, gconstpointer data)
{
  static const char *const numbers[] = {
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "0.1",
    "-0.5",
    "1042.17",
    "1e-300",
    "1.5e+300",
    "2.2250738585072014e-308",
    "0.30000000000000004",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *text = g_strdup_printf ("{\"ping\":1,\"passthrough\":{\"x\":%s}}", numbers[i]);
    g_autofree char *echo = g_strdup_printf ("{\"echo_req\":%s,", text);
    g_autoptr (TokDemoRequest) request
        = tok_demo_gate_admit (test->gate, test->session, text, strlen (text));
    g_autofree char *answer = tok_demo_test_perform (test, test->session, request);

    g_assert_true (g_str_has_prefix (answer, echo));
  }
}

static void
test_not_shown (TokDemoTest *test, gconstpointer data)
{
  static const char *const cases[] = {
    "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}",
    "{\"authorize\":\"" TOK_DEMO_TEST_SECRET " \"}",
    "{\"authorize\":[\"" TOK_DEMO_TEST_SECRET "\"]}",
    "{\"authorize\":{\"x\":\"" TOK_DEMO_TEST_SECRET "\"}}",
    "{\"authorize\":\"x\",\"tokens\":[\"" TOK_DEMO_TEST_SECRET "\",\"" TOK_DEMO_TEST_SECRET "\"]}",
    "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\",\"a b\":1}",
    "{\"ping\":1,\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}",
    "{\"pong\":1,\"tokens\":\"" TOK_DEMO_TEST_SECRET "\"}",
  };
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *echo;
  JsonArray *tokens;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TokDemoRequest) request
        = tok_demo_gate_admit (test->gate, test->session, cases[i], strlen (cases[i]));
    g_autofree char *text = tok_demo_test_perform (test, test->session, request);

    g_assert_null (strstr (text, TOK_DEMO_TEST_SECRET));
    g_assert_nonnull (strstr (text, "<not shown>"));
  }
  answer = tok_demo_test_ask (test, "%s", cases[4]);
  echo = json_object_get_object_member (answer, "echo_req");
  g_assert_cmpstr (json_object_get_string_member (echo, "authorize"), ==, "<not shown>");
  tokens = json_object_get_array_member (echo, "tokens");
  g_assert_cmpuint (json_array_get_length (tokens), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (tokens, 1), ==, "<not shown>");
}

static void
test_too_large (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"ping\":1,\"req_id\":4,\"passthrough\":{\"x\":[1");
  g_autoptr (JsonObject) answer = NULL;

  /* Four bytes that are written out as fifteen, twice. */
  while (text->len < 200000)
    g_string_append (text, ",1e14");
  g_string_append (text, "]}}");
  answer = tok_demo_test_ask_as (test, test->session, text->str);
  tok_demo_test_assert_error (answer, "ResponseTooLarge", "Response too large.");
  g_assert_cmpint (json_object_get_int_member (answer, "req_id"), ==, 4);
}

/* Each fault hides those of later steps (PROTOCOL 1.4). */
static void
test_order (TokDemoTest *test, gconstpointer data)
{
  static const struct {
    const char *request;
    const char *code;
  } cases[] = {
    { "{\"api_token\":1,\"a b\":1}", "SanityCheckFailed" },
    { "{\"api_token\":1,\"nonsense\":1}", "InputValidationFailed" },
    { "{\"api_token\":1}", "AuthorizationRequired" },
  };
  TokDemoToken *token;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) answer = tok_demo_test_ask (test, "%s", cases[i].request);

    tok_demo_test_assert_error (answer, cases[i].code, NULL);
  }

  tok_demo_test_sign_in_with (test, TOK_SCOPE_READ);
  token = test->session->token;
  tok_demo_account_delete_token (test->account, token->mask, TRUE);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (JsonObject) answer = tok_demo_test_ask (test, "%s", cases[i].request);

    tok_demo_test_assert_error (answer, cases[i].code, NULL);
  }
  {
    g_autoptr (JsonObject) other
        = tok_demo_test_ask (test, "{\"oauth_apps\":1,\"loginid\":\"CR1\"}");
    g_autoptr (JsonObject) scope
        = tok_demo_test_ask (test, "{\"api_token\":1,\"delete_token\":\"x\"}");
    g_autoptr (JsonObject) gone
        = tok_demo_test_ask (test, "{\"oauth_apps\":1,\"loginid\":\"SAMPLE1\"}");

    tok_demo_test_assert_error (other, "AuthorizationRequired", "Please log in.");
    tok_demo_test_assert_error (scope, "PermissionDenied",
                                "Permission denied, requires admin scope.");
    tok_demo_test_assert_error (gone, "InvalidToken", "The token is invalid.");
  }
}

static void
test_dispatch_order (TokDemoTest *test, gconstpointer data)
{
  guint n_calls;
  const TokDemoCall *calls = tok_demo_calls_get_all (&n_calls);
  g_autoptr (JsonObject) answer
      = tok_demo_test_ask (test, "{\"time\":1,\"oauth_apps\":1,\"ping\":1}");

  g_assert_cmpuint (n_calls, ==, 137);
  for (guint i = 1; i < n_calls; i++)
    g_assert_cmpstr (calls[i - 1].name, <, calls[i].name);
  g_assert_cmpstr (json_object_get_string_member (answer, "msg_type"), ==, "oauth_apps");
}

/* Every call wants what its scopes say, and then works or says that it doesn't. */
static void
test_all_calls (TokDemoTest *test, gconstpointer data)
{
  guint n_calls;
  const TokDemoCall *calls = tok_demo_calls_get_all (&n_calls);
  guint n_open = 0, n_absent = 0;

  tok_demo_gate_set_limits (test->gate, FALSE);
  for (guint scope = 0; scope <= TOK_N_SCOPES; scope++) {
    TokScopes scopes = scope < TOK_N_SCOPES ? TOK_SCOPE_NTH (scope) : TOK_SCOPE_NONE;

    if (tok_demo_test_find_token (test, "Extra") != NULL)
      tok_demo_account_delete_token (test->account,
                                     tok_demo_test_find_token (test, "Extra")->secret, TRUE);
    tok_demo_test_sign_in_with (test, scopes);
    for (guint i = 0; i < n_calls; i++) {
      g_autoptr (JsonObject) answer = NULL;

      if (calls[i].flags & TOK_DEMO_CALL_TEXT || g_str_equal (calls[i].name, "logout"))
        continue;
      answer = tok_demo_test_ask (
          test, "{\"%s\":1%s}", calls[i].name,
          g_str_equal (calls[i].name, "transaction")   ? ",\"subscribe\":1"
          : g_str_has_prefix (calls[i].name, "app_re") ? ",\"name\":\"x\",\"scopes\":[]"
          : g_str_has_prefix (calls[i].name, "app_up") ? ",\"name\":\"x\",\"scopes\":[]"
                                                       : "");
      g_assert_cmpstr (json_object_get_string_member (answer, "msg_type"), ==, calls[i].name);
      if (calls[i].scopes != TOK_SCOPE_NONE && !(calls[i].scopes & scopes)) {
        tok_demo_test_assert_error (answer, "PermissionDenied", NULL);
      } else if (json_object_has_member (answer, "error")) {
        tok_demo_test_assert_error (answer, "NotInDemo", NULL);
        n_absent++;
      } else {
        tok_demo_test_assert_done (answer);
        n_open++;
      }
    }
  }
  /* ping, time and website_status with each of six tokens, six others with the one that has their
   * scope, and four with one of two. */
  g_assert_cmpuint (n_open, ==, 3 * 6 + 6 + 4 * 2);
  g_assert_cmpuint (n_absent, >, 100);
}

static void
test_scope_words (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) balance = NULL;
  g_autoptr (JsonObject) statement = NULL;

  tok_demo_test_sign_in_with (test, TOK_SCOPE_ADMIN);
  balance = tok_demo_test_ask (test, "{\"balance\":1}");
  tok_demo_test_assert_error (balance, "PermissionDenied",
                              "Permission denied, requires read or trading_information scope.");
  statement = tok_demo_test_ask (test, "{\"oauth_apps\":1}");
  tok_demo_test_assert_error (statement, "PermissionDenied",
                              "Permission denied, requires read scope.");
}

static void
test_odd_login_id (TokDemoTest *test, gconstpointer data)
{
  static const char *const cases[] = { "{}", "[]", "null", "1" };

  tok_demo_test_sign_in (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) answer
        = tok_demo_test_ask (test, "{\"buy\":1,\"loginid\":%s}", cases[i]);

    g_assert_true (json_object_has_member (answer, "error"));
  }
}

static void
test_login_ids (TokDemoTest *test, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3", "SAMPLE4" };

  for (guint i = 0; i < 3; i++) {
    tok_demo_test_sign_in_to (test, login_ids[i]);
    for (guint j = 0; j < G_N_ELEMENTS (login_ids); j++) {
      g_autoptr (JsonObject) answer
          = tok_demo_test_ask (test, "{\"oauth_apps\":1,\"loginid\":\"%s\"}", login_ids[j]);

      if (i == j)
        tok_demo_test_assert_done (answer);
      else
        tok_demo_test_assert_error (answer, "AuthorizationRequired", "Please log in.");
    }
  }
}

static void
test_unknown_app (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (TokDemoSession) session = tok_demo_session_new ("404", "127.0.0.1", "test");
  g_autoptr (JsonObject) ping = tok_demo_test_ask_as (test, session, "{\"ping\":1}");
  g_autoptr (JsonObject) apps = NULL;
  g_autoptr (JsonObject) authorize = NULL;

  tok_demo_test_assert_done (ping);
  g_assert_false (test->hung_up);
  apps = tok_demo_test_ask_as (test, session, "{\"oauth_apps\":1}");
  tok_demo_test_assert_error (apps, "AuthorizationRequired", NULL);
  g_assert_false (test->hung_up);
  authorize = tok_demo_test_ask_as (test, session, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}");
  tok_demo_test_assert_error (authorize, "InvalidAppID", "Your app_id is invalid.");
  g_assert_true (test->hung_up);
}

static void
test_pipelined (TokDemoTest *test, gconstpointer data)
{
  const char *apps = "{\"oauth_apps\":1}";
  g_autoptr (TokDemoRequest) too_early = NULL;
  g_autoptr (TokDemoRequest) still_in = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *done = NULL;
  g_autoptr (JsonObject) logout = NULL;

  too_early = tok_demo_gate_admit (test->gate, test->session, apps, strlen (apps));
  tok_demo_test_sign_in (test);
  refused = tok_demo_test_perform (test, test->session, too_early);
  g_assert_nonnull (strstr (refused, "AuthorizationRequired"));

  still_in = tok_demo_gate_admit (test->gate, test->session, apps, strlen (apps));
  logout = tok_demo_test_ask (test, "{\"logout\":1}");
  done = tok_demo_test_perform (test, test->session, still_in);
  g_assert_null (strstr (done, "\"error\""));
}

static void
test_fail_next (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) refused = NULL;
  g_autoptr (JsonObject) failed = NULL;
  g_autoptr (JsonObject) done = NULL;

  tok_demo_faults_add (tok_demo_gate_get_faults (test->gate),
                       "revoke_oauth_app:1:error:InternalServerError:Sorry", NULL);
  refused = tok_demo_test_ask (test, "{\"revoke_oauth_app\":70101}");
  tok_demo_test_assert_error (refused, "AuthorizationRequired", NULL);
  tok_demo_test_sign_in (test);
  failed = tok_demo_test_ask (test, "{\"revoke_oauth_app\":70101}");
  tok_demo_test_assert_error (failed, "InternalServerError", "Sorry");
  g_assert_cmpuint (tok_demo_account_get_apps (test->account)->len, ==, 12);
  done = tok_demo_test_ask (test, "{\"revoke_oauth_app\":70101}");
  tok_demo_test_assert_done (done);
  g_assert_cmpuint (tok_demo_account_get_apps (test->account)->len, ==, 11);
  g_assert_cmpuint (tok_demo_gate_get_n_calls (test->gate, "revoke_oauth_app"), ==, 3);
  g_assert_cmpuint (tok_demo_gate_get_n_calls (test->gate, "oauth_apps"), ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo-gate/" path, TokDemoTest, NULL, tok_demo_test_set_up, function,               \
              tok_demo_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  ADD ("new-free", test_new_free);
  ADD ("closes", test_closes);
  ADD ("largest", test_largest);
  ADD ("depth", test_depth);
  ADD ("before-dispatch", test_before_dispatch);
  ADD ("validation", test_validation);
  ADD ("coercion", test_coercion);
  ADD ("envelope", test_envelope);
  ADD ("numbers", test_numbers);
  ADD ("not-shown", test_not_shown);
  ADD ("too-large", test_too_large);
  ADD ("order", test_order);
  ADD ("dispatch-order", test_dispatch_order);
  ADD ("all-calls", test_all_calls);
  ADD ("scope-words", test_scope_words);
  ADD ("odd-login-id", test_odd_login_id);
  ADD ("login-ids", test_login_ids);
  ADD ("unknown-app", test_unknown_app);
  ADD ("pipelined", test_pipelined);
  ADD ("fail-next", test_fail_next);

  return g_test_run ();
}
