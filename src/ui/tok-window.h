/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokBrowserSignIn TokBrowserSignIn;

#define TOK_TYPE_WINDOW (tok_window_get_type ())
G_DECLARE_FINAL_TYPE (TokWindow, tok_window, TOK, WINDOW, AdwApplicationWindow)

TokWindow *tok_window_new (GtkApplication *application,
                           TokAccounts *accounts,
                           GSettings *settings,
                           TokBrowserSignIn *browser,
                           gboolean is_starting);

void tok_window_set_is_starting (TokWindow *self, gboolean is_starting);
void tok_window_take_redirect (TokWindow *self, const char *uri);
void tok_window_report (TokWindow *self, const GError *error);

G_END_DECLS
