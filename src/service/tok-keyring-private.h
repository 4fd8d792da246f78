/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-vault.h"

/* The calls that name an item by its path and make no proxy of it; they are as old as the rest. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

G_BEGIN_DECLS

extern const SecretSchema tok_keyring_schema;

/* The attribute that only copies have. */
#define TOK_KEYRING_TOKEN_NAME "token-name"

GHashTable *tok_keyring_make_attributes (const TokVaultKey *key);
GHashTable *tok_keyring_make_copies_attributes (const char *service, const char *login_id);
char *tok_keyring_make_label (const TokVaultKey *key);
TokSecret *tok_keyring_dup_secret (SecretValue *value, GError **error);

GError *tok_keyring_translate_error (const GError *error, gboolean was_open);
void tok_keyring_return_locked (GTask *task);

/**
 * TokKeyringService:
 *
 * The Secret Service of the session, which is the desktop's keyring, as a vault. What it fails with
 * is what libsecret and D-Bus report, unless only this program can tell what is wrong.
 *
 * libsecret raises a prompt by itself whenever the service wants one; here it gets an error
 * instead. Unlocking does without libsecret.
 */
#define TOK_TYPE_KEYRING_SERVICE (tok_keyring_service_get_type ())
G_DECLARE_FINAL_TYPE (TokKeyringService, tok_keyring_service, TOK, KEYRING_SERVICE, SecretService)

void tok_keyring_service_open_async (GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TokVault *
tok_keyring_service_open_finish (GAsyncResult *result, guint answer_timeout, GError **error);

void tok_keyring_service_find_default_async (TokKeyringService *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean tok_keyring_service_find_default_finish (TokKeyringService *self,
                                                  GAsyncResult *result,
                                                  char **path,
                                                  gboolean *is_locked,
                                                  GError **error);

void tok_keyring_service_init_lookup (TokVaultInterface *iface);
void tok_keyring_service_init_change (TokVaultInterface *iface);
void tok_keyring_service_init_list (TokVaultInterface *iface);
void tok_keyring_service_init_unlock (TokVaultInterface *iface);

/**
 * TokKeyringFile:
 *
 * What libsecret keeps in a file of its own as a vault. It is never locked, and never prompts.
 */
#define TOK_TYPE_KEYRING_FILE (tok_keyring_file_get_type ())
G_DECLARE_FINAL_TYPE (TokKeyringFile, tok_keyring_file, TOK, KEYRING_FILE, GObject)

TokVault *tok_keyring_file_new (void);

G_END_DECLS
