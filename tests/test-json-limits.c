/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-scan.h"

#include "tok-json-check.h"
#include "tok-test.h"

#define MAX_SIZE TOK_JSON_CHECK_MAX_SIZE

/* @depth levels of arrays, or objects, or both by turns. */
static char *
nest (guint depth, gboolean objects, gboolean by_turns, const char *innermost)
{
  GString *text = g_string_new (NULL);
  GString *shut = g_string_new (NULL);

  for (guint i = 0; i < depth; i++) {
    gboolean brace = by_turns ? (i % 2 == 0) == !objects : objects;

    g_string_append (text, brace ? "{\"a\":" : "[");
    g_string_prepend_c (shut, brace ? '}' : ']');
  }
  g_string_append (text, innermost);
  g_string_append (text, shut->str);
  g_string_free (shut, TRUE);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const guint limits[] = { 0, 1, 2, 3, 31, TOK_JSON_MAX_DEPTH, 33, 63, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (guint shape = 0; shape < 4; shape++) {
      g_autofree char *at = nest (limits[i], shape & 1, shape & 2, "1");
      g_autofree char *empty = nest (MAX (limits[i], 1) - 1, shape & 1, shape & 2, "[]");
      g_autofree char *over = nest (limits[i] + 1, shape & 1, shape & 2, "1");
      g_autofree char *over_empty = nest (limits[i], shape & 1, shape & 2, "{}");

      g_test_message ("limit %u, shape %u", limits[i], shape);
      g_assert_cmpint (tok_json_check_scan_within (at, strlen (at), limits[i], MAX_SIZE), ==,
                       TOK_JSON_OK);
      g_assert_cmpint (
          tok_json_check_scan_within (empty, strlen (empty), MAX (limits[i], 1), MAX_SIZE), ==,
          TOK_JSON_OK);
      g_assert_cmpint (tok_json_check_scan_within (over, strlen (over), limits[i], MAX_SIZE), ==,
                       TOK_JSON_DEPTH);
      g_assert_cmpint (
          tok_json_check_scan_within (over_empty, strlen (over_empty), limits[i], MAX_SIZE), ==,
          TOK_JSON_DEPTH);
    }
}

/* At the deepest, each closing bracket still has to be the right one. */
static void
test_deep_brackets (void)
{
  for (guint shape = 0; shape < 4; shape++) {
    g_autofree char *text = nest (64, shape & 1, shape & 2, "1");
    gsize length = strlen (text);

    for (gsize i = length - 64; i < length; i++) {
      char right = text[i];

      text[i] = right == ']' ? '}' : ']';
      g_assert_cmpint (tok_json_check_scan_within (text, length, 64, MAX_SIZE), ==,
                       TOK_JSON_SYNTAX);
      text[i] = right;
    }
    g_assert_cmpint (tok_json_check_scan_within (text, length, 64, MAX_SIZE), ==, TOK_JSON_OK);
  }
}

static char *
repeat (const char *before, const char *unit, guint times, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (text, unit);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* Large and deep texts are done in no time, and without the stack. */
static void
test_large (void)
{
  static const struct {
    const char *before;
    const char *unit;
    guint times;
    const char *after;
    TokJsonFault fault;
  } shapes[] = {
    { "", "[", 100000, "", TOK_JSON_DEPTH },
    { "", "{\"a\":", 100000, "", TOK_JSON_DEPTH },
    { "", "[{\"a\":", 80000, "", TOK_JSON_DEPTH },
    { "", "[", 31, "", TOK_JSON_SYNTAX },
    { "[", "[],", 190000, "[]]", TOK_JSON_OK },
    { "[", "{\"a\":[1]},", 50000, "{}]", TOK_JSON_OK },
    { "\"", "a", MAX_SIZE - 2, "\"", TOK_JSON_OK },
    { "\"", "\\u00e9", 90000, "\"", TOK_JSON_OK },
    { "\"", "\\", MAX_SIZE - 2, "\"", TOK_JSON_OK },
    { "\"", "\\", MAX_SIZE - 3, "\"", TOK_JSON_SYNTAX },
    { "", " ", MAX_SIZE - 1, "1", TOK_JSON_OK },
    { "", " ", MAX_SIZE, "", TOK_JSON_SYNTAX },
    { "", "9", MAX_SIZE, "", TOK_JSON_RANGE },
    { "0.", "0", MAX_SIZE - 2, "", TOK_JSON_OK },
    { "0.", "9", MAX_SIZE - 2, "", TOK_JSON_OK },
    { "1e", "0", MAX_SIZE - 3, "7", TOK_JSON_OK },
    { "1e", "9", MAX_SIZE - 2, "", TOK_JSON_RANGE },
    { "1e-", "9", MAX_SIZE - 3, "", TOK_JSON_OK },
    { "0.", "0", 1000, "1e20000", TOK_JSON_RANGE },
    { "0.", "0", 5000, "1e20000", TOK_JSON_RANGE },
    { "0.", "0", 20000, "1e20000", TOK_JSON_OK },
    { "0.", "0", 500000, "1e500308", TOK_JSON_OK },
    { "0.", "0", 500000, "1e500309", TOK_JSON_RANGE },
    { "1", "0", 500000, "e-500000", TOK_JSON_OK },
    { "1", "0", 500000, "e-499693", TOK_JSON_OK },
    { "1", "0", 500000, "e-499692", TOK_JSON_RANGE },
    { "", "]", MAX_SIZE, "", TOK_JSON_SYNTAX },
    { "[1", ",1", 299998, "", TOK_JSON_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *text
        = repeat (shapes[i].before, shapes[i].unit, shapes[i].times, shapes[i].after);
    gsize length = strlen (text);

    g_test_message ("[%u] %s%s… of %" G_GSIZE_FORMAT " bytes", i, shapes[i].before, shapes[i].unit,
                    length);
    g_test_timer_start ();
    g_assert_cmpint (tok_json_check_scan (text, length), ==, shapes[i].fault);
    g_assert_cmpfloat (g_test_timer_elapsed (), <, 0.5);
  }
}

static void
test_size (void)
{
  g_assert_cmpint (tok_json_check_scan_within ("[1]", 3, 1, 3), ==, TOK_JSON_OK);
  g_assert_cmpint (tok_json_check_scan_within ("[1]", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (tok_json_check_scan_within ("1  ", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (tok_json_check_scan_within ("\xff\xff\xff", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (tok_json_check_scan_within ("1", 1, 0, 1), ==, TOK_JSON_OK);
  g_assert_cmpint (tok_json_check_scan_within ("1", 1, 0, 0), ==, TOK_JSON_SIZE);
  g_assert_cmpint (tok_json_check_scan_within ("", 0, 0, 0), ==, TOK_JSON_SYNTAX);
  g_assert_cmpint (tok_json_scan (NULL, 0, 0, 0), ==, TOK_JSON_SYNTAX);
}

/* What stands behind the length given doesn't count. */
static void
test_length (void)
{
  g_assert_cmpint (tok_json_scan ("true", 4, 0, 9), ==, TOK_JSON_OK);
  g_assert_cmpint (tok_json_scan ("truex", 4, 0, 9), ==, TOK_JSON_OK);
  g_assert_cmpint (tok_json_scan ("true", 3, 0, 9), ==, TOK_JSON_SYNTAX);
  g_assert_cmpint (tok_json_scan ("12\xff", 2, 0, 9), ==, TOK_JSON_OK);
  g_assert_cmpint (tok_json_scan ("1.5", 2, 0, 9), ==, TOK_JSON_SYNTAX);
  g_assert_cmpint (tok_json_scan ("\"\xc3\xa9\"", 2, 0, 9), ==, TOK_JSON_ENCODING);
  g_assert_cmpint (tok_json_scan ("0.05", 3, 0, 9), ==, TOK_JSON_OK);
}

int
main (int argc, char *argv[])
{
  int status;

  tok_test_init (&argc, &argv);
  tok_json_check_init ();

  g_test_add_func ("/json-limits/depth", test_depth);
  g_test_add_func ("/json-limits/deep-brackets", test_deep_brackets);
  g_test_add_func ("/json-limits/large", test_large);
  g_test_add_func ("/json-limits/size", test_size);
  g_test_add_func ("/json-limits/length", test_length);

  status = g_test_run ();
  tok_json_check_finish ();
  return status;
}
