/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-raw-peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define WEBSOCKET_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define READ_SIZE 65536

/**
 * TokRawPeer:
 *
 * A service on the loopback interface that does exactly what a test tells it, right or wrong: bytes
 * on a socket, in the main context of the test. It knows one client at a time, the last one.
 */
struct _TokRawPeer {
  GObject parent_instance;

  GSocketService *service;
  GTlsCertificate *certificate;
  char *address;
  char *handshake_answer;
  guint n_connections;

  GIOStream *stream;
  GCancellable *cancellable; /* of what is going on with the stream */
  GByteArray *in;
  GByteArray *out;
  gboolean writing;
  gboolean hang_up;
  char *handshake;
  gboolean is_open;
  int close_code; /* from the client; -1 if it didn't close */
  GPtrArray *received;
};

G_DEFINE_FINAL_TYPE (TokRawPeer, tok_raw_peer, G_TYPE_OBJECT)

static void read_more (TokRawPeer *self);

static void
drop_stream (TokRawPeer *self)
{
  g_autoptr (GIOStream) stream = g_steal_pointer (&self->stream);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->writing = FALSE;
  self->is_open = FALSE;
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

static void
on_write_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_output_stream_write_bytes_finish (G_OUTPUT_STREAM (source), result, &error);
  TokRawPeer *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->writing = FALSE;
  if (n > 0)
    g_byte_array_remove_range (self->out, 0, n);
  else
    g_byte_array_set_size (self->out, 0); /* the client went away */
  tok_raw_peer_send_bytes (self, NULL, 0);
}

static void
answer_handshake (TokRawPeer *self)
{
  const char *key = strstr (self->handshake, "\r\nSec-WebSocket-Key: ");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  if (self->handshake_answer != NULL) {
    tok_raw_peer_send_bytes (self, self->handshake_answer, strlen (self->handshake_answer));
    self->hang_up = *self->handshake_answer != '\0';
    return;
  }

  g_assert_nonnull (key);
  key += strlen ("\r\nSec-WebSocket-Key: ");
  g_checksum_update (sum, (const guchar *) key, strcspn (key, "\r\n"));
  g_checksum_update (sum, (const guchar *) WEBSOCKET_GUID, -1);
  g_checksum_get_digest (sum, digest, &length);
  accept = g_base64_encode (digest, length);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  tok_raw_peer_send_bytes (self, answer, strlen (answer));
  self->is_open = TRUE;
}

static gboolean
take_handshake (TokRawPeer *self)
{
  const char *end = g_strstr_len ((const char *) self->in->data, self->in->len, "\r\n\r\n");
  gsize length;

  if (end == NULL)
    return FALSE;
  length = end + 4 - (const char *) self->in->data;
  g_free (self->handshake);
  self->handshake = g_strndup ((const char *) self->in->data, length);
  g_byte_array_remove_range (self->in, 0, length);
  answer_handshake (self);
  return TRUE;
}

/* Takes one frame of the client, which is masked and in these tests never long or in parts. */
static gboolean
take_frame (TokRawPeer *self)
{
  const guint8 *head = self->in->data;
  gsize start = 6;
  gsize length;
  g_autofree char *payload = NULL;

  if (self->in->len < start)
    return FALSE;
  length = head[1] & 0x7f;
  g_assert_cmpuint (length, <, 127);
  if (length == 126) {
    start += 2;
    if (self->in->len < start)
      return FALSE;
    length = (gsize) head[2] << 8 | head[3];
  }
  if (self->in->len < start + length)
    return FALSE;

  payload = g_strndup ((const char *) head + start, length);
  for (gsize i = 0; i < length; i++)
    payload[i] = (char) (head[start + i] ^ head[start - 4 + i % 4]);
  if ((head[0] & 0x0f) == TOK_RAW_TEXT) {
    g_ptr_array_add (self->received, g_steal_pointer (&payload));
  } else if ((head[0] & 0x0f) == TOK_RAW_CLOSE && length >= 2) {
    self->close_code = (guint8) payload[0] << 8 | (guint8) payload[1];
    self->hang_up = TRUE;
  }
  g_byte_array_remove_range (self->in, 0, start + length);
  return TRUE;
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  TokRawPeer *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    drop_stream (self);
    return;
  }
  g_byte_array_append (self->in, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!self->is_open)
    take_handshake (self);
  while (self->is_open && take_frame (self))
    ;
  if (self->hang_up)
    tok_raw_peer_hang_up (self);
  if (self->stream != NULL)
    read_more (self);
}

