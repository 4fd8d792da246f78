/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-request.h"

#include "tok-demo-print.h"
#include "tok-json-scan.h"

#include <string.h>

#define MAX_KEY 50
#define MAX_VALUE 300
#define NOT_SHOWN "<not shown>"

/* What the schemas mark as sensitive (PROTOCOL 1.3). */
static const char *const secrets[] = { "authorize", "tokens", NULL };

/* Composed, checked, and parsed: %NULL means that there is nothing to answer to. */
static JsonNode *
parse (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *composed = NULL;
  gsize composed_length;

  /* Nothing behind a null character would be composed. */
  if (length > TOK_DEMO_MAX_REQUEST || memchr (text, '\0', length) != NULL)
    return NULL;
  composed = g_utf8_normalize (text, length, G_NORMALIZE_NFC);
  if (composed == NULL)
    return NULL;

  /* Composing comes first, for it can make a broken escape of a letter and its accent. */
  composed_length = strlen (composed);
  if (tok_json_scan (composed, composed_length, TOK_JSON_MAX_DEPTH, G_MAXSIZE) != TOK_JSON_OK
      || !json_parser_load_from_data (parser, composed, composed_length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gboolean
is_false (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return *json_node_get_string (node) == '\0';
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return !json_node_get_boolean (node);
  return json_node_get_double (node) == 0;
}

static JsonNode *
mask_node (JsonNode *node)
{
  g_autoptr (JsonArray) masked = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_init_string (json_node_alloc (), NOT_SHOWN);
  masked = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_string_element (masked, NOT_SHOWN);
  return json_node_init_array (json_node_alloc (), masked);
}

static JsonObject *
new_echo (JsonObject *sent)
{
  g_autoptr (JsonObject) echo = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, sent);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    gboolean secret = g_strv_contains (secrets, name);

    json_object_set_member (echo, name, secret ? mask_node (node) : json_node_copy (node));
  }
  return g_steal_pointer (&echo);
}

static gboolean
is_sane_key (const char *key)
{
  gsize length = strlen (key);

  for (const char *c = key; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
      return FALSE;
  return length >= 1 && length <= MAX_KEY;
}

static gboolean
is_sane_value (const char *key, JsonNode *node)
{
  const char *text;
  gsize length = 0;

  if (json_node_get_value_type (node) != G_TYPE_STRING || strstr (key, "password") != NULL)
    return TRUE;
  text = json_node_get_string (node);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar character = g_utf8_get_char (c);

    if (++length > MAX_VALUE || (!g_unichar_isprint (character) && !g_unichar_isspace (character)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_sane_object (JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node)) {
    if (!is_sane_key (key))
      return FALSE;
    if (JSON_NODE_HOLDS_VALUE (node) && !is_sane_value (key, node))
      return FALSE;
    if (depth == 0)
      continue;
    if (JSON_NODE_HOLDS_OBJECT (node) && !is_sane_object (json_node_get_object (node), depth - 1))
      return FALSE;
    if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *items = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (items); i++) {
        JsonNode *item = json_array_get_element (items, i);

        if (JSON_NODE_HOLDS_VALUE (item) && !is_sane_value (key, item))
          return FALSE;
      }
    }
  }
  return TRUE;
}

static JsonNode *
get_integer (JsonObject *members, const char *name)
{
  JsonNode *node = json_object_get_member (members, name);

  return node != NULL ? tok_demo_schema_coerce (node, TOK_DEMO_INTEGER) : NULL;
}

/* What the answer bears in place of the request's, where that goes wrong. */
static JsonNode *
dup_answer_id (const TokDemoRequest *self, JsonObject *echo)
{
  JsonNode *id = self->hides_id ? NULL : get_integer (self->members, "req_id");

  if (self->hides_id)
    json_object_remove_member (echo, "req_id");
  if (self->id_offset == 0)
    return id;
  if (id == NULL)
    id = json_node_init_int (json_node_alloc (), 0);
  /* May go beyond the largest, and begins at the smallest then. */
  json_node_set_int (id, (gint64) ((guint64) json_node_get_int (id) + (guint64) self->id_offset));
  json_object_set_member (echo, "req_id", json_node_copy (id));
  return id;
}

static char *
answer_as (const TokDemoRequest *self,
           JsonObject *echo,
           const char *type,
           const char *name,
           JsonNode *content)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (JsonNode) req_id = dup_answer_id (self, echo);
  JsonNode *passthrough = json_object_get_member (echo, "passthrough");

  json_object_set_object_member (answer, "echo_req", json_object_ref (echo));
  json_object_set_string_member (answer, "msg_type", type);
  json_object_set_member (answer, name, content);
  if (req_id != NULL)
    json_object_set_member (answer, "req_id", g_steal_pointer (&req_id));
  if (passthrough != NULL && JSON_NODE_HOLDS_OBJECT (passthrough))
    json_object_set_member (answer, "passthrough", json_node_copy (passthrough));
  if (self->subscription != NULL && !g_str_equal (name, "error")) {
    JsonObject *subscription = json_object_new ();

    json_object_set_string_member (subscription, "id", self->subscription);
    json_object_set_object_member (answer, "subscription", subscription);
  }
  json_node_init_object (root, answer);
  return tok_demo_print (root);
}

