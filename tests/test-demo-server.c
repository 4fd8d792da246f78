/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-peer.h"
#include "tok-test.h"

#include <string.h>

static TokDemoPeer *
connect_to (TokDemoServerTest *fixture, const char *address)
{
  return tok_demo_peer_connect (fixture->soup, address);
}

static JsonObject *
sign_in (TokDemoServerTest *fixture, TokDemoPeer *peer)
{
  return tok_demo_peer_sign_in (peer, tok_demo_server_get_token (fixture->server));
}

static TokDemoPeer *
connect_signed_in (TokDemoServerTest *fixture)
{
  TokDemoPeer *peer = tok_demo_server_test_connect (fixture);
  g_autoptr (JsonObject) answer = sign_in (fixture, peer);

  g_assert_true (json_object_has_member (answer, "authorize"));
  return peer;
}

static void
assert_error (JsonObject *answer, const char *code)
{
  JsonObject *error;

  g_assert_true (json_object_has_member (answer, "error"));
  error = json_object_get_object_member (answer, "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, code);
}

static guint
count_apps (TokDemoPeer *peer)
{
  g_autoptr (JsonObject) answer = tok_demo_peer_ask (peer, "{\"oauth_apps\":1}");

  return json_array_get_length (json_object_get_array_member (answer, "oauth_apps"));
}

static void
assert_serves (TokDemoServerTest *fixture)
{
  g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
  g_autoptr (JsonObject) answer = tok_demo_peer_ask (peer, "{\"ping\":1}");

  g_assert_cmpstr (json_object_get_string_member (answer, "ping"), ==, "pong");
}

static guint16
get_port (TokDemoServerTest *fixture)
{
  g_autoptr (GUri) uri
      = g_uri_parse (tok_demo_server_get_address (fixture->server), G_URI_FLAGS_NONE, NULL);

  return g_uri_get_port (uri);
}

static void
test_new_destroy (void)
{
  TokDemoServer *given = tok_demo_server_new ("a1-given");
  TokDemoServer *random = tok_demo_server_new (NULL);
  TokDemoServer *other = tok_demo_server_new (NULL);

  g_assert_cmpstr (tok_demo_server_get_token (given), ==, "a1-given");
  g_assert_cmpuint (strlen (tok_demo_server_get_token (random)), ==, 15);
  g_assert_cmpstr (tok_demo_server_get_token (random), !=, tok_demo_server_get_token (other));
  g_assert_null (tok_demo_server_get_address (given));
  g_assert_cmpuint (tok_demo_server_get_n_calls (given, "ping"), ==, 0);
  tok_demo_server_stop (given);
  tok_test_assert_finalize (given);
  tok_test_assert_finalize (random);
  tok_test_assert_finalize (other);
}

static void
test_destroy_connected (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);

  tok_demo_server_set_latency (fixture->server, 60000);
  soup_websocket_connection_send_text (peer->socket, "{\"ping\":1}");
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->server, "ping") == 1);
  tok_test_assert_finalize (fixture->server);
  tok_test_wait_until (peer->closed);
  fixture->server = tok_demo_server_new (NULL);
}

static void
test_address (TokDemoServerTest *fixture, gconstpointer data)
{
  g_assert_true (g_regex_match_simple (
      "^ws://127\\.0\\.0\\.1:[1-9][0-9]*/websockets/v3\\?app_id=1089$",
      tok_demo_server_get_address (fixture->server), G_REGEX_DOLLAR_ENDONLY, 0));
}

