/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-grant-rows.h"

G_BEGIN_DECLS

#define TOK_TYPE_LIST_BUTTONS (tok_list_buttons_get_type ())
G_DECLARE_FINAL_TYPE (TokListButtons, tok_list_buttons, TOK, LIST_BUTTONS, GtkWidget)

void tok_list_buttons_set_rows (TokListButtons *self, TokGrantRows *rows);

G_END_DECLS
