/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client.h"

#include "tok-client-fixture.h"
#include "tok-client-private.h"
#include "tok-error.h"
#include "tok-test.h"

#include <string.h>

/* How a client connects, fails to connect, and connects again. */

static void
test_new_destroy (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_STOPPED);
  g_assert_null (tok_client_get_error (fixture->client));
}

/* A port of our own on which nobody listens, for as long as the socket lives. */
static char *
make_deaf_address (GSocket **socket)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (*socket, any_port, FALSE, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (*socket, &error);
  g_assert_no_error (error);
  return g_strdup_printf ("ws://127.0.0.1:%u/websockets/v3?app_id=1089",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
}

/* Without a stop, in each state, and with the attempt or connection going on. */
static void
test_let_go (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = NULL;
  g_autofree char *deaf_address = make_deaf_address (&socket);
  TokClient *connecting
      = tok_client_new (tok_raw_peer_get_address (fixture->peer), &tok_client_fixture_slow);
  TokClient *waiting = tok_client_new (deaf_address, &tok_client_fixture_slow);
  TokClient *open;

  tok_client_start (connecting);
  g_assert_finalize_object (connecting);

  tok_client_start (waiting);
  tok_test_wait_until (tok_client_get_state (waiting) == TOK_CLIENT_WAITING);
  g_assert_finalize_object (waiting);

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_round_trip (fixture);
  g_ptr_array_set_size (fixture->results, 0);
  open = g_steal_pointer (&fixture->client);
  g_assert_finalize_object (open);
  tok_test_wait_until (tok_raw_peer_get_close_code (fixture->peer) == 1000);

  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
}

static void
test_handshake (TokClientFixture *fixture, gconstpointer data)
{
  const char *handshake;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  handshake = tok_raw_peer_get_handshake (fixture->peer);
  g_assert_true (g_str_has_prefix (handshake, "GET /websockets/v3?app_id=1089 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (handshake, "\r\nUser-Agent: token-manager/" TOK_VERSION "\r\n"));
  g_assert_null (strstr (handshake, "Sec-WebSocket-Protocol"));
  g_assert_null (strstr (handshake, "Sec-WebSocket-Extensions"));
}

typedef struct {
  const char *name;
  const char *answer;
  int code;
} Refusal;

#define EMPTY "Content-Length: 0\r\n\r\n"
#define UNAVAILABLE "HTTP/1.1 503 Service Unavailable\r\n" EMPTY

static const Refusal refusals[] = {
  { "301", "HTTP/1.1 301 Moved Permanently\r\nLocation: ws://127.0.0.1:1/?token=CANARY\r\n" EMPTY,
    TOK_ERROR_WEB_PAGE },
  { "302", "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n" EMPTY, TOK_ERROR_WEB_PAGE },
  { "400", "HTTP/1.1 400 Bad Request\r\n" EMPTY, TOK_ERROR_ADDRESS },
  { "401", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 24\r\n\r\n{\"error\":\"InvalidAppID\"}",
    TOK_ERROR_APP_ID },
  { "401-challenge", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" EMPTY,
    TOK_ERROR_APP_ID },
  { "403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 28\r\n\r\n{\"error\":\"AccessRestricted\"}",
    TOK_ERROR_REFUSED },
  { "404", "HTTP/1.1 404 Not Found\r\n" EMPTY, TOK_ERROR_ADDRESS },
  { "429", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\n" EMPTY, TOK_ERROR_RATE_LIMIT },
  { "500", "HTTP/1.1 500 Internal Server Error\r\n" EMPTY, TOK_ERROR_TROUBLE },
  { "502", "HTTP/1.1 502 Bad Gateway\r\n" EMPTY, TOK_ERROR_TROUBLE },
  { "503", UNAVAILABLE, TOK_ERROR_MAINTENANCE },
  { "html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>Welcome</body></html>",
    TOK_ERROR_WEB_PAGE },
  { "407", "HTTP/1.1 407 Proxy Authentication Required\r\n" EMPTY, TOK_ERROR_WEB_PAGE },
  { "511", "HTTP/1.1 511 Network Authentication Required\r\n" EMPTY, TOK_ERROR_WEB_PAGE },
  { "bare-html", "<html><body>Welcome</body></html>\r\n\r\n", TOK_ERROR_ADDRESS },
  { "garbage", "\xff\x00\x01\r\n\r\n\r\n", TOK_ERROR_ADDRESS },
  { "wrong-key",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
    TOK_ERROR_ADDRESS },
  { "no-upgrade", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    TOK_ERROR_ADDRESS },
  { "half-head", "HTTP/1.1 101 Switch", TOK_ERROR_ADDRESS },
};

static void
test_refused_handshake (TokClientFixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;

  tok_raw_peer_set_handshake_answer (fixture->peer, refusal->answer);
  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, refusal->code);
  g_assert_null (strstr (tok_client_get_error (fixture->client)->message, "CANARY"));
  g_assert_cmpuint (tok_raw_peer_get_n_connections (fixture->peer), ==, 1);

  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_OFFLINE);
}

static void
test_refused_connection (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = NULL;
  g_autofree char *deaf_address = make_deaf_address (&socket);

  fixture->client = tok_client_new (deaf_address, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
}

static void
test_unknown_host (TokClientFixture *fixture, gconstpointer data)
{
  fixture->client = tok_client_new ("wss://service.invalid/websockets/v3?app_id=1089",
                                    &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
}

static void
test_no_address (TokClientFixture *fixture, gconstpointer data)
{
  fixture->client = tok_client_new ("wss://exa%zzmple/?app_id=1089", &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_CONNECTING);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_ADDRESS);
}

static void
test_silent_handshake (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.connect_timeout = 50;
  tok_raw_peer_set_handshake_answer (fixture->peer, "");
  tok_client_fixture_new_client (fixture, &times);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
}

static void
test_stop_while_connecting (TokClientFixture *fixture, gconstpointer data)
{
  tok_raw_peer_set_handshake_answer (fixture->peer, "");
  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_raw_peer_get_handshake (fixture->peer) != NULL);
  tok_client_stop (fixture->client);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_STOPPED);

  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

static GTlsCertificate *
make_certificate (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "certificate.pem", NULL);
  const char *const argv[] = { "openssl",
                               "req",
                               "-x509",
                               "-newkey",
                               "ec",
                               "-pkeyopt",
                               "ec_paramgen_curve:prime256v1",
                               "-nodes",
                               "-days",
                               "2",
                               "-subj",
                               "/CN=localhost",
                               "-addext",
                               "subjectAltName=IP:127.0.0.1",
                               "-out",
                               path,
                               "-keyout",
                               path,
                               NULL };
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *output = NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  int status;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &output, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
  certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  return certificate;
}

static void
test_certificate (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate ();

  g_clear_object (&fixture->peer);
  fixture->peer = tok_raw_peer_new (certificate);
  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_CERTIFICATE);
  g_assert_null (tok_raw_peer_get_handshake (fixture->peer));
}

static void
test_plain_against_tls (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate ();
  g_autofree char *address = NULL;

  g_clear_object (&fixture->peer);
  fixture->peer = tok_raw_peer_new (certificate);
  address = g_strconcat ("ws", tok_raw_peer_get_address (fixture->peer) + strlen ("wss"), NULL);
  fixture->client = tok_client_new (address, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
  g_assert_nonnull (strstr (tok_client_get_error (fixture->client)->message, "wss://"));
}

static void
test_tls_against_plain (TokClientFixture *fixture, gconstpointer data)
{
  g_autofree char *address
      = g_strconcat ("wss", tok_raw_peer_get_address (fixture->peer) + strlen ("ws"), NULL);
  TokTimes times = tok_client_fixture_slow;

  times.connect_timeout = 500;
  fixture->client = tok_client_new (address, &times);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_ENCRYPTION);
}

static void
test_reconnects (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;
  guint *n_notified;

  times.reconnect_first = 1;
  times.reconnect_longest = 5;
  tok_client_fixture_new_client (fixture, &times);
  n_notified = tok_test_count_notify (fixture->client, "state");
  tok_raw_peer_set_handshake_answer (fixture->peer, UNAVAILABLE);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_raw_peer_get_n_connections (fixture->peer) >= 4);
  g_assert_error (tok_client_get_error (fixture->client), TOK_ERROR, TOK_ERROR_MAINTENANCE);
  g_assert_cmpuint (*n_notified, >=, 7);

  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  g_assert_null (tok_client_get_error (fixture->client));
  tok_test_wait_until (tok_raw_peer_is_open (fixture->peer));
  tok_client_fixture_round_trip (fixture);
}

