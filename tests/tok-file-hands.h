/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What somebody does who is asked where a file is to go. */

char *tok_file_hands_new_home (void);
GtkWindow *tok_file_hands_find (void);
void tok_file_hands_wait (const char *folder);
void tok_file_hands_go_to (const char *folder);
void tok_file_hands_answer (int response, const char *name);

G_END_DECLS
