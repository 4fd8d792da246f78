/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-status.h"

#include "tok-error.h"
#include "tok-test.h"

#define LIMITS(general)                                                                            \
  "{\"website_status\":{\"site_status\":\"up\",\"api_call_limits\":{"                              \
  "\"max_requests_pricing\":{\"minutely\":80,\"hourly\":3600}" general "}}}"
#define GENERAL(limits) LIMITS (",\"max_requestes_general\":" limits)

typedef struct {
  const char *text;
  TokWireStatus status;
} Said;

/* Whatever is missing, or odd, is not said. */
static const Said all[] = {
  { GENERAL ("{\"applies_to\":\"x\",\"minutely\":180,\"hourly\":14400}"),
    { TOK_SITE_UP, 180, 14400 } },
  { GENERAL ("{\"minutely\":\"90\",\"hourly\":900.0}"), { TOK_SITE_UP, 90, 900 } },
  { GENERAL ("{\"minutely\":90}"), { TOK_SITE_UP, 90, 0 } },
  { GENERAL ("{\"hourly\":null,\"minutely\":{}}"), { TOK_SITE_UP, 0, 0 } },
  { GENERAL ("{\"hourly\":\"many\",\"minutely\":[5]}"), { TOK_SITE_UP, 0, 0 } },
  { GENERAL ("[]"), { TOK_SITE_UP, 0, 0 } },
  { GENERAL ("null"), { TOK_SITE_UP, 0, 0 } },
  { GENERAL ("180"), { TOK_SITE_UP, 0, 0 } },
  { LIMITS (""), { TOK_SITE_UP, 0, 0 } },
  { LIMITS (",\"max_requests_general\":{\"minutely\":5}"), { TOK_SITE_UP, 0, 0 } },
  { "{\"website_status\":{\"site_status\":\"updating\"}}", { TOK_SITE_UPDATING, 0, 0 } },
  { "{\"website_status\":{\"site_status\":\"down\"}}", { TOK_SITE_DOWN, 0, 0 } },
  { "{\"website_status\":{\"site_status\":\"DOWN\"}}", { TOK_SITE_UNKNOWN, 0, 0 } },
  { "{\"website_status\":{\"site_status\":1}}", { TOK_SITE_UNKNOWN, 0, 0 } },
  { "{\"website_status\":{\"site_status\":null}}", { TOK_SITE_UNKNOWN, 0, 0 } },
  { "{\"website_status\":{\"api_call_limits\":\"none\"}}", { TOK_SITE_UNKNOWN, 0, 0 } },
  { "{\"website_status\":{}}", { TOK_SITE_UNKNOWN, 0, 0 } },
};

static TokWireAnswer *
decode (const char *text)
{
  g_autoptr (GError) error = NULL;
  TokWireAnswer *answer = tok_wire_decode (text, strlen (text), &error);

  g_assert_no_error (error);
  return answer;
}

static void
test_said (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autoptr (TokWireAnswer) answer = decode (all[i].text);
    g_autoptr (GError) error = NULL;
    TokWireStatus status = { TOK_SITE_DOWN, -1, -1 };

    g_test_message ("%s", all[i].text);
    g_assert_true (tok_wire_answer_to_status (answer, &status, &error));
    g_assert_no_error (error);
    g_assert_cmpint (status.site, ==, all[i].status.site);
    g_assert_cmpint (status.minutely, ==, all[i].status.minutely);
    g_assert_cmpint (status.hourly, ==, all[i].status.hourly);
  }
}

static void
assert_fails (const char *text, TokError code)
{
  g_autoptr (TokWireAnswer) answer = decode (text);
  g_autoptr (GError) error = NULL;
  TokWireStatus status = { TOK_SITE_DOWN, 7, 7 };

  g_assert_false (tok_wire_answer_to_status (answer, &status, &error));
  g_assert_error (error, TOK_ERROR, (int) code);
  g_assert_cmpint (status.minutely, ==, 7);
}

static void
test_none (void)
{
  assert_fails ("{\"website_status\":1}", TOK_ERROR_GARBLED);
  assert_fails ("{\"website_status\":null}", TOK_ERROR_GARBLED);
  assert_fails ("{\"website_status\":[]}", TOK_ERROR_GARBLED);
  assert_fails ("{\"ping\":\"pong\"}", TOK_ERROR_GARBLED);
  assert_fails ("{\"error\":{\"code\":\"RateLimit\"}}", TOK_ERROR_RATE_LIMIT);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/wire-status/said", test_said);
  g_test_add_func ("/wire-status/none", test_none);

  return g_test_run ();
}
