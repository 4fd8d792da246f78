/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_LEVEL_BUTTON (tok_level_button_get_type ())
G_DECLARE_FINAL_TYPE (TokLevelButton, tok_level_button, TOK, LEVEL_BUTTON, GtkToggleButton)

GtkWidget *tok_level_button_new (int level, gboolean counts_apps);
int tok_level_button_get_level (TokLevelButton *self);
void tok_level_button_set_count (TokLevelButton *self, guint count);

const char *tok_level_button_get_words (int level);
char *tok_level_button_describe (int level, gboolean counts_apps, guint count);

G_END_DECLS
