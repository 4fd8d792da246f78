/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-toast.h"

/* With the button that closes it no wider than the narrowest window. */
#define MAX_WIDTH_CHARS 30

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
  GtkWidget *label;
  g_autoptr (PangoAttrList) attributes = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  label = gtk_label_new (text);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* A toast is as high as this width makes it, however wide it is, and else sticks out. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");

  self = adw_toast_new ("");
  adw_toast_set_custom_title (self, label);
  adw_toast_set_priority (self, ADW_TOAST_PRIORITY_HIGH);
  return self;
}
