/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

#define TOK_TOKEN_SECRET_MAX 128

#define TOK_TYPE_TOKEN (tok_token_get_type ())
G_DECLARE_FINAL_TYPE (TokToken, tok_token, TOK, TOKEN, GObject)

TokToken *tok_token_new (const char *name,
                         const char *listed_value,
                         TokScopes scopes,
                         const char *const *unknown_scopes,
                         GDateTime *last_used,
                         const char *valid_for_ip);
TokToken *tok_token_new_full (const char *name,
                              const char *listed_value,
                              TokScopes scopes,
                              const char *const *unknown_scopes,
                              GDateTime *last_used,
                              gboolean is_use_known,
                              const char *valid_for_ip);

const char *tok_token_get_name (TokToken *self);
const char *tok_token_get_listed_value (TokToken *self);
TokScopes tok_token_get_scopes (TokToken *self);
const char *const *tok_token_get_unknown_scopes (TokToken *self);
GDateTime *tok_token_get_last_used (TokToken *self);
gboolean tok_token_get_is_use_known (TokToken *self);
const char *tok_token_get_valid_for_ip (TokToken *self);

G_END_DECLS