/* Who asks to be left alone for a while is, unless somebody clicks; but not for ever. */
static void
test_retry_after (TokClientFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: %s\r\n" EMPTY, (const char *) data);
  TokTimes times = tok_client_fixture_slow;

  times.reconnect_first = times.reconnect_longest = 1;
  times.retry_after_longest = 600000;
  tok_raw_peer_set_handshake_answer (fixture->peer, answer);
  tok_client_fixture_new_client (fixture, &times);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
  tok_client_fixture_rest (fixture, 50);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (fixture->peer), ==, 1);

  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  tok_client_retry (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

static void
test_retry_after_limit (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.reconnect_first = times.reconnect_longest = 1;
  times.retry_after_longest = 10;
  tok_raw_peer_set_handshake_answer (
      fixture->peer, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 86400\r\n" EMPTY);
  tok_client_fixture_new_client (fixture, &times);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_raw_peer_get_n_connections (fixture->peer) >= 3);
}

/* What is no time is none. */
static void
test_retry_after_nonsense (TokClientFixture *fixture, gconstpointer data)
{
  static const char *const all[] = { "soon", "-5", "99999999999999999999", "", "Thu, 01 Jan 1970" };
  TokTimes times = tok_client_fixture_slow;

  times.reconnect_first = times.reconnect_longest = 1;
  times.retry_after_longest = 600000;
  tok_client_fixture_new_client (fixture, &times);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *answer
        = g_strdup_printf ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: %s\r\n" EMPTY, all[i]);
    guint n = tok_raw_peer_get_n_connections (fixture->peer);

    tok_raw_peer_set_handshake_answer (fixture->peer, answer);
    tok_client_start (fixture->client);
    tok_test_wait_until (tok_raw_peer_get_n_connections (fixture->peer) >= n + 3);
  }
}

