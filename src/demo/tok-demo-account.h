/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-token.h"

G_BEGIN_DECLS

#define TOK_DEMO_MAX_TOKENS 30

/**
 * TokDemoApp:
 * @app_id: Its id.
 * @name: Its name; any text.
 * @scopes: What it asked for and got.
 * @last_used: In microseconds since 1970; 0 is never.
 * @official: Whether the operator made it.
 * @markup: What it adds to each contract, in percent.
 *
 * A connected app as the service keeps it (PROTOCOL 2.5); its name is a static string.
 */
typedef struct {
  gint64 app_id;
  const char *name;
  TokScopes scopes;
  gint64 last_used;
  gboolean official;
  double markup;
} TokDemoApp;

/**
 * TokDemoVisit:
 * @action: "login" or "logout".
 * @time: In seconds since 1970.
 * @address: Where from.
 * @country: Where that is.
 * @browser: With what.
 * @version: Which of it.
 * @os: On what.
 * @failed: Whether it failed.
 *
 * A row of the login history (PROTOCOL 2.7); its texts are static or interned strings.
 */
typedef struct {
  const char *action;
  gint64 time;
  const char *address;
  const char *country;
  const char *browser;
  const char *version;
  const char *os;
  gboolean failed;
} TokDemoVisit;

/**
 * TokDemoAccount:
 *
 * What the service knows of one account: its tokens, its connected apps, its login history.
 */
typedef struct _TokDemoAccount TokDemoAccount;

TokDemoAccount *tok_demo_account_new (void);
void tok_demo_account_free (TokDemoAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoAccount, tok_demo_account_free)

GPtrArray *tok_demo_account_get_tokens (TokDemoAccount *self);
GPtrArray *tok_demo_account_get_apps (TokDemoAccount *self);
GPtrArray *tok_demo_account_get_visits (TokDemoAccount *self);

TokDemoToken *tok_demo_account_find_secret (TokDemoAccount *self, const char *secret);
const char *tok_demo_account_check_name (TokDemoAccount *self, const char *name);
TokDemoToken *tok_demo_account_add_token (TokDemoAccount *self,
                                          const char *name,
                                          const char *secret,
                                          TokScopes scopes);
gboolean tok_demo_account_delete_token (TokDemoAccount *self, const char *listed, gboolean masks);

void tok_demo_account_add_app (TokDemoAccount *self, const TokDemoApp *app);
void tok_demo_account_revoke_app (TokDemoAccount *self, gint64 app_id);
void tok_demo_account_add_visit (TokDemoAccount *self, const TokDemoVisit *visit);

G_END_DECLS
