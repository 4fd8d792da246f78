/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"
#include "tok-grant-match.h"
#include "tok-grant.h"
#include "tok-test.h"
#include "tok-token.h"

#define SECRET "aBcDeFgHiJkLmNo"
#define RA (TOK_SCOPE_READ | TOK_SCOPE_ADMIN)

typedef struct {
  const char *listed_value;
  TokScopes scopes;
  gboolean gone;
} Row;

typedef struct {
  const char *name;
  Row rows[4];
  const char *secret;
  TokScopes scopes;
  int found; /* -1: none */
} Case;

static const Case cases[] = {
  { "empty-list", { { NULL } }, SECRET, RA, -1 },
  { "whole", { { SECRET, RA } }, SECRET, RA, 0 },
  { "whole-other-scopes", { { SECRET, TOK_SCOPE_ADMIN } }, SECRET, RA, -1 },
  { "whole-more-scopes", { { SECRET, RA | TOK_SCOPE_TRADE } }, SECRET, RA, -1 },
  { "other-value", { { "aBcDeFgHiJkLmNp", RA } }, SECRET, RA, -1 },
  { "case-counts", { { "abcdefghijklmno", RA } }, SECRET, RA, -1 },
  { "tail-shown", { { "***********LmNo", RA } }, SECRET, RA, 0 },
  { "tail-shown-other-case", { { "***********lmNo", RA } }, SECRET, RA, -1 },
  { "head-shown", { { "aBcD***********", RA } }, SECRET, RA, 0 },
  { "holes", { { "a*c*e*g*i*k*m*o", RA } }, "abcdefghijklmno", RA, 0 },
  { "all-masked", { { "***************", RA } }, SECRET, RA, 0 },
  { "all-masked-other-length", { { "**********", RA } }, SECRET, RA, -1 },
  { "too-long", { { SECRET "p", RA } }, SECRET, RA, -1 },
  { "too-short", { { "aBcDeFgHiJkLmN", RA } }, SECRET, RA, -1 },
  { "nothing-listed", { { "", RA } }, SECRET, RA, -1 },
  { "two-masked", { { "***************", RA }, { "***************", RA } }, SECRET, RA, -1 },
  { "two-masked-one-scopes",
    { { "***************", TOK_SCOPE_READ }, { "***************", RA } },
    SECRET,
    RA,
    1 },
  { "whole-and-masked", { { SECRET, RA }, { "***************", RA } }, SECRET, RA, -1 },
  { "three", { { SECRET, RA }, { SECRET, RA }, { SECRET, RA } }, SECRET, RA, -1 },
  { "last-of-many",
    { { "***********aaaa", RA },
      { "***********bbbb", RA },
      { "***********LmNx", RA },
      { "***********kLmN", RA } },
    "aaaaaaaaaaakLmN",
    RA,
    3 },
  { "gone-does-not-count", { { SECRET, RA, TRUE }, { "***************", RA } }, SECRET, RA, 1 },
  { "gone-alone", { { SECRET, RA, TRUE } }, SECRET, RA, -1 },
  { "star-in-the-secret-is-no-mask", { { SECRET, RA } }, "***************", RA, -1 },
  { "no-scopes", { { SECRET, TOK_SCOPE_NONE } }, SECRET, TOK_SCOPE_NONE, 0 },
};

static GListModel *
new_list (const Row *rows)
{
  GListStore *list = g_list_store_new (TOK_TYPE_GRANT);

  for (guint i = 0; i < 4 && rows[i].listed_value != NULL; i++) {
    g_autoptr (TokToken) token
        = tok_token_new ("Bot", rows[i].listed_value, rows[i].scopes, NULL, NULL, NULL);
    g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);

    if (rows[i].gone)
      tok_grant_set_gone (grant);
    g_list_store_append (list, grant);
  }
  return G_LIST_MODEL (list);
}

static void
test_case (gconstpointer data)
{
  const Case *it = data;
  g_autoptr (GListModel) list = new_list (it->rows);
  TokGrant *found = tok_grant_match_find (list, it->secret, it->scopes);

  if (it->found < 0) {
    g_assert_null (found);
  } else {
    g_autoptr (TokGrant) expected = g_list_model_get_item (list, it->found);

    g_assert_nonnull (expected);
    g_assert_true (found == expected);
  }
}

/* All that it can be, in the order of the list. */
static void
test_all (void)
{
  static const Row rows[4] = { { SECRET, RA, TRUE },
                               { "***************", RA },
                               { "***************", TOK_SCOPE_READ },
                               { "***********LmNo", RA } };
  g_autoptr (GListModel) list = new_list (rows);
  g_autoptr (GPtrArray) found = tok_grant_match_find_all (list, SECRET, RA);
  g_autoptr (GPtrArray) none = tok_grant_match_find_all (list, SECRET, TOK_SCOPE_ALL);
  g_autoptr (TokGrant) first = g_list_model_get_item (list, 1);
  g_autoptr (TokGrant) last = g_list_model_get_item (list, 3);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_true (found->pdata[0] == first);
  g_assert_true (found->pdata[1] == last);
}

static void
test_apps (void)
{
  g_autoptr (GListStore) list = g_list_store_new (TOK_TYPE_GRANT);
  g_autoptr (TokApp) app = tok_app_new (1, SECRET, RA, NULL, NULL, FALSE, 0);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (app);

  g_list_store_append (list, grant);
  g_assert_null (tok_grant_match_find (G_LIST_MODEL (list), SECRET, RA));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/grant-match/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/grant-match/all", test_all);
  g_test_add_func ("/grant-match/apps", test_apps);

  return g_test_run ();
}
