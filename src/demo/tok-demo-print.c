/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-print.h"

static void print_node (GString *text, JsonNode *node);

static void
print_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *c = string; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_c (text, '\\');
    if ((guchar) *c < ' ')
      g_string_append_printf (text, "\\u%04x", *c);
    else
      g_string_append_c (text, *c);
  }
  g_string_append_c (text, '"');
}

static void
print_object (GString *text, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (!first)
      g_string_append_c (text, ',');
    first = FALSE;
    print_string (text, name);
    g_string_append_c (text, ':');
    print_node (text, node);
  }
  g_string_append_c (text, '}');
}

static void
print_array (GString *text, JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    print_node (text, json_array_get_element (array, i));
  }
  g_string_append_c (text, ']');
}

static void
print_value (GString *text, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING) {
    print_string (text, json_node_get_string (node));
  } else if (type == G_TYPE_BOOLEAN) {
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  } else if (type == G_TYPE_INT64) {
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  } else {
    g_autofree char *number = tok_demo_print_number (json_node_get_double (node));

    g_string_append (text, number);
  }
}

static void
print_node (GString *text, JsonNode *node)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    print_object (text, json_node_get_object (node));
    break;
  case JSON_NODE_ARRAY:
    print_array (text, json_node_get_array (node));
    break;
  case JSON_NODE_VALUE:
    print_value (text, node);
    break;
  case JSON_NODE_NULL:
    g_string_append (text, "null");
    break;
  }
}

/**
 * tok_demo_print:
 * @node: A value.
 *
 * Writes JSON. Not by JsonGenerator, which in version 1.6 makes 1e-300.0 of 1e-300.
 *
 * Returns: (transfer full): The text.
 */
char *
tok_demo_print (JsonNode *node)
{
  GString *text;

  g_return_val_if_fail (node != NULL, NULL);

  text = g_string_new (NULL);
  print_node (text, node);
  return g_string_free (text, FALSE);
}

/**
 * tok_demo_print_number:
 * @number: A number that is finite.
 *
 * Returns: (transfer full): The shortest text that is read as @number.
 */
char *
tok_demo_print_number (double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, sizeof text, formats[i], number);
    if (g_ascii_strtod (text, NULL) == number)
      break;
  }
  return g_strdup (text);
}
