/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tok_field_set_is_wrong (GtkWidget *field, gboolean is_wrong);

G_END_DECLS
