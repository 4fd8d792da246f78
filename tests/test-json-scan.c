/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-scan.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include <json-glib/json-glib.h>

#include "tok-test.h"

#define ROOM (1024 * 1024)
#define MAX_SIZE 600000
#define N_MUTANTS 60000
#define SEED 20240229

/* A case whose text may hold NUL bytes. */
#define CASE(text, fault)                                                                          \
  {                                                                                                \
    text, sizeof text - 1, TOK_JSON_##fault                                                        \
  }

typedef struct {
  const char *text;
  gsize length;
  TokJsonFault fault;
} Case;

/* Valid, with every construct of RFC 8259 in it, and nothing that is too deep or too large. */
static const char *const documents[] = {
  "{\"a\":[1,-0,0.5,-1.25e+3,2E-7,1e0,true,false,null,\"\",[],{}],\"\":{\"b\":[[[]]]}}",
  " { \"a\" : [ 1 , 2 ]\t,\r\n\"b\" : { } , \"c\" : [ ] } \n",
  "[\"\\\"\\\\\\/"
  "\\b\\f\\n\\r\\t\\u0041\\u00e9\\uFFFF\\ud83d\\uDE00\",\"\u00e9\u20ac\U0001f600\x7f\"]",
  "[9223372036854775807,-9223372036854775808,1e307,-9.99e307,123456789012345678901.5]",
  "{\"echo_req\":{\"ping\":1},\"msg_type\":\"ping\",\"ping\":\"pong\",\"req_id\":12}",
};

static const Case words[] = {
  CASE ("true", OK),
  CASE ("false", OK),
  CASE ("null", OK),
  CASE (" true ", OK),
  CASE ("[true,false,null]", OK),
  CASE ("", SYNTAX),
  CASE (" ", SYNTAX),
  CASE ("\n", SYNTAX),
  CASE ("t", SYNTAX),
  CASE ("tru", SYNTAX),
  CASE ("truE", SYNTAX),
  CASE ("True", SYNTAX),
  CASE ("TRUE", SYNTAX),
  CASE ("truee", SYNTAX),
  CASE ("true1", SYNTAX),
  CASE ("nul", SYNTAX),
  CASE ("nil", SYNTAX),
  CASE ("undefined", SYNTAX),
  CASE ("None", SYNTAX),
  CASE ("fals", SYNTAX),
  CASE ("true false", SYNTAX),
  CASE ("truefalse", SYNTAX),
  CASE ("[truefalse]", SYNTAX),
  CASE ("[true false]", SYNTAX),
  CASE ("[nulltrue]", SYNTAX),
  CASE ("ping", SYNTAX),
  CASE ("<html>", SYNTAX),
};

static const Case spaces[] = {
  CASE (" \t\r\n1 \t\r\n", OK), CASE ("[ \t\r\n]", OK),
  CASE ("{ \t\r\n}", OK),       CASE ("{\n\"a\"\t:\r1 , \"b\" : 2\n}", OK),
  CASE ("\v1", SYNTAX),         CASE ("\f1", SYNTAX),
  CASE ("1\v", SYNTAX),         CASE ("\u00a01", SYNTAX),
  CASE ("[1,\u00a02]", SYNTAX), CASE ("\u20281", SYNTAX),
  CASE ("\ufeff1", SYNTAX),     CASE ("\ufeff{}", SYNTAX),
  CASE ("/* x */1", SYNTAX),    CASE ("// x\n1", SYNTAX),
  CASE ("# x\n1", SYNTAX),      CASE ("1 // x", SYNTAX),
  CASE ("[1/* x */]", SYNTAX),  CASE ("{\"a\"/**/:1}", SYNTAX),
};

