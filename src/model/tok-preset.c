/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preset.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *label;
  const char *purpose;
  TokScopes scopes;
  gboolean serves_copying;
} Preset;

static const Preset presets[] = {
  [TOK_PRESET_VIEW]
  = { NC_ ("preset", "View only"),
      N_ ("For portfolio viewers, and for people who copy your trades"), TOK_SCOPE_READ, TRUE },
  [TOK_PRESET_TRADING] = { NC_ ("preset", "Trading bot or copying service"),
                           N_ ("For programs that see the account and trade on it"),
                           TOK_SCOPE_READ | TOK_SCOPE_TRADE, TRUE },
  [TOK_PRESET_REPORTING] = { NC_ ("preset", "Reporting"),
                             N_ ("For trade journals and tax reports, without personal details"),
                             TOK_SCOPE_TRADING_INFORMATION, FALSE },
  [TOK_PRESET_CUSTOM] = { NC_ ("preset", "Custom"), N_ ("As ticked below"), TOK_SCOPE_NONE, FALSE },
};

G_DEFINE_ENUM_TYPE (TokPreset,
                    tok_preset,
                    G_DEFINE_ENUM_VALUE (TOK_PRESET_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TOK_PRESET_VIEW, "view"),
                    G_DEFINE_ENUM_VALUE (TOK_PRESET_TRADING, "trading"),
                    G_DEFINE_ENUM_VALUE (TOK_PRESET_REPORTING, "reporting"),
                    G_DEFINE_ENUM_VALUE (TOK_PRESET_CUSTOM, "custom"))

/**
 * tok_preset_from_scopes:
 * @scopes: Scopes.
 *
 * Returns: The preset that sets exactly these, %TOK_PRESET_CUSTOM if there is none, and
 *   %TOK_PRESET_NONE for no scope at all.
 */
TokPreset
tok_preset_from_scopes (TokScopes scopes)
{
  if (scopes == TOK_SCOPE_NONE)
    return TOK_PRESET_NONE;
  for (TokPreset preset = TOK_PRESET_VIEW; preset < TOK_PRESET_CUSTOM; preset++)
    if (presets[preset].scopes == scopes)
      return preset;
  return TOK_PRESET_CUSTOM;
}

/**
 * tok_preset_get_label:
 * @preset: One that people can choose.
 *
 * Returns: (transfer none): What they call it, translated.
 */
const char *
tok_preset_get_label (TokPreset preset)
{
  g_return_val_if_fail (preset > TOK_PRESET_NONE && preset <= TOK_PRESET_CUSTOM, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "preset", presets[preset].label);
}

/**
 * tok_preset_get_purpose:
 * @preset: One that people can choose.
 *
 * Returns: (transfer none): What it is for, a sentence without its full stop, translated.
 */
const char *
tok_preset_get_purpose (TokPreset preset)
{
  g_return_val_if_fail (preset > TOK_PRESET_NONE && preset <= TOK_PRESET_CUSTOM, NULL);

  return _ (presets[preset].purpose);
}

/**
 * tok_preset_get_scopes:
 * @preset: A preset.
 *
 * Returns: What it sets; nothing for %TOK_PRESET_CUSTOM, which leaves everything as it is.
 */
TokScopes
tok_preset_get_scopes (TokPreset preset)
{
  g_return_val_if_fail (preset <= TOK_PRESET_CUSTOM, TOK_SCOPE_NONE);

  return presets[preset].scopes;
}

/**
 * tok_preset_serves_copying:
 * @preset: A preset.
 *
 * Returns: Whether people choose it to copy trades, or to have theirs copied.
 */
gboolean
tok_preset_serves_copying (TokPreset preset)
{
  g_return_val_if_fail (preset <= TOK_PRESET_CUSTOM, FALSE);

  return presets[preset].serves_copying;
}
