/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

static void
on_logout_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (tok_client_logout_finish (TOK_CLIENT (source), result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  tok_session_check_error (g_task_get_source_object (task), error);
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tok_session_log_out_async:
 * @self: A session.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Tells the service that it is over. For a session that came from a sign-in with the browser that
 * ends every session of the same sign-in, on all accounts; for one with an API token it ends
 * nothing but this connection's (PROTOCOL 2.3).
 */
void
tok_session_log_out_async (TokSession *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_log_out_async);
  if (self->state != TOK_SESSION_READY) {
    g_task_return_error (task, tok_session_dup_not_ready_error (self));
    return;
  }
  tok_client_logout_async (self->client, cancellable, on_logout_ready, g_steal_pointer (&task));
}

/**
 * tok_session_log_out_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put why it isn't over, or why nobody knows.
 *
 * Returns: Whether the service said that it is over.
 */
gboolean
tok_session_log_out_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_log_out_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
