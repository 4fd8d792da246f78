/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-guard.h"

#define FINAL_FRAME 0x80
#define CONTROL_FRAME 0x08
#define OPCODE 0x0f
#define CLOSE_FRAME 0x08

/**
 * TokDemoGuard:
 *
 * Watches the frames that come in, swallows what is too much of a message, and says so.
 *
 * libsoup limits the size of a frame, but neither that of a message in many frames nor that of
 * one which was inflated; it drops a connection over the limit without a close frame; and it
 * waits for five seconds if a close frame is answered by an empty one. It has nothing between
 * its frames and its messages but extensions, so the guard is one, although no peer ever hears
 * of it.
 */
struct _TokDemoGuard {
  SoupWebsocketExtension parent_instance;

  gsize max_size;
  gsize size;
};

G_DEFINE_FINAL_TYPE (TokDemoGuard, tok_demo_guard, SOUP_TYPE_WEBSOCKET_EXTENSION)

enum { SIGNAL_TOO_BIG, SIGNAL_CLOSE_FRAME, N_SIGNALS };
static guint signals[N_SIGNALS];

static GBytes *
process_incoming_message (SoupWebsocketExtension *extension,
                          guint8 *header,
                          GBytes *payload,
                          GError **error)
{
  TokDemoGuard *self = TOK_DEMO_GUARD (extension);
  gboolean was_too_big = self->size > self->max_size;
  gboolean too_big;

  if ((*header & OPCODE) == CLOSE_FRAME)
    g_signal_emit (self, signals[SIGNAL_CLOSE_FRAME], 0);
  if (*header & CONTROL_FRAME)
    return payload;

  if (!was_too_big)
    self->size += g_bytes_get_size (payload);
  too_big = self->size > self->max_size;
  if (*header & FINAL_FRAME)
    self->size = 0;
  if (!too_big)
    return payload;

  if (!was_too_big)
    g_signal_emit (self, signals[SIGNAL_TOO_BIG], 0);
  g_bytes_unref (payload);
  return g_bytes_new (NULL, 0);
}

static void
tok_demo_guard_class_init (TokDemoGuardClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  extension_class->process_incoming_message = process_incoming_message;

  /**
   * TokDemoGuard::too-big:
   *
   * A message has become larger than it may be. Emitted once for each.
   */
  signals[SIGNAL_TOO_BIG] = g_signal_new ("too-big", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TokDemoGuard::close-frame:
   *
   * A close frame has come, and will be looked at.
   */
  signals[SIGNAL_CLOSE_FRAME]
      = g_signal_new ("close-frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
}

static void
tok_demo_guard_init (TokDemoGuard *self)
{
}

/**
 * tok_demo_guard_new:
 * @max_size: How many bytes a message may have.
 *
 * Returns: (transfer full): A guard, for the extensions of one connection.
 */
SoupWebsocketExtension *
tok_demo_guard_new (gsize max_size)
{
  TokDemoGuard *self = g_object_new (TOK_TYPE_DEMO_GUARD, NULL);

  self->max_size = max_size;
  return SOUP_WEBSOCKET_EXTENSION (self);
}
