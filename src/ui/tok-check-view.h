/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_CHECK_VIEW (tok_check_view_get_type ())
G_DECLARE_FINAL_TYPE (TokCheckView, tok_check_view, TOK, CHECK_VIEW, GtkWidget)

G_END_DECLS
