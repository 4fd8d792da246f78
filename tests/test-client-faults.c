/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client.h"

#include "tok-account.h"
#include "tok-client-fixture.h"
#include "tok-error.h"
#include "tok-test.h"
#include "tok-wire.h"

#include <string.h>

/* What a client makes of a service that misbehaves when the connection is open. */

#define ACCOUNT                                                                                    \
  "{\"authorize\":{\"loginid\":\"CR1\",\"scopes\":[\"read\"]},\"req_id\":%" G_GINT64_FORMAT "}"

/* What comes on an open connection and ends it. */
static void
send_garbage (TokRawPeer *peer)
{
  tok_raw_peer_send_text (peer, "Hello?");
}

static void
send_html (TokRawPeer *peer)
{
  tok_raw_peer_send_text (peer, "<!DOCTYPE html><html></html>");
}

static void
send_array (TokRawPeer *peer)
{
  tok_raw_peer_send_text (peer, "[]");
}

static void
send_empty (TokRawPeer *peer)
{
  tok_raw_peer_send_frame (peer, TOK_RAW_TEXT, TRUE, NULL, 0);
}

static void
send_no_utf8 (TokRawPeer *peer)
{
  tok_raw_peer_send_frame (peer, TOK_RAW_TEXT, TRUE, "{\"a\":\"\xff\"}", 9);
}

static void
send_deep (TokRawPeer *peer)
{
  g_autofree char *text = g_strnfill (100000, '[');

  tok_raw_peer_send_text (peer, "%s", text);
}

static void
send_binary (TokRawPeer *peer)
{
  tok_raw_peer_send_frame (peer, TOK_RAW_BINARY, TRUE, "{}", 2);
}

static void
send_10_mb (TokRawPeer *peer)
{
  g_autofree char *text = g_strnfill (10 * 1000 * 1000, ' ');

  tok_raw_peer_send_text (peer, "%s{}", text);
}

static void
send_10_mb_in_parts (TokRawPeer *peer)
{
  g_autofree char *text = g_strnfill (1000 * 1000, ' ');

  tok_raw_peer_send_frame (peer, TOK_RAW_TEXT, FALSE, "{}", 2);
  for (guint i = 0; i < 10; i++)
    tok_raw_peer_send_frame (peer, TOK_RAW_CONTINUATION, i == 9, text, strlen (text));
}

static void
send_no_frame (TokRawPeer *peer)
{
  const char *text = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n"
                     "<!DOCTYPE html><html><body>Bad Request</body></html>";

  tok_raw_peer_send_bytes (peer, text, strlen (text));
}

static void
send_masked (TokRawPeer *peer)
{
  tok_raw_peer_send_bytes (peer, "\x81\x82\0\0\0\0{}", 8);
}

static void
send_half_and_hang_up (TokRawPeer *peer)
{
  tok_raw_peer_send_bytes (peer, "\x81\x20{\"ping\":", 10);
  tok_raw_peer_hang_up (peer);
}

static void
close_403 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 403);
}

static void
close_1000 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1000);
}

static void
close_1005 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, -1);
}

static void
close_1005_literally (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1005);
}

static void
close_1008 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1008);
}

static void
close_1009 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1009);
}

static void
close_1011 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1011);
}

static void
close_1012 (TokRawPeer *peer)
{
  tok_raw_peer_send_close (peer, 1012);
}

