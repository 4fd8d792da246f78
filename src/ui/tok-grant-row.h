/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

#define TOK_TYPE_GRANT_ROW (tok_grant_row_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantRow, tok_grant_row, TOK, GRANT_ROW, GtkListBoxRow)

GtkWidget *tok_grant_row_new (TokGrant *grant);

TokGrant *tok_grant_row_get_grant (TokGrantRow *self);
void tok_grant_row_set_can_revoke (TokGrantRow *self, gboolean can_revoke);
void tok_grant_row_set_selected (TokGrantRow *self, gboolean selecting, gboolean selected);
void tok_grant_row_set_now (TokGrantRow *self, GDateTime *now);

G_END_DECLS
