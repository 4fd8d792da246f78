/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

/* What a person does at the form for a new token, and what it says; whatever it is in. */

GtkEditable *tok_form_hands_get_name_row (gpointer root);
void tok_form_hands_type_name (gpointer root, const char *name);
void tok_form_hands_press_enter (gpointer root);
GtkCheckButton *tok_form_hands_get_box (gpointer root, TokScopes scope);
void tok_form_hands_tick (gpointer root, TokScopes scopes);
GtkSwitch *tok_form_hands_get_only_here (gpointer root);
void tok_form_hands_fill (gpointer root, const char *name, TokScopes scopes, gboolean only_here);

void tok_form_hands_assert (gpointer root, const char *name, TokScopes scopes, gboolean only_here);
void tok_form_hands_assert_hint (gpointer root, const char *hint, gboolean is_wrong);

G_END_DECLS
