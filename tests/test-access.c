/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-access.h"

#include "tok-test.h"

#define EVERY_SCOPE (TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN)

#define READ TOK_SCOPE_READ
#define TRADE TOK_SCOPE_TRADE
#define PAYMENTS TOK_SCOPE_PAYMENTS
#define TRADING_INFORMATION TOK_SCOPE_TRADING_INFORMATION
#define ADMIN TOK_SCOPE_ADMIN
#define UNKNOWN TOK_SCOPE_UNKNOWN

static const struct {
  TokScopes scopes;
  TokAccessLevel level;
} levels[] = {
  { TOK_SCOPE_NONE, TOK_ACCESS_LEVEL_NONE },
  { READ, TOK_ACCESS_LEVEL_VIEW },
  { TRADING_INFORMATION, TOK_ACCESS_LEVEL_VIEW },
  { READ | TRADING_INFORMATION, TOK_ACCESS_LEVEL_VIEW },
  { TRADE, TOK_ACCESS_LEVEL_TRADE },
  { READ | TRADE, TOK_ACCESS_LEVEL_TRADE },
  { READ | TRADE | TRADING_INFORMATION, TOK_ACCESS_LEVEL_TRADE },
  { PAYMENTS, TOK_ACCESS_LEVEL_MONEY },
  { READ | PAYMENTS, TOK_ACCESS_LEVEL_MONEY },
  { TRADE | PAYMENTS, TOK_ACCESS_LEVEL_MONEY },
  { READ | TRADE | PAYMENTS | TRADING_INFORMATION, TOK_ACCESS_LEVEL_MONEY },
  { ADMIN, TOK_ACCESS_LEVEL_FULL },
  { READ | ADMIN, TOK_ACCESS_LEVEL_FULL },
  { PAYMENTS | ADMIN, TOK_ACCESS_LEVEL_FULL },
  { TOK_SCOPE_ALL, TOK_ACCESS_LEVEL_FULL },
  { UNKNOWN, TOK_ACCESS_LEVEL_UNKNOWN },
  { UNKNOWN | READ, TOK_ACCESS_LEVEL_UNKNOWN },
  { UNKNOWN | TRADE | PAYMENTS, TOK_ACCESS_LEVEL_UNKNOWN },
  { UNKNOWN | ADMIN, TOK_ACCESS_LEVEL_FULL },
  { EVERY_SCOPE, TOK_ACCESS_LEVEL_FULL },
};

/* The scopes of some calls, from PROTOCOL 5: any one of them is enough. */
static const struct {
  const char *name;
  TokScopes scopes;
} calls[] = {
  { "balance", READ | TRADING_INFORMATION },
  { "portfolio", READ | TRADING_INFORMATION },
  { "profit_table", READ | TRADING_INFORMATION },
  { "statement", READ | TRADING_INFORMATION },
  { "get_limits", READ },
  { "get_self_exclusion", READ },
  { "get_settings", READ },
  { "login_history", READ },
  { "oauth_apps", READ },
  { "buy", TRADE },
  { "sell", TRADE },
  { "copy_start", TRADE },
  { "cashier", PAYMENTS },
  { "p2p_order_create", PAYMENTS },
  { "paymentagent_withdraw", PAYMENTS },
  { "transfer_between_accounts", PAYMENTS },
  { "api_token", ADMIN },
  { "mt5_password_reset", ADMIN },
  { "new_account_real", ADMIN },
  { "revoke_oauth_app", ADMIN },
  { "set_self_exclusion", ADMIN },
  { "set_settings", ADMIN },
  { "trading_platform_password_reset", ADMIN },
};

/* Which call makes which words of a sentence true. */
static const struct {
  const char *ability;
  const char *words;
  const char *call;
} promises[] = {
  { "see-history", "balance", "balance" },
  { "see-history", "open positions", "portfolio" },
  { "see-history", "trading history", "statement" },
  { "see-history", "trading history", "profit_table" },
  { "see-person", "name, address, birth date, phone and tax numbers", "get_settings" },
  { "see-settings", "settings", "get_settings" },
  { "see-settings", "limits", "get_limits" },
  { "see-settings", "limits", "get_self_exclusion" },
  { "see-settings", "where you signed in from", "login_history" },
  { "see-apps", "See your connected apps", "oauth_apps" },
  { "trade", "Buy", "buy" },
  { "trade", "sell", "sell" },
  { "copy", "Copy the trades", "copy_start" },
  { "transfer", "Move money between your accounts", "transfer_between_accounts" },
  { "withdraw", "Withdraw money through payment agents", "paymentagent_withdraw" },
  { "cashier", "cashier", "cashier" },
  { "cashier", "P2P", "p2p_order_create" },
  { "change-settings", "Change your settings", "set_settings" },
  { "change-settings", "limits", "set_self_exclusion" },
  { "open-accounts", "Open accounts", "new_account_real" },
  { "reset-passwords", "Reset the passwords", "mt5_password_reset" },
  { "reset-passwords", "trading platforms", "trading_platform_password_reset" },
  { "tokens", "Create tokens with any permission, and delete them", "api_token" },
  { "revoke", "Revoke connected apps", "revoke_oauth_app" },
};

static TokScopes
scopes_of_call (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (g_str_equal (calls[i].name, name))
      return calls[i].scopes;
  g_assert_not_reached ();
}

static const TokAbility *
find_ability (const char *id)
{
  guint n_abilities;
  const TokAbility *abilities = tok_access_get_abilities (&n_abilities);

  for (guint i = 0; i < n_abilities; i++)
    if (g_str_equal (abilities[i].id, id))
      return &abilities[i];
  g_test_message ("no ability %s", id);
  return NULL;
}

