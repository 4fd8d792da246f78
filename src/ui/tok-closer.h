/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TokCloserQuestion:
 * @dialog: A dialog that is to be closed.
 *
 * Returns: (transfer none) (nullable): A [func@question_new] whether to close it; %NULL if nothing
 *   is lost then.
 */
typedef GtkWidget *(*TokCloserQuestion) (GtkWindow *dialog);

#define TOK_TYPE_CLOSER (tok_closer_get_type ())
G_DECLARE_FINAL_TYPE (TokCloser, tok_closer, TOK, CLOSER, GObject)

TokCloser *tok_closer_new (GtkWindow *dialog, TokCloserQuestion new_question);

gboolean tok_closer_is_in_the_way (TokCloser *self);
gboolean tok_closer_is_asking (TokCloser *self);
void tok_closer_ask (TokCloser *self, GtkWidget *question, GCallback on_response);
void tok_closer_drop_question (TokCloser *self);

G_END_DECLS
