/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-rows.h"

#include "tok-grant-filter.h"
#include "tok-grant-row.h"
#include "tok-grant-sorter.h"
#include "tok-grant-tools.h"
#include "tok-level-button.h"
#include "tok-no-match-page.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

typedef struct {
  TokGrantStore *store;
  TokGrantRows *rows;
  GtkWidget *window;
  guint n_revoked;
  guint n_opened;
  GPtrArray *several;
} Fixture;

/* Tokens in short: a name, what it permits, and the year in which it was last used. */
typedef struct {
  const char *name;
  TokScopes scopes;
  int used;
} Row;

static const Row sample[] = {
  { "Grid bot", TOK_SCOPE_READ | TOK_SCOPE_TRADE, 2021 },
  { "Ledger", TOK_SCOPE_READ, 2023 },
  { "Payout", TOK_SCOPE_PAYMENTS, 0 },
  { "Spare bot", TOK_SCOPE_TRADE, 2022 },
};

static void
list_rows (Fixture *self, const Row *list, guint n)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GDateTime) used
        = list[i].used != 0 ? g_date_time_new_utc (list[i].used, 1, 1, 0, 0, 0) : NULL;

    g_ptr_array_add (tokens, tok_token_new (list[i].name, "x", list[i].scopes, NULL, used, NULL));
  }
  tok_grant_store_take_tokens (self->store, tokens, 0);
  tok_ui_test_wait_for_frame (self->window);
}

static void
list_sample (Fixture *self)
{
  list_rows (self, sample, G_N_ELEMENTS (sample));
}

static void
on_revoke (Fixture *self)
{
  self->n_revoked++;
}

static void
on_open (Fixture *self)
{
  self->n_opened++;
}

static void
on_revoke_several (Fixture *self, GPtrArray *grants)
{
  g_clear_pointer (&self->several, g_ptr_array_unref);
  self->several = g_ptr_array_ref (grants);
}

static void
begin (Fixture *self)
{
  self->store = tok_grant_store_new ();
  self->rows = g_object_new (TOK_TYPE_GRANT_ROWS, "title", "Tokens", "description", "What for",
                             "store", self->store, "can-revoke", TRUE, NULL);
  g_signal_connect_swapped (self->rows, "revoke", G_CALLBACK (on_revoke), self);
  g_signal_connect_swapped (self->rows, "open", G_CALLBACK (on_open), self);
  g_signal_connect_swapped (self->rows, "revoke-several", G_CALLBACK (on_revoke_several), self);
  self->window = tok_ui_test_present (GTK_WIDGET (self->rows));
  list_sample (self);
}

static void
end (Fixture *self)
{
  g_clear_pointer (&self->several, g_ptr_array_unref);
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->store);
}

static GtkListBoxRow *
get_row (Fixture *self, int i)
{
  return gtk_list_box_get_row_at_index (tok_ui_test_find_any (self->rows, GTK_TYPE_LIST_BOX, NULL),
                                        i);
}

static void
assert_rows (Fixture *self, const char *expected)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *text = NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    g_strv_builder_add (builder,
                        tok_grant_get_name (tok_grant_row_get_grant (TOK_GRANT_ROW (row))));
  names = g_strv_builder_end (builder);
  text = g_strjoinv (", ", names);
  g_assert_cmpstr (text, ==, expected);
}

static GtkEditable *
get_entry (Fixture *self)
{
  return GTK_EDITABLE (tok_ui_test_get (self->rows, GTK_TYPE_SEARCH_ENTRY, NULL));
}

static gboolean
is_searching (Fixture *self)
{
  gboolean search_mode;

  g_object_get (self->rows, "search-mode", &search_mode, NULL);
  return search_mode;
}

static void
search (Fixture *self, const char *text)
{
  g_object_set (self->rows, "search-mode", TRUE, NULL);
  gtk_editable_set_text (get_entry (self), text);
}

static TokLevelButton *
get_level (Fixture *self, int level)
{
  GtkWidget *first = tok_ui_test_get (self->rows, TOK_TYPE_LEVEL_BUTTON, NULL);

  for (GtkWidget *button = first; button != NULL; button = gtk_widget_get_next_sibling (button))
    if (gtk_widget_get_visible (button)
        && tok_level_button_get_level (TOK_LEVEL_BUTTON (button)) == level)
      return TOK_LEVEL_BUTTON (button);
  return NULL;
}

static void
pick (Fixture *self, int level)
{
  g_signal_emit_by_name (get_level (self, level), "clicked");
}

