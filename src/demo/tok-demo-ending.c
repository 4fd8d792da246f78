/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-ending.h"

struct _TokDemoEnding {
  GIOStream *stream;
  GBytes *last_words;
  TokDemoEndingFunc on_cut;
  gpointer data;
  GSource *source;
};

static gboolean
on_idle (gpointer data)
{
  TokDemoEnding *self = data;
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  gsize length = 0;
  const void *words
      = self->last_words != NULL ? g_bytes_get_data (self->last_words, &length) : NULL;

  if (words != NULL)
    g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), words, length,
                                                NULL, NULL);
  if (self->on_cut != NULL) {
    g_io_stream_close (self->stream, NULL, NULL);
    self->on_cut (self->data);
  }
  return G_SOURCE_REMOVE;
}

/**
 * tok_demo_ending_new:
 * @socket: A WebSocket, by which nothing is sent any more.
 * @last_words: (transfer full) (nullable): Bytes that are sent as they are.
 * @on_cut: (nullable): What hears of it when the connection is cut behind them;
 *   %NULL to leave the connection open.
 * @data: (closure on_cut): What @on_cut gets.
 *
 * Returns: (transfer full): An ending, which happens unless it is freed before.
 */
TokDemoEnding *
tok_demo_ending_new (SoupWebsocketConnection *socket,
                     GBytes *last_words,
                     TokDemoEndingFunc on_cut,
                     gpointer data)
{
  TokDemoEnding *self = g_new0 (TokDemoEnding, 1);

  self->stream = g_object_ref (soup_websocket_connection_get_io_stream (socket));
  self->last_words = last_words;
  self->on_cut = on_cut;
  self->data = data;
  /* What libsoup has to send has a higher priority. */
  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, on_idle, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * tok_demo_ending_free:
 * @self: (transfer full): An ending.
 */
void
tok_demo_ending_free (TokDemoEnding *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->stream);
  g_clear_pointer (&self->last_words, g_bytes_unref);
  g_free (self);
}
