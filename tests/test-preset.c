/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preset.h"

#include "tok-test.h"

static const struct {
  TokPreset preset;
  const char *nick;
  const char *label;
  TokScopes scopes;
  gboolean serves_copying;
} presets[] = {
  { TOK_PRESET_VIEW, "view", "View only", TOK_SCOPE_READ, TRUE },
  { TOK_PRESET_TRADING, "trading", "Trading bot or copying service",
    TOK_SCOPE_READ | TOK_SCOPE_TRADE, TRUE },
  { TOK_PRESET_REPORTING, "reporting", "Reporting", TOK_SCOPE_TRADING_INFORMATION, FALSE },
  { TOK_PRESET_CUSTOM, "custom", "Custom", TOK_SCOPE_NONE, FALSE },
};

static void
test_table (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TOK_TYPE_PRESET);

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (presets) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++) {
    TokPreset preset = presets[i].preset;

    g_assert_cmpstr (g_enum_get_value (klass, preset)->value_nick, ==, presets[i].nick);
    g_assert_cmpstr (tok_preset_get_label (preset), ==, presets[i].label);
    g_assert_cmpstr (tok_preset_get_purpose (preset), !=, "");
    g_assert_cmpuint (tok_preset_get_scopes (preset), ==, presets[i].scopes);
    g_assert_true (tok_preset_serves_copying (preset) == presets[i].serves_copying);
  }
  g_assert_cmpuint (tok_preset_get_scopes (TOK_PRESET_NONE), ==, TOK_SCOPE_NONE);
  g_assert_false (tok_preset_serves_copying (TOK_PRESET_NONE));
}

/* Every set of scopes: the preset that sets it leads to it, and any other is a custom one. */
static void
test_from_scopes (void)
{
  for (TokScopes scopes = 0; scopes <= (TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN); scopes++) {
    TokPreset expected = scopes == TOK_SCOPE_NONE ? TOK_PRESET_NONE : TOK_PRESET_CUSTOM;

    for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
      if (scopes != TOK_SCOPE_NONE && presets[i].scopes == scopes)
        expected = presets[i].preset;
    g_test_message ("scopes %x", scopes);
    g_assert_cmpint (tok_preset_from_scopes (scopes), ==, expected);
  }
}

/* None of them can move money, or make a token that can. */
static void
test_harmless (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    g_assert_cmpuint (
        tok_preset_get_scopes (presets[i].preset) & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN), ==, 0);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/preset/table", test_table);
  g_test_add_func ("/preset/from-scopes", test_from_scopes);
  g_test_add_func ("/preset/harmless", test_harmless);

  return g_test_run ();
}
