/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"
#include "tok-secret.h"

G_BEGIN_DECLS

/**
 * TokDemoToken:
 * @name: Unique within the account.
 * @secret: What signs in; wiped when the token is freed.
 * @mask: How lists show @secret.
 * @scopes: What it permits.
 * @last_used: In seconds since 1970; 0 is never.
 * @address: (nullable): The only address that it may be used from.
 * @gone: Whether it was deleted, which those who signed in with it learn at their next call.
 *
 * An API token as the service keeps it (PROTOCOL 2.4).
 */
typedef struct {
  char *name;
  char *secret;
  char *mask;
  TokScopes scopes;
  gint64 last_used;
  char *address;
  gboolean gone;
} TokDemoToken;

TokDemoToken *tok_demo_token_new (const char *name, const char *secret, TokScopes scopes);
TokDemoToken *tok_demo_token_ref (TokDemoToken *self);
void tok_demo_token_unref (TokDemoToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoToken, tok_demo_token_unref)

gboolean tok_demo_token_is_secret (const char *text);
char *tok_demo_token_dup_mask (const char *secret);
char *tok_demo_token_dup_random_secret (void);

G_END_DECLS
