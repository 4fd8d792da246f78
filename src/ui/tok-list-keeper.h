/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_LIST_KEEPER (tok_list_keeper_get_type ())
G_DECLARE_FINAL_TYPE (TokListKeeper, tok_list_keeper, TOK, LIST_KEEPER, GObject)

TokListKeeper *tok_list_keeper_new (GtkListBox *list_box,
                                    GListModel *model,
                                    GtkListBoxCreateWidgetFunc create_row,
                                    gpointer user_data);

gboolean tok_list_keeper_get_is_settled (TokListKeeper *self);
void tok_list_keeper_unsettle (TokListKeeper *self);

G_END_DECLS
