/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-list.h"

#include "tok-error.h"
#include "tok-grant-row.h"
#include "tok-revoke-button.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

typedef struct {
  TokGrantStore *store;
  TokGrantList *list;
  GtkWidget *window;
  guint n_opened;
  guint n_revoked;
  guint n_retried;
  TokGrant *last;
} Fixture;

static TokGrantList *
new_list (TokGrantStore *store)
{
  return g_object_new (TOK_TYPE_GRANT_LIST, "title", "Connected Apps", "icon-name",
                       "application-x-addon-symbolic", "empty-title", "Nothing",
                       "empty-description", "None & nobody", "no-scope-title", "Not Allowed",
                       "no-scope-description", "Needs <Read>", "store", store, "can-revoke", TRUE,
                       NULL);
}

static void
on_open (TokGrantList *list, TokGrant *grant, Fixture *self)
{
  self->n_opened++;
  self->last = grant;
}

static void
on_revoke (TokGrantList *list, TokGrant *grant, Fixture *self)
{
  self->n_revoked++;
  self->last = grant;
}

static void
on_retry (TokGrantList *list, Fixture *self)
{
  self->n_retried++;
}

static void
begin (Fixture *self)
{
  self->store = tok_grant_store_new ();
  self->list = new_list (self->store);
  g_signal_connect (self->list, "open", G_CALLBACK (on_open), self);
  g_signal_connect (self->list, "revoke", G_CALLBACK (on_revoke), self);
  g_signal_connect (self->list, "retry", G_CALLBACK (on_retry), self);
  self->window = tok_ui_test_present (GTK_WIDGET (self->list));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->store);
}

static void
fail (Fixture *self, TokError code)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, "<b>Oops</b> & \u202ex");

  tok_grant_store_fail (self->store, error);
  tok_ui_test_wait_for_frame (self->window);
}

static void
list_apps (Fixture *self, guint first, guint last)
{
  tok_ui_test_list_apps (self->store, first, last);
  tok_ui_test_wait_for_frame (self->window);
}

static TokGrantRow *
find_row (Fixture *self, const char *id)
{
  TokGrant *grant = tok_grant_store_find (self->store, id);
  GtkListBox *list_box = tok_ui_test_get (self->list, GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_box, i)) != NULL; i++)
    if (tok_grant_row_get_grant (TOK_GRANT_ROW (row)) == grant)
      return TOK_GRANT_ROW (row);
  return NULL;
}

static guint
count_rows (Fixture *self)
{
  return tok_ui_test_count (self->list, TOK_TYPE_GRANT_ROW);
}

static gboolean
shows_rows (Fixture *self)
{
  return tok_ui_test_find (self->list, TOK_TYPE_GRANT_ROW, NULL) != NULL;
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_LIST, NULL));
  tok_ui_test_assert_finalize_widget (new_list (store));
  tok_ui_test_list_apps (store, 1, 3);
  tok_ui_test_assert_finalize_widget (new_list (store));

  /* While it waits for an answer, and while it shows one. */
  begin (&fixture);
  end (&fixture);
  begin (&fixture);
  list_apps (&fixture, 1, 3);
  end (&fixture);
}

static void
test_waiting (void)
{
  Fixture fixture = { NULL };
  gint64 start;

  begin (&fixture);
  start = g_get_monotonic_time ();
  tok_grant_store_set_loading (fixture.store);
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_SPINNER, NULL));
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, NULL));
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_LABEL, NULL));

  /* Most answers are faster than a spinner can be seen. */
  tok_test_wait_until (tok_ui_test_shows (fixture.list, "Asking the service…"));
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_USEC_PER_SEC / 4);
  g_assert_true (gtk_spinner_get_spinning (tok_ui_test_get (fixture.list, GTK_TYPE_SPINNER, NULL)));

  list_apps (&fixture, 1, 3);
  g_assert_true (shows_rows (&fixture));
  g_assert_false (
      gtk_spinner_get_spinning (tok_ui_test_find_any (fixture.list, GTK_TYPE_SPINNER, NULL)));
  end (&fixture);
}

static void
test_empty (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  list_apps (&fixture, 1, 0);
  g_assert_true (tok_ui_test_shows (fixture.list, "Nothing"));
  g_assert_true (tok_ui_test_shows (fixture.list, "None & nobody"));
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, NULL));

  list_apps (&fixture, 1, 2);
  g_assert_false (tok_ui_test_shows (fixture.list, "Nothing"));
  g_assert_true (shows_rows (&fixture));

  /* The last one stays to be read before that page comes. */
  list_apps (&fixture, 1, 0);
  g_assert_false (tok_ui_test_shows (fixture.list, "Nothing"));
  tok_grant_store_sweep (fixture.store);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.list, "Nothing"));
  end (&fixture);
}

