/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_ACCESS_VIEW (tok_access_view_get_type ())
G_DECLARE_FINAL_TYPE (TokAccessView, tok_access_view, TOK, ACCESS_VIEW, GtkWidget)

G_END_DECLS
