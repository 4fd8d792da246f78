/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-secret.h"

G_BEGIN_DECLS

#define TOK_TYPE_PASTE_FORM (tok_paste_form_get_type ())
G_DECLARE_FINAL_TYPE (TokPasteForm, tok_paste_form, TOK, PASTE_FORM, GtkWidget)

void tok_paste_form_follow (TokPasteForm *self, GSettings *settings, gboolean can_keep);
TokSecret *tok_paste_form_dup_token (TokPasteForm *self);
gboolean tok_paste_form_get_remember (TokPasteForm *self);
void tok_paste_form_clear (TokPasteForm *self);
void tok_paste_form_set_is_wrong (TokPasteForm *self, gboolean is_wrong);

G_END_DECLS
