/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-error.h"
#include "tok-json-scan.h"
#include "tok-secret.h"
#include "tok-token.h"
#include "tok-wire-error.h"
#include "tok-wire-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* What comes back: an envelope, and in it data that is read tolerantly (PROTOCOL 1.3, 2 and 7).
 * What is sent is made in tok-wire.c. */

#define MAX_ERROR_MESSAGE 300

struct _TokWireAnswer {
  JsonNode *root;
  JsonObject *object;
  gint64 req_id;
};

typedef gpointer (*ReadRow) (JsonObject *row);

static gpointer
read_token (JsonObject *row)
{
  g_autofree char *name = tok_wire_dup_text (row, "display_name");
  g_autoptr (TokSecret) value = tok_wire_dup_text (row, "token");
  g_autofree char *ip = tok_wire_dup_text (row, "valid_for_ip");
  g_autoptr (GDateTime) last_used = NULL;
  gboolean is_use_known = tok_wire_read_use (row, "last_used", &last_used);
  g_auto (GStrv) unknown = NULL;
  TokScopes scopes;

  if (name == NULL && value == NULL)
    return NULL;
  scopes = tok_wire_read_scopes (row, &unknown);
  return tok_token_new_full (name != NULL ? name : "", value != NULL ? value : "", scopes,
                             (const char *const *) unknown, last_used, is_use_known, ip);
}

static gpointer
read_app (JsonObject *row)
{
  g_autofree char *name = tok_wire_dup_text (row, "name");
  g_autoptr (GDateTime) last_used = NULL;
  gboolean is_use_known = tok_wire_read_use (row, "last_used", &last_used);
  g_auto (GStrv) unknown = NULL;
  TokScopes scopes;
  gint64 app_id;

  if (!tok_wire_read_int (row, "app_id", &app_id) || app_id <= 0)
    return NULL;
  scopes = tok_wire_read_scopes (row, &unknown);
  return tok_app_new_full (app_id, name != NULL ? name : "", scopes, (const char *const *) unknown,
                           last_used, is_use_known, tok_wire_read_flag (row, "official"),
                           tok_wire_read_double (row, "app_markup_percentage"));
}

/* A part of a list would say that what isn't in it is gone; so would one of which nothing can be
 * read. Whoever gets one of which some can't be read is told of how many. */
static GPtrArray *
read_rows (JsonArray *array, ReadRow read_row, guint *n_unread, GError **error)
{
  guint n = json_array_get_length (array);
  GPtrArray *rows;

  if (n_unread != NULL)
    *n_unread = 0;

  if (n > TOK_WIRE_MAX_ROWS) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_GARBLED,
                         _ ("What the service listed is too long."));
    return NULL;
  }
  rows = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_array_get_element (array, i);
    gpointer row = JSON_NODE_HOLDS_OBJECT (node) ? read_row (json_node_get_object (node)) : NULL;

    if (row != NULL)
      g_ptr_array_add (rows, row);
  }
  if (n > 0 && rows->len == 0) {
    g_ptr_array_unref (rows);
    tok_wire_set_garbled (error);
    return NULL;
  }
  if (n_unread != NULL)
    *n_unread = n - rows->len;
  return rows;
}

static const char *
describe_fault (TokJsonFault fault)
{
  switch (fault) {
  case TOK_JSON_SYNTAX:
    return _ ("What the service sent is no JSON.");
  case TOK_JSON_ENCODING:
    return _ ("What the service sent is no proper text.");
  case TOK_JSON_DEPTH:
    return _ ("What the service sent is nested too deeply.");
  case TOK_JSON_SIZE:
    return _ ("What the service sent is too long.");
  case TOK_JSON_RANGE:
    return _ ("What the service sent has a number in it that is too big.");
  case TOK_JSON_OK:
  default:
    g_return_val_if_reached (NULL);
  }
}

/* For calls whose answer is a 1 under the name of the call. */
static gboolean
read_done (const TokWireAnswer *answer, const char *call, GError **error)
{
  gint64 done;

  if (tok_wire_find_data (answer, call, error) == NULL)
    return FALSE;
  if (!tok_wire_read_int (answer->object, call, &done)) {
    tok_wire_set_garbled (error);
    return FALSE;
  }
  if (done != 1) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED,
                         _ ("The service answered, but didn’t say that it is done."));
    return FALSE;
  }
  return TRUE;
}

static char *
cut_message (const char *message)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (message, -1) <= MAX_ERROR_MESSAGE)
    return g_strdup (message);
  start = g_utf8_substring (message, 0, MAX_ERROR_MESSAGE - 1);
  return g_strconcat (start, "…", NULL);
}

/**
 * tok_wire_decode:
 * @text: (array length=length): One message of the service.
 * @length: How many bytes it has.
 * @error: Where to put a [enum@Error] of code %TOK_ERROR_GARBLED.
 *
 * Reads the envelope of a message (PROTOCOL 1.3): an object of at most %TOK_WIRE_MAX_MESSAGE bytes
 * that is nested at most %TOK_JSON_MAX_DEPTH deep. The parser sees nothing that isn't strict JSON.
 *
 * Returns: (transfer full) (nullable): The answer; it may hold secrets, so let it go soon.
 */
