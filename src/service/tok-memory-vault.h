/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-vault.h"

G_BEGIN_DECLS

#define TOK_TYPE_MEMORY_VAULT (tok_memory_vault_get_type ())
G_DECLARE_FINAL_TYPE (TokMemoryVault, tok_memory_vault, TOK, MEMORY_VAULT, GObject)

TokVault *tok_memory_vault_new (void);

G_END_DECLS
