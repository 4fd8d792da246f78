/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-private.h"

#include "tok-account.h"

/* The calls of a client, one by one. Each fails with %TOK_ERROR_OFFLINE or %TOK_ERROR_RATE_LIMIT if
 * it wasn't sent, with %TOK_ERROR_UNCONFIRMED if it was sent and isn't answered, with what the
 * service reports (%TOK_ERROR_RATE_LIMIT, too, and then nothing was done), with
 * %TOK_ERROR_GARBLED, or with %G_IO_ERROR_CANCELLED: then it may have been sent or not. */

/**
 * tok_client_ping_async:
 * @self: A client.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks whether the service lives (PROTOCOL 2.1).
 */
void
tok_client_ping_async (TokClient *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_UNCOUNTED, tok_wire_encode_ping (req_id),
                   tok_client_ping_async, cancellable, callback, user_data);
}

/**
 * tok_client_ping_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: Whether it lives.
 */
gboolean
tok_client_ping_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_ping_async, error);

  return answer != NULL && tok_wire_answer_to_pong (answer, error);
}

/**
 * tok_client_authorize_async:
 * @self: A client.
 * @token: The secret to sign in with, in UTF-8; copied, and wiped when it is sent.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Signs in with @token (PROTOCOL 2.2). Calls made after this one are sent when it is answered. If
 * it isn't answered in time, the connection is given up and made anew, because nobody knows in
 * whose name the next call would be.
 */
void
tok_client_authorize_async (TokClient *self,
                            const char *token,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (token != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_AUTHORIZE, tok_wire_encode_authorize (req_id, token),
                   tok_client_authorize_async, cancellable, callback, user_data);
}

/**
 * tok_client_authorize_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (nullable): The account signed in to.
 */
TokAccount *
tok_client_authorize_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_authorize_async, error);

  return answer != NULL ? tok_wire_answer_to_account (answer, error) : NULL;
}

/**
 * tok_client_logout_async:
 * @self: A client.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Ends what [method@Client.authorize_async] began, on this connection; the token stays valid
 * (PROTOCOL 2.3).
 */
void
tok_client_logout_async (TokClient *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_logout (req_id),
                   tok_client_logout_async, cancellable, callback, user_data);
}

/**
 * tok_client_logout_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: Whether it is ended.
 */
gboolean
tok_client_logout_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_logout_async, error);

  return answer != NULL && tok_wire_answer_to_logout (answer, error);
}

/**
 * tok_client_list_tokens_async:
 * @self: A client.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for the API tokens of the account (PROTOCOL 2.4).
 */
void
tok_client_list_tokens_async (TokClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_list_tokens (req_id),
                   tok_client_list_tokens_async, cancellable, callback, user_data);
}

/**
 * tok_client_list_tokens_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @n_unread: (out) (optional): How many more are listed that can't be read.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokToken) (nullable): The API tokens.
 */
GPtrArray *
tok_client_list_tokens_finish (TokClient *self,
                               GAsyncResult *result,
                               guint *n_unread,
                               GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_list_tokens_async, error);

  return answer != NULL ? tok_wire_answer_to_tokens (answer, n_unread, error) : NULL;
}

/**
 * tok_client_create_token_async:
 * @self: A client.
 * @name: What it is to be called, in UTF-8.
 * @scopes: What it is to permit.
 * @only_current_ip: Whether it is to work from the present network address alone.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Creates an API token (PROTOCOL 2.4). Never repeat this after %TOK_ERROR_UNCONFIRMED without a
 * look at the list.
 */
void
tok_client_create_token_async (TokClient *self,
                               const char *name,
                               TokScopes scopes,
                               gboolean only_current_ip,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (name != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN,
                   tok_wire_encode_create_token (req_id, name, scopes, only_current_ip),
                   tok_client_create_token_async, cancellable, callback, user_data);
}

/**
 * tok_client_create_token_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokToken) (nullable): The API tokens; the new one is
 *   listed with its secret, for this once.
 */
GPtrArray *
tok_client_create_token_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_create_token_async, error);

  return answer != NULL ? tok_wire_answer_to_tokens (answer, NULL, error) : NULL;
}

/**
 * tok_client_delete_token_async:
 * @self: A client.
 * @listed_value: Its value, exactly as the list shows it.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Deletes an API token (PROTOCOL 2.4).
 */
void
tok_client_delete_token_async (TokClient *self,
                               const char *listed_value,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (listed_value != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN,
                   tok_wire_encode_delete_token (req_id, listed_value),
                   tok_client_delete_token_async, cancellable, callback, user_data);
}

/**
 * tok_client_delete_token_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @n_unread: (out) (optional): How many more are listed that can't be read.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokToken) (nullable): The API tokens that are left.
 */
GPtrArray *
tok_client_delete_token_finish (TokClient *self,
                                GAsyncResult *result,
                                guint *n_unread,
                                GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_delete_token_async, error);

  return answer != NULL ? tok_wire_answer_to_tokens (answer, n_unread, error) : NULL;
}

/**
 * tok_client_replace_token_async:
 * @self: A client.
 * @listed_value: The value of the one that goes, exactly as the list shows it.
 * @name: What the new one is to be called, in UTF-8.
 * @scopes: What it is to permit.
 * @only_current_ip: Whether it is to work from the present network address alone.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Deletes an API token and creates another one in its place, in one request (PROTOCOL 2.4).
 * Whatever the service refuses, the old one may be deleted by then; never repeat this without a
 * look at the list.
 */
void
tok_client_replace_token_async (TokClient *self,
                                const char *listed_value,
                                const char *name,
                                TokScopes scopes,
                                gboolean only_current_ip,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (listed_value != NULL);
  g_return_if_fail (name != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (
      self, req_id, TOK_REQUEST_PLAIN,
      tok_wire_encode_replace_token (req_id, listed_value, name, scopes, only_current_ip),
      tok_client_replace_token_async, cancellable, callback, user_data);
}

/**
 * tok_client_replace_token_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokToken) (nullable): The API tokens; the new one is
 *   listed with its secret, for this once.
 */
GPtrArray *
tok_client_replace_token_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_replace_token_async, error);

  return answer != NULL ? tok_wire_answer_to_tokens (answer, NULL, error) : NULL;
}

/**
 * tok_client_list_apps_async:
 * @self: A client.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for the connected apps of the account (PROTOCOL 2.5).
 */
void
tok_client_list_apps_async (TokClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_list_apps (req_id),
                   tok_client_list_apps_async, cancellable, callback, user_data);
}

/**
 * tok_client_list_apps_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @n_unread: (out) (optional): How many more are listed that can't be read.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokApp) (nullable): The connected apps.
 */
GPtrArray *
tok_client_list_apps_finish (TokClient *self, GAsyncResult *result, guint *n_unread, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_list_apps_async, error);

  return answer != NULL ? tok_wire_answer_to_apps (answer, n_unread, error) : NULL;
}

/**
 * tok_client_revoke_app_async:
 * @self: A client.
 * @app_id: Which app.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Takes away what the owner allowed an app, on all accounts (PROTOCOL 2.6). It may be repeated;
 * only the list tells whether the app was there before.
 */
void
tok_client_revoke_app_async (TokClient *self,
                             gint64 app_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_revoke_app (req_id, app_id),
                   tok_client_revoke_app_async, cancellable, callback, user_data);
}

/**
 * tok_client_revoke_app_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: Whether the service says that it is done.
 */
gboolean
tok_client_revoke_app_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_revoke_app_async, error);

  return answer != NULL && tok_wire_answer_to_revoked (answer, error);
}
