/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokBrowserSignIn TokBrowserSignIn;
typedef struct _TokSession TokSession;

#define TOK_TYPE_SIGN_IN_PAGE (tok_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (TokSignInPage, tok_sign_in_page, TOK, SIGN_IN_PAGE, GtkWidget)

TokSignInPage *tok_sign_in_page_new (TokAccounts *accounts,
                                     GSettings *settings,
                                     TokBrowserSignIn *browser,
                                     TokSession *again);

void tok_sign_in_page_take_redirect (TokSignInPage *self, const char *uri);

G_END_DECLS
