/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

GtkWidget *tok_replace_question_new (GtkWindow *parent, const char *name, TokScopes scopes);
GtkWidget *tok_replace_question_new_unanswered (GtkWindow *parent, const char *name);

G_END_DECLS