static const struct {
  const char *name;
  void (*misbehave) (TokRawPeer *peer);
  int code;
} ends[] = {
  { "garbage", send_garbage, TOK_ERROR_GARBLED },
  { "html", send_html, TOK_ERROR_GARBLED },
  { "array", send_array, TOK_ERROR_GARBLED },
  { "empty", send_empty, TOK_ERROR_GARBLED },
  { "no-utf8", send_no_utf8, TOK_ERROR_GARBLED },
  { "deep", send_deep, TOK_ERROR_GARBLED },
  { "binary", send_binary, TOK_ERROR_GARBLED },
  { "10-mb", send_10_mb, TOK_ERROR_GARBLED },
  { "10-mb-in-parts", send_10_mb_in_parts, TOK_ERROR_GARBLED },
  { "no-frame", send_no_frame, TOK_ERROR_GARBLED },
  { "masked", send_masked, TOK_ERROR_GARBLED },
  { "half-a-frame", send_half_and_hang_up, TOK_ERROR_OFFLINE },
  { "hang-up", tok_raw_peer_hang_up, TOK_ERROR_OFFLINE },
  { "close-403", close_403, TOK_ERROR_REFUSED },
  { "close-1000", close_1000, TOK_ERROR_OFFLINE },
  { "close-1005", close_1005, TOK_ERROR_OFFLINE },
  { "close-1005-literally", close_1005_literally, TOK_ERROR_OFFLINE },
  { "close-1008", close_1008, TOK_ERROR_REFUSED },
  { "close-1009", close_1009, TOK_ERROR_TROUBLE },
  { "close-1011", close_1011, TOK_ERROR_TROUBLE },
  { "close-1012", close_1012, TOK_ERROR_MAINTENANCE },
};

static void
test_end (TokClientFixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 2);
  ends[i].misbehave (fixture->peer);
  tok_client_fixture_assert_waiting (fixture, ends[i].code);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  tok_client_fixture_assert_failed_ping (fixture, 1, TOK_ERROR_UNCONFIRMED);

  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_failed_ping (fixture, 2, TOK_ERROR_OFFLINE);
  tok_test_wait_until (!tok_raw_peer_is_open (fixture->peer));

  tok_client_retry (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  g_assert_null (tok_client_get_error (fixture->client));
  tok_test_wait_until (tok_raw_peer_is_open (fixture->peer));
}

static void
test_half_a_frame (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.request_timeout = 50;
  tok_client_fixture_open (fixture, &times);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_bytes (fixture->peer, "\x81\x20{\"ping\":", 10);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_OPEN);
}

/* A message in many small pieces is a message. */
static void
test_pieces (TokClientFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  text = g_strdup_printf (TOK_PONG, tok_raw_peer_get_req_id (fixture->peer, 0));
  tok_raw_peer_send_frame (fixture->peer, TOK_RAW_TEXT, FALSE, text, 1);
  for (guint i = 1; text[i] != '\0'; i++)
    tok_raw_peer_send_frame (fixture->peer, TOK_RAW_CONTINUATION, text[i + 1] == '\0', &text[i], 1);
  tok_client_fixture_assert_pong (fixture, 0);
}

/* The largest answer that the service may send, several times libsoup's own limit. */
static void
test_largest_answer (TokClientFixture *fixture, gconstpointer data)
{
  g_autofree char *blanks = g_strnfill (TOK_WIRE_MAX_MESSAGE - 100, ' ');

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_text (fixture->peer, "%s" TOK_PONG, blanks,
                          tok_raw_peer_get_req_id (fixture->peer, 0));
  tok_client_fixture_assert_pong (fixture, 0);
}

static void
test_wrong_req_id (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_text (fixture->peer, TOK_PONG, tok_raw_peer_get_req_id (fixture->peer, 0) + 1);
  tok_raw_peer_send_text (fixture->peer, TOK_PONG, (gint64) 0);
  tok_raw_peer_send_text (fixture->peer, TOK_PONG, G_MAXINT64);
  tok_raw_peer_send_text (fixture->peer, TOK_PONG, G_MININT64);
  tok_raw_peer_send_text (fixture->peer, "{\"ping\":\"pong\"}");
  tok_raw_peer_send_text (fixture->peer, "{\"ping\":\"pong\",\"req_id\":[1]}");
  tok_raw_peer_send_text (fixture->peer, "{\"error\":{\"code\":\"BadRequest\"},\"echo_req\":{}}");
  tok_raw_peer_send_text (fixture->peer,
                          "{\"msg_type\":\"balance\",\"subscription\":{\"id\":\"x\"}}");
  tok_test_wait_until (tok_client_get_n_dropped (fixture->client) == 8);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 1);
  tok_client_fixture_answer_ping (fixture, 0);
  tok_client_fixture_assert_pong (fixture, 0);
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 8);
}

