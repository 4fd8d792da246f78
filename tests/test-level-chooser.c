/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-level-chooser.h"

#include "tok-access.h"
#include "tok-app.h"
#include "tok-grant-query.h"
#include "tok-grant-store.h"
#include "tok-level-filter.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

/* A chooser of the levels that some apps have, in a place of a width. */
typedef struct {
  TokGrantStore *store;
  TokGrantQuery *query;
  GtkWidget *chooser;
  GtkWidget *menu_button;
  GtkWidget *window;
} Fixture;

static void
list_apps (Fixture *self, const TokScopes *scopes, guint n)
{
  g_autoptr (GPtrArray) apps = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (apps, tok_app_new (i + 1, "Desk", scopes[i], NULL, NULL, FALSE, 0));
  tok_grant_store_take_apps (self->store, apps, 0);
}

static void
begin (Fixture *self, int width)
{
  static const TokScopes scopes[] = { TOK_SCOPE_READ, TOK_SCOPE_TRADE, TOK_SCOPE_PAYMENTS,
                                      TOK_SCOPE_PAYMENTS, TOK_SCOPE_ADMIN };

  self->store = tok_grant_store_new ();
  self->query = tok_grant_query_new ();
  tok_grant_query_set_store (self->query, self->store);
  list_apps (self, scopes, G_N_ELEMENTS (scopes));
  self->chooser = tok_level_chooser_new (self->query, TRUE);
  self->menu_button = tok_ui_test_find_any (self->chooser, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_widget_set_valign (self->chooser, GTK_ALIGN_START);
  self->window = tok_ui_test_present (g_object_new (ADW_TYPE_CLAMP, "maximum-size", width,
                                                    "tightening-threshold", width, "child",
                                                    self->chooser, NULL));
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->chooser), (gpointer *) &self->chooser);
  tok_ui_test_close (self->window);
  tok_test_wait_until (self->chooser == NULL);
  tok_test_assert_finalize (self->query);
  tok_test_assert_finalize (self->store);
}

static gboolean
is_shown (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static int
get_level (Fixture *self)
{
  int level;

  g_object_get (self->query, "level", &level, NULL);
  return level;
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrantQuery) query = tok_grant_query_new ();
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (tok_level_chooser_new (query, FALSE));
  begin (&fixture, 500);
  end (&fixture);
}

/* Side by side in two lines at most; the whole of it follows what is chosen elsewhere. */
static void
test_wide (void)
{
  Fixture fixture;
  gpointer filter;

  begin (&fixture, 500);
  filter = tok_ui_test_find_any (fixture.chooser, TOK_TYPE_LEVEL_FILTER, NULL);
  g_assert_true (is_shown (filter));
  g_assert_false (is_shown (fixture.menu_button));
  tok_level_filter_set_level (filter, TOK_ACCESS_LEVEL_MONEY);
  g_assert_cmpint (get_level (&fixture), ==, TOK_ACCESS_LEVEL_MONEY);
  tok_grant_query_clear (fixture.query);
  g_assert_cmpint (tok_level_filter_get_level (filter), ==, TOK_GRANT_FILTER_ANY);
  end (&fixture);
}

/* One line that says in words what is chosen. */
static void
test_narrow (void)
{
  static const TokScopes later[]
      = { TOK_SCOPE_READ, TOK_SCOPE_TRADE, TOK_SCOPE_TRADE, TOK_SCOPE_PAYMENTS, TOK_SCOPE_ADMIN };
  Fixture fixture;

  begin (&fixture, 240);
  g_assert_true (is_shown (fixture.menu_button));
  g_assert_false (is_shown (tok_ui_test_find_any (fixture.chooser, TOK_TYPE_LEVEL_FILTER, NULL)));
  g_assert_cmpint (gtk_widget_get_width (fixture.chooser), ==, 240);
  g_assert_cmpint (gtk_widget_get_height (fixture.chooser), ==,
                   gtk_widget_get_height (fixture.menu_button));
  tok_ui_test_assert_name (fixture.menu_button, "Access level: All, 5 apps");
  g_assert_true (tok_ui_test_shows (fixture.menu_button, "All"));
  g_assert_true (tok_ui_test_shows (fixture.menu_button, "5"));

  g_object_set (fixture.query, "level", TOK_ACCESS_LEVEL_MONEY, NULL);
  tok_ui_test_assert_name (fixture.menu_button, "Access level: Can move money, 2 apps");
  g_assert_true (tok_ui_test_shows (fixture.menu_button, "Can move money"));
  list_apps (&fixture, later, G_N_ELEMENTS (later));
  tok_level_chooser_recount (TOK_LEVEL_CHOOSER (fixture.chooser));
  tok_ui_test_assert_name (fixture.menu_button, "Access level: Can move money, 1 app");
  end (&fixture);
}

/* What is too wide doesn't count, however high it is. */
static void
test_lowest (void)
{
  Fixture fixture;
  int least;

  begin (&fixture, 240);
  gtk_widget_set_size_request (tok_ui_test_find_any (fixture.chooser, TOK_TYPE_LEVEL_FILTER, NULL),
                               -1, 200);
  gtk_widget_measure (fixture.chooser, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, gtk_widget_get_height (fixture.menu_button));
  end (&fixture);
}

/* The menu has the same, chooses one, and goes. */
static void
test_menu (void)
{
  Fixture fixture;
  GtkPopover *popover;
  gpointer filter;

  begin (&fixture, 240);
  gtk_menu_button_popup (GTK_MENU_BUTTON (fixture.menu_button));
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (fixture.menu_button));
  filter = gtk_popover_get_child (popover);
  tok_test_wait_until (is_shown (filter));
  g_assert_true (tok_ui_test_shows (popover, "Can move money"));
  g_assert_true (tok_ui_test_shows (popover, "Full control"));
  tok_level_filter_set_level (filter, TOK_ACCESS_LEVEL_FULL);
  g_assert_cmpint (get_level (&fixture), ==, TOK_ACCESS_LEVEL_FULL);
  tok_ui_test_assert_name (fixture.menu_button, "Access level: Full control, 1 app");
  tok_test_wait_until (!is_shown (popover));

  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/level-chooser/new-destroy", test_new_destroy);
  g_test_add_func ("/level-chooser/wide", test_wide);
  g_test_add_func ("/level-chooser/narrow", test_narrow);
  g_test_add_func ("/level-chooser/lowest", test_lowest);
  g_test_add_func ("/level-chooser/menu", test_menu);

  return g_test_run ();
}
