/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-check.h"

#include "tok-error.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define TASK                                                                                           \
  "Put the secret of “New” wherever that of “Old” is used, and see whether everything works. " \
  "“Old” isn’t deleted before you say so."

typedef struct {
  TokGrant *grant;
  TokReplaceCheck *check;
  GtkWidget *window;
  guint n_deletes;
  guint n_laters;
  guint n_copies;
} Fixture;

static void
on_signal (TokReplaceCheck *check, guint *n)
{
  (*n)++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->grant = tok_ui_test_new_token ("Old", TOK_SCOPE_READ, NULL);
  self->check
      = g_object_new (TOK_TYPE_REPLACE_CHECK, "grant", self->grant, "new-name", "New", NULL);
  g_signal_connect (self->check, "delete", G_CALLBACK (on_signal), &self->n_deletes);
  g_signal_connect (self->check, "later", G_CALLBACK (on_signal), &self->n_laters);
  g_signal_connect (self->check, "copy", G_CALLBACK (on_signal), &self->n_copies);
  self->window = tok_ui_test_present (GTK_WIDGET (self->check));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->grant);
}

static void
test_new_destroy (Fixture *self, gconstpointer data)
{
  g_autoptr (TokGrant) grant = NULL;
  g_autofree char *name = NULL;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REPLACE_CHECK, NULL));
  g_object_get (self->check, "grant", &grant, "new-name", &name, NULL);
  g_assert_true (grant == self->grant);
  g_assert_cmpstr (name, ==, "New");
}

static GtkWidget *
find_button (Fixture *self, const char *label)
{
  GtkWidget *found;

  tok_ui_test_wait_for_frame (self->window);
  found = tok_ui_test_find (self->check, GTK_TYPE_LABEL, label);
  return found != NULL ? gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON) : NULL;
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  g_assert_true (tok_ui_test_shows (self->check, "Does the New Token Work?"));
  g_assert_true (tok_ui_test_shows (self->check, TASK));
  g_signal_emit_by_name (find_button (self, "It Works: Delete “Old”"), "clicked");
  g_assert_cmpuint (self->n_deletes, ==, 1);
  g_signal_emit_by_name (find_button (self, "Later: Keep Both"), "clicked");
  g_assert_cmpuint (self->n_laters, ==, 1);
  tok_ui_test_click (self->check, "Copy the New Secret");
  g_assert_cmpuint (self->n_copies, ==, 1);
  /* What keeps both comes first. */
  g_assert_true (gtk_widget_get_next_sibling (find_button (self, "Later: Keep Both"))
                 == find_button (self, "It Works: Delete “Old”"));
  /* It does nothing by itself. */
  g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_IDLE);
}

/* What goes on with the old one is told by its grant. */
static void
test_states (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, "No");
  GtkWidget *button;
  gboolean is_done;

  tok_grant_set_working (self->grant);
  button = find_button (self, "Deleting “Old”…");
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (button),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_true (gtk_spinner_get_spinning (tok_ui_test_get (self->check, GTK_TYPE_SPINNER, NULL)));

  tok_grant_set_failed (self->grant, error);
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Retry: Delete “Old”")));
  g_assert_true (
      tok_ui_test_shows (self->check, "Couldn’t confirm that it is deleted. It may still work."));

  tok_grant_set_gone (self->grant);
  g_object_get (self->check, "is-done", &is_done, NULL);
  g_assert_true (is_done);
  g_assert_null (find_button (self, "Later: Keep Both"));
  g_assert_true (tok_ui_test_shows (self->check, "Replaced"));
  g_assert_true (tok_ui_test_shows (
      self->check, "The service’s list shows that “Old” is deleted. “New” has taken its place."));
}

#define ADD(name, test) g_test_add ("/replace-check/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  ADD ("new-destroy", test_new_destroy);
  ADD ("answers", test_answers);
  ADD ("states", test_states);

  return g_test_run ();
}
