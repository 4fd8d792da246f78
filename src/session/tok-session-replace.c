/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-error.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* Whether anybody can say what is going to be deleted, and be there to hear what came of it. */
static gboolean
check (TokSession *self, TokGrant *old, GError **error)
{
  TokGrantState state = tok_grant_get_state (old);

  if (self->state != TOK_SESSION_READY) {
    g_propagate_error (error, tok_session_dup_not_ready_error (self));
    return FALSE;
  }
  if (state == TOK_GRANT_WORKING || state == TOK_GRANT_GONE
      || tok_grant_store_find (self->tokens.store, tok_grant_get_key (old)) != old) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING,
                         _ ("Its access is being taken away already."));
    return FALSE;
  }
  if (tok_session_get_may_be_own (self, old)) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_OWN,
                         _ ("It may be the token that this program is signed in with."));
    return FALSE;
  }
  if (!tok_session_is_unmistakable (self, old)) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_AMBIGUOUS,
                         _ ("Another token is listed with the same value."));
    return FALSE;
  }
  return TRUE;
}

/**
 * tok_session_replace_token_async:
 * @self: A session.
 * @old: A token in its list.
 * @name: What the new one is to be called, trimmed; the name of @old, or one that is free.
 * @scopes: What it is to permit; at least one scope.
 * @only_current_ip: Whether it is to work from the present network address alone.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Deletes @old and creates a token in its place, in one request (PROTOCOL 2.4): the service deletes
 * first, and what is deleted stays so. The request is sent once, whatever happens. Where the answer
 * doesn't come, or doesn't tell, a list that was asked for afterwards decides, as with
 * [method@Session.create_token_async].
 *
 * The token that the program is signed in with isn't replaced like this: if the answer got lost,
 * nobody here could look at the list any more (PROTOCOL 3.3).
 */
void
tok_session_replace_token_async (TokSession *self,
                                 TokGrant *old,
                                 const char *name,
                                 TokScopes scopes,
                                 gboolean only_current_ip,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_GRANT (old) && tok_grant_get_token (old) != NULL);
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_replace_token_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!check (self, old, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  /* What failed before is not what is being done now, and its row may become that of the new one.
   */
  if (tok_grant_get_state (old) == TOK_GRANT_FAILED)
    tok_grant_set_idle (old);
  tok_session_make_token (self, g_steal_pointer (&task), old, name, scopes, only_current_ip);
}

/**
 * tok_session_replace_token_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_SECRET_LOST if the list has the new token, whose secret
 *   nobody heard (it tells, too, whether the old one is gone); %TOK_ERROR_NEITHER if the list has
 *   neither; %TOK_ERROR_UNCONFIRMED if nobody could know. After all others nothing was done:
 *   %TOK_ERROR_FIELD if the name, the permissions or their number are not acceptable, to us or to
 *   the service; %TOK_ERROR_NOT_CREATED if the list has the old one alone; %TOK_ERROR_OWN and
 *   %TOK_ERROR_AMBIGUOUS if that one can't be replaced like this; %G_IO_ERROR_PENDING if it is
 * gone, or about to go; or what the service says. (%G_IO_ERROR_CANCELLED tells nothing.)
 *
 * Returns: (transfer full) (nullable): The new token as the service created it. Its listed value is
 *   its secret, which nobody will show again.
 */
TokToken *
tok_session_replace_token_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_replace_token_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
