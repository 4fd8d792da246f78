/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;
typedef struct _TokGrant TokGrant;
typedef struct _TokTokenProbe TokTokenProbe;

#define TOK_TYPE_FOUND_TOKEN_VIEW (tok_found_token_view_get_type ())
G_DECLARE_FINAL_TYPE (TokFoundTokenView, tok_found_token_view, TOK, FOUND_TOKEN_VIEW, GtkWidget)

GtkWidget *tok_found_token_view_new (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner);

G_END_DECLS
