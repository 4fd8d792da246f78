/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_SIGN_IN_PAGE (tok_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (TokSignInPage, tok_sign_in_page, TOK, SIGN_IN_PAGE, GtkWidget)

G_END_DECLS
