/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-row-fold.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#define HEIGHT 40
#define N_ROWS 4

/* Rows, the middle two of which fold. */
typedef struct {
  GtkListBox *list_box;
  GtkWidget *rows[N_ROWS];
  GtkWidget *window;
  TokRowFold *fold;
  guint n_done;
  int height; /* of a row */
} Fixture;

static void
on_done (TokRowFold *fold, Fixture *self)
{
  self->n_done++;
}

static void
set_animations (gboolean enable)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enable, NULL);
}

static void
begin (Fixture *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  self->list_box = GTK_LIST_BOX (gtk_list_box_new ());
  for (guint i = 0; i < N_ROWS; i++) {
    GtkWidget *label = gtk_label_new ("Row");

    gtk_widget_set_size_request (label, -1, HEIGHT);
    self->rows[i] = gtk_list_box_row_new ();
    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->rows[i]), label);
    gtk_list_box_append (self->list_box, self->rows[i]);
  }
  self->window = tok_ui_test_present_scrolled (GTK_WIDGET (self->list_box));
  self->height = gtk_widget_get_height (self->rows[1]);
  g_ptr_array_add (rows, self->rows[1]);
  g_ptr_array_add (rows, self->rows[2]);
  self->fold = tok_row_fold_new (rows);
  g_signal_connect (self->fold, "done", G_CALLBACK (on_done), self);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static void
assert_open (Fixture *self)
{
  tok_ui_test_wait_for_frame (self->window);
  for (guint i = 0; i < N_ROWS; i++) {
    g_assert_cmpint (gtk_widget_get_height (self->rows[i]), ==, self->height);
    g_assert_cmpfloat (gtk_widget_get_opacity (self->rows[i]), ==, 1);
    g_assert_true (gtk_widget_grab_focus (self->rows[i]));
  }
}

static void
test_new_destroy (void)
{
  Fixture self = { NULL };

  begin (&self);
  g_assert_false (tok_row_fold_contains (self.fold, self.rows[0]));
  g_assert_true (tok_row_fold_contains (self.fold, self.rows[1]));
  g_assert_true (tok_row_fold_contains (self.fold, self.rows[2]));
  g_assert_false (gtk_widget_grab_focus (self.rows[1]));
  tok_test_assert_finalize (self.fold);
  g_assert_cmpuint (self.n_done, ==, 0);
  assert_open (&self);
  end (&self);
}

static void
test_motion (void)
{
  Fixture self = { NULL };
  int former;

  set_animations (TRUE);
  begin (&self);
  tok_row_fold_start (self.fold);
  g_assert_cmpuint (self.n_done, ==, 0);
  former = self.height;
  while (self.n_done == 0) {
    int height = gtk_widget_get_height (self.rows[1]);

    g_assert_cmpint (height, <=, former);
    g_assert_cmpint (gtk_widget_get_height (self.rows[2]), ==, height);
    g_assert_cmpint (gtk_widget_get_height (self.rows[0]), ==, self.height);
    former = height;
    tok_ui_test_wait_for_frame (self.window);
  }
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (gtk_widget_get_height (self.rows[1]), <=, self.height - HEIGHT);
  g_assert_cmpfloat (gtk_widget_get_opacity (self.rows[1]), ==, 0);
  tok_test_assert_finalize (self.fold);
  assert_open (&self);
  end (&self);
}

/* Whoever wants no motion sees none. */
static void
test_no_motion (void)
{
  Fixture self = { NULL };

  set_animations (FALSE);
  begin (&self);
  tok_row_fold_start (self.fold);
  g_assert_cmpuint (self.n_done, ==, 1);
  tok_test_assert_finalize (self.fold);
  end (&self);
}

/* What is in the middle of it may be wanted back, or be taken out. */
static void
test_stopped (void)
{
  Fixture self = { NULL };

  set_animations (TRUE);
  begin (&self);
  tok_row_fold_start (self.fold);
  tok_test_wait_until (gtk_widget_get_opacity (self.rows[1]) < 1);
  tok_test_assert_finalize (self.fold);
  g_assert_cmpuint (self.n_done, ==, 0);
  assert_open (&self);
  end (&self);
}

static void
test_removed (void)
{
  Fixture self = { NULL };

  set_animations (TRUE);
  begin (&self);
  tok_row_fold_start (self.fold);
  gtk_list_box_remove (self.list_box, self.rows[1]);
  tok_test_wait_until (self.n_done == 1);
  gtk_list_box_remove (self.list_box, self.rows[2]);
  tok_test_assert_finalize (self.fold);
  end (&self);
}

/* The window may be closed in the middle. */
static void
test_closed (void)
{
  Fixture self = { NULL };

  set_animations (TRUE);
  begin (&self);
  tok_row_fold_start (self.fold);
  end (&self);
  g_assert_cmpuint (self.n_done, ==, 1);
  tok_test_assert_finalize (self.fold);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/row-fold/new-destroy", test_new_destroy);
  g_test_add_func ("/row-fold/motion", test_motion);
  g_test_add_func ("/row-fold/no-motion", test_no_motion);
  g_test_add_func ("/row-fold/stopped", test_stopped);
  g_test_add_func ("/row-fold/removed", test_removed);
  g_test_add_func ("/row-fold/closed", test_closed);

  return g_test_run ();
}