static const Case numbers[] = {
  CASE ("0", OK),
  CASE ("-0", OK),
  CASE ("7", OK),
  CASE ("-7", OK),
  CASE ("10", OK),
  CASE ("0.0", OK),
  CASE ("-0.0", OK),
  CASE ("0.001", OK),
  CASE ("1.0", OK),
  CASE ("1.50", OK),
  CASE ("0e0", OK),
  CASE ("0E0", OK),
  CASE ("0e+0", OK),
  CASE ("0e-0", OK),
  CASE ("1e5", OK),
  CASE ("1E5", OK),
  CASE ("1e+5", OK),
  CASE ("1e-5", OK),
  CASE ("1e05", OK),
  CASE ("1e00000000000000000000005", OK),
  CASE ("-1.5E-07", OK),
  CASE ("[0,-0,1]", OK),
  CASE ("-", SYNTAX),
  CASE ("+", SYNTAX),
  CASE ("+1", SYNTAX),
  CASE ("--1", SYNTAX),
  CASE ("-+1", SYNTAX),
  CASE ("- 1", SYNTAX),
  CASE ("00", SYNTAX),
  CASE ("01", SYNTAX),
  CASE ("-01", SYNTAX),
  CASE ("-00", SYNTAX),
  CASE ("00.5", SYNTAX),
  CASE (".5", SYNTAX),
  CASE ("-.5", SYNTAX),
  CASE ("1.", SYNTAX),
  CASE ("1.e5", SYNTAX),
  CASE ("1..5", SYNTAX),
  CASE ("1.5.5", SYNTAX),
  CASE ("1,5", SYNTAX),
  CASE ("1e", SYNTAX),
  CASE ("1E", SYNTAX),
  CASE ("1e+", SYNTAX),
  CASE ("1e-", SYNTAX),
  CASE ("1e++5", SYNTAX),
  CASE ("1e+-5", SYNTAX),
  CASE ("1ee5", SYNTAX),
  CASE ("1e5e5", SYNTAX),
  CASE ("1e5.5", SYNTAX),
  CASE ("1e 5", SYNTAX),
  CASE ("e5", SYNTAX),
  CASE ("0x10", SYNTAX),
  CASE ("0b1", SYNTAX),
  CASE ("0o7", SYNTAX),
  CASE ("1_000", SYNTAX),
  CASE ("1 000", SYNTAX),
  CASE ("1f", SYNTAX),
  CASE ("1L", SYNTAX),
  CASE ("NaN", SYNTAX),
  CASE ("-NaN", SYNTAX),
  CASE ("Infinity", SYNTAX),
  CASE ("-Infinity", SYNTAX),
  CASE ("inf", SYNTAX),
  CASE ("[-]", SYNTAX),
  CASE ("[1.]", SYNTAX),
  CASE ("[1e]", SYNTAX),
  CASE ("[01]", SYNTAX),
  CASE ("\u0661", SYNTAX),
  CASE ("\uff11", SYNTAX),
};

static const Case ranges[] = {
  CASE ("9223372036854775806", OK),
  CASE ("9223372036854775807", OK),
  CASE ("9223372036854775808", RANGE),
  CASE ("9223372036854775817", RANGE),
  CASE ("9999999999999999999", RANGE),
  CASE ("10000000000000000000", RANGE),
  CASE ("12345678901234567890", RANGE),
  CASE ("18446744073709551615", RANGE),
  CASE ("18446744073709551617", RANGE),
  CASE ("100000000000000000000000000000000000000000", RANGE),
  CASE ("999999999999999999", OK),
  CASE ("1000000000000000000", OK),
  CASE ("-9223372036854775807", OK),
  CASE ("-9223372036854775808", OK),
  CASE ("-9223372036854775809", RANGE),
  CASE ("-10000000000000000000", RANGE),
  CASE ("[1,9223372036854775808]", RANGE),
  CASE ("{\"a\":9223372036854775808}", RANGE),

  /* A fraction may have more digits than an integer. */
  CASE ("9223372036854775808.0", OK),
  CASE ("9223372036854775808e0", OK),
  CASE ("100000000000000000000000000000000000000000.5", OK),

  CASE ("1e307", OK),
  CASE ("9.999999e307", OK),
  CASE ("-1e307", OK),
  CASE ("1e308", RANGE),
  CASE ("1.0E+308", RANGE),
  CASE ("-1e308", RANGE),
  CASE ("1e309", RANGE),
  CASE ("1e400", RANGE),
  CASE ("1e3070", RANGE),
  CASE ("1e99999999999999999999999999999999999999999999999", RANGE),
  CASE ("10e306", OK),
  CASE ("10e307", RANGE),
  CASE ("1000.5e304", OK),
  CASE ("1000.5e305", RANGE),

  /* Zeros before the first digit that counts make it smaller, and zero has no size. */
  CASE ("0.1e308", OK),
  CASE ("0.1e309", RANGE),
  CASE ("0.00001e312", OK),
  CASE ("0.00001e313", RANGE),
  CASE ("-0.00001e313", RANGE),
  CASE ("0.10e309", RANGE),
  CASE ("0e400", OK),
  CASE ("0.0e400", OK),
  CASE ("-0.000E+99999999999999999999999999999999999", OK),
  CASE ("[0.0e400]", OK),

  /* What is too small is nothing, and does no harm. */
  CASE ("1e-400", OK),
  CASE ("1e-99999999999999999999999999999999999999999999999", OK),
  CASE ("0.0e-99999999999999999999999999999999999999999999999", OK),
};

