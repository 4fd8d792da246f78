/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokSession TokSession;

#define TOK_TYPE_NEW_TOKEN_DIALOG (tok_new_token_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TokNewTokenDialog, tok_new_token_dialog, TOK, NEW_TOKEN_DIALOG, AdwWindow)

TokNewTokenDialog *tok_new_token_dialog_new (GtkWindow *parent,
                                             TokSession *session,
                                             GSettings *settings,
                                             TokSecretClipboard *clipboard);

void tok_new_token_dialog_prefill (TokNewTokenDialog *self,
                                   const char *name,
                                   TokScopes scopes,
                                   gboolean only_here);
void tok_new_token_dialog_set_lead (TokNewTokenDialog *self, const char *lead);
gboolean tok_new_token_dialog_get_has_created (TokNewTokenDialog *self);

G_END_DECLS
