/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-faults.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
  TokDemoFaults *faults;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->faults = tok_demo_faults_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tok_demo_faults_free (fixture->faults);
}

static void
add (Fixture *fixture, const char *spec)
{
  g_autoptr (GError) error = NULL;

  tok_demo_faults_add (fixture->faults, spec, &error);
  g_assert_no_error (error);
}

static const TokDemoMishap *
take (Fixture *fixture, const char *text)
{
  g_autoptr (TokDemoRequest) request = tok_demo_request_new (text, strlen (text));

  g_assert_nonnull (request->call);
  return tok_demo_faults_take (fixture->faults, request);
}

/* With which of so many pings something goes wrong, as bits. */
static guint
count (Fixture *fixture, guint n_calls)
{
  guint hits = 0;

  for (guint i = 0; i < n_calls; i++)
    hits |= take (fixture, "{\"ping\":1}") != NULL ? 1u << i : 0;
  return hits;
}

static void
test_new_free (void)
{
  tok_demo_faults_free (tok_demo_faults_new ());
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_assert_cmphex (count (fixture, 8), ==, 0);
}

static void
test_when (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *spec;
    guint hits;
  } cases[] = {
    { "ping:1:twice", 0x01 },  { "ping:3:twice", 0x04 },   { "ping:1+:twice", 0xff },
    { "ping:3+:twice", 0xfc }, { "ping:/1:twice", 0xff },  { "ping:/3:twice", 0x24 },
    { "*:2:twice", 0x02 },     { "ping:9:twice", 0 },      { "time:1+:twice", 0 },
    { "ping.x:1:twice", 0 },   { "ping.ping:2:twice", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    add (fixture, cases[i].spec);
    g_assert_cmphex (count (fixture, 8), ==, cases[i].hits);
    tok_demo_faults_clear (fixture->faults);
    g_assert_cmphex (count (fixture, 8), ==, 0);
  }
}

static void
test_member (Fixture *fixture, gconstpointer data)
{
  add (fixture, "api_token.new_token:2:drop-after");
  g_assert_null (take (fixture, "{\"api_token\":1,\"new_token\":\"A\"}"));
  g_assert_null (take (fixture, "{\"api_token\":1}"));
  g_assert_null (take (fixture, "{\"api_token\":1,\"delete_token\":\"A\"}"));
  g_assert_nonnull (take (fixture, "{\"api_token\":1,\"new_token\":\"A\"}"));
  g_assert_null (take (fixture, "{\"api_token\":1,\"new_token\":\"A\"}"));
}

/* Counting begins with each fault, and of two for one call the second waits. */
static void
test_several (Fixture *fixture, gconstpointer data)
{
  add (fixture, "ping:1:twice");
  add (fixture, "ping:1:masked");
  add (fixture, "*:4+:half");
  g_assert_cmpint (take (fixture, "{\"ping\":1}")->kind, ==, TOK_DEMO_MISHAP_TWICE);
  g_assert_cmpint (take (fixture, "{\"ping\":1}")->kind, ==, TOK_DEMO_MISHAP_MASKED);
  g_assert_null (take (fixture, "{\"ping\":1}"));
  add (fixture, "ping:2:no-id");
  g_assert_cmpint (take (fixture, "{\"time\":1}")->kind, ==, TOK_DEMO_MISHAP_HALF);
  g_assert_cmpint (take (fixture, "{\"ping\":1}")->kind, ==, TOK_DEMO_MISHAP_HALF);
  tok_demo_faults_clear (fixture->faults);
  g_assert_cmphex (count (fixture, 8), ==, 0);
}

