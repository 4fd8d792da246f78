/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"
#include "tok-secret.h"

G_BEGIN_DECLS

/**
 * TokDemoToken:
 * @login_id: The account that it is for; a static string.
 * @app_id: The app that has got it by OAuth and may use it; 0 if it is an API token.
 * @name: Unique within the account; of an OAuth token, the app's.
 * @secret: What signs in; wiped when the token is freed.
 * @mask: How lists show @secret.
 * @scopes: What it permits.
 * @last_used: In seconds since 1970; 0 is never.
 * @address: (nullable): The only address that it may be used from.
 * @gone: Whether it was deleted, which those who signed in with it learn at their next call.
 *
 * A token as the service keeps it (PROTOCOL 2.4 and 4.1).
 */
typedef struct {
  const char *login_id;
  gint64 app_id;
  char *name;
  char *secret;
  char *mask;
  TokScopes scopes;
  gint64 last_used;
  char *address;
  gboolean gone;
} TokDemoToken;

TokDemoToken *
tok_demo_token_new (const char *login_id, const char *name, const char *secret, TokScopes scopes);
TokDemoToken *tok_demo_token_ref (TokDemoToken *self);
void tok_demo_token_unref (TokDemoToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoToken, tok_demo_token_unref)

gboolean tok_demo_token_is_secret (const char *text);
char *tok_demo_token_dup_mask (const char *secret);
char *tok_demo_token_dup_random_secret (void);

G_END_DECLS
