/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-good-service.h"

#include "tok-script.h"

#include <string.h>

#define N_TOKENS 3
#define N_APPS 3
#define EMPTY "{\"count\":0,\"transactions\":[],\"contracts\":[]}"

/* The values of the tokens as they are listed. The second one is what signs in. */
static const char *const values[N_TOKENS]
    = { "***************a", "***********LmNo", "***********aaaa" };

/* By what a call is known; what does more than to list comes before what only lists. */
static const char *const calls[]
    = { "new_token",        "delete_token", "api_token",      "oauth_apps",
        "revoke_oauth_app", "authorize",    "website_status", "logout",
        "profit_table",     "portfolio",    "statement",      "ping" };

struct _TokGoodService {
  TokRawPeer *peer;
  guint next; /* the first message that isn't dealt with */
  GHashTable *counts;

  const char *spoiled;
  guint skip;
  TokGoodServiceSpoil spoil;
  gpointer data;
  gboolean does_it;
  char *request; /* what was spoiled */
  guint hung_up; /* on which connection nothing is said any more, from 1 */
  gint64 req_id;

  gboolean gone_tokens[N_TOKENS];
  gboolean gone_apps[N_APPS + 1]; /* by id */
  gboolean made;
};

static const char *
find_call (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *quoted = g_strdup_printf ("\"%s\":", calls[i]);

    if (strstr (text, quoted) != NULL)
      return calls[i];
  }
  g_test_message ("%s", text);
  g_assert_not_reached ();
}

/* What a request asks for is done. */
static void
do_it (TokGoodService *self, const char *text)
{
  const char *app = strstr (text, "\"revoke_oauth_app\":");

  for (guint i = 0; strstr (text, "\"delete_token\":") != NULL && i < N_TOKENS; i++)
    if (strstr (text, values[i]) != NULL)
      self->gone_tokens[i] = TRUE;
  if (strstr (text, "\"new_token\":") != NULL)
    self->made = TRUE;
  if (app != NULL)
    self->gone_apps[atoi (app + strlen ("\"revoke_oauth_app\":"))] = TRUE;
}

static void
append_token (GString *body, const char *name, const char *scopes, const char *value)
{
  g_string_append_printf (body,
                          "%s{\"display_name\":\"%s\",\"last_used\":\"\",\"scopes\":[%s],"
                          "\"token\":\"%s\",\"valid_for_ip\":\"\"}",
                          g_str_has_suffix (body->str, "}") ? "," : "", name, scopes, value);
}

static void
append_tokens (TokGoodService *self, GString *body, gboolean shows_secret)
{
  g_string_append (body, "{\"tokens\":[");
  for (guint i = 0; i < N_TOKENS; i++) {
    g_autofree char *name = g_strdup_printf ("Token %u", i);

    if (!self->gone_tokens[i])
      append_token (body, name, "\"admin\",\"read\"", values[i]);
  }
  if (self->made)
    append_token (body, TOK_GOOD_SERVICE_MADE, "\"read\"",
                  shows_secret ? TOK_GOOD_SERVICE_SECRET : "***********eNeWo");
  g_string_append (body, "]}");
}

static void
append_apps (TokGoodService *self, GString *body)
{
  g_string_append_c (body, '[');
  for (guint i = 1; i <= N_APPS; i++)
    if (!self->gone_apps[i])
      g_string_append_printf (body,
                              "%s{\"app_id\":%u,\"app_markup_percentage\":0,\"last_used\":null,"
                              "\"name\":\"App %u\",\"official\":0,\"scopes\":[\"read\"]}",
                              g_str_has_suffix (body->str, "}") ? "," : "", i, i);
  g_string_append_c (body, ']');
}

static const char *
get_msg_type (const char *call)
{
  return g_str_equal (call, "new_token") || g_str_equal (call, "delete_token") ? "api_token" : call;
}

static void
handle (TokGoodService *self, guint i)
{
  const char *text = tok_raw_peer_get_received (self->peer, i);
  const char *call = find_call (text);
  gint64 req_id = tok_raw_peer_get_req_id (self->peer, i);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, call));

  g_hash_table_insert (self->counts, (gpointer) call, GUINT_TO_POINTER (n + 1));
  if (g_strcmp0 (self->spoiled, call) == 0 && self->skip-- == 0) {
    self->spoiled = NULL;
    self->request = g_strdup (text);
    self->req_id = req_id;
    if (self->does_it)
      do_it (self, text);
    self->spoil (self, call, req_id);
  } else {
    do_it (self, text);
    tok_good_service_answer (self, call, req_id);
  }
}

/**
 * tok_good_service_new:
 * @peer: Through what it speaks; it outlives the service.
 *
 * Returns: (transfer full): A service that knows three tokens and three apps, as those of a stage.
 */
