/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-script.h"

#include "tok-test.h"

#include <string.h>

/* Short enough for a test, and long enough for a loaded machine. Nothing is asked on its own. */
const TokTimes tok_script_times = {
  .connect_timeout = 10000,
  .request_timeout = 10000,
  .ping_after = 600000,
  .pong_timeout = 600000,
  .reconnect_first = 20,
  .reconnect_longest = 50,
};

static int
find (TokRawPeer *peer, const char *call, guint nth)
{
  g_autofree char *member = g_strdup_printf ("\"%s\":", call);

  for (guint i = 0; i < tok_raw_peer_get_n_received (peer); i++)
    if (strstr (tok_raw_peer_get_received (peer, i), member) != NULL && nth-- == 0)
      return (int) i;
  return -1;
}

/**
 * tok_script_count:
 * @peer: The service.
 * @call: The name of a call.
 *
 * Returns: How many such calls came, on all connections together.
 */
guint
tok_script_count (TokRawPeer *peer, const char *call)
{
  guint n = 0;

  while (find (peer, call, n) >= 0)
    n++;
  return n;
}

/**
 * tok_script_wait:
 * @peer: The service.
 * @call: The name of a call.
 * @nth: Which of that name, from 0.
 *
 * Waits until it has come.
 */
void
tok_script_wait (TokRawPeer *peer, const char *call, guint nth)
{
  g_test_message ("waiting for %s %u", call, nth);
  tok_test_wait_until (find (peer, call, nth) >= 0);
}

/**
 * tok_script_answer:
 * @peer: The service.
 * @call: The name of a call.
 * @nth: Which of that name, from 0.
 * @body: The JSON under that name in the answer.
 *
 * Waits for a call and answers it.
 */
void
tok_script_answer (TokRawPeer *peer, const char *call, guint nth, const char *body)
{
  tok_script_wait (peer, call, nth);
  tok_raw_peer_send_text (
      peer, "{\"echo_req\":{},\"msg_type\":\"%s\",\"%s\":%s,\"req_id\":%" G_GINT64_FORMAT "}", call,
      call, body, tok_raw_peer_get_req_id (peer, find (peer, call, nth)));
}

/**
 * tok_script_refuse:
 * @peer: The service.
 * @call: The name of a call.
 * @nth: Which of that name, from 0.
 * @code: A code of PROTOCOL 3.1.
 *
 * Waits for a call and answers it with an error.
 */
void
tok_script_refuse (TokRawPeer *peer, const char *call, guint nth, const char *code)
{
  tok_script_wait (peer, call, nth);
  tok_raw_peer_send_text (
      peer,
      "{\"echo_req\":{},\"msg_type\":\"%s\",\"error\":{\"code\":\"%s\",\"message\":\"No\"},"
      "\"req_id\":%" G_GINT64_FORMAT "}",
      call, code, tok_raw_peer_get_req_id (peer, find (peer, call, nth)));
}

/**
 * tok_script_answer_authorize:
 * @peer: The service.
 * @nth: Which of that name, from 0.
 * @scopes: Ids of scopes with commas between them.
 *
 * Lets the client in.
 */
void
tok_script_answer_authorize (TokRawPeer *peer, guint nth, const char *scopes)
{
  g_auto (GStrv) ids = g_strsplit (scopes, ",", -1);
  g_autofree char *quoted = g_strjoinv ("\",\"", ids);
  g_autofree char *body
      = g_strdup_printf ("{\"loginid\":\"" TOK_SCRIPT_LOGIN
                         "\",\"currency\":\"USD\",\"is_virtual\":0,\"scopes\":[\"%s\"]}",
                         quoted);

  tok_script_answer (peer, "authorize", nth, body);
}

/**
 * tok_script_answer_apps:
 * @peer: The service.
 * @nth: Which of that name, from 0.
 * @ids: Ids of apps with blanks between them.
 *
 * Lists these apps.
 */
void
tok_script_answer_apps (TokRawPeer *peer, guint nth, const char *ids)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);
  g_autoptr (GString) body = g_string_new ("[");

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (body,
                              "%s{\"app_id\":%s,\"app_markup_percentage\":0,\"last_used\":null,"
                              "\"name\":\"App %s\",\"official\":0,\"scopes\":[\"read\"]}",
                              i > 0 ? "," : "", words[i], words[i]);
  g_string_append_c (body, ']');
  tok_script_answer (peer, "oauth_apps", nth, body->str);
}

/**
 * tok_script_answer_tokens:
 * @peer: The service.
 * @nth: Which of that name, from 0.
 * @values: Listed values of tokens with blanks between them.
 *
 * Lists these tokens, named "Token 0" and so on, with the scopes of the one that signs in.
 */
void
tok_script_answer_tokens (TokRawPeer *peer, guint nth, const char *values)
{
  g_auto (GStrv) words = g_strsplit (values, " ", -1);
  g_autoptr (GString) body = g_string_new ("{\"tokens\":[");

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (body,
                              "%s{\"display_name\":\"Token %u\",\"last_used\":\"\","
                              "\"scopes\":[\"admin\",\"read\"],\"token\":\"%s\","
                              "\"valid_for_ip\":\"\"}",
                              i > 0 ? "," : "", i, words[i]);
  g_string_append (body, "]}");
  tok_script_answer (peer, "api_token", nth, body->str);
}
