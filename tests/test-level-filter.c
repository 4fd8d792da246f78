/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-level-filter.h"

#include "tok-access.h"
#include "tok-grant-filter.h"
#include "tok-grant.h"
#include "tok-level-button.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

static void
add (GListStore *list, TokScopes scopes)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Bot", scopes, NULL);

  g_list_store_append (list, grant);
}

static GListStore *
new_list (void)
{
  GListStore *list = g_list_store_new (TOK_TYPE_GRANT);

  add (list, TOK_SCOPE_READ | TOK_SCOPE_TRADE);
  add (list, TOK_SCOPE_READ);
  add (list, TOK_SCOPE_TRADE);
  return list;
}

/* What the buttons that are there show, the one that is chosen in brackets. */
static char *
dup_shown (gpointer filter)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GtkWidget *button = gtk_widget_get_first_child (filter); button != NULL;
       button = gtk_widget_get_next_sibling (button)) {
    gboolean active = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
    GtkWidget *words = gtk_widget_get_next_sibling (
        gtk_widget_get_first_child (gtk_widget_get_first_child (button)));

    if (gtk_widget_get_visible (button))
      g_string_append_printf (text, "%s%s%s %s%s", text->len > 0 ? " · " : "", active ? "[" : "",
                              gtk_label_get_label (GTK_LABEL (words)),
                              gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (words))),
                              active ? "]" : "");
  }
  return g_strdup (text->str);
}

static void
assert_shown (gpointer filter, const char *expected)
{
  g_autofree char *shown = dup_shown (filter);

  g_assert_cmpstr (shown, ==, expected);
}

static GtkWidget *
get_button (gpointer filter, int level)
{
  for (GtkWidget *button = gtk_widget_get_first_child (filter); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (tok_level_button_get_level (TOK_LEVEL_BUTTON (button)) == level)
      return button;
  g_assert_not_reached ();
}

static void
click (gpointer filter, int level)
{
  g_signal_emit_by_name (get_button (filter, level), "clicked");
}

static void
test_new_destroy (void)
{
  g_autoptr (GListStore) list = new_list ();

  tok_ui_test_assert_finalize_widget (tok_level_filter_new (G_LIST_MODEL (list), FALSE));
}

static void
test_counts (void)
{
  g_autoptr (GListStore) list = new_list ();
  GtkWidget *filter = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), FALSE));

  assert_shown (filter, "[All 3] · View only 1 · Can trade 2");
  add (list, TOK_SCOPE_ADMIN);
  add (list, TOK_SCOPE_NONE);
  assert_shown (filter, "[All 5] · No access 1 · View only 1 · Can trade 2 · Full control 1");
  add (list, TOK_SCOPE_UNKNOWN);
  add (list, TOK_SCOPE_PAYMENTS);
  assert_shown (filter, "[All 7] · No access 1 · View only 1 · Can trade 2 · Can move money 1 · "
                        "Full control 1 · Unknown permission 1");
  g_list_store_remove (list, 1);
  assert_shown (filter, "[All 6] · No access 1 · Can trade 2 · Can move money 1 · "
                        "Full control 1 · Unknown permission 1");
  g_list_store_remove_all (list);
  assert_shown (filter, "[All 0]");
  tok_test_assert_finalize (filter);
}

static void
test_choice (void)
{
  g_autoptr (GListStore) list = new_list ();
  GtkWidget *filter = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), FALSE));
  guint *n_notified = tok_test_count_notify (filter, "level");

  click (filter, TOK_ACCESS_LEVEL_TRADE);
  g_assert_cmpint (tok_level_filter_get_level (TOK_LEVEL_FILTER (filter)), ==,
                   TOK_ACCESS_LEVEL_TRADE);
  assert_shown (filter, "All 3 · View only 1 · [Can trade 2]");
  g_assert_cmpuint (*n_notified, ==, 1);

  /* One is always chosen. */
  click (filter, TOK_ACCESS_LEVEL_TRADE);
  assert_shown (filter, "All 3 · View only 1 · [Can trade 2]");
  g_assert_cmpuint (*n_notified, ==, 1);

  /* Nobody is left with a choice that can't be seen. */
  g_list_store_remove (list, 2);
  g_list_store_remove (list, 0);
  assert_shown (filter, "All 1 · View only 1 · [Can trade 0]");
  click (filter, TOK_GRANT_FILTER_ANY);
  assert_shown (filter, "[All 1] · View only 1");
  g_assert_cmpuint (*n_notified, ==, 2);

  /* From the outside too, and where nothing has it. */
  tok_level_filter_set_level (TOK_LEVEL_FILTER (filter), TOK_ACCESS_LEVEL_FULL);
  assert_shown (filter, "All 1 · View only 1 · [Full control 0]");
  g_assert_cmpuint (*n_notified, ==, 3);
  tok_test_assert_finalize (filter);
}

static void
test_recount (void)
{
  g_autoptr (GListStore) list = new_list ();
  g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_autoptr (TokToken) later = tok_token_new ("Bot", "x", TOK_SCOPE_ADMIN, NULL, NULL, NULL);
  GtkWidget *filter = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), FALSE));

  tok_grant_update (grant, G_OBJECT (later));
  tok_level_filter_recount (TOK_LEVEL_FILTER (filter));
  assert_shown (filter, "[All 3] · Can trade 2 · Full control 1");
  tok_test_assert_finalize (filter);
}

