/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-scopes.h"

#include "tok-test.h"

#define N_STRANGE_IDS 100000

static const struct {
  const char *id;
  TokScopes scope;
  const char *label;
} known[] = {
  { "read", TOK_SCOPE_READ, "Read" },
  { "trade", TOK_SCOPE_TRADE, "Trade" },
  { "payments", TOK_SCOPE_PAYMENTS, "Payments" },
  { "trading_information", TOK_SCOPE_TRADING_INFORMATION, "Trading information" },
  { "admin", TOK_SCOPE_ADMIN, "Admin" },
};

static void
assert_strv (const char *const *strv, const char *const *expected)
{
  g_assert_nonnull (strv);
  if (g_strv_equal (strv, expected))
    return;
  for (guint i = 0; strv[i] != NULL; i++)
    g_test_message ("[%u] %s", i, strv[i]);
  g_test_fail ();
}

static void
test_one (void)
{
  TokScopes all = TOK_SCOPE_NONE;

  g_assert_cmpuint (G_N_ELEMENTS (known), ==, TOK_N_SCOPES);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (GFlagsClass) flags = g_type_class_ref (TOK_TYPE_SCOPES);

    g_assert_cmpuint (TOK_SCOPE_NTH (i), ==, known[i].scope);
    g_assert_cmpuint (tok_scope_from_id (known[i].id), ==, known[i].scope);
    g_assert_cmpstr (tok_scope_get_id (known[i].scope), ==, known[i].id);
    g_assert_cmpstr (tok_scope_get_label (known[i].scope), ==, known[i].label);
    g_assert_cmpuint (strlen (tok_scope_get_description (known[i].scope)), >, 10);
    g_assert_cmpuint (g_flags_get_value_by_nick (flags, known[i].id)->value, ==, known[i].scope);
    all |= known[i].scope;
  }
  g_assert_cmpuint (all, ==, TOK_SCOPE_ALL);
}

static void
test_unknown (void)
{
  static const char *const ids[] = { "",
                                     "Read",
                                     "READ",
                                     "read ",
                                     " read",
                                     "reads",
                                     "rea",
                                     "none",
                                     "unknown",
                                     "trading-information",
                                     "trading information",
                                     "account_manage" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpuint (tok_scope_from_id (ids[i]), ==, TOK_SCOPE_UNKNOWN);

  g_assert_null (tok_scope_get_id (TOK_SCOPE_NONE));
  g_assert_null (tok_scope_get_id (TOK_SCOPE_UNKNOWN));
  g_assert_null (tok_scope_get_id (TOK_SCOPE_READ | TOK_SCOPE_TRADE));
  g_assert_cmpstr (tok_scope_get_label (TOK_SCOPE_UNKNOWN), ==, "Unknown permission");
  g_assert_cmpuint (strlen (tok_scope_get_description (TOK_SCOPE_UNKNOWN)), >, 10);
}

static void
test_from_ids (void)
{
  static const char *const none[] = { NULL };
  static const char *const some[] = { "admin", "read", "admin", NULL };
  static const char *const mixed[] = { "zeta", "trade", "", "zeta", "Read", "trade", "zeta", NULL };
  static const char *const strange[] = { "zeta", "", "Read", NULL };
  g_auto (GStrv) kept = NULL;
  char **unknown = (char **) some;

  g_assert_cmpuint (tok_scopes_from_ids (none, &unknown), ==, TOK_SCOPE_NONE);
  g_assert_null (unknown);

  unknown = (char **) some;
  g_assert_cmpuint (tok_scopes_from_ids (some, &unknown), ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_null (unknown);

  g_assert_cmpuint (tok_scopes_from_ids (mixed, &kept), ==, TOK_SCOPE_TRADE | TOK_SCOPE_UNKNOWN);
  assert_strv ((const char *const *) kept, strange);
  g_assert_cmpuint (tok_scopes_from_ids (mixed, NULL), ==, TOK_SCOPE_TRADE | TOK_SCOPE_UNKNOWN);
}

static void
test_round_trip (void)
{
  for (guint scopes = TOK_SCOPE_NONE; scopes <= TOK_SCOPE_ALL; scopes++) {
    g_auto (GStrv) ids = tok_scopes_to_ids (scopes);
    g_auto (GStrv) with_unknown = tok_scopes_to_ids (scopes | TOK_SCOPE_UNKNOWN);
    g_auto (GStrv) unknown = NULL;

    g_assert_cmpuint (tok_scopes_from_ids ((const char *const *) ids, &unknown), ==, scopes);
    g_assert_null (unknown);
    assert_strv ((const char *const *) with_unknown, (const char *const *) ids);
  }
}

static void
test_order (void)
{
  static const char *const expected[]
      = { "read", "trade", "payments", "trading_information", "admin", NULL };
  g_auto (GStrv) ids = tok_scopes_to_ids (TOK_SCOPE_ALL);

  assert_strv ((const char *const *) ids, expected);
}

static void
test_text (void)
{
  static const char *const strange[] = { "zeta", "<b>", NULL };
  g_autofree char *none = tok_scopes_to_text (TOK_SCOPE_NONE, NULL);
  g_autofree char *one = tok_scopes_to_text (TOK_SCOPE_TRADING_INFORMATION, NULL);
  g_autofree char *all = tok_scopes_to_text (TOK_SCOPE_ALL, NULL);
  g_autofree char *unknown = tok_scopes_to_text (TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, strange);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "Trading information");
  g_assert_cmpstr (all, ==, "Read, Trade, Payments, Trading information, Admin");
  g_assert_cmpstr (unknown, ==, "Read, Unknown permission “zeta”, Unknown permission “<b>”");
}

/* As many ids as fit into the largest answer must not freeze the window. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) unknown = NULL;

  for (guint i = 0; i < N_STRANGE_IDS; i++)
    g_ptr_array_add (ids, g_strdup_printf ("%x", i));
  g_ptr_array_add (ids, g_strdup ("0"));
  g_ptr_array_add (ids, NULL);

  g_test_timer_start ();
  g_assert_cmpuint (tok_scopes_from_ids ((const char *const *) ids->pdata, &unknown), ==,
                    TOK_SCOPE_UNKNOWN);
  g_assert_cmpfloat (g_test_timer_elapsed (), <, 3);
  g_assert_cmpuint (g_strv_length (unknown), ==, N_STRANGE_IDS);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/scopes/one", test_one);
  g_test_add_func ("/scopes/unknown", test_unknown);
  g_test_add_func ("/scopes/from-ids", test_from_ids);
  g_test_add_func ("/scopes/round-trip", test_round_trip);
  g_test_add_func ("/scopes/order", test_order);
  g_test_add_func ("/scopes/text", test_text);
  g_test_add_func ("/scopes/many", test_many);

  return g_test_run ();
}
