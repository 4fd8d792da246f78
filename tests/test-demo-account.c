/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-account.h"
#include "tok-test.h"

#include <string.h>

static const TokDemoLogin login = { "SAMPLE9", .currency = "EUR" };

static TokDemoToken *
get_token (TokDemoAccount *account, guint i)
{
  return g_ptr_array_index (tok_demo_account_get_tokens (account), i);
}

static TokDemoApp *
get_app (TokDemoAccount *account, guint i)
{
  return g_ptr_array_index (tok_demo_account_get_apps (account), i);
}

static void
test_new_free (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);

  g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, 0);
  g_assert_cmpuint (tok_demo_account_get_apps (account)->len, ==, 0);
  g_assert_true (tok_demo_account_get_login (account) == &login);
  g_assert_null (tok_demo_account_get_own_token (account));
  g_assert_null (tok_demo_account_find_app (account, 0));
  g_assert_null (tok_demo_account_find_secret (account, "x"));
}

static void
test_secrets (void)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) tok_secret_free, NULL);
  guint counts[256] = { 0 };

  for (guint i = 0; i < 20000; i++) {
    char *secret = tok_demo_token_dup_random_secret ();

    g_assert_cmpuint (strlen (secret), ==, 15);
    for (const char *c = secret; *c != '\0'; c++) {
      g_assert_true (g_ascii_isalnum (*c));
      counts[(guchar) *c]++;
    }
    g_assert_true (g_hash_table_add (seen, secret));
  }
  /* 300,000 characters of 62 kinds are 4,839 of each; eight times the spread is not chance. */
  for (guint c = 0; c < 128; c++) {
    if (g_ascii_isalnum (c)) {
      g_assert_cmpuint (counts[c], >, 4839 - 8 * 69);
      g_assert_cmpuint (counts[c], <, 4839 + 8 * 69);
    }
  }
}

static void
test_is_secret (void)
{
  g_autofree char *longest = g_strnfill (128, 'x');
  g_autofree char *too_long = g_strnfill (129, 'x');

  g_assert_true (tok_demo_token_is_secret ("a"));
  g_assert_true (tok_demo_token_is_secret ("a1-Z_9"));
  g_assert_true (tok_demo_token_is_secret (longest));
  g_assert_false (tok_demo_token_is_secret (""));
  g_assert_false (tok_demo_token_is_secret (too_long));
  g_assert_false (tok_demo_token_is_secret ("a b"));
  g_assert_false (tok_demo_token_is_secret ("a\n"));
  g_assert_false (tok_demo_token_is_secret ("\"a\""));
  g_assert_false (tok_demo_token_is_secret ("\303\244"));
}

static void
test_masks (void)
{
  static const struct {
    const char *secret;
    const char *mask;
  } cases[] = {
    { "abcdefghijkwXyZ", "***********wXyZ" },
    { "a", "*" },
    { "ab", "*b" },
    { "abc", "**c" },
    { "abcdefgh", "****efgh" },
    { "a1-abcdefghi-k_", "***********i*k_" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *mask = tok_demo_token_dup_mask (cases[i].secret);

    g_assert_cmpstr (mask, ==, cases[i].mask);
  }
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *objection;
  } cases[] = {
    { "a", "alphanumeric with space and dash, 2-32 characters" },
    { "ab", NULL },
    { "12345678901234567890123456789012", NULL },
    { "123456789012345678901234567890123", "alphanumeric with space and dash, 2-32 characters" },
    { "Taken", "The name is taken." },
    { "taken", NULL },
  };
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);

  tok_demo_account_add_token (account, "Taken", NULL, TOK_SCOPE_READ);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (tok_demo_account_check_name (account, cases[i].name), ==, cases[i].objection);

  for (guint i = 1; i < TOK_DEMO_MAX_TOKENS; i++) {
    g_autofree char *name = g_strdup_printf ("Bot %u", i);

    g_assert_null (tok_demo_account_check_name (account, name));
    tok_demo_account_add_token (account, name, NULL, TOK_SCOPE_READ);
  }
  g_assert_cmpstr (tok_demo_account_check_name (account, "One more"), ==,
                   "Max 30 tokens are allowed.");
}

/* Of 10,000 tokens some three pairs would be masked alike, if it were left to chance. */
static void
test_unmistakable (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);
  g_autoptr (GHashTable) masks = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *name = g_strdup_printf ("Bot %u", i);
    TokDemoToken *token = tok_demo_account_add_token (account, name, NULL, TOK_SCOPE_READ);

    g_assert_true (g_hash_table_add (masks, token->mask));
  }
}

