/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-access-view.h"

#include "tok-access.h"
#include "tok-test.h"
#include "tok-ui-test.h"

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_ACCESS_VIEW, NULL));
  tok_ui_test_close (tok_ui_test_present_scrolled (
      g_object_new (TOK_TYPE_ACCESS_VIEW, "scopes", TOK_SCOPE_READ, NULL)));
}

/* Each of @sentences is a row of the list called @title, in this order, and there are no others. */
static void
assert_lists (GtkWidget *view, const char *title, char **sentences)
{
  GtkWidget *heading = tok_ui_test_find (view, GTK_TYPE_LABEL, title);
  GtkListBox *list_box;
  GtkListBoxRow *row;

  if (g_strv_length (sentences) == 0) {
    g_assert_null (heading);
    return;
  }
  g_assert_nonnull (heading);
  list_box = tok_ui_test_get (gtk_widget_get_parent (heading), GTK_TYPE_LIST_BOX, NULL);
  tok_ui_test_assert_name (list_box, title);
  for (guint i = 0; sentences[i] != NULL; i++) {
    row = gtk_list_box_get_row_at_index (list_box, i);
    g_assert_nonnull (row);
    g_assert_true (tok_ui_test_shows (row, sentences[i]));
    tok_ui_test_assert_name (row, sentences[i]);
    g_assert_false (gtk_list_box_row_get_activatable (row));
  }
  g_assert_null (gtk_list_box_get_row_at_index (list_box, g_strv_length (sentences)));
}

static const char *
choose_title (TokScopes scopes)
{
  if (scopes & TOK_SCOPE_ADMIN)
    return "Not by Itself, but Through a Token That It Can Create";
  if (scopes & TOK_SCOPE_UNKNOWN)
    return "It Cannot, as Far as This Program Knows";
  return "It Cannot";
}

/* One view for all, since it changes while boxes are ticked. */
static void
test_every_set (void)
{
  GtkWidget *view = g_object_new (TOK_TYPE_ACCESS_VIEW, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (view);

  for (TokScopes scopes = 0; scopes <= (TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN); scopes++) {
    g_auto (GStrv) can = tok_access_dup_can (scopes);
    g_auto (GStrv) cannot = tok_access_dup_cannot (scopes);

    g_object_set (view, "scopes", scopes, NULL);
    tok_ui_test_wait_for_frame (window);
    assert_lists (view, "It Can", can);
    assert_lists (view, choose_title (scopes), cannot);
  }
  tok_ui_test_close (window);
}

static void
test_unknown (void)
{
  static const char *const unknown[] = { "fly", "<b>\u202ex", NULL };
  GtkWidget *view = g_object_new (TOK_TYPE_ACCESS_VIEW, "scopes", TOK_SCOPE_UNKNOWN,
                                  "unknown-scopes", unknown, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (view);
  char *sentences[] = {
    (char *) "Do what the unknown permission “fly” allows, whatever that is",
    (char *) "Do what the unknown permission “<b>[U+202E]x” allows, whatever that is",
    NULL,
  };
  char *none[] = { NULL };
  g_auto (GStrv) kept = NULL;

  assert_lists (view, "It Can", sentences);
  g_object_get (view, "unknown-scopes", &kept, NULL);
  g_assert_true (g_strv_equal ((const char *const *) kept, unknown));

  g_object_set (view, "unknown-scopes", NULL, "scopes", TOK_SCOPE_NONE, NULL);
  tok_ui_test_wait_for_frame (window);
  assert_lists (view, "It Can", none);
  tok_ui_test_close (window);
}

static void
test_notify (void)
{
  GtkWidget *view = g_object_ref_sink (g_object_new (TOK_TYPE_ACCESS_VIEW, NULL));
  guint *n_notified = tok_test_count_notify (view, "scopes");

  g_object_set (view, "scopes", TOK_SCOPE_NONE, NULL);
  g_assert_cmpuint (*n_notified, ==, 0);
  g_object_set (view, "scopes", TOK_SCOPE_READ, NULL);
  g_object_set (view, "scopes", TOK_SCOPE_READ, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  tok_test_assert_finalize (view);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/access-view/new-destroy", test_new_destroy);
  g_test_add_func ("/access-view/every-set", test_every_set);
  g_test_add_func ("/access-view/unknown", test_unknown);
  g_test_add_func ("/access-view/notify", test_notify);

  return g_test_run ();
}
