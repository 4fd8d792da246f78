/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-secret.h"

G_BEGIN_DECLS

#define TOK_TYPE_VAULT (tok_vault_get_type ())
G_DECLARE_INTERFACE (TokVault, tok_vault, TOK, VAULT, GObject)

/**
 * TokVaultKey:
 * @service: Which service, as [func@address_dup_service] names it.
 * @login_id: Which account there.
 * @token_name: (nullable): Which token, for a copy that somebody wants to have at hand; %NULL for
 *   what signs this program in.
 *
 * What a secret is kept under; it reveals nothing of the secret.
 */
typedef struct {
  const char *service;
  const char *login_id;
  const char *token_name;
} TokVaultKey;

/**
 * TokVaultInterface:
 * @store_async: Keeps @secret under @key, in place of an earlier one.
 * @store_finish: Ends it.
 * @lookup_async: Asks for the secret under @key.
 * @lookup_finish: Gives it: (transfer full), or %NULL with an error.
 * @forget_async: Wipes the secret under @key; fine if there is none.
 * @forget_finish: Ends it.
 * @list_copies_async: Asks which tokens of an account there are copies of; reads no secret.
 * @list_copies_finish: Gives their names: (transfer full), or %NULL with an error.
 * @unlock_async: Lets the owner open the vault, which may raise a prompt; fine if it is open.
 * @unlock_finish: Ends it.
 *
 * A place where secrets are kept: the keyring, or the memory of this process. Nothing but
 * @unlock_async asks the owner for anything.
 */
struct _TokVaultInterface {
  GTypeInterface parent_iface;

  void (*store_async) (TokVault *self,
                       const TokVaultKey *key,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*lookup_async) (TokVault *self,
                        const TokVaultKey *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  TokSecret *(*lookup_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*forget_async) (TokVault *self,
                        const TokVaultKey *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*forget_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*list_copies_async) (TokVault *self,
                             const char *service,
                             const char *login_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
  GStrv (*list_copies_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*unlock_async) (TokVault *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*unlock_finish) (TokVault *self, GAsyncResult *result, GError **error);
};

void tok_vault_store_async (TokVault *self,
                            const TokVaultKey *key,
                            const char *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean tok_vault_store_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_lookup_async (TokVault *self,
                             const TokVaultKey *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TokSecret *tok_vault_lookup_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_forget_async (TokVault *self,
                             const TokVaultKey *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean tok_vault_forget_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_list_copies_async (TokVault *self,
                                  const char *service,
                                  const char *login_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GStrv tok_vault_list_copies_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_unlock_async (TokVault *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean tok_vault_unlock_finish (TokVault *self, GAsyncResult *result, GError **error);

G_END_DECLS
