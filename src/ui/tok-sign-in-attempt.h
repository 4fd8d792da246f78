/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokBrowserSignIn TokBrowserSignIn;
typedef struct _TokSession TokSession;

#define TOK_TYPE_SIGN_IN_ATTEMPT (tok_sign_in_attempt_get_type ())
G_DECLARE_FINAL_TYPE (TokSignInAttempt, tok_sign_in_attempt, TOK, SIGN_IN_ATTEMPT, GObject)

TokSignInAttempt *
tok_sign_in_attempt_new (TokAccounts *accounts, TokBrowserSignIn *browser, TokSession *again);

const char *tok_sign_in_attempt_get_busy_text (TokSignInAttempt *self);
gboolean tok_sign_in_attempt_get_is_in_browser (TokSignInAttempt *self);

void tok_sign_in_attempt_check (TokSignInAttempt *self, const char *address, const char *token);
void tok_sign_in_attempt_open_browser (TokSignInAttempt *self, const char *address);
void tok_sign_in_attempt_open_browser_again (TokSignInAttempt *self);
void tok_sign_in_attempt_take_redirect (TokSignInAttempt *self, const char *uri, gboolean remember);
void tok_sign_in_attempt_cancel (TokSignInAttempt *self);

G_END_DECLS
