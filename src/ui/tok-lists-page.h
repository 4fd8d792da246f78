/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-grant-rows.h"

G_BEGIN_DECLS

#define TOK_TYPE_LISTS_PAGE (tok_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (TokListsPage, tok_lists_page, TOK, LISTS_PAGE, GtkWidget)

TokGrantRows *tok_lists_page_get_rows (TokListsPage *self);
void tok_lists_page_show_view (TokListsPage *self, const char *name);
void tok_lists_page_focus_rows (TokListsPage *self);
void tok_lists_page_refresh (TokListsPage *self);
void tok_lists_page_point_out_new (TokListsPage *self);

G_END_DECLS
