/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_FILE_ASKER (tok_file_asker_get_type ())
G_DECLARE_FINAL_TYPE (TokFileAsker, tok_file_asker, TOK, FILE_ASKER, GObject)

TokFileAsker *tok_file_asker_new (void);

void
tok_file_asker_ask (TokFileAsker *self, GtkWindow *parent, const char *title, const char *name);
void tok_file_asker_give_up (TokFileAsker *self);

G_END_DECLS
