/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_ACCOUNT_BUTTON (tok_account_button_get_type ())
G_DECLARE_FINAL_TYPE (TokAccountButton, tok_account_button, TOK, ACCOUNT_BUTTON, GtkWidget)

G_END_DECLS
