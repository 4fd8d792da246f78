/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokSession TokSession;

#define TOK_TYPE_ACCOUNT_ROW (tok_account_row_get_type ())
G_DECLARE_FINAL_TYPE (TokAccountRow, tok_account_row, TOK, ACCOUNT_ROW, GtkListBoxRow)

GtkWidget *tok_account_row_new (TokSession *session, gboolean is_current);
TokSession *tok_account_row_get_session (TokAccountRow *self);

G_END_DECLS
