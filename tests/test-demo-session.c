/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-session.h"
#include "tok-test.h"

static void
test_new_free (void)
{
  g_autoptr (TokDemoSession) session = tok_demo_session_new ("5", "127.0.0.1", NULL);

  g_assert_cmpstr (session->app_id, ==, "5");
  g_assert_cmpstr (session->address, ==, "127.0.0.1");
  g_assert_cmpstr (session->agent, ==, "");
  g_assert_null (session->token);
}

static void
test_app_ids (void)
{
  static const struct {
    const char *text;
    gboolean good;
  } cases[] = {
    { "1", TRUE },
    { "1089", TRUE },
    { "9999999999999999999", TRUE },
    { "10000000000000000000", FALSE },
    { "01", FALSE },
    { "0", FALSE },
    { "", FALSE },
    { "-1", FALSE },
    { "1 ", FALSE },
    { "1\n", FALSE },
    { "33xyz", FALSE },
    { "\331\241", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (tok_demo_session_is_app_id (cases[i].text) == cases[i].good);
}

static void
test_is_of_app (void)
{
  static const struct {
    const char *text;
    gint64 app_id;
    gboolean same;
  } cases[] = {
    { "5", 5, TRUE },
    { "5", 50, FALSE },
    { "50", 5, FALSE },
    { "9007199254740993", G_GINT64_CONSTANT (9007199254740993), TRUE },
    { "9007199254740993", G_GINT64_CONSTANT (9007199254740992), FALSE },
    { "9223372036854775807", G_MAXINT64, TRUE },
    { "9223372036854775808", G_MAXINT64, FALSE },
    { "9999999999999999999", G_MAXINT64, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TokDemoSession) session = tok_demo_session_new (cases[i].text, "127.0.0.1", "x");

    g_assert_true (tok_demo_session_is_of_app (session, cases[i].app_id) == cases[i].same);
  }
}

/* Calls are counted by app and account, or by where they come from. */
static void
test_callers (void)
{
  g_autoptr (TokDemoSession) session = tok_demo_session_new ("5", "127.0.0.1", "x");
  g_autoptr (TokDemoToken) token = tok_demo_token_new ("SAMPLE9", "Bot", "secret", TOK_SCOPE_READ);
  g_autofree char *stranger = tok_demo_session_dup_caller (session);
  g_autofree char *signed_in = NULL;

  g_assert_cmpstr (stranger, ==, "5 127.0.0.1 x");
  tok_demo_session_set_token (session, token);
  signed_in = tok_demo_session_dup_caller (session);
  g_assert_cmpstr (signed_in, ==, "5 SAMPLE9");
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-session/new-free", test_new_free);
  g_test_add_func ("/demo-session/app-ids", test_app_ids);
  g_test_add_func ("/demo-session/is-of-app", test_is_of_app);
  g_test_add_func ("/demo-session/callers", test_callers);

  return g_test_run ();
}
