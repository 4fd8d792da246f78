/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"
#include "tok-test.h"

#include <string.h>

#define DAY (24 * 60 * 60)
#define N_LOGINS 3

static TokDemoAccount *
get_account (TokDemoOwner *owner, guint i)
{
  return g_ptr_array_index (tok_demo_owner_get_accounts (owner), i);
}

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
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);
  g_autoptr (TokDemoOwner) other = tok_demo_sample_new_owner (NULL);

  g_assert_cmpuint (tok_demo_owner_get_accounts (owner)->len, ==, N_LOGINS);
  g_assert_cmpuint (tok_demo_owner_get_visits (owner)->len, ==, 12);
  g_assert_cmpstr (tok_demo_account_get_own_token (get_account (owner, 0))->secret, !=,
                   tok_demo_account_get_own_token (get_account (other, 0))->secret);
}

static void
test_logins (void)
{
  static const struct {
    const char *login_id;
    const char *currency;
    gboolean is_virtual;
  } cases[N_LOGINS] = {
    { "SAMPLE1", "USD", FALSE },
    { "SAMPLE2", "BTC", FALSE },
    { "SAMPLE3", "", TRUE },
  };
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);

  for (guint i = 0; i < N_LOGINS; i++) {
    const TokDemoLogin *login = tok_demo_account_get_login (get_account (owner, i));

    g_assert_cmpstr (login->login_id, ==, cases[i].login_id);
    g_assert_cmpstr (login->currency, ==, cases[i].currency);
    g_assert_true (login->is_virtual == cases[i].is_virtual);
    g_assert_true (g_regex_match_simple ("^[A-Za-z]+[0-9]+$", login->login_id, 0, 0));
    g_assert_true ((*login->currency == '\0') == (*login->currency_type == '\0'));
  }
}

static void
test_tokens (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner ("given");
  TokDemoAccount *account = get_account (owner, 0);
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

/* Each account has tokens of its own; one of them can do everything, and nobody else's can. */
static void
test_tokens_of_each (void)
{
  static const guint n_tokens[N_LOGINS] = { 6, 4, 3 };
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner ("given");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < N_LOGINS; i++) {
    TokDemoAccount *account = get_account (owner, i);
    const TokDemoToken *own = tok_demo_account_get_own_token (account);

    g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, n_tokens[i]);
    for (guint j = 0; j < n_tokens[i]; j++) {
      TokDemoToken *token = get_token (account, j);

      g_assert_true (g_hash_table_add (names, token->name));
      g_assert_true (g_hash_table_add (secrets, token->secret));
      g_assert_cmpuint (strlen (token->name), <=, 32);
      g_assert_cmpstr (token->login_id, ==, tok_demo_account_get_login (account)->login_id);
      g_assert_true ((token->scopes == TOK_SCOPE_ALL) == (token == own));
    }
  }
  g_assert_cmpstr (tok_demo_account_get_own_token (get_account (owner, 0))->secret, ==, "given");
}

static void
test_apps (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);
  TokDemoAccount *account = get_account (owner, 0);
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

/* The others share some of the first account's apps, and have one or two beside. */
static void
test_apps_of_each (void)
{
  static const guint n_apps[N_LOGINS] = { 12, 5, 4 };
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);
  TokDemoAccount *first = get_account (owner, 0);

  for (guint i = 1; i < N_LOGINS; i++) {
    TokDemoAccount *account = get_account (owner, i);
    guint n_shared = 0;

    g_assert_cmpuint (tok_demo_account_get_apps (account)->len, ==, n_apps[i]);
    for (guint j = 0; j < n_apps[i]; j++) {
      const TokDemoApp *app = get_app (account, j);
      const TokDemoApp *shared = tok_demo_account_find_app (first, app->app_id);

      if (shared == NULL)
        continue;
      n_shared++;
      g_assert_cmpstr (app->name, ==, shared->name);
      g_assert_cmpuint (app->scopes, ==, shared->scopes);
      g_assert_true (app->official == shared->official);
    }
    g_assert_cmpuint (n_shared, ==, n_apps[i] - 1);
  }
}

static void
test_new_app (void)
{
  g_autoptr (TokDemoApp) known = tok_demo_sample_new_app (70115);
  g_autoptr (TokDemoApp) unknown = tok_demo_sample_new_app (G_MAXINT64);

  g_assert_cmpint (known->app_id, ==, 70115);
  g_assert_cmpstr (known->name, ==, "Copy Harbour");
  g_assert_cmpuint (known->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_TRADE);
  g_assert_cmpfloat (known->markup, ==, 2);
  g_assert_cmpint (known->last_used, ==, 0);
  g_assert_cmpint (unknown->app_id, ==, G_MAXINT64);
  g_assert_cmpstr (unknown->name, ==, "App 9223372036854775807");
  g_assert_cmpuint (unknown->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_false (unknown->official);
  g_assert_cmpfloat (unknown->markup, ==, 0);
}

/* The same ones each time, each with a name of its own that the service would take. */
static void
test_many_tokens (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);
  g_autoptr (TokDemoOwner) other = tok_demo_sample_new_owner (NULL);
  GPtrArray *tokens = tok_demo_account_get_tokens (tok_demo_owner_find_account (owner, "SAMPLE1"));
  GPtrArray *others = tok_demo_account_get_tokens (tok_demo_owner_find_account (other, "SAMPLE1"));

  tok_demo_sample_add_tokens (owner, TOK_DEMO_SAMPLE_MIN_TOKENS);
  g_assert_cmpuint (tokens->len, ==, TOK_DEMO_SAMPLE_MIN_TOKENS);
  tok_demo_sample_add_tokens (owner, 300);
  tok_demo_sample_add_tokens (other, 300);
  g_assert_cmpuint (tokens->len, ==, 300);
  for (guint i = 0; i < tokens->len; i++) {
    const TokDemoToken *token = tokens->pdata[i];
    const TokDemoToken *same = others->pdata[i];

    g_assert_cmpstr (token->name, ==, same->name);
    g_assert_cmpint (token->scopes, ==, same->scopes);
    g_assert_cmpstr (token->address, ==, same->address);
    g_assert_cmpuint (strlen (token->name), <=, 32);
    if (i > 0)
      g_assert_cmpstr (((TokDemoToken *) tokens->pdata[i - 1])->name, <, token->name);
  }
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-sample/new-free", test_new_free);
  g_test_add_func ("/demo-sample/logins", test_logins);
  g_test_add_func ("/demo-sample/tokens", test_tokens);
  g_test_add_func ("/demo-sample/tokens-of-each", test_tokens_of_each);
  g_test_add_func ("/demo-sample/apps", test_apps);
  g_test_add_func ("/demo-sample/apps-of-each", test_apps_of_each);
  g_test_add_func ("/demo-sample/new-app", test_new_app);
  g_test_add_func ("/demo-sample/many-tokens", test_many_tokens);

  return g_test_run ();
}
