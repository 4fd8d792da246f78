/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-app.h"

#include "tok-test.h"

/* The largest of 19 digits that fits; a double would lose its end. */
#define LARGEST_ID G_GINT64_CONSTANT (9223372036854775807)

static void
test_new_destroy (void)
{
  TokApp *app = tok_app_new (1, "Chart", TOK_SCOPE_READ, NULL, NULL, FALSE, 0);

  g_assert_true (TOK_IS_APP (app));
  tok_test_assert_finalize (app);
}

/* An app keeps copies of its own. */
static void
test_getters (void)
{
  char name[] = "<b>Chart</b>";
  char id[] = "zeta";
  const char *ids[] = { id, NULL };
  GDateTime *when = g_date_time_new_utc (2019, 12, 10, 13, 15, 6.332723);
  g_autoptr (TokApp) app
      = tok_app_new (LARGEST_ID, name, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, ids, when, TRUE, 2.75);

  g_date_time_unref (when);
  name[0] = id[0] = '#';
  ids[0] = NULL;

  g_assert_cmpint (tok_app_get_app_id (app), ==, LARGEST_ID);
  g_assert_cmpstr (tok_app_get_name (app), ==, "<b>Chart</b>");
  g_assert_cmpuint (tok_app_get_scopes (app), ==, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
  g_assert_cmpuint (g_strv_length ((char **) tok_app_get_unknown_scopes (app)), ==, 1);
  g_assert_cmpstr (tok_app_get_unknown_scopes (app)[0], ==, "zeta");
  g_assert_cmpint (g_date_time_get_microsecond (tok_app_get_last_used (app)), ==, 332723);
  g_assert_true (tok_app_get_official (app));
  g_assert_cmpfloat (tok_app_get_markup (app), ==, 2.75);
}

static void
test_nothing (void)
{
  g_autoptr (TokApp) app = tok_app_new (0, "", TOK_SCOPE_NONE, NULL, NULL, FALSE, 0);

  g_assert_cmpint (tok_app_get_app_id (app), ==, 0);
  g_assert_cmpstr (tok_app_get_name (app), ==, "");
  g_assert_cmpuint (tok_app_get_scopes (app), ==, TOK_SCOPE_NONE);
  g_assert_null (tok_app_get_unknown_scopes (app));
  g_assert_null (tok_app_get_last_used (app));
  g_assert_true (tok_app_get_is_use_known (app));
  g_assert_false (tok_app_get_official (app));
  g_assert_cmpfloat (tok_app_get_markup (app), ==, 0);
}

static void
test_name_warning (void)
{
  g_autoptr (TokApp) other = tok_app_new (1, "Deriv", TOK_SCOPE_READ, NULL, NULL, FALSE, 0);
  g_autoptr (TokApp) own = tok_app_new (2, "Deriv", TOK_SCOPE_READ, NULL, NULL, TRUE, 0);
  g_autoptr (TokApp) plain = tok_app_new (3, "Chart", TOK_SCOPE_READ, NULL, NULL, FALSE, 0);

  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (tok_app_get_name_warning (other), ==, TOK_NAME_WARNING_DERIV);
    g_assert_cmpint (tok_app_get_name_warning (own), ==, TOK_NAME_WARNING_NONE);
    g_assert_cmpint (tok_app_get_name_warning (plain), ==, TOK_NAME_WARNING_NONE);
  }
}

static void
test_use (void)
{
  g_autoptr (GDateTime) when = g_date_time_new_utc (2024, 2, 29, 23, 59, 59);
  g_autoptr (TokApp) used = tok_app_new_full (1, "", TOK_SCOPE_NONE, NULL, when, TRUE, FALSE, 0);
  g_autoptr (TokApp) unknown
      = tok_app_new_full (1, "", TOK_SCOPE_NONE, NULL, NULL, FALSE, FALSE, 0);

  g_assert_true (tok_app_get_is_use_known (used));
  g_assert_nonnull (tok_app_get_last_used (used));
  g_assert_false (tok_app_get_is_use_known (unknown));
  g_assert_null (tok_app_get_last_used (unknown));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/app/new-destroy", test_new_destroy);
  g_test_add_func ("/app/getters", test_getters);
  g_test_add_func ("/app/nothing", test_nothing);
  g_test_add_func ("/app/use", test_use);

  g_test_add_func ("/app/name-warning", test_name_warning);
  return g_test_run ();
}
