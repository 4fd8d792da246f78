/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrantBox TokGrantBox;

#define TOK_TYPE_SELECTION_MODE (tok_selection_mode_get_type ())
G_DECLARE_FINAL_TYPE (TokSelectionMode, tok_selection_mode, TOK, SELECTION_MODE, GObject)

TokSelectionMode *tok_selection_mode_new (GtkBox *page, TokGrantBox *rows, GListModel *shown);
gboolean tok_selection_mode_get_can_start (TokSelectionMode *self);
gboolean tok_selection_mode_get_active (TokSelectionMode *self);
void tok_selection_mode_set_active (TokSelectionMode *self, gboolean active);
void tok_selection_mode_select_all (TokSelectionMode *self);
void tok_selection_mode_revoke (TokSelectionMode *self);

G_END_DECLS
