/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scopes.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *id;
  const char *label;
  const char *description;
} Scope;

static const Scope all_scopes[TOK_N_SCOPES] = {
  /* Translators: the name of a permission, "may read". */
  { "read", NC_ ("permission", "Read"),
    N_ ("See the account: balance, settings, limits, trades, personal details") },
  /* Translators: the name of a permission, "may trade". */
  { "trade", NC_ ("permission", "Trade"),
    N_ ("Buy and sell contracts, renew expired purchases, top up demo accounts") },
  { "payments", NC_ ("permission", "Payments"),
    N_ ("Withdraw to payment agents, move money between accounts, use cashier and P2P") },
  { "trading_information", NC_ ("permission", "Trading information"),
    N_ ("See the trading history") },
  /* Translators: the name of a permission, "may administer". */
  { "admin", NC_ ("permission", "Admin"),
    N_ ("Open accounts, change settings, create tokens with any permission") },
};

/**
 * tok_scopes_get_type:
 *
 * Returns: The flags type, whose nicks are the ids of the wire (PROTOCOL 5).
 */
GType
tok_scopes_get_type (void)
{
  static gsize type;
  static const GFlagsValue values[] = {
    { TOK_SCOPE_NONE, "TOK_SCOPE_NONE", "none" },
    { TOK_SCOPE_READ, "TOK_SCOPE_READ", "read" },
    { TOK_SCOPE_TRADE, "TOK_SCOPE_TRADE", "trade" },
    { TOK_SCOPE_PAYMENTS, "TOK_SCOPE_PAYMENTS", "payments" },
    { TOK_SCOPE_TRADING_INFORMATION, "TOK_SCOPE_TRADING_INFORMATION", "trading_information" },
    { TOK_SCOPE_ADMIN, "TOK_SCOPE_ADMIN", "admin" },
    { TOK_SCOPE_UNKNOWN, "TOK_SCOPE_UNKNOWN", "unknown" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_flags_register_static ("TokScopes", values));
  return type;
}

static const Scope *
find_scope (TokScopes scope)
{
  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (scope == TOK_SCOPE_NTH (i))
      return &all_scopes[i];
  return NULL;
}

/**
 * tok_scope_from_id:
 * @id: A scope as the wire names it.
 *
 * Returns: The one scope of that name, else %TOK_SCOPE_UNKNOWN.
 */
TokScopes
tok_scope_from_id (const char *id)
{
  g_return_val_if_fail (id != NULL, TOK_SCOPE_UNKNOWN);

  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (g_str_equal (id, all_scopes[i].id))
      return TOK_SCOPE_NTH (i);
  return TOK_SCOPE_UNKNOWN;
}

/**
 * tok_scope_get_id:
 * @scope: One of the five known scopes.
 *
 * Returns: (transfer none) (nullable): How the wire names it (PROTOCOL 5).
 */
const char *
tok_scope_get_id (TokScopes scope)
{
  const Scope *found = find_scope (scope);

  return found != NULL ? found->id : NULL;
}

/**
 * tok_scope_get_label:
 * @scope: One of the five known scopes, or %TOK_SCOPE_UNKNOWN.
 *
 * Returns: (transfer none): What people call it, translated.
 */
const char *
tok_scope_get_label (TokScopes scope)
{
  const Scope *found = find_scope (scope);

  return found != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "permission", found->label)
                       : _ ("Unknown permission");
}

/**
 * tok_scope_get_description:
 * @scope: One of the five known scopes, or %TOK_SCOPE_UNKNOWN.
 *
 * Returns: (transfer none): What an owner allows by it, a sentence without its full stop,
 *   translated.
 */
const char *
tok_scope_get_description (TokScopes scope)
{
  const Scope *found = find_scope (scope);

  return found != NULL ? _ (found->description) : _ ("This program doesn’t know what it allows");
}

/**
 * tok_scopes_from_ids:
 * @ids: (array zero-terminated=1): Scopes as the wire names them, in any order.
 * @unknown: (out) (optional) (nullable) (transfer full): The ids that are not known, each once, or
 *   %NULL if there are none.
 *
 * Returns: The scopes; with %TOK_SCOPE_UNKNOWN if an id is not known.
 */
TokScopes
tok_scopes_from_ids (const char *const *ids, char ***unknown)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) strange = NULL;
  TokScopes scopes = TOK_SCOPE_NONE;

  g_return_val_if_fail (ids != NULL, TOK_SCOPE_NONE);

  for (guint i = 0; ids[i] != NULL; i++) {
    TokScopes scope = tok_scope_from_id (ids[i]);

    scopes |= scope;
    if (scope == TOK_SCOPE_UNKNOWN && g_hash_table_add (seen, (gpointer) ids[i]))
      g_strv_builder_add (builder, ids[i]);
  }

  strange = g_strv_builder_end (builder);
  if (unknown != NULL)
    *unknown = strange[0] != NULL ? g_steal_pointer (&strange) : NULL;
  return scopes;
}

/**
 * tok_scopes_to_ids:
 * @scopes: Scopes.
 *
 * Returns: (transfer full) (array zero-terminated=1): The known ones as the wire names them, in
 *   people's order.
 */
char **
tok_scopes_to_ids (TokScopes scopes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (scopes & TOK_SCOPE_NTH (i))
      g_strv_builder_add (builder, all_scopes[i].id);
  return g_strv_builder_end (builder);
}

/**
 * tok_scopes_to_text:
 * @scopes: Scopes.
 * @unknown: (nullable) (array zero-terminated=1): The raw ids of the unknown ones.
 *
 * Returns: (transfer full): Their labels in people's order, as one line of text; empty if there
 *   are none. It holds foreign text: never use it as markup.
 */
char *
tok_scopes_to_text (TokScopes scopes, const char *const *unknown)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  for (guint i = 0; i < TOK_N_SCOPES; i++)
    if (scopes & TOK_SCOPE_NTH (i))
      g_strv_builder_add (builder, tok_scope_get_label (TOK_SCOPE_NTH (i)));
  for (guint i = 0; unknown != NULL && unknown[i] != NULL; i++) {
    /* Translators: a permission that this program doesn't know, by its raw id. */
    g_autofree char *label = g_strdup_printf (_ ("Unknown permission “%s”"), unknown[i]);

    g_strv_builder_add (builder, label);
  }
  labels = g_strv_builder_end (builder);
  /* Translators: stands between the names of permissions: "Read, Trade". */
  return g_strjoinv (_ (", "), labels);
}
