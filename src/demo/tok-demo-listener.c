/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#define BACKLOG 512
#define PAUSE 100

/**
 * TokDemoListener:
 *
 * Accepts connections to a port of 127.0.0.1.
 *
 * A SoupServer can listen by itself; but its queue is so short that of clients which come all at
 * once some wait for a second, it forgets a socket for each, and once there are too many it
 * never accepts another.
 */
struct _TokDemoListener {
  GObject parent_instance;

  GSocket *socket;
  GSource *source;
};

G_DEFINE_FINAL_TYPE (TokDemoListener, tok_demo_listener, G_TYPE_OBJECT)

enum { SIGNAL_CLIENT, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean on_incoming (GSocket *socket, GIOCondition condition, gpointer data);

static void
set_source (TokDemoListener *self, GSource *source, GSourceFunc callback)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = source;
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
on_pause_over (gpointer data)
{
  TokDemoListener *self = data;

  set_source (self, g_socket_create_source (self->socket, G_IO_IN, NULL),
              G_SOURCE_FUNC (on_incoming));
  return G_SOURCE_REMOVE;
}

static gboolean
on_incoming (GSocket *socket, GIOCondition condition, gpointer data)
{
  TokDemoListener *self = data;
  g_autoptr (GSocket) client = g_socket_accept (socket, NULL, NULL);
  g_autoptr (GSocketConnection) connection = NULL;

  if (client == NULL) {
    /* There are too many, most likely: let some go before the next comes in. */
    set_source (self, g_timeout_source_new (PAUSE), on_pause_over);
    return G_SOURCE_REMOVE;
  }
  g_socket_set_option (client, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  connection = g_socket_connection_factory_create_connection (client);
  g_signal_emit (self, signals[SIGNAL_CLIENT], 0, connection);
  return G_SOURCE_CONTINUE;
}

static void
tok_demo_listener_dispose (GObject *object)
{
  TokDemoListener *self = TOK_DEMO_LISTENER (object);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (tok_demo_listener_parent_class)->dispose (object);
}

static void
tok_demo_listener_class_init (TokDemoListenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tok_demo_listener_dispose;

  /**
   * TokDemoListener::client:
   * @self: A listener.
   * @connection: The client's connection; closed when nobody keeps it.
   *
   * Somebody has connected.
   */
  signals[SIGNAL_CLIENT]
      = g_signal_new ("client", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_SOCKET_CONNECTION);
}

static void
tok_demo_listener_init (TokDemoListener *self)
{
}

/**
 * tok_demo_listener_new:
 * @port: The port, or 0 for any that is free.
 * @error: Where to put a %G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): A listener, which listens until it is freed.
 */
TokDemoListener *
tok_demo_listener_new (guint16 port, GError **error)
{
  g_autoptr (TokDemoListener) self = g_object_new (TOK_TYPE_DEMO_LISTENER, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);

  self->socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (self->socket == NULL || !g_socket_bind (self->socket, address, TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (self->socket, BACKLOG);
  if (!g_socket_listen (self->socket, error))
    return NULL;
  set_source (self, g_socket_create_source (self->socket, G_IO_IN, NULL),
              G_SOURCE_FUNC (on_incoming));
  return g_steal_pointer (&self);
}

/**
 * tok_demo_listener_get_port:
 * @self: A listener.
 *
 * Returns: The port.
 */
guint16
tok_demo_listener_get_port (TokDemoListener *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}
