/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Members of what the service sent, read as tolerantly as can be (PROTOCOL 2 and 7): numbers as
 * text, text as numbers, and nothing where there is nothing. */

#define MAX_SCOPES 64
/* Stands for a scope that can't be read, so that it counts as unknown and not as absent. */
#define UNREADABLE_SCOPE "?"
/* Above it not every whole number is a double. */
#define MAX_WHOLE_DOUBLE 9007199254740992.0
/* Numbers are seconds since 1970 between 2000 and 2100; others count something else. */
#define MIN_SECONDS G_GINT64_CONSTANT (946684800)
#define MAX_SECONDS G_GINT64_CONSTANT (4102444800)

static char *
dup_text (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    return g_strdup (json_node_get_string (node));
  case G_TYPE_INT64:
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  case G_TYPE_DOUBLE:
    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  default:
    return NULL;
  }
}

static const char *
peek_scope (JsonNode *node)
{
  const char *id = tok_wire_peek_text (node);

  return id != NULL ? id : UNREADABLE_SCOPE;
}

/* Without a zone it is UTC; without a time it is midnight. */
static GDateTime *
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *complete = NULL;

  if (strlen (text) == strlen ("2019-10-13"))
    text = complete = g_strconcat (text, "T00:00:00", NULL);
  time = g_date_time_new_from_iso8601 (text, utc);
  return time != NULL ? g_date_time_to_utc (time) : NULL;
}

/**
 * tok_wire_peek_text: (skip)
 * @node: (nullable): A node.
 *
 * Returns: (transfer none) (nullable): Its text; %NULL if it isn't one.
 */
const char *
tok_wire_peek_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * tok_wire_dup_text: (skip)
 * @object: An object.
 * @member: What of it.
 *
 * Returns: (transfer full) (nullable): The text, or the number as text; %NULL if it is neither.
 */
char *
tok_wire_dup_text (JsonObject *object, const char *member)
{
  return dup_text (json_object_get_member (object, member));
}

/**
 * tok_wire_read_int: (skip)
 * @object: An object.
 * @member: What of it.
 * @value: (out): Where to put the number; may be changed if there is none.
 *
 * Returns: Whether it is a whole number, or says one as text (PROTOCOL 7).
 */
gboolean
tok_wire_read_int (JsonObject *object, const char *member, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, member);
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    return g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, value,
                                     NULL);
  case G_TYPE_INT64:
  case G_TYPE_BOOLEAN:
    *value = json_node_get_int (node);
    return TRUE;
  case G_TYPE_DOUBLE:
    number = json_node_get_double (node);
    if (!(number >= -MAX_WHOLE_DOUBLE && number <= MAX_WHOLE_DOUBLE)
        || number != (double) (gint64) number)
      return FALSE;
    *value = (gint64) number;
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * tok_wire_read_flag: (skip)
 * @object: An object.
 * @member: What of it.
 *
 * Returns: Whether it is a number other than 0, or true.
 */
gboolean
tok_wire_read_flag (JsonObject *object, const char *member)
{
  gint64 value;

  return tok_wire_read_int (object, member, &value) && value != 0;
}

/**
 * tok_wire_read_double: (skip)
 * @object: An object.
 * @member: What of it.
 *
 * Returns: The number, which may be said as text; 0 if it is none.
 */
double
tok_wire_read_double (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = tok_wire_peek_text (node);
  double value = 0.0;
  char *end;

  if (text != NULL) {
    value = g_ascii_strtod (text, &end);
    if (end == text || *end != '\0')
      return 0.0;
  } else if (node != NULL && JSON_NODE_HOLDS_VALUE (node)) {
    value = json_node_get_double (node);
  }
  return isfinite (value) ? value : 0.0;
}

/**
 * tok_wire_read_use: (skip)
 * @object: An object.
 * @member: What of it.
 * @time: (out) (nullable) (transfer full): Where to put when that was, in UTC; %NULL for never.
 *
 * Reads when something was used: a date and time, or a date alone, or seconds since 1970; nothing
 * or an empty text is never (PROTOCOL 2.4, 2.5). Somebody may delete what was never used, so what
 * isn't said, or can't be understood, is not taken for that.
 *
 * Returns: Whether it says so.
 */
gboolean
tok_wire_read_use (JsonObject *object, const char *member, GDateTime **time)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = tok_wire_peek_text (node);
  gint64 seconds;

  *time = NULL;
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (node) || g_strcmp0 (text, "") == 0)
    return TRUE;
  if (tok_wire_read_int (object, member, &seconds)) {
    if (seconds >= MIN_SECONDS && seconds < MAX_SECONDS)
      *time = g_date_time_new_from_unix_utc (seconds);
  } else if (text != NULL) {
    *time = parse_time (text);
  }
  return *time != NULL;
}

/**
 * tok_wire_read_scopes: (skip)
 * @object: An object.
 * @unknown: (out) (transfer full): Those that nobody here knows.
 *
 * What isn't said, or can't be understood, makes the access unknown, never smaller.
 *
 * Returns: The known ones among its scopes.
 */
TokScopes
tok_wire_read_scopes (JsonObject *object, char ***unknown)
{
  JsonNode *node = json_object_get_member (object, "scopes");
  const char *ids[MAX_SCOPES + 2] = { NULL };

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint n = json_array_get_length (array);

    for (guint i = 0; i < MIN (n, MAX_SCOPES); i++)
      ids[i] = peek_scope (json_array_get_element (array, i));
    if (n > MAX_SCOPES)
      ids[MAX_SCOPES] = UNREADABLE_SCOPE;
  } else {
    ids[0] = peek_scope (node);
  }
  return tok_scopes_from_ids (ids, unknown);
}
