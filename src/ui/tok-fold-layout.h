/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_FOLD_LAYOUT (tok_fold_layout_get_type ())
G_DECLARE_FINAL_TYPE (TokFoldLayout, tok_fold_layout, TOK, FOLD_LAYOUT, GtkLayoutManager)

GtkLayoutManager *tok_fold_layout_new (void);

void tok_fold_layout_set_open (TokFoldLayout *self, double open);

G_END_DECLS