/* A service that lets everybody in only to throw them out isn't asked more and more often. */
static void
test_backs_off_when_thrown_out (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;
  gint64 start;

  times.reconnect_first = 40;
  tok_client_fixture_new_client (fixture, &times);
  start = g_get_monotonic_time ();
  tok_client_start (fixture->client);
  for (guint i = 1; i <= 4; i++) {
    tok_test_wait_until (tok_raw_peer_get_n_connections (fixture->peer) == i
                         && tok_raw_peer_is_open (fixture->peer));
    tok_raw_peer_send_close (fixture->peer, 403);
    tok_test_wait_until (!tok_raw_peer_is_open (fixture->peer));
  }
  g_assert_cmpint (g_get_monotonic_time () - start, >=, (40 + 80 + 160) * 1000);
}

static void
hint (void)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
}

static void
test_network_hint (TokClientFixture *fixture, gconstpointer data)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  tok_raw_peer_set_handshake_answer (fixture->peer, UNAVAILABLE);
  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  tok_client_start (fixture->client);
  hint (); /* is connecting already */
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_WAITING);
  hint ();
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_CONNECTING);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  hint ();
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_OPEN);

  tok_client_stop (fixture->client);
  g_assert_cmpuint (
      g_signal_handler_find (monitor, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, fixture->client), ==,
      0);
}

/* Fails so often that the next pause would be longer than any test. */
static void
fail_often (TokClientFixture *fixture, const TokTimes *times)
{
  tok_raw_peer_set_handshake_answer (fixture->peer, UNAVAILABLE);
  tok_client_fixture_new_client (fixture, times);
  tok_client_start (fixture->client);
  for (guint i = 0; i < 16; i++) {
    tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
    hint ();
  }
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
}

static const TokTimes quick_first = {
  .connect_timeout = 60000,
  .request_timeout = 60000,
  .ping_after = 60000,
  .pong_timeout = 60000,
  .reconnect_first = 10,
  .reconnect_longest = G_MAXINT,
};

