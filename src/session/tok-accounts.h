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

TokAccounts *tok_accounts_new (TokVault *vault, const TokTimes *times);

TokSession *tok_accounts_get_current (TokAccounts *self);

void tok_accounts_sign_in_async (TokAccounts *self,
                                 const char *address,
                                 const char *token,
                                 gboolean is_sample,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TokSession *tok_accounts_sign_in_finish (TokAccounts *self, GAsyncResult *result, GError **error);

void tok_accounts_remove (TokAccounts *self, TokSession *session);

G_END_DECLS
