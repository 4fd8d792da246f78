/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokSession TokSession;

GtkWidget *tok_remove_question_new (GtkWindow *parent, TokAccounts *accounts, TokSession *session);

G_END_DECLS
