/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-selection.h"

#include "tok-error.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define N 4

typedef struct {
  GListStore *list;
  TokGrant *grants[N];
  TokGrantSelection *selection;
  guint n_changed;
} Fixture;

static void
begin (Fixture *self)
{
  self->list = g_list_store_new (TOK_TYPE_GRANT);
  for (guint i = 0; i < N; i++) {
    self->grants[i] = tok_ui_test_new_app (i + 1, "App", TOK_SCOPE_READ);
    g_list_store_append (self->list, self->grants[i]);
  }
  self->selection = tok_grant_selection_new (G_LIST_MODEL (self->list));
  g_signal_connect_swapped (self->selection, "changed", G_CALLBACK (g_atomic_int_inc),
                            &self->n_changed);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->selection);
  g_object_unref (self->list);
  for (guint i = 0; i < N; i++)
    tok_test_assert_finalize (self->grants[i]);
}

/* Numbers of what is picked, in their order. */
static void
assert_picked (Fixture *self, const char *expected)
{
  g_autoptr (GPtrArray) grants = tok_grant_selection_dup_grants (self->selection);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < grants->len; i++)
    g_string_append (keys, tok_grant_get_key (grants->pdata[i]));
  g_assert_cmpstr (keys->str, ==, expected);
  g_assert_cmpuint (tok_grant_selection_get_size (self->selection), ==, grants->len);
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  assert_picked (&fixture, "");
  end (&fixture);
  begin (&fixture);
  tok_grant_selection_select_all (fixture.selection);
  end (&fixture);
}

static void
test_toggle (void)
{
  Fixture fixture = { NULL };
  guint *n_notified;

  begin (&fixture);
  n_notified = tok_test_count_notify (fixture.selection, "size");
  tok_grant_selection_toggle (fixture.selection, fixture.grants[2]);
  tok_grant_selection_toggle (fixture.selection, fixture.grants[0]);
  assert_picked (&fixture, "13");
  g_assert_true (tok_grant_selection_contains (fixture.selection, fixture.grants[2]));
  g_assert_false (tok_grant_selection_contains (fixture.selection, fixture.grants[1]));
  tok_grant_selection_toggle (fixture.selection, fixture.grants[2]);
  assert_picked (&fixture, "1");
  g_assert_cmpuint (fixture.n_changed, ==, 3);
  g_assert_cmpuint (*n_notified, ==, 3);
  end (&fixture);
}

static void
test_all (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  tok_grant_set_working (fixture.grants[1]);
  tok_grant_selection_select_all (fixture.selection);
  assert_picked (&fixture, "134");
  tok_grant_selection_clear (fixture.selection);
  assert_picked (&fixture, "");
  g_assert_cmpuint (fixture.n_changed, ==, 2);
  tok_grant_selection_clear (fixture.selection);
  g_assert_cmpuint (fixture.n_changed, ==, 2);
  end (&fixture);
}

/* Nobody acts on what can't be seen. */
static void
test_leaves (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  tok_grant_selection_select_all (fixture.selection);
  g_list_store_remove (fixture.list, 1);
  assert_picked (&fixture, "134");
  g_list_store_append (fixture.list, fixture.grants[1]);
  assert_picked (&fixture, "134");

  /* What only moves stays picked. */
  g_list_store_splice (
      fixture.list, 0, 4,
      (gpointer[]){ fixture.grants[3], fixture.grants[2], fixture.grants[1], fixture.grants[0] },
      4);
  assert_picked (&fixture, "431");
  g_list_store_remove_all (fixture.list);
  assert_picked (&fixture, "");
  end (&fixture);
}

static void
test_states (void)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "x");
  Fixture fixture = { NULL };

  begin (&fixture);
  tok_grant_selection_select_all (fixture.selection);
  tok_grant_set_gone (fixture.grants[0]);
  tok_grant_set_working (fixture.grants[1]);
  tok_grant_set_failed (fixture.grants[2], error);
  assert_picked (&fixture, "34");
  tok_grant_selection_toggle (fixture.selection, fixture.grants[0]);
  tok_grant_selection_toggle (fixture.selection, fixture.grants[1]);
  assert_picked (&fixture, "34");

  /* One that failed may be tried again. */
  tok_grant_set_failed (fixture.grants[1], error);
  assert_picked (&fixture, "34");
  tok_grant_selection_toggle (fixture.selection, fixture.grants[1]);
  assert_picked (&fixture, "234");
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-selection/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-selection/toggle", test_toggle);
  g_test_add_func ("/grant-selection/all", test_all);
  g_test_add_func ("/grant-selection/leaves", test_leaves);
  g_test_add_func ("/grant-selection/states", test_states);

  return g_test_run ();
}
