/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokGrant TokGrant;
typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokSession TokSession;

#define TOK_TYPE_GRANT_DIALOGS (tok_grant_dialogs_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantDialogs, tok_grant_dialogs, TOK, GRANT_DIALOGS, GObject)

TokGrantDialogs *
tok_grant_dialogs_new (TokAccounts *accounts, GSettings *settings, TokSecretClipboard *clipboard);

void tok_grant_dialogs_set_session (TokGrantDialogs *self, TokSession *session);
void tok_grant_dialogs_new_token (TokGrantDialogs *self, GtkWindow *parent);
void tok_grant_dialogs_duplicate (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_grant_dialogs_replace (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_grant_dialogs_test (TokGrantDialogs *self, TokGrant *grant, GtkWindow *parent);
void tok_grant_dialogs_revoke_several (TokGrantDialogs *self, GPtrArray *grants, GtkWindow *parent);
void tok_grant_dialogs_revoke_all (TokGrantDialogs *self, GtkWindow *parent);
void tok_grant_dialogs_check_token (TokGrantDialogs *self, GtkWindow *parent);
gboolean tok_grant_dialogs_close (TokGrantDialogs *self);

G_END_DECLS
