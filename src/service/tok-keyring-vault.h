/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-vault.h"

G_BEGIN_DECLS

#define TOK_TYPE_KEYRING_VAULT (tok_keyring_vault_get_type ())
G_DECLARE_FINAL_TYPE (TokKeyringVault, tok_keyring_vault, TOK, KEYRING_VAULT, GObject)

TokVault *tok_keyring_vault_new (void);

void tok_keyring_vault_set_deadline (TokKeyringVault *self, guint milliseconds);

G_END_DECLS