static void
test_refused (TokDemoServerTest *fixture, gconstpointer data)
{
  static const struct {
    const char *path;
    guint status;
    const char *body;
  } cases[] = {
    { "/websockets/v3", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?app_id=", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?app_id=0", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?app_id=33xxYY", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?l=EN&brand=deriv", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?app_id=12345678901234567890", 401, "{\"error\":\"InvalidAppID\"}" },
    { "/websockets/v3?app_id=403", 403, "{\"error\":\"AccessRestricted\"}" },
    { "/websockets/v3/x?app_id=1089", 404, "{\"error\":\"NotFound\"}" },
    { "/?app_id=1089", 404, "{\"error\":\"NotFound\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address
        = g_strdup_printf ("http://127.0.0.1:%u%s", get_port (fixture), cases[i].path);
    g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
    g_autoptr (SoupMessage) upgrade = soup_message_new (SOUP_METHOD_GET, address);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GAsyncResult) refused = NULL;
    g_autoptr (GBytes) body = NULL;
    g_autoptr (GError) error = NULL;
    GAsyncResult *slot = NULL;

    soup_session_send_and_read_async (fixture->soup, message, G_PRIORITY_DEFAULT, NULL,
                                      tok_test_on_ready, &slot);
    result = tok_test_wait_for_result (&slot);
    body = soup_session_send_and_read_finish (fixture->soup, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (soup_message_get_status (message), ==, cases[i].status);
    g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), cases[i].body,
                     strlen (cases[i].body));

    soup_session_websocket_connect_async (fixture->soup, upgrade, NULL, NULL, G_PRIORITY_DEFAULT,
                                          NULL, tok_test_on_ready, &slot);
    refused = tok_test_wait_for_result (&slot);
    g_assert_null (soup_session_websocket_connect_finish (fixture->soup, refused, &error));
    g_assert_error (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET);
    g_assert_cmpuint (soup_message_get_status (upgrade), ==, cases[i].status);
  }
}

static void
test_accepted (TokDemoServerTest *fixture, gconstpointer data)
{
  static const char *const queries[] = {
    "app_id=1",
    "app_id=9999999999999999999",
    "app_id=1089&l=PT&brand=deriv",
    "l=nonsense&app_id=16929&brand=",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *address
        = g_strdup_printf ("ws://127.0.0.1:%u/websockets/v3?%s", get_port (fixture), queries[i]);
    g_autoptr (TokDemoPeer) peer = connect_to (fixture, address);
    g_autoptr (JsonObject) answer = tok_demo_peer_ask (peer, "{\"time\":1}");

    g_assert_true (json_object_has_member (answer, "time"));
  }
}

static void
test_unknown_app (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autofree char *address
      = g_strdup_printf ("ws://127.0.0.1:%u/websockets/v3?app_id=404", get_port (fixture));
  g_autoptr (TokDemoPeer) peer = connect_to (fixture, address);
  g_autoptr (JsonObject) ping = tok_demo_peer_ask (peer, "{\"ping\":1}");
  g_autoptr (JsonObject) authorize = sign_in (fixture, peer);

  g_assert_true (json_object_has_member (ping, "ping"));
  assert_error (authorize, "InvalidAppID");
  tok_test_wait_until (peer->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (peer->socket), ==,
                    SOUP_WEBSOCKET_CLOSE_NO_STATUS);
}

static void
test_malformed (TokDemoServerTest *fixture, gconstpointer data)
{
  static const char *const cases[] = { "{", "null", "0", "false", "\"\"", "hello" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
    g_autoptr (JsonObject) answer = NULL;

    /* What came before is still answered, what comes after is not. */
    soup_websocket_connection_send_text (peer->socket, "{\"ping\":1}");
    soup_websocket_connection_send_text (peer->socket, cases[i]);
    soup_websocket_connection_send_text (peer->socket, "{\"ping\":1}");
    tok_test_wait_until (peer->closed);
    answer = tok_demo_peer_get_answer (peer);
    g_assert_true (g_queue_is_empty (&peer->answers));
    g_assert_cmpuint (soup_websocket_connection_get_close_code (peer->socket), ==,
                      SOUP_WEBSOCKET_CLOSE_NO_STATUS);
  }
  assert_serves (fixture);
}

static void
test_binary (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) ping = NULL;

  soup_websocket_connection_send_binary (peer->socket, "{\"ping\":1}", 10);
  answer = tok_demo_peer_get_answer (peer);
  assert_error (answer, "BadRequest");
  ping = tok_demo_peer_ask (peer, "{\"ping\":1}");
  g_assert_true (json_object_has_member (ping, "ping"));
}

