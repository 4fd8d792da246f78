/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_LEVEL_FILTER (tok_level_filter_get_type ())
G_DECLARE_FINAL_TYPE (TokLevelFilter, tok_level_filter, TOK, LEVEL_FILTER, GtkWidget)

GtkWidget *tok_level_filter_new (GListModel *model, gboolean counts_apps);
int tok_level_filter_get_level (TokLevelFilter *self);
void tok_level_filter_set_level (TokLevelFilter *self, int level);
guint tok_level_filter_get_count (TokLevelFilter *self, int level);
void tok_level_filter_recount (TokLevelFilter *self);

G_END_DECLS