static const Case strings[] = {
  CASE ("\"\"", OK),
  CASE ("\"a\"", OK),
  CASE ("\" \"", OK),
  CASE ("\"'\"", OK),
  CASE ("\"/\"", OK),
  CASE ("\"//\"", OK),
  CASE ("\"/* */\"", OK),
  CASE ("\"[{]},:\"", OK),
  CASE ("\"\\\"\"", OK),
  CASE ("\"\\\\\"", OK),
  CASE ("\"\\/\"", OK),
  CASE ("\"\\b\\f\\n\\r\\t\"", OK),
  CASE ("\"\\u0041\\u00E9\\uabcd\\uABCD\"", OK),
  CASE ("\"\\u00010\"", OK),
  CASE ("\"\\u0001\"", OK),
  CASE ("\"\\u2028\\uFEFF\\uFFFE\\uFFFF\"", OK),
  CASE ("\"\x7f\"", OK),
  CASE ("\"\u2028\"", OK),
  CASE ("\"\\\\u0000\"", OK),
  CASE ("\"", SYNTAX),
  CASE ("\"\"\"", SYNTAX),
  CASE ("\"a", SYNTAX),
  CASE ("a\"", SYNTAX),
  CASE ("'a'", SYNTAX),
  CASE ("\u201ca\u201d", SYNTAX),
  CASE ("`a`", SYNTAX),
  CASE ("\"a\" \"b\"", SYNTAX),
  CASE ("\"a\"b", SYNTAX),
  CASE ("\"\t\"", SYNTAX),
  CASE ("\"\n\"", SYNTAX),
  CASE ("\"\r\"", SYNTAX),
  CASE ("\"\x01\"", SYNTAX),
  CASE ("\"\x1f\"", SYNTAX),
  CASE ("\"\\", SYNTAX),
  CASE ("\"\\\"", SYNTAX),
  CASE ("\"\\a\"", SYNTAX),
  CASE ("\"\\v\"", SYNTAX),
  CASE ("\"\\0\"", SYNTAX),
  CASE ("\"\\'\"", SYNTAX),
  CASE ("\"\\x41\"", SYNTAX),
  CASE ("\"\\N\"", SYNTAX),
  CASE ("\"\\U0041\"", SYNTAX),
  CASE ("\"\\ \"", SYNTAX),
  CASE ("\"\\\n\"", SYNTAX),
  CASE ("\"\\\u00e9\"", SYNTAX),
  CASE ("\"\\u\"", SYNTAX),
  CASE ("\"\\u", SYNTAX),
  CASE ("\"\\u0", SYNTAX),
  CASE ("\"\\u004", SYNTAX),
  CASE ("\"\\u0041", SYNTAX),
  CASE ("\"\\u004\"", SYNTAX),
  CASE ("\"\\u004g\"", SYNTAX),
  CASE ("\"\\u 041\"", SYNTAX),
  CASE ("\"\\u-041\"", SYNTAX),
  CASE ("\"\\u{41}\"", SYNTAX),
};

