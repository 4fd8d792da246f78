/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-faults.h"

#include "tok-script.h"

#define TOO_MUCH (1024 * 1024)

static const char *
get_type (const char *call)
{
  return g_str_equal (call, "new_token") || g_str_equal (call, "delete_token") ? "api_token" : call;
}

static void
refuse (TokGoodService *service, const char *call, gint64 req_id)
{
  const TokFault *fault = tok_good_service_get_data (service);

  tok_raw_peer_send_text (tok_good_service_get_peer (service),
                          "{\"echo_req\":{},\"msg_type\":\"%s\",\"error\":{\"code\":\"%s\","
                          "\"message\":\"" TOK_SCRIPT_REFUSAL "\"},\"req_id\":%" G_GINT64_FORMAT
                          "}",
                          get_type (call), fault->code, req_id);
}

static void
send_body (TokGoodService *service, const char *call, gint64 req_id, const char *body)
{
  tok_raw_peer_send_text (
      tok_good_service_get_peer (service),
      "{\"echo_req\":{},\"msg_type\":\"%s\",\"%s\":%s,\"req_id\":%" G_GINT64_FORMAT "}",
      get_type (call), get_type (call), body, req_id);
}

static void
send_null (TokGoodService *service, const char *call, gint64 req_id)
{
  send_body (service, call, req_id, "null");
}

static void
send_text (TokGoodService *service, const char *call, gint64 req_id)
{
  send_body (service, call, req_id, "\"<b>Oops</b>\"");
}

static void
send_object (TokGoodService *service, const char *call, gint64 req_id)
{
  send_body (service, call, req_id, "{}");
}

static void
send_array (TokGoodService *service, const char *call, gint64 req_id)
{
  send_body (service, call, req_id, "[[],null]");
}

static void
send_no_data (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_raw_peer_send_text (tok_good_service_get_peer (service), "{\"req_id\":%" G_GINT64_FORMAT "}",
                          req_id);
}

static void
send_error_of_no_kind (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_raw_peer_send_text (tok_good_service_get_peer (service),
                          "{\"error\":[7],\"req_id\":%" G_GINT64_FORMAT "}", req_id);
}

/* Whatever else is said meanwhile doesn't matter. */
static void
send_more (TokGoodService *service, const char *call, gint64 req_id)
{
  TokRawPeer *peer = tok_good_service_get_peer (service);

  send_null (service, call, req_id + 1000000);
  tok_raw_peer_send_text (peer, "{\"error\":{\"code\":\"InvalidToken\"}}");
  tok_raw_peer_send_text (peer, "{\"balance\":{},\"msg_type\":\"balance\",\"req_id\":0}");
  tok_good_service_answer (service, call, req_id);
  tok_good_service_answer (service, call, req_id);
}

static void
say_nothing (TokGoodService *service, const char *call, gint64 req_id)
{
}

static void
hang_up (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_good_service_hang_up (service);
}

static void
hang_up_behind_it (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_good_service_answer (service, call, req_id);
  tok_good_service_hang_up (service);
}

static void
send_garbage (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_raw_peer_send_text (tok_good_service_get_peer (service), "<!DOCTYPE html>");
}

static void
send_binary (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_raw_peer_send_frame (tok_good_service_get_peer (service), TOK_RAW_BINARY, TRUE, "{}", 2);
}

static void
send_too_much (TokGoodService *service, const char *call, gint64 req_id)
{
  g_autofree char *blanks = g_strnfill (TOO_MUCH, ' ');

  tok_raw_peer_send_text (tok_good_service_get_peer (service), "%s{}", blanks);
}

static void
send_half (TokGoodService *service, const char *call, gint64 req_id)
{
  tok_raw_peer_send_bytes (tok_good_service_get_peer (service), "\x81\x20{\"echo", 8);
  tok_good_service_hang_up (service);
}

/* The code is the name. */
static void
send_close (TokGoodService *service, const char *call, gint64 req_id)
{
  const TokFault *fault = tok_good_service_get_data (service);
  int code = atoi (fault->name + strlen ("close-"));

  tok_raw_peer_send_close (tok_good_service_get_peer (service), code != 1005 ? code : -1);
}

static const TokFault others[] = {
  { "says-more", send_more, NULL, TRUE, FALSE, FALSE },
  { "null", send_null, NULL, TRUE, FALSE, FALSE },
  { "text", send_text, NULL, TRUE, FALSE, FALSE },
  { "object", send_object, NULL, TRUE, FALSE, FALSE },
  { "array", send_array, NULL, TRUE, FALSE, FALSE },
  { "no-data", send_no_data, NULL, TRUE, FALSE, FALSE },
  { "error-of-no-kind", send_error_of_no_kind, NULL, TRUE, FALSE, FALSE },
  { "silence", say_nothing, NULL, TRUE, TRUE, FALSE },
  { "hangs-up", hang_up, NULL, TRUE, FALSE, TRUE },
  { "hangs-up-behind-it", hang_up_behind_it, NULL, TRUE, FALSE, TRUE },
  { "half-a-frame", send_half, NULL, TRUE, FALSE, TRUE },
  { "garbage", send_garbage, NULL, TRUE, FALSE, TRUE },
  { "binary", send_binary, NULL, TRUE, FALSE, TRUE },
  { "too-much", send_too_much, NULL, TRUE, FALSE, TRUE },
  { "close-403", send_close, NULL, TRUE, FALSE, TRUE },
  { "close-1000", send_close, NULL, TRUE, FALSE, TRUE },
  { "close-1005", send_close, NULL, TRUE, FALSE, TRUE },
  { "close-1009", send_close, NULL, TRUE, FALSE, TRUE },
  { "close-1011", send_close, NULL, TRUE, FALSE, TRUE },
  { "close-1012", send_close, NULL, TRUE, FALSE, TRUE },
};

/**
 * tok_faults_list:
 *
 * Returns: (transfer full) (element-type TokFault): Every code of PROTOCOL 3.1, and whatever else a
 *   service, or what lies between, can do to a call.
 */
GArray *
tok_faults_list (void)
{
  GArray *faults = g_array_new (FALSE, FALSE, sizeof (TokFault));

  for (const TokScriptCode *it = tok_script_codes; it->code != NULL; it++) {
    const TokFault fault
        = { it->code, refuse,
            it->code, it->meaning == TOK_ERROR_TROUBLE || it->meaning == TOK_ERROR_UNCONFIRMED,
            FALSE,    FALSE };

    g_array_append_val (faults, fault);
  }
  g_array_append_vals (faults, others, G_N_ELEMENTS (others));
  return faults;
}
