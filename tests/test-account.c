/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"

#include "tok-test.h"

static void
test_new_destroy (void)
{
  TokAccount *account = tok_account_new ("CR1", "USD", FALSE, TOK_SCOPE_READ, NULL);

  g_assert_true (TOK_IS_ACCOUNT (account));
  tok_test_assert_finalize (account);
}

/* An account keeps copies of its own. */
static void
test_getters (void)
{
  char login_id[] = "VRTC90000001";
  char currency[] = "USD";
  char id[] = "zeta";
  const char *ids[] = { id, NULL };
  g_autoptr (TokAccount) account
      = tok_account_new (login_id, currency, TRUE, TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN, ids);

  login_id[0] = currency[0] = id[0] = '#';
  ids[0] = NULL;

  g_assert_cmpstr (tok_account_get_login_id (account), ==, "VRTC90000001");
  g_assert_cmpstr (tok_account_get_currency (account), ==, "USD");
  g_assert_true (tok_account_get_is_virtual (account));
  g_assert_cmpuint (tok_account_get_scopes (account), ==, TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN);
  g_assert_cmpuint (g_strv_length ((char **) tok_account_get_unknown_scopes (account)), ==, 1);
  g_assert_cmpstr (tok_account_get_unknown_scopes (account)[0], ==, "zeta");
}

/* An account may have no currency yet. */
static void
test_nothing (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("", NULL, FALSE, TOK_SCOPE_NONE, NULL);
  g_autoptr (TokAccount) same = tok_account_new ("", "", FALSE, TOK_SCOPE_NONE, NULL);

  g_assert_cmpstr (tok_account_get_login_id (account), ==, "");
  g_assert_cmpstr (tok_account_get_currency (account), ==, "");
  g_assert_cmpstr (tok_account_get_currency (same), ==, "");
  g_assert_false (tok_account_get_is_virtual (account));
  g_assert_cmpuint (tok_account_get_scopes (account), ==, TOK_SCOPE_NONE);
  g_assert_null (tok_account_get_unknown_scopes (account));
  g_assert_cmpint (tok_account_get_user_id (account), ==, 0);
}

static void
test_user (void)
{
  const char *const ids[] = { "zeta", NULL };
  g_autoptr (TokAccount) account
      = tok_account_new_of_user ("CR1", "USD", TRUE, TOK_SCOPE_READ, ids, G_MAXINT64);

  g_assert_cmpint (tok_account_get_user_id (account), ==, G_MAXINT64);
  g_assert_cmpstr (tok_account_get_login_id (account), ==, "CR1");
  g_assert_true (tok_account_get_is_virtual (account));
  g_assert_cmpstr (tok_account_get_unknown_scopes (account)[0], ==, "zeta");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/account/new-destroy", test_new_destroy);
  g_test_add_func ("/account/getters", test_getters);
  g_test_add_func ("/account/user", test_user);
  g_test_add_func ("/account/nothing", test_nothing);

  return g_test_run ();
}