static GtkWidget *
get_focus (Fixture *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_ROWS, NULL));
  begin (&fixture);
  end (&fixture);
  begin (&fixture);
  search (&fixture, "nothing like it");
  pick (&fixture, TOK_GRANT_FILTER_ANY);
  end (&fixture);
}

static void
test_search (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_null (tok_ui_test_find_any (fixture.rows, GTK_TYPE_SEARCH_ENTRY, NULL));
  search (&fixture, "bot");
  assert_rows (&fixture, "Grid bot, Spare bot");
  search (&fixture, "can move");
  assert_rows (&fixture, "Payout");

  /* What comes meanwhile is found, or not. */
  list_rows (&fixture, (Row[]){ { "Mover", TOK_SCOPE_PAYMENTS, 0 }, { "Other", 0, 0 } }, 2);
  assert_rows (&fixture, "Mover, Payout");

  g_assert_true (tok_ui_test_press (fixture.rows, "Escape"));
  g_assert_false (is_searching (&fixture));
  g_assert_cmpstr (
      gtk_editable_get_text (tok_ui_test_find_any (fixture.rows, GTK_TYPE_SEARCH_ENTRY, NULL)), ==,
      "");
  g_assert_nonnull (get_row (&fixture, 2));
  g_assert_false (tok_ui_test_press (fixture.rows, "Escape"));
  end (&fixture);
}

/* The keys go to what is searched for, and afterwards to the rows. */
static void
test_search_focus (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  tok_grant_rows_focus (fixture.rows);
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 0)));
  tok_grant_rows_search (fixture.rows);
  g_assert_true (gtk_widget_is_ancestor (get_focus (&fixture), GTK_WIDGET (get_entry (&fixture))));
  gtk_editable_set_text (get_entry (&fixture), "spare");
  g_object_set (fixture.rows, "search-mode", FALSE, NULL);
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 0)));

  /* A row that has the focus keeps it. */
  tok_grant_rows_search (fixture.rows);
  gtk_editable_set_text (get_entry (&fixture), "payout");
  tok_grant_rows_focus (fixture.rows);
  tok_ui_test_press (fixture.rows, "Escape");
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 2)));
  end (&fixture);
}

static void
test_no_match (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_null (tok_ui_test_find_any (fixture.rows, TOK_TYPE_NO_MATCH_PAGE, NULL));
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  search (&fixture, "<b>&");
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.rows, "No Match"));
  g_assert_true (tok_ui_test_shows (fixture.rows,
                                    "Nothing with the access level “Can trade” matches “<b>&”."));
  pick (&fixture, TOK_GRANT_FILTER_ANY);
  g_assert_true (tok_ui_test_shows (fixture.rows, "Nothing here matches “<b>&”."));
  tok_ui_test_click (fixture.rows, "Clear Search and Filter");
  g_assert_false (tok_ui_test_shows (fixture.rows, "No Match"));
  g_assert_false (is_searching (&fixture));
  assert_rows (&fixture, "Grid bot, Ledger, Payout, Spare bot");
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 0)));

  /* A choice that nothing is left of. */
  pick (&fixture, TOK_ACCESS_LEVEL_MONEY);
  list_rows (&fixture, sample, 2);
  tok_grant_store_sweep (fixture.store);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (
      tok_ui_test_shows (fixture.rows, "Nothing here has the access level “Can move money”."));
  tok_ui_test_click (fixture.rows, "Clear Search and Filter");
  assert_rows (&fixture, "Grid bot, Ledger");
  end (&fixture);
}

static void
test_levels (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_null (get_level (&fixture, TOK_ACCESS_LEVEL_FULL));
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  assert_rows (&fixture, "Grid bot, Spare bot");
  /* What is counted is what the words find. */
  search (&fixture, "l");
  g_assert_null (get_level (&fixture, TOK_ACCESS_LEVEL_MONEY));
  tok_ui_test_assert_name (get_level (&fixture, TOK_GRANT_FILTER_ANY), "All, 1 token");
  tok_ui_test_assert_name (get_level (&fixture, TOK_ACCESS_LEVEL_TRADE), "Can trade, 0 tokens");
  g_object_set (fixture.rows, "search-mode", FALSE, NULL);

  /* A level that changes without a row that comes or goes. */
  list_rows (&fixture,
             (Row[]){ { "Grid bot", TOK_SCOPE_ADMIN, 0 },
                      { "Ledger", TOK_SCOPE_TRADE, 0 },
                      { "Payout", TOK_SCOPE_PAYMENTS, 0 },
                      { "Spare bot", TOK_SCOPE_TRADE, 0 } },
             4);
  assert_rows (&fixture, "Ledger, Spare bot");
  tok_ui_test_assert_name (get_level (&fixture, TOK_ACCESS_LEVEL_FULL), "Full control, 1 token");
  end (&fixture);
}

