/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-server.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * TokDemoPeer:
 * @socket: Its end of the WebSocket.
 * @answers: The answers that nobody has looked at yet.
 * @closed: Whether the connection is closed.
 *
 * A client of the sample service.
 */
typedef struct {
  SoupWebsocketConnection *socket;
  GQueue answers;
  gboolean closed;
} TokDemoPeer;

TokDemoPeer *tok_demo_peer_connect (SoupSession *soup, const char *address);
void tok_demo_peer_free (TokDemoPeer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoPeer, tok_demo_peer_free)

JsonObject *tok_demo_peer_get_answer (TokDemoPeer *self);
JsonObject *tok_demo_peer_ask (TokDemoPeer *self, const char *text);
JsonObject *tok_demo_peer_sign_in (TokDemoPeer *self, const char *token);

/**
 * TokDemoServerTest:
 * @server: The sample service, which listens.
 * @soup: What to connect to it by.
 *
 * A fixture for `g_test_add ()`: the sample service with its socket.
 */
typedef struct {
  TokDemoServer *server;
  SoupSession *soup;
} TokDemoServerTest;

void tok_demo_server_test_set_up (TokDemoServerTest *test, gconstpointer data);
void tok_demo_server_test_tear_down (TokDemoServerTest *test, gconstpointer data);
TokDemoPeer *tok_demo_server_test_connect (TokDemoServerTest *test);

G_END_DECLS
