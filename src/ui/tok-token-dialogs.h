/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokGrant TokGrant;
typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokSession TokSession;

#define TOK_TYPE_TOKEN_DIALOGS (tok_token_dialogs_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenDialogs, tok_token_dialogs, TOK, TOKEN_DIALOGS, GObject)

TokTokenDialogs *
tok_token_dialogs_new (TokAccounts *accounts, GSettings *settings, TokSecretClipboard *clipboard);

void tok_token_dialogs_set_session (TokTokenDialogs *self, TokSession *session);
void tok_token_dialogs_new_token (TokTokenDialogs *self, GtkWindow *parent);
void tok_token_dialogs_duplicate (TokTokenDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_token_dialogs_replace (TokTokenDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_token_dialogs_test (TokTokenDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_token_dialogs_check_token (TokTokenDialogs *self, GtkWindow *parent);
gboolean tok_token_dialogs_close (TokTokenDialogs *self);

G_END_DECLS
