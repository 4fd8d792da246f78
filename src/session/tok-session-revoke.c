/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-app.h"
#include "tok-error.h"

#include <glib/gi18n-lib.h>

/* The data of a task that revokes. */
typedef struct {
  TokGrant *grant;
  guint n_list; /* the request whose answer must lack it, once the service has said yes */
} Revoke;

static void
free_revoke (gpointer data)
{
  Revoke *revoke = data;

  g_clear_object (&revoke->grant);
  g_free (revoke);
}

/* Takes @error, which the caller of the command gets. The grant shows it too, unless a list has
 * shown meanwhile that the app is gone: then the command's aim is reached, whoever did it. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;
  Revoke *revoke = g_task_get_task_data (task);

  if (tok_grant_get_state (revoke->grant) == TOK_GRANT_GONE) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  tok_grant_set_failed (revoke->grant, owned);
  g_task_return_error (task, g_steal_pointer (&owned));
}

static void
fail_unconfirmed (GTask *task, const char *why)
{
  fail (task, g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, why));
}

/* Nobody knows what became of it: the next list will tell. */
static void
look_at_the_list (TokSession *self)
{
  if (self->state == TOK_SESSION_READY)
    tok_session_request_apps (self);
}

/* What was sent can't be taken back: the caller doesn't want to know any more, the grant does. */
static void
give_up (GTask *task, GError *error)
{
  Revoke *revoke = g_task_get_task_data (task);

  if (tok_grant_get_state (revoke->grant) != TOK_GRANT_GONE) {
    g_autoptr (GError) shown
        = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, error->message);

    tok_grant_set_failed (revoke->grant, shown);
  }
  g_task_return_error (task, error);
}

static void
on_revoke_app_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (tok_client_revoke_app_finish (TOK_CLIENT (source), result, &error)) {
    revoke->n_list = tok_session_request_apps (self);
    g_ptr_array_add (self->revokes, g_steal_pointer (&task));
    return;
  }

  tok_session_check_error (self, error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    look_at_the_list (self);
    give_up (task, g_steal_pointer (&error));
    return;
  }
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    look_at_the_list (self);
  fail (task, g_steal_pointer (&error));
}

static GError *
new_not_ready_error (TokSession *self)
{
  if (self->state == TOK_SESSION_ENDED || self->state == TOK_SESSION_SIGNED_OUT)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_SIGN_IN, _ ("Nobody is signed in."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, _ ("There is no connection."));
}

/**
 * tok_session_settle_revokes: (skip)
 * @self: A session.
 * @n_list: The request for a list of apps that was answered, or failed; %G_MAXUINT if no other
 *   will follow.
 * @error: (nullable): Why it failed.
 *
 * Finishes the revokes that waited for that list: each is confirmed if its app is gone.
 */
void
tok_session_settle_revokes (TokSession *self, guint n_list, const GError *error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->revokes->len;) {
    Revoke *revoke = g_task_get_task_data (self->revokes->pdata[i]);

    if (revoke->n_list <= n_list)
      g_ptr_array_add (due, g_ptr_array_steal_index (self->revokes, i));
    else
      i++;
  }
  /* Those who wait may call anything: they come last. A grant that is gone can't fail. */
  for (guint i = 0; i < due->len; i++)
    fail_unconfirmed (due->pdata[i],
                      error != NULL
                          ? error->message
                          : _ ("The service said yes, but its list still holds the app."));
}

/**
 * tok_session_revoke_async:
 * @self: A session.
 * @grant: An app in its list.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Takes away the access of an app to all accounts of the owner (PROTOCOL 2.6). It is sent once;
 * since the service says yes to anything, only a list that was asked for after its answer and lacks
 * the app confirms it. The state of @grant follows, also for who gave up; a revoke that failed may
 * be asked for again.
 */
void
tok_session_revoke_async (TokSession *self,
                          TokGrant *grant,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Revoke *revoke;
  TokGrantState state;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_GRANT (grant) && tok_grant_get_app (grant) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_revoke_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  state = tok_grant_get_state (grant);
  if (state == TOK_GRANT_WORKING || state == TOK_GRANT_GONE) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s",
                             _ ("Its access is being revoked already."));
    return;
  }

  revoke = g_new0 (Revoke, 1);
  revoke->grant = g_object_ref (grant);
  g_task_set_task_data (task, revoke, free_revoke);
  if (self->state != TOK_SESSION_READY) {
    fail (task, new_not_ready_error (self));
    return;
  }
  tok_grant_set_working (grant);
  tok_client_revoke_app_async (self->client, tok_app_get_app_id (tok_grant_get_app (grant)),
                               cancellable, on_revoke_app_ready, g_steal_pointer (&task));
}

/**
 * tok_session_revoke_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %G_IO_ERROR_PENDING if it is being revoked already, or is gone;
 *   %TOK_ERROR_UNCONFIRMED if nobody knows whether it worked; or why it didn't.
 *
 * Returns: Whether the app is gone from the service's own list.
 */
gboolean
tok_session_revoke_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
