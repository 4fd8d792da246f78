/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-private.h"

#include "tok-secret.h"

#include <string.h>

#include <json-glib/json-glib.h>

/* What is sent. What comes back is read in tok-wire-decode.c. */

/**
 * tok_wire_begin_request: (skip)
 *
 * Returns: (transfer full): What is to be sent, with nothing in it.
 */
JsonBuilder *
tok_wire_begin_request (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

/**
 * tok_wire_add_int: (skip)
 * @builder: What is to be sent.
 * @member: The name of a member.
 * @value: Its value.
 */
void
tok_wire_add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

/**
 * tok_wire_add_text: (skip)
 * @builder: What is to be sent.
 * @member: The name of a member.
 * @value: Its value.
 */
void
tok_wire_add_text (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_scopes (JsonBuilder *builder, const char *member, TokScopes scopes)
{
  g_auto (GStrv) ids = tok_scopes_to_ids (scopes);

  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; ids[i] != NULL; i++)
    json_builder_add_string_value (builder, ids[i]);
  json_builder_end_array (builder);
}

static void
add_new_token (JsonBuilder *builder, const char *name, TokScopes scopes, gboolean only_current_ip)
{
  tok_wire_add_text (builder, "new_token", name);
  add_scopes (builder, "new_token_scopes", scopes);
  if (only_current_ip)
    tok_wire_add_int (builder, "valid_for_current_ip_only", 1);
}

/* json-glib leaves out the last of the control characters when it escapes them. Takes @text. */
static char *
escape_last_control (char *text)
{
  g_autoptr (TokSecret) owned = text;
  g_auto (GStrv) parts = NULL;
  TokSecret *escaped;

  if (strchr (text, 0x1f) == NULL)
    return g_steal_pointer (&owned);
  parts = g_strsplit (text, "\x1f", -1);
  escaped = g_strjoinv ("\\u001f", parts);
  for (guint i = 0; parts[i] != NULL; i++)
    tok_secret_wipe (parts[i]);
  return escaped;
}

/**
 * tok_wire_end_request: (skip)
 * @builder: What is to be sent.
 * @req_id: A number that the answer repeats.
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_end_request (JsonBuilder *builder, gint64 req_id)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  tok_wire_add_int (builder, "req_id", req_id);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return escape_last_control (json_generator_to_data (generator, NULL));
}

static char *
encode_plain (const char *call, gint64 argument, gint64 req_id)
{
  g_autoptr (JsonBuilder) builder = tok_wire_begin_request ();

  tok_wire_add_int (builder, call, argument);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_ping:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Asks whether the other side lives (PROTOCOL 2.1).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free], as every request.
 */
char *
tok_wire_encode_ping (gint64 req_id)
{
  return encode_plain ("ping", 1, req_id);
}

/**
 * tok_wire_encode_time:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Asks for the time of the service (PROTOCOL 2.1).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_time (gint64 req_id)
{
  return encode_plain ("time", 1, req_id);
}

/**
 * tok_wire_encode_watch_status:
 * @req_id: A number that each answer repeats, above 0.
 *
 * Asks what the service says of itself, and to be told when that changes (PROTOCOL 2.12).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_watch_status (gint64 req_id)
{
  g_autoptr (JsonBuilder) builder = tok_wire_begin_request ();

  tok_wire_add_int (builder, "website_status", 1);
  tok_wire_add_int (builder, "subscribe", 1);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_authorize:
 * @req_id: A number that the answer repeats, above 0.
 * @token: The secret to sign in with, in UTF-8.
 *
 * Signs in (PROTOCOL 2.2). Nothing else may be sent before the answer is there.
 *
 * Returns: (transfer full): The text to send, which holds @token; free it with
 *   [func@secret_free].
 */
char *
tok_wire_encode_authorize (gint64 req_id, const char *token)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_text (builder, "authorize", token);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_logout:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Ends what authorize began; the token stays valid (PROTOCOL 2.3).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_logout (gint64 req_id)
{
  return encode_plain ("logout", 1, req_id);
}

/**
 * tok_wire_encode_list_tokens:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Asks for the API tokens of the account (PROTOCOL 2.4).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_list_tokens (gint64 req_id)
{
  return encode_plain ("api_token", 1, req_id);
}

/**
 * tok_wire_encode_create_token:
 * @req_id: A number that the answer repeats, above 0.
 * @name: What it is to be called, in UTF-8.
 * @scopes: What it is to permit.
 * @only_current_ip: Whether it is to work from the present network address alone.
 *
 * Creates an API token (PROTOCOL 2.4). The scopes are always said, even if there are none: a
 * service that isn't told creates a token that may do everything.
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_create_token (gint64 req_id,
                              const char *name,
                              TokScopes scopes,
                              gboolean only_current_ip)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_int (builder, "api_token", 1);
  add_new_token (builder, name, scopes, only_current_ip);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_delete_token:
 * @req_id: A number that the answer repeats, above 0.
 * @listed_value: Its value, exactly as the list shows it.
 *
 * Deletes an API token (PROTOCOL 2.4).
 *
 * Returns: (transfer full): The text to send, which holds @listed_value; free it with
 *   [func@secret_free].
 */
char *
tok_wire_encode_delete_token (gint64 req_id, const char *listed_value)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (listed_value != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_int (builder, "api_token", 1);
  tok_wire_add_text (builder, "delete_token", listed_value);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_replace_token:
 * @req_id: A number that the answer repeats, above 0.
 * @listed_value: The value of the one that goes, exactly as the list shows it.
 * @name: What the new one is to be called, in UTF-8.
 * @scopes: What it is to permit.
 * @only_current_ip: Whether it is to work from the present network address alone.
 *
 * Deletes an API token and creates another one, in this order (PROTOCOL 2.4). What is deleted stays
 * so if nothing can be created.
 *
 * Returns: (transfer full): The text to send, which holds @listed_value; free it with
 *   [func@secret_free].
 */
char *
tok_wire_encode_replace_token (gint64 req_id,
                               const char *listed_value,
                               const char *name,
                               TokScopes scopes,
                               gboolean only_current_ip)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (listed_value != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_int (builder, "api_token", 1);
  tok_wire_add_text (builder, "delete_token", listed_value);
  add_new_token (builder, name, scopes, only_current_ip);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_list_apps:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Asks for the connected apps of the account (PROTOCOL 2.5).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_list_apps (gint64 req_id)
{
  return encode_plain ("oauth_apps", 1, req_id);
}

/**
 * tok_wire_encode_revoke_app:
 * @req_id: A number that the answer repeats, above 0.
 * @app_id: Which app.
 *
 * Takes away what the owner allowed an app, on all accounts (PROTOCOL 2.6).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_revoke_app (gint64 req_id, gint64 app_id)
{
  return encode_plain ("revoke_oauth_app", app_id, req_id);
}
