/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-toast.h"

/**
 * tok_toast_new:
 * @text: What happened; no markup.
 *
 * Makes a toast that says all of @text, in as many lines as it takes, and before whatever was said
 * earlier.
 *
 * Returns: (transfer full): The toast.
 */
AdwToast *
tok_toast_new (const char *text)
{
  AdwToast *self;
  GtkWidget *grid;
  GtkWidget *label;
  g_autoptr (PangoAttrList) attributes = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  label = gtk_label_new (text);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");

  /* The box of a toast would ask how narrow the text can be on one line, and stick out. */
  grid = gtk_grid_new ();
  gtk_grid_attach (GTK_GRID (grid), label, 0, 0, 1, 1);

  self = adw_toast_new ("");
  adw_toast_set_custom_title (self, grid);
  adw_toast_set_priority (self, ADW_TOAST_PRIORITY_HIGH);
  return self;
}
