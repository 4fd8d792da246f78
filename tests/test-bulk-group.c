/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-group.h"

#include "tok-bulk-row.h"
#include "tok-test.h"
#include "tok-ui-test.h"

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_BULK_GROUP, NULL));
}

/* It is there as soon as there is something in it. */
static void
test_add (void)
{
  g_autoptr (TokGrant) first = tok_ui_test_new_app (1, "First", TOK_SCOPE_READ);
  g_autoptr (TokGrant) second = tok_ui_test_new_app (2, "Second", TOK_SCOPE_READ);
  TokBulkGroup *group = g_object_new (TOK_TYPE_BULK_GROUP, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (GTK_WIDGET (group));

  tok_bulk_group_set_title (group, "A <b> title");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (group)));
  tok_bulk_group_add (group, first, NULL);
  tok_bulk_group_add (group, second, "Why");
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (group, "A <b> title"));
  g_assert_true (tok_ui_test_shows (group, "First"));
  g_assert_true (tok_ui_test_shows (group, "Second"));
  g_assert_true (tok_ui_test_shows (group, "Why"));
  g_assert_cmpuint (tok_ui_test_count (group, TOK_TYPE_BULK_ROW), ==, 2);
  tok_ui_test_assert_name (tok_ui_test_get (group, GTK_TYPE_LIST_BOX, NULL), "A <b> title");

  tok_bulk_group_clear (group);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (group)));
  g_assert_cmpuint (tok_ui_test_count (group, TOK_TYPE_BULK_ROW), ==, 0);
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/bulk-group/new-destroy", test_new_destroy);
  g_test_add_func ("/bulk-group/add", test_add);

  return g_test_run ();
}
