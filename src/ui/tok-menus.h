/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tok_menus_create_primary (GtkMenuButton *button, gpointer user_data);
void tok_menus_create_order (GtkMenuButton *button, gpointer user_data);

G_END_DECLS
