/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-row.h"

#include "tok-scope-set.h"
#include "tok-test.h"
#include "tok-ui-test.h"

/* A row in a list, and the set that it shows. */
typedef struct {
  TokScopeSet *set;
  GtkWidget *row;
  GtkCheckButton *check;
  GtkWidget *window;
} Fixture;

static GtkWidget *
new_row (TokScopes scope, TokScopeSet *set)
{
  return g_object_new (TOK_TYPE_SCOPE_ROW, "scope", scope, "scope-set", set, NULL);
}

static void
begin (Fixture *self, TokScopes scope, TokScopes scopes)
{
  GtkWidget *list_box = gtk_list_box_new ();

  self->set = tok_scope_set_new (scopes);
  self->row = new_row (scope, self->set);
  gtk_list_box_append (GTK_LIST_BOX (list_box), self->row);
  self->window = tok_ui_test_present (list_box);
  self->check = tok_ui_test_get (self->row, GTK_TYPE_CHECK_BUTTON, NULL);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->set);
}

static void
test_new_destroy (void)
{
  TokScopeSet *set = tok_scope_set_new (TOK_SCOPE_NONE);
  Fixture fixture = { NULL };
  g_autoptr (TokScopeSet) kept = NULL;
  TokScopes scope;

  tok_ui_test_assert_finalize_widget (new_row (TOK_SCOPE_READ, set));
  tok_test_assert_finalize (set);
  begin (&fixture, TOK_SCOPE_ADMIN, TOK_SCOPE_NONE);
  g_object_get (fixture.row, "scope", &scope, "scope-set", &kept, NULL);
  g_assert_cmpuint (scope, ==, TOK_SCOPE_ADMIN);
  g_assert_true (kept == fixture.set);
  g_clear_object (&kept);
  end (&fixture);
}

static void
assert_described (GtkCheckButton *check, const char *description)
{
  g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_null (other);
}

static void
assert_checked (GtkCheckButton *check, gboolean checked)
{
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_STATE_CHECKED,
      checked ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);

  g_assert_null (other);
  g_assert_true (gtk_check_button_get_active (check) == checked);
}

static void
test_words (gconstpointer data)
{
  TokScopes scope = GPOINTER_TO_UINT (data);
  Fixture fixture = { NULL };
  GtkWidget *focus;

  begin (&fixture, scope, TOK_SCOPE_NONE);
  g_assert_true (tok_ui_test_shows (fixture.row, tok_scope_get_label (scope)));
  g_assert_true (tok_ui_test_shows (fixture.row, tok_scope_get_description (scope)));
  assert_described (fixture.check, tok_scope_get_description (scope));

  /* One stop for the keys, not two. */
  gtk_window_set_focus (GTK_WINDOW (fixture.window), NULL);
  gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus == GTK_WIDGET (fixture.check));
  end (&fixture);
}

static void
test_both_ways (gconstpointer data)
{
  TokScopes scope = GPOINTER_TO_UINT (data);
  TokScopes others = TOK_SCOPE_ALL & ~scope;
  Fixture fixture = { NULL };

  begin (&fixture, scope, others);
  assert_checked (fixture.check, FALSE);
  gtk_check_button_set_active (fixture.check, TRUE);
  g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, TOK_SCOPE_ALL);
  gtk_check_button_set_active (fixture.check, FALSE);
  g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, others);

  tok_scope_set_set_scopes (fixture.set, scope);
  assert_checked (fixture.check, TRUE);
  tok_scope_set_set_scopes (fixture.set, others);
  assert_checked (fixture.check, FALSE);
  end (&fixture);

  begin (&fixture, scope, scope);
  assert_checked (fixture.check, TRUE);
  end (&fixture);
}

/* Anywhere on it. */
static void
test_click (gconstpointer data)
{
  TokScopes scope = GPOINTER_TO_UINT (data);
  Fixture fixture = { NULL };

  begin (&fixture, scope, TOK_SCOPE_NONE);
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (fixture.row)));
  adw_action_row_activate (ADW_ACTION_ROW (fixture.row));
  g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, scope);
  assert_checked (fixture.check, TRUE);
  adw_action_row_activate (ADW_ACTION_ROW (fixture.row));
  g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, TOK_SCOPE_NONE);
  end (&fixture);
}

/* What is ticked for nothing says so, as long as it is. */
static void
test_covered (void)
{
  static const char own[] = "See the trading history";
  static const char covered[] = "See the trading history; “Read” covers that already";
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_TRADING_INFORMATION, TOK_SCOPE_READ);
  g_assert_true (tok_ui_test_shows (fixture.row, own));
  assert_described (fixture.check, own);
  gtk_check_button_set_active (fixture.check, TRUE);
  g_assert_true (tok_ui_test_shows (fixture.row, covered));
  assert_described (fixture.check, covered);
  g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==,
                    TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION);
  tok_scope_set_set_scopes (fixture.set, TOK_SCOPE_ALL & ~TOK_SCOPE_READ);
  g_assert_true (tok_ui_test_shows (fixture.row, own));
  assert_described (fixture.check, own);
  end (&fixture);
}

static void
add (const char *path, GTestDataFunc test)
{
  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    g_autofree char *whole = g_strconcat (path, "/", tok_scope_get_id (TOK_SCOPE_NTH (i)), NULL);

    g_test_add_data_func (whole, GUINT_TO_POINTER (TOK_SCOPE_NTH (i)), test);
  }
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/scope-row/new-destroy", test_new_destroy);
  add ("/scope-row/words", test_words);
  add ("/scope-row/both-ways", test_both_ways);
  add ("/scope-row/click", test_click);
  g_test_add_func ("/scope-row/covered", test_covered);

  return g_test_run ();
}
