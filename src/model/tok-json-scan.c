/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-scan.h"

#include <string.h>

#define MAX_INT64_DIGITS 19
#define MAX_PLACES 308

/* What is being read, and which of the open brackets are braces: one bit each, the innermost
 * lowest. Nothing is allocated. */
typedef struct {
  const char *at;
  const char *end;
  guint64 braces;
  guint depth;
  guint max_depth;
} Scan;

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
take (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gsize
skip_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at - start;
}

static gboolean
take_code_unit (Scan *scan, guint *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, scan->at++) {
    if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
      return FALSE;
    *unit = *unit << 4 | (guint) g_ascii_xdigit_value (*scan->at);
  }
  return TRUE;
}

static TokJsonFault
scan_escape (Scan *scan)
{
  guint unit;

  if (scan->at == scan->end)
    return TOK_JSON_SYNTAX;
  if (!take (scan, 'u')) {
    if (memchr ("\"\\/bfnrt", *scan->at, 8) == NULL)
      return TOK_JSON_SYNTAX;
    scan->at++;
    return TOK_JSON_OK;
  }

  if (!take_code_unit (scan, &unit))
    return TOK_JSON_SYNTAX;
  if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return TOK_JSON_ENCODING;
  if (unit >= 0xd800 && unit <= 0xdbff) {
    if (!take (scan, '\\') || !take (scan, 'u'))
      return TOK_JSON_ENCODING;
    if (!take_code_unit (scan, &unit))
      return TOK_JSON_SYNTAX;
    if (unit < 0xdc00 || unit > 0xdfff)
      return TOK_JSON_ENCODING;
  }
  return TOK_JSON_OK;
}

static TokJsonFault
scan_string (Scan *scan)
{
  TokJsonFault fault;

  if (!take (scan, '"'))
    return TOK_JSON_SYNTAX;
  while (scan->at < scan->end) {
    guchar c = *scan->at++;

    if (c == '"')
      return TOK_JSON_OK;
    if (c < 0x20)
      return TOK_JSON_SYNTAX;
    if (c == '\\' && (fault = scan_escape (scan)) != TOK_JSON_OK)
      return fault;
  }
  return TOK_JSON_SYNTAX;
}

static gboolean
fits_int64 (const char *digits, gsize n_digits, gboolean negative)
{
  const char *largest = negative ? "9223372036854775808" : "9223372036854775807";

  if (n_digits != MAX_INT64_DIGITS)
    return n_digits < MAX_INT64_DIGITS;
  return memcmp (digits, largest, MAX_INT64_DIGITS) <= 0;
}

/* Where the first digit that counts stands, and how far the exponent moves it, says how large a
 * number is. @digits begins with the @n_digits of its whole part. */
static gboolean
fits_double (const char *digits, const char *end, gsize n_digits, gint64 exponent)
{
  const char *first = digits;

  while (first < end && (*first == '0' || *first == '.'))
    first++;
  if (first == end || !g_ascii_isdigit (*first))
    return TRUE;
  if (first == digits)
    return (gint64) n_digits - 1 + exponent < MAX_PLACES;
  return digits + 1 - first + exponent < MAX_PLACES;
}

/* Stops counting where no text is long enough to make up for it. */
static gint64
read_exponent (const char *digits, const char *end)
{
  gint64 exponent = 0;

  for (const char *at = digits; at < end && exponent < G_MAXINT64 / 100; at++)
    exponent = exponent * 10 + g_ascii_digit_value (*at);
  return exponent;
}

static TokJsonFault
scan_number (Scan *scan)
{
  gboolean negative = take (scan, '-');
  gboolean is_integer = TRUE;
  const char *digits = scan->at;
  gsize n_digits = skip_digits (scan);
  gint64 exponent = 0;

  if (n_digits == 0 || (*digits == '0' && n_digits > 1))
    return TOK_JSON_SYNTAX;
  if (take (scan, '.')) {
    is_integer = FALSE;
    if (skip_digits (scan) == 0)
      return TOK_JSON_SYNTAX;
  }
  if (take (scan, 'e') || take (scan, 'E')) {
    gboolean shrinks = take (scan, '-');
    const char *start;

    is_integer = FALSE;
    if (!shrinks)
      take (scan, '+');
    start = scan->at;
    if (skip_digits (scan) == 0)
      return TOK_JSON_SYNTAX;
    exponent = read_exponent (start, scan->at) * (shrinks ? -1 : 1);
  }

  if (is_integer && !fits_int64 (digits, n_digits, negative))
    return TOK_JSON_RANGE;
  if (!is_integer && !fits_double (digits, scan->at, n_digits, exponent))
    return TOK_JSON_RANGE;
  return TOK_JSON_OK;
}

