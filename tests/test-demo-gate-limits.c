/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-test.h"
#include "tok-test.h"

static void
test_new_free (TokDemoTest *test, gconstpointer data)
{
  g_assert_cmpuint (tok_demo_gate_get_n_calls (test->gate, "oauth_apps"), ==, 0);
}

static void
test_limits (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (TokDemoSession) stranger = tok_demo_session_new ("1089", "127.0.0.1", "other");
  g_autoptr (TokDemoSession) other_app = tok_demo_session_new ("2", "127.0.0.1", "test");
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < 500; i++) {
    g_autoptr (JsonObject) ping
        = tok_demo_test_ask (test, i % 2 == 0 ? "{\"ping\":1}" : "{\"time\":1}");

    tok_demo_test_assert_done (ping);
  }
  for (guint i = 0; i < 180; i++) {
    g_autoptr (JsonObject) logout = tok_demo_test_ask (test, "{\"logout\":1}");

    tok_demo_test_assert_done (logout);
  }
  /* Comes before the schema, and is the same for the other connection of this program. */
  answer = tok_demo_test_ask (test, "{\"oauth_apps\":1,\"nonsense\":1}");
  tok_demo_test_assert_error (answer, "RateLimit",
                              "You have reached the rate limit for oauth_apps.");
  g_clear_pointer (&answer, json_object_unref);
  answer = tok_demo_test_ask_as (test, test->other, "{\"logout\":1}");
  tok_demo_test_assert_error (answer, "RateLimit", "You have reached the rate limit for logout.");
  g_clear_pointer (&answer, json_object_unref);

  answer = tok_demo_test_ask_as (test, stranger, "{\"logout\":1}");
  tok_demo_test_assert_done (answer);
  g_clear_pointer (&answer, json_object_unref);
  answer = tok_demo_test_ask_as (test, other_app, "{\"logout\":1}");
  tok_demo_test_assert_done (answer);
  g_clear_pointer (&answer, json_object_unref);

  tok_demo_gate_set_limits (test->gate, FALSE);
  tok_demo_test_sign_in (test);
  for (guint i = 0; i < 500; i++) {
    g_autoptr (JsonObject) apps = tok_demo_test_ask (test, "{\"oauth_apps\":1}");

    tok_demo_test_assert_done (apps);
  }
}

static void
test_limits_by_login (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  tok_demo_test_sign_in (test);
  for (guint i = 0; i < 180; i++) {
    g_autoptr (JsonObject) apps = tok_demo_test_ask (test, "{\"oauth_apps\":1}");

    tok_demo_test_assert_done (apps);
  }
  answer = tok_demo_test_ask (test, "{\"oauth_apps\":1}");
  tok_demo_test_assert_error (answer, "RateLimit", NULL);
  g_clear_pointer (&answer, json_object_unref);
  /* Whoever isn't signed in is counted apart. */
  answer = tok_demo_test_ask_as (test, test->other, "{\"logout\":1}");
  tok_demo_test_assert_done (answer);
}

/* Each account has its own 180 calls, on however many connections. */
static void
test_limits_of_each (TokDemoTest *test, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };

  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++) {
    TokDemoAccount *account = tok_demo_owner_find_account (test->owner, login_ids[i]);
    TokDemoToken *token = tok_demo_account_get_own_token (account);
    g_autoptr (JsonObject) answer = NULL;

    tok_demo_session_set_token (test->session, token);
    tok_demo_session_set_token (test->other, token);
    for (guint j = 0; j < 180; j++) {
      g_autoptr (JsonObject) apps = tok_demo_test_ask_as (
          test, j % 2 == 0 ? test->session : test->other, "{\"oauth_apps\":1}");

      tok_demo_test_assert_done (apps);
    }
    answer = tok_demo_test_ask (test, "{\"oauth_apps\":1}");
    tok_demo_test_assert_error (answer, "RateLimit", NULL);
  }
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo-gate-limits/" path, TokDemoTest, NULL, tok_demo_test_set_up, function,        \
              tok_demo_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  ADD ("new-free", test_new_free);
  ADD ("limits", test_limits);
  ADD ("limits-by-login", test_limits_by_login);
  ADD ("limits-of-each", test_limits_of_each);

  return g_test_run ();
}
