/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scope-picker.h"

#include "tok-access.h"
#include "tok-form-hands.h"
#include "tok-preset-row.h"
#include "tok-preset.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define ANSWER "You answer for every transaction that is made with this token, whoever makes it. "
#define COPYING                                                                                    \
  "With copy trading nobody guarantees that the original and the copied trade are sold at the "    \
  "same time. "
#define TERMS "The operator’s terms of use say more."

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_SCOPE_PICKER, NULL));
}

static const char *
get_liability (TokScopes scopes)
{
  if (scopes & TOK_SCOPE_TRADE)
    return ANSWER COPYING TERMS;
  if (scopes & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN))
    return ANSWER TERMS;
  /* For people who copy. */
  return scopes == TOK_SCOPE_READ ? COPYING TERMS : NULL;
}

static void
assert_liability (TokScopePicker *picker, TokScopes scopes)
{
  static const char *const all[] = { ANSWER COPYING TERMS, ANSWER TERMS, COPYING TERMS };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_true (tok_ui_test_shows (picker, all[i])
                   == (g_strcmp0 (all[i], get_liability (scopes)) == 0));
}

static void
assert_preset (TokScopePicker *picker, TokPreset chosen)
{
  for (TokPreset preset = TOK_PRESET_VIEW; preset <= TOK_PRESET_CUSTOM; preset++) {
    GtkWidget *row = tok_ui_test_get (picker, TOK_TYPE_PRESET_ROW, tok_preset_get_label (preset));

    g_assert_true (gtk_check_button_get_active (tok_ui_test_get (row, GTK_TYPE_CHECK_BUTTON, NULL))
                   == (preset == chosen));
  }
}

/* What is ticked is what is permitted, and is described as such while it is being ticked. */
static void
test_scopes (void)
{
  static const char *const levels[]
      = { "No access", "View only", "Can trade", "Can move money", "Full control" };
  TokScopePicker *picker = g_object_new (TOK_TYPE_SCOPE_PICKER, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (GTK_WIDGET (picker));
  GtkWidget *image
      = gtk_widget_get_next_sibling (tok_ui_test_get (picker, GTK_TYPE_LABEL, "Permissions"));

  for (TokScopes scopes = 0; scopes <= TOK_SCOPE_ALL; scopes++) {
    TokAccessLevel level = tok_access_level_from_scopes (scopes);

    tok_form_hands_tick (picker, scopes);
    g_assert_cmpuint (tok_scope_picker_get_scopes (picker), ==, scopes);
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (image))), ==,
                     levels[level]);
    g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==,
                     tok_access_level_get_icon_name (level));
    tok_ui_test_wait_for_frame (window);
    assert_liability (picker, scopes);
    assert_preset (picker, tok_preset_from_scopes (scopes));
  }
  tok_ui_test_close (window);
}

/* Presets and boxes are two views of the same, and whoever asks for it is told once. */
static void
test_both_ways (void)
{
  TokScopePicker *picker = g_object_new (TOK_TYPE_SCOPE_PICKER, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (GTK_WIDGET (picker));
  guint *n_notified = tok_test_count_notify (picker, "scopes");
  TokScopes scopes;

  for (TokPreset preset = TOK_PRESET_VIEW; preset < TOK_PRESET_CUSTOM; preset++) {
    GtkWidget *row = tok_ui_test_get (picker, TOK_TYPE_PRESET_ROW, tok_preset_get_label (preset));

    *n_notified = 0;
    adw_action_row_activate (ADW_ACTION_ROW (row));
    g_assert_cmpuint (*n_notified, ==, 1);
    for (guint i = 0; i < TOK_N_SCOPES; i++)
      g_assert_true (
          gtk_check_button_get_active (tok_form_hands_get_box (picker, TOK_SCOPE_NTH (i)))
          == ((tok_preset_get_scopes (preset) & TOK_SCOPE_NTH (i)) != 0));
  }
  g_object_set (picker, "scopes", TOK_SCOPE_ALL, NULL);
  g_object_get (picker, "scopes", &scopes, NULL);
  g_assert_cmpuint (scopes, ==, TOK_SCOPE_ALL);
  assert_preset (picker, TOK_PRESET_CUSTOM);
  tok_scope_picker_set_scopes (picker, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
  g_assert_cmpuint (tok_scope_picker_get_scopes (picker), ==, TOK_SCOPE_READ);
  assert_preset (picker, TOK_PRESET_VIEW);
  tok_ui_test_close (window);
}

/* To assistive technology the presets are one group, which has the name that is shown. */
static void
test_group (void)
{
  TokScopePicker *picker = g_object_new (TOK_TYPE_SCOPE_PICKER, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (GTK_WIDGET (picker));
  GtkWidget *group = gtk_widget_get_ancestor (
      tok_ui_test_get (picker, TOK_TYPE_PRESET_ROW, "Custom"), ADW_TYPE_PREFERENCES_GROUP);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (group)), ==,
                   GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (group),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/scope-picker/new-destroy", test_new_destroy);
  g_test_add_func ("/scope-picker/scopes", test_scopes);
  g_test_add_func ("/scope-picker/both-ways", test_both_ways);
  g_test_add_func ("/scope-picker/group", test_group);

  return g_test_run ();
}
