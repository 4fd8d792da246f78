/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-times.h"

G_BEGIN_DECLS

typedef struct _TokSession TokSession;
typedef struct _TokVault TokVault;

#define TOK_TYPE_ACCOUNTS (tok_accounts_get_type ())
G_DECLARE_FINAL_TYPE (TokAccounts, tok_accounts, TOK, ACCOUNTS, GObject)

TokAccounts *tok_accounts_new (TokVault *keyring, GSettings *settings, const TokTimes *times);

void tok_accounts_restore (TokAccounts *self);
TokSession *tok_accounts_dup_session (TokAccounts *self, const char *address, gboolean is_sample);

gboolean tok_accounts_get_can_keep (TokAccounts *self);
TokSession *tok_accounts_get_current (TokAccounts *self);
void tok_accounts_set_current (TokAccounts *self, TokSession *session);
TokSession *tok_accounts_find_same (TokAccounts *self, TokSession *session);

/* tok-accounts-sign-in.c */
void tok_accounts_check_async (TokAccounts *self,
                               const char *address,
                               const char *token,
                               gboolean is_sample,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TokSession *tok_accounts_check_finish (TokAccounts *self, GAsyncResult *result, GError **error);
void tok_accounts_sign_in_async (TokAccounts *self,
                                 const char *address,
                                 const char *token,
                                 gboolean is_sample,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TokSession *tok_accounts_sign_in_finish (TokAccounts *self, GAsyncResult *result, GError **error);
void tok_accounts_sign_in_from_browser_async (TokAccounts *self,
                                              const char *address,
                                              GPtrArray *accounts,
                                              gboolean remember,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
guint
tok_accounts_sign_in_from_browser_finish (TokAccounts *self, GAsyncResult *result, GError **error);

void tok_accounts_add (TokAccounts *self, TokSession *session, gboolean remember);
void tok_accounts_remove (TokAccounts *self, TokSession *session);
void tok_accounts_remove_sign_in (TokAccounts *self, TokSession *session);

G_END_DECLS
