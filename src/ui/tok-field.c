/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-field.h"

/**
 * tok_field_set_is_wrong:
 * @field: What somebody types into.
 * @is_wrong: Whether what is there is not acceptable.
 *
 * Marks @field, for the eye and for a screen reader, or takes the mark away. It is no red one: red
 * is for what destroys.
 */
void
tok_field_set_is_wrong (GtkWidget *field, gboolean is_wrong)
{
  g_return_if_fail (GTK_IS_WIDGET (field));

  if (is_wrong)
    gtk_widget_add_css_class (field, "warning");
  else
    gtk_widget_remove_css_class (field, "warning");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
      is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