static void
test_failed (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  fail (&fixture, TOK_ERROR_TROUBLE);
  g_assert_true (tok_ui_test_shows (fixture.list, "Couldn’t Load the List"));
  g_assert_true (tok_ui_test_shows (fixture.list,
                                    "The service failed at this itself. Try again in a moment."
                                    "\n\n<b>Oops</b> & [U+202E]x"));
  tok_ui_test_click (fixture.list, "Retry");
  g_assert_cmpuint (fixture.n_retried, ==, 1);

  /* Once is enough while it is being asked. */
  tok_grant_store_set_loading (fixture.store);
  g_assert_true (tok_ui_test_shows (fixture.list, "Couldn’t Load the List"));
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (fixture.list, GTK_TYPE_BUTTON, "Retry")));
  fail (&fixture, TOK_ERROR_MAINTENANCE);
  tok_ui_test_click (fixture.list, "Retry");
  g_assert_cmpuint (fixture.n_retried, ==, 2);
  g_assert_true (tok_ui_test_shows (
      fixture.list, "The service is closed for maintenance. Nothing is lost; try again later."
                    "\n\n<b>Oops</b> & [U+202E]x"));

  list_apps (&fixture, 1, 2);
  g_assert_true (shows_rows (&fixture));
  end (&fixture);
}

static void
on_sign_in_again (GSimpleAction *action, GVariant *parameter, gpointer n_asked_again)
{
  (*(guint *) n_asked_again)++;
}

static void
test_no_scope (void)
{
  static const GActionEntry entries[] = { { "sign-in-again", on_sign_in_again, NULL, NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  Fixture fixture = { NULL };
  guint n_asked_again = 0;

  begin (&fixture);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &n_asked_again);
  gtk_widget_insert_action_group (fixture.window, "win", G_ACTION_GROUP (actions));
  list_apps (&fixture, 1, 3);
  tok_grant_store_forbid (fixture.store);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.list, "Not Allowed"));
  g_assert_true (tok_ui_test_shows (fixture.list, "Needs <Read>"));
  g_assert_cmpuint (count_rows (&fixture), ==, 0);
  tok_ui_test_click (fixture.list, "Sign In with Another Token");
  g_assert_cmpuint (n_asked_again, ==, 1);
  g_assert_cmpuint (fixture.n_retried, ==, 0);
  end (&fixture);
}

/* Whatever comes of a refresh, what was listed stays. */
static void
test_refresh (void)
{
  static const struct {
    TokError code;
    const char *said;
  } failures[] = {
    { TOK_ERROR_TROUBLE, "The service failed at this itself. Try again in a moment." },
    { TOK_ERROR_RATE_LIMIT,
      "The service asks for a pause after so many requests. Wait a minute and try again." },
    { TOK_ERROR_OFFLINE, NULL },
    { TOK_ERROR_SIGN_IN, NULL },
  };
  Fixture fixture = { NULL };
  TokGrantRow *row;

  begin (&fixture);
  list_apps (&fixture, 1, 3);
  row = find_row (&fixture, "2");
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *time = g_date_time_format (tok_grant_store_get_as_of (fixture.store), "%H:%M");
    g_autofree char *strip
        = g_strdup_printf ("Couldn’t refresh the list. %s As of %s.", failures[i].said, time);

    tok_grant_store_set_loading (fixture.store);
    tok_ui_test_wait_for_frame (fixture.window);
    g_assert_true (shows_rows (&fixture));

    fail (&fixture, failures[i].code);
    g_assert_true (shows_rows (&fixture));
    g_assert_true (find_row (&fixture, "2") == row);
    g_assert_true (tok_ui_test_shows (fixture.list, strip) == (failures[i].said != NULL));
    if (failures[i].said != NULL) {
      tok_ui_test_click (fixture.list, "Retry");
      g_assert_cmpuint (fixture.n_retried, ==, i + 1);
    } else {
      g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Retry"));
    }

    list_apps (&fixture, 1, 3);
    g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Retry"));
    g_assert_true (find_row (&fixture, "2") == row);
  }
  end (&fixture);
}

