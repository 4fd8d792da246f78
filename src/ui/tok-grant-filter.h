/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In place of an access level: whichever. */
#define TOK_GRANT_FILTER_ANY (-1)

#define TOK_TYPE_GRANT_FILTER (tok_grant_filter_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantFilter, tok_grant_filter, TOK, GRANT_FILTER, GtkFilter)

TokGrantFilter *tok_grant_filter_new (void);
void tok_grant_filter_set_text (TokGrantFilter *self, const char *text);
void tok_grant_filter_set_level (TokGrantFilter *self, int level);

G_END_DECLS