static void
test_duplicate_answer (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  for (guint i = 0; i < 3; i++)
    tok_client_fixture_answer_ping (fixture, 0);
  tok_test_wait_until (tok_client_get_n_dropped (fixture->client) == 2);
  g_assert_cmpuint (fixture->results->len, ==, 1);
  tok_client_fixture_assert_pong (fixture, 0);
}

/* Answers may overtake each other. */
static void
test_order (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  for (guint i = 0; i < 100; i++)
    tok_client_fixture_ping (fixture);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 100);
  tok_client_fixture_wait_for_received (fixture, 100);
  for (guint i = 0; i < 100; i++)
    tok_client_fixture_answer_ping (fixture, 99 - i);
  for (guint i = 0; i < 100; i++)
    tok_client_fixture_assert_pong (fixture, i);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 0);
}

static void
test_timeout_and_late_answer (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.request_timeout = 300;
  tok_client_fixture_open (fixture, &times);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_OPEN);

  tok_client_fixture_answer_ping (fixture, 0);
  tok_test_wait_until (tok_client_get_n_dropped (fixture->client) == 1);
  tok_client_fixture_round_trip (fixture);
}

static void
test_cancel (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) used_up = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) used_up_error = NULL;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_revoke_app_async (fixture->client, 7, cancellable, tok_client_fixture_on_ready,
                               fixture->results);
  tok_client_fixture_wait_for_received (fixture, 1);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (fixture->results->len == 1);
  g_assert_false (
      tok_client_revoke_app_finish (fixture->client, fixture->results->pdata[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);

  tok_raw_peer_send_text (fixture->peer, "{\"revoke_oauth_app\":1,\"req_id\":1}");
  tok_test_wait_until (tok_client_get_n_dropped (fixture->client) == 1);

  g_cancellable_cancel (used_up);
  tok_client_revoke_app_async (fixture->client, 7, used_up, tok_client_fixture_on_ready,
                               fixture->results);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  tok_test_wait_until (fixture->results->len == 2);
  g_assert_false (
      tok_client_revoke_app_finish (fixture->client, fixture->results->pdata[1], &used_up_error));
  g_assert_error (used_up_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_client_fixture_round_trip (fixture);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, 2);
}

static void
test_nothing_behind_authorize (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TokAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_authorize_async (fixture->client, "secret", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  tok_client_fixture_ping (fixture);
  tok_client_ping_async (fixture->client, cancellable, tok_client_fixture_on_ready,
                         fixture->results);
  tok_client_fixture_ping (fixture);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 5);

  /* An answer to what went before changes nothing; what is cancelled is never sent. */
  tok_client_fixture_wait_for_received (fixture, 2);
  tok_client_fixture_answer_ping (fixture, 0);
  tok_client_fixture_assert_pong (fixture, 0);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (fixture->results->len == 2);
  tok_client_fixture_wait_for_received (fixture, 2);

  tok_raw_peer_send_text (fixture->peer, ACCOUNT, tok_raw_peer_get_req_id (fixture->peer, 1));
  tok_test_wait_until (fixture->results->len == 3);
  account = tok_client_authorize_finish (fixture->client, fixture->results->pdata[2], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tok_account_get_login_id (account), ==, "CR1");
  tok_client_fixture_wait_for_received (fixture, 4);
  tok_client_fixture_answer_ping (fixture, 2);
  tok_client_fixture_answer_ping (fixture, 3);
  tok_client_fixture_assert_pong (fixture, 3);
  tok_client_fixture_assert_pong (fixture, 4);
}

/* A second authorize waits for the first one, even if that was given up. */
static void
test_authorize_cancelled (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_authorize_async (fixture->client, "first", cancellable, tok_client_fixture_on_ready,
                              fixture->results);
  tok_client_authorize_async (fixture->client, "second", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (fixture->results->len == 1);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 2);
  tok_client_fixture_wait_for_received (fixture, 1);

  tok_raw_peer_send_text (fixture->peer, "{\"error\":{\"code\":\"InvalidToken\"},\"req_id\":1}");
  tok_test_wait_until (tok_client_get_n_dropped (fixture->client) == 1);
  tok_client_fixture_wait_for_received (fixture, 2);
  tok_raw_peer_send_text (fixture->peer, ACCOUNT, tok_raw_peer_get_req_id (fixture->peer, 1));
  tok_client_fixture_wait_for_received (fixture, 3);
  tok_client_fixture_answer_ping (fixture, 2);
  tok_client_fixture_assert_pong (fixture, 2);
}

static void
test_authorize_unanswered (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  TokTimes times = tok_client_fixture_slow;

  times.request_timeout = 50;
  times.ping_after = 10; /* not even this is sent behind it */
  times.pong_timeout = 10;
  tok_client_fixture_open (fixture, &times);
  tok_client_authorize_async (fixture->client, "secret", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, 1);
  g_assert_cmpuint (fixture->results->len, ==, 2);
  g_assert_null (tok_client_authorize_finish (fixture->client, fixture->results->pdata[0], &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  tok_client_fixture_assert_failed_ping (fixture, 1, TOK_ERROR_OFFLINE);
}

static void
test_stop_fails_what_waits (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_fixture_ping (fixture);
  tok_client_authorize_async (fixture->client, "secret", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 2);
  tok_client_stop (fixture->client);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  tok_test_wait_until (fixture->results->len == 3);
  g_assert_null (tok_client_authorize_finish (fixture->client, fixture->results->pdata[1], &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  tok_client_fixture_assert_failed_ping (fixture, 2, TOK_ERROR_OFFLINE);
  tok_test_wait_until (tok_raw_peer_get_close_code (fixture->peer) == 1000);

  tok_client_fixture_ping (fixture);
  tok_client_fixture_assert_failed_ping (fixture, 3, TOK_ERROR_OFFLINE);

  /* The next connection isn't held up by the authorize on the last one. */
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_fixture_round_trip (fixture);
}

/* What was asked before a stop still goes out. */
static void
test_stop_sends_first (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_logout_async (fixture->client, NULL, tok_client_fixture_on_ready, fixture->results);
  tok_client_stop (fixture->client);
  tok_client_fixture_wait_for_received (fixture, 1);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (fixture->peer, 0), "\"logout\":1"));
  tok_test_wait_until (fixture->results->len == 1);
}

static void
on_ready_stop (GObject *source, GAsyncResult *result, gpointer data)
{
  g_ptr_array_add (data, g_object_ref (result));
  tok_client_stop (TOK_CLIENT (source));
  tok_client_ping_async (TOK_CLIENT (source), NULL, tok_client_fixture_on_ready, data);
}

static void
test_stop_in_callback (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  tok_client_ping_async (fixture->client, NULL, on_ready_stop, fixture->results);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 2);
  tok_client_fixture_answer_ping (fixture, 0);
  tok_client_fixture_answer_ping (fixture, 1);
  tok_test_wait_until (fixture->results->len == 3);
  tok_client_fixture_assert_pong (fixture, 0);
  tok_client_fixture_assert_failed_ping (fixture, 1, TOK_ERROR_UNCONFIRMED);
  tok_client_fixture_assert_failed_ping (fixture, 2, TOK_ERROR_OFFLINE);
}

static void
on_state_changed (TokClient *client, GParamSpec *pspec, gpointer data)
{
  if (tok_client_get_state (client) == TOK_CLIENT_WAITING)
    tok_client_stop (client);
}

static void
test_stop_in_notify (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (on_state_changed), NULL);
  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_hang_up (fixture->peer);
  tok_client_fixture_assert_failed_ping (fixture, 0, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_STOPPED);
}

static void
on_state_changed_drop (TokClient *client, GParamSpec *pspec, gpointer data)
{
  TokClient **owned = data;

  if (tok_client_get_state (client) == TOK_CLIENT_WAITING)
    g_clear_object (owned);
}

/* The last reference goes when the client says that the connection broke off. */
static void
test_let_go_in_notify (TokClientFixture *fixture, gconstpointer data)
{
  gpointer weak;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  weak = fixture->client;
  g_object_add_weak_pointer (weak, &weak);
  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (on_state_changed_drop),
                    &fixture->client);
  tok_raw_peer_hang_up (fixture->peer);
  tok_test_wait_until (weak == NULL);

  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
}