TokWireAnswer *
tok_wire_decode (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (TokWireAnswer) answer = NULL;
  TokJsonFault fault;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  fault = tok_json_scan (text, length, TOK_JSON_MAX_DEPTH, TOK_WIRE_MAX_MESSAGE);
  if (fault != TOK_JSON_OK) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_GARBLED, describe_fault (fault));
    return NULL;
  }

  parser = json_parser_new ();
  answer = g_new0 (TokWireAnswer, 1);
  if (json_parser_load_from_data (parser, text, length, NULL))
    answer->root = json_parser_steal_root (parser);
  if (answer->root == NULL || !JSON_NODE_HOLDS_OBJECT (answer->root)) {
    tok_wire_set_garbled (error);
    return NULL;
  }
  answer->object = json_node_get_object (answer->root);
  if (!tok_wire_read_int (answer->object, "req_id", &answer->req_id) || answer->req_id < 0)
    answer->req_id = 0;
  return g_steal_pointer (&answer);
}

/**
 * tok_wire_answer_free:
 * @answer: (nullable) (transfer full): An answer.
 *
 * Lets it go.
 */
void
tok_wire_answer_free (TokWireAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->root, json_node_unref);
  g_free (answer);
}

/**
 * tok_wire_answer_get_req_id:
 * @answer: An answer.
 *
 * Returns: Which request it answers, or 0 if it doesn't say (PROTOCOL 1.3).
 */
gint64
tok_wire_answer_get_req_id (const TokWireAnswer *answer)
{
  g_return_val_if_fail (answer != NULL, 0);

  return answer->req_id;
}

/**
 * tok_wire_answer_dup_error:
 * @answer: An answer.
 *
 * Says what the service reports instead of data (PROTOCOL 1.3 and 3.1). The code is what a person
 * can do about it; the message is the service's own, cut to 300 characters: foreign text.
 *
 * Returns: (transfer full) (nullable): A [enum@Error], or %NULL if the answer is none.
 */
GError *
tok_wire_answer_dup_error (const TokWireAnswer *answer)
{
  g_autofree char *message = NULL;
  const char *code = NULL;
  const char *said = NULL;
  JsonNode *node;

  g_return_val_if_fail (answer != NULL, NULL);

  node = json_object_get_member (answer->object, "error");
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    code = tok_wire_peek_text (json_object_get_member (json_node_get_object (node), "code"));
    said = tok_wire_peek_text (json_object_get_member (json_node_get_object (node), "message"));
  }
  if (said == NULL || *said == '\0')
    said = code;
  message = cut_message (said != NULL ? said : _ ("The service reports an error."));
  return g_error_new_literal (TOK_ERROR, tok_wire_error_from_code (code), message);
}

/**
 * tok_wire_set_garbled: (skip)
 * @error: Where to put it.
 *
 * Says that the data of an answer isn't what was asked for.
 */
void
tok_wire_set_garbled (GError **error)
{
  g_set_error_literal (error, TOK_ERROR, TOK_ERROR_GARBLED,
                       _ ("The service answered something else than what was asked."));
}

/**
 * tok_wire_find_data: (skip)
 * @answer: An answer.
 * @call: What it answers.
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED because there is no data.
 *
 * Returns: (transfer none) (nullable): Its data, which stands under the name of the call.
 */
JsonNode *
tok_wire_find_data (const TokWireAnswer *answer, const char *call, GError **error)
{
  GError *own = tok_wire_answer_dup_error (answer);
  JsonNode *data = NULL;

  if (own != NULL) {
    g_propagate_error (error, own);
    return NULL;
  }
  data = json_object_get_member (answer->object, call);
  if (data == NULL)
    tok_wire_set_garbled (error);
  return data;
}

/**
 * tok_wire_answer_to_pong:
 * @answer: What answers [func@wire_encode_ping].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Returns: %TRUE if the other side lives (PROTOCOL 2.1).
 */
gboolean
tok_wire_answer_to_pong (const TokWireAnswer *answer, GError **error)
{
  JsonNode *data;

  g_return_val_if_fail (answer != NULL, FALSE);

  data = tok_wire_find_data (answer, "ping", error);
  if (data == NULL)
    return FALSE;
  if (g_strcmp0 (tok_wire_peek_text (data), "pong") != 0) {
    tok_wire_set_garbled (error);
    return FALSE;
  }
  return TRUE;
}

/**
 * tok_wire_answer_to_time:
 * @answer: What answers [func@wire_encode_time].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Returns: The time of the service in seconds since 1970 (PROTOCOL 2.1), or 0 on failure.
 */
