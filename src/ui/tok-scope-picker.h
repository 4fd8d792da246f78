/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

#define TOK_TYPE_SCOPE_PICKER (tok_scope_picker_get_type ())
G_DECLARE_FINAL_TYPE (TokScopePicker, tok_scope_picker, TOK, SCOPE_PICKER, GtkWidget)

TokScopes tok_scope_picker_get_scopes (TokScopePicker *self);
void tok_scope_picker_set_scopes (TokScopePicker *self, TokScopes scopes);

G_END_DECLS
