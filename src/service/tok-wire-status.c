/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-status.h"

#include "tok-wire-private.h"

#include <json-glib/json-glib.h>

static JsonObject *
peek_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gint64
read_limit (JsonObject *limits, const char *member)
{
  gint64 limit;

  return limits != NULL && tok_wire_read_int (limits, member, &limit) ? limit : 0;
}

/**
 * tok_wire_answer_to_status:
 * @answer: What answers [func@wire_encode_watch_status], the first or a later one.
 * @status: (out caller-allocates): Where to put it; members that are missing or can't be are 0.
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Returns: Whether it is such an answer (PROTOCOL 2.12).
 */
gboolean
tok_wire_answer_to_status (const TokWireAnswer *answer, TokWireStatus *status, GError **error)
{
  JsonNode *data;
  JsonObject *object, *general;

  g_return_val_if_fail (answer != NULL, FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  data = tok_wire_find_data (answer, "website_status", error);
  if (data == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (data)) {
    tok_wire_set_garbled (error);
    return FALSE;
  }
  object = json_node_get_object (data);
  /* The name is misspelt in the protocol (PROTOCOL 7, 21). */
  general = peek_object (peek_object (object, "api_call_limits"), "max_requestes_general");
  *status = (TokWireStatus){
    .site
    = tok_site_status_from_id (tok_wire_peek_text (json_object_get_member (object, "site_status"))),
    .minutely = read_limit (general, "minutely"),
    .hourly = read_limit (general, "hourly"),
  };
  return TRUE;
}
