/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-access.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *nick;
  const char *label;
  const char *icon_name;
} Level;

static const Level levels[] = {
  [TOK_ACCESS_LEVEL_NONE] = { "none", N_ ("No access"), "tok-level-none-symbolic" },
  [TOK_ACCESS_LEVEL_VIEW] = { "view", N_ ("View only"), "tok-level-view-symbolic" },
  [TOK_ACCESS_LEVEL_TRADE] = { "trade", N_ ("Can trade"), "tok-level-trade-symbolic" },
  [TOK_ACCESS_LEVEL_MONEY] = { "money", N_ ("Can move money"), "tok-level-money-symbolic" },
  [TOK_ACCESS_LEVEL_FULL] = { "full", N_ ("Full control"), "tok-level-full-symbolic" },
  [TOK_ACCESS_LEVEL_UNKNOWN]
  = { "unknown", N_ ("Unknown permission"), "tok-level-unknown-symbolic" },
};

/* Translators: each of these follows "It can:" or "It cannot:" as an item of a list. */
static const TokAbility abilities[] = {
  { "see-history", TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION,
    N_ ("See your balance, open positions and trading history") },
  { "see-person", TOK_SCOPE_READ,
    N_ ("See your name, address, birth date, phone and tax numbers") },
  { "see-settings", TOK_SCOPE_READ, N_ ("See your settings, limits and where you signed in from") },
  { "see-apps", TOK_SCOPE_READ, N_ ("See your connected apps") },
  { "trade", TOK_SCOPE_TRADE, N_ ("Buy and sell contracts with your money") },
  { "copy", TOK_SCOPE_TRADE, N_ ("Copy the trades of others into your account") },
  { "transfer", TOK_SCOPE_PAYMENTS, N_ ("Move money between your accounts") },
  { "withdraw", TOK_SCOPE_PAYMENTS, N_ ("Withdraw money through payment agents") },
  { "cashier", TOK_SCOPE_PAYMENTS, N_ ("Use the cashier and P2P exchange") },
  { "change-settings", TOK_SCOPE_ADMIN, N_ ("Change your settings and limits") },
  { "open-accounts", TOK_SCOPE_ADMIN, N_ ("Open accounts in your name") },
  { "reset-passwords", TOK_SCOPE_ADMIN, N_ ("Reset the passwords of your trading platforms") },
  { "tokens", TOK_SCOPE_ADMIN, N_ ("Create tokens with any permission, and delete them") },
  { "revoke", TOK_SCOPE_ADMIN, N_ ("Revoke connected apps") },
};

G_DEFINE_ENUM_TYPE (TokAccessLevel,
                    tok_access_level,
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_VIEW, "view"),
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_TRADE, "trade"),
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_MONEY, "money"),
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (TOK_ACCESS_LEVEL_UNKNOWN, "unknown"))

/**
 * tok_access_level_from_scopes:
 * @scopes: Scopes.
 *
 * Returns: What they amount to; the highest wins. Admin outweighs a scope that is not known, since
 *   nothing is above full control.
 */
TokAccessLevel
tok_access_level_from_scopes (TokScopes scopes)
{
  if (scopes & TOK_SCOPE_ADMIN)
    return TOK_ACCESS_LEVEL_FULL;
  if (scopes & TOK_SCOPE_UNKNOWN)
    return TOK_ACCESS_LEVEL_UNKNOWN;
  if (scopes & TOK_SCOPE_PAYMENTS)
    return TOK_ACCESS_LEVEL_MONEY;
  if (scopes & TOK_SCOPE_TRADE)
    return TOK_ACCESS_LEVEL_TRADE;
  return scopes != TOK_SCOPE_NONE ? TOK_ACCESS_LEVEL_VIEW : TOK_ACCESS_LEVEL_NONE;
}

/**
 * tok_access_level_get_label:
 * @level: A level.
 *
 * Returns: (transfer none): It in words, translated.
 */
const char *
tok_access_level_get_label (TokAccessLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (levels), NULL);

  return _ (levels[level].label);
}

/**
 * tok_access_level_get_icon_name:
 * @level: A level.
 *
 * Returns: (transfer none): The symbolic icon that stands beside its words.
 */
const char *
tok_access_level_get_icon_name (TokAccessLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (levels), NULL);

  return levels[level].icon_name;
}

/**
 * tok_access_get_abilities:
 * @n_abilities: (out): How many there are.
 *
 * Returns: (transfer none) (array length=n_abilities): All that an access may let its holder do,
 *   in the order in which people see it.
 */
const TokAbility *
tok_access_get_abilities (guint *n_abilities)
{
  g_return_val_if_fail (n_abilities != NULL, NULL);

  *n_abilities = G_N_ELEMENTS (abilities);
  return abilities;
}

/**
 * tok_access_allows:
 * @scopes: Scopes.
 * @ability: One thing to do.
 *
 * Returns: Whether @scopes open a call that does it (PROTOCOL 5).
 */
gboolean
tok_access_allows (TokScopes scopes, const TokAbility *ability)
{
  g_return_val_if_fail (ability != NULL, FALSE);

  return (scopes & ability->scopes) != 0;
}

/* Whether @other alone lets its holder do all that @scope does. */
static gboolean
covers (TokScopes other, TokScopes scope)
{
  for (guint i = 0; i < G_N_ELEMENTS (abilities); i++)
    if (tok_access_allows (scope, &abilities[i]) && !tok_access_allows (other, &abilities[i]))
      return FALSE;
  return TRUE;
}

/**
 * tok_access_find_cover:
 * @scopes: Scopes.
 * @scope: One of the five known scopes.
 *
 * Returns: The one of @scopes beside which @scope lets its holder do nothing more (PROTOCOL 5), or
 *   %TOK_SCOPE_NONE; the latter also if @scope isn't among them.
 */
TokScopes
tok_access_find_cover (TokScopes scopes, TokScopes scope)
{
  if (!(scopes & scope))
    return TOK_SCOPE_NONE;
  for (guint i = 0; i < TOK_N_SCOPES; i++) {
    TokScopes other = TOK_SCOPE_NTH (i);

    if (other != scope && (scopes & other) && covers (other, scope))
      return other;
  }
  return TOK_SCOPE_NONE;
}

static char **
dup_sentences (TokScopes scopes, gboolean allowed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (abilities); i++)
    if (tok_access_allows (scopes, &abilities[i]) == allowed)
      g_strv_builder_add (builder, _ (abilities[i].sentence));
  return g_strv_builder_end (builder);
}

/**
 * tok_access_dup_can:
 * @scopes: Scopes.
 *
 * Returns: (transfer full) (array zero-terminated=1): What their holder can do, a translated
 *   sentence each.
 */
char **
tok_access_dup_can (TokScopes scopes)
{
  return dup_sentences (scopes, TRUE);
}

/**
 * tok_access_dup_cannot:
 * @scopes: Scopes.
 *
 * Returns: (transfer full) (array zero-terminated=1): What their holder can't do by these scopes, a
 *   translated sentence each. With admin among them the holder can still make a token that can.
 */
char **
tok_access_dup_cannot (TokScopes scopes)
{
  return dup_sentences (scopes, FALSE);
}
