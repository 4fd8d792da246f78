/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_LIST_SEARCH (tok_list_search_get_type ())
G_DECLARE_FINAL_TYPE (TokListSearch, tok_list_search, TOK, LIST_SEARCH, GtkWidget)

void tok_list_search_set_active (TokListSearch *self, gboolean active);
gboolean tok_list_search_get_active (TokListSearch *self);
void tok_list_search_capture (TokListSearch *self, GtkWidget *widget);
gboolean tok_list_search_has_focus (TokListSearch *self);

G_END_DECLS
