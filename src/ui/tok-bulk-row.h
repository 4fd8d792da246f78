/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-grant.h"

G_BEGIN_DECLS

#define TOK_TYPE_BULK_ROW (tok_bulk_row_get_type ())
G_DECLARE_FINAL_TYPE (TokBulkRow, tok_bulk_row, TOK, BULK_ROW, GtkListBoxRow)

GtkWidget *tok_bulk_row_new (TokGrant *grant, const char *reason);

G_END_DECLS