static void
test_show_more (void)
{
  Fixture fixture = { NULL };
  g_autoptr (TokGrantStore) other = tok_grant_store_new ();

  begin (&fixture);
  list_apps (&fixture, 1, 50);
  tok_test_wait_until (count_rows (&fixture) == 50);
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Show More"));

  list_apps (&fixture, 1, 120);
  g_assert_cmpuint (count_rows (&fixture), ==, 50);
  tok_ui_test_click (fixture.list, "Show More");
  tok_test_wait_until (count_rows (&fixture) == 100);
  tok_ui_test_click (fixture.list, "Show More");
  tok_test_wait_until (count_rows (&fixture) == 120);
  g_assert_null (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Show More"));

  /* What somebody asked to see isn't hidden by the next list. */
  list_apps (&fixture, 1, 160);
  tok_test_wait_until (count_rows (&fixture) == 150);
  g_assert_nonnull (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Show More"));

  /* Another account is another list. */
  tok_ui_test_list_apps (other, 1, 70);
  g_object_set (fixture.list, "store", other, NULL);
  tok_test_wait_until (count_rows (&fixture) == 50);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_nonnull (tok_ui_test_find (fixture.list, GTK_TYPE_BUTTON, "Show More"));
  g_object_set (fixture.list, "store", NULL, NULL);
  g_assert_cmpuint (count_rows (&fixture), ==, 0);
  end (&fixture);
}

/* A list that nobody looks at costs nothing. */
static void
test_unseen (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  GtkWidget *stack = gtk_stack_new ();
  TokGrantList *list = new_list (store);
  GtkWidget *window;

  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new (NULL), "other");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (list), "list");
  window = tok_ui_test_present (stack);
  tok_ui_test_list_apps (store, 1, 3);
  g_assert_cmpuint (tok_ui_test_count (list, TOK_TYPE_GRANT_ROW), ==, 0);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "list");
  g_assert_cmpuint (tok_ui_test_count (list, TOK_TYPE_GRANT_ROW), ==, 3);

  /* They stay for the next look. */
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "other");
  g_assert_cmpuint (tok_ui_test_count (list, TOK_TYPE_GRANT_ROW), ==, 3);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "list");
  g_assert_cmpuint (tok_ui_test_count (list, TOK_TYPE_GRANT_ROW), ==, 3);
  tok_ui_test_close (window);
}

static void
test_open (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  list_apps (&fixture, 1, 3);
  g_signal_emit_by_name (find_row (&fixture, "2"), "activate");
  g_assert_cmpuint (fixture.n_opened, ==, 1);
  g_assert_true (fixture.last == tok_grant_store_find (fixture.store, "2"));
  g_assert_cmpuint (fixture.n_revoked, ==, 0);

  /* There is nothing to know about what is gone. */
  tok_grant_set_gone (tok_grant_store_find (fixture.store, "2"));
  g_signal_emit_by_name (find_row (&fixture, "2"), "activate");
  g_assert_cmpuint (fixture.n_opened, ==, 1);
  end (&fixture);
}

static void
click_revoke (Fixture *self, const char *id)
{
  tok_ui_test_click (find_row (self, id), "Revoke access");
}

static void
test_revoke (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 60, NULL);
  list_apps (&fixture, 1, 3);

  /* The list has just come: nobody can have meant this row. */
  tok_ui_test_list_apps (fixture.store, 1, 4);
  click_revoke (&fixture, "2");
  g_assert_cmpuint (fixture.n_revoked, ==, 0);
  tok_test_wait_until ((click_revoke (&fixture, "2"), fixture.n_revoked > 0));
  g_assert_cmpuint (fixture.n_revoked, ==, 1);
  g_assert_true (fixture.last == tok_grant_store_find (fixture.store, "2"));
  g_assert_cmpuint (fixture.n_opened, ==, 0);

  /* Something above it has moved. */
  tok_grant_list_unsettle (fixture.list);
  click_revoke (&fixture, "3");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);
  end (&fixture);
}

static void
assert_can_revoke (Fixture *self, const char *id, gboolean can_revoke)
{
  g_assert_true (gtk_widget_is_sensitive (
                     tok_ui_test_get (find_row (self, id), GTK_TYPE_BUTTON, "Revoke access"))
                 == can_revoke);
}

static void
test_can_revoke (void)
{
  Fixture fixture = { NULL };
  guint *n_notified;

  begin (&fixture);
  list_apps (&fixture, 1, 2);
  assert_can_revoke (&fixture, "1", TRUE);

  n_notified = tok_test_count_notify (fixture.list, "can-revoke");
  g_object_set (fixture.list, "can-revoke", FALSE, NULL);
  g_object_set (fixture.list, "can-revoke", FALSE, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  list_apps (&fixture, 1, 3);
  assert_can_revoke (&fixture, "1", FALSE);
  assert_can_revoke (&fixture, "3", FALSE);
  end (&fixture);
}

static void
test_names (void)
{
  Fixture fixture = { NULL };
  GtkListBox *list_box;

  begin (&fixture);
  list_apps (&fixture, 1, 1);
  list_box = tok_ui_test_get (fixture.list, GTK_TYPE_LIST_BOX, NULL);
  tok_ui_test_assert_name (list_box, "Connected Apps");
  tok_ui_test_assert_name (find_row (&fixture, "1"),
                           "App 1, View only · Read · Third party, Never used");
  end (&fixture);
}

static void
test_focus (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  list_apps (&fixture, 1, 3);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.list));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window))
                 == GTK_WIDGET (find_row (&fixture, "1")));
  end (&fixture);
}

