/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokToken TokToken;

#define TOK_TYPE_QR_BUTTON (tok_qr_button_get_type ())
G_DECLARE_FINAL_TYPE (TokQrButton, tok_qr_button, TOK, QR_BUTTON, GtkWidget)

void tok_qr_button_set_token (TokQrButton *self, TokToken *token);
gboolean tok_qr_button_get_was_shown (TokQrButton *self);

G_END_DECLS
