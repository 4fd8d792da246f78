/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-test.h"
#include "tok-test.h"

#include <string.h>

/* The row of @answer's tokens that has @name. */
static JsonObject *
get_row (JsonObject *answer, const char *name)
{
  JsonObject *data = json_object_get_object_member (answer, "api_token");
  JsonArray *rows = json_object_get_array_member (data, "tokens");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_str_equal (json_object_get_string_member (row, "display_name"), name))
      return row;
  }
  return NULL;
}

static char *
dup_scopes (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "scopes");
  g_autoptr (GPtrArray) scopes = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (scopes, (char *) json_array_get_string_element (array, i));
  g_ptr_array_add (scopes, NULL);
  return g_strjoinv (" ", (char **) scopes->pdata);
}

static void
test_new_free (TokDemoTest *test, gconstpointer data)
{
  g_assert_null (test->session->token);
}

static void
test_authorize (TokDemoTest *test, gconstpointer data)
{
  TokDemoToken *bound = tok_demo_test_find_token (test, "Old payout script");
  TokDemoToken *spare = tok_demo_test_find_token (test, "Spare bot");
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (JsonObject) wrong = NULL;
  g_autoptr (JsonObject) elsewhere = NULL;
  g_autoptr (JsonObject) several = NULL;
  g_autoptr (JsonObject) good = NULL;
  g_autofree char *scopes = NULL;
  JsonObject *owner;

  good = tok_demo_test_ask (test, "{\"authorize\":\"%s\",\"tokens\":[]}", spare->secret);
  owner = json_object_get_object_member (good, "authorize");
  g_assert_cmpstr (json_object_get_string_member (owner, "loginid"), ==, "SAMPLE1");
  g_assert_cmpstr (json_object_get_string_member (owner, "currency"), ==, "USD");
  scopes = dup_scopes (owner);
  g_assert_cmpstr (scopes, ==, "read trade trading_information");
  g_assert_cmpint (spare->last_used, >=, before);

  /* What fails leaves the session as it is. */
  wrong = tok_demo_test_ask (test, "{\"authorize\":\"wrong\"}");
  tok_demo_test_assert_error (wrong, "InvalidToken", "The token is invalid.");
  elsewhere = tok_demo_test_ask (test, "{\"authorize\":\"%s\"}", bound->secret);
  tok_demo_test_assert_error (elsewhere, "InvalidToken",
                              "Token is not valid for current ip address.");
  g_assert_cmpint (bound->last_used, <, before);
  several = tok_demo_test_ask (test, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET
                                     "\",\"tokens\":[\"a1-x\"]}");
  tok_demo_test_assert_error (several, "InvalidToken",
                              "API tokens can't be used to authorize multiple accounts.");
  g_assert_true (test->session->token == spare);

  tok_demo_test_sign_in (test);
  g_assert_cmpstr (test->session->token->name, ==, "Token Manager");
}

static void
test_authorize_each (TokDemoTest *test, gconstpointer data)
{
  static const struct {
    const char *login_id;
    const char *currency;
    gint64 is_virtual;
    double balance;
  } cases[] = {
    { "SAMPLE2", "BTC", 0, 0.03518 },
    { "SAMPLE3", "", 1, 0 },
    { "SAMPLE1", "USD", 0, 1042.17 },
  };
  g_autoptr (JsonObject) former = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    TokDemoAccount *account = tok_demo_owner_find_account (test->owner, cases[i].login_id);
    g_autoptr (JsonObject) answer = tok_demo_test_ask (
        test, "{\"authorize\":\"%s\"}", tok_demo_account_get_own_token (account)->secret);
    JsonObject *owner = json_object_get_object_member (answer, "authorize");
    JsonArray *list = json_object_get_array_member (owner, "account_list");
    g_autofree char *scopes = dup_scopes (owner);
    JsonObject *listed = NULL;

    g_assert_cmpstr (json_object_get_string_member (owner, "loginid"), ==, cases[i].login_id);
    g_assert_cmpstr (json_object_get_string_member (owner, "currency"), ==, cases[i].currency);
    g_assert_cmpint (json_object_get_int_member (owner, "is_virtual"), ==, cases[i].is_virtual);
    g_assert_cmpfloat (json_object_get_double_member (owner, "balance"), ==, cases[i].balance);
    g_assert_cmpstr (scopes, ==, "read trade payments trading_information admin");

    /* The list is the same for all, and agrees. */
    g_assert_cmpuint (json_array_get_length (list), ==, 3);
    for (guint j = 0; j < 3; j++)
      if (g_str_equal (
              json_object_get_string_member (json_array_get_object_element (list, j), "loginid"),
              cases[i].login_id))
        listed = json_array_get_object_element (list, j);
    g_assert_cmpstr (json_object_get_string_member (listed, "currency"), ==, cases[i].currency);
    g_assert_cmpint (json_object_get_int_member (listed, "is_virtual"), ==, cases[i].is_virtual);
    if (former != NULL)
      g_assert_true (
          json_object_equal (json_array_get_object_element (list, i),
                             json_array_get_object_element (
                                 json_object_get_array_member (former, "account_list"), i)));
    g_clear_pointer (&former, json_object_unref);
    former = json_object_ref (owner);
  }
}

