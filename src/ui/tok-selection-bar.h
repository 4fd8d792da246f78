/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrantSelection TokGrantSelection;

#define TOK_TYPE_SELECTION_BAR (tok_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (TokSelectionBar, tok_selection_bar, TOK, SELECTION_BAR, GtkWidget)

GtkWidget *tok_selection_bar_new (TokGrantSelection *selection, gboolean counts_apps);

G_END_DECLS
