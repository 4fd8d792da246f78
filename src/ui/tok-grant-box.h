/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokGrantSelection TokGrantSelection;
typedef struct _TokListHead TokListHead;

#define TOK_TYPE_GRANT_BOX (tok_grant_box_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantBox, tok_grant_box, TOK, GRANT_BOX, GtkWidget)

void tok_grant_box_show (TokGrantBox *self, TokListHead *head);
void tok_grant_box_set_selection (TokGrantBox *self, TokGrantSelection *selection);
void tok_grant_box_unsettle (TokGrantBox *self);
gboolean tok_grant_box_focus (TokGrantBox *self, TokGrant *grant);

G_END_DECLS
