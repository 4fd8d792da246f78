/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokBulk TokBulk;
typedef struct _TokSession TokSession;

#define TOK_TYPE_BULK_DIALOG (tok_bulk_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TokBulkDialog, tok_bulk_dialog, TOK, BULK_DIALOG, AdwWindow)

TokBulkDialog *tok_bulk_dialog_new (GtkWindow *parent, TokSession *session, GPtrArray *grants);

TokBulk *tok_bulk_dialog_get_bulk (TokBulkDialog *self);
void tok_bulk_dialog_set_lead (TokBulkDialog *self, const char *lead);

G_END_DECLS
