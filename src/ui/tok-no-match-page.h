/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_NO_MATCH_PAGE (tok_no_match_page_get_type ())
G_DECLARE_FINAL_TYPE (TokNoMatchPage, tok_no_match_page, TOK, NO_MATCH_PAGE, GtkWidget)

GtkWidget *tok_no_match_page_new (void);

G_END_DECLS
