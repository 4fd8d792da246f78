/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-error.h"
#include "tok-vault.h"

G_BEGIN_DECLS

/* In the place of a TokError. */
#define TOK_KEYRING_FINE (-1)

/* What tests keep. No error message may hold any of it. */
#define TOK_KEYRING_SECRET "a1-firstSecret"
#define TOK_KEYRING_OTHER_SECRET "a1-otherSecret"

#define TOK_KEYRING_SERVICE "wss://service.example/websockets/v3?app_id=1"
extern const TokVaultKey tok_keyring_own;
extern const TokVaultKey tok_keyring_copy;

GSubprocess *tok_keyring_spawn (const char *home, GSubprocessFlags flags, const char *const *argv);

const char *tok_keyring_bus_up (void);
void tok_keyring_bus_down (void);

int tok_keyring_store (TokVault *vault, const TokVaultKey *key, const char *secret);
int tok_keyring_lookup (TokVault *vault, const TokVaultKey *key, TokSecret **secret);
int tok_keyring_forget (TokVault *vault, const TokVaultKey *key);
int tok_keyring_list_copies (TokVault *vault, const TokVaultKey *key, char **names);
int tok_keyring_unlock (TokVault *vault);

void tok_keyring_let_go (TokVault *vault);

void tok_keyring_assert_kept (TokVault *vault, const TokVaultKey *key, const char *secret);
void tok_keyring_assert_not_kept (TokVault *vault, const TokVaultKey *key);

G_END_DECLS
