/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-error.h"
#include "tok-vault.h"

G_BEGIN_DECLS

#define TOK_TYPE_FAKE_VAULT (tok_fake_vault_get_type ())
G_DECLARE_FINAL_TYPE (TokFakeVault, tok_fake_vault, TOK, FAKE_VAULT, GObject)

/**
 * TokFakeVaultCall:
 * @TOK_FAKE_VAULT_STORE: To keep a secret.
 * @TOK_FAKE_VAULT_LOOKUP: To give it.
 * @TOK_FAKE_VAULT_FORGET: To wipe it.
 * @TOK_FAKE_VAULT_LIST: To tell what there are copies of.
 * @TOK_FAKE_VAULT_UNLOCK: To let itself be opened.
 *
 * What can be asked of a vault.
 */
typedef enum {
  TOK_FAKE_VAULT_STORE,
  TOK_FAKE_VAULT_LOOKUP,
  TOK_FAKE_VAULT_FORGET,
  TOK_FAKE_VAULT_LIST,
  TOK_FAKE_VAULT_UNLOCK,
  TOK_FAKE_VAULT_N_CALLS,
} TokFakeVaultCall;

/**
 * TokFakeVaultCode:
 * @name: For the name of a test; %NULL behind the last.
 * @code: The code.
 *
 * What a vault can fail with.
 */
typedef struct {
  const char *name;
  TokError code;
} TokFakeVaultCode;

extern const TokFakeVaultCode tok_fake_vault_codes[];

TokFakeVault *tok_fake_vault_new (void);

void tok_fake_vault_set_broken (TokFakeVault *self, TokFakeVaultCall call, gboolean broken);
void tok_fake_vault_set_failure (TokFakeVault *self, TokFakeVaultCall call, TokError code);
void tok_fake_vault_set_held (TokFakeVault *self, gboolean held);
guint tok_fake_vault_get_n_held (TokFakeVault *self);

guint tok_fake_vault_get_n_calls (TokFakeVault *self, TokFakeVaultCall call);
guint tok_fake_vault_get_n_secrets (TokFakeVault *self);
const char *tok_fake_vault_peek (TokFakeVault *self, const char *service, const char *login_id);
void tok_fake_vault_put (TokFakeVault *self,
                         const char *service,
                         const char *login_id,
                         const char *secret);
const char *tok_fake_vault_peek_copy (TokFakeVault *self,
                                      const char *service,
                                      const char *login_id,
                                      const char *token_name);
void tok_fake_vault_put_copy (TokFakeVault *self,
                              const char *service,
                              const char *login_id,
                              const char *token_name,
                              const char *secret);

G_END_DECLS
