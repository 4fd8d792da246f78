/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-secret.h"

G_BEGIN_DECLS

/**
 * TokRedirectAccount:
 * @login_id: Which account.
 * @secret: What signs in to it.
 * @currency: Its currency, or "" if it has none yet.
 *
 * An account that somebody allowed in the browser.
 */
typedef struct {
  char *login_id;
  TokSecret *secret;
  char *currency;
} TokRedirectAccount;

/**
 * TokRedirect:
 *
 * What a browser brought back from a sign-in: the state, and either accounts or a refusal.
 */
typedef struct _TokRedirect TokRedirect;

TokRedirect *tok_redirect_parse (const char *uri, GError **error);
void tok_redirect_free (TokRedirect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokRedirect, tok_redirect_free)

const char *tok_redirect_get_state (const TokRedirect *self);
const char *tok_redirect_get_refusal (const TokRedirect *self);
GPtrArray *tok_redirect_get_accounts (const TokRedirect *self);

G_END_DECLS
