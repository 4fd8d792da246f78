/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

#define TOK_TYPE_GRANT_PAGE (tok_grant_page_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantPage, tok_grant_page, TOK, GRANT_PAGE, GtkWidget)

GtkWidget *tok_grant_page_new (void);
TokGrant *tok_grant_page_get_grant (TokGrantPage *self);
void tok_grant_page_set_grant (TokGrantPage *self, TokGrant *grant);
void tok_grant_page_set_session (TokGrantPage *self, TokSession *session, GSettings *settings);

G_END_DECLS
