/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_SECRET_HIDER (tok_secret_hider_get_type ())
G_DECLARE_FINAL_TYPE (TokSecretHider, tok_secret_hider, TOK, SECRET_HIDER, GObject)

TokSecretHider *tok_secret_hider_new (GtkWidget *widget, guint seconds);
TokSecretHider *tok_secret_hider_attach (GtkWidget *field, GSettings *settings);

G_END_DECLS
