/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-peer.h"

#include "tok-test.h"

static void
on_message (SoupWebsocketConnection *socket,
            SoupWebsocketDataType type,
            GBytes *bytes,
            TokDemoPeer *self)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_queue_push_tail (&self->answers, json_node_dup_object (node));
}

static void
on_closed (SoupWebsocketConnection *socket, TokDemoPeer *self)
{
  self->closed = TRUE;
}

/**
 * tok_demo_peer_connect:
 * @soup: What to connect by.
 * @address: Where to.
 *
 * Returns: (transfer full): A client that is connected.
 */
TokDemoPeer *
tok_demo_peer_connect (SoupSession *soup, const char *address)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  TokDemoPeer *self = g_new0 (TokDemoPeer, 1);

  g_queue_init (&self->answers);
  soup_session_websocket_connect_async (soup, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  self->socket = soup_session_websocket_connect_finish (soup, result, &error);
  g_assert_no_error (error);
  g_signal_connect (self->socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_closed), self);
  return self;
}

/**
 * tok_demo_peer_free:
 * @self: (transfer full): A client.
 */
void
tok_demo_peer_free (TokDemoPeer *self)
{
  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_object_unref (self->socket);
  g_queue_clear_full (&self->answers, (GDestroyNotify) json_object_unref);
  g_free (self);
}

/**
 * tok_demo_peer_get_answer:
 * @self: A client.
 *
 * Returns: (transfer full): The first answer that nobody has looked at yet, which must come.
 */
JsonObject *
tok_demo_peer_get_answer (TokDemoPeer *self)
{
  tok_test_wait_until (!g_queue_is_empty (&self->answers));
  return g_queue_pop_head (&self->answers);
}

/**
 * tok_demo_peer_ask:
 * @self: A client that waits for no answer.
 * @text: What to ask.
 *
 * Returns: (transfer full): The answer, which must come.
 */
JsonObject *
tok_demo_peer_ask (TokDemoPeer *self, const char *text)
{
  soup_websocket_connection_send_text (self->socket, text);
  return tok_demo_peer_get_answer (self);
}

/**
 * tok_demo_peer_sign_in:
 * @self: A client that waits for no answer.
 * @token: The secret of a token.
 *
 * Returns: (transfer full): The answer, which must come.
 */
JsonObject *
tok_demo_peer_sign_in (TokDemoPeer *self, const char *token)
{
  g_autofree char *text = g_strdup_printf ("{\"authorize\":\"%s\"}", token);

  return tok_demo_peer_ask (self, text);
}

/**
 * tok_demo_server_test_set_up:
 * @test: Empty.
 * @data: Nothing.
 *
 * Starts a sample service, as a GTestFixtureFunc.
 */
void
tok_demo_server_test_set_up (TokDemoServerTest *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test->server = tok_demo_server_new (NULL);
  test->soup = soup_session_new ();
  soup_session_set_proxy_resolver (test->soup, NULL);
  tok_demo_server_start (test->server, 0, &error);
  g_assert_no_error (error);
}

/**
 * tok_demo_server_test_tear_down:
 * @test: A sample service that nobody is connected to.
 * @data: Nothing.
 */
void
tok_demo_server_test_tear_down (TokDemoServerTest *test, gconstpointer data)
{
  tok_test_assert_finalize (test->server);
  tok_test_assert_finalize (test->soup);
}

/**
 * tok_demo_server_test_connect:
 * @test: A sample service.
 *
 * Returns: (transfer full): A client that is connected to it.
 */
TokDemoPeer *
tok_demo_server_test_connect (TokDemoServerTest *test)
{
  return tok_demo_peer_connect (test->soup, tok_demo_server_get_address (test->server));
}
