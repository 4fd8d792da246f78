/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokAccounts TokAccounts;
typedef struct _TokSession TokSession;

#define TOK_TYPE_REMOVER (tok_remover_get_type ())
G_DECLARE_FINAL_TYPE (TokRemover, tok_remover, TOK, REMOVER, GObject)

TokRemover *tok_remover_new (TokAccounts *accounts);

void tok_remover_remove (TokRemover *self, TokSession *session, GtkWindow *parent);

G_END_DECLS
