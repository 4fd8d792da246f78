/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_SESSION_STRIPS (tok_session_strips_get_type ())
G_DECLARE_FINAL_TYPE (TokSessionStrips, tok_session_strips, TOK, SESSION_STRIPS, GtkWidget)

void tok_session_strips_go_on (TokSessionStrips *self);

G_END_DECLS
