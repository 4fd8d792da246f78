/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_WRAP_LAYOUT (tok_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (TokWrapLayout, tok_wrap_layout, TOK, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
