/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-name-check.h"
#include "tok-scopes.h"

G_BEGIN_DECLS

#define TOK_TYPE_APP (tok_app_get_type ())
G_DECLARE_FINAL_TYPE (TokApp, tok_app, TOK, APP, GObject)

TokApp *tok_app_new (gint64 app_id,
                     const char *name,
                     TokScopes scopes,
                     const char *const *unknown_scopes,
                     GDateTime *last_used,
                     gboolean official,
                     double markup);
TokApp *tok_app_new_full (gint64 app_id,
                          const char *name,
                          TokScopes scopes,
                          const char *const *unknown_scopes,
                          GDateTime *last_used,
                          gboolean is_use_known,
                          gboolean official,
                          double markup);

gint64 tok_app_get_app_id (TokApp *self);
const char *tok_app_get_name (TokApp *self);
TokNameWarning tok_app_get_name_warning (TokApp *self);
TokScopes tok_app_get_scopes (TokApp *self);
const char *const *tok_app_get_unknown_scopes (TokApp *self);
GDateTime *tok_app_get_last_used (TokApp *self);
gboolean tok_app_get_is_use_known (TokApp *self);
gboolean tok_app_get_official (TokApp *self);
double tok_app_get_markup (TokApp *self);

G_END_DECLS
