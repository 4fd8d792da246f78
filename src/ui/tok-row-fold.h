/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_ROW_FOLD (tok_row_fold_get_type ())
G_DECLARE_FINAL_TYPE (TokRowFold, tok_row_fold, TOK, ROW_FOLD, GObject)

TokRowFold *tok_row_fold_new (GPtrArray *rows);

void tok_row_fold_start (TokRowFold *self);
gboolean tok_row_fold_contains (TokRowFold *self, GtkWidget *row);

G_END_DECLS
