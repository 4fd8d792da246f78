/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_REPLACE_CHECK (tok_replace_check_get_type ())
G_DECLARE_FINAL_TYPE (TokReplaceCheck, tok_replace_check, TOK, REPLACE_CHECK, GtkWidget)

void tok_replace_check_focus_later (TokReplaceCheck *self);

G_END_DECLS
