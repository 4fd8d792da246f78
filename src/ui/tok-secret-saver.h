/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokToken TokToken;

#define TOK_TYPE_SECRET_SAVER (tok_secret_saver_get_type ())
G_DECLARE_FINAL_TYPE (TokSecretSaver, tok_secret_saver, TOK, SECRET_SAVER, GObject)

void tok_secret_saver_set_token (TokSecretSaver *self, TokToken *token);
void tok_secret_saver_ask (TokSecretSaver *self, GtkWindow *parent);
gboolean tok_secret_saver_get_is_saved (TokSecretSaver *self);

G_END_DECLS
