/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_REPLACE_CHOICE (tok_replace_choice_get_type ())
G_DECLARE_FINAL_TYPE (TokReplaceChoice, tok_replace_choice, TOK, REPLACE_CHOICE, GtkWidget)

G_END_DECLS
