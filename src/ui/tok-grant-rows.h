/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_GRANT_ROWS (tok_grant_rows_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantRows, tok_grant_rows, TOK, GRANT_ROWS, GtkWidget)

void tok_grant_rows_unsettle (TokGrantRows *self);
gboolean tok_grant_rows_point_out_new (TokGrantRows *self);
void tok_grant_rows_search (TokGrantRows *self);
gboolean tok_grant_rows_focus (TokGrantRows *self);

G_END_DECLS