static void
on_ready_drop (GObject *source, GAsyncResult *result, gpointer data)
{
  TokClient **client = data;

  g_clear_object (client);
}

/* The last reference goes in the callback of a call, when the connection breaks off. */
static void
test_let_go_in_callback (TokClientFixture *fixture, gconstpointer data)
{
  gpointer weak;

  tok_client_fixture_open (fixture, &tok_client_fixture_slow);
  weak = fixture->client;
  g_object_add_weak_pointer (weak, &weak);
  tok_client_ping_async (fixture->client, NULL, on_ready_drop, &fixture->client);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_hang_up (fixture->peer);
  tok_test_wait_until (fixture->client == NULL);
  tok_test_wait_until (weak == NULL);

  tok_client_fixture_new_client (fixture, &tok_client_fixture_slow);
}

static gboolean
on_chatter (gpointer data)
{
  tok_raw_peer_send_text (data, "{\"msg_type\":\"balance\"}");
  return G_SOURCE_CONTINUE;
}

/* Only a pong helps. */
static void
test_dead_peer (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;
  guint chatter;

  times.ping_after = 20;
  times.pong_timeout = 50;
  tok_client_fixture_open (fixture, &times);
  tok_test_wait_until (tok_raw_peer_get_n_received (fixture->peer) == 1);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (fixture->peer, 0), "\"ping\":1"));
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  chatter = g_timeout_add (5, on_chatter, fixture->peer);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
  g_source_remove (chatter);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, 1);
}

