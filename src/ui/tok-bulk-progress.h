/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_BULK_PROGRESS (tok_bulk_progress_get_type ())
G_DECLARE_FINAL_TYPE (TokBulkProgress, tok_bulk_progress, TOK, BULK_PROGRESS, GtkBox)

G_END_DECLS
