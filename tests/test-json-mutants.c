/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-scan.h"

#include "tok-json-check.h"
#include "tok-test.h"

#define N_MUTANTS 60000
#define SEED 20240229

/* Valid, with every construct of RFC 8259 in them. */
static const char *const seeds[] = {
  "{\"a\":[1,-0,0.5,-1.25e+3,2E-7,1e0,true,false,null,\"\",[],{}],\"\":{\"b\":[[[]]]}}",
  " { \"a\" : [ 1 , 2 ]\t,\r\n\"b\" : { } , \"c\" : [ ] } \n",
  "[\"\\\"\\\\\\/"
  "\\b\\f\\n\\r\\t\\u0041\\u00e9\\uFFFF\\ud83d\\uDE00\",\"\u00e9\u20ac\U0001f600\x7f\"]",
  "[9223372036854775807,-9223372036854775808,1e307,-9.99e307,123456789012345678901.5]",
  "{\"echo_req\":{\"ping\":1},\"msg_type\":\"ping\",\"ping\":\"pong\",\"req_id\":12}",
};

static void
mutate (GRand *random, GString *text)
{
  static const char *const pieces[]
      = { "[",     "]",     "{",       "}",       ",",     ":",    "\"",   "\\",  "0",   "9",
          "-",     ".",     "e",       "E",       "+",     " ",    "\n",   "t",   "a",   "/",
          "true",  "null",  "\\u0041", "\\ud83d", "\\n",   "[]",   "{}",   "1e5", "0.5", "\"a\":",
          "\"b\"", ",1",    "\xff",    "\xc3",    "\xa9",  "\x1f", "\x7f", "'",   "/*",  "01",
          "\\u00", "1e308", ",",       ":",       "false", "-0",   "\"\"", "[[",  "]]",  "}]" };
  gsize at = g_rand_int_range (random, 0, text->len + 1);
  gsize n_left = text->len - at;
  gsize n_wished = g_rand_int_range (random, 1, 9);
  gsize n = MIN (n_left, n_wished);
  g_autofree char *slice = g_strndup (text->str + at, n);

  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    if (n_left > 0)
      text->str[at] ^= 1 << g_rand_int_range (random, 0, 8);
    break;
  case 1:
    g_string_erase (text, at, n);
    break;
  case 2:
    g_string_truncate (text, at);
    break;
  case 3:
    g_string_insert (text, g_rand_int_range (random, 0, text->len + 1), slice);
    break;
  default:
    g_string_insert (text, at, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  }
}

/* Valid texts that were damaged a little: scanner, grammar and parser agree about each. */
static void
test_mutants (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint counts[TOK_JSON_RANGE + 1] = { 0 };

  for (guint i = 0; i < N_MUTANTS; i++) {
    g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
    TokJsonFault fault;
    gboolean matches;

    for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
      mutate (random, text);
    fault = tok_json_check_scan (text->str, text->len);
    matches = tok_json_check_matches (text->str, text->len);
    counts[fault]++;

    if ((fault == TOK_JSON_OK && !matches) || (fault == TOK_JSON_SYNTAX && matches)) {
      g_autofree char *shown = g_strescape (text->str, NULL);

      g_test_fail_printf ("mutant %u, fault %d: %s", i, fault, shown);
      return;
    }
    if (fault == TOK_JSON_OK)
      tok_json_check_assert_parses (text->str, text->len);
  }

  g_test_message ("ok %u, syntax %u, encoding %u, range %u", counts[TOK_JSON_OK],
                  counts[TOK_JSON_SYNTAX], counts[TOK_JSON_ENCODING], counts[TOK_JSON_RANGE]);
  g_assert_cmpuint (counts[TOK_JSON_OK], >, N_MUTANTS / 20);
  g_assert_cmpuint (counts[TOK_JSON_SYNTAX], >, N_MUTANTS / 4);
  g_assert_cmpuint (counts[TOK_JSON_ENCODING], >, N_MUTANTS / 100);
  g_assert_cmpuint (counts[TOK_JSON_RANGE], >, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  tok_test_init (&argc, &argv);
  tok_json_check_init ();

  g_test_add_func ("/json-mutants/agree", test_mutants);

  status = g_test_run ();
  tok_json_check_finish ();
  return status;
}
