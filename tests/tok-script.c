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
  .longest_hold = 3000,
  .browser_sign_in = 600000,
  .rate_limit_pause = 20,
  .rate_limit_longest = 20,
};

/* A copy of what the client goes by, so that a mistake there is seen. */
const TokScriptCode tok_script_codes[] = {
  { "AccessRestricted", TOK_ERROR_REFUSED },
  { "AccountDisabled", TOK_ERROR_ACCOUNT },
  { "AlreadySubscribed", TOK_ERROR_TROUBLE },
  { "APITokenError", TOK_ERROR_FIELD },
  { "AppGet", TOK_ERROR_FIELD },
  { "AppRegister", TOK_ERROR_FIELD },
  { "AppUpdate", TOK_ERROR_FIELD },
  { "AuthorizationRequired", TOK_ERROR_SIGN_IN },
  { "BadRequest", TOK_ERROR_TROUBLE },
  { "CallError", TOK_ERROR_TROUBLE },
  { "DisabledClient", TOK_ERROR_ACCOUNT },
  { "InputValidationFailed", TOK_ERROR_FIELD },
  { "InternalServerError", TOK_ERROR_TROUBLE },
  { "InvalidAppID", TOK_ERROR_APP_ID },
  { "InvalidToken", TOK_ERROR_SIGN_IN },
  { "OutputValidationFailed", TOK_ERROR_TROUBLE },
  { "PermissionDenied", TOK_ERROR_SCOPE },
  { "RateLimit", TOK_ERROR_RATE_LIMIT },
  { "ResponseTooLarge", TOK_ERROR_TROUBLE },
  { "SanityCheckFailed", TOK_ERROR_FIELD },
  { "SomethingNew", TOK_ERROR_TROUBLE },
  { "Suspendedlogin", TOK_ERROR_MAINTENANCE },
  { "Timeout", TOK_ERROR_UNCONFIRMED },
  { "UnrecognisedRequest", TOK_ERROR_ADDRESS },
  { "WrongResponse", TOK_ERROR_TROUBLE },
  { NULL, 0 },
};

/* Some requests are api_token with something to do, and answered as such (PROTOCOL 2.4). */
static gboolean
does_more_than_list (const char *call)
{
  return g_str_equal (call, "new_token") || g_str_equal (call, "delete_token");
}

static const char *
get_msg_type (const char *call)
{
  return does_more_than_list (call) ? "api_token" : call;
}

static gboolean
has_member (const char *text, const char *member)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\":", member);

  return strstr (text, quoted) != NULL;
}

static gboolean
is_call (const char *text, const char *call)
{
  if (g_str_equal (call, "api_token")
      && (has_member (text, "new_token") || has_member (text, "delete_token")))
    return FALSE;
  return has_member (text, call);
}

static int
find (TokRawPeer *peer, const char *call, guint nth)
{
  for (guint i = 0; i < tok_raw_peer_get_n_received (peer); i++)
    if (is_call (tok_raw_peer_get_received (peer, i), call) && nth-- == 0)
      return (int) i;
  return -1;
}

/**
 * tok_script_count:
 * @peer: The service.
 * @call: The name of a call, as everywhere here: "api_token" is one that only lists, one that does
 *   more goes by that, "new_token" or "delete_token".
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
 * tok_script_assert_asked:
 * @peer: The service.
 * @call: The name of a call.
 * @nth: Which of that name, from 0.
 * @members: The whole JSON of it, but for the braces and the number at its end.
 *
 * Waits until it has come and asserts what it holds, to the letter.
 */
void
tok_script_assert_asked (TokRawPeer *peer, const char *call, guint nth, const char *members)
{
  g_autofree char *expected = NULL;
  int i;

  tok_script_wait (peer, call, nth);
  i = find (peer, call, nth);
  expected = g_strdup_printf ("{%s,\"req_id\":%" G_GINT64_FORMAT "}", members,
                              tok_raw_peer_get_req_id (peer, i));
  g_assert_cmpstr (tok_raw_peer_get_received (peer, i), ==, expected);
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
      peer, "{\"echo_req\":{},\"msg_type\":\"%s\",\"%s\":%s,\"req_id\":%" G_GINT64_FORMAT "}",
      get_msg_type (call), get_msg_type (call), body,
      tok_raw_peer_get_req_id (peer, find (peer, call, nth)));
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
  tok_raw_peer_send_text (peer,
                          "{\"echo_req\":{},\"msg_type\":\"%s\",\"error\":{\"code\":\"%s\","
                          "\"message\":\"" TOK_SCRIPT_REFUSAL "\"},"
                          "\"req_id\":%" G_GINT64_FORMAT "}",
                          get_msg_type (call), code,
                          tok_raw_peer_get_req_id (peer, find (peer, call, nth)));
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

static void
append_token (GString *body,
              const char *name,
              const char *value,
              const char *scopes,
              const char *used)
{
  g_auto (GStrv) ids = g_strsplit (scopes, ",", -1);
  g_autofree char *quoted = g_strjoinv ("\",\"", ids);

  g_string_append_printf (body,
                          "%s{\"display_name\":\"%s\",\"last_used\":\"%s\",\"scopes\":[\"%s\"],"
                          "\"token\":\"%s\",\"valid_for_ip\":\"\"}",
                          g_str_has_suffix (body->str, "}") ? "," : "", name, used, quoted, value);
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

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *name = g_strdup_printf ("Token %u", i);

    if (*words[i] != '\0')
      append_token (body, name, words[i], "admin,read", "");
  }
  g_string_append (body, "]}");
  tok_script_answer (peer, "api_token", nth, body->str);
}

/**
 * tok_script_answer_rows:
 * @peer: The service.
 * @call: "api_token", "new_token" or "delete_token".
 * @nth: Which of that name, from 0.
 * @rows: Tokens with semicolons between them. Of each its name, value, scopes and, if there is one,
 *   last use, with slashes between them.
 *
 * Answers any of the calls that list tokens.
 */
void
tok_script_answer_rows (TokRawPeer *peer, const char *call, guint nth, const char *rows)
{
  g_auto (GStrv) tokens = g_strsplit (rows, ";", -1);
  g_autoptr (GString) body = g_string_new ("{\"tokens\":[");

  for (guint i = 0; tokens[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (tokens[i], "/", 4);

    g_assert_cmpuint (g_strv_length (parts), >=, 3);
    append_token (body, parts[0], parts[1], parts[2], parts[3] != NULL ? parts[3] : "");
  }
  g_string_append_c (body, ']');
  if (does_more_than_list (call))
    g_string_append_printf (body, ",\"%s\":1", call);
  g_string_append_c (body, '}');
  tok_script_answer (peer, call, nth, body->str);
}
