/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-vault.h"

G_DEFINE_INTERFACE (TokVault, tok_vault, G_TYPE_OBJECT)

static gboolean
is_key (const TokVaultKey *key)
{
  return key != NULL && key->service != NULL && key->login_id != NULL;
}

static void
tok_vault_default_init (TokVaultInterface *iface)
{
}

/**
 * tok_vault_store_async:
 * @self: A vault.
 * @key: What it is the secret of; copied.
 * @secret: The secret.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Keeps @secret under @key, in place of an earlier one.
 */
void
tok_vault_store_async (TokVault *self,
                       const TokVaultKey *key,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (is_key (key) && secret != NULL);

  TOK_VAULT_GET_IFACE (self)->store_async (self, key, secret, cancellable, callback, user_data);
}

/**
 * tok_vault_store_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT_MISSING, %TOK_ERROR_VAULT_LOCKED or
 *   %TOK_ERROR_VAULT_FAILED.
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
 * @key: What it is the secret of; copied.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Asks for the secret under @key.
 */
void
tok_vault_lookup_async (TokVault *self,
                        const TokVaultKey *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (is_key (key));

  TOK_VAULT_GET_IFACE (self)->lookup_async (self, key, cancellable, callback, user_data);
}

/**
 * tok_vault_lookup_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT if no such secret is kept, %TOK_ERROR_VAULT_AMBIGUOUS if
 *   there are two that differ, or one of those of [method@Vault.store_finish].
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
 * @key: What it is the secret of; copied.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Wipes the secret under @key; that there is none is fine.
 */
void
tok_vault_forget_async (TokVault *self,
                        const TokVaultKey *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (is_key (key));

  TOK_VAULT_GET_IFACE (self)->forget_async (self, key, cancellable, callback, user_data);
}

/**
 * tok_vault_forget_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT_MISSING, %TOK_ERROR_VAULT_LOCKED or
 *   %TOK_ERROR_VAULT_FAILED.
 *
 * Returns: Whether no such secret is kept any more.
 */
gboolean
tok_vault_forget_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), FALSE);

  return TOK_VAULT_GET_IFACE (self)->forget_finish (self, result, error);
}

/**
 * tok_vault_list_copies_async:
 * @self: A vault.
 * @service: Which service, as in a [struct@VaultKey].
 * @login_id: Which account there.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Asks which tokens of an account there are copies of. No secret is read, so that a locked keyring
 * may tell, too.
 */
void
tok_vault_list_copies_async (TokVault *self,
                             const char *service,
                             const char *login_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));
  g_return_if_fail (service != NULL && login_id != NULL);

  TOK_VAULT_GET_IFACE (self)->list_copies_async (self, service, login_id, cancellable, callback,
                                                 user_data);
}

/**
 * tok_vault_list_copies_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT_LOCKED if nothing is found and there may be something
 *   behind the lock, %TOK_ERROR_VAULT_MISSING or %TOK_ERROR_VAULT_FAILED.
 *
 * Returns: (transfer full) (nullable): The names of those tokens, each once and in no order; empty
 *   if there are none.
 */
GStrv
tok_vault_list_copies_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), NULL);

  return TOK_VAULT_GET_IFACE (self)->list_copies_finish (self, result, error);
}

/**
 * tok_vault_unlock_async:
 * @self: A vault.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Lets the owner open the vault, which may raise a prompt, so it is done only when the owner has
 * asked for it; that it is open is fine.
 */
void
tok_vault_unlock_async (TokVault *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TOK_IS_VAULT (self));

  TOK_VAULT_GET_IFACE (self)->unlock_async (self, cancellable, callback, user_data);
}

/**
 * tok_vault_unlock_finish:
 * @self: A vault.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT_DISMISSED if the owner turned the prompt down, or one of
 *   those of [method@Vault.store_finish].
 *
 * Returns: Whether it is open.
 */
gboolean
tok_vault_unlock_finish (TokVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TOK_IS_VAULT (self), FALSE);

  return TOK_VAULT_GET_IFACE (self)->unlock_finish (self, result, error);
}
