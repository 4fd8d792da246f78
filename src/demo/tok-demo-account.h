/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-app.h"
#include "tok-demo-history.h"
#include "tok-demo-token.h"

G_BEGIN_DECLS

#define TOK_DEMO_MAX_TOKENS 30

/**
 * TokDemoLogin:
 * @login_id: Its login id.
 * @category: "trading" or "wallet".
 * @type: What the operator calls this kind of account.
 * @currency: Its currency, or "" if none was chosen yet.
 * @currency_type: "fiat" or "crypto", or "" if there is no currency.
 * @is_virtual: Whether its money is not real.
 * @age: In days.
 * @balance: What is in it, in its currency.
 *
 * How an account is listed beside its owner's others (PROTOCOL 2.2).
 */
typedef struct {
  const char *login_id;
  const char *category;
  const char *type;
  const char *currency;
  const char *currency_type;
  gboolean is_virtual;
  guint age;
  double balance;
} TokDemoLogin;

/**
 * TokDemoAccount:
 *
 * What the service knows of one account: its API tokens, its connected apps, and what happened on
 * it.
 */
typedef struct _TokDemoAccount TokDemoAccount;

TokDemoAccount *tok_demo_account_new (const TokDemoLogin *login);
void tok_demo_account_free (TokDemoAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoAccount, tok_demo_account_free)

const TokDemoLogin *tok_demo_account_get_login (const TokDemoAccount *self);
GPtrArray *tok_demo_account_get_tokens (TokDemoAccount *self);
GPtrArray *tok_demo_account_get_apps (TokDemoAccount *self);

void tok_demo_account_set_own_token (TokDemoAccount *self, TokDemoToken *token);
TokDemoToken *tok_demo_account_get_own_token (TokDemoAccount *self);
TokDemoToken *tok_demo_account_find_secret (TokDemoAccount *self, const char *secret);
const char *tok_demo_account_check_name (TokDemoAccount *self, const char *name);
TokDemoToken *tok_demo_account_add_token (TokDemoAccount *self,
                                          const char *name,
                                          const char *secret,
                                          TokScopes scopes);
void tok_demo_account_restore_token (TokDemoAccount *self, TokDemoToken *token);
gboolean tok_demo_account_delete_token (TokDemoAccount *self, const char *listed, gboolean masks);

TokDemoApp *tok_demo_account_find_app (TokDemoAccount *self, gint64 app_id);
void tok_demo_account_add_app (TokDemoAccount *self, const TokDemoApp *app);
void tok_demo_account_revoke_app (TokDemoAccount *self, gint64 app_id);

void tok_demo_account_set_history (TokDemoAccount *self, TokDemoHistory *history);
TokDemoHistory *tok_demo_account_get_history (TokDemoAccount *self);

guint tok_demo_account_get_n_changes (const TokDemoAccount *self);

G_END_DECLS
