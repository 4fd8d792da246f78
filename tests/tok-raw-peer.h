/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_TYPE_RAW_PEER (tok_raw_peer_get_type ())
G_DECLARE_FINAL_TYPE (TokRawPeer, tok_raw_peer, TOK, RAW_PEER, GObject)

/**
 * TokRawOpcode:
 * @TOK_RAW_CONTINUATION: A further part of a message.
 * @TOK_RAW_TEXT: A text, or its first part.
 * @TOK_RAW_BINARY: Bytes.
 * @TOK_RAW_CLOSE: The end.
 * @TOK_RAW_PING: A question.
 *
 * What kind of frame it is (RFC 6455, 5.2).
 */
typedef enum {
  TOK_RAW_CONTINUATION = 0x0,
  TOK_RAW_TEXT = 0x1,
  TOK_RAW_BINARY = 0x2,
  TOK_RAW_CLOSE = 0x8,
  TOK_RAW_PING = 0x9,
} TokRawOpcode;

TokRawPeer *tok_raw_peer_new (GTlsCertificate *certificate);

const char *tok_raw_peer_get_address (TokRawPeer *self);
guint tok_raw_peer_get_n_connections (TokRawPeer *self);
const char *tok_raw_peer_get_handshake (TokRawPeer *self);
gboolean tok_raw_peer_is_open (TokRawPeer *self);
int tok_raw_peer_get_close_code (TokRawPeer *self);
guint tok_raw_peer_get_n_received (TokRawPeer *self);
const char *tok_raw_peer_get_received (TokRawPeer *self, guint n);
gint64 tok_raw_peer_get_req_id (TokRawPeer *self, guint n);

void tok_raw_peer_set_handshake_answer (TokRawPeer *self, const char *answer);
void tok_raw_peer_send_bytes (TokRawPeer *self, gconstpointer bytes, gsize length);
void tok_raw_peer_send_frame (TokRawPeer *self,
                              TokRawOpcode opcode,
                              gboolean last,
                              gconstpointer payload,
                              gsize length);
void tok_raw_peer_send_text (TokRawPeer *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tok_raw_peer_send_close (TokRawPeer *self, int code);
void tok_raw_peer_hang_up (TokRawPeer *self);

G_END_DECLS
