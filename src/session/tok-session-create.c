/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-token.h"

/**
 * tok_session_create_token_async:
 * @self: A session.
 * @name: What it is to be called, trimmed.
 * @scopes: What it is to permit; at least one scope.
 * @only_current_ip: Whether it is to work from the present network address alone.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Creates a token (PROTOCOL 2.4). It is sent once, whatever happens. Where the answer doesn't come,
 * or doesn't tell, a list that was asked for afterwards decides; if the connection is gone that is
 * the first one after it is back, and until then this waits.
 */
void
tok_session_create_token_async (TokSession *self,
                                const char *name,
                                TokScopes scopes,
                                gboolean only_current_ip,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_create_token_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  tok_session_make_token (self, g_steal_pointer (&task), NULL, name, scopes, only_current_ip);
}

/**
 * tok_session_create_token_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_FIELD if the name, the permissions or their number are
 *   not acceptable, to us or to the service; %TOK_ERROR_NOT_CREATED if the answer got lost and the
 *   list lacks it; %TOK_ERROR_SECRET_LOST if the list has it; %TOK_ERROR_UNCONFIRMED if the session
 *   ended before anybody could know; or why it wasn't created.
 *
 * Returns: (transfer full) (nullable): The token as the service created it. Its listed value is its
 *   secret, which nobody will show again.
 */
TokToken *
tok_session_create_token_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_create_token_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
