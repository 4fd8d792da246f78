/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TokScopes:
 * @TOK_SCOPE_READ: View account activity.
 * @TOK_SCOPE_TRADE: Buy and sell contracts.
 * @TOK_SCOPE_PAYMENTS: Move money.
 * @TOK_SCOPE_TRADING_INFORMATION: View the trading history.
 * @TOK_SCOPE_ADMIN: Open accounts, change settings, manage tokens.
 * @TOK_SCOPE_UNKNOWN: At least one scope that this program doesn't know; its raw id is kept aside.
 *
 * Permissions of a token or an app, in the order in which people see them (PROTOCOL 5).
 */
typedef enum {
  TOK_SCOPE_NONE = 0,
  TOK_SCOPE_READ = 1 << 0,
  TOK_SCOPE_TRADE = 1 << 1,
  TOK_SCOPE_PAYMENTS = 1 << 2,
  TOK_SCOPE_TRADING_INFORMATION = 1 << 3,
  TOK_SCOPE_ADMIN = 1 << 4,
  TOK_SCOPE_UNKNOWN = 1 << 5,
} TokScopes;

#define TOK_N_SCOPES 5
#define TOK_SCOPE_ALL ((TokScopes) 0x1f)
#define TOK_SCOPE_NTH(n) ((TokScopes) (1 << (n)))

#define TOK_TYPE_SCOPES (tok_scopes_get_type ())
GType tok_scopes_get_type (void);

TokScopes tok_scope_from_id (const char *id);
const char *tok_scope_get_id (TokScopes scope);
const char *tok_scope_get_label (TokScopes scope);
const char *tok_scope_get_description (TokScopes scope);

TokScopes tok_scopes_from_ids (const char *const *ids, char ***unknown);
char **tok_scopes_to_ids (TokScopes scopes);
char *tok_scopes_to_text (TokScopes scopes, const char *const *unknown);

G_END_DECLS
