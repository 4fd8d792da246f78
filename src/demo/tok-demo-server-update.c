/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-connection.h"
#include "tok-demo-server-private.h"

static gboolean
on_update (gpointer data)
{
  TokDemoServer *self = data;

  tok_demo_server_end_update (self);
  tok_demo_server_drop_all (self);
  return G_SOURCE_REMOVE;
}

/**
 * tok_demo_server_update:
 * @self: A service.
 * @milliseconds: After how long.
 *
 * Says, to those who have subscribed to `website_status` and to those who ask for it, that the
 * service is updating, and then ends every connection without a word (PROTOCOL 1.2). After that
 * everything is as before.
 */
void
tok_demo_server_update (TokDemoServer *self, guint milliseconds)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  tok_demo_server_end_update (self);
  tok_demo_gate_set_updating (self->gate, TRUE);
  for (guint i = 0; i < self->connections->len; i++)
    tok_demo_connection_tell_status (self->connections->pdata[i]);
  self->update = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->update, on_update, self, NULL);
  g_source_attach (self->update, g_main_context_get_thread_default ());
}

/**
 * tok_demo_server_end_update:
 * @self: A service.
 *
 * Takes back that the service is updating.
 */
void
tok_demo_server_end_update (TokDemoServer *self)
{
  if (self->update != NULL)
    g_source_destroy (self->update);
  g_clear_pointer (&self->update, g_source_unref);
  if (self->gate != NULL)
    tok_demo_gate_set_updating (self->gate, FALSE);
}
