/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_HASTE_GUARD (tok_haste_guard_get_type ())
G_DECLARE_FINAL_TYPE (TokHasteGuard, tok_haste_guard, TOK, HASTE_GUARD, GObject)

TokHasteGuard *tok_haste_guard_new (GtkWidget *widget);
void tok_haste_guard_unsettle (TokHasteGuard *self);
gboolean tok_haste_guard_get_is_settled (TokHasteGuard *self);
void tok_haste_guard_suspect_key (TokHasteGuard *self);

gint64 tok_haste_guard_find_settled (GtkWidget *widget);

G_END_DECLS
