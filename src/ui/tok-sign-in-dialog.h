/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tok-sign-in-page.h"

G_BEGIN_DECLS

#define TOK_TYPE_SIGN_IN_DIALOG (tok_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TokSignInDialog, tok_sign_in_dialog, TOK, SIGN_IN_DIALOG, AdwWindow)

TokSignInDialog *tok_sign_in_dialog_new (GtkWindow *parent, TokSignInPage *page);
TokSignInPage *tok_sign_in_dialog_get_page (TokSignInDialog *self);

G_END_DECLS
