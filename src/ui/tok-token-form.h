/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

#define TOK_TYPE_TOKEN_FORM (tok_token_form_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenForm, tok_token_form, TOK, TOKEN_FORM, GtkWidget)

void
tok_token_form_prefill (TokTokenForm *self, const char *name, TokScopes scopes, gboolean only_here);
void tok_token_form_set_lead (TokTokenForm *self, const char *lead);
gboolean tok_token_form_is_touched (TokTokenForm *self);
char *tok_token_form_dup_name (TokTokenForm *self);
TokScopes tok_token_form_get_scopes (TokTokenForm *self);
gboolean tok_token_form_get_only_here (TokTokenForm *self);
const char *tok_token_form_get_obstacle (TokTokenForm *self);
void tok_token_form_set_complaint (TokTokenForm *self, const char *complaint);
void tok_token_form_set_replaced (TokTokenForm *self, TokGrant *replaced);

G_END_DECLS
