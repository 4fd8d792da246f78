/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokSession TokSession;

#define TOK_TYPE_REPLACE_DIALOG (tok_replace_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TokReplaceDialog, tok_replace_dialog, TOK, REPLACE_DIALOG, AdwWindow)

TokReplaceDialog *tok_replace_dialog_new (GtkWindow *parent,
                                          TokSession *session,
                                          GSettings *settings,
                                          TokSecretClipboard *clipboard,
                                          TokGrant *old);

gboolean tok_replace_dialog_get_has_created (TokReplaceDialog *self);

G_END_DECLS