static void
test_order (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  assert_rows (&fixture, "Grid bot, Ledger, Payout, Spare bot");
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_LAST_USED, NULL);
  assert_rows (&fixture, "Ledger, Spare bot, Grid bot, Payout");
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture.rows), "list.order", "s", "level"));
  assert_rows (&fixture, "Payout, Grid bot, Spare bot, Ledger");

  /* What was just used moves up, and the focus with it. */
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_LAST_USED, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (get_row (&fixture, 2)));
  list_rows (&fixture, (Row[]){ { "Grid bot", TOK_SCOPE_READ, 2024 }, sample[1], sample[3] }, 3);
  assert_rows (&fixture, "Grid bot, Ledger, Spare bot, Payout");
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 0)));
  end (&fixture);
}

/* Rows that have just moved hear no click. */
static void
test_unsettled (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_LEVEL, NULL);
  tok_ui_test_click (get_row (&fixture, 0), "Delete");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);

  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 60000, NULL);
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_NAME, NULL);
  tok_ui_test_click (get_row (&fixture, 0), "Delete");
  g_assert_cmpuint (fixture.n_revoked, ==, 1);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  tok_ui_test_click (get_row (&fixture, 0), "Delete");
  g_assert_cmpuint (fixture.n_revoked, ==, 2);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 60000, NULL);
  search (&fixture, "spare");
  tok_ui_test_click (get_row (&fixture, 0), "Delete");
  g_assert_cmpuint (fixture.n_revoked, ==, 2);
  end (&fixture);
}

/* Another account is looked at with open eyes, sorted as before. */
static void
test_another_store (void)
{
  g_autoptr (TokGrantStore) other = tok_grant_store_new ();
  Fixture fixture = { NULL };

  begin (&fixture);
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_LEVEL, NULL);
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  search (&fixture, "bot");
  tok_ui_test_list_apps (other, 1, 3);
  g_object_set (fixture.rows, "store", other, NULL);
  assert_rows (&fixture, "App 1, App 2, App 3");
  g_assert_false (is_searching (&fixture));
  g_object_set (fixture.rows, "store", fixture.store, NULL);
  assert_rows (&fixture, "Payout, Grid bot, Spare bot, Ledger");
  end (&fixture);
}

static void
assert_can_search (Fixture *self, gboolean expected)
{
  gboolean can_search;

  g_object_get (self->rows, "can-search", &can_search, NULL);
  g_assert_true (can_search == expected);
  g_assert_true ((tok_ui_test_find (self->rows, TOK_TYPE_GRANT_TOOLS, NULL) != NULL) == expected);
}

/* Where there is no choice, nobody is offered one. */
static void
test_choice (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  assert_can_search (&fixture, TRUE);
  list_rows (&fixture, sample, 1);
  tok_grant_store_sweep (fixture.store);
  tok_ui_test_wait_for_frame (fixture.window);
  assert_can_search (&fixture, FALSE);
  tok_grant_rows_search (fixture.rows);
  g_assert_false (is_searching (&fixture));
  list_sample (&fixture);
  assert_can_search (&fixture, TRUE);
  end (&fixture);
}

/* Below, where it moves none of them. */
static void
test_unread (void)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_object_unref);
  static const char sentence[]
      = "2 entries of the service’s list can’t be read, and are not shown here.";
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_false (tok_ui_test_shows (fixture.rows, sentence));
  g_ptr_array_add (tokens, tok_token_new ("Ledger", "x", TOK_SCOPE_READ, NULL, NULL, NULL));
  tok_grant_store_take_tokens (fixture.store, tokens, 2);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.rows, sentence));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==,
                    G_N_ELEMENTS (sample));
  list_sample (&fixture);
  g_assert_false (tok_ui_test_shows (fixture.rows, sentence));
  end (&fixture);
}

/* What was created is seen, whatever was looked for. */
static void
test_point_out_new (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  tok_grant_set_is_new (tok_grant_store_find (fixture.store, "Spare bot"), TRUE);
  g_assert_true (tok_grant_rows_point_out_new (fixture.rows));
  assert_rows (&fixture, "Grid bot, Spare bot");
  tok_grant_set_is_new (tok_grant_store_find (fixture.store, "Spare bot"), FALSE);
  tok_grant_set_is_new (tok_grant_store_find (fixture.store, "Payout"), TRUE);
  g_assert_true (tok_grant_rows_point_out_new (fixture.rows));
  assert_rows (&fixture, "Grid bot, Ledger, Payout, Spare bot");
  g_assert_true (get_focus (&fixture) == GTK_WIDGET (get_row (&fixture, 2)));
  end (&fixture);
}

