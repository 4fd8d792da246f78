/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-error.h"
#include "tok-secret.h"
#include "tok-token-text.h"

#include <glib/gi18n-lib.h>

/* The data of a task that signs in. */
typedef struct {
  TokSecret *secret;
  TokAccount *account; /* once the service has said whose secret it is */
} SignIn;

static void
free_sign_in (gpointer data)
{
  SignIn *sign_in = data;

  g_clear_pointer (&sign_in->secret, tok_secret_free);
  g_clear_object (&sign_in->account);
  g_free (sign_in);
}

static gboolean
check_token (const char *token, GError **error)
{
  switch (tok_token_text_classify (token)) {
  case TOK_TOKEN_TEXT_NEW_PLATFORM:
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_NEW_PLATFORM,
                         _ ("A token that begins with pat_ belongs to the new platform."));
    return FALSE;
  case TOK_TOKEN_TEXT_EMPTY:
  case TOK_TOKEN_TEXT_IMPOSSIBLE:
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_FIELD,
                         _ ("A token has between 1 and 128 letters, digits, _ and -."));
    return FALSE;
  default:
    return TRUE;
  }
}

static void authorize_again (TokSession *self);

static GError *
dup_client_error (TokSession *self)
{
  const GError *error = tok_client_get_error (self->client);

  return error != NULL
             ? g_error_copy (error)
             : g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, _ ("There is no connection."));
}

static GTask *
take_sign_in (TokSession *self)
{
  if (self->sign_in_cancelled != NULL)
    g_source_destroy (self->sign_in_cancelled);
  g_clear_pointer (&self->sign_in_cancelled, g_source_unref);
  return g_steal_pointer (&self->sign_in);
}

static gboolean
on_sign_in_cancelled (GCancellable *cancellable, gpointer data)
{
  TokSession *self = g_task_get_source_object (data);
  g_autoptr (GError) error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  tok_session_fail_sign_in (self, g_steal_pointer (&error));
  return G_SOURCE_REMOVE;
}

/* From here on the secret is in the vault, and nowhere else in this room. */
static void
become_ready (TokSession *self, TokAccount *account)
{
  self->retry_pause = 0;
  g_object_freeze_notify (G_OBJECT (self));
  tok_session_set_account (self, account);
  tok_session_set_state (self, TOK_SESSION_READY, NULL);
  g_object_thaw_notify (G_OBJECT (self));
  tok_session_refresh (self);
  if (self->state == TOK_SESSION_READY)
    tok_client_watch_service (self->client);
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  SignIn *sign_in;

  tok_vault_store_finish (TOK_VAULT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL) {
    tok_session_fail_sign_in (self, g_steal_pointer (&error));
    return;
  }
  /* Cancelled in this very moment: on_sign_in_cancelled () is about to be called. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->sign_in)))
    return;

  task = take_sign_in (self);
  sign_in = g_task_get_task_data (task);
  become_ready (self, sign_in->account);
  g_task_return_boolean (task, TRUE);
}

static void
on_authorize_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokAccount) account = NULL;
  SignIn *sign_in;

  account = tok_client_authorize_finish (TOK_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (account == NULL) {
    tok_session_fail_sign_in (self, tok_session_dup_question_error (self, error));
    return;
  }

  sign_in = g_task_get_task_data (self->sign_in);
  sign_in->account = g_steal_pointer (&account);
  tok_vault_store_async (self->vault, TOK_SESSION_KEY (self, sign_in->account), sign_in->secret,
                         self->connecting, on_store_ready, self);
}

static gboolean
on_retry (gpointer data)
{
  TokSession *self = data;
  g_autoptr (TokSession) alive = g_object_ref (self);

  self->retry = 0;
  authorize_again (self);
  return G_SOURCE_REMOVE;
}

/* The connection is there, but the service doesn't let us in just now. */
static void
authorize_later (TokSession *self, const GError *error)
{
  self->retry_pause = CLAMP ((guint64) self->retry_pause * 2, self->times.reconnect_first,
                             self->times.reconnect_longest);
  tok_session_stop_connecting (self);
  self->retry = g_timeout_add (MAX (self->retry_pause, tok_client_get_wait (self->client, FALSE)),
                               on_retry, self);
  g_object_freeze_notify (G_OBJECT (self));
  tok_session_fail_unlisted (self, error);
  tok_session_set_state (self, TOK_SESSION_OFFLINE, error);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
is_same_account (TokSession *self, TokAccount *account, GError **error)
{
  if (g_str_equal (tok_account_get_login_id (account), tok_account_get_login_id (self->account)))
    return TRUE;
  g_set_error_literal (error, TOK_ERROR, TOK_ERROR_OTHER_ACCOUNT,
                       _ ("What is kept for this account signs in to another one."));
  return FALSE;
}

static void
on_authorize_again_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokAccount) account = NULL;
  g_autoptr (TokSession) alive = NULL;

  account = tok_client_authorize_finish (TOK_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (account != NULL && is_same_account (self, account, &error)) {
    become_ready (self, account);
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN)
             || g_error_matches (error, TOK_ERROR, TOK_ERROR_OTHER_ACCOUNT)
             || g_error_matches (error, TOK_ERROR, TOK_ERROR_ACCOUNT)) {
    tok_session_end (self, error);
  } else {
    g_autoptr (GError) shown = tok_session_dup_question_error (self, error);

    authorize_later (self, shown);
  }
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = NULL;
  g_autoptr (TokSession) alive = NULL;

  secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (secret != NULL)
    tok_client_authorize_async (self->client, secret, self->connecting, on_authorize_again_ready,
                                self);
  else
    tok_session_end (self, error);
}

