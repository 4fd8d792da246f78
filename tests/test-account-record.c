/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-record.h"

#include "tok-test.h"

#define ADDRESS "wss://example.com/websockets/v3?app_id=7"

static const char *const no_scopes[] = { NULL };

static TokAccountRecord *
read_record (const char *address, const char *login_id, const char *const *scopes)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new ("(sssb^ass)", address, login_id, "USD", FALSE, scopes, ""));

  return tok_account_record_from_variant (variant);
}

static void
test_round_trip (void)
{
  static const char *const unknown[] = { "newer", "newest", NULL };
  g_autoptr (TokAccount) account
      = tok_account_new ("CR1", "BTC", TRUE, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown);
  char address[] = ADDRESS;
  char sign_in_id[] = "browser";
  const TokAccountRecord written = { address, account, sign_in_id };
  g_autoptr (GVariant) variant = g_variant_ref_sink (tok_account_record_to_variant (&written));
  g_autoptr (TokAccountRecord) record = NULL;
  g_autofree char *text = g_variant_print (variant, FALSE);

  g_assert_cmpstr (g_variant_get_type_string (variant), ==, TOK_ACCOUNT_RECORD_TYPE);
  g_assert_cmpstr (text, ==,
                   "('" ADDRESS "', 'CR1', 'BTC', true, ['read', 'newer', 'newest'], 'browser')");
  record = tok_account_record_from_variant (variant);
  g_assert_cmpstr (record->address, ==, ADDRESS);
  g_assert_cmpstr (record->sign_in_id, ==, "browser");
  g_assert_cmpstr (tok_account_get_login_id (record->account), ==, "CR1");
  g_assert_cmpstr (tok_account_get_currency (record->account), ==, "BTC");
  g_assert_true (tok_account_get_is_virtual (record->account));
  g_assert_cmpint (tok_account_get_scopes (record->account), ==,
                   TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN);
  g_assert_true (g_strv_equal (tok_account_get_unknown_scopes (record->account), unknown));
}

static void
test_scopes (void)
{
  for (TokScopes scopes = TOK_SCOPE_NONE; scopes <= TOK_SCOPE_ALL; scopes++) {
    g_autoptr (TokAccount) account = tok_account_new ("CR1", "", FALSE, scopes, NULL);
    char address[] = ADDRESS;
    const TokAccountRecord written = { address, account, NULL };
    g_autoptr (GVariant) variant = g_variant_ref_sink (tok_account_record_to_variant (&written));
    g_autoptr (TokAccountRecord) record = tok_account_record_from_variant (variant);

    g_assert_cmpint (tok_account_get_scopes (record->account), ==, scopes);
    g_assert_false (tok_account_get_is_virtual (record->account));
    g_assert_null (record->sign_in_id);
  }
}

static void
test_useless (void)
{
  static const char *const addresses[]
      = { "", "nonsense", "ws://example.com/?app_id=7", "https://example.com/", "wss://" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_assert_null (read_record (addresses[i], "CR1", no_scopes));
  g_assert_null (read_record (ADDRESS, "", no_scopes));
}

/* What makes sense is taken as the rest of the program would have written it. */
static void
test_completed (void)
{
  g_autoptr (TokAccountRecord) record = read_record (" wss://example.com ", "CR1", no_scopes);

  g_assert_cmpstr (record->address, ==,
                   "wss://example.com/websockets/v3?app_id=" TOK_DEFAULT_APP_ID);
  g_assert_cmpint (tok_account_get_scopes (record->account), ==, TOK_SCOPE_NONE);
}

static void
test_odd_scopes (void)
{
  static const char *const odd[] = { "", "READ", "admin", "admin", "<b>", NULL };
  g_autoptr (TokAccountRecord) record = read_record (ADDRESS, "CR1", odd);

  g_assert_cmpint (tok_account_get_scopes (record->account), ==,
                   TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/account-record/round-trip", test_round_trip);
  g_test_add_func ("/account-record/scopes", test_scopes);
  g_test_add_func ("/account-record/useless", test_useless);
  g_test_add_func ("/account-record/completed", test_completed);
  g_test_add_func ("/account-record/odd-scopes", test_odd_scopes);

  return g_test_run ();
}
