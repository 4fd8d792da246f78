/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-server.h"

#include "tok-demo-connection.h"
#include "tok-demo-reply.h"
#include "tok-demo-sample.h"
#include "tok-demo-server-private.h"
#include "tok-demo-upgrade.h"

#include <libsoup/soup.h>

#define PATH "/websockets/v3"
#define APP_ID "1089"
#define IDLE_TIMEOUT 120

/**
 * TokDemoServer:
 *
 * The sample service: listens on the loopback interface, and lets clients connect that know its
 * path and an app id (PROTOCOL 1.1). Browsers find the pages that the owner of the accounts needs.
 *
 * It knows every app but two, so that clients can see what the others meet: app id 403 is
 * blocked, and app id 404 is let in, but unknown to the back end and to the pages.
 */
G_DEFINE_FINAL_TYPE (TokDemoServer, tok_demo_server, G_TYPE_OBJECT)

enum { SIGNAL_CANNOT_KEEP, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_connection_closed (TokDemoConnection *connection, TokDemoServer *self)
{
  g_ptr_array_remove_fast (self->connections, connection);
}

static void
on_upgraded (SoupWebsocketConnection *socket, TokDemoSession *session, gpointer data)
{
  TokDemoServer *self = data;
  TokDemoConnection *connection;

  session->number = ++self->n_accepted;
  connection = tok_demo_connection_new (socket, self->gate, session);
  tok_demo_connection_set_latency (connection, self->latency);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_connection_closed), self, 0);
  g_ptr_array_add (self->connections, connection);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  TokDemoServer *self = data;
  const char *app_id = query != NULL ? g_hash_table_lookup (query, "app_id") : NULL;

  if (tok_demo_pages_reply (self->pages, message, path, query))
    return;
  if (!g_str_equal (path, PATH))
    tok_demo_reply_error (message, SOUP_STATUS_NOT_FOUND, "NotFound");
  else if (!tok_demo_reply_to_bad_app_id (message, app_id))
    tok_demo_upgrade (message, app_id, on_upgraded, self);
}

/* Comes before a body is read. */
static void
on_headers (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GIOStream) stream = NULL;

  /* Nobody here wants a body. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (soup_message_headers_get_content_length (headers) >= 0)
    return;
  /* libsoup would take such a length for one, and warn of its own mistake later on. */
  stream = soup_server_message_steal_connection (message);
  g_io_stream_close (stream, NULL, NULL);
}

static void
on_client (TokDemoListener *listener, GSocketConnection *connection, TokDemoServer *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream) stream = NULL;

  /* Gone already. */
  if (local == NULL || remote == NULL)
    return;
  /* Holds for the WebSocket, too: reading fails when nothing has come for so long. */
  g_socket_set_timeout (g_socket_connection_get_socket (connection), self->idle_timeout);
  stream = self->certificate != NULL
               ? g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL)
               : G_IO_STREAM (g_object_ref (connection));
  if (stream != NULL)
    soup_server_accept_iostream (self->server, stream, local, remote, NULL);
}

static void
tok_demo_server_dispose (GObject *object)
{
  TokDemoServer *self = TOK_DEMO_SERVER (object);

  tok_demo_server_stop (self);

  G_OBJECT_CLASS (tok_demo_server_parent_class)->dispose (object);
}

static void
tok_demo_server_finalize (GObject *object)
{
  TokDemoServer *self = TOK_DEMO_SERVER (object);

  g_ptr_array_unref (self->connections);
  g_clear_pointer (&self->gate, tok_demo_gate_free);
  g_clear_pointer (&self->pages, tok_demo_pages_free);
  g_clear_pointer (&self->owner, tok_demo_owner_free);
  g_clear_pointer (&self->state, tok_demo_state_free);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (tok_demo_server_parent_class)->finalize (object);
}

