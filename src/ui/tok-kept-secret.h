/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokSession TokSession;

#define TOK_TYPE_KEPT_SECRET (tok_kept_secret_get_type ())
G_DECLARE_FINAL_TYPE (TokKeptSecret, tok_kept_secret, TOK, KEPT_SECRET, GtkWidget)

void tok_kept_secret_set_session (TokKeptSecret *self, TokSession *session, GSettings *settings);

G_END_DECLS