static void
test_what (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *what;
    TokDemoMishapKind kind;
    gboolean before;
    gint64 number;
    const char *code;
    const char *text;
  } cases[] = {
    { "drop-before", TOK_DEMO_MISHAP_DROP, TRUE },
    { "drop-after", TOK_DEMO_MISHAP_DROP },
    { "silent-before", TOK_DEMO_MISHAP_SILENCE, TRUE },
    { "silent-after", TOK_DEMO_MISHAP_SILENCE },
    { "close-before:1006", TOK_DEMO_MISHAP_CLOSE, TRUE, 1006 },
    { "close-after:403", TOK_DEMO_MISHAP_CLOSE, FALSE, 403 },
    { "error:RateLimit", TOK_DEMO_MISHAP_ERROR, FALSE, 0, "RateLimit",
      "You have reached the rate limit." },
    { "error:Odd", TOK_DEMO_MISHAP_ERROR, FALSE, 0, "Odd", "Odd" },
    { "error:Odd:a: b", TOK_DEMO_MISHAP_ERROR, FALSE, 0, "Odd", "a: b" },
    { "error:Odd:", TOK_DEMO_MISHAP_ERROR, FALSE, 0, "Odd", "" },
    { "delay:500", TOK_DEMO_MISHAP_DELAY, FALSE, 500 },
    { "garbage", TOK_DEMO_MISHAP_GARBAGE, FALSE, 0, NULL, "}{" },
    { "garbage:{\"a\":1}", TOK_DEMO_MISHAP_GARBAGE, FALSE, 0, NULL, "{\"a\":1}" },
    { "garbage:", TOK_DEMO_MISHAP_GARBAGE, FALSE, 0, NULL, "" },
    { "wrong-id", TOK_DEMO_MISHAP_WRONG_ID, FALSE, 1000 },
    { "wrong-id:-1", TOK_DEMO_MISHAP_WRONG_ID, FALSE, -1 },
    { "no-id", TOK_DEMO_MISHAP_NO_ID },
    { "twice", TOK_DEMO_MISHAP_TWICE },
    { "unsolicited:x", TOK_DEMO_MISHAP_UNSOLICITED, FALSE, 0, NULL, "x" },
    { "masked", TOK_DEMO_MISHAP_MASKED },
    { "half", TOK_DEMO_MISHAP_HALF },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *spec = g_strconcat ("ping:1:", cases[i].what, NULL);
    const TokDemoMishap *mishap;

    add (fixture, spec);
    mishap = take (fixture, "{\"ping\":1}");
    g_assert_cmpint (mishap->kind, ==, cases[i].kind);
    g_assert_cmpint (mishap->before, ==, cases[i].before);
    g_assert_cmpint (mishap->number, ==, cases[i].number);
    g_assert_cmpstr (mishap->code, ==, cases[i].code);
    g_assert_cmpstr (mishap->text, ==, cases[i].text);
    g_assert_true (g_str_has_prefix (cases[i].what, mishap->name));
  }
}

static void
test_bad_specs (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[] = {
    "",
    ":",
    "::",
    "ping",
    "ping:1",
    "ping:1:",
    ":1:twice",
    "ping::twice",
    "pong:1:twice",
    "PING:1:twice",
    "ping.:1:twice",
    "ping:0:twice",
    "ping:-1:twice",
    "ping:+:twice",
    "ping:/:twice",
    "ping:/0:twice",
    "ping:1++:twice",
    "ping:/1+:twice",
    "ping:x:twice",
    "ping: 1:twice",
    "ping:99999999999:twice",
    "ping:1:thrice",
    "ping:1:drop",
    "ping:1:twice:1",
    "ping:1:masked:",
    "ping:1:delay",
    "ping:1:delay:",
    "ping:1:delay:x",
    "ping:1:delay:-1",
    "ping:1:delay:0",
    "ping:1:close-after",
    "ping:1:close-before:0",
    "ping:1:close-before:65536",
    "ping:1:error",
    "ping:1:error:",
    "ping:1:wrong-id:x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *quoted = g_strdup_printf ("“%s”", cases[i]);

    g_assert_false (tok_demo_faults_add (fixture->faults, cases[i], &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    g_assert_nonnull (strstr (error->message, quoted));
  }
  g_assert_cmphex (count (fixture, 8), ==, 0);
}

#define ADD(path, test) g_test_add ("/demo-faults/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-faults/new-free", test_new_free);
  ADD ("none", test_none);
  ADD ("when", test_when);
  ADD ("member", test_member);
  ADD ("several", test_several);
  ADD ("what", test_what);
  ADD ("bad-specs", test_bad_specs);
  return g_test_run ();
}
