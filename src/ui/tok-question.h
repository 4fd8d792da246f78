/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *tok_question_new (GtkWindow *parent,
                             const char *heading,
                             const char *body,
                             const char *no_label,
                             const char *yes_label);
gboolean tok_question_is_yes (const char *response);
void tok_question_add_yes (GtkWidget *self, const char *label);
void tok_question_add_other (GtkWidget *self, const char *label);
gboolean tok_question_is_other (const char *response);

G_END_DECLS
