/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

/**
 * TokAccessLevel:
 * @TOK_ACCESS_LEVEL_NONE: No scope at all.
 * @TOK_ACCESS_LEVEL_VIEW: May look, and no more.
 * @TOK_ACCESS_LEVEL_TRADE: May buy and sell.
 * @TOK_ACCESS_LEVEL_MONEY: May move money.
 * @TOK_ACCESS_LEVEL_FULL: May do everything, because it may make tokens for everything.
 * @TOK_ACCESS_LEVEL_UNKNOWN: Has a scope that this program doesn't know; warns like the highest.
 *
 * What a set of scopes amounts to, the highest wins; later values sort higher.
 */
typedef enum {
  TOK_ACCESS_LEVEL_NONE,
  TOK_ACCESS_LEVEL_VIEW,
  TOK_ACCESS_LEVEL_TRADE,
  TOK_ACCESS_LEVEL_MONEY,
  TOK_ACCESS_LEVEL_FULL,
  TOK_ACCESS_LEVEL_UNKNOWN,
} TokAccessLevel;

#define TOK_TYPE_ACCESS_LEVEL (tok_access_level_get_type ())
GType tok_access_level_get_type (void);

TokAccessLevel tok_access_level_from_scopes (TokScopes scopes);
const char *tok_access_level_get_label (TokAccessLevel level);
const char *tok_access_level_get_icon_name (TokAccessLevel level);

/**
 * TokAbility:
 * @id: What tests and code call it.
 * @scopes: The scopes any one of which is enough.
 * @sentence: What its holder can do, untranslated, in the form "buy and sell contracts".
 *
 * One thing that an access can let its holder do (PROTOCOL 5).
 */
typedef struct {
  const char *id;
  TokScopes scopes;
  const char *sentence;
} TokAbility;

const TokAbility *tok_access_get_abilities (guint *n_abilities);
gboolean tok_access_allows (TokScopes scopes, const TokAbility *ability);
TokScopes tok_access_find_cover (TokScopes scopes, TokScopes scope);
char **tok_access_dup_can (TokScopes scopes);
char **tok_access_dup_cannot (TokScopes scopes);

G_END_DECLS
