/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

#define TOK_TYPE_GRANT_SELECTION (tok_grant_selection_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantSelection, tok_grant_selection, TOK, GRANT_SELECTION, GObject)

TokGrantSelection *tok_grant_selection_new (GListModel *model);
gboolean tok_grant_selection_contains (TokGrantSelection *self, TokGrant *grant);
void tok_grant_selection_toggle (TokGrantSelection *self, TokGrant *grant);
void tok_grant_selection_select_all (TokGrantSelection *self);
void tok_grant_selection_clear (TokGrantSelection *self);
guint tok_grant_selection_get_size (TokGrantSelection *self);
GPtrArray *tok_grant_selection_dup_grants (TokGrantSelection *self);

G_END_DECLS