/* A client that is stopped doesn't ask whether the service lives. */
static void
test_stop_ends_watch (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.ping_after = 50;
  times.connect_timeout = 200;
  tok_client_fixture_open (fixture, &times);
  tok_client_stop (fixture->client);
  tok_raw_peer_set_handshake_answer (fixture->peer, "");
  tok_client_start (fixture->client);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
}

static void
test_living_peer (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.ping_after = 10;
  tok_client_fixture_open (fixture, &times);
  for (guint i = 0; i < 5; i++) {
    tok_client_fixture_wait_for_received (fixture, i + 1);
    tok_client_fixture_answer_ping (fixture, i);
  }
  tok_client_fixture_wait_for_received (fixture, 6);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_OPEN);
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 0);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (fixture->peer), ==, 1);
}

static void
add (const char *name,
     gconstpointer data,
     void (*test) (TokClientFixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/client-faults/", name, NULL);

  g_test_add (path, TokClientFixture, data, tok_client_fixture_set_up, test,
              tok_client_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *name = g_strconcat ("end/", ends[i].name, NULL);

    add (name, GUINT_TO_POINTER (i), test_end);
  }
  add ("half-a-frame", NULL, test_half_a_frame);
  add ("pieces", NULL, test_pieces);
  add ("largest-answer", NULL, test_largest_answer);
  add ("wrong-req-id", NULL, test_wrong_req_id);
  add ("duplicate-answer", NULL, test_duplicate_answer);
  add ("order", NULL, test_order);
  add ("timeout-and-late-answer", NULL, test_timeout_and_late_answer);
  add ("cancel", NULL, test_cancel);
  add ("nothing-behind-authorize", NULL, test_nothing_behind_authorize);
  add ("authorize-cancelled", NULL, test_authorize_cancelled);
  add ("authorize-unanswered", NULL, test_authorize_unanswered);
  add ("stop-fails-what-waits", NULL, test_stop_fails_what_waits);
  add ("stop-sends-first", NULL, test_stop_sends_first);
  add ("stop-in-callback", NULL, test_stop_in_callback);
  add ("stop-in-notify", NULL, test_stop_in_notify);
  add ("let-go-in-notify", NULL, test_let_go_in_notify);
  add ("let-go-in-callback", NULL, test_let_go_in_callback);
  add ("dead-peer", NULL, test_dead_peer);
  add ("stop-ends-watch", NULL, test_stop_ends_watch);
  add ("living-peer", NULL, test_living_peer);

  return g_test_run ();
}