static void
test_too_big (TokDemoServerTest *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 262145, 2 * 1024 * 1024, 17 * 1024 * 1024 };
  g_autoptr (TokDemoPeer) good = tok_demo_server_test_connect (fixture);
  g_autofree char *largest = g_strnfill (262144, ' ');
  g_autoptr (JsonObject) answer = NULL;

  memcpy (largest, "{\"ping\":1}", 10);
  answer = tok_demo_peer_ask (good, largest);
  g_assert_true (json_object_has_member (answer, "ping"));

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
    g_autofree guint8 *noise = g_malloc (sizes[i]);
    guint32 *words = (guint32 *) noise;

    /* What can't be deflated. */
    for (gsize j = 0; j < sizes[i] / 4; j++)
      words[j] = g_random_int ();
    soup_websocket_connection_send_binary (peer->socket, noise, sizes[i]);
    tok_test_wait_until (peer->closed);
    /* Of what is larger than anybody reads, the end may be lost with the connection. */
    if (sizes[i] < 16 * 1024 * 1024)
      g_assert_cmpuint (soup_websocket_connection_get_close_code (peer->socket), ==,
                        SOUP_WEBSOCKET_CLOSE_TOO_BIG);
    g_assert_true (g_queue_is_empty (&peer->answers));
    assert_serves (fixture);
  }
}

static void
test_pipelined (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);

  for (gint64 i = 0; i < 10000; i++) {
    g_autofree char *text = g_strdup_printf ("{\"ping\":1,\"req_id\":%" G_GINT64_FORMAT "}", i);

    soup_websocket_connection_send_text (peer->socket, text);
  }
  for (gint64 i = 0; i < 10000; i++) {
    g_autoptr (JsonObject) answer = tok_demo_peer_get_answer (peer);

    g_assert_cmpint (json_object_get_int_member (answer, "req_id"), ==, i);
  }
}

static void
test_many (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) peers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_peer_free);

  for (guint i = 0; i < 150; i++)
    g_ptr_array_add (peers, tok_demo_server_test_connect (fixture));
  g_assert_cmpuint (tok_demo_server_get_n_connections (fixture->server), ==, 150);
  for (guint i = 0; i < 150; i++)
    soup_websocket_connection_send_text (((TokDemoPeer *) peers->pdata[i])->socket, "{\"ping\":1}");
  for (guint i = 0; i < 150; i++) {
    g_autoptr (JsonObject) answer = tok_demo_peer_get_answer (peers->pdata[i]);

    g_assert_true (json_object_has_member (answer, "ping"));
  }
  for (guint i = 0; i < 150; i++)
    soup_websocket_connection_close (((TokDemoPeer *) peers->pdata[i])->socket, 1000, NULL);
  tok_test_wait_until (tok_demo_server_get_n_connections (fixture->server) == 0);
}

static void
test_deleted_elsewhere (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) first = connect_signed_in (fixture);
  g_autoptr (TokDemoPeer) second = connect_signed_in (fixture);
  const char *token = tok_demo_server_get_token (fixture->server);
  g_autofree char *text
      = g_strdup_printf ("{\"api_token\":1,\"delete_token\":\"***********%s\"}", token + 11);
  g_autoptr (JsonObject) deleted = tok_demo_peer_ask (first, text);
  g_autoptr (JsonObject) first_after = tok_demo_peer_ask (first, "{\"oauth_apps\":1}");
  g_autoptr (JsonObject) second_after = tok_demo_peer_ask (second, "{\"oauth_apps\":1}");

  g_assert_true (json_object_has_member (deleted, "api_token"));
  assert_error (first_after, "InvalidToken");
  assert_error (second_after, "InvalidToken");
  g_assert_false (second->closed);
}

static void
test_revoked_elsewhere (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) first = connect_signed_in (fixture);
  g_autoptr (TokDemoPeer) second = connect_signed_in (fixture);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpuint (count_apps (second), ==, 12);
  answer = tok_demo_peer_ask (first, "{\"revoke_oauth_app\":9007199254740993}");
  g_assert_cmpuint (count_apps (second), ==, 11);
  g_assert_cmpuint (tok_demo_server_get_n_calls (fixture->server, "revoke_oauth_app"), ==, 1);
}