/* What C can't hold: half a pair of surrogates, and NUL, at which the string would end. */
static const Case escapes[] = {
  CASE ("\"\\ud83d\\ude00\"", OK),
  CASE ("\"\\uD800\\uDC00\"", OK),
  CASE ("\"\\uDBFF\\uDFFF\"", OK),
  CASE ("\"\\uD7FF\\uE000\"", OK),
  CASE ("\"\\ud83d\\ude00\\ud83d\\ude00\"", OK),
  CASE ("{\"\\ud83d\\ude00\":1}", OK),
  CASE ("\"\\ud83d\"", ENCODING),
  CASE ("\"\\ud800\"", ENCODING),
  CASE ("\"\\udbff\"", ENCODING),
  CASE ("\"\\udc00\"", ENCODING),
  CASE ("\"\\udfff\"", ENCODING),
  CASE ("\"\\ude00\\ud83d\"", ENCODING),
  CASE ("\"\\ud83d\\ud83d\"", ENCODING),
  CASE ("\"\\ud83d\\u0041\"", ENCODING),
  CASE ("\"\\ud83d\\ue000\"", ENCODING),
  CASE ("\"\\ud83d\\n\"", ENCODING),
  CASE ("\"\\ud83dx\"", ENCODING),
  CASE ("\"\\ud83d \\ude00\"", ENCODING),
  CASE ("\"\\ud83d\\ude00\\ude00\"", ENCODING),
  CASE ("{\"\\ud83d\":1}", ENCODING),
  CASE ("\"\\ud83d\\u", SYNTAX),
  CASE ("\"\\ud83d\\ude0\"", SYNTAX),
  CASE ("\"\\ud83d\\ude0g\"", SYNTAX),
  CASE ("\"\\u0000\"", ENCODING),
  CASE ("\"a\\u0000b\"", ENCODING),
  CASE ("{\"error\\u0000\":1}", ENCODING),
};

static const Case encodings[] = {
  CASE ("\"\u00e9\u20ac\U0001f600\"", OK),
  CASE ("\"\xc2\x80\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff\"", OK),
  CASE ("{\"\u00e9\":\"\u20ac\"}", OK),
  CASE ("\u00e9", SYNTAX),
  CASE ("[\U0001f600]", SYNTAX),
  CASE ("\"\x80\"", ENCODING),
  CASE ("\"\xbf\"", ENCODING),
  CASE ("\"\xc3\"", ENCODING),
  CASE ("\"\xc3", ENCODING),
  CASE ("\"\xe2\x82\"", ENCODING),
  CASE ("\"\xf0\x9f\x98\"", ENCODING),
  CASE ("\"\xc0\x80\"", ENCODING),
  CASE ("\"\xc0\xa2\"", ENCODING),
  CASE ("\"\xc1\xbf\"", ENCODING),
  CASE ("\"\xe0\x80\xaf\"", ENCODING),
  CASE ("\"\xf0\x80\x80\xaf\"", ENCODING),
  CASE ("\"\xed\xa0\x80\"", ENCODING),
  CASE ("\"\xed\xbf\xbf\"", ENCODING),
  CASE ("\"\xed\xa0\xbd\xed\xb8\x80\"", ENCODING),
  CASE ("\"\xf4\x90\x80\x80\"", ENCODING),
  CASE ("\"\xf5\x80\x80\x80\"", ENCODING),
  CASE ("\"\xf8\x88\x80\x80\x80\"", ENCODING),
  CASE ("\"\xfe\"", ENCODING),
  CASE ("\"\xff\"", ENCODING),
  CASE ("\"caf\xe9\"", ENCODING),
  CASE ("{\"\xff\":1}", ENCODING),
  CASE ("[1]\xff", ENCODING),
  CASE ("\xff\xfe", ENCODING),
  CASE ("\xef\xbb", ENCODING),

  /* NUL bytes. */
  CASE ("\0", ENCODING),
  CASE ("1\0", ENCODING),
  CASE ("\0001", ENCODING),
  CASE ("{}\0", ENCODING),
  CASE ("{\0}", ENCODING),
  CASE ("\"\0\"", ENCODING),
  CASE ("\"a\0b\"", ENCODING),
  CASE ("[1,\0002]", ENCODING),
  CASE ("{}\0{}", ENCODING),
  CASE ("{\0\"\0a\0\"\0:\0001\0}\0", ENCODING),
};

