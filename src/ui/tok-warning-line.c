/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-warning-line.h"

/**
 * tok_warning_line_new:
 * @sentence: What to beware of; no markup.
 *
 * Returns: (transfer floating): That with an icon before it, so that it isn't overlooked.
 */
GtkWidget *
tok_warning_line_new (const char *sentence)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *icon
      = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                      "icon-name", "dialog-warning-symbolic", "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", sentence, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (grid, "warning-line");
  gtk_grid_attach (GTK_GRID (grid), icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), label, 1, 0, 1, 1);
  return grid;
}
