/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-schema.h"

#include "tok-demo-print.h"

#include <math.h>

/* What is wrong with a request so far: the members by their paths, and what has no path. */
typedef struct {
  JsonObject *details;
  char *general;
} Findings;

static const TokDemoMember common_members[] = {
  { "passthrough", TOK_DEMO_OBJECT },
  { "req_id", TOK_DEMO_INTEGER },
  { NULL },
};

static void G_GNUC_PRINTF (3, 4)
    find (Findings *findings, const char *path, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  json_object_set_string_member (findings->details, path, text);
}

static TokDemoTypes
get_type (JsonNode *node)
{
  double number;

  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    return TOK_DEMO_OBJECT;
  case JSON_NODE_ARRAY:
    return TOK_DEMO_ARRAY;
  case JSON_NODE_NULL:
    return 0;
  case JSON_NODE_VALUE:
    break;
  }

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return TOK_DEMO_STRING;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return TOK_DEMO_INTEGER | TOK_DEMO_NUMBER;
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return 0;
  /* 1.0 is an integer, to the schema as to the service. */
  number = json_node_get_double (node);
  if (number == floor (number) && number >= -0x1p63 && number < 0x1p63)
    return TOK_DEMO_INTEGER | TOK_DEMO_NUMBER;
  return TOK_DEMO_NUMBER;
}

static const char *
get_type_name (JsonNode *node)
{
  TokDemoTypes type = get_type (node);

  if (type & TOK_DEMO_NUMBER)
    return "number";
  if (type == TOK_DEMO_STRING)
    return "string";
  if (type == TOK_DEMO_ARRAY)
    return "array";
  if (type == TOK_DEMO_OBJECT)
    return "object";
  return JSON_NODE_HOLDS_NULL (node) ? "null" : "boolean";
}

static const char *
get_expected_name (TokDemoTypes types)
{
  if (types & TOK_DEMO_INTEGER)
    return "integer";
  if (types & TOK_DEMO_NUMBER)
    return "number";
  if (types & TOK_DEMO_STRING)
    return types & TOK_DEMO_ARRAY ? "array/string" : "string";
  return types & TOK_DEMO_ARRAY ? "array" : "object";
}

static JsonNode *
new_number (const char *text)
{
  JsonNode *node;
  gint64 integer;

  if (!g_regex_match_simple ("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$", text,
                             G_REGEX_DOLLAR_ENDONLY, 0))
    return NULL;
  node = json_node_alloc ();
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return json_node_init_int (node, integer);
  return json_node_init_double (node, g_ascii_strtod (text, NULL));
}

static char *
dup_number_text (JsonNode *node)
{
  if (get_type (node) & TOK_DEMO_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return tok_demo_print_number (json_node_get_double (node));
}

/**
 * tok_demo_schema_coerce:
 * @node: A value as it was sent.
 * @types: What it should be.
 *
 * Makes a number of a text that is one, and a text of a number, as the service does
 * (PROTOCOL 1.4 step 7). A boolean is neither 0 nor 1.
 *
 * Returns: (transfer full) (nullable): A value of one of @types.
 */
JsonNode *
tok_demo_schema_coerce (JsonNode *node, TokDemoTypes types)
{
  TokDemoTypes type = get_type (node);
  g_autoptr (JsonNode) coerced = NULL;

  if (type & types & TOK_DEMO_INTEGER)
    return json_node_init_int (json_node_alloc (), json_node_get_int (node));
  if (type & types)
    return json_node_copy (node);
  if (type & TOK_DEMO_NUMBER && types & TOK_DEMO_STRING) {
    g_autofree char *text = dup_number_text (node);

    return json_node_init_string (json_node_alloc (), text);
  }
  if (type == TOK_DEMO_STRING && types & (TOK_DEMO_INTEGER | TOK_DEMO_NUMBER)) {
    coerced = new_number (json_node_get_string (node));
    return coerced != NULL && get_type (coerced) & types ? tok_demo_schema_coerce (coerced, types)
                                                         : NULL;
  }
  return NULL;
}

static gboolean
matches (const char *pattern, const char *text)
{
  g_autoptr (GString) ascii = g_string_new (pattern);

  /* A word character of the schemas is an ASCII one; one of GRegex is any letter. */
  g_string_replace (ascii, "\\w", "A-Za-z0-9_", 0);
  return g_regex_match_simple (ascii->str, text, 0, 0);
}

static void
check_text (const TokDemoMember *member, const char *path, const char *text, Findings *findings)
{
  if (member->choices != NULL && !g_strv_contains (member->choices, text)) {
    g_autofree char *choices = g_strjoinv (", ", (char **) member->choices);

    find (findings, path, "Not in enum list: %s.", choices);
  } else if (member->pattern != NULL && !matches (member->pattern, text)) {
    find (findings, path, "String does not match %s.", member->pattern);
  }
}

static void
check_number (const TokDemoMember *member, JsonNode *node, Findings *findings)
{
  g_autofree char *text = dup_number_text (node);
  double number = json_node_get_double (node);

  if (member->choices != NULL)
    check_text (member, member->name, text, findings);
  else if (member->maximum != 0 && number > member->maximum)
    find (findings, member->name, "%s > maximum(%.0f)", text, member->maximum);
  else if (member->maximum != 0 && number < member->minimum)
    find (findings, member->name, "%s < minimum(%.0f)", text, member->minimum);
}

static JsonNode *
check_array (const TokDemoMember *member, JsonArray *items, Findings *findings)
{
  g_autoptr (JsonArray) coerced = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_items = json_array_get_length (items);

  for (guint i = 0; i < n_items; i++) {
    JsonNode *item = json_array_get_element (items, i);
    g_autoptr (JsonNode) text = tok_demo_schema_coerce (item, TOK_DEMO_STRING);
    g_autofree char *path = g_strdup_printf ("%s/%u", member->name, i);

    if (text == NULL) {
      find (findings, path, "Expected string - got %s.", get_type_name (item));
      continue;
    }
    check_text (member, path, json_node_get_string (text), findings);
    if (!g_hash_table_add (seen, (char *) json_node_get_string (text)) && member->unique)
      find (findings, member->name, "Unique items required.");
    json_array_add_element (coerced, g_steal_pointer (&text));
  }
  if (member->max_items != 0 && n_items > member->max_items)
    find (findings, member->name, "Too many items: %u/%u.", n_items, member->max_items);
  return json_node_init_array (json_node_alloc (), coerced);
}

static void
check_member (const TokDemoMember *member, JsonNode *sent, JsonObject *checked, Findings *findings)
{
  g_autoptr (JsonNode) node = tok_demo_schema_coerce (sent, member->types);

  if (node == NULL) {
    find (findings, member->name, "Expected %s - got %s.", get_expected_name (member->types),
          get_type_name (sent));
    return;
  }

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonNode *items = check_array (member, json_node_get_array (node), findings);

    json_object_set_member (checked, member->name, items);
    return;
  }
  if (get_type (node) & TOK_DEMO_NUMBER)
    check_number (member, node, findings);
  else if (get_type (node) == TOK_DEMO_STRING)
    check_text (member, member->name, json_node_get_string (node), findings);
  json_object_set_member (checked, member->name, g_steal_pointer (&node));
}

