/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-selection-mode.h"

#include "tok-grant-box.h"
#include "tok-grant-store.h"
#include "tok-selection-bar.h"
#include "tok-test.h"
#include "tok-ui-test.h"

typedef struct {
  TokGrantStore *store;
  GtkWidget *page;
  GtkWidget *rows;
  TokSelectionMode *mode;
  GtkWidget *window;
  guint n_asked;
  guint n_picked;
} Fixture;

static void
on_revoke (Fixture *self, GPtrArray *grants)
{
  self->n_asked++;
  self->n_picked = grants->len;
}

static void
begin (Fixture *self)
{
  self->store = tok_grant_store_new ();
  self->page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->rows = g_object_new (TOK_TYPE_GRANT_BOX, NULL);
  gtk_box_append (GTK_BOX (self->page), self->rows);
  self->mode = tok_selection_mode_new (GTK_BOX (self->page), TOK_GRANT_BOX (self->rows),
                                       G_LIST_MODEL (self->store));
  g_signal_connect_swapped (self->mode, "revoke", G_CALLBACK (on_revoke), self);
  self->window = tok_ui_test_present (self->page);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->mode);
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->store);
}

static void
make_possible (Fixture *self)
{
  g_object_set (self->rows, "can-revoke", TRUE, NULL);
  tok_ui_test_list_apps (self->store, 1, 3);
  g_object_set (self->mode, "store", self->store, NULL);
}

static void
assert_starts (Fixture *self, gboolean expected)
{
  g_assert_cmpint (tok_selection_mode_get_can_start (self->mode), ==, expected);
  tok_selection_mode_set_active (self->mode, TRUE);
  g_assert_cmpint (tok_selection_mode_get_active (self->mode), ==, expected);
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  assert_starts (&fixture, FALSE);
  g_assert_null (tok_ui_test_find_any (fixture.page, TOK_TYPE_SELECTION_BAR, NULL));
  end (&fixture);
}

/* There must be something to pick, and something to do with it. */
static void
test_can_start (void)
{
  Fixture fixture = { NULL };
  guint n_notified = 0;

  begin (&fixture);
  g_signal_connect_swapped (fixture.mode, "notify::can-start", G_CALLBACK (g_atomic_int_inc),
                            &n_notified);
  g_object_set (fixture.mode, "store", fixture.store, NULL);
  g_object_set (fixture.rows, "can-revoke", TRUE, NULL);
  assert_starts (&fixture, FALSE);
  tok_ui_test_list_apps (fixture.store, 1, 3);
  assert_starts (&fixture, TRUE);
  tok_ui_test_list_apps (fixture.store, 1, 2);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set (fixture.rows, "can-revoke", FALSE, NULL);
  g_assert_false (tok_selection_mode_get_active (fixture.mode));
  assert_starts (&fixture, FALSE);
  g_assert_cmpuint (n_notified, ==, 2);
  g_object_set (fixture.rows, "can-revoke", TRUE, NULL);
  assert_starts (&fixture, TRUE);
  tok_grant_store_clear (fixture.store);
  g_assert_false (tok_selection_mode_get_active (fixture.mode));
  end (&fixture);
}

static void
test_store (void)
{
  g_autoptr (TokGrantStore) other = tok_grant_store_new ();
  Fixture fixture = { NULL };

  begin (&fixture);
  make_possible (&fixture);
  tok_ui_test_list_apps (other, 1, 3);
  assert_starts (&fixture, TRUE);
  g_object_set (fixture.mode, "store", other, NULL);
  g_assert_false (tok_selection_mode_get_active (fixture.mode));
  assert_starts (&fixture, TRUE);
  /* What was there before has no say any more. */
  tok_grant_store_clear (fixture.store);
  g_assert_true (tok_selection_mode_get_active (fixture.mode));
  g_object_set (fixture.mode, "store", NULL, NULL);
  assert_starts (&fixture, FALSE);
  end (&fixture);
}

static void
test_bar (void)
{
  Fixture fixture = { NULL };
  GtkWidget *bar;

  begin (&fixture);
  make_possible (&fixture);
  assert_starts (&fixture, TRUE);
  bar = tok_ui_test_get (fixture.page, TOK_TYPE_SELECTION_BAR, NULL);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_true (tok_ui_test_shows (bar, "None selected"));
  tok_selection_mode_revoke (fixture.mode);
  g_assert_cmpuint (fixture.n_asked, ==, 0);
  tok_selection_mode_select_all (fixture.mode);
  tok_ui_test_click (bar, "Revoke Access of 3 Apps…");
  g_assert_cmpuint (fixture.n_asked, ==, 1);
  g_assert_cmpuint (fixture.n_picked, ==, 3);
  tok_selection_mode_revoke (fixture.mode);
  g_assert_cmpuint (fixture.n_asked, ==, 2);
  g_assert_true (tok_selection_mode_get_active (fixture.mode));
  tok_selection_mode_set_active (fixture.mode, FALSE);
  g_assert_false (gtk_widget_get_visible (bar));

  /* It is made once, and nothing is picked. */
  assert_starts (&fixture, TRUE);
  g_assert_true (tok_ui_test_get (fixture.page, TOK_TYPE_SELECTION_BAR, NULL) == bar);
  g_assert_true (tok_ui_test_shows (bar, "None selected"));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/selection-mode/new-destroy", test_new_destroy);
  g_test_add_func ("/selection-mode/can-start", test_can_start);
  g_test_add_func ("/selection-mode/store", test_store);
  g_test_add_func ("/selection-mode/bar", test_bar);

  return g_test_run ();
}
