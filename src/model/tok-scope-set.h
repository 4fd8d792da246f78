/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

#define TOK_TYPE_SCOPE_SET (tok_scope_set_get_type ())
G_DECLARE_FINAL_TYPE (TokScopeSet, tok_scope_set, TOK, SCOPE_SET, GObject)

TokScopeSet *tok_scope_set_new (TokScopes scopes);
TokScopes tok_scope_set_get_scopes (TokScopeSet *self);
void tok_scope_set_set_scopes (TokScopeSet *self, TokScopes scopes);

G_END_DECLS