static void
test_new_tokens (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);
  TokDemoToken *token = tok_demo_account_add_token (account, "Bot", NULL, TOK_SCOPE_READ);

  g_assert_cmpstr (token->login_id, ==, "SAMPLE9");
  g_assert_cmpint (token->app_id, ==, 0);
  g_assert_cmpint (token->last_used, ==, 0);
  g_assert_null (token->address);
  g_assert_false (token->gone);
}

/* Its secret can be asked for as long as the account is there. */
static void
test_own_token (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);

  tok_demo_account_set_own_token (
      account, tok_demo_account_add_token (account, "Own", "own", TOK_SCOPE_ALL));
  g_assert_true (tok_demo_account_delete_token (account, "own", TRUE));
  g_assert_cmpstr (tok_demo_account_get_own_token (account)->secret, ==, "own");
  g_assert_true (tok_demo_account_get_own_token (account)->gone);
}

static void
test_delete (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);
  g_autoptr (TokDemoToken) held = NULL;

  tok_demo_account_add_token (account, "b", "bbbbbbbbbbbbbbb", TOK_SCOPE_READ);
  tok_demo_account_add_token (account, "C", "ccccccccccccccc", TOK_SCOPE_READ);
  tok_demo_account_add_token (account, "a", "aaaaaaaaaaaaaaa", TOK_SCOPE_READ);
  g_assert_cmpstr (get_token (account, 0)->name, ==, "C");
  g_assert_cmpstr (get_token (account, 1)->name, ==, "a");
  g_assert_cmpstr (get_token (account, 2)->name, ==, "b");
  held = tok_demo_token_ref (get_token (account, 1));

  /* A mask is nothing where whole tokens are listed. */
  g_assert_false (tok_demo_account_delete_token (account, "***********aaaa", FALSE));
  g_assert_false (tok_demo_account_delete_token (account, "**********aaaaa", TRUE));
  g_assert_false (tok_demo_account_delete_token (account, "a", TRUE));
  g_assert_false (held->gone);
  g_assert_true (tok_demo_account_delete_token (account, "***********aaaa", TRUE));
  g_assert_true (held->gone);
  g_assert_false (tok_demo_account_delete_token (account, "***********aaaa", TRUE));
  g_assert_null (tok_demo_account_find_secret (account, "aaaaaaaaaaaaaaa"));

  g_assert_true (tok_demo_account_delete_token (account, "bbbbbbbbbbbbbbb", FALSE));
  g_assert_true (tok_demo_account_delete_token (account, "ccccccccccccccc", TRUE));
  g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, 0);
}

static void
test_apps (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);
  char name[] = "Chart";
  const TokDemoApp app = { 5, name, TOK_SCOPE_TRADE, 7, TRUE, 0.5 };
  const TokDemoApp *added;

  tok_demo_account_add_app (account, &app);
  *name = 'X';
  added = tok_demo_account_find_app (account, 5);
  g_assert_cmpstr (added->name, ==, "Chart");
  g_assert_cmpuint (added->scopes, ==, TOK_SCOPE_TRADE);
  g_assert_cmpint (added->last_used, ==, 7);
  g_assert_true (added->official);
  g_assert_cmpfloat (added->markup, ==, 0.5);
  g_assert_null (tok_demo_account_find_app (account, 6));
}

static void
test_revoke (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new (&login);
  const TokDemoApp second = { 2, "Second", TOK_SCOPE_READ };
  const TokDemoApp first = { 1, "First", TOK_SCOPE_READ };

  tok_demo_account_add_app (account, &second);
  tok_demo_account_add_app (account, &first);
  g_assert_cmpint (get_app (account, 0)->app_id, ==, 1);
  tok_demo_account_revoke_app (account, 3);
  tok_demo_account_revoke_app (account, 1);
  tok_demo_account_revoke_app (account, 1);
  g_assert_cmpuint (tok_demo_account_get_apps (account)->len, ==, 1);
  g_assert_cmpint (get_app (account, 0)->app_id, ==, 2);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-account/new-free", test_new_free);
  g_test_add_func ("/demo-account/secrets", test_secrets);
  g_test_add_func ("/demo-account/is-secret", test_is_secret);
  g_test_add_func ("/demo-account/masks", test_masks);
  g_test_add_func ("/demo-account/names", test_names);
  g_test_add_func ("/demo-account/unmistakable", test_unmistakable);
  g_test_add_func ("/demo-account/new-tokens", test_new_tokens);
  g_test_add_func ("/demo-account/own-token", test_own_token);
  g_test_add_func ("/demo-account/delete", test_delete);
  g_test_add_func ("/demo-account/apps", test_apps);
  g_test_add_func ("/demo-account/revoke", test_revoke);

  return g_test_run ();
}