static const Case brackets[] = {
  CASE ("[]", OK),
  CASE ("{}", OK),
  CASE ("[[]]", OK),
  CASE ("[{}]", OK),
  CASE ("[[],[]]", OK),
  CASE ("[{},{}]", OK),
  CASE ("{\"a\":[]}", OK),
  CASE ("{\"a\":{}}", OK),
  CASE ("{\"a\":[],\"b\":{}}", OK),
  CASE ("[1,[2,[3]],4]", OK),
  CASE ("{\"a\":1,\"a\":2}", OK),
  CASE ("{\"\":1}", OK),
  CASE ("{\"a\":{\"b\":{\"c\":[{\"d\":1}]}}}", OK),
  CASE ("[", SYNTAX),
  CASE ("]", SYNTAX),
  CASE ("{", SYNTAX),
  CASE ("}", SYNTAX),
  CASE (",", SYNTAX),
  CASE (":", SYNTAX),
  CASE ("[}", SYNTAX),
  CASE ("{]", SYNTAX),
  CASE ("[]]", SYNTAX),
  CASE ("{}}", SYNTAX),
  CASE ("[[]", SYNTAX),
  CASE ("[]1", SYNTAX),
  CASE ("[][]", SYNTAX),
  CASE ("{}{}", SYNTAX),
  CASE ("{} {}", SYNTAX),
  CASE ("{},{}", SYNTAX),
  CASE ("1 1", SYNTAX),
  CASE ("1,1", SYNTAX),
  CASE ("1,", SYNTAX),
  CASE ("[,]", SYNTAX),
  CASE ("[1,]", SYNTAX),
  CASE ("[1,,2]", SYNTAX),
  CASE ("[,1]", SYNTAX),
  CASE ("[1 2]", SYNTAX),
  CASE ("[1:2]", SYNTAX),
  CASE ("[\"a\":1]", SYNTAX),
  CASE ("[1;2]", SYNTAX),
  CASE ("[1", SYNTAX),
  CASE ("[1,", SYNTAX),
  CASE ("[1}", SYNTAX),
  CASE ("[[1}]", SYNTAX),
  CASE ("[{\"a\":1]]", SYNTAX),
  CASE ("{\"a\":[1}}", SYNTAX),
  CASE ("{,}", SYNTAX),
  CASE ("{\"a\"}", SYNTAX),
  CASE ("{\"a\":}", SYNTAX),
  CASE ("{:1}", SYNTAX),
  CASE ("{\"a\":1,}", SYNTAX),
  CASE ("{\"a\":1,,\"b\":2}", SYNTAX),
  CASE ("{,\"a\":1}", SYNTAX),
  CASE ("{\"a\":1 \"b\":2}", SYNTAX),
  CASE ("{\"a\" 1}", SYNTAX),
  CASE ("{\"a\",1}", SYNTAX),
  CASE ("{\"a\"=1}", SYNTAX),
  CASE ("{\"a\"::1}", SYNTAX),
  CASE ("{\"a\":1:2}", SYNTAX),
  CASE ("{\"a\":1,2}", SYNTAX),
  CASE ("{\"a\":1,\"b\"}", SYNTAX),
  CASE ("{a:1}", SYNTAX),
  CASE ("{'a':1}", SYNTAX),
  CASE ("{1:1}", SYNTAX),
  CASE ("{null:1}", SYNTAX),
  CASE ("{[]:1}", SYNTAX),
  CASE ("{\"a\":1]", SYNTAX),
  CASE ("{\"a\":1", SYNTAX),
  CASE ("{\"a\":1,", SYNTAX),
  CASE ("{\"a\":", SYNTAX),
  CASE ("{\"a\"", SYNTAX),
  CASE ("{\"a", SYNTAX),
  CASE ("{\"", SYNTAX),
  CASE ("{1}", SYNTAX),
  CASE ("(1)", SYNTAX),
  CASE ("var x = {};", SYNTAX),
  CASE ("{};", SYNTAX),
  CASE ("{}x", SYNTAX),
};

