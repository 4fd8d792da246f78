/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-json-check.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include <json-glib/json-glib.h>

#define ROOM (1024 * 1024)

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

/* Memory behind whose end nothing may be read, with or without a sanitizer. */
static char *room;
static gsize room_size;
static gsize page_size;

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

/**
 * tok_json_check_init:
 *
 * Makes ready what the other functions here need, once a program.
 */
void
tok_json_check_init (void)
{
  page_size = sysconf (_SC_PAGESIZE);
  room_size = (ROOM + page_size - 1) / page_size * page_size;
  room = mmap (NULL, room_size + page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
               0);
  g_assert_true (room != MAP_FAILED);
  g_assert_cmpint (mprotect (room + room_size, page_size, PROT_NONE), ==, 0);

  grammar = g_regex_new (GRAMMAR, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0, NULL);
  g_assert_nonnull (grammar);
}

/**
 * tok_json_check_finish:
 *
 * Frees what [func@tok_json_check_init] made.
 */
void
tok_json_check_finish (void)
{
  munmap (room, room_size + page_size);
  g_clear_pointer (&grammar, g_regex_unref);
}

/**
 * tok_json_check_scan_within:
 * @text: (array length=length): Bytes.
 * @length: How many.
 * @max_depth: As for [func@tok_json_scan].
 * @max_size: As for [func@tok_json_scan].
 *
 * Scans a copy of @text that ends where the memory does: it has no end mark, and a byte that is
 * read behind it ends the program.
 *
 * Returns: What the scanner says.
 */
TokJsonFault
tok_json_check_scan_within (const char *text, gsize length, guint max_depth, gsize max_size)
{
  char *copy = room + room_size - length;

  g_assert_cmpuint (length, <=, room_size);
  memcpy (copy, text, length);
  return tok_json_scan (copy, length, max_depth, max_size);
}

/**
 * tok_json_check_scan:
 * @text: (array length=length): Bytes.
 * @length: How many.
 *
 * Returns: What the scanner says to @text within the limits of the wire.
 */
TokJsonFault
tok_json_check_scan (const char *text, gsize length)
{
  return tok_json_check_scan_within (text, length, TOK_JSON_MAX_DEPTH, TOK_JSON_CHECK_MAX_SIZE);
}

/**
 * tok_json_check_matches:
 * @text: (array length=length): Bytes.
 * @length: How many.
 *
 * Returns: Whether @text is one JSON value in UTF-8, by a grammar that the scanner doesn't know.
 */
gboolean
tok_json_check_matches (const char *text, gsize length)
{
  return g_utf8_validate_len (text, length, NULL)
         && g_regex_match_full (grammar, text, length, 0, 0, NULL, NULL);
}

/**
 * tok_json_check_assert_parses:
 * @text: (array length=length): What the scanner accepted.
 * @length: How many bytes.
 *
 * Asserts that @text is valid to others too, and that the parser makes something of it that can be
 * used.
 */
void
tok_json_check_assert_parses (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_json_check_matches (text, length));
  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json_parser_get_root (parser));
  assert_sound (json_parser_get_root (parser));
}