static JsonNode *
new_error (const TokDemoFault *fault)
{
  g_autoptr (JsonObject) error = json_object_new ();

  json_object_set_string_member (error, "code", fault->code);
  json_object_set_string_member (error, "message", fault->message);
  if (fault->details != NULL)
    json_object_set_object_member (error, "details", json_object_ref (fault->details));
  return json_node_init_object (json_node_alloc (), error);
}

/* An answer can be longer than its request: numbers are written out, and much comes twice. */
static char *
send_or_shorten (const TokDemoRequest *self, char *answer)
{
  g_autofree char *too_long = answer;
  g_autoptr (TokDemoFault) fault = NULL;
  g_autoptr (JsonObject) no_echo = NULL;

  if (strlen (answer) <= self->max_answer)
    return g_steal_pointer (&too_long);
  fault = tok_demo_fault_new ("ResponseTooLarge", "Response too large.");
  no_echo = json_object_new ();
  return answer_as (self, no_echo, "error", "error", new_error (fault));
}

/**
 * tok_demo_request_new:
 * @text: (array length=length): What a client has sent.
 * @length: How many bytes.
 *
 * Reads a message as far as the call that it names: steps 2 to 5 of PROTOCOL 1.4. What fails
 * there is a request with a fault.
 *
 * Returns: (transfer full) (nullable): The request, or %NULL if the connection is to be closed
 *   without an answer.
 */
TokDemoRequest *
tok_demo_request_new (const char *text, gsize length)
{
  g_autoptr (JsonNode) root = parse (text, length);
  g_autoptr (TokDemoRequest) self = NULL;

  if (root == NULL || is_false (root))
    return NULL;

  self = g_new0 (TokDemoRequest, 1);
  self->max_answer = TOK_DEMO_MAX_ANSWER;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    self->members = json_object_new ();
    self->echo = json_object_new ();
    self->fault = tok_demo_fault_new ("BadRequest", "The application sent an invalid request.");
    return g_steal_pointer (&self);
  }

  self->members = json_node_dup_object (root);
  self->echo = new_echo (self->members);
  if (!is_sane_object (self->members, 1)) {
    self->fault = tok_demo_fault_new ("SanityCheckFailed", "Parameters sanity check failed.");
    return g_steal_pointer (&self);
  }
  self->call = tok_demo_calls_find (self->members);
  if (self->call == NULL)
    self->fault = tok_demo_fault_new ("UnrecognisedRequest", "Unrecognised request");
  return g_steal_pointer (&self);
}

/**
 * tok_demo_request_copy:
 * @self: A call that was done.
 *
 * Returns: (transfer full): What it takes to answer it again.
 */
TokDemoRequest *
tok_demo_request_copy (const TokDemoRequest *self)
{
  TokDemoRequest *copy = g_new0 (TokDemoRequest, 1);

  copy->call = self->call;
  copy->members = json_object_ref (self->members);
  copy->echo = json_object_ref (self->echo);
  copy->max_answer = self->max_answer;
  return copy;
}

/**
 * tok_demo_request_free:
 * @self: (transfer full): A request.
 */
void
tok_demo_request_free (TokDemoRequest *self)
{
  json_object_unref (self->members);
  json_object_unref (self->echo);
  g_clear_pointer (&self->token, tok_demo_token_unref);
  g_clear_pointer (&self->fault, tok_demo_fault_free);
  g_free (self->subscription);
  g_free (self);
}

/**
 * tok_demo_request_answer:
 * @self: A request that names a call.
 * @data: (transfer full): What the call comes to.
 *
 * Returns: (transfer full): The answer (PROTOCOL 1.3).
 */
char *
tok_demo_request_answer (const TokDemoRequest *self, JsonNode *data)
{
  return send_or_shorten (self,
                          answer_as (self, self->echo, self->call->name, self->call->name, data));
}

/**
 * tok_demo_request_refuse:
 * @self: A request.
 * @fault: Why.
 *
 * Returns: (transfer full): The answer (PROTOCOL 1.3).
 */
char *
tok_demo_request_refuse (const TokDemoRequest *self, const TokDemoFault *fault)
{
  const char *type = self->call != NULL ? self->call->name : "error";

  return send_or_shorten (self, answer_as (self, self->echo, type, "error", new_error (fault)));
}
