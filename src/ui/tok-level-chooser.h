/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrantQuery TokGrantQuery;

#define TOK_TYPE_LEVEL_CHOOSER (tok_level_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TokLevelChooser, tok_level_chooser, TOK, LEVEL_CHOOSER, GtkWidget)

GtkWidget *tok_level_chooser_new (TokGrantQuery *query, gboolean counts_apps);
void tok_level_chooser_recount (TokLevelChooser *self);

G_END_DECLS
