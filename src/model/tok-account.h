/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

#define TOK_TYPE_ACCOUNT (tok_account_get_type ())
G_DECLARE_FINAL_TYPE (TokAccount, tok_account, TOK, ACCOUNT, GObject)

TokAccount *tok_account_new (const char *login_id,
                             const char *currency,
                             gboolean is_virtual,
                             TokScopes scopes,
                             const char *const *unknown_scopes);
TokAccount *tok_account_new_of_user (const char *login_id,
                                     const char *currency,
                                     gboolean is_virtual,
                                     TokScopes scopes,
                                     const char *const *unknown_scopes,
                                     gint64 user_id);

const char *tok_account_get_login_id (TokAccount *self);
const char *tok_account_get_currency (TokAccount *self);
gboolean tok_account_get_is_virtual (TokAccount *self);
TokScopes tok_account_get_scopes (TokAccount *self);
const char *const *tok_account_get_unknown_scopes (TokAccount *self);
gint64 tok_account_get_user_id (TokAccount *self);

G_END_DECLS