/* As everywhere here the state comes last: who hears of it may do anything. */
static void
authorize_again (TokSession *self)
{
  tok_session_stop_connecting (self);
  tok_vault_lookup_async (self->vault, TOK_SESSION_KEY (self, self->account), self->connecting,
                          on_lookup_ready, self);
  tok_session_set_state (self, TOK_SESSION_CONNECTING, self->error);
}

static void
go_offline (TokSession *self)
{
  g_autoptr (GError) error = dup_client_error (self);

  tok_session_stop_connecting (self);
  g_object_freeze_notify (G_OBJECT (self));
  tok_session_fail_unlisted (self, error);
  tok_session_set_state (self, TOK_SESSION_OFFLINE, error);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
follow_sign_in (TokSession *self)
{
  SignIn *sign_in = g_task_get_task_data (self->sign_in);

  switch (tok_client_get_state (self->client)) {
  case TOK_CLIENT_CONNECTING:
    break;
  case TOK_CLIENT_OPEN:
    tok_client_authorize_async (self->client, sign_in->secret, self->connecting, on_authorize_ready,
                                self);
    break;
  case TOK_CLIENT_WAITING:
  case TOK_CLIENT_STOPPED:
    tok_session_fail_sign_in (self, dup_client_error (self));
  }
}

/**
 * tok_session_follow_client: (skip)
 * @self: A session.
 *
 * Does what the state of its client calls for.
 */
void
tok_session_follow_client (TokSession *self)
{
  if (self->sign_in != NULL) {
    follow_sign_in (self);
    return;
  }
  if (self->state == TOK_SESSION_SIGNED_OUT || self->state == TOK_SESSION_ENDED)
    return;

  switch (tok_client_get_state (self->client)) {
  case TOK_CLIENT_CONNECTING:
    break;
  case TOK_CLIENT_OPEN:
    authorize_again (self);
    break;
  case TOK_CLIENT_WAITING:
  case TOK_CLIENT_STOPPED:
    go_offline (self);
  }
}

/**
 * tok_session_stop_connecting: (skip)
 * @self: A session.
 *
 * Gives up whatever was on the way to being ready, but for the connection itself.
 */
void
tok_session_stop_connecting (TokSession *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  tok_session_replace_cancellable (&self->connecting);
}

/**
 * tok_session_fail_sign_in: (skip)
 * @self: A session that signs in.
 * @error: (transfer full): Why it can't.
 *
 * Ends signing in; nobody is signed in.
 */
void
tok_session_fail_sign_in (TokSession *self, GError *error)
{
  g_autoptr (GTask) task = take_sign_in (self);
  SignIn *sign_in = g_task_get_task_data (task);

  /* Nobody knows whether the vault keeps it by now. */
  if (sign_in->account != NULL)
    tok_vault_forget_async (self->vault, TOK_SESSION_KEY (self, sign_in->account), NULL, NULL,
                            NULL);
  g_object_freeze_notify (G_OBJECT (self));
  tok_session_stop_connecting (self);
  tok_session_set_state (self, TOK_SESSION_SIGNED_OUT, NULL);
  tok_client_stop (self->client);
  g_object_thaw_notify (G_OBJECT (self));
  g_task_return_error (task, error);
}

/**
 * tok_session_dup_question_error: (skip)
 * @self: A session.
 * @error: What a call failed with that changes nothing at the service.
 *
 * Returns: (transfer full): The same; but where nobody answered there is nothing to be confirmed,
 *   and it can be asked again.
 */
GError *
tok_session_dup_question_error (TokSession *self, const GError *error)
{
  gboolean open = tok_client_get_state (self->client) == TOK_CLIENT_OPEN;

  if (!g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    return g_error_copy (error);
  return g_error_new_literal (TOK_ERROR, open ? TOK_ERROR_TROUBLE : TOK_ERROR_OFFLINE,
                              error->message);
}

/**
 * tok_session_dup_not_ready_error: (skip)
 * @self: A session that isn't ready.
 *
 * Returns: (transfer full): Why nothing can be sent just now.
 */
GError *
tok_session_dup_not_ready_error (TokSession *self)
{
  if (self->state == TOK_SESSION_ENDED || self->state == TOK_SESSION_SIGNED_OUT)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_SIGN_IN, _ ("Nobody is signed in."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, _ ("There is no connection."));
}

/**
 * tok_session_sign_in_async:
 * @self: A session in which nobody is signed in.
 * @token: The secret; blanks around it don't count.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Connects, signs in with @token (PROTOCOL 2.2), has the vault keep it, and then asks for the
 * lists. If anything of that fails, nobody is signed in, and the vault forgets the secret.
 */
void
tok_session_sign_in_async (TokSession *self,
                           const char *token,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TokSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  SignIn *sign_in;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_sign_in_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* Cancelling ends it right away. What it ended with before is true even if it is cancelled then.
   */
  g_task_set_check_cancellable (task, FALSE);

  secret = tok_token_text_dup_trimmed (token);
  if (!check_token (secret, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (self->state != TOK_SESSION_SIGNED_OUT) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s",
                             _ ("This session is in use."));
    return;
  }

  sign_in = g_new0 (SignIn, 1);
  sign_in->secret = g_steal_pointer (&secret);
  g_task_set_task_data (task, sign_in, free_sign_in);
  self->sign_in = g_object_ref (task);
  if (cancellable != NULL) {
    self->sign_in_cancelled = g_cancellable_source_new (cancellable);
    g_task_attach_source (task, self->sign_in_cancelled, G_SOURCE_FUNC (on_sign_in_cancelled));
  }
  tok_client_start (self->client);
  tok_session_set_state (self, TOK_SESSION_CONNECTING, NULL);
}

/**
 * tok_session_sign_in_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_FIELD and %TOK_ERROR_NEW_PLATFORM for a token that
 *   wasn't sent, %TOK_ERROR_SIGN_IN for one that the service doesn't accept, %TOK_ERROR_VAULT if
 *   it can't be kept, or why the service can't be asked.
 *
 * Returns: Whether somebody is signed in.
 */
gboolean
tok_session_sign_in_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_session_reconnect:
 * @self: A session.
 *
 * Tries at once to get back, if it is offline.
 */
void
tok_session_reconnect (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->state != TOK_SESSION_OFFLINE)
    return;
  if (tok_client_get_state (self->client) == TOK_CLIENT_OPEN) {
    authorize_again (self);
    return;
  }
  tok_client_retry (self->client);
  tok_session_set_state (self, TOK_SESSION_CONNECTING, self->error);
}