static void
test_login_history (TokDemoTest *test, gconstpointer data)
{
  static const struct {
    const char *arguments;
    guint n_rows;
  } cases[] = {
    { "", 10 },
    { ",\"limit\":0", 0 },
    { ",\"limit\":3", 3 },
    { ",\"limit\":50", 12 },
  };
  g_autoptr (JsonObject) recorded = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *row;

  tok_demo_test_sign_in (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) history
        = tok_demo_test_ask (test, "{\"login_history\":1%s}", cases[i].arguments);
    JsonArray *rows = json_object_get_array_member (history, "login_history");

    g_assert_cmpuint (json_array_get_length (rows), ==, cases[i].n_rows);
    for (guint j = 1; j < json_array_get_length (rows); j++)
      g_assert_cmpint (
          json_object_get_int_member (json_array_get_object_element (rows, j - 1), "time"), >,
          json_object_get_int_member (json_array_get_object_element (rows, j), "time"));
  }

  /* API tokens leave a trace only where that is asked for. */
  recorded = tok_demo_test_ask (test, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET
                                      "\",\"add_to_login_history\":1}");
  tok_demo_test_assert_done (recorded);
  answer = tok_demo_test_ask (test, "{\"login_history\":1,\"limit\":50}");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "login_history")),
                    ==, 13);
  row = json_array_get_object_element (json_object_get_array_member (answer, "login_history"), 0);
  g_assert_cmpstr (json_object_get_string_member (row, "ip"), ==, "127.0.0.1");
  g_assert_cmpstr (json_object_get_string_member (row, "action"), ==, "login");
}

static void
test_logout (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) stranger = tok_demo_test_ask (test, "{\"logout\":1}");
  g_autoptr (JsonObject) logout = NULL;
  g_autoptr (JsonObject) after = NULL;

  g_assert_cmpint (json_object_get_int_member (stranger, "logout"), ==, 1);
  tok_demo_test_sign_in (test);
  logout = tok_demo_test_ask (test, "{\"logout\":1}");
  g_assert_cmpint (json_object_get_int_member (logout, "logout"), ==, 1);
  after = tok_demo_test_ask (test, "{\"oauth_apps\":1}");
  tok_demo_test_assert_error (after, "AuthorizationRequired", "Please log in.");
  /* The token is as good as before. */
  tok_demo_test_sign_in (test);
}