/* The grammar of RFC 8259 once more, by other means; as loose as that about sizes. */
#define GRAMMAR                                                                                    \
  "(?(DEFINE)"                                                                                     \
  "(?<s>[ \\t\\n\\r]*+)"                                                                           \
  "(?<number>-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"                            \
  "(?<string>\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9A-Fa-f]{4}))*+\")"               \
  "(?<array>\\[(?&s)(?:(?&value)(?:,(?&value))*+)?\\])"                                            \
  "(?<member>(?&s)(?&string)(?&s):(?&value))"                                                      \
  "(?<object>\\{(?&s)(?:(?&member)(?:,(?&member))*+)?\\})"                                         \
  "(?<value>(?&s)(?:true|false|null|(?&number)|(?&string)|(?&array)|(?&object))(?&s)))"            \
  "^(?&value)$"

static GRegex *grammar;
static char *room;
static gsize room_size;

/* Memory behind whose end nothing may be read, with or without a sanitizer. */
static void
make_room (void)
{
  gsize page = sysconf (_SC_PAGESIZE);

  room_size = (ROOM + page - 1) / page * page;
  room = mmap (NULL, room_size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (room != MAP_FAILED);
  g_assert_cmpint (mprotect (room + room_size, page, PROT_NONE), ==, 0);
}

/* Scans a copy of @text that ends where the memory does, and so has no end mark. */
static TokJsonFault
scan_within (const char *text, gsize length, guint max_depth, gsize max_size)
{
  char *copy = room + room_size - length;

  g_assert_cmpuint (length, <=, room_size);
  memcpy (copy, text, length);
  return tok_json_scan (copy, length, max_depth, max_size);
}

static TokJsonFault
scan (const char *text, gsize length)
{
  return scan_within (text, length, TOK_JSON_MAX_DEPTH, MAX_SIZE);
}

static void
assert_sound (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      assert_sound (json_array_get_element (array, i));
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *member;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &member))
      assert_sound (member);
  } else if (json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    g_assert_true (isfinite (json_node_get_double (node)));
  } else if (json_node_get_value_type (node) == G_TYPE_STRING) {
    g_assert_true (g_utf8_validate (json_node_get_string (node), -1, NULL));
  }
}

/* What passed is valid to others too, and the parser makes something of it that can be used. */
static void
assert_parses (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_regex_match_full (grammar, text, length, 0, 0, NULL, NULL));
  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json_parser_get_root (parser));
  assert_sound (json_parser_get_root (parser));
}

static void
assert_cases (const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++) {
    g_autofree char *shown = g_strescape (cases[i].text, NULL);

    g_test_message ("[%u] %s", i, shown);
    g_assert_cmpint (scan (cases[i].text, cases[i].length), ==, cases[i].fault);
    if (cases[i].fault == TOK_JSON_OK)
      assert_parses (cases[i].text, cases[i].length);
    if (cases[i].fault == TOK_JSON_SYNTAX)
      g_assert_false (
          g_regex_match_full (grammar, cases[i].text, cases[i].length, 0, 0, NULL, NULL));
  }
}

#define TABLE(name)                                                                                \
  static void test_##name (void) { assert_cases (name, G_N_ELEMENTS (name)); }

TABLE (words)
TABLE (spaces)
TABLE (numbers)
TABLE (ranges)
TABLE (strings)
TABLE (escapes)
TABLE (encodings)
TABLE (brackets)

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++) {
    gsize end = strlen (documents[i]);

    g_assert_cmpint (scan (documents[i], end), ==, TOK_JSON_OK);
    assert_parses (documents[i], end);

    /* Blanks at the end are the only thing that it can do without. */
    while (g_ascii_isspace (documents[i][end - 1]))
      end--;
    for (gsize length = 0; length < end; length++) {
      g_test_message ("the first %" G_GSIZE_FORMAT " bytes of %s", length, documents[i]);
      g_assert_cmpint (scan (documents[i], length), !=, TOK_JSON_OK);
    }
  }
}

