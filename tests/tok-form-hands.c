/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-form-hands.h"

#include "tok-scope-row.h"
#include "tok-ui-test.h"

#include <adwaita.h>

/**
 * tok_form_hands_get_name_row:
 * @root: What the form is in.
 *
 * Returns: (transfer none): Where the name is typed.
 */
GtkEditable *
tok_form_hands_get_name_row (gpointer root)
{
  return GTK_EDITABLE (tok_ui_test_get (root, ADW_TYPE_ENTRY_ROW, "Name"));
}

/**
 * tok_form_hands_type_name:
 * @root: What the form is in.
 * @name: What to type in place of what is there.
 */
void
tok_form_hands_type_name (gpointer root, const char *name)
{
  gtk_editable_set_text (tok_form_hands_get_name_row (root), name);
}

/**
 * tok_form_hands_press_enter:
 * @root: What the form is in.
 *
 * Presses Return in the name.
 */
void
tok_form_hands_press_enter (gpointer root)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (tok_form_hands_get_name_row (root)),
                         "activate");
}

/**
 * tok_form_hands_get_box:
 * @root: What the form is in.
 * @scope: One scope.
 *
 * Returns: (transfer none): The box to tick for it.
 */
GtkCheckButton *
tok_form_hands_get_box (gpointer root, TokScopes scope)
{
  GtkWidget *row = tok_ui_test_get (root, TOK_TYPE_SCOPE_ROW, tok_scope_get_label (scope));

  return tok_ui_test_get (row, GTK_TYPE_CHECK_BUTTON, NULL);
}

/**
 * tok_form_hands_tick:
 * @root: What the form is in.
 * @scopes: What is to be ticked, and nothing else.
 */
void
tok_form_hands_tick (gpointer root, TokScopes scopes)
{
  for (guint i = 0; i < TOK_N_SCOPES; i++)
    gtk_check_button_set_active (tok_form_hands_get_box (root, TOK_SCOPE_NTH (i)),
                                 (scopes & TOK_SCOPE_NTH (i)) != 0);
}

/**
 * tok_form_hands_get_only_here:
 * @root: What the form is in.
 *
 * Returns: (transfer none): The switch that binds the token to the present network address.
 */
GtkSwitch *
tok_form_hands_get_only_here (gpointer root)
{
  return tok_ui_test_get (root, GTK_TYPE_SWITCH, NULL);
}

/**
 * tok_form_hands_fill:
 * @root: What the form is in.
 * @name: What to type.
 * @scopes: What to tick.
 * @only_here: Whether to bind it to the present network address.
 */
void
tok_form_hands_fill (gpointer root, const char *name, TokScopes scopes, gboolean only_here)
{
  tok_form_hands_type_name (root, name);
  tok_form_hands_tick (root, scopes);
  gtk_switch_set_active (tok_form_hands_get_only_here (root), only_here);
}

/**
 * tok_form_hands_assert:
 * @root: What the form is in.
 * @name: What must be typed.
 * @scopes: What must be ticked.
 * @only_here: How the switch must stand.
 */
void
tok_form_hands_assert (gpointer root, const char *name, TokScopes scopes, gboolean only_here)
{
  TokScopes ticked = TOK_SCOPE_NONE;

  g_assert_cmpstr (gtk_editable_get_text (tok_form_hands_get_name_row (root)), ==, name);
  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (gtk_check_button_get_active (tok_form_hands_get_box (root, TOK_SCOPE_NTH (i))))
      ticked |= TOK_SCOPE_NTH (i);
  g_assert_cmpuint (ticked, ==, scopes);
  g_assert_true (gtk_switch_get_active (tok_form_hands_get_only_here (root)) == only_here);
}

/**
 * tok_form_hands_assert_hint:
 * @root: What the form is in.
 * @hint: What must stand below the name.
 * @is_wrong: Whether the name must be marked as wrong, for eyes and for a screen reader.
 */
void
tok_form_hands_assert_hint (gpointer root, const char *hint, gboolean is_wrong)
{
  GtkWidget *row = GTK_WIDGET (tok_form_hands_get_name_row (root));
  GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (group))), ==, hint);
  g_assert_true (gtk_widget_has_css_class (row, "warning") == is_wrong);
  g_assert_true ((other == NULL) == is_wrong);
}
