/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_ERROR_NOTE (tok_error_note_get_type ())
G_DECLARE_FINAL_TYPE (TokErrorNote, tok_error_note, TOK, ERROR_NOTE, GtkWidget)

void tok_error_note_say (TokErrorNote *self,
                         const char *sentence,
                         const char *detail,
                         const char *button_label);

G_END_DECLS
