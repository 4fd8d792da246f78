/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_TYPE_LIST_HEAD (tok_list_head_get_type ())
G_DECLARE_FINAL_TYPE (TokListHead, tok_list_head, TOK, LIST_HEAD, GObject)

TokListHead *tok_list_head_new (GListModel *model);
guint tok_list_head_get_size (TokListHead *self);
void tok_list_head_set_size (TokListHead *self, guint size);
gboolean tok_list_head_get_is_full (TokListHead *self);
void tok_list_head_fill (TokListHead *self, guint n);

G_END_DECLS
