/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

gboolean tok_create_question_is_due (TokScopes scopes);
GtkWidget *tok_create_question_new (GtkWindow *parent, TokScopes scopes, gboolean is_virtual);
GtkWidget *tok_create_question_new_discard (GtkWindow *parent);
GtkWidget *tok_create_question_new_unanswered (GtkWindow *parent);
GtkWidget *tok_create_question_new_uncopied (GtkWindow *parent, gboolean has_shown_qr);

G_END_DECLS
