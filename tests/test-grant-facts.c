/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-facts.h"

#include "tok-app.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <adwaita.h>

static TokGrant *
new_token (TokScopes scopes, const char *const *unknown, GDateTime *last_used, const char *ip)
{
  g_autoptr (TokToken) token
      = tok_token_new ("Bot", "***********wXyZ", scopes, unknown, last_used, ip);

  return tok_grant_new_for_token (token);
}

static TokGrant *
new_app (gint64 app_id, gboolean official, double markup)
{
  g_autoptr (TokApp) app
      = tok_app_new (app_id, "Desk", TOK_SCOPE_READ, NULL, NULL, official, markup);

  return tok_grant_new_for_app (app);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = new_app (7, FALSE, 0);

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_FACTS, NULL));
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_FACTS, "grant", grant, NULL));
  tok_ui_test_close (
      tok_ui_test_present_scrolled (g_object_new (TOK_TYPE_GRANT_FACTS, "grant", grant, NULL)));
}

/* %NULL for what is no fact of it. */
static void
assert_fact (GtkWidget *facts, const char *title, const char *value)
{
  AdwActionRow *row = tok_ui_test_find (facts, ADW_TYPE_ACTION_ROW, title);

  if (value == NULL) {
    g_assert_null (row);
    return;
  }
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, value);
  /* It is read as it is, and nothing of it is cut. */
  g_assert_true (tok_ui_test_shows (row, value));
  g_assert_cmpint (adw_action_row_get_subtitle_lines (row), ==, 0);
}

static void
test_token (void)
{
  static const char *const unknown[] = { "<i>fly", NULL };
  g_autoptr (GDateTime) used = g_date_time_new_utc (2023, 10, 21, 7, 11, 29);
  g_autoptr (TokGrant) locked
      = new_token (TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown, used, "<b>203.0.113.7</b>&");
  g_autoptr (TokGrant) free_one = new_token (TOK_SCOPE_NONE, NULL, NULL, NULL);
  g_autoptr (TokToken) unclear
      = tok_token_new_full ("Bot", "***********wXyZ", TOK_SCOPE_NONE, NULL, NULL, FALSE, NULL);
  GtkWidget *facts = g_object_new (TOK_TYPE_GRANT_FACTS, "grant", locked, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (facts);

  assert_fact (facts, "Permissions", "Read, Unknown permission “<i>fly”");
  assert_fact (facts, "Last Used", "21 October 2023, 07:11:29 UTC");
  assert_fact (facts, "Network Address", "Can be used only from <b>203.0.113.7</b>&");
  assert_fact (facts, "Price Markup", NULL);
  assert_fact (facts, "App ID", NULL);
  /* What signs in is no fact to be read over a shoulder. */
  g_assert_null (tok_ui_test_find_any (facts, GTK_TYPE_LABEL, "***********wXyZ"));

  g_object_set (facts, "grant", free_one, NULL);
  tok_ui_test_wait_for_frame (window);
  assert_fact (facts, "Permissions", "No permissions");
  assert_fact (facts, "Last Used", "Never used");
  assert_fact (facts, "Network Address", "Can be used from any address");
  tok_grant_update (free_one, G_OBJECT (unclear));
  tok_ui_test_wait_for_frame (window);
  assert_fact (facts, "Last Used", "Last use not known");
  tok_ui_test_close (window);
}

static void
test_app (void)
{
  /* Beyond what a double holds. */
  g_autoptr (TokGrant) third = new_app (G_GINT64_CONSTANT (9007199254740993), FALSE, 2.5);
  g_autoptr (TokGrant) official = new_app (1, TRUE, 0);
  GtkWidget *facts = g_object_new (TOK_TYPE_GRANT_FACTS, "grant", third, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (facts);

  assert_fact (facts, "Permissions", "Read");
  assert_fact (facts, "Last Used", "Never used");
  assert_fact (facts, "Network Address", NULL);
  assert_fact (facts, "Price Markup", "Adds 2.5 % of the payout to the price of every contract");
  assert_fact (facts, "App ID", "9007199254740993");

  g_object_set (facts, "grant", official, NULL);
  tok_ui_test_wait_for_frame (window);
  assert_fact (facts, "Price Markup", NULL);
  assert_fact (facts, "App ID", "1");
  tok_ui_test_close (window);
}

/* The page stays open while fresh lists come in. */
static void
test_update (void)
{
  g_autoptr (TokGrant) grant = new_app (7, FALSE, 0);
  g_autoptr (TokApp) fresh = tok_app_new (7, "Desk", TOK_SCOPE_ALL, NULL, NULL, FALSE, 1);
  GtkWidget *facts = g_object_new (TOK_TYPE_GRANT_FACTS, "grant", grant, NULL);
  GtkWidget *window = tok_ui_test_present_scrolled (facts);
  guint *n_notified = tok_test_count_notify (facts, "grant");

  tok_grant_update (grant, G_OBJECT (fresh));
  tok_ui_test_wait_for_frame (window);
  assert_fact (facts, "Permissions", "Read, Trade, Payments, Trading information, Admin");
  assert_fact (facts, "Price Markup", "Adds 1 % of the payout to the price of every contract");
  g_object_set (facts, "grant", grant, NULL);
  g_assert_cmpuint (*n_notified, ==, 0);
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-facts/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-facts/token", test_token);
  g_test_add_func ("/grant-facts/app", test_app);
  g_test_add_func ("/grant-facts/update", test_update);

  return g_test_run ();
}