static void
tok_demo_server_class_init (TokDemoServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tok_demo_server_dispose;
  object_class->finalize = tok_demo_server_finalize;

  /**
   * TokDemoServer::cannot-keep:
   * @self: A service.
   * @sentence: Why, for people.
   *
   * What a call has done could not be kept, and the call was answered with an error.
   */
  signals[SIGNAL_CANNOT_KEEP]
      = g_signal_new ("cannot-keep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tok_demo_server_init (TokDemoServer *self)
{
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->idle_timeout = IDLE_TIMEOUT;
}

static gboolean
keep_owner (TokDemoOwner *owner, gpointer data)
{
  TokDemoServer *self = data;
  g_autoptr (GError) error = NULL;

  if (tok_demo_server_save (self, &error))
    return TRUE;
  g_signal_emit (self, signals[SIGNAL_CANNOT_KEEP], 0, error->message);
  return FALSE;
}

/**
 * tok_demo_server_drop_all:
 * @self: A service.
 *
 * Ends every connection without a word.
 */
void
tok_demo_server_drop_all (TokDemoServer *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    tok_demo_connection_cut (self->connections->pdata[i]);
  g_ptr_array_set_size (self->connections, 0);
}

/**
 * tok_demo_server_set_owner:
 * @self: A service that isn't listening, and to which nothing was set yet.
 * @owner: (transfer full): Whom it serves from now on.
 */
void
tok_demo_server_set_owner (TokDemoServer *self, TokDemoOwner *owner)
{
  g_clear_pointer (&self->gate, tok_demo_gate_free);
  g_clear_pointer (&self->pages, tok_demo_pages_free);
  g_clear_pointer (&self->owner, tok_demo_owner_free);
  self->owner = owner;
  self->pages = tok_demo_pages_new (owner);
  self->gate = tok_demo_gate_new (owner);
  tok_demo_owner_set_keeper (owner, keep_owner, self);
}

/**
 * tok_demo_server_is_token:
 * @text: Some text.
 *
 * Returns: Whether [ctor@DemoServer.new] takes @text as a token: 1 to 128 letters, digits, `_`
 *   and `-` of ASCII.
 */
gboolean
tok_demo_server_is_token (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return tok_demo_token_is_secret (text);
}

/**
 * tok_demo_server_new:
 * @token: (nullable): The secret of the token of the first account that has all scopes, or %NULL
 *   to make one up that nobody can guess.
 *
 * Makes a service that isn't listening yet, with sample data as of now: one owner with the
 * accounts SAMPLE1 (six tokens, twelve connected apps), SAMPLE2 and SAMPLE3 (a few of each). It
 * limits rates, masks listed tokens, answers without delay and drops connections that are silent
 * for 120 seconds.
 *
 * Returns: (transfer full): The service.
 */
TokDemoServer *
tok_demo_server_new (const char *token)
{
  TokDemoServer *self;

  g_return_val_if_fail (token == NULL || tok_demo_server_is_token (token), NULL);

  self = g_object_new (TOK_TYPE_DEMO_SERVER, NULL);
  tok_demo_server_set_owner (self, tok_demo_sample_new_owner (token));
  return self;
}

/**
 * tok_demo_server_start:
 * @self: A service that isn't listening.
 * @port: Where to listen, or 0 for any free port.
 * @error: Where to put a %G_IO_ERROR.
 *
 * Begins to listen, on 127.0.0.1 alone. What was done before a stop is still done. What is to be
 * kept is kept for the first time before anybody can connect.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_server_start (TokDemoServer *self, guint16 port, GError **error)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  if (!tok_demo_server_save (self, error))
    return FALSE;
  self->listener = tok_demo_listener_new (port, error);
  if (self->listener == NULL)
    return FALSE;
  g_signal_connect_object (self->listener, "client", G_CALLBACK (on_client), self, 0);

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, on_headers, NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  self->address = g_strdup_printf ("%s://127.0.0.1:%u" PATH "?app_id=" APP_ID,
                                   self->certificate != NULL ? "wss" : "ws",
                                   tok_demo_listener_get_port (self->listener));
  return TRUE;
}

/**
 * tok_demo_server_stop:
 * @self: A service.
 *
 * Ends every connection without a word, as if the process had died, and no longer listens. What
 * was to be done for a call that is not answered yet stays undone.
 */
void
tok_demo_server_stop (TokDemoServer *self)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  g_clear_object (&self->listener);
  tok_demo_server_end_update (self);
  tok_demo_server_drop_all (self);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->address, g_free);
}

/**
 * tok_demo_server_get_address:
 * @self: A service.
 *
 * Returns: (transfer none) (nullable): Where to connect to, with the public test app id; %NULL
 *   while it isn't listening.
 */
const char *
tok_demo_server_get_address (TokDemoServer *self)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), NULL);

  return self->address;
}

/**
 * tok_demo_server_get_token:
 * @self: A service.
 *
 * Returns: (transfer none): The secret of the token of the first account that has all scopes.
 */
const char *
tok_demo_server_get_token (TokDemoServer *self)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), NULL);

  return tok_demo_server_get_token_of (self, "SAMPLE1");
}

/**
 * tok_demo_server_get_token_of:
 * @self: A service.
 * @login_id: Any login id.
 *
 * Returns: (transfer none) (nullable): The secret of the token of that account that has all scopes,
 *   or %NULL if there is no such account.
 */
const char *
tok_demo_server_get_token_of (TokDemoServer *self, const char *login_id)
{
  TokDemoAccount *account;

  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), NULL);
  g_return_val_if_fail (login_id != NULL, NULL);

  account = tok_demo_owner_find_account (self->owner, login_id);
  return account != NULL ? tok_demo_account_get_own_token (account)->secret : NULL;
}

/**
 * tok_demo_server_get_n_calls:
 * @self: A service.
 * @name: The name of a call.
 *
 * Returns: How often that call was asked for since the beginning, whatever came of it.
 */
guint
tok_demo_server_get_n_calls (TokDemoServer *self, const char *name)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), 0);
  g_return_val_if_fail (name != NULL, 0);

  return tok_demo_gate_get_n_calls (self->gate, name);
}

/**
 * tok_demo_server_get_n_connections:
 * @self: A service.
 *
 * Returns: How many WebSockets are open.
 */
guint
tok_demo_server_get_n_connections (TokDemoServer *self)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), 0);

  return self->connections->len;
}
