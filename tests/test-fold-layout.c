/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fold-layout.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#define WIDTH 50
#define HEIGHT 40

static int
measure (GtkWidget *widget, GtkOrientation orientation, gboolean natural)
{
  int sizes[2];

  gtk_widget_measure (widget, orientation, -1, &sizes[0], &sizes[1], NULL, NULL);
  return sizes[natural];
}

static void
test_new_destroy (void)
{
  tok_test_assert_finalize (tok_fold_layout_new ());
}

static void
test_measure (void)
{
  static const struct {
    double open;
    int height;
  } cases[] = { { 1, HEIGHT }, { 0.5, HEIGHT / 2 }, { 0.01, 0 }, { 0, 0 }, { 1, HEIGHT } };
  GtkWidget *child = gtk_label_new (NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_list_box_new ();
  GtkLayoutManager *layout = tok_fold_layout_new ();
  GtkWidget *window;
  int frame;

  gtk_widget_set_size_request (child, WIDTH, HEIGHT);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_append (GTK_LIST_BOX (box), row);
  window = tok_ui_test_present (box);
  frame = measure (row, GTK_ORIENTATION_VERTICAL, FALSE) - HEIGHT;
  gtk_widget_set_layout_manager (row, layout);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    tok_fold_layout_set_open (TOK_FOLD_LAYOUT (layout), cases[i].open);
    g_assert_cmpint (measure (row, GTK_ORIENTATION_VERTICAL, FALSE), ==, frame + cases[i].height);
    g_assert_cmpint (measure (row, GTK_ORIENTATION_VERTICAL, TRUE), ==, frame + cases[i].height);
    g_assert_cmpint (measure (row, GTK_ORIENTATION_HORIZONTAL, FALSE), >=, WIDTH);
    /* The child isn't squeezed. */
    tok_ui_test_wait_for_frame (window);
    g_assert_cmpint (gtk_widget_get_height (child), ==, HEIGHT);
  }
  tok_ui_test_close (window);
}

static void
test_empty (void)
{
  GtkWidget *row = g_object_ref_sink (gtk_list_box_row_new ());

  gtk_widget_set_layout_manager (row, tok_fold_layout_new ());
  measure (row, GTK_ORIENTATION_VERTICAL, FALSE);
  gtk_widget_allocate (row, 100, 100, -1, NULL);
  g_object_unref (row);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/fold-layout/new-destroy", test_new_destroy);
  g_test_add_func ("/fold-layout/measure", test_measure);
  g_test_add_func ("/fold-layout/empty", test_empty);

  return g_test_run ();
}