static void
test_list_tokens (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) masked = NULL;
  g_autoptr (JsonObject) whole = NULL;

  tok_demo_test_sign_in (test);
  masked = tok_demo_test_ask (test, "{\"api_token\":1}");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (masked, "api_token")), ==,
                    1);
  g_assert_cmpstr (json_object_get_string_member (get_row (masked, "Token Manager"), "token"), ==,
                   "***********wXyZ");
  g_assert_cmpstr (json_object_get_string_member (get_row (masked, "Spare bot"), "last_used"), ==,
                   "");
  g_assert_true (g_regex_match_simple (
      "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$",
      json_object_get_string_member (get_row (masked, "Grid bot"), "last_used"), 0, 0));
  g_assert_cmpstr (
      json_object_get_string_member (get_row (masked, "Old payout script"), "valid_for_ip"), ==,
      "203.0.113.7");
  g_assert_cmpstr (json_object_get_string_member (get_row (masked, "Grid bot"), "valid_for_ip"), ==,
                   "");

  tok_demo_gate_set_masks (test->gate, FALSE);
  whole = tok_demo_test_ask (test, "{\"api_token\":1}");
  g_assert_cmpstr (json_object_get_string_member (get_row (whole, "Token Manager"), "token"), ==,
                   TOK_DEMO_TEST_SECRET);
}

static void
test_create_token (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) created = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) listed = NULL;
  g_autoptr (JsonObject) answer = NULL;
  const char *secret;
  g_autofree char *scopes = NULL;

  tok_demo_test_sign_in (test);
  created
      = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"New bot\",\"new_token_scopes\":"
                                 "[\"trade\",\"read\"],\"valid_for_current_ip_only\":1}");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (created, "api_token"),
                                               "new_token"),
                   ==, 1);
  scopes = dup_scopes (get_row (created, "New bot"));
  g_assert_cmpstr (scopes, ==, "read trade");
  g_assert_cmpstr (json_object_get_string_member (get_row (created, "New bot"), "valid_for_ip"), ==,
                   "127.0.0.1");
  g_assert_cmpstr (json_object_get_string_member (get_row (created, "New bot"), "last_used"), ==,
                   "");
  /* The new one alone is shown, this once. */
  secret = json_object_get_string_member (get_row (created, "New bot"), "token");
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9]{15}$", secret, 0, 0));
  g_assert_cmpstr (json_object_get_string_member (get_row (created, "Token Manager"), "token"), ==,
                   "***********wXyZ");
  listed = tok_demo_test_ask (test, "{\"api_token\":1}");
  g_assert_true (g_str_has_prefix (
      json_object_get_string_member (get_row (listed, "New bot"), "token"), "***********"));

  again = tok_demo_test_ask (test,
                             "{\"api_token\":1,\"new_token\":\"New bot\",\"new_token_scopes\":[]}");
  tok_demo_test_assert_error (again, "APITokenError", "The name is taken.");
  answer = tok_demo_test_ask (test, "{\"authorize\":\"%s\"}", secret);
  tok_demo_test_assert_done (answer);
}

static void
test_create_scopes (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) none = NULL;
  g_autoptr (JsonObject) all = NULL;
  g_autofree char *no_scopes = NULL;
  g_autofree char *all_scopes = NULL;

  tok_demo_test_sign_in_with (test, TOK_SCOPE_ADMIN);
  none = tok_demo_test_ask (test,
                            "{\"api_token\":1,\"new_token\":\"None\",\"new_token_scopes\":[]}");
  no_scopes = dup_scopes (get_row (none, "None"));
  g_assert_cmpstr (no_scopes, ==, "");
  all = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"All of it\"}");
  all_scopes = dup_scopes (get_row (all, "All of it"));
  g_assert_cmpstr (all_scopes, ==, "read trade payments trading_information admin");
}

static void
test_create_errors (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) short_name = NULL;
  g_autoptr (JsonObject) full = NULL;

  tok_demo_test_sign_in (test);
  short_name = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"x\"}");
  tok_demo_test_assert_error (short_name, "APITokenError",
                              "alphanumeric with space and dash, 2-32 characters");
  for (guint i = tok_demo_account_get_tokens (test->account)->len; i < 30; i++) {
    g_autoptr (JsonObject) created
        = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"Bot %u\"}", i);

    tok_demo_test_assert_done (created);
  }
  full = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"One more\"}");
  tok_demo_test_assert_error (full, "APITokenError", "Max 30 tokens are allowed.");
}

