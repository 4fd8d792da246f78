/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-vault.h"

G_DEFINE_INTERFACE (TokVault, tok_vault, G_TYPE_OBJECT)

static void
tok_vault_default_init (TokVaultInterface *iface)
{
}

/**
 * tok_vault_store_async:
 * @self: A vault.
 * @service: The address of the service that the secret is for.
 * @login_id: The account that it signs in to.
 * @secret: The secret.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Keeps @secret under @service and @login_id, in place of an earlier one.
 */
void
tok_vault_store_async (TokVault *self,
                       const char *service,
                       const char *login_id,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (service != NULL && login_id != NULL && secret != NULL);

  TOK_VAULT_GET_IFACE (self)->store_async (self, service, login_id, secret, cancellable, callback,
                                           user_data);
}

/**
 * tok_vault_store_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT.
 *
 * Returns: Whether the secret is kept.
 */
gboolean
tok_vault_store_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), FALSE);

  return TOK_VAULT_GET_IFACE (self)->store_finish (self, result, error);
}

/**
 * tok_vault_lookup_async:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Asks for the secret under @service and @login_id.
 */
void
tok_vault_lookup_async (TokVault *self,
                        const char *service,
                        const char *login_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (service != NULL && login_id != NULL);

  TOK_VAULT_GET_IFACE (self)->lookup_async (self, service, login_id, cancellable, callback,
                                            user_data);
}

/**
 * tok_vault_lookup_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT, also if no such secret is kept.
 *
 * Returns: (transfer full) (nullable): The secret; free it with [func@secret_free].
 */
TokSecret *
tok_vault_lookup_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), NULL);

  return TOK_VAULT_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * tok_vault_forget_async:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Wipes the secret under @service and @login_id; that there is none is fine.
 */
void
tok_vault_forget_async (TokVault *self,
                        const char *service,
                        const char *login_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (service != NULL && login_id != NULL);

  TOK_VAULT_GET_IFACE (self)->forget_async (self, service, login_id, cancellable, callback,
                                            user_data);
}

/**
 * tok_vault_forget_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT.
 *
 * Returns: Whether no such secret is kept any more.
 */
gboolean
tok_vault_forget_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), FALSE);

  return TOK_VAULT_GET_IFACE (self)->forget_finish (self, result, error);
}