/* Nothing is made before somebody looks. */
static void
test_unseen (void)
{
  g_autoptr (TokGrantStore) store = tok_grant_store_new ();
  GtkWidget *rows = g_object_new (TOK_TYPE_GRANT_ROWS, "store", store, NULL);

  g_object_ref_sink (rows);
  tok_ui_test_list_apps (store, 1, 9);
  g_assert_cmpuint (tok_ui_test_count (rows, TOK_TYPE_GRANT_ROW), ==, 0);
  g_assert_cmpuint (tok_ui_test_count (rows, TOK_TYPE_GRANT_TOOLS), ==, 0);
  g_assert_cmpuint (tok_ui_test_count (rows, GTK_TYPE_SEARCH_BAR), ==, 0);
  tok_test_assert_finalize (rows);
}

static void
set_selecting (Fixture *self, gboolean selecting)
{
  g_object_set (self->rows, "selection-mode", selecting, NULL);
  tok_ui_test_wait_for_frame (self->window);
}

static gboolean
is_selecting (Fixture *self)
{
  gboolean selection_mode;

  g_object_get (self->rows, "selection-mode", &selection_mode, NULL);
  return selection_mode;
}

static void
press_row (Fixture *self, int i)
{
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  tok_grant_rows_unsettle (self->rows);
  g_signal_emit_by_name (get_row (self, i), "activate");
}

static gboolean
is_checked (Fixture *self, int i)
{
  return gtk_check_button_get_active (
      tok_ui_test_get (get_row (self, i), GTK_TYPE_CHECK_BUTTON, NULL));
}

static void
test_select (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_null (tok_ui_test_find_any (fixture.rows, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_false (tok_ui_test_press (fixture.rows, "<Control>a"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.rows), "list.select", NULL));
  g_assert_true (is_selecting (&fixture));
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_null (tok_ui_test_find (get_row (&fixture, 0), GTK_TYPE_BUTTON, "Delete"));
  g_assert_true (tok_ui_test_shows (fixture.rows, "None selected"));
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (fixture.rows, GTK_TYPE_BUTTON, "Delete…")));

  press_row (&fixture, 3);
  press_row (&fixture, 2);
  g_assert_cmpuint (fixture.n_opened, ==, 0);
  g_assert_true (is_checked (&fixture, 2));
  g_assert_false (is_checked (&fixture, 1));
  tok_ui_test_assert_name (get_row (&fixture, 2),
                           "Selected: Payout, Can move money · Payments, Never used");
  g_assert_true (tok_ui_test_shows (fixture.rows, "2 selected"));
  tok_ui_test_click (fixture.rows, "Delete 2 Tokens…");
  g_assert_cmpuint (fixture.several->len, ==, 2);
  g_assert_cmpstr (tok_grant_get_name (fixture.several->pdata[0]), ==, "Payout");
  g_assert_cmpstr (tok_grant_get_name (fixture.several->pdata[1]), ==, "Spare bot");
  press_row (&fixture, 2);
  g_assert_false (is_checked (&fixture, 2));
  tok_ui_test_get (fixture.rows, GTK_TYPE_BUTTON, "Delete 1 Token…");

  g_assert_true (tok_ui_test_press (fixture.rows, "<Control>a"));
  g_assert_true (tok_ui_test_shows (fixture.rows, "4 selected"));
  g_assert_true (tok_ui_test_press (fixture.rows, "Escape"));
  g_assert_false (is_selecting (&fixture));
  g_assert_nonnull (tok_ui_test_find (get_row (&fixture, 0), GTK_TYPE_BUTTON, "Delete"));
  g_assert_null (tok_ui_test_find (fixture.rows, GTK_TYPE_CHECK_BUTTON, NULL));
  press_row (&fixture, 0);
  g_assert_cmpuint (fixture.n_opened, ==, 1);

  /* It begins with none. */
  set_selecting (&fixture, TRUE);
  g_assert_true (tok_ui_test_shows (fixture.rows, "None selected"));
  end (&fixture);
}

/* The key that deletes one row is about all that are selected, and about no other. */
static void
test_select_key (gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  g_assert_false (tok_ui_test_press (fixture.rows, data));
  set_selecting (&fixture, TRUE);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_press (fixture.rows, data));
  g_assert_null (fixture.several);
  press_row (&fixture, 3);
  press_row (&fixture, 2);
  g_assert_false (tok_ui_test_press (get_row (&fixture, 0), data));
  g_assert_true (tok_ui_test_press (fixture.rows, data));
  g_assert_cmpuint (fixture.several->len, ==, 2);
  g_assert_cmpstr (tok_grant_get_name (fixture.several->pdata[0]), ==, "Payout");
  g_assert_cmpuint (fixture.n_revoked, ==, 0);
  g_assert_true (is_selecting (&fixture));
  end (&fixture);
}

