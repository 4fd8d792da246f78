/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-scan.h"

#include "tok-json-check.h"
#include "tok-test.h"

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

static void
assert_cases (const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++) {
    g_autofree char *shown = g_strescape (cases[i].text, NULL);

    g_test_message ("[%u] %s", i, shown);
    g_assert_cmpint (tok_json_check_scan (cases[i].text, cases[i].length), ==, cases[i].fault);
    if (cases[i].fault == TOK_JSON_OK)
      tok_json_check_assert_parses (cases[i].text, cases[i].length);
    if (cases[i].fault == TOK_JSON_SYNTAX)
      g_assert_false (tok_json_check_matches (cases[i].text, cases[i].length));
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

    g_assert_cmpint (tok_json_check_scan (documents[i], end), ==, TOK_JSON_OK);
    tok_json_check_assert_parses (documents[i], end);

    /* Blanks at the end are the only thing that it can do without. */
    while (g_ascii_isspace (documents[i][end - 1]))
      end--;
    for (gsize length = 0; length < end; length++) {
      g_test_message ("the first %" G_GSIZE_FORMAT " bytes of %s", length, documents[i]);
      g_assert_cmpint (tok_json_check_scan (documents[i], length), !=, TOK_JSON_OK);
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
    g_assert_cmpint (tok_json_check_scan (alone, 1) == TOK_JSON_OK, ==, digit);
    g_assert_cmpint (tok_json_check_scan (quoted, 3) == TOK_JSON_OK, ==, printable);
  }
}

int
main (int argc, char *argv[])
{
  int status;

  tok_test_init (&argc, &argv);
  tok_json_check_init ();

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

  status = g_test_run ();
  tok_json_check_finish ();
  return status;
}