static void
test_behind_authorize (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (fixture);
  g_autofree char *text
      = g_strdup_printf ("{\"authorize\":\"%s\"}", tok_demo_server_get_token (fixture->server));
  g_autoptr (JsonObject) authorize = NULL;
  g_autoptr (JsonObject) apps = NULL;

  tok_demo_server_set_latency (fixture->server, 20);
  soup_websocket_connection_send_text (peer->socket, text);
  soup_websocket_connection_send_text (peer->socket, "{\"oauth_apps\":1}");
  authorize = tok_demo_peer_get_answer (peer);
  apps = tok_demo_peer_get_answer (peer);
  g_assert_true (json_object_has_member (authorize, "authorize"));
  assert_error (apps, "AuthorizationRequired");
}

static void
test_latency (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) slow = connect_signed_in (fixture);
  g_autoptr (TokDemoPeer) quick = connect_signed_in (fixture);
  g_autoptr (JsonObject) answer = NULL;
  gint64 start;

  tok_demo_server_set_latency (fixture->server, 300);
  start = g_get_monotonic_time ();
  soup_websocket_connection_send_text (slow->socket, "{\"revoke_oauth_app\":70101}");
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->server, "revoke_oauth_app") == 1);
  /* Neither answered nor done yet, and nobody else waits for it. */
  tok_demo_server_set_latency (fixture->server, 0);
  g_assert_cmpuint (count_apps (quick), ==, 12);
  g_assert_true (g_queue_is_empty (&slow->answers));
  answer = tok_demo_peer_get_answer (slow);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300 * 1000);
  g_assert_cmpuint (count_apps (quick), ==, 11);
}

static void
test_stop (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = connect_signed_in (fixture);
  g_autoptr (TokDemoPeer) idle = tok_demo_server_test_connect (fixture);
  g_autoptr (TokDemoPeer) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = tok_demo_peer_ask (peer, "{\"revoke_oauth_app\":70101}");
  g_autofree char *address = g_strdup (tok_demo_server_get_address (fixture->server));
  guint16 port = get_port (fixture);

  tok_demo_server_set_latency (fixture->server, 60000);
  soup_websocket_connection_send_text (peer->socket, "{\"revoke_oauth_app\":70115}");
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->server, "revoke_oauth_app") == 2);
  tok_demo_server_stop (fixture->server);
  g_assert_cmpuint (tok_demo_server_get_n_connections (fixture->server), ==, 0);
  g_assert_null (tok_demo_server_get_address (fixture->server));
  tok_test_wait_until (peer->closed && idle->closed);
  /* No close frame was sent. */
  g_assert_cmpuint (soup_websocket_connection_get_close_code (peer->socket), ==, 0);
  g_assert_true (g_queue_is_empty (&peer->answers));

  tok_demo_server_set_latency (fixture->server, 0);
  tok_demo_server_start (fixture->server, port, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tok_demo_server_get_address (fixture->server), ==, address);
  back = connect_signed_in (fixture);
  g_assert_cmpuint (count_apps (back), ==, 11);
}

