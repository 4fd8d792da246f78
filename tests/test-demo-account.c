/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"
#include "tok-test.h"

#include <string.h>

#define DAY (24 * 60 * 60)

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

static TokDemoApp *
find_app (TokDemoAccount *account, const char *name)
{
  GPtrArray *apps = tok_demo_account_get_apps (account);

  for (guint i = 0; i < apps->len; i++)
    if (g_str_equal (get_app (account, i)->name, name))
      return get_app (account, i);
  g_assert_not_reached ();
}

static void
test_new_free (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();

  g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, 0);
  g_assert_cmpuint (tok_demo_account_get_apps (account)->len, ==, 0);
  g_assert_cmpuint (tok_demo_account_get_visits (account)->len, ==, 0);
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
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();

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
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();
  g_autoptr (GHashTable) masks = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *name = g_strdup_printf ("Bot %u", i);
    TokDemoToken *token = tok_demo_account_add_token (account, name, NULL, TOK_SCOPE_READ);

    g_assert_true (g_hash_table_add (masks, token->mask));
  }
}

static void
test_delete (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();
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
test_revoke (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();
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

static void
test_visits (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_account_new ();
  const TokDemoVisit older = { "login", 5 };
  const TokDemoVisit newer = { "logout", 6 };
  GPtrArray *visits = tok_demo_account_get_visits (account);

  tok_demo_account_add_visit (account, &older);
  tok_demo_account_add_visit (account, &newer);
  g_assert_cmpstr (((TokDemoVisit *) visits->pdata[0])->action, ==, "logout");
  g_assert_cmpstr (((TokDemoVisit *) visits->pdata[1])->action, ==, "login");
}

static void
test_sample_tokens (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_sample_new_account ("given");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint n_never = 0, n_bound = 0, n_admin = 0;

  g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, 6);
  g_assert_cmpuint (tok_demo_account_find_secret (account, "given")->scopes, ==, TOK_SCOPE_ALL);
  for (guint i = 0; i < 6; i++) {
    const TokDemoToken *token = get_token (account, i);

    if (i > 0)
      g_assert_cmpstr (get_token (account, i - 1)->name, <, token->name);
    g_assert_cmpint (token->last_used, <, now);
    n_never += token->last_used == 0;
    n_bound += g_strcmp0 (token->address, "203.0.113.7") == 0;
    n_admin += (token->scopes & TOK_SCOPE_ADMIN) != 0;
  }
  g_assert_cmpuint (n_never, ==, 1);
  g_assert_cmpuint (n_bound, ==, 1);
  g_assert_cmpuint (n_admin, ==, 1);
}

static void
test_sample_apps (void)
{
  g_autoptr (TokDemoAccount) account = tok_demo_sample_new_account (NULL);
  gint64 a_year_ago = g_get_real_time () - (gint64) 365 * DAY * G_USEC_PER_SEC;
  guint n_never = 0, n_official = 0, n_markup = 0, n_fractions = 0;

  g_assert_cmpuint (tok_demo_account_get_apps (account)->len, ==, 12);
  for (guint i = 0; i < 12; i++) {
    const TokDemoApp *app = get_app (account, i);

    if (i > 0)
      g_assert_cmpstr (get_app (account, i - 1)->name, <, app->name);
    g_assert_true (g_utf8_validate (app->name, -1, NULL));
    n_never += app->last_used == 0;
    n_official += app->official;
    n_markup += app->markup > 0;
    n_fractions += app->last_used % G_USEC_PER_SEC != 0;
  }
  g_assert_cmpuint (n_never, ==, 1);
  g_assert_cmpuint (n_official, ==, 1);
  g_assert_cmpuint (n_markup, ==, 1);
  g_assert_cmpuint (n_fractions, ==, 1);
  g_assert_cmpfloat (find_app (account, "Copy Harbour")->markup, ==, 2);
  g_assert_cmpint (find_app (account, "Payday Relay")->last_used, <, a_year_ago);
  g_assert_cmpuint (find_app (account, "Payday Relay")->scopes & TOK_SCOPE_PAYMENTS, !=, 0);
  g_assert_nonnull (strstr (get_app (account, 11)->name, "<b>"));
  g_assert_nonnull (strstr (get_app (account, 11)->name, "\342\200\256"));
}

static void
test_sample_logins (void)
{
  guint n_logins;
  const TokDemoLogin *logins = tok_demo_sample_get_logins (&n_logins);
  guint n_virtual = 0;

  g_assert_cmpstr (logins->currency, ==, "USD");
  g_assert_false (logins->is_virtual);
  for (guint i = 0; i < n_logins; i++) {
    g_assert_true (g_regex_match_simple ("^[A-Za-z]+[0-9]+$", logins[i].login_id, 0, 0));
    n_virtual += logins[i].is_virtual;
  }
  g_assert_cmpuint (n_virtual, ==, 1);
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
  g_test_add_func ("/demo-account/delete", test_delete);
  g_test_add_func ("/demo-account/revoke", test_revoke);
  g_test_add_func ("/demo-account/visits", test_visits);
  g_test_add_func ("/demo-account/sample-tokens", test_sample_tokens);
  g_test_add_func ("/demo-account/sample-apps", test_sample_apps);
  g_test_add_func ("/demo-account/sample-logins", test_sample_logins);

  return g_test_run ();
}
