/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-fields.h"

/* An object that isn't there has no members: only the first fault is told. */
static JsonNode *
get_node (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static JsonNode *
get_value (TokDemoFields *self, JsonObject *object, const char *name, GType type)
{
  JsonNode *node = get_node (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type)
    return node;
  tok_demo_fields_fail (self, name);
  return NULL;
}

/**
 * tok_demo_fields_fail:
 * @self: What reads.
 * @name: A member; a static string.
 *
 * Notes that @name is wrong, where nothing was before.
 */
void
tok_demo_fields_fail (TokDemoFields *self, const char *name)
{
  if (self->wrong == NULL)
    self->wrong = name;
}

/**
 * tok_demo_fields_get_string:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: (transfer none): The text, or "" if it is wrong.
 */
const char *
tok_demo_fields_get_string (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_value (self, object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : "";
}

/**
 * tok_demo_fields_get_integer:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: The number, which is not negative, or 0 if it is wrong.
 */
gint64
tok_demo_fields_get_integer (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_value (self, object, name, G_TYPE_INT64);

  if (node != NULL && json_node_get_int (node) >= 0)
    return json_node_get_int (node);
  tok_demo_fields_fail (self, name);
  return 0;
}

/**
 * tok_demo_fields_get_number:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: The number, integer or not, or 0 if it is wrong.
 */
double
tok_demo_fields_get_number (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_node (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && (json_node_get_value_type (node) == G_TYPE_DOUBLE
          || json_node_get_value_type (node) == G_TYPE_INT64))
    return json_node_get_double (node);
  tok_demo_fields_fail (self, name);
  return 0;
}

/**
 * tok_demo_fields_get_boolean:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: What it says, or %FALSE if it is wrong.
 */
gboolean
tok_demo_fields_get_boolean (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_value (self, object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/**
 * tok_demo_fields_get_object:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: (transfer none) (nullable): The object, or %NULL if it is wrong.
 */
JsonObject *
tok_demo_fields_get_object (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_node (object, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  tok_demo_fields_fail (self, name);
  return NULL;
}

/**
 * tok_demo_fields_get_array:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: (transfer none) (nullable): The array, or %NULL if it is wrong.
 */
JsonArray *
tok_demo_fields_get_array (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonNode *node = get_node (object, name);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  tok_demo_fields_fail (self, name);
  return NULL;
}

/**
 * tok_demo_fields_get_n_elements:
 * @array: (nullable): An array.
 *
 * Returns: How many there are; none if there is no array.
 */
guint
tok_demo_fields_get_n_elements (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * tok_demo_fields_get_element:
 * @self: What reads.
 * @array: From what.
 * @i: Which of its elements.
 *
 * Returns: (transfer none) (nullable): The object in that place, or %NULL if it is wrong.
 */
JsonObject *
tok_demo_fields_get_element (TokDemoFields *self, JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  tok_demo_fields_fail (self, "object");
  return NULL;
}

/**
 * tok_demo_fields_get_scopes:
 * @self: What reads.
 * @object: (nullable): From what.
 * @name: Which member; a static string.
 *
 * Returns: The scopes that the array names.
 */
TokScopes
tok_demo_fields_get_scopes (TokDemoFields *self, JsonObject *object, const char *name)
{
  JsonArray *array = tok_demo_fields_get_array (self, object, name);
  TokScopes scopes = TOK_SCOPE_NONE;

  for (guint i = 0; i < tok_demo_fields_get_n_elements (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    gboolean is_text
        = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
    TokScopes scope = is_text ? tok_scope_from_id (json_node_get_string (node)) : TOK_SCOPE_NONE;

    if (!(scope & TOK_SCOPE_ALL))
      tok_demo_fields_fail (self, name);
    scopes |= scope;
  }
  return scopes & TOK_SCOPE_ALL;
}
