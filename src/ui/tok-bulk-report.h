/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokBulk TokBulk;

#define TOK_TYPE_BULK_REPORT (tok_bulk_report_get_type ())
G_DECLARE_FINAL_TYPE (TokBulkReport, tok_bulk_report, TOK, BULK_REPORT, GtkBox)

void tok_bulk_report_show (TokBulkReport *self, TokBulk *bulk, const char *login_id);

G_END_DECLS
