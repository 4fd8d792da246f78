/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_QR_CODE (tok_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (TokQrCode, tok_qr_code, TOK, QR_CODE, GtkWidget)

gboolean tok_qr_code_show_secret (TokQrCode *self, const char *secret);
void tok_qr_code_forget (TokQrCode *self);

G_END_DECLS