/* Each byte is one that C takes for signed. */
static void
test_every_byte (void)
{
  for (guint c = 0; c < 256; c++) {
    char alone[] = { (char) c };
    char quoted[] = { '"', (char) c, '"' };
    gboolean digit = c >= '0' && c <= '9';
    gboolean printable = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';

    g_test_message ("byte 0x%02x", c);
    g_assert_cmpint (scan (alone, 1) == TOK_JSON_OK, ==, digit);
    g_assert_cmpint (scan (quoted, 3) == TOK_JSON_OK, ==, printable);
  }
}

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
      g_assert_cmpint (scan_within (at, strlen (at), limits[i], MAX_SIZE), ==, TOK_JSON_OK);
      g_assert_cmpint (scan_within (empty, strlen (empty), MAX (limits[i], 1), MAX_SIZE), ==,
                       TOK_JSON_OK);
      g_assert_cmpint (scan_within (over, strlen (over), limits[i], MAX_SIZE), ==, TOK_JSON_DEPTH);
      g_assert_cmpint (scan_within (over_empty, strlen (over_empty), limits[i], MAX_SIZE), ==,
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
      g_assert_cmpint (scan_within (text, length, 64, MAX_SIZE), ==, TOK_JSON_SYNTAX);
      text[i] = right;
    }
    g_assert_cmpint (scan_within (text, length, 64, MAX_SIZE), ==, TOK_JSON_OK);
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
    g_assert_cmpint (scan (text, length), ==, shapes[i].fault);
    g_assert_cmpfloat (g_test_timer_elapsed (), <, 0.5);
  }
}

static void
test_size (void)
{
  g_assert_cmpint (scan_within ("[1]", 3, 1, 3), ==, TOK_JSON_OK);
  g_assert_cmpint (scan_within ("[1]", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (scan_within ("1  ", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (scan_within ("\xff\xff\xff", 3, 1, 2), ==, TOK_JSON_SIZE);
  g_assert_cmpint (scan_within ("1", 1, 0, 1), ==, TOK_JSON_OK);
  g_assert_cmpint (scan_within ("1", 1, 0, 0), ==, TOK_JSON_SIZE);
  g_assert_cmpint (scan_within ("", 0, 0, 0), ==, TOK_JSON_SYNTAX);
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
    g_autoptr (GString) text = g_string_new (documents[i % G_N_ELEMENTS (documents)]);
    TokJsonFault fault;
    gboolean matches;

    for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
      mutate (random, text);
    fault = scan (text->str, text->len);
    matches = g_utf8_validate_len (text->str, text->len, NULL)
              && g_regex_match_full (grammar, text->str, text->len, 0, 0, NULL, NULL);
    counts[fault]++;

    if ((fault == TOK_JSON_OK && !matches) || (fault == TOK_JSON_SYNTAX && matches)) {
      g_autofree char *shown = g_strescape (text->str, NULL);

      g_test_fail_printf ("mutant %u, fault %d: %s", i, fault, shown);
      return;
    }
    if (fault == TOK_JSON_OK)
      assert_parses (text->str, text->len);
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
  make_room ();
  grammar = g_regex_new (GRAMMAR, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0, NULL);
  g_assert_nonnull (grammar);

  g_test_add_func ("/json-scan/words", test_words);
  g_test_add_func ("/json-scan/spaces", test_spaces);
  g_test_add_func ("/json-scan/numbers", test_numbers);
  g_test_add_func ("/json-scan/ranges", test_ranges);
  g_test_add_func ("/json-scan/strings", test_strings);
  g_test_add_func ("/json-scan/escapes", test_escapes);
  g_test_add_func ("/json-scan/encodings", test_encodings);
  g_test_add_func ("/json-scan/brackets", test_brackets);
  g_test_add_func ("/json-scan/prefixes", test_prefixes);
  g_test_add_func ("/json-scan/every-byte", test_every_byte);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/deep-brackets", test_deep_brackets);
  g_test_add_func ("/json-scan/large", test_large);
  g_test_add_func ("/json-scan/size", test_size);
  g_test_add_func ("/json-scan/length", test_length);
  g_test_add_func ("/json-scan/mutants", test_mutants);

  status = g_test_run ();
  g_regex_unref (grammar);
  return status;
}