static void
test_delete_token (TokDemoTest *test, gconstpointer data)
{
  const char *mask = tok_demo_test_find_token (test, "Grid bot")->mask;
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *request = g_strdup_printf ("{\"api_token\":1,\"delete_token\":\"%s\"}", mask);

  tok_demo_test_sign_in (test);
  deleted = tok_demo_test_ask (test, "%s", request);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (deleted, "api_token"),
                                               "delete_token"),
                   ==, 1);
  g_assert_null (get_row (deleted, "Grid bot"));
  g_assert_nonnull (get_row (deleted, "Spare bot"));
  again = tok_demo_test_ask (test, "%s", request);
  tok_demo_test_assert_error (again, "InvalidToken", "No token found");
}

static void
test_replace_token (TokDemoTest *test, gconstpointer data)
{
  g_autofree char *mask = g_strdup (tok_demo_test_find_token (test, "Grid bot")->mask);
  g_autoptr (JsonObject) replaced = NULL;
  g_autoptr (JsonObject) failed = NULL;
  JsonObject *data_member;

  tok_demo_test_sign_in (test);
  /* Deleting comes first, so the name is free. */
  replaced = tok_demo_test_ask (
      test,
      "{\"api_token\":1,\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\"],"
      "\"delete_token\":\"%s\"}",
      mask);
  data_member = json_object_get_object_member (replaced, "api_token");
  g_assert_cmpint (json_object_get_int_member (data_member, "delete_token"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (data_member, "new_token"), ==, 1);
  g_assert_nonnull (get_row (replaced, "Grid bot"));

  /* Nothing is created where nothing is to be deleted. */
  failed = tok_demo_test_ask (
      test, "{\"api_token\":1,\"new_token\":\"Fresh\",\"delete_token\":\"%s\"}", mask);
  tok_demo_test_assert_error (failed, "InvalidToken", "No token found");
  g_assert_null (tok_demo_test_find_token (test, "Fresh"));
  g_clear_pointer (&failed, json_object_unref);

  /* What is deleted stays so, even if nothing can be created. */
  failed = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"x\",\"delete_token\":\"%s\"}",
                              tok_demo_test_find_token (test, "Spare bot")->mask);
  tok_demo_test_assert_error (failed, "APITokenError", NULL);
  g_assert_null (tok_demo_test_find_token (test, "Spare bot"));
}

static void
test_delete_own (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonObject) other_after = NULL;
  g_autoptr (JsonObject) ping = NULL;
  g_autoptr (JsonObject) again = NULL;

  tok_demo_test_sign_in (test);
  other = tok_demo_test_ask_as (test, test->other, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}");
  deleted = tok_demo_test_ask (test, "{\"api_token\":1,\"delete_token\":\"***********wXyZ\"}");
  tok_demo_test_assert_done (deleted);
  after = tok_demo_test_ask (test, "{\"api_token\":1}");
  tok_demo_test_assert_error (after, "InvalidToken", "The token is invalid.");
  other_after = tok_demo_test_ask_as (test, test->other, "{\"oauth_apps\":1}");
  tok_demo_test_assert_error (other_after, "InvalidToken", "The token is invalid.");
  ping = tok_demo_test_ask_as (test, test->other, "{\"ping\":1}");
  tok_demo_test_assert_done (ping);
  again = tok_demo_test_ask_as (test, test->other, "{\"authorize\":\"" TOK_DEMO_TEST_SECRET "\"}");
  tok_demo_test_assert_error (again, "InvalidToken", "The token is invalid.");
}

