/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-sorter.h"

#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

typedef struct {
  const char *name;
  TokScopes scopes;
  int used; /* a year, or 0 */
} Row;

static const Row rows[] = {
  { "Bot 10", TOK_SCOPE_READ, 2020 },    { "bot 2", TOK_SCOPE_ADMIN, 0 },
  { "Zebra", TOK_SCOPE_ADMIN, 2022 },    { "Bot 1", TOK_SCOPE_TRADE, 2022 },
  { "apple", TOK_SCOPE_NONE, 2021 },     { "Cat", TOK_SCOPE_UNKNOWN, 0 },
  { "Money", TOK_SCOPE_PAYMENTS, 2019 },
};

static GListStore *
new_list (void)
{
  GListStore *list = g_list_store_new (TOK_TYPE_GRANT);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GDateTime) used
        = rows[i].used != 0 ? g_date_time_new_utc (rows[i].used, 1, 1, 0, 0, 0) : NULL;
    g_autoptr (TokToken) token
        = tok_token_new (rows[i].name, "x", rows[i].scopes, NULL, used, NULL);
    g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);

    g_list_store_append (list, grant);
  }
  return list;
}

static char *
dup_names (GListModel *model)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    g_strv_builder_add (builder, tok_grant_get_name (grant));
  }
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static void
assert_order (TokGrantOrder order, const char *expected)
{
  TokGrantSorter *sorter = tok_grant_sorter_new ();
  g_autoptr (GtkSortListModel) sorted
      = gtk_sort_list_model_new (G_LIST_MODEL (new_list ()), GTK_SORTER (sorter));
  g_autofree char *names = NULL;

  tok_grant_sorter_set_order (sorter, order);
  names = dup_names (G_LIST_MODEL (sorted));
  g_assert_cmpstr (names, ==, expected);
}

static void
test_new_destroy (void)
{
  tok_test_assert_finalize (tok_grant_sorter_new ());
}

static void
test_name (void)
{
  assert_order (TOK_GRANT_ORDER_NAME, "apple, Bot 1, bot 2, Bot 10, Cat, Money, Zebra");
}

static void
test_last_used (void)
{
  assert_order (TOK_GRANT_ORDER_LAST_USED, "Bot 1, Zebra, apple, Bot 10, Money, bot 2, Cat");
}

static TokGrant *
new_grant (const char *name, int year, gboolean is_known)
{
  g_autoptr (GDateTime) used = year != 0 ? g_date_time_new_utc (year, 1, 1, 0, 0, 0) : NULL;
  g_autoptr (TokToken) token
      = tok_token_new_full (name, "x", TOK_SCOPE_READ, NULL, used, is_known, NULL);

  return tok_grant_new_for_token (token);
}

/* What may be in use is neither among the recent nor among what never was. */
static void
test_use_not_known (void)
{
  g_autoptr (TokGrantSorter) sorter = tok_grant_sorter_new ();
  TokGrant *expected[] = { new_grant ("Zebra", 1999, TRUE), new_grant ("Ahead", 2999, TRUE),
                           new_grant ("Bot", 0, FALSE), new_grant ("Ant", 0, TRUE) };

  tok_grant_sorter_set_order (sorter, TOK_GRANT_ORDER_LAST_USED);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
      g_assert_cmpint (gtk_sorter_compare (GTK_SORTER (sorter), expected[i], expected[j]), ==,
                       (i > j) - (i < j));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_object_unref (expected[i]);
}

/* What nobody knows warns like the highest. */
static void
test_level (void)
{
  assert_order (TOK_GRANT_ORDER_LEVEL, "Cat, bot 2, Zebra, Money, Bot 1, Bot 10, apple");
}

/* Apps may share a name; their order is the same whichever came first. */
static void
test_same_name (void)
{
  g_autoptr (TokGrantSorter) sorter = tok_grant_sorter_new ();
  g_autoptr (TokGrant) one = tok_ui_test_new_app (1, "Same", TOK_SCOPE_READ);
  g_autoptr (TokGrant) other = tok_ui_test_new_app (2, "Same", TOK_SCOPE_READ);

  g_assert_cmpint (gtk_sorter_compare (GTK_SORTER (sorter), one, other), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (GTK_SORTER (sorter), other, one), ==, GTK_ORDERING_LARGER);
  g_assert_cmpint (gtk_sorter_compare (GTK_SORTER (sorter), one, one), ==, GTK_ORDERING_EQUAL);
}

/* The settings know an order by these words. */
static void
test_nicks (void)
{
  static const char *const nicks[] = { "name", "last-used", "level" };
  g_autoptr (GTypeClass) orders = g_type_class_ref (TOK_TYPE_GRANT_ORDER);

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (g_enum_get_value ((GEnumClass *) orders, i)->value_nick, ==, nicks[i]);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-sorter/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-sorter/name", test_name);
  g_test_add_func ("/grant-sorter/last-used", test_last_used);
  g_test_add_func ("/grant-sorter/use-not-known", test_use_not_known);
  g_test_add_func ("/grant-sorter/level", test_level);
  g_test_add_func ("/grant-sorter/same-name", test_same_name);
  g_test_add_func ("/grant-sorter/nicks", test_nicks);

  return g_test_run ();
}