/* What is hidden is not selected, and does not come back selected. */
static void
test_select_found (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  set_selecting (&fixture, TRUE);
  tok_ui_test_press (fixture.rows, "<Control>a");
  pick (&fixture, TOK_ACCESS_LEVEL_TRADE);
  g_assert_true (tok_ui_test_shows (fixture.rows, "2 selected"));
  pick (&fixture, TOK_GRANT_FILTER_ANY);
  g_assert_true (tok_ui_test_shows (fixture.rows, "2 selected"));
  g_object_set (fixture.rows, "order", TOK_GRANT_ORDER_LEVEL, NULL);
  g_assert_true (tok_ui_test_shows (fixture.rows, "2 selected"));
  g_assert_true (is_checked (&fixture, 1));
  g_assert_false (is_checked (&fixture, 0));
  list_rows (&fixture, sample, 3);
  g_assert_true (tok_ui_test_shows (fixture.rows, "1 selected"));
  g_object_set (fixture.rows, "store", NULL, NULL);
  g_assert_false (is_selecting (&fixture));
  end (&fixture);
}

static GtkWidget *
get_select_button (Fixture *self)
{
  return tok_ui_test_find_tip (self->rows, "Select Several");
}

static void
test_cannot_select (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  set_selecting (&fixture, TRUE);
  g_object_set (fixture.rows, "can-revoke", FALSE, NULL);
  g_assert_false (is_selecting (&fixture));
  g_assert_false (gtk_widget_is_sensitive (get_select_button (&fixture)));
  set_selecting (&fixture, TRUE);
  g_assert_false (is_selecting (&fixture));
  g_object_set (fixture.rows, "can-revoke", TRUE, NULL);
  g_assert_true (gtk_widget_is_sensitive (get_select_button (&fixture)));
  end (&fixture);
}

/* It is about all rows, and out of the way of who is after some of them. */
static void
test_footer (void)
{
  GtkWidget *footer = gtk_label_new ("Footer");
  g_autoptr (GtkWidget) kept = NULL;
  Fixture fixture = { NULL };

  begin (&fixture);
  g_object_set (fixture.rows, "footer", footer, NULL);
  g_object_set (fixture.rows, "footer", footer, NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (tok_ui_test_shows (fixture.rows, "Footer"));
  g_assert_null (gtk_widget_get_next_sibling (footer));
  g_object_set (fixture.rows, "selection-mode", TRUE, NULL);
  g_assert_false (gtk_widget_get_visible (footer));
  g_object_set (fixture.rows, "selection-mode", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (footer));
  search (&fixture, "bot");
  g_assert_false (gtk_widget_get_visible (footer));
  g_object_set (fixture.rows, "search-mode", FALSE, NULL);
  g_assert_true (gtk_widget_get_visible (footer));

  g_object_get (fixture.rows, "footer", &kept, NULL);
  g_assert_true (kept == footer);
  g_object_set (fixture.rows, "footer", NULL, NULL);
  g_assert_null (gtk_widget_get_parent (footer));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-rows/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-rows/unseen", test_unseen);
  g_test_add_func ("/grant-rows/search", test_search);
  g_test_add_func ("/grant-rows/search-focus", test_search_focus);
  g_test_add_func ("/grant-rows/no-match", test_no_match);
  g_test_add_func ("/grant-rows/levels", test_levels);
  g_test_add_func ("/grant-rows/order", test_order);
  g_test_add_func ("/grant-rows/unsettled", test_unsettled);
  g_test_add_func ("/grant-rows/another-store", test_another_store);
  g_test_add_func ("/grant-rows/choice", test_choice);
  g_test_add_func ("/grant-rows/point-out-new", test_point_out_new);
  g_test_add_func ("/grant-rows/footer", test_footer);

  g_test_add_func ("/grant-rows/unread", test_unread);
  g_test_add_func ("/grant-rows/select", test_select);
  g_test_add_data_func ("/grant-rows/select/delete", "Delete", test_select_key);
  g_test_add_data_func ("/grant-rows/select/keypad-delete", "KP_Delete", test_select_key);
  g_test_add_func ("/grant-rows/select/found", test_select_found);
  g_test_add_func ("/grant-rows/select/cannot", test_cannot_select);

  return g_test_run ();
}
