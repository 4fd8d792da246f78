/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-link.h"

#include "tok-error.h"
#include "tok-link-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define USER_AGENT "token-manager/" TOK_VERSION
#define MAX_RETRY_AFTER (24 * 60 * 60) /* seconds */

/* One attempt to connect. It outlives a link that gives it up. */
typedef struct {
  TokLink *link; /* unless cancelled */
  GCancellable *cancellable;
  SoupMessage *message;
  gboolean is_shaking_hands; /* on how to encrypt */
} Attempt;

struct _TokLink {
  char *address;
  guint timeout;
  gsize max_message;
  const TokLinkEvents *events;
  gpointer owner;

  SoupSession *session;
  Attempt *attempt;
  guint attempt_timeout;
  guint retry_after; /* what the last answer to the handshake asked for, in milliseconds */
  SoupWebsocketConnection *connection;
};

static void
free_attempt (Attempt *attempt)
{
  g_signal_handlers_disconnect_by_data (attempt->message, attempt);
  g_clear_object (&attempt->cancellable);
  g_clear_object (&attempt->message);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, free_attempt)

static void
cancel_attempt (TokLink *self)
{
  Attempt *attempt = g_steal_pointer (&self->attempt);

  g_clear_handle_id (&self->attempt_timeout, g_source_remove);
  if (attempt != NULL)
    g_cancellable_cancel (attempt->cancellable);
}

/* Lets go of what there is. A connection that isn't closed yet lives on until what was sent on it
 * is out and both sides have closed it. */
static void
end (TokLink *self, gboolean say_so)
{
  g_autoptr (SoupWebsocketConnection) connection = g_steal_pointer (&self->connection);

  cancel_attempt (self);
  if (connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  if (soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  g_signal_connect (connection, "closed", G_CALLBACK (g_object_unref), g_object_ref (connection));
  if (say_so)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

/* Takes @error. Nothing may be done with @self afterwards: the owner may have let it go. */
static void
lose (TokLink *self, GError *error, gboolean say_so)
{
  g_autoptr (GError) owned = error;

  end (self, say_so);
  self->events->lost (self->owner, owned);
}

static void
on_message (SoupWebsocketConnection *connection,
            SoupWebsocketDataType type,
            GBytes *message,
            TokLink *self)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    self->events->received (self->owner, text, length);
  else
    lose (
        self,
        g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED, _ ("What the service sent is no text.")),
        TRUE);
}

static void
on_error (SoupWebsocketConnection *connection, GError *error, TokLink *self)
{
  guint code = soup_websocket_connection_get_close_code (connection);

  lose (self, tok_link_error_from_connection (error, code), FALSE);
}

static void
on_closing (SoupWebsocketConnection *connection, TokLink *self)
{
  guint code = soup_websocket_connection_get_close_code (connection);

  lose (self, tok_link_error_from_close (code), FALSE);
}

/* "closed" comes some time after the end, and "closing" not at all if there is no last word. */
static void
on_state_changed (SoupWebsocketConnection *connection, GParamSpec *pspec, TokLink *self)
{
  if (soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_OPEN)
    on_closing (connection, self);
}

static void
use_connection (TokLink *self, SoupWebsocketConnection *connection)
{
  self->connection = g_object_ref (connection);
  soup_websocket_connection_set_max_incoming_payload_size (connection, self->max_message);
  g_signal_connect (connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (connection, "error", G_CALLBACK (on_error), self);
  g_signal_connect (connection, "closing", G_CALLBACK (on_closing), self);
  g_signal_connect (connection, "notify::state", G_CALLBACK (on_state_changed), self);
  self->events->opened (self->owner);
}

static GError *
translate_error (const GError *error, SoupMessage *message)
{
  gboolean is_encrypted = g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "wss");

  return tok_link_error_from_connect (error, is_encrypted, soup_message_get_status (message),
                                      soup_message_get_tls_peer_certificate_errors (message));
}

/* It is said in seconds, or as a date. */
static guint
read_retry_after (SoupMessage *message)
{
  const char *text
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds = 0;
  gint64 left;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, MAX_RETRY_AFTER, &seconds, NULL))
    return (guint) seconds * 1000;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;
  now = g_date_time_new_now_utc ();
  left = g_date_time_difference (date, now) / G_TIME_SPAN_SECOND;
  return (guint) CLAMP (left, 0, MAX_RETRY_AFTER) * 1000;
}

