/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-peer.h"
#include "tok-test.h"

typedef struct {
  TokDemoServerTest base;
  TokDemoPeer *peer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  tok_demo_server_test_set_up (&fixture->base, data);
  fixture->peer = tok_demo_server_test_connect (&fixture->base);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tok_demo_peer_free (fixture->peer);
  tok_demo_server_test_tear_down (&fixture->base, data);
}

static void
add_fault (Fixture *fixture, const char *spec)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_demo_server_add_fault (fixture->base.server, spec, &error));
  g_assert_no_error (error);
}

static gboolean
ask (Fixture *fixture, const char *text)
{
  g_autoptr (JsonObject) answer = tok_demo_peer_ask (fixture->peer, text);

  return !json_object_has_member (answer, "error");
}

static const char *
ask_status (Fixture *fixture, const char *text)
{
  g_autoptr (JsonObject) answer = text != NULL ? tok_demo_peer_ask (fixture->peer, text)
                                               : tok_demo_peer_get_answer (fixture->peer);
  JsonObject *status = json_object_get_object_member (answer, "website_status");

  return g_intern_string (json_object_get_string_member (status, "site_status"));
}

static void
test_new_destroy (void)
{
  TokDemoServer *server = tok_demo_server_new (NULL);

  g_assert_true (tok_demo_server_add_fault (server, "ping:1:delay:60000", NULL));
  tok_demo_server_update (server, 60000);
  tok_test_assert_finalize (server);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  add_fault (fixture, "time:1+:error:Odd");
  g_assert_false (ask (fixture, "{\"time\":1}"));
  g_assert_false (ask (fixture, "{\"time\":1}"));
  tok_demo_server_clear_faults (fixture->base.server);
  g_assert_true (ask (fixture, "{\"time\":1}"));
}

static void
test_bad_spec (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tok_demo_server_add_fault (fixture->base.server, "time:1:nonsense", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_true (ask (fixture, "{\"time\":1}"));
}

/* A connection that ends in whatever way is gone on both sides. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[] = { "drop-before",
                                       "drop-after",
                                       "half",
                                       "masked",
                                       "close-after:403",
                                       "close-before:1005",
                                       "close-before:1006",
                                       "close-after:1009" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *spec = g_strconcat ("ping:1:", cases[i], NULL);
    g_autoptr (TokDemoPeer) peer = tok_demo_server_test_connect (&fixture->base);

    add_fault (fixture, spec);
    soup_websocket_connection_send_text (peer->socket, "{\"ping\":1}");
    tok_test_wait_until (peer->closed);
    tok_test_wait_until (tok_demo_server_get_n_connections (fixture->base.server) == 1);
  }
  g_assert_true (ask (fixture, "{\"ping\":1}"));
}

/* The service can go while something is still to go wrong. */
static void
test_destroy_meanwhile (Fixture *fixture, gconstpointer data)
{
  add_fault (fixture, "ping:1:delay:60000");
  add_fault (fixture, "ping:2:drop-after");
  soup_websocket_connection_send_text (fixture->peer->socket, "{\"ping\":1}");
  soup_websocket_connection_send_text (fixture->peer->socket, "{\"ping\":1}");
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->base.server, "ping") == 2);
  tok_demo_server_stop (fixture->base.server);
  tok_test_wait_until (fixture->peer->closed);
}

/* None overtakes another on its way, also if it has a shorter one, unless it is told to. */
static void
test_overtaking (Fixture *fixture, gconstpointer data)
{
  gint64 req_ids[3];

  tok_demo_server_set_latency (fixture->base.server, 200);
  add_fault (fixture, "ping:1:delay:1");
  soup_websocket_connection_send_text (fixture->peer->socket, "{\"ping\":1,\"req_id\":1}");
  soup_websocket_connection_send_text (fixture->peer->socket, "{\"time\":1,\"req_id\":2}");
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->base.server, "time") == 1);
  tok_demo_server_set_latency (fixture->base.server, 0);
  soup_websocket_connection_send_text (fixture->peer->socket, "{\"time\":1,\"req_id\":3}");
  for (guint i = 0; i < G_N_ELEMENTS (req_ids); i++) {
    g_autoptr (JsonObject) answer = tok_demo_peer_get_answer (fixture->peer);

    req_ids[i] = json_object_get_int_member (answer, "req_id");
  }
  g_assert_cmpint (req_ids[0], ==, 2);
  g_assert_cmpint (req_ids[1], ==, 3);
  g_assert_cmpint (req_ids[2], ==, 1);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  const char *address = tok_demo_server_get_address (fixture->base.server);
  g_autoptr (TokDemoPeer) deaf = tok_demo_peer_connect (fixture->base.soup, address);

  g_assert_cmpstr (ask_status (fixture, "{\"website_status\":1,\"subscribe\":1}"), ==, "up");
  tok_demo_server_update (fixture->base.server, 100);
  g_assert_cmpstr (ask_status (fixture, NULL), ==, "updating");
  g_assert_cmpstr (ask_status (fixture, "{\"website_status\":1}"), ==, "updating");
  tok_test_wait_until (fixture->peer->closed);
  tok_test_wait_until (deaf->closed);
  g_assert_true (g_queue_is_empty (&deaf->answers));

  tok_demo_peer_free (fixture->peer);
  fixture->peer = tok_demo_peer_connect (fixture->base.soup, address);
  g_assert_cmpstr (ask_status (fixture, "{\"website_status\":1}"), ==, "up");
}

/* A second update takes the place of the first, and none outlives a stop. */
static void
test_update_again (Fixture *fixture, gconstpointer data)
{
  tok_demo_server_update (fixture->base.server, 1);
  tok_demo_server_update (fixture->base.server, 60000);
  g_assert_cmpstr (ask_status (fixture, "{\"website_status\":1}"), ==, "updating");
  g_assert_false (fixture->peer->closed);
  tok_demo_server_stop (fixture->base.server);
  g_assert_true (tok_demo_server_start (fixture->base.server, 0, NULL));
  tok_demo_peer_free (fixture->peer);
  fixture->peer = tok_demo_server_test_connect (&fixture->base);
  g_assert_cmpstr (ask_status (fixture, "{\"website_status\":1}"), ==, "up");
}

#define ADD(path, test)                                                                            \
  g_test_add ("/demo-server-faults/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-server-faults/new-destroy", test_new_destroy);
  ADD ("clear", test_clear);
  ADD ("bad-spec", test_bad_spec);
  ADD ("ends", test_ends);
  ADD ("destroy-meanwhile", test_destroy_meanwhile);
  ADD ("overtaking", test_overtaking);
  ADD ("update", test_update);
  ADD ("update-again", test_update_again);
  return g_test_run ();
}