static void
test_sweep (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  list_apps (&fixture, 1, 3);
  list_apps (&fixture, 2, 3);
  g_assert_cmpuint (count_rows (&fixture), ==, 3);
  g_assert_true (tok_ui_test_shows (fixture.list, "Access revoked"));
  tok_test_wait_until (count_rows (&fixture) == 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 2);
  end (&fixture);
}

/* A long list begins elsewhere; the new one is brought into sight. */
static void
test_point_out_new (void)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);
  Fixture fixture = { NULL };
  GtkWidget *row;
  GtkWidget *viewport;
  double y;

  begin (&fixture);
  /* There are no rows yet, and then none that is new. */
  g_assert_false (tok_grant_list_point_out_new (fixture.list));
  for (guint i = 0; i < 30; i++) {
    g_autofree char *name = g_strdup_printf ("Token %02u", i);

    g_ptr_array_add (tokens, tok_token_new (name, name, TOK_SCOPE_READ, NULL, NULL, NULL));
  }
  tok_grant_store_take_tokens (fixture.store, tokens, 0);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_false (tok_grant_list_point_out_new (fixture.list));

  tok_grant_set_is_new (tok_grant_store_find (fixture.store, "Token 27"), TRUE);
  g_assert_true (tok_grant_list_point_out_new (fixture.list));
  row = GTK_WIDGET (find_row (&fixture, "Token 27"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);
  viewport = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  tok_test_wait_until (gtk_widget_get_height (row) > 0
                       && gtk_widget_translate_coordinates (row, viewport, 0, 0, NULL, &y) && y >= 0
                       && y < gtk_widget_get_height (viewport));
  end (&fixture);
}

/* It stands below the rows, and says something all the same where there are none. */
static void
test_footer (void)
{
  GtkWidget *footer = gtk_label_new ("Footer");
  g_autoptr (GtkWidget) kept = NULL;
  Fixture fixture = { NULL };
  GtkWidget *rows;

  begin (&fixture);
  rows = GTK_WIDGET (tok_grant_list_get_rows (fixture.list));
  g_object_set (fixture.list, "footer", footer, NULL);
  g_assert_true (tok_ui_test_shows (fixture.list, "Footer"));
  list_apps (&fixture, 1, 3);
  g_assert_true (gtk_widget_is_ancestor (footer, rows));
  g_assert_true (tok_ui_test_shows (fixture.list, "Footer"));
  tok_grant_store_clear (fixture.store);
  list_apps (&fixture, 1, 0);
  g_assert_true (tok_ui_test_shows (fixture.list, "Nothing"));
  g_assert_true (tok_ui_test_shows (fixture.list, "Footer"));
  g_assert_false (gtk_widget_is_ancestor (footer, rows));
  list_apps (&fixture, 1, 3);
  g_assert_true (gtk_widget_is_ancestor (footer, rows));

  g_object_get (fixture.list, "footer", &kept, NULL);
  g_assert_true (kept == footer);
  g_object_set (fixture.list, "footer", NULL, NULL);
  g_assert_null (gtk_widget_get_parent (footer));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-list/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-list/waiting", test_waiting);
  g_test_add_func ("/grant-list/empty", test_empty);
  g_test_add_func ("/grant-list/failed", test_failed);
  g_test_add_func ("/grant-list/no-scope", test_no_scope);
  g_test_add_func ("/grant-list/refresh", test_refresh);
  g_test_add_func ("/grant-list/show-more", test_show_more);
  g_test_add_func ("/grant-list/unseen", test_unseen);
  g_test_add_func ("/grant-list/open", test_open);
  g_test_add_func ("/grant-list/revoke", test_revoke);
  g_test_add_func ("/grant-list/can-revoke", test_can_revoke);
  g_test_add_func ("/grant-list/names", test_names);
  g_test_add_func ("/grant-list/focus", test_focus);
  g_test_add_func ("/grant-list/point-out-new", test_point_out_new);
  g_test_add_func ("/grant-list/sweep", test_sweep);
  g_test_add_func ("/grant-list/footer", test_footer);

  return g_test_run ();
}