/* What one account has, no other can list, name, delete or run out of. */
static void
test_accounts_apart (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) list = NULL;
  g_autoptr (JsonObject) deleted = NULL;
  g_autoptr (JsonObject) same_name = NULL;
  g_autoptr (JsonObject) full = NULL;
  g_autoptr (JsonObject) other = NULL;

  tok_demo_test_sign_in_to (test, "SAMPLE2");
  list = tok_demo_test_ask (test, "{\"api_token\":1,\"loginid\":\"SAMPLE2\"}");
  g_assert_nonnull (get_row (list, "Coin ladder"));
  g_assert_null (get_row (list, "Grid bot"));
  deleted = tok_demo_test_ask (test, "{\"api_token\":1,\"delete_token\":\"%s\"}",
                               tok_demo_test_find_token (test, "Grid bot")->secret);
  tok_demo_test_assert_error (deleted, "InvalidToken", "No token found");
  same_name = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"Grid bot\"}");
  tok_demo_test_assert_done (same_name);

  for (guint i = 5; i < 30; i++) {
    g_autoptr (JsonObject) created
        = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"Bot %u\"}", i);

    tok_demo_test_assert_done (created);
  }
  full = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"One more\"}");
  tok_demo_test_assert_error (full, "APITokenError", "Max 30 tokens are allowed.");
  g_assert_cmpuint (tok_demo_account_get_tokens (test->account)->len, ==, 6);
  tok_demo_test_sign_in_to (test, "SAMPLE3");
  other = tok_demo_test_ask (test, "{\"api_token\":1,\"new_token\":\"One more\"}");
  g_assert_nonnull (get_row (other, "Strategy trial"));
  g_assert_nonnull (get_row (other, "One more"));
  g_assert_null (get_row (other, "Bot 5"));
}

/* Revoking acts on all of them, although each lists its own. */
static void
test_apps_of_each (TokDemoTest *test, gconstpointer data)
{
  static const struct {
    const char *login_id;
    guint n_apps;
    guint n_left;
  } cases[] = {
    { "SAMPLE1", 12, 10 },
    { "SAMPLE2", 5, 3 },
    { "SAMPLE3", 4, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) apps = NULL;

    tok_demo_test_sign_in_to (test, cases[i].login_id);
    apps = tok_demo_test_ask (test, "{\"oauth_apps\":1,\"loginid\":\"%s\"}", cases[i].login_id);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (apps, "oauth_apps")), ==,
                      cases[i].n_apps);
  }
  for (guint i = 0; i < 2; i++) {
    /* The one is in all three, the other in the first two, and the sender is in the third. */
    g_autoptr (JsonObject) revoked
        = tok_demo_test_ask (test, "{\"revoke_oauth_app\":%d}", i == 0 ? 70101 : 70133);

    tok_demo_test_assert_done (revoked);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (
        tok_demo_account_get_apps (tok_demo_owner_find_account (test->owner, cases[i].login_id))
            ->len,
        ==, cases[i].n_left);
}

static void
test_apps (TokDemoTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *apps;
  guint n_null = 0, n_fractions = 0;

  tok_demo_test_sign_in (test);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (JsonObject) revoked = tok_demo_test_ask (test, "{\"revoke_oauth_app\":70101}");

    g_assert_cmpint (json_object_get_int_member (revoked, "revoke_oauth_app"), ==, 1);
  }
  answer = tok_demo_test_ask (test, "{\"oauth_apps\":1}");
  apps = json_object_get_array_member (answer, "oauth_apps");
  g_assert_cmpuint (json_array_get_length (apps), ==, 11);
  for (guint i = 0; i < 11; i++) {
    JsonObject *app = json_array_get_object_element (apps, i);
    const char *used = json_object_get_string_member_with_default (app, "last_used", NULL);

    g_assert_cmpint (json_object_get_int_member (app, "app_id"), !=, 70101);
    n_null += json_object_get_null_member (app, "last_used");
    n_fractions += used != NULL && strchr (used, '.') != NULL;
  }
  g_assert_cmpuint (n_null, ==, 1);
  g_assert_cmpuint (n_fractions, ==, 1);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/demo-work/" path, TokDemoTest, NULL, tok_demo_test_set_up, function,               \
              tok_demo_test_tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  ADD ("new-free", test_new_free);
  ADD ("authorize", test_authorize);
  ADD ("authorize-each", test_authorize_each);
  ADD ("login-history", test_login_history);
  ADD ("logout", test_logout);
  ADD ("list-tokens", test_list_tokens);
  ADD ("create-token", test_create_token);
  ADD ("create-scopes", test_create_scopes);
  ADD ("create-errors", test_create_errors);
  ADD ("delete-token", test_delete_token);
  ADD ("replace-token", test_replace_token);
  ADD ("delete-own", test_delete_own);
  ADD ("accounts-apart", test_accounts_apart);
  ADD ("apps", test_apps);
  ADD ("apps-of-each", test_apps_of_each);

  return g_test_run ();
}