static TokJsonFault
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return TOK_JSON_SYNTAX;
  scan->at += length;
  return TOK_JSON_OK;
}

static TokJsonFault
scan_scalar (Scan *scan)
{
  if (scan->at == scan->end)
    return TOK_JSON_SYNTAX;
  switch (*scan->at) {
  case '"':
    return scan_string (scan);
  case 't':
    return scan_word (scan, "true");
  case 'f':
    return scan_word (scan, "false");
  case 'n':
    return scan_word (scan, "null");
  default:
    return scan_number (scan);
  }
}

static TokJsonFault
scan_member_name (Scan *scan)
{
  TokJsonFault fault;

  skip_space (scan);
  fault = scan_string (scan);
  if (fault != TOK_JSON_OK)
    return fault;
  skip_space (scan);
  return take (scan, ':') ? TOK_JSON_OK : TOK_JSON_SYNTAX;
}

/* Opens a bracket; sets @closed if it is shut at once, for then a value is complete. */
static TokJsonFault
scan_open (Scan *scan, gboolean *closed)
{
  gboolean brace = *scan->at == '{';

  if (scan->depth == scan->max_depth)
    return TOK_JSON_DEPTH;
  scan->at++;
  skip_space (scan);
  *closed = take (scan, brace ? '}' : ']');
  if (*closed)
    return TOK_JSON_OK;
  scan->depth++;
  scan->braces = scan->braces << 1 | (brace ? 1 : 0);
  return brace ? scan_member_name (scan) : TOK_JSON_OK;
}

/* After a complete value: shuts brackets until a comma says that another value comes, or the
 * outermost is shut. */
static TokJsonFault
scan_after_value (Scan *scan)
{
  while (scan->depth > 0) {
    gboolean brace = (scan->braces & 1) != 0;

    skip_space (scan);
    if (take (scan, ','))
      return brace ? scan_member_name (scan) : TOK_JSON_OK;
    if (!take (scan, brace ? '}' : ']'))
      return TOK_JSON_SYNTAX;
    scan->depth--;
    scan->braces >>= 1;
  }
  return TOK_JSON_OK;
}

/**
 * tok_json_scan:
 * @text: (array length=length): Bytes from somebody else; needs no end mark.
 * @length: How many.
 * @max_depth: How deeply arrays and objects may be nested, at most 64.
 * @max_size: How many bytes it may be at the most.
 *
 * Checks whether @text is exactly one JSON value by RFC 8259, in UTF-8, within the limits given,
 * with strings that C can hold (no escaped NUL, at which they would end, and no lone surrogate) and
 * with numbers that a 64-bit integer or a double below 1e308 can hold; so that a parser that is
 * less strict can be trusted with it. A repeated member name is not found. Allocates nothing, and
 * looks at each byte a constant number of times.
 *
 * Returns: %TOK_JSON_OK, or the first fault found.
 */
TokJsonFault
tok_json_scan (const char *text, gsize length, guint max_depth, gsize max_size)
{
  Scan scan = { text, text + length, 0, 0, max_depth };
  TokJsonFault fault;

  g_return_val_if_fail (text != NULL || length == 0, TOK_JSON_SYNTAX);
  g_return_val_if_fail (max_depth <= 64, TOK_JSON_DEPTH);

  if (length > max_size)
    return TOK_JSON_SIZE;
  if (!g_utf8_validate_len (text, length, NULL))
    return TOK_JSON_ENCODING;

  do {
    gboolean complete = TRUE;

    skip_space (&scan);
    if (scan.at < scan.end && (*scan.at == '{' || *scan.at == '['))
      fault = scan_open (&scan, &complete);
    else
      fault = scan_scalar (&scan);
    if (fault == TOK_JSON_OK && complete)
      fault = scan_after_value (&scan);
    if (fault != TOK_JSON_OK)
      return fault;
    if (complete && scan.depth == 0)
      break;
  } while (TRUE);

  skip_space (&scan);
  return scan.at == scan.end ? TOK_JSON_OK : TOK_JSON_SYNTAX;
}