static void
on_websocket_connect_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Attempt) attempt = data;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  TokLink *self;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (g_cancellable_is_cancelled (attempt->cancellable))
    return;

  self = attempt->link;
  self->attempt = NULL;
  g_clear_handle_id (&self->attempt_timeout, g_source_remove);
  self->retry_after = connection == NULL ? read_retry_after (attempt->message) : 0;
  if (connection != NULL)
    use_connection (self, connection);
  else
    lose (self, translate_error (error, attempt->message), FALSE);
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  Attempt *attempt)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    attempt->is_shaking_hands = TRUE;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    attempt->is_shaking_hands = FALSE;
}

/* Who doesn't encrypt waits for more of what it doesn't understand. */
static gboolean
on_attempt_timeout (gpointer data)
{
  TokLink *self = data;
  gboolean is_shaking_hands = self->attempt->is_shaking_hands;

  self->attempt_timeout = 0;
  lose (self,
        is_shaking_hands ? g_error_new_literal (TOK_ERROR, TOK_ERROR_ENCRYPTION,
                                                _ ("The service doesn’t begin to encrypt."))
                         : g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE,
                                                _ ("The service didn’t answer in time.")),
        FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_bad_address (gpointer data)
{
  TokLink *self = data;

  self->attempt_timeout = 0;
  lose (self, g_error_new_literal (TOK_ERROR, TOK_ERROR_ADDRESS, _ ("That is no service address.")),
        FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* The time limit is a source of our own, which counts milliseconds. */
static SoupSession *
make_session (SoupMessage *message)
{
  SoupSession *session
      = soup_session_new_with_options ("user-agent", USER_AGENT, "timeout", 0, NULL);

  if (is_loopback (g_uri_get_host (soup_message_get_uri (message))))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/**
 * tok_link_new:
 * @address: Where to connect to, as [func@address_check] returned it.
 * @timeout: How long connecting and the handshake may take, in milliseconds.
 * @max_message: How many bytes a message may have.
 * @events: (not nullable): What to call; it lives as long as the link.
 * @owner: For @events; it outlives the link.
 *
 * Returns: (transfer full): A link that isn't open.
 */
TokLink *
tok_link_new (const char *address,
              guint timeout,
              gsize max_message,
              const TokLinkEvents *events,
              gpointer owner)
{
  TokLink *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (events != NULL, NULL);

  self = g_new0 (TokLink, 1);
  self->address = g_strdup (address);
  self->timeout = timeout;
  self->max_message = max_message;
  self->events = events;
  self->owner = owner;
  return self;
}

/**
 * tok_link_free:
 * @self: (transfer full): A link.
 *
 * Closes it and lets it go.
 */
void
tok_link_free (TokLink *self)
{
  g_return_if_fail (self != NULL);

  end (self, TRUE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->address, g_free);
  g_free (self);
}

/**
 * tok_link_open:
 * @self: A link that isn't open and isn't being opened.
 *
 * Begins to connect (PROTOCOL 1.1 and 1.2). Ends in one of the events, never before this returns.
 * Redirections aren't followed; there is no proxy to the loopback interface.
 */
void
tok_link_open (TokLink *self)
{
  g_autoptr (SoupMessage) message = NULL;
  Attempt *attempt;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->attempt_timeout == 0 && self->connection == NULL);

  message = soup_message_new (SOUP_METHOD_GET, self->address);
  if (message == NULL) {
    self->attempt_timeout = g_idle_add (on_bad_address, self);
    return;
  }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  self->retry_after = 0;
  if (self->session == NULL)
    self->session = make_session (message);

  attempt = g_new0 (Attempt, 1);
  attempt->link = self;
  attempt->cancellable = g_cancellable_new ();
  attempt->message = g_steal_pointer (&message);
  self->attempt = attempt;
  g_signal_connect (attempt->message, "network-event", G_CALLBACK (on_network_event), attempt);
  self->attempt_timeout = g_timeout_add (self->timeout, on_attempt_timeout, self);
  soup_session_websocket_connect_async (self->session, attempt->message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, attempt->cancellable,
                                        on_websocket_connect_ready, attempt);
}

/**
 * tok_link_send:
 * @self: A link that is open.
 * @text: What to send, in UTF-8.
 *
 * Sends a text. If that shows that the connection is lost, the event comes before this returns.
 */
void
tok_link_send (TokLink *self, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->connection != NULL);
  g_return_if_fail (text != NULL);

  soup_websocket_connection_send_text (self->connection, text);
}

/**
 * tok_link_close:
 * @self: A link.
 *
 * Closes it, once what was sent is out; or gives up opening it. No event follows.
 */
void
tok_link_close (TokLink *self)
{
  g_return_if_fail (self != NULL);

  end (self, TRUE);
}

/**
 * tok_link_get_retry_after:
 * @self: A link.
 *
 * Returns: How long whoever refused the last handshake asks to wait before the next, in
 *   milliseconds; 0 if nobody does.
 */
guint
tok_link_get_retry_after (const TokLink *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->retry_after;
}
