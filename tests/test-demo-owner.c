/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-owner.h"
#include "tok-test.h"

static const TokDemoLogin logins[] = { { "SAMPLE7" }, { "SAMPLE8" }, { "SAMPLE9" } };

static TokDemoOwner *
new_owner (void)
{
  TokDemoOwner *owner = tok_demo_owner_new ();

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    tok_demo_owner_add_account (owner, tok_demo_account_new (&logins[i]));
  return owner;
}

static TokDemoAccount *
get_account (TokDemoOwner *owner, guint i)
{
  return g_ptr_array_index (tok_demo_owner_get_accounts (owner), i);
}

static guint
count_apps (TokDemoOwner *owner, gint64 app_id)
{
  guint n_apps = 0;

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    n_apps += tok_demo_account_find_app (get_account (owner, i), app_id) != NULL;
  return n_apps;
}

static GPtrArray *
admit (TokDemoOwner *owner, gint64 app_id)
{
  TokDemoApp app = { app_id, (char *) "Some app", TOK_SCOPE_READ | TOK_SCOPE_TRADE, 1000 };
  g_autoptr (GPtrArray) tokens = tok_demo_owner_admit_app (owner, &app);
  GPtrArray *held = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_token_unref);

  g_assert_cmpuint (tokens->len, ==, G_N_ELEMENTS (logins));
  for (guint i = 0; i < tokens->len; i++)
    g_ptr_array_add (held, tok_demo_token_ref (tokens->pdata[i]));
  return held;
}

static void
assert_gone (TokDemoOwner *owner, GPtrArray *tokens, gboolean gone)
{
  for (guint i = 0; i < tokens->len; i++) {
    TokDemoToken *token = tokens->pdata[i];

    g_assert_true (token->gone == gone);
    g_assert_true (tok_demo_owner_find_secret (owner, token->secret) == (gone ? NULL : token));
  }
}

static void
test_new_free (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();

  g_assert_cmpuint (tok_demo_owner_get_accounts (owner)->len, ==, 0);
  g_assert_cmpuint (tok_demo_owner_get_visits (owner)->len, ==, 0);
  g_assert_null (tok_demo_owner_find_account (owner, "SAMPLE7"));
  g_assert_null (tok_demo_owner_find_secret (owner, "x"));
}

static void
test_accounts (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    g_assert_true (tok_demo_owner_find_account (owner, logins[i].login_id)
                   == get_account (owner, i));
  g_assert_null (tok_demo_owner_find_account (owner, "SAMPLE"));
  g_assert_null (tok_demo_owner_find_account (owner, "sample7"));
}

static void
test_find_secret (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++) {
    TokDemoToken *token
        = tok_demo_account_add_token (get_account (owner, i), "Same name", NULL, TOK_SCOPE_READ);

    g_assert_true (tok_demo_owner_find_secret (owner, token->secret) == token);
    g_assert_cmpstr (token->login_id, ==, logins[i].login_id);
  }
  g_assert_null (tok_demo_owner_find_secret (owner, "Same name"));
}

static void
test_admit (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  const TokDemoApp there = { 5, (char *) "Former name", TOK_SCOPE_NONE, 77 };
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);

  tok_demo_account_add_app (get_account (owner, 1), &there);
  first = admit (owner, 5);
  second = admit (owner, 5);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (logins); i++) {
    guint n = i % G_N_ELEMENTS (logins);
    const TokDemoToken *token = (i == n ? first : second)->pdata[n];

    g_assert_true (
        g_regex_match_simple ("^a1-[A-Za-z0-9]{29}$", token->secret, G_REGEX_DOLLAR_ENDONLY, 0));
    g_assert_true (g_hash_table_add (secrets, token->secret));
    g_assert_cmpstr (token->login_id, ==, logins[n].login_id);
    g_assert_cmpint (token->app_id, ==, 5);
    g_assert_cmpuint (token->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_TRADE);
    /* They are in no list of API tokens. */
    g_assert_cmpuint (tok_demo_account_get_tokens (get_account (owner, n))->len, ==, 0);
  }
  assert_gone (owner, first, FALSE);
  assert_gone (owner, second, FALSE);

  /* Whoever is there stays as it is, and nobody is there twice. */
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++) {
    const TokDemoApp *app = tok_demo_account_find_app (get_account (owner, i), 5);

    g_assert_cmpuint (tok_demo_account_get_apps (get_account (owner, i))->len, ==, 1);
    g_assert_cmpstr (app->name, ==, i == 1 ? "Former name" : "Some app");
    g_assert_cmpint (app->last_used, ==, i == 1 ? 77 : 1000);
  }
}