gint64
tok_wire_answer_to_time (const TokWireAnswer *answer, GError **error)
{
  gint64 time;

  g_return_val_if_fail (answer != NULL, 0);

  if (tok_wire_find_data (answer, "time", error) == NULL)
    return 0;
  if (!tok_wire_read_int (answer->object, "time", &time) || time <= 0) {
    tok_wire_set_garbled (error);
    return 0;
  }
  return time;
}

/**
 * tok_wire_answer_to_account:
 * @answer: What answers [func@wire_encode_authorize].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Returns: (transfer full) (nullable): The account signed in to, with the scopes of the token
 *   (PROTOCOL 2.2).
 */
TokAccount *
tok_wire_answer_to_account (const TokWireAnswer *answer, GError **error)
{
  g_autofree char *login_id = NULL;
  g_autofree char *currency = NULL;
  g_auto (GStrv) unknown = NULL;
  JsonNode *data;
  JsonObject *object;
  TokScopes scopes;
  gint64 user_id = 0;

  g_return_val_if_fail (answer != NULL, NULL);

  data = tok_wire_find_data (answer, "authorize", error);
  if (data == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (data) ? json_node_get_object (data) : NULL;
  if (object != NULL)
    login_id = tok_wire_dup_text (object, "loginid");
  if (login_id == NULL || *login_id == '\0') {
    tok_wire_set_garbled (error);
    return NULL;
  }
  currency = tok_wire_dup_text (object, "currency");
  scopes = tok_wire_read_scopes (object, &unknown);
  if (!tok_wire_read_int (object, "user_id", &user_id))
    user_id = 0;
  return tok_account_new_of_user (login_id, currency, tok_wire_read_flag (object, "is_virtual"),
                                  scopes, (const char *const *) unknown, user_id);
}

/**
 * tok_wire_answer_to_logout:
 * @answer: What answers [func@wire_encode_logout].
 * @error: Where to put the answer's own error, %TOK_ERROR_UNCONFIRMED or %TOK_ERROR_GARBLED.
 *
 * Returns: %TRUE if nobody is signed in on the connection any more (PROTOCOL 2.3).
 */
gboolean
tok_wire_answer_to_logout (const TokWireAnswer *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  return read_done (answer, "logout", error);
}

/**
 * tok_wire_answer_to_tokens:
 * @answer: What answers a request to list, to create or to delete API tokens.
 * @n_unread: (out) (optional): How many more there are that can't be read.
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Reads the complete list that each of these answers has (PROTOCOL 2.4): at most
 * %TOK_WIRE_MAX_ROWS tokens. Rows with neither a name nor a value are left out, and counted; where
 * there are any the list doesn't show what is gone. Names may repeat.
 *
 * Returns: (transfer full) (element-type TokToken) (nullable): The API tokens of the account.
 */
GPtrArray *
tok_wire_answer_to_tokens (const TokWireAnswer *answer, guint *n_unread, GError **error)
{
  JsonNode *data;
  JsonNode *tokens = NULL;

  g_return_val_if_fail (answer != NULL, NULL);

  data = tok_wire_find_data (answer, "api_token", error);
  if (data == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (data))
    tokens = json_object_get_member (json_node_get_object (data), "tokens");
  if (tokens == NULL || !JSON_NODE_HOLDS_ARRAY (tokens)) {
    tok_wire_set_garbled (error);
    return NULL;
  }
  return read_rows (json_node_get_array (tokens), read_token, n_unread, error);
}

/**
 * tok_wire_answer_to_apps:
 * @answer: What answers [func@wire_encode_list_apps].
 * @n_unread: (out) (optional): How many more there are that can't be read.
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED.
 *
 * Reads at most %TOK_WIRE_MAX_ROWS apps (PROTOCOL 2.5). Rows without an id above 0 are left out,
 * for nothing could be done about them, and counted; where there are any the list doesn't show what
 * is gone.
 *
 * Returns: (transfer full) (element-type TokApp) (nullable): The connected apps of the account.
 */
GPtrArray *
tok_wire_answer_to_apps (const TokWireAnswer *answer, guint *n_unread, GError **error)
{
  JsonNode *data;

  g_return_val_if_fail (answer != NULL, NULL);

  data = tok_wire_find_data (answer, "oauth_apps", error);
  if (data == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (data)) {
    tok_wire_set_garbled (error);
    return NULL;
  }
  return read_rows (json_node_get_array (data), read_app, n_unread, error);
}

/**
 * tok_wire_answer_to_revoked:
 * @answer: What answers [func@wire_encode_revoke_app].
 * @error: Where to put the answer's own error, %TOK_ERROR_UNCONFIRMED or %TOK_ERROR_GARBLED.
 *
 * Returns: %TRUE if the service says that it is done, which it also says of an app that was never
 *   connected (PROTOCOL 2.6): only the list tells.
 */
gboolean
tok_wire_answer_to_revoked (const TokWireAnswer *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  return read_done (answer, "revoke_oauth_app", error);
}
