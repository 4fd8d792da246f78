/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-grant-rows.h"

G_BEGIN_DECLS

#define TOK_TYPE_GRANT_LIST (tok_grant_list_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantList, tok_grant_list, TOK, GRANT_LIST, GtkWidget)

TokGrantRows *tok_grant_list_get_rows (TokGrantList *self);
void tok_grant_list_unsettle (TokGrantList *self);
gboolean tok_grant_list_point_out_new (TokGrantList *self);

G_END_DECLS
