/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

GtkWidget *tok_revoke_question_new (GtkWindow *parent, TokGrant *grant);

G_END_DECLS
