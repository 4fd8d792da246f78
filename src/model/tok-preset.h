/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

/**
 * TokPreset:
 * @TOK_PRESET_NONE: Nothing is chosen yet.
 * @TOK_PRESET_VIEW: Looking only.
 * @TOK_PRESET_TRADING: Looking and trading.
 * @TOK_PRESET_REPORTING: The trading history.
 * @TOK_PRESET_CUSTOM: Anything else.
 *
 * What people want a token for, in the order in which they see it.
 */
typedef enum {
  TOK_PRESET_NONE,
  TOK_PRESET_VIEW,
  TOK_PRESET_TRADING,
  TOK_PRESET_REPORTING,
  TOK_PRESET_CUSTOM,
} TokPreset;

#define TOK_TYPE_PRESET (tok_preset_get_type ())
GType tok_preset_get_type (void);

TokPreset tok_preset_from_scopes (TokScopes scopes);
const char *tok_preset_get_label (TokPreset preset);
const char *tok_preset_get_purpose (TokPreset preset);
TokScopes tok_preset_get_scopes (TokPreset preset);
gboolean tok_preset_serves_copying (TokPreset preset);

G_END_DECLS
