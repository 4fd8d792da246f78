/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSecretClipboard TokSecretClipboard;
typedef struct _TokSession TokSession;

#define TOK_TYPE_COPIER (tok_copier_get_type ())
G_DECLARE_FINAL_TYPE (TokCopier, tok_copier, TOK, COPIER, GObject)

TokCopier *tok_copier_new (TokSecretClipboard *clipboard);

void tok_copier_copy (TokCopier *self, TokSession *session, TokGrant *grant);

G_END_DECLS
