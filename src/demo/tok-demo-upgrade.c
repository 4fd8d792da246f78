/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-upgrade.h"

#include "tok-demo-guard.h"
#include "tok-demo-request.h"

/* A client between its handshake and the end of our answer to that. */
typedef struct {
  TokDemoSession *session;
  GList *extensions;
  TokDemoUpgradeFunc func;
  gpointer data;
} Upgrade;

static void
free_upgrade (gpointer data, GClosure *closure)
{
  Upgrade *upgrade = data;

  g_clear_pointer (&upgrade->session, tok_demo_session_free);
  g_list_free_full (upgrade->extensions, g_object_unref);
  g_free (upgrade);
}

static void
on_wrote_informational (SoupServerMessage *message, Upgrade *upgrade)
{
  g_autoptr (SoupServerMessage) kept = g_object_ref (message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr (SoupWebsocketConnection) socket = NULL;

  if (stream == NULL)
    return;
  socket = soup_websocket_connection_new (stream, soup_server_message_get_uri (message),
                                          SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL,
                                          g_steal_pointer (&upgrade->extensions));
  upgrade->func (socket, g_steal_pointer (&upgrade->session), upgrade->data);
}

/**
 * tok_demo_upgrade:
 * @message: A request for a WebSocket.
 * @app_id: The app id that came with it.
 * @func: What takes the client over.
 * @data: (closure func): What @func gets.
 *
 * Opens a WebSocket (PROTOCOL 1.2), unless @message is no such request, which is answered then.
 *
 * Not by soup_server_add_websocket_handler (), which keeps the extensions of one client where
 * another that connects meanwhile can get them, and has no room for ours.
 */
void
tok_demo_upgrade (SoupServerMessage *message,
                  const char *app_id,
                  TokDemoUpgradeFunc func,
                  gpointer data)
{
  g_autoptr (GPtrArray) types
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_type_class_unref);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Upgrade *upgrade;
  GList *extensions = NULL;

  g_ptr_array_add (types, g_type_class_ref (SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE));
  if (!soup_websocket_server_process_handshake (message, NULL, NULL, types, &extensions))
    return;

  upgrade = g_new0 (Upgrade, 1);
  upgrade->func = func;
  upgrade->data = data;
  upgrade->session = tok_demo_session_new (app_id, soup_server_message_get_remote_host (message),
                                           soup_message_headers_get_one (headers, "User-Agent"));
  /* One guard for what comes, one for what that is inflated to. */
  extensions = g_list_prepend (extensions, tok_demo_guard_new (TOK_DEMO_MAX_REQUEST));
  extensions = g_list_append (extensions, tok_demo_guard_new (TOK_DEMO_MAX_REQUEST));
  upgrade->extensions = extensions;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_wrote_informational),
                         upgrade, free_upgrade, 0);
}
