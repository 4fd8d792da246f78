/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-field.h"

#include "tok-ui-test.h"

#include <adwaita.h>

static void
assert_is_wrong (GtkWidget *field, gboolean is_wrong)
{
  g_assert_true (gtk_widget_has_css_class (field, "warning") == is_wrong);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                                    is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_mark (void)
{
  g_autoptr (GtkWidget) field = g_object_ref_sink (adw_entry_row_new ());

  tok_field_set_is_wrong (field, TRUE);
  assert_is_wrong (field, TRUE);
  tok_field_set_is_wrong (field, TRUE);
  assert_is_wrong (field, TRUE);
  tok_field_set_is_wrong (field, FALSE);
  assert_is_wrong (field, FALSE);
  /* Red is for what destroys. */
  tok_field_set_is_wrong (field, TRUE);
  g_assert_false (gtk_widget_has_css_class (field, "error"));
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/field/mark", test_mark);

  return g_test_run ();
}