static void
assert_checked (GtkWidget *button, GtkAccessibleTristate checked)
{
  g_autofree char *other = gtk_test_accessible_check_state (GTK_ACCESSIBLE (button),
                                                            GTK_ACCESSIBLE_STATE_CHECKED, checked);

  g_assert_cmpstr (other, ==, NULL);
}

static void
test_names (void)
{
  g_autoptr (GListStore) list = new_list ();
  GtkWidget *tokens = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), FALSE));
  GtkWidget *apps = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), TRUE));

  tok_ui_test_assert_name (get_button (tokens, TOK_GRANT_FILTER_ANY), "All, 3 tokens");
  tok_ui_test_assert_name (get_button (tokens, TOK_ACCESS_LEVEL_TRADE), "Can trade, 2 tokens");
  tok_ui_test_assert_name (get_button (tokens, TOK_ACCESS_LEVEL_VIEW), "View only, 1 token");
  tok_ui_test_assert_name (get_button (apps, TOK_ACCESS_LEVEL_TRADE), "Can trade, 2 apps");
  tok_ui_test_assert_name (get_button (apps, TOK_ACCESS_LEVEL_VIEW), "View only, 1 app");
  tok_ui_test_assert_name (tokens, "Access level");
  assert_checked (get_button (tokens, TOK_GRANT_FILTER_ANY), GTK_ACCESSIBLE_TRISTATE_TRUE);
  assert_checked (get_button (tokens, TOK_ACCESS_LEVEL_VIEW), GTK_ACCESSIBLE_TRISTATE_FALSE);
  click (tokens, TOK_ACCESS_LEVEL_VIEW);
  assert_checked (get_button (tokens, TOK_GRANT_FILTER_ANY), GTK_ACCESSIBLE_TRISTATE_FALSE);
  assert_checked (get_button (tokens, TOK_ACCESS_LEVEL_VIEW), GTK_ACCESSIBLE_TRISTATE_TRUE);
  tok_test_assert_finalize (tokens);
  tok_test_assert_finalize (apps);
}

/* Who looks for what can move money is told where the rest of it is. */
static void
test_tip (void)
{
  g_autoptr (GListStore) list = new_list ();
  GtkWidget *filter = g_object_ref_sink (tok_level_filter_new (G_LIST_MODEL (list), FALSE));

  add (list, TOK_SCOPE_PAYMENTS);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_button (filter, TOK_ACCESS_LEVEL_MONEY)), ==,
                   "Full control can move money too, and is counted apart.");
  g_assert_null (gtk_widget_get_tooltip_text (get_button (filter, TOK_ACCESS_LEVEL_TRADE)));
  g_assert_cmpuint (tok_level_filter_get_count (TOK_LEVEL_FILTER (filter), TOK_ACCESS_LEVEL_MONEY),
                    ==, 1);
  g_assert_cmpuint (tok_level_filter_get_count (TOK_LEVEL_FILTER (filter), TOK_GRANT_FILTER_ANY),
                    ==, 4);
  tok_test_assert_finalize (filter);
}

/* In as many lines as it takes, in reading order, and none of them cut. */
static void
test_wrap (void)
{
  g_autoptr (GListStore) list = new_list ();
  GtkWidget *filter = tok_level_filter_new (G_LIST_MODEL (list), FALSE);
  GtkWidget *window;
  int narrow, wide, least, minimum;
  GtkWidget *before = NULL;

  add (list, TOK_SCOPE_ADMIN);
  add (list, TOK_SCOPE_PAYMENTS);
  gtk_widget_set_valign (filter, GTK_ALIGN_START);
  window = tok_ui_test_present (filter);
  gtk_widget_measure (filter, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 300);
  gtk_widget_measure (filter, GTK_ORIENTATION_VERTICAL, 300, &narrow, NULL, NULL, NULL);
  gtk_widget_measure (filter, GTK_ORIENTATION_VERTICAL, 2000, &wide, NULL, NULL, NULL);
  gtk_widget_measure (filter, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >, 2 * wide);
  g_assert_cmpint (least, ==, wide);
  for (GtkWidget *button = gtk_widget_get_first_child (filter); button != NULL;
       button = gtk_widget_get_next_sibling (button)) {
    double x = 0, y = 0;

    if (!gtk_widget_get_visible (button))
      continue;
    if (before != NULL) {
      g_assert_true (gtk_widget_translate_coordinates (button, before, 0, 0, &x, &y));
      g_assert_true (y >= gtk_widget_get_height (before) || x >= gtk_widget_get_width (before));
    }
    g_assert_true (gtk_widget_translate_coordinates (button, filter, 0, 0, &x, &y));
    g_assert_cmpfloat (x + gtk_widget_get_width (button), <=, gtk_widget_get_width (filter));
    before = button;
  }
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/level-filter/new-destroy", test_new_destroy);
  g_test_add_func ("/level-filter/counts", test_counts);
  g_test_add_func ("/level-filter/choice", test_choice);
  g_test_add_func ("/level-filter/recount", test_recount);
  g_test_add_func ("/level-filter/names", test_names);
  g_test_add_func ("/level-filter/tip", test_tip);
  g_test_add_func ("/level-filter/wrap", test_wrap);

  return g_test_run ();
}
