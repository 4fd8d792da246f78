/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_STRIP (tok_strip_get_type ())
G_DECLARE_FINAL_TYPE (TokStrip, tok_strip, TOK, STRIP, GtkWidget)

G_END_DECLS