static void
check_members (const TokDemoMember *members,
               JsonObject *sent,
               JsonObject *checked,
               Findings *findings)
{
  for (const TokDemoMember *member = members; member->name != NULL; member++) {
    if (json_object_has_member (sent, member->name))
      check_member (member, json_object_get_member (sent, member->name), checked, findings);
    else if (member->required)
      find (findings, member->name, "Missing property.");
  }
}

static gboolean
is_declared (const TokDemoMember *const *tables, const char *name)
{
  for (; *tables != NULL; tables++)
    for (const TokDemoMember *member = *tables; member->name != NULL; member++)
      if (g_str_equal (member->name, name))
        return TRUE;
  return FALSE;
}

static char *
dup_undeclared (const TokDemoMember *const *tables, JsonObject *sent)
{
  g_autoptr (GList) names = json_object_get_members (sent);
  g_autoptr (GPtrArray) undeclared = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (!is_declared (tables, l->data))
      g_ptr_array_add (undeclared, l->data);
  if (undeclared->len == 0)
    return NULL;
  g_ptr_array_add (undeclared, NULL);
  list = g_strjoinv (", ", (char **) undeclared->pdata);
  return g_strdup_printf ("Properties not allowed: %s.", list);
}

static TokDemoFault *
new_fault (const Findings *findings)
{
  g_autoptr (GList) paths = json_object_get_members (findings->details);
  g_autoptr (GString) message = g_string_new ("Input validation failed: ");
  TokDemoFault *fault;

  for (GList *l = paths; l != NULL; l = l->next)
    g_string_append_printf (message, "%s%s", l == paths ? "" : ", ", (const char *) l->data);
  if (findings->general != NULL)
    g_string_append_printf (message, "%s%s", paths != NULL ? ", " : "", findings->general);

  fault = tok_demo_fault_new ("InputValidationFailed", "%s", message->str);
  if (paths != NULL)
    fault->details = json_object_ref (findings->details);
  return fault;
}

/**
 * tok_demo_schema_check:
 * @name: The member that names the call, if @members doesn't have it; ends with a %NULL name.
 * @members: What the call takes besides `passthrough` and `req_id`; ends with a %NULL name.
 * @sent: The request as it was sent.
 * @fault: (out): What is wrong with it, everything at once.
 *
 * Holds a request against a schema (PROTOCOL 1.4 step 7).
 *
 * Returns: (transfer full) (nullable): The members of @sent as the call takes them, or %NULL if
 *   there is a @fault.
 */
JsonObject *
tok_demo_schema_check (const TokDemoMember *name,
                       const TokDemoMember *members,
                       JsonObject *sent,
                       TokDemoFault **fault)
{
  const TokDemoMember *const tables[] = { name, members, common_members, NULL };
  g_autoptr (JsonObject) checked = json_object_new ();
  g_autoptr (JsonObject) details = json_object_new ();
  g_autofree char *undeclared = dup_undeclared (tables, sent);
  Findings findings = { details, undeclared };

  for (guint i = 0; tables[i] != NULL; i++)
    check_members (tables[i], sent, checked, &findings);
  if (undeclared == NULL && json_object_get_size (details) == 0)
    return g_steal_pointer (&checked);
  *fault = new_fault (&findings);
  return NULL;
}
