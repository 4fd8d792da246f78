/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_UNLISTED_NOTE (tok_unlisted_note_get_type ())
G_DECLARE_FINAL_TYPE (TokUnlistedNote, tok_unlisted_note, TOK, UNLISTED_NOTE, GtkWidget)

G_END_DECLS