static void
test_log_out (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autoptr (GPtrArray) first = admit (owner, 5);
  g_autoptr (GPtrArray) other = admit (owner, 6);
  g_autoptr (GPtrArray) second = admit (owner, 5);
  TokDemoToken *api_token
      = tok_demo_account_add_token (get_account (owner, 0), "Bot", NULL, TOK_SCOPE_READ);

  tok_demo_owner_log_out_app (owner, 7);
  /* What API tokens have in the place of an app id. */
  tok_demo_owner_log_out_app (owner, 0);
  assert_gone (owner, first, FALSE);
  tok_demo_owner_log_out_app (owner, 5);
  assert_gone (owner, first, TRUE);
  assert_gone (owner, second, TRUE);
  assert_gone (owner, other, FALSE);
  g_assert_false (api_token->gone);
  g_assert_cmpuint (count_apps (owner, 5), ==, 3);
}

static void
test_revoke (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autoptr (GPtrArray) first = admit (owner, 5);
  g_autoptr (GPtrArray) other = admit (owner, 6);

  tok_demo_owner_revoke_app (owner, 7);
  tok_demo_owner_revoke_app (owner, 5);
  tok_demo_owner_revoke_app (owner, 5);
  assert_gone (owner, first, TRUE);
  assert_gone (owner, other, FALSE);
  g_assert_cmpuint (count_apps (owner, 5), ==, 0);
  g_assert_cmpuint (count_apps (owner, 6), ==, 3);
}

static void
test_note_use (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autoptr (GPtrArray) tokens = admit (owner, 5);
  TokDemoToken *api_token
      = tok_demo_account_add_token (get_account (owner, 1), "Bot", NULL, TOK_SCOPE_READ);

  tok_demo_owner_note_use (owner, api_token, 30);
  tok_demo_owner_note_use (owner, tokens->pdata[2], 40);
  g_assert_cmpint (api_token->last_used, ==, 30);
  g_assert_cmpint (((TokDemoToken *) tokens->pdata[2])->last_used, ==, 40);
  g_assert_cmpint (tok_demo_account_find_app (get_account (owner, 2), 5)->last_used, ==, 40000000);
  g_assert_cmpint (tok_demo_account_find_app (get_account (owner, 1), 5)->last_used, ==, 1000);
  g_assert_cmpint (tok_demo_account_find_app (get_account (owner, 0), 5)->last_used, ==, 1000);
}

static void
test_visits (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();
  const TokDemoVisit older = { "login", 5 };
  const TokDemoVisit newer = { "logout", 6 };
  GPtrArray *visits = tok_demo_owner_get_visits (owner);

  tok_demo_owner_add_visit (owner, &older);
  tok_demo_owner_add_visit (owner, &newer);
  g_assert_cmpstr (((TokDemoVisit *) visits->pdata[0])->action, ==, "logout");
  g_assert_cmpstr (((TokDemoVisit *) visits->pdata[1])->action, ==, "login");
}

static gboolean
keep (TokDemoOwner *owner, gpointer data)
{
  guint *n_kept = data;

  return ++*n_kept > 0;
}

static gboolean
keep_not (TokDemoOwner *owner, gpointer data)
{
  return FALSE;
}