static void
test_level (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++) {
    g_test_message ("scopes 0x%x", levels[i].scopes);
    g_assert_cmpint (tok_access_level_from_scopes (levels[i].scopes), ==, levels[i].level);
  }
}

/* One more scope never makes an access look more harmless. */
static void
test_level_grows (void)
{
  for (guint scopes = 0; scopes <= EVERY_SCOPE; scopes++)
    for (guint more = 0; more <= EVERY_SCOPE; more++) {
      TokAccessLevel before = tok_access_level_from_scopes (scopes);
      TokAccessLevel after = tok_access_level_from_scopes (scopes | more);

      g_assert_true (after >= before || after == TOK_ACCESS_LEVEL_FULL);
    }
}

static void
test_level_words (void)
{
  static const char *const labels[] = { "No access",      "View only",    "Can trade",
                                        "Can move money", "Full control", "Unknown permission" };
  static const char *const nicks[] = { "none", "view", "trade", "money", "full", "unknown" };
  g_autoptr (GEnumClass) values = g_type_class_ref (TOK_TYPE_ACCESS_LEVEL);

  g_assert_cmpuint (values->n_values, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autofree char *icon_name = g_strdup_printf ("tok-level-%s-symbolic", nicks[i]);

    g_assert_cmpstr (g_enum_get_value (values, i)->value_nick, ==, nicks[i]);
    g_assert_cmpstr (tok_access_level_get_label (i), ==, labels[i]);
    g_assert_cmpstr (tok_access_level_get_icon_name (i), ==, icon_name);
  }
}

/* What a sentence says is what the service does. */
static void
test_promises (void)
{
  guint n_abilities;
  const TokAbility *abilities = tok_access_get_abilities (&n_abilities);

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++) {
    const TokAbility *ability = find_ability (promises[i].ability);

    g_assert_nonnull (ability);
    g_test_message ("%s: %s", ability->id, ability->sentence);
    g_assert_nonnull (strstr (ability->sentence, promises[i].words));
    g_assert_cmpuint (ability->scopes, ==, scopes_of_call (promises[i].call));
  }

  for (guint i = 0; i < n_abilities; i++) {
    gboolean promised = FALSE;

    for (guint j = 0; j < G_N_ELEMENTS (promises) && !promised; j++)
      promised = g_str_equal (promises[j].ability, abilities[i].id);
    g_test_message ("%s", abilities[i].id);
    g_assert_true (promised);
  }
}

static void
test_allows (void)
{
  guint n_abilities;
  const TokAbility *abilities = tok_access_get_abilities (&n_abilities);

  for (guint i = 0; i < n_abilities; i++) {
    const TokAbility *ability = &abilities[i];

    g_assert_true (find_ability (ability->id) == ability);
    g_assert_false (tok_access_allows (TOK_SCOPE_NONE, ability));
    g_assert_false (tok_access_allows (EVERY_SCOPE & ~ability->scopes, ability));
    g_assert_true (tok_access_allows (TOK_SCOPE_ALL, ability));
    for (guint j = 0; j < TOK_N_SCOPES; j++)
      g_assert_cmpint (tok_access_allows (TOK_SCOPE_NTH (j), ability), ==,
                       (ability->scopes & TOK_SCOPE_NTH (j)) != 0);
  }
}

/* What can and what can't be done is together every ability, each once, in its order. */
static void
test_partition (void)
{
  guint n_abilities;
  const TokAbility *abilities = tok_access_get_abilities (&n_abilities);

  for (guint scopes = 0; scopes <= EVERY_SCOPE; scopes++) {
    g_auto (GStrv) can = tok_access_dup_can (scopes);
    g_auto (GStrv) cannot = tok_access_dup_cannot (scopes);
    guint n_can = 0;
    guint n_cannot = 0;

    for (guint i = 0; i < n_abilities; i++) {
      if (tok_access_allows (scopes, &abilities[i]))
        g_assert_cmpstr (can[n_can++], ==, abilities[i].sentence);
      else
        g_assert_cmpstr (cannot[n_cannot++], ==, abilities[i].sentence);
    }
    g_assert_null (can[n_can]);
    g_assert_null (cannot[n_cannot]);
  }
}

static void
test_ends (void)
{
  g_auto (GStrv) can_nothing = tok_access_dup_can (TOK_SCOPE_NONE);
  g_auto (GStrv) can_by_unknown = tok_access_dup_can (TOK_SCOPE_UNKNOWN);
  g_auto (GStrv) cannot_by_all = tok_access_dup_cannot (TOK_SCOPE_ALL);

  g_assert_null (can_nothing[0]);
  g_assert_null (can_by_unknown[0]);
  g_assert_null (cannot_by_all[0]);
}

/* Of all permissions only the trading history is all in another one. */
static void
test_cover (void)
{
  for (TokScopes scopes = 0; scopes <= EVERY_SCOPE; scopes++)
    for (guint i = 0; i < TOK_N_SCOPES; i++) {
      TokScopes scope = TOK_SCOPE_NTH (i);
      gboolean is_covered = scope == TOK_SCOPE_TRADING_INFORMATION && (scopes & TOK_SCOPE_READ)
                            && (scopes & TOK_SCOPE_TRADING_INFORMATION);

      g_assert_cmpuint (tok_access_find_cover (scopes, scope), ==,
                        is_covered ? TOK_SCOPE_READ : TOK_SCOPE_NONE);
    }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/access/level", test_level);
  g_test_add_func ("/access/level-grows", test_level_grows);
  g_test_add_func ("/access/level-words", test_level_words);
  g_test_add_func ("/access/promises", test_promises);
  g_test_add_func ("/access/allows", test_allows);
  g_test_add_func ("/access/partition", test_partition);
  g_test_add_func ("/access/ends", test_ends);
  g_test_add_func ("/access/cover", test_cover);

  return g_test_run ();
}
