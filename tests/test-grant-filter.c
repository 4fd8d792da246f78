/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-filter.h"

#include "tok-grant.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

typedef struct {
  const char *text;
  gboolean matches;
} Case;

static gboolean
matches (TokGrantFilter *filter, TokGrant *grant)
{
  return gtk_filter_match (GTK_FILTER (filter), grant);
}

static void
assert_matches (TokGrant *grant, const Case *cases, guint n)
{
  g_autoptr (TokGrantFilter) filter = tok_grant_filter_new ();

  for (guint i = 0; i < n; i++) {
    tok_grant_filter_set_text (filter, cases[i].text);
    if (matches (filter, grant) != cases[i].matches)
      g_error ("“%s” is %s by “%s”", tok_grant_get_name (grant),
               cases[i].matches ? "not found" : "found", cases[i].text);
  }
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ, NULL);
  TokGrantFilter *filter = tok_grant_filter_new ();

  g_assert_true (matches (filter, grant));
  g_assert_cmpint (gtk_filter_get_strictness (GTK_FILTER (filter)), ==, GTK_FILTER_MATCH_ALL);
  tok_test_assert_finalize (filter);
}

static void
test_token (void)
{
  static const Case cases[] = {
    { "", TRUE },         { " ", TRUE },          { "grid", TRUE },        { "GRID", TRUE },
    { "id bo", TRUE },    { "bot grid", TRUE },   { " bot  grid ", TRUE }, { "grid  cat", FALSE },
    { "gridbot", FALSE }, { "can trade", TRUE },  { "trade", TRUE },       { "read", TRUE },
    { "view", FALSE },    { "payments", FALSE },  { "full", FALSE },       { "203.0.113", TRUE },
    { "grid 203", TRUE }, { "203.0.114", FALSE }, { "gríd", TRUE },        { "*", FALSE },
    { "wxyz", FALSE },
  };
  g_autoptr (TokGrant) grant
      = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ | TOK_SCOPE_TRADE, "203.0.113.7");

  assert_matches (grant, cases, G_N_ELEMENTS (cases));
}

static void
test_app (void)
{
  static const Case cases[] = {
    { "70101", TRUE },        { "701", TRUE },   { "chart 70101", TRUE }, { "70102", FALSE },
    { "full control", TRUE }, { "admin", TRUE }, { "can trade", FALSE },  { "chart", TRUE },
  };
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (70101, "Chart Desk", TOK_SCOPE_ADMIN);

  assert_matches (grant, cases, G_N_ELEMENTS (cases));
}

/* Names as other people write them, and as nobody should. */
static void
test_names (void)
{
  static const Case accents[]
      = { { "uber", TRUE },    { "ÜBER", TRUE },   { "über", TRUE }, { "u\u0308ber", TRUE },
          { "strasse", TRUE }, { "Straße", TRUE }, { "ubre", FALSE } };
  static const Case hidden[]
      = { { "gnp.exe", TRUE }, { "bonus gnp", TRUE }, { "<b>", TRUE }, { "&lt;", FALSE } };
  g_autoptr (TokGrant) street = tok_ui_test_new_app (1, "Über Straße", TOK_SCOPE_READ);
  g_autoptr (TokGrant) hostile
      = tok_ui_test_new_app (2, "<b>Bonus</b> \u202egn\u200bp.exe", TOK_SCOPE_READ);

  assert_matches (street, accents, G_N_ELEMENTS (accents));
  assert_matches (hostile, hidden, G_N_ELEMENTS (hidden));
}

static void
test_unknown (void)
{
  static const Case cases[]
      = { { "unknown", TRUE }, { "crypto_mint", TRUE }, { "read", TRUE }, { "trade", FALSE } };
  static const char *const ids[] = { "crypto_mint", NULL };
  g_autoptr (TokToken) token
      = tok_token_new ("New", "x", TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, ids, NULL, NULL);
  g_autoptr (TokGrant) grant = tok_grant_new_for_token (token);

  assert_matches (grant, cases, G_N_ELEMENTS (cases));
}

static void
test_level (void)
{
  g_autoptr (TokGrantFilter) filter = tok_grant_filter_new ();
  g_autoptr (TokGrant) reader = tok_ui_test_new_token ("Reader", TOK_SCOPE_READ, NULL);
  g_autoptr (TokGrant) owner = tok_ui_test_new_token ("Owner", TOK_SCOPE_ADMIN, NULL);

  tok_grant_filter_set_level (filter, TOK_ACCESS_LEVEL_FULL);
  g_assert_false (matches (filter, reader));
  g_assert_true (matches (filter, owner));
  tok_grant_filter_set_text (filter, "read");
  g_assert_false (matches (filter, owner));
  tok_grant_filter_set_level (filter, TOK_GRANT_FILTER_ANY);
  g_assert_true (matches (filter, reader));
}

static void
on_changed (GtkFilter *filter, GtkFilterChange change, int *last)
{
  *last = change;
}

/* What a longer word leaves out need not be looked at again. */
static void
test_changes (void)
{
  static const struct {
    const char *text;
    int change;
  } steps[] = {
    { "g", GTK_FILTER_CHANGE_MORE_STRICT },
    { "gr", GTK_FILTER_CHANGE_MORE_STRICT },
    { "GR", -1 },
    { "gr b", GTK_FILTER_CHANGE_MORE_STRICT },
    { "g", GTK_FILTER_CHANGE_LESS_STRICT },
    { "x", GTK_FILTER_CHANGE_DIFFERENT },
    { "", GTK_FILTER_CHANGE_LESS_STRICT },
  };
  g_autoptr (TokGrantFilter) filter = tok_grant_filter_new ();
  int last;

  g_signal_connect (filter, "changed", G_CALLBACK (on_changed), &last);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    last = -1;
    tok_grant_filter_set_text (filter, steps[i].text);
    g_assert_cmpint (last, ==, steps[i].change);
  }
}

/* The service lists it differently: what was kept of it is not true any more. */
static void
test_update (void)
{
  g_autoptr (TokGrantFilter) filter = tok_grant_filter_new ();
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL);
  g_autoptr (TokToken) later = tok_token_new ("Bot", "x", TOK_SCOPE_TRADE, NULL, NULL, NULL);

  tok_grant_filter_set_text (filter, "trade");
  g_assert_false (matches (filter, grant));
  tok_grant_update (grant, G_OBJECT (later));
  g_assert_true (matches (filter, grant));
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-filter/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-filter/token", test_token);
  g_test_add_func ("/grant-filter/app", test_app);
  g_test_add_func ("/grant-filter/names", test_names);
  g_test_add_func ("/grant-filter/unknown", test_unknown);
  g_test_add_func ("/grant-filter/level", test_level);
  g_test_add_func ("/grant-filter/changes", test_changes);
  g_test_add_func ("/grant-filter/update", test_update);

  return g_test_run ();
}