/* Each kind of change is kept, once. */
static void
test_settle (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  TokDemoAccount *account = get_account (owner, 0);
  const TokDemoVisit visit = { "login", 5 };
  const TokDemoApp app = { 7, (char *) "App", TOK_SCOPE_READ };
  g_autoptr (GPtrArray) tokens = NULL;
  TokDemoToken *token;
  guint n_kept = 0;

  /* Nobody keeps anything. */
  g_assert_true (tok_demo_owner_settle (owner));
  tok_demo_owner_set_keeper (owner, keep, &n_kept);

#define ASSERT_KEPT(change, n)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint before = n_kept;                                                                         \
    change;                                                                                        \
    g_assert_true (tok_demo_owner_settle (owner));                                                 \
    g_assert_true (tok_demo_owner_settle (owner));                                                 \
    g_assert_cmpuint (n_kept - before, ==, n);                                                     \
  }                                                                                                \
  G_STMT_END

  ASSERT_KEPT ((void) owner, 0);
  ASSERT_KEPT (token = tok_demo_account_add_token (account, "Bot", NULL, TOK_SCOPE_READ), 1);
  ASSERT_KEPT (tok_demo_account_set_own_token (account, token), 1);
  ASSERT_KEPT (tok_demo_owner_note_use (owner, token, 5), 1);
  ASSERT_KEPT (tok_demo_account_delete_token (account, "nobody", TRUE), 0);
  ASSERT_KEPT (tok_demo_account_delete_token (account, token->secret, TRUE), 1);
  ASSERT_KEPT (tok_demo_account_add_app (account, &app), 1);
  ASSERT_KEPT (tok_demo_account_revoke_app (account, 8), 0);
  ASSERT_KEPT (tok_demo_account_revoke_app (account, 7), 1);
  ASSERT_KEPT (tokens = admit (owner, 9), 1);
  ASSERT_KEPT (tok_demo_owner_log_out_app (owner, 8), 0);
  ASSERT_KEPT (tok_demo_owner_log_out_app (owner, 9), 1);
  ASSERT_KEPT (tok_demo_owner_revoke_app (owner, 9), 1);
  ASSERT_KEPT (tok_demo_owner_revoke_app (owner, 9), 0);
  ASSERT_KEPT (tok_demo_owner_add_visit (owner, &visit), 1);

  /* What could not be kept is tried again. */
  tok_demo_owner_set_keeper (owner, keep_not, NULL);
  g_assert_true (tok_demo_owner_settle (owner));
  tok_demo_owner_add_visit (owner, &visit);
  g_assert_false (tok_demo_owner_settle (owner));
  g_assert_false (tok_demo_owner_settle (owner));
}

static void
test_start (void)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();

  g_assert_cmpint (tok_demo_owner_get_start (owner), >=, before);
  tok_demo_owner_set_start (owner, 5);
  g_assert_cmpint (tok_demo_owner_get_start (owner), ==, 5);
}

/* Of the login history as many rows stay as anybody can ask for. */
static void
test_many_visits (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();
  GPtrArray *visits = tok_demo_owner_get_visits (owner);

  for (guint i = 0; i < 200; i++) {
    const TokDemoVisit visit = { "login", i };

    tok_demo_owner_add_visit (owner, &visit);
  }
  g_assert_cmpuint (visits->len, ==, 50);
  g_assert_cmpint (((TokDemoVisit *) visits->pdata[0])->time, ==, 199);
  g_assert_cmpint (((TokDemoVisit *) visits->pdata[49])->time, ==, 150);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-owner/new-free", test_new_free);
  g_test_add_func ("/demo-owner/accounts", test_accounts);
  g_test_add_func ("/demo-owner/find-secret", test_find_secret);
  g_test_add_func ("/demo-owner/admit", test_admit);
  g_test_add_func ("/demo-owner/log-out", test_log_out);
  g_test_add_func ("/demo-owner/revoke", test_revoke);
  g_test_add_func ("/demo-owner/note-use", test_note_use);
  g_test_add_func ("/demo-owner/visits", test_visits);
  g_test_add_func ("/demo-owner/many-visits", test_many_visits);
  g_test_add_func ("/demo-owner/start", test_start);
  g_test_add_func ("/demo-owner/settle", test_settle);

  return g_test_run ();
}
