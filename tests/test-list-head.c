/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-head.h"

#include "tok-test.h"

#include <gtk/gtk.h>

#define PAGE_SIZE 50

typedef struct {
  GtkStringList *list;
  TokListHead *head;
  guint n_changes;
  guint n_removed;
  guint n_added;
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, Fixture *self)
{
  self->n_changes++;
  self->n_removed += n_removed;
  self->n_added += n_added;
}

static void
splice (Fixture *self, guint position, guint n_removed, guint n_added)
{
  g_auto (GStrv) texts = g_new0 (char *, n_added + 1);

  for (guint i = 0; i < n_added; i++)
    texts[i] = g_strdup_printf ("%u", i);
  self->n_changes = self->n_removed = self->n_added = 0;
  gtk_string_list_splice (self->list, position, n_removed, (const char *const *) texts);
}

static void
begin (Fixture *self, guint n)
{
  self->list = gtk_string_list_new (NULL);
  splice (self, 0, 0, n);
  self->head = tok_list_head_new (G_LIST_MODEL (self->list));
  g_signal_connect (self->head, "items-changed", G_CALLBACK (on_items_changed), self);
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->head);
  tok_test_assert_finalize (self->list);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->head));
}

static void
fill (Fixture *self)
{
  while (!tok_list_head_get_is_full (self->head))
    tok_list_head_fill (self->head, 0);
}

/* The same objects, in the same order. */
static void
assert_is_head (Fixture *self)
{
  for (guint i = 0; i < count (self); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->head), i);
    g_autoptr (GObject) other = g_list_model_get_item (G_LIST_MODEL (self->list), i);

    g_assert_true (item == other);
  }
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 0);
  g_assert_cmpuint (count (&fixture), ==, 0);
  g_assert_true (tok_list_head_get_is_full (fixture.head));
  end (&fixture);
}

/* Those that are seen first come first. */
static void
test_fill (void)
{
  Fixture fixture = { NULL };
  guint few;

  begin (&fixture, 200);
  few = count (&fixture);
  g_assert_cmpuint (few, >, 9);
  g_assert_cmpuint (few, <, 25);
  g_assert_false (tok_list_head_get_is_full (fixture.head));
  assert_is_head (&fixture);
  tok_list_head_fill (fixture.head, 0);
  g_assert_cmpuint (count (&fixture), ==, 2 * few);
  assert_is_head (&fixture);
  fill (&fixture);
  g_assert_cmpuint (count (&fixture), ==, PAGE_SIZE);
  assert_is_head (&fixture);
  end (&fixture);
}

static void
test_size (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 120);
  fill (&fixture);
  tok_list_head_set_size (fixture.head, 100);
  fill (&fixture);
  g_assert_cmpuint (count (&fixture), ==, 100);
  tok_list_head_set_size (fixture.head, 150);
  tok_list_head_fill (fixture.head, G_MAXUINT);
  g_assert_cmpuint (count (&fixture), ==, 120);
  g_assert_true (tok_list_head_get_is_full (fixture.head));
  tok_list_head_set_size (fixture.head, 0);
  g_assert_cmpuint (count (&fixture), ==, PAGE_SIZE);
  assert_is_head (&fixture);
  end (&fixture);
}

/* What stays is left alone. */
static void
test_changes (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 10);
  splice (&fixture, 3, 2, 1);
  g_assert_cmpuint (fixture.n_removed, ==, 2);
  g_assert_cmpuint (fixture.n_added, ==, 1);
  g_assert_cmpuint (count (&fixture), ==, 9);
  assert_is_head (&fixture);

  /* What is not in it changes nothing. */
  splice (&fixture, 9, 0, 100);
  fill (&fixture);
  splice (&fixture, 60, 20, 3);
  g_assert_cmpuint (fixture.n_changes, ==, 0);

  splice (&fixture, 0, 5, 0);
  g_assert_cmpuint (fixture.n_removed, ==, 5);
  fill (&fixture);
  g_assert_cmpuint (fixture.n_added, ==, 5);
  assert_is_head (&fixture);
  end (&fixture);
}

/* Some of what is left out in between is found again: what is there keeps its place. */
static void
test_narrow (void)
{
  GtkStringFilter *filter = gtk_string_filter_new (
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  g_autoptr (GtkFilterListModel) filtered = NULL;
  Fixture fixture = { NULL };

  fixture.list = gtk_string_list_new (NULL);
  splice (&fixture, 0, 0, 40);
  filtered
      = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (fixture.list)), GTK_FILTER (filter));
  fixture.head = tok_list_head_new (G_LIST_MODEL (filtered));
  fill (&fixture);
  g_signal_connect (fixture.head, "items-changed", G_CALLBACK (on_items_changed), &fixture);
  fixture.n_added = fixture.n_removed = 0;
  gtk_string_filter_set_search (filter, "3");
  g_assert_cmpuint (count (&fixture), ==, 13);
  g_assert_cmpuint (fixture.n_removed, ==, 27);
  g_assert_cmpuint (fixture.n_added, ==, 0);
  gtk_string_filter_set_search (filter, "");
  fill (&fixture);
  g_assert_cmpuint (fixture.n_added, ==, 27);
  g_assert_cmpuint (fixture.n_removed, ==, 27);
  assert_is_head (&fixture);
  g_object_unref (fixture.head);
  g_clear_object (&filtered);
  tok_test_assert_finalize (fixture.list);
}

/* What only moves is never missing. */
static void
test_moves (void)
{
  g_autoptr (GListStore) list = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (TokListHead) head = NULL;
  g_autoptr (GObject) last = NULL;
  gpointer items[3];
  Fixture fixture = { NULL };

  for (guint i = 0; i < 3; i++) {
    items[i] = gtk_string_object_new ("x");
    g_list_store_append (list, items[i]);
  }
  head = tok_list_head_new (G_LIST_MODEL (list));
  g_signal_connect (head, "items-changed", G_CALLBACK (on_items_changed), &fixture);
  g_list_store_splice (list, 0, 3, (gpointer[]){ items[2], items[0], items[1] }, 3);
  g_assert_cmpuint (fixture.n_changes, ==, 1);
  last = g_list_model_get_item (G_LIST_MODEL (head), 0);
  g_assert_true (last == items[2]);
  for (guint i = 0; i < 3; i++)
    g_object_unref (items[i]);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/list-head/new-destroy", test_new_destroy);
  g_test_add_func ("/list-head/fill", test_fill);
  g_test_add_func ("/list-head/size", test_size);
  g_test_add_func ("/list-head/changes", test_changes);
  g_test_add_func ("/list-head/narrow", test_narrow);
  g_test_add_func ("/list-head/moves", test_moves);

  return g_test_run ();
}