TokGoodService *
tok_good_service_new (TokRawPeer *peer)
{
  TokGoodService *self = g_new0 (TokGoodService, 1);

  self->peer = peer;
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * tok_good_service_free:
 * @self: (transfer full): A service.
 */
void
tok_good_service_free (TokGoodService *self)
{
  g_hash_table_unref (self->counts);
  g_free (self->request);
  g_free (self);
}

/**
 * tok_good_service_spoil:
 * @self: A service.
 * @call: The name of a call: as everywhere in tests, one that does more than to list tokens goes by
 *   that.
 * @skip: How many more of that name it answers first.
 * @spoil: Called with the next, in place of an answer.
 * @data: For @spoil.
 * @does_it: Whether what it asks for is done all the same.
 *
 * Spoils one call.
 */
void
tok_good_service_spoil (TokGoodService *self,
                        const char *call,
                        guint skip,
                        TokGoodServiceSpoil spoil,
                        gpointer data,
                        gboolean does_it)
{
  self->spoiled = call;
  self->skip = skip;
  self->spoil = spoil;
  self->data = data;
  self->does_it = does_it;
}

/**
 * tok_good_service_serve:
 * @self: A service.
 *
 * Answers what has come. To be called again and again, as in the condition of a wait.
 *
 * Returns: %TRUE.
 */
gboolean
tok_good_service_serve (TokGoodService *self)
{
  while (self->next < tok_raw_peer_get_n_received (self->peer))
    handle (self, self->next++);
  return TRUE;
}

/**
 * tok_good_service_answer:
 * @self: A service.
 * @call: The name of a call.
 * @req_id: The number of a request.
 *
 * Answers as it should, as long as somebody is there to hear it.
 */
void
tok_good_service_answer (TokGoodService *self, const char *call, gint64 req_id)
{
  const char *type = get_msg_type (call);
  g_autoptr (GString) body = g_string_new (NULL);

  if (g_str_equal (type, "api_token"))
    append_tokens (self, body, g_str_equal (call, "new_token"));
  else if (g_str_equal (call, "oauth_apps"))
    append_apps (self, body);
  else if (g_str_equal (call, "authorize"))
    g_string_append (body,
                     "{\"loginid\":\"" TOK_SCRIPT_LOGIN
                     "\",\"currency\":\"USD\",\"is_virtual\":0,\"scopes\":[\"read\",\"admin\"]}");
  else if (g_str_equal (call, "website_status"))
    g_string_append (body, "{\"site_status\":\"up\"}");
  else if (g_str_equal (call, "ping"))
    g_string_append (body, "\"pong\"");
  else if (g_str_equal (call, "portfolio") || g_str_equal (call, "profit_table")
           || g_str_equal (call, "statement"))
    g_string_append (body, EMPTY);
  else
    g_string_append_c (body, '1');

  if (tok_raw_peer_is_open (self->peer)
      && tok_raw_peer_get_n_connections (self->peer) != self->hung_up)
    tok_raw_peer_send_text (
        self->peer,
        "{\"echo_req\":{},\"msg_type\":\"%s\",\"%s\":%s,\"req_id\":%" G_GINT64_FORMAT "}", type,
        type, body->str, req_id);
}

/**
 * tok_good_service_hang_up:
 * @self: A service.
 *
 * Ends the connection without a word, and says nothing on it any more.
 */
void
tok_good_service_hang_up (TokGoodService *self)
{
  self->hung_up = tok_raw_peer_get_n_connections (self->peer);
  tok_raw_peer_hang_up (self->peer);
}

/**
 * tok_good_service_answer_late:
 * @self: A service that has spoiled a call.
 *
 * Answers that call as it should, when nobody may be waiting for it any more.
 */
void
tok_good_service_answer_late (TokGoodService *self)
{
  tok_good_service_answer (self, find_call (self->request), self->req_id);
}

/**
 * tok_good_service_get_peer:
 * @self: A service.
 *
 * Returns: (transfer none): Through what it speaks.
 */
TokRawPeer *
tok_good_service_get_peer (TokGoodService *self)
{
  return self->peer;
}

/**
 * tok_good_service_get_data:
 * @self: A service.
 *
 * Returns: (transfer none): What was handed over with the function that spoils.
 */
gpointer
tok_good_service_get_data (TokGoodService *self)
{
  return self->data;
}

/**
 * tok_good_service_get_is_spoiled:
 * @self: A service.
 *
 * Returns: Whether the call to be spoiled has come.
 */
gboolean
tok_good_service_get_is_spoiled (TokGoodService *self)
{
  return self->request != NULL;
}

/**
 * tok_good_service_count:
 * @self: A service.
 * @call: The name of a call.
 *
 * Returns: How many such calls have come, on all connections together.
 */
guint
tok_good_service_count (TokGoodService *self, const char *call)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, call));
}