static void
test_port_in_use (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoServer) other = tok_demo_server_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (tok_demo_server_start (other, get_port (fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (tok_demo_server_get_address (other));
  g_clear_error (&error);
  g_assert_true (tok_demo_server_start (other, 0, &error));
  g_assert_no_error (error);
}

/* Reads until the other side has closed. */
static void
assert_dropped (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gssize count = 1;

  while (count > 0) {
    g_autoptr (GAsyncResult) result = NULL;
    GAsyncResult *slot = NULL;
    char buffer[1000];

    g_input_stream_read_async (input, buffer, sizeof buffer, G_PRIORITY_DEFAULT, NULL,
                               tok_test_on_ready, &slot);
    result = tok_test_wait_for_result (&slot);
    count = g_input_stream_read_finish (input, result, NULL);
  }
}

static GSocketConnection *
connect_raw (TokDemoServerTest *fixture, const char *text)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, "127.0.0.1", get_port (fixture), NULL,
                                         tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  connection = g_socket_client_connect_to_host_finish (client, result, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
test_idle (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) idle = NULL;
  g_autoptr (TokDemoPeer) busy = NULL;
  g_autoptr (GSocketConnection) silent = NULL;
  g_autoptr (GSocketConnection) half = NULL;

  tok_demo_server_set_idle_timeout (fixture->server, 1);
  idle = tok_demo_server_test_connect (fixture);
  busy = tok_demo_server_test_connect (fixture);
  silent = connect_raw (fixture, "");
  half = connect_raw (fixture, "GET /websockets/v3?app_id=1089 HTTP/1.1\r\nHost: x\r\nUpg");
  while (!idle->closed) {
    gint64 next = g_get_monotonic_time () + 200 * 1000;
    g_autoptr (JsonObject) answer = tok_demo_peer_ask (busy, "{\"ping\":1}");

    tok_test_wait_until (idle->closed || g_get_monotonic_time () >= next);
  }
  g_assert_cmpuint (soup_websocket_connection_get_close_code (idle->socket), ==, 0);
  g_assert_false (busy->closed);
  assert_dropped (silent);
  assert_dropped (half);
}

static void
test_garbage (TokDemoServerTest *fixture, gconstpointer data)
{
  static const char *const cases[] = {
    "GET\r\n\r\n",
    "GET /websockets/v3?app_id=1089 HTTP/1.1\r\n\r\n",
    "GET /websockets/v3?app_id=1089 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "POST /websockets/v3?app_id=1089 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    "Content-Length: 3\r\n\r\nabc",
    "GET /websockets/v3?app_id=1089 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: x\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GSocketConnection) connection = connect_raw (fixture, cases[i]);

    assert_dropped (connection);
    assert_serves (fixture);
  }
}

static void
test_fail_next (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = connect_signed_in (fixture);
  g_autoptr (JsonObject) failed = NULL;

  tok_demo_server_fail_next (fixture->server, "oauth_apps", "Suspendedlogin", "Later");
  failed = tok_demo_peer_ask (peer, "{\"oauth_apps\":1}");
  assert_error (failed, "Suspendedlogin");
  g_assert_cmpuint (count_apps (peer), ==, 12);
}

static void
test_switches (TokDemoServerTest *fixture, gconstpointer data)
{
  g_autoptr (TokDemoPeer) peer = connect_signed_in (fixture);
  g_autoptr (JsonObject) limited = NULL;
  g_autoptr (JsonObject) list = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = json_node_alloc ();

  for (guint i = 0; i < 180; i++)
    g_assert_cmpuint (count_apps (peer), ==, 12);
  limited = tok_demo_peer_ask (peer, "{\"oauth_apps\":1}");
  assert_error (limited, "RateLimit");
  tok_demo_server_set_limits (fixture->server, FALSE);
  g_assert_cmpuint (count_apps (peer), ==, 12);

  tok_demo_server_set_full_tokens (fixture->server, TRUE);
  list = tok_demo_peer_ask (peer, "{\"api_token\":1}");
  json_node_init_object (node, list);
  text = json_to_string (node, FALSE);
  g_assert_nonnull (strstr (text, tok_demo_server_get_token (fixture->server)));
}

#define ADD(path, test)                                                                            \
  g_test_add ("/demo-server/" path, TokDemoServerTest, NULL, tok_demo_server_test_set_up, test,    \
              tok_demo_server_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-server/new-destroy", test_new_destroy);
  ADD ("destroy-connected", test_destroy_connected);
  ADD ("address", test_address);
  ADD ("refused", test_refused);
  ADD ("accepted", test_accepted);
  ADD ("unknown-app", test_unknown_app);
  ADD ("malformed", test_malformed);
  ADD ("binary", test_binary);
  ADD ("too-big", test_too_big);
  ADD ("pipelined", test_pipelined);
  ADD ("many", test_many);
  ADD ("deleted-elsewhere", test_deleted_elsewhere);
  ADD ("revoked-elsewhere", test_revoked_elsewhere);
  ADD ("behind-authorize", test_behind_authorize);
  ADD ("latency", test_latency);
  ADD ("stop", test_stop);
  ADD ("port-in-use", test_port_in_use);
  ADD ("idle", test_idle);
  ADD ("garbage", test_garbage);
  ADD ("fail-next", test_fail_next);
  ADD ("switches", test_switches);

  return g_test_run ();
}
