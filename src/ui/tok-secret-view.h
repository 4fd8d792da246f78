/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokToken TokToken;

#define TOK_TYPE_SECRET_VIEW (tok_secret_view_get_type ())
G_DECLARE_FINAL_TYPE (TokSecretView, tok_secret_view, TOK, SECRET_VIEW, GtkWidget)

void tok_secret_view_show_token (TokSecretView *self, TokToken *token, TokScopes asked_for);
void tok_secret_view_forget (TokSecretView *self);
gboolean tok_secret_view_get_has_copy (TokSecretView *self);
gboolean tok_secret_view_get_has_shown_qr (TokSecretView *self);
void tok_secret_view_copy (TokSecretView *self);
GtkWidget *tok_secret_view_new_close_question (TokSecretView *self, GSettings *settings);

G_END_DECLS
