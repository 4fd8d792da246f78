/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-secret.h"

G_BEGIN_DECLS

#define TOK_TYPE_VAULT (tok_vault_get_type ())
G_DECLARE_INTERFACE (TokVault, tok_vault, TOK, VAULT, GObject)

/**
 * TokVaultInterface:
 * @store_async: Keeps @secret under @service and @login_id, in place of an earlier one.
 * @store_finish: Ends it.
 * @lookup_async: Asks for the secret under @service and @login_id.
 * @lookup_finish: Gives it: (transfer full), or %NULL with %TOK_ERROR_VAULT.
 * @forget_async: Wipes the secret under @service and @login_id; fine if there is none.
 * @forget_finish: Ends it.
 *
 * A place where secrets are kept: the keyring, or the memory of this process.
 */
struct _TokVaultInterface {
  GTypeInterface parent_iface;

  void (*store_async) (TokVault *self,
                       const char *service,
                       const char *login_id,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*lookup_async) (TokVault *self,
                        const char *service,
                        const char *login_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  TokSecret *(*lookup_finish) (TokVault *self, GAsyncResult *result, GError **error);
  void (*forget_async) (TokVault *self,
                        const char *service,
                        const char *login_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*forget_finish) (TokVault *self, GAsyncResult *result, GError **error);
};

void tok_vault_store_async (TokVault *self,
                            const char *service,
                            const char *login_id,
                            const char *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean tok_vault_store_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_lookup_async (TokVault *self,
                             const char *service,
                             const char *login_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TokSecret *tok_vault_lookup_finish (TokVault *self, GAsyncResult *result, GError **error);
void tok_vault_forget_async (TokVault *self,
                             const char *service,
                             const char *login_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean tok_vault_forget_finish (TokVault *self, GAsyncResult *result, GError **error);

G_END_DECLS
