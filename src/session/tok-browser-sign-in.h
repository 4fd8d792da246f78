/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-times.h"

G_BEGIN_DECLS

#define TOK_TYPE_BROWSER_SIGN_IN (tok_browser_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (TokBrowserSignIn, tok_browser_sign_in, TOK, BROWSER_SIGN_IN, GObject)

TokBrowserSignIn *tok_browser_sign_in_new (const TokTimes *times);

char *tok_browser_sign_in_begin (TokBrowserSignIn *self, const char *address);
void tok_browser_sign_in_cancel (TokBrowserSignIn *self);
GPtrArray *
tok_browser_sign_in_take (TokBrowserSignIn *self, const char *uri, char **address, GError **error);

gboolean tok_browser_sign_in_get_is_waiting (TokBrowserSignIn *self);

G_END_DECLS