static void
read_more (TokRawPeer *self)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), READ_SIZE,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_read_ready, self);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             TokRawPeer *self)
{
  g_autoptr (GError) error = NULL;

  drop_stream (self);
  /* Or each write would wait until the other side has taken the one before. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  self->n_connections++;
  self->cancellable = g_cancellable_new ();
  self->hang_up = FALSE;
  self->close_code = -1;
  g_byte_array_set_size (self->in, 0);
  g_byte_array_set_size (self->out, 0);
  if (self->certificate != NULL)
    self->stream
        = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
  else
    self->stream = G_IO_STREAM (g_object_ref (connection));
  g_assert_no_error (error);
  read_more (self);
  return TRUE;
}

static void
tok_raw_peer_dispose (GObject *object)
{
  TokRawPeer *self = TOK_RAW_PEER (object);

  drop_stream (self);
  if (self->service != NULL) {
    g_signal_handlers_disconnect_by_data (self->service, self);
    g_socket_service_stop (self->service);
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  }
  g_clear_object (&self->service);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (tok_raw_peer_parent_class)->dispose (object);
}

static void
tok_raw_peer_finalize (GObject *object)
{
  TokRawPeer *self = TOK_RAW_PEER (object);

  g_clear_pointer (&self->in, g_byte_array_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_clear_pointer (&self->received, g_ptr_array_unref);
  g_clear_pointer (&self->handshake, g_free);
  g_clear_pointer (&self->handshake_answer, g_free);
  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_raw_peer_parent_class)->finalize (object);
}

static void
tok_raw_peer_class_init (TokRawPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_raw_peer_dispose;
  G_OBJECT_CLASS (klass)->finalize = tok_raw_peer_finalize;
}

static void
tok_raw_peer_init (TokRawPeer *self)
{
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->received = g_ptr_array_new_with_free_func (g_free);
  self->close_code = -1;
}

/**
 * tok_raw_peer_new:
 * @certificate: (nullable): For TLS; %NULL for a plain socket.
 *
 * A peer on a free port of 127.0.0.1. Unless it is told otherwise it opens a WebSocket to whoever
 * asks, and then says nothing; when the client closes it, it hangs up.
 *
 * Returns: (transfer full): A new peer.
 */
TokRawPeer *
tok_raw_peer_new (GTlsCertificate *certificate)
{
  TokRawPeer *self = g_object_new (TOK_TYPE_RAW_PEER, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_set_object (&self->certificate, certificate);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  self->address = g_strdup_printf ("%s://127.0.0.1:%u/websockets/v3?app_id=1089",
                                   certificate != NULL ? "wss" : "ws",
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return self;
}

/**
 * tok_raw_peer_get_address:
 * @self: A peer.
 *
 * Returns: (transfer none): Where a client finds it.
 */
const char *
tok_raw_peer_get_address (TokRawPeer *self)
{
  return self->address;
}

/**
 * tok_raw_peer_get_n_connections:
 * @self: A peer.
 *
 * Returns: How often somebody connected.
 */
guint
tok_raw_peer_get_n_connections (TokRawPeer *self)
{
  return self->n_connections;
}

/**
 * tok_raw_peer_get_handshake:
 * @self: A peer.
 *
 * Returns: (transfer none) (nullable): The head of the last request to open a WebSocket.
 */
const char *
tok_raw_peer_get_handshake (TokRawPeer *self)
{
  return self->handshake;
}

/**
 * tok_raw_peer_is_open:
 * @self: A peer.
 *
 * Returns: Whether there is a WebSocket.
 */
gboolean
tok_raw_peer_is_open (TokRawPeer *self)
{
  return self->is_open;
}

/**
 * tok_raw_peer_get_close_code:
 * @self: A peer.
 *
 * Returns: The code with which the client closed the last connection, or -1 if it didn't.
 */
int
tok_raw_peer_get_close_code (TokRawPeer *self)
{
  return self->close_code;
}

/**
 * tok_raw_peer_get_n_received:
 * @self: A peer.
 *
 * Returns: How many texts came, on all connections together.
 */
guint
tok_raw_peer_get_n_received (TokRawPeer *self)
{
  return self->received->len;
}

/**
 * tok_raw_peer_get_received:
 * @self: A peer.
 * @n: Which, from 0.
 *
 * Returns: (transfer none): A text that came.
 */
const char *
tok_raw_peer_get_received (TokRawPeer *self, guint n)
{
  g_assert_cmpuint (n, <, self->received->len);
  return self->received->pdata[n];
}

/**
 * tok_raw_peer_get_req_id:
 * @self: A peer.
 * @n: Which, from 0.
 *
 * Returns: The req_id of a text that came.
 */
gint64
tok_raw_peer_get_req_id (TokRawPeer *self, guint n)
{
  const char *member = strstr (tok_raw_peer_get_received (self, n), "\"req_id\":");

  g_assert_nonnull (member);
  return g_ascii_strtoll (member + strlen ("\"req_id\":"), NULL, 10);
}

/**
 * tok_raw_peer_set_handshake_answer:
 * @self: A peer.
 * @answer: (nullable): The bytes with which it answers a request to open a WebSocket, before it
 *   hangs up; "" to say nothing and wait; %NULL to open it.
 *
 * Sets how it treats the clients to come.
 */
void
tok_raw_peer_set_handshake_answer (TokRawPeer *self, const char *answer)
{
  g_free (self->handshake_answer);
  self->handshake_answer = g_strdup (answer);
}

/**
 * tok_raw_peer_send_bytes:
 * @self: A peer.
 * @bytes: (array length=length) (nullable): What to send.
 * @length: How much of it.
 *
 * Sends what may be a frame or not, behind what was to be sent before.
 */
void
tok_raw_peer_send_bytes (TokRawPeer *self, gconstpointer bytes, gsize length)
{
  g_autoptr (GBytes) chunk = NULL;

  if (length > 0)
    g_byte_array_append (self->out, bytes, length);
  if (self->writing || self->stream == NULL)
    return;
  if (self->out->len == 0) {
    if (self->hang_up)
      drop_stream (self);
    return;
  }
  self->writing = TRUE;
  chunk = g_bytes_new (self->out->data, MIN (self->out->len, READ_SIZE));
  g_output_stream_write_bytes_async (g_io_stream_get_output_stream (self->stream), chunk,
                                     G_PRIORITY_DEFAULT, self->cancellable, on_write_ready, self);
}

/**
 * tok_raw_peer_send_frame:
 * @self: A peer.
 * @opcode: What it is to be.
 * @last: Whether it ends a message.
 * @payload: (array length=length) (nullable): What is in it.
 * @length: How much of it.
 *
 * Sends one frame.
 */
void
tok_raw_peer_send_frame (TokRawPeer *self,
                         TokRawOpcode opcode,
                         gboolean last,
                         gconstpointer payload,
                         gsize length)
{
  guint8 head[10] = { (guint8) opcode | (last ? 0x80 : 0) };
  gsize n = 2;

  if (length < 126) {
    head[1] = (guint8) length;
  } else if (length <= G_MAXUINT16) {
    head[1] = 126;
    head[2] = (guint8) (length >> 8);
    head[3] = (guint8) length;
    n = 4;
  } else {
    head[1] = 127;
    for (int i = 0; i < 8; i++)
      head[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
    n = 10;
  }
  tok_raw_peer_send_bytes (self, head, n);
  tok_raw_peer_send_bytes (self, payload, length);
}

/**
 * tok_raw_peer_send_text:
 * @self: A peer.
 * @format: As for printf.
 * @...: For @format.
 *
 * Sends one message.
 */
void
tok_raw_peer_send_text (TokRawPeer *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  tok_raw_peer_send_frame (self, TOK_RAW_TEXT, TRUE, text, strlen (text));
}

/**
 * tok_raw_peer_send_close:
 * @self: A peer.
 * @code: The code to give, or -1 for none.
 *
 * Sends the frame that begins to close a connection.
 */
void
tok_raw_peer_send_close (TokRawPeer *self, int code)
{
  const guint8 payload[2] = { (guint8) (code >> 8), (guint8) code };

  tok_raw_peer_send_frame (self, TOK_RAW_CLOSE, TRUE, payload, code >= 0 ? 2 : 0);
}

/**
 * tok_raw_peer_hang_up:
 * @self: A peer.
 *
 * Ends the connection without a word, once what was to be sent is out.
 */
void
tok_raw_peer_hang_up (TokRawPeer *self)
{
  self->hang_up = TRUE;
  tok_raw_peer_send_bytes (self, NULL, 0);
}
