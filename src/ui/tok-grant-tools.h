/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrantQuery TokGrantQuery;

#define TOK_TYPE_GRANT_TOOLS (tok_grant_tools_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantTools, tok_grant_tools, TOK, GRANT_TOOLS, GtkWidget)

GtkWidget *tok_grant_tools_new (TokGrantQuery *query, gboolean counts_apps);
void tok_grant_tools_recount (TokGrantTools *self);

G_END_DECLS