/* Once the service has said something sensible, pauses begin small again. */
static void
test_pauses_begin_anew (TokClientFixture *fixture, gconstpointer data)
{
  fail_often (fixture, &quick_first);
  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  hint ();
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_fixture_round_trip (fixture);
  tok_raw_peer_hang_up (fixture->peer);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

static gint64
get_pause (TokClient *client)
{
  GSource *source = g_main_context_find_source_by_id (NULL, client->pause);

  return g_source_get_ready_time (source) - g_get_monotonic_time ();
}

/* Not where what makes no sense comes each time, behind something that does. */
static void
test_pauses_grow_while_garbled (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_new_client (fixture, &quick_first);
  tok_client_start (fixture->client);
  for (guint i = 0; i < 16; i++) {
    tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
    tok_client_fixture_round_trip (fixture);
    tok_raw_peer_send_text (fixture->peer, "{");
    tok_client_fixture_assert_waiting (fixture, TOK_ERROR_GARBLED);
    if (i < 15)
      hint ();
  }
  g_assert_cmpint (get_pause (fixture->client), >, G_TIME_SPAN_MINUTE);
  tok_client_retry (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_fixture_round_trip (fixture);
}

static void
test_retry_begins_anew (TokClientFixture *fixture, gconstpointer data)
{
  fail_often (fixture, &quick_first);
  tok_client_retry (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

/* A pause that was cut short doesn't end a second time. */
static void
test_retry_ends_pause (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = quick_first;

  times.reconnect_first = 50;
  times.request_timeout = 200;
  tok_raw_peer_set_handshake_answer (fixture->peer, UNAVAILABLE);
  tok_client_fixture_new_client (fixture, &times);
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_MAINTENANCE);
  tok_raw_peer_set_handshake_answer (fixture->peer, NULL);
  tok_client_retry (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (fixture->peer), ==, 2);
}

static void
test_start_stop_are_idempotent (TokClientFixture *fixture, gconstpointer data)
{
  guint *n_notified;

  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
  n_notified = tok_test_count_notify (fixture->client, "state");
  tok_client_stop (fixture->client);
  tok_client_retry (fixture->client);
  g_assert_cmpuint (*n_notified, ==, 0);

  tok_client_start (fixture->client);
  tok_client_start (fixture->client);
  tok_client_retry (fixture->client);
  g_assert_cmpuint (*n_notified, ==, 1);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_start (fixture->client);
  tok_client_retry (fixture->client);
  g_assert_cmpuint (*n_notified, ==, 2);
  tok_client_stop (fixture->client);
  tok_client_stop (fixture->client);
  g_assert_cmpuint (*n_notified, ==, 3);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (fixture->peer), ==, 1);
}

static void
add (const char *name,
     gconstpointer data,
     void (*test) (TokClientFixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/client-connect/", name, NULL);

  g_test_add (path, TokClientFixture, data, tok_client_fixture_set_up, test,
              tok_client_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("let-go", NULL, test_let_go);
  add ("handshake", NULL, test_handshake);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *name = g_strconcat ("refused-handshake/", refusals[i].name, NULL);

    add (name, &refusals[i], test_refused_handshake);
  }
  add ("refused-connection", NULL, test_refused_connection);
  add ("unknown-host", NULL, test_unknown_host);
  add ("no-address", NULL, test_no_address);
  add ("silent-handshake", NULL, test_silent_handshake);
  add ("stop-while-connecting", NULL, test_stop_while_connecting);
  add ("certificate", NULL, test_certificate);
  add ("plain-against-tls", NULL, test_plain_against_tls);
  add ("tls-against-plain", NULL, test_tls_against_plain);
  add ("reconnects", NULL, test_reconnects);
  add ("retry-after/seconds", "120", test_retry_after);
  add ("retry-after/date", "Fri, 31 Dec 2100 23:59:59 GMT", test_retry_after);
  add ("retry-after/limit", NULL, test_retry_after_limit);
  add ("retry-after/nonsense", NULL, test_retry_after_nonsense);
  add ("backs-off-when-thrown-out", NULL, test_backs_off_when_thrown_out);
  add ("network-hint", NULL, test_network_hint);
  add ("pauses-begin-anew", NULL, test_pauses_begin_anew);
  add ("pauses-grow-while-garbled", NULL, test_pauses_grow_while_garbled);
  add ("retry-begins-anew", NULL, test_retry_begins_anew);
  add ("retry-ends-pause", NULL, test_retry_ends_pause);
  add ("start-stop-are-idempotent", NULL, test_start_stop_are_idempotent);

  return g_test_run ();
}
