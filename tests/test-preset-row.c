/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preset-row.h"

#include "tok-preset.h"
#include "tok-scope-set.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define FIRST TOK_PRESET_VIEW
#define N_PRESETS TOK_PRESET_CUSTOM

/* All presets in a list between two buttons, and the set that they show. */
typedef struct {
  TokScopeSet *set;
  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *rows[N_PRESETS];
  GtkCheckButton *checks[N_PRESETS];
  GtkWidget *window;
} Fixture;

static GtkWidget *
new_row (TokPreset preset, TokScopeSet *set, gpointer group)
{
  return g_object_new (TOK_TYPE_PRESET_ROW, "preset", preset, "scope-set", set, "group", group,
                       NULL);
}

static void
begin (Fixture *self, TokScopes scopes)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list_box = gtk_list_box_new ();

  self->set = tok_scope_set_new (scopes);
  self->before = gtk_button_new_with_label ("Before");
  self->after = gtk_button_new_with_label ("After");
  for (guint i = 0; i < N_PRESETS; i++) {
    self->rows[i] = new_row (FIRST + i, self->set, i > 0 ? self->rows[0] : NULL);
    gtk_list_box_append (GTK_LIST_BOX (list_box), self->rows[i]);
  }
  gtk_box_append (GTK_BOX (box), self->before);
  gtk_box_append (GTK_BOX (box), list_box);
  gtk_box_append (GTK_BOX (box), self->after);
  self->window = tok_ui_test_present (box);
  for (guint i = 0; i < N_PRESETS; i++)
    self->checks[i] = tok_ui_test_get (self->rows[i], GTK_TYPE_CHECK_BUTTON, NULL);
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
  TokPreset preset;

  tok_ui_test_assert_finalize_widget (new_row (TOK_PRESET_VIEW, set, NULL));
  tok_test_assert_finalize (set);
  begin (&fixture, TOK_SCOPE_NONE);
  g_object_get (fixture.rows[2], "preset", &preset, "scope-set", &kept, NULL);
  g_assert_cmpint (preset, ==, TOK_PRESET_REPORTING);
  g_assert_true (kept == fixture.set);
  g_clear_object (&kept);
  end (&fixture);
}

static void
assert_chosen (Fixture *self, TokPreset preset)
{
  for (guint i = 0; i < N_PRESETS; i++) {
    gboolean is_chosen = FIRST + i == preset;
    g_autofree char *other = gtk_test_accessible_check_state (
        GTK_ACCESSIBLE (self->checks[i]), GTK_ACCESSIBLE_STATE_CHECKED,
        is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);

    g_assert_null (other);
    g_assert_true (gtk_check_button_get_active (self->checks[i]) == is_chosen);
  }
}

static void
test_words (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_NONE);
  for (guint i = 0; i < N_PRESETS; i++) {
    const char *purpose = tok_preset_get_purpose (FIRST + i);
    g_autofree char *other = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (fixture.checks[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, purpose);

    g_assert_null (other);
    g_assert_true (tok_ui_test_shows (fixture.rows[i], tok_preset_get_label (FIRST + i)));
    g_assert_true (tok_ui_test_shows (fixture.rows[i], purpose));
    g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (fixture.checks[i])), ==,
                     GTK_ACCESSIBLE_ROLE_RADIO);
  }
  end (&fixture);
}

/* Whatever is ticked chooses the one that fits. */
static void
test_derived (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_READ);
  assert_chosen (&fixture, TOK_PRESET_VIEW);
  for (TokScopes from = 0; from <= TOK_SCOPE_ALL; from++)
    for (TokScopes to = 0; to <= TOK_SCOPE_ALL; to++) {
      tok_scope_set_set_scopes (fixture.set, from);
      tok_scope_set_set_scopes (fixture.set, to);
      g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, to);
      assert_chosen (&fixture, tok_preset_from_scopes (to));
    }
  end (&fixture);
}

/* From anything to any preset, by a click anywhere on it. */
static void
test_chosen (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_NONE);
  for (TokScopes scopes = 0; scopes <= TOK_SCOPE_ALL; scopes++)
    for (guint i = 0; FIRST + i < TOK_PRESET_CUSTOM; i++) {
      tok_scope_set_set_scopes (fixture.set, scopes);
      adw_action_row_activate (ADW_ACTION_ROW (fixture.rows[i]));
      g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==,
                        tok_preset_get_scopes (FIRST + i));
      assert_chosen (&fixture, FIRST + i);
      /* Once more takes nothing back. */
      adw_action_row_activate (ADW_ACTION_ROW (fixture.rows[i]));
      g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==,
                        tok_preset_get_scopes (FIRST + i));
    }
  end (&fixture);
}

/* Whoever wants to tick by hand finds all as it was, and what he ticks decides again. */
static void
test_custom (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_NONE);
  for (TokScopes scopes = 0; scopes <= TOK_SCOPE_ALL; scopes++) {
    tok_scope_set_set_scopes (fixture.set, scopes);
    adw_action_row_activate (ADW_ACTION_ROW (fixture.rows[N_PRESETS - 1]));
    g_assert_cmpuint (tok_scope_set_get_scopes (fixture.set), ==, scopes);
    assert_chosen (&fixture, TOK_PRESET_CUSTOM);
    tok_scope_set_set_scopes (fixture.set, scopes ^ TOK_SCOPE_READ);
    assert_chosen (&fixture, tok_preset_from_scopes (scopes ^ TOK_SCOPE_READ));
  }
  end (&fixture);
}

static void
move_focus (Fixture *self, GtkDirectionType direction, gpointer expected)
{
  gtk_widget_child_focus (self->window, direction);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == expected);
}

static void
press (Fixture *self, guint i, const char *keys, gpointer expected)
{
  tok_ui_test_press (self->rows[i], keys);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == expected);
}

/* Tab stops at one of them, and the arrows lead to the others without choosing them. */
static void
test_keys (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, TOK_SCOPE_NONE);
  gtk_widget_grab_focus (fixture.before);
  move_focus (&fixture, GTK_DIR_TAB_FORWARD, fixture.checks[0]);
  move_focus (&fixture, GTK_DIR_TAB_FORWARD, fixture.after);
  move_focus (&fixture, GTK_DIR_TAB_BACKWARD, fixture.checks[N_PRESETS - 1]);
  move_focus (&fixture, GTK_DIR_TAB_BACKWARD, fixture.before);
  for (guint i = 0; FIRST + i < TOK_PRESET_CUSTOM; i++) {
    tok_scope_set_set_scopes (fixture.set, tok_preset_get_scopes (FIRST + i));
    move_focus (&fixture, GTK_DIR_TAB_FORWARD, fixture.checks[i]);
    move_focus (&fixture, GTK_DIR_TAB_FORWARD, fixture.after);
    move_focus (&fixture, GTK_DIR_TAB_BACKWARD, fixture.checks[i]);
    press (&fixture, i, "Down", fixture.checks[i + 1]);
    press (&fixture, i + 1, "Up", fixture.checks[i]);
    assert_chosen (&fixture, FIRST + i);
    move_focus (&fixture, GTK_DIR_TAB_BACKWARD, fixture.before);
  }
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/preset-row/new-destroy", test_new_destroy);
  g_test_add_func ("/preset-row/words", test_words);
  g_test_add_func ("/preset-row/derived", test_derived);
  g_test_add_func ("/preset-row/chosen", test_chosen);
  g_test_add_func ("/preset-row/custom", test_custom);
  g_test_add_func ("/preset-row/keys", test_keys);

  return g_test_run ();
}
