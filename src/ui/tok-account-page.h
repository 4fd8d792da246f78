/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TOK_TYPE_ACCOUNT_PAGE (tok_account_page_get_type ())
G_DECLARE_FINAL_TYPE (TokAccountPage, tok_account_page, TOK, ACCOUNT_PAGE, GtkWidget)

void tok_account_page_show_view (TokAccountPage *self, const char *name);
void tok_account_page_refresh (TokAccountPage *self);
AdwToast *tok_account_page_say (TokAccountPage *self, const char *text);
void tok_account_page_go_back (TokAccountPage *self);
void tok_account_page_new_token (TokAccountPage *self);
void tok_account_page_check_token (TokAccountPage *self);
gboolean tok_account_page_close_dialog (TokAccountPage *self);

G_END_DECLS
