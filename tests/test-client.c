/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client.h"

#include "tok-account.h"
#include "tok-app.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-test.h"
#include "tok-token.h"

#include <string.h>

/* Every call of a client, against the demo service in the same process. */

typedef struct {
  TokDemoServer *server;
  TokClient *client;
} Fixture;

/* Short enough for tests that wait for them, long enough for a slow machine. */
static const TokTimes times = {
  .connect_timeout = 20000,
  .request_timeout = 20000,
  .ping_after = 20000,
  .pong_timeout = 20000,
  .reconnect_first = 10,
  .reconnect_longest = 50,
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = tok_demo_server_new (NULL);
  g_assert_true (tok_demo_server_start (fixture->server, 0, &error));
  g_assert_no_error (error);
  fixture->client = tok_client_new (tok_demo_server_get_address (fixture->server), &times);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 0);
  tok_client_stop (fixture->client);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&fixture->client));
  tok_test_wait_until (tok_demo_server_get_n_connections (fixture->server) == 0);
  tok_demo_server_stop (fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
}

static TokAccount *
authorize_with (Fixture *fixture, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_authorize_async (fixture->client, token, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_authorize_finish (fixture->client, result, error);
}

static void
authorize (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokAccount) account
      = authorize_with (fixture, tok_demo_server_get_token (fixture->server), &error);

  g_assert_no_error (error);
  g_assert_nonnull (account);
}

static GPtrArray *
list_tokens (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_list_tokens_async (fixture->client, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_list_tokens_finish (fixture->client, result, NULL, error);
}

static GPtrArray *
create_token (Fixture *fixture, const char *name, TokScopes scopes, gboolean ip, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_create_token_async (fixture->client, name, scopes, ip, NULL, tok_test_on_ready,
                                 &result);
  tok_test_wait_until (result != NULL);
  return tok_client_create_token_finish (fixture->client, result, error);
}

static GPtrArray *
delete_token (Fixture *fixture, const char *listed_value, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_delete_token_async (fixture->client, listed_value, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_delete_token_finish (fixture->client, result, NULL, error);
}

static GPtrArray *
list_apps (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_list_apps_async (fixture->client, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_list_apps_finish (fixture->client, result, NULL, error);
}

static gboolean
revoke_app (Fixture *fixture, gint64 app_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_revoke_app_async (fixture->client, app_id, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_revoke_app_finish (fixture->client, result, error);
}

static gboolean
log_out (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_logout_async (fixture->client, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_logout_finish (fixture->client, result, error);
}

static gboolean
ping (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_ping_async (fixture->client, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_ping_finish (fixture->client, result, error);
}

static TokToken *
find_token (GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (g_str_equal (tok_token_get_name (tokens->pdata[i]), name))
      return tokens->pdata[i];
  return NULL;
}

static TokApp *
find_app (GPtrArray *apps, gint64 app_id)
{
  for (guint i = 0; i < apps->len; i++)
    if (tok_app_get_app_id (apps->pdata[i]) == app_id)
      return apps->pdata[i];
  return NULL;
}

static void
test_new_destroy (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (tok_client_get_address (fixture->client), ==,
                   tok_demo_server_get_address (fixture->server));
  g_assert_null (tok_client_get_error (fixture->client));
}

static void
test_ping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ping (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tok_demo_server_get_n_calls (fixture->server, "ping"), ==, 1);
}

static void
test_authorize (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokAccount) account
      = authorize_with (fixture, tok_demo_server_get_token (fixture->server), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tok_account_get_login_id (account), ==, "SAMPLE1");
  g_assert_cmpstr (tok_account_get_currency (account), ==, "USD");
  g_assert_false (tok_account_get_is_virtual (account));
  g_assert_cmpint (tok_account_get_scopes (account), ==, TOK_SCOPE_ALL);
  g_assert_null (tok_account_get_unknown_scopes (account));
}

static void
test_authorize_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) blank_error = NULL;

  g_assert_null (authorize_with (fixture, "NoSuchToken1234", &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_null (authorize_with (fixture, "a \"b\" é", &blank_error));
  g_assert_error (blank_error, TOK_ERROR, TOK_ERROR_FIELD);
}

static void
test_log_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) list_error = NULL;

  authorize (fixture);
  g_assert_true (log_out (fixture, &error));
  g_assert_no_error (error);
  g_assert_null (list_tokens (fixture, &list_error));
  g_assert_error (list_error, TOK_ERROR, TOK_ERROR_SIGN_IN);
}

static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;
  TokToken *token;

  authorize (fixture);
  before = list_tokens (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 6);
  token = find_token (before, "Old payout script");
  g_assert_cmpint (tok_token_get_scopes (token), ==, TOK_SCOPE_READ | TOK_SCOPE_PAYMENTS);
  g_assert_cmpstr (tok_token_get_valid_for_ip (token), ==, "203.0.113.7");
  g_assert_nonnull (tok_token_get_last_used (token));
  token = find_token (before, "Spare bot");
  g_assert_null (tok_token_get_valid_for_ip (token));
  g_assert_null (tok_token_get_last_used (token));

  created = create_token (fixture, "New one", TOK_SCOPE_READ | TOK_SCOPE_ADMIN, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 7);
  token = find_token (created, "New one");
  g_assert_cmpuint (strlen (tok_token_get_listed_value (token)), ==, 15);
  g_assert_null (strchr (tok_token_get_listed_value (token), '*'));
  g_assert_cmpint (tok_token_get_scopes (token), ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_cmpstr (tok_token_get_valid_for_ip (token), ==, "127.0.0.1");

  listed = list_tokens (fixture, &error);
  g_assert_no_error (error);
  token = find_token (listed, "New one");
  g_assert_nonnull (strchr (tok_token_get_listed_value (token), '*'));

  deleted = delete_token (fixture, tok_token_get_listed_value (token), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, 6);
  g_assert_null (find_token (deleted, "New one"));
}

static GPtrArray *
replace_token (Fixture *fixture, const char *listed_value, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_replace_token_async (fixture->client, listed_value, name, TOK_SCOPE_TRADE, TRUE, NULL,
                                  tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  return tok_client_replace_token_finish (fixture->client, result, error);
}

/* One goes and another one comes, under the same name or not. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *former = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) same_name = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) other_name = NULL;
  g_autoptr (GError) error = NULL;
  TokToken *token;

  authorize (fixture);
  before = list_tokens (fixture, &error);
  g_assert_no_error (error);
  former = g_strdup (tok_token_get_listed_value (find_token (before, "Grid bot")));
  same_name = replace_token (fixture, former, "Grid bot", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same_name->len, ==, before->len);
  token = find_token (same_name, "Grid bot");
  g_assert_null (strchr (tok_token_get_listed_value (token), '*'));
  g_assert_cmpint (tok_token_get_scopes (token), ==, TOK_SCOPE_TRADE);
  g_assert_cmpstr (tok_token_get_valid_for_ip (token), ==, "127.0.0.1");
  g_assert_null (tok_token_get_last_used (token));

  listed = list_tokens (fixture, &error);
  g_assert_no_error (error);
  token = find_token (listed, "Grid bot");
  g_assert_cmpstr (tok_token_get_listed_value (token), !=, former);
  other_name = replace_token (fixture, tok_token_get_listed_value (token), "Grid bot 2", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other_name->len, ==, before->len);
  g_assert_null (find_token (other_name, "Grid bot"));
  g_assert_nonnull (find_token (other_name, "Grid bot 2"));
}

/* Nothing is created where nothing could be deleted; what is deleted stays so. */
static void
test_replace_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  const char *value;

  authorize (fixture);
  before = list_tokens (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (replace_token (fixture, "abc", "Grid bot 2", &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_clear_error (&error);
  value = tok_token_get_listed_value (find_token (before, "Grid bot"));
  g_assert_null (replace_token (fixture, value, "Spare bot", &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_FIELD);
  g_clear_error (&error);
  after = list_tokens (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, before->len - 1);
  g_assert_null (find_token (after, "Grid bot"));
  g_assert_null (find_token (after, "Grid bot 2"));
}

/* A token that is created without a scope has none, and not all. */
static void
test_no_scopes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GError) error = NULL;

  authorize (fixture);
  tokens = create_token (fixture, "Nothing", TOK_SCOPE_NONE, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tok_token_get_scopes (find_token (tokens, "Nothing")), ==, TOK_SCOPE_NONE);
}

static void
test_field_errors (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Grid bot", "a", "a-b", "", "\"},{\"x\":\"y" };

  authorize (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", names[i]);
    g_assert_null (create_token (fixture, names[i], TOK_SCOPE_READ, FALSE, &error));
    g_assert_error (error, TOK_ERROR, TOK_ERROR_FIELD);
  }
}

static void
test_apps (Fixture *fixture, gconstpointer data)
{
  const gint64 beyond_double = G_GINT64_CONSTANT (9007199254740993);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  TokApp *app;

  authorize (fixture);
  before = list_apps (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 12);
  app = find_app (before, 70115);
  g_assert_cmpstr (tok_app_get_name (app), ==, "Copy Harbour");
  g_assert_cmpfloat (tok_app_get_markup (app), ==, 2);
  g_assert_false (tok_app_get_official (app));
  app = find_app (before, 70107);
  g_assert_true (tok_app_get_official (app));
  app = find_app (before, 70152);
  g_assert_null (tok_app_get_last_used (app));
  app = find_app (before, 70199);
  g_assert_cmpstr (tok_app_get_name (app), ==,
                   "Win <b>Free</b> \xf0\x9f\x8e\x81 \"Bonus\" \xe2\x80\xaegnp.exe");

  g_assert_true (revoke_app (fixture, beyond_double, &error));
  g_assert_no_error (error);
  g_assert_true (revoke_app (fixture, beyond_double, &error));
  g_assert_no_error (error);
  after = list_apps (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 11);
  g_assert_null (find_app (after, beyond_double));
}

static const struct {
  const char *code;
  int error; /* a TokError */
} failures[] = {
  { "AuthorizationRequired", TOK_ERROR_SIGN_IN }, { "CallError", TOK_ERROR_TROUBLE },
  { "DisabledClient", TOK_ERROR_ACCOUNT },        { "InternalServerError", TOK_ERROR_TROUBLE },
  { "InvalidToken", TOK_ERROR_SIGN_IN },          { "PermissionDenied", TOK_ERROR_SCOPE },
  { "RateLimit", TOK_ERROR_RATE_LIMIT },          { "Suspendedlogin", TOK_ERROR_MAINTENANCE },
  { "Timeout", TOK_ERROR_UNCONFIRMED },           { "UnrecognisedRequest", TOK_ERROR_ADDRESS },
  { "WrongResponse", TOK_ERROR_TROUBLE },
};

static void
fail_next (Fixture *fixture, const char *call, guint i)
{
  tok_demo_server_fail_next (fixture->server, call, failures[i].code, "Words of the service.");
}

static void
assert_failed (GError **error, guint i)
{
  g_assert_error (*error, TOK_ERROR, failures[i].error);
  g_assert_cmpstr ((*error)->message, ==, "Words of the service.");
  g_clear_error (error);
}

/* Every call tells what the service reports. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  tok_demo_server_set_limits (fixture->server, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_test_message ("%s", failures[i].code);
    authorize (fixture);
    fail_next (fixture, "oauth_apps", i);
    g_assert_null (list_apps (fixture, &error));
    assert_failed (&error, i);
    fail_next (fixture, "revoke_oauth_app", i);
    g_assert_false (revoke_app (fixture, 1, &error));
    assert_failed (&error, i);
    fail_next (fixture, "api_token", i);
    g_assert_null (list_tokens (fixture, &error));
    assert_failed (&error, i);
    fail_next (fixture, "api_token", i);
    g_assert_null (create_token (fixture, "Some name", TOK_SCOPE_READ, FALSE, &error));
    assert_failed (&error, i);
    fail_next (fixture, "api_token", i);
    g_assert_null (delete_token (fixture, "abc", &error));
    assert_failed (&error, i);
    fail_next (fixture, "logout", i);
    g_assert_false (log_out (fixture, &error));
    assert_failed (&error, i);
    fail_next (fixture, "authorize", i);
    g_assert_null (authorize_with (fixture, "abc", &error));
    assert_failed (&error, i);
  }
}

/* The service ends the connection after this one (PROTOCOL 1.1), which is made anew. */
static void
test_invalid_app_id (Fixture *fixture, gconstpointer data)
{
  guint *n_notified = tok_test_count_notify (fixture->client, "state");
  g_autoptr (GError) error = NULL;

  tok_demo_server_fail_next (fixture->server, "authorize", "InvalidAppID", "Words of the service.");
  g_assert_null (authorize_with (fixture, "abc", &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_APP_ID);
  tok_test_wait_until (*n_notified >= 3);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
}

static void
test_rate_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  authorize (fixture);
  for (guint i = 0; i < 200 && error == NULL; i++) {
    g_autoptr (GPtrArray) apps = list_apps (fixture, &error);
  }
  g_assert_error (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT);
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) apps
      = tok_client_list_apps_finish (TOK_CLIENT (source), result, NULL, &error);
  guint *n = data;

  g_assert_no_error (error);
  g_assert_cmpuint (apps->len, ==, 12);
  (*n)++;
}

/* All at once, and the first ones before anybody is signed in. */
static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  tok_demo_server_set_limits (fixture->server, FALSE);
  tok_client_authorize_async (fixture->client, tok_demo_server_get_token (fixture->server), NULL,
                              tok_test_on_ready, &result);
  for (guint i = 0; i < 300; i++)
    tok_client_list_apps_async (fixture->client, NULL, on_list_ready, &n);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 301);
  tok_test_wait_until (n == 300);
  account = tok_client_authorize_finish (fixture->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
}

static void
test_service_dies_and_returns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) start_error = NULL;
  g_autoptr (GPtrArray) apps = NULL;

  uri = g_uri_parse (tok_client_get_address (fixture->client), G_URI_FLAGS_NONE, &start_error);
  g_assert_no_error (start_error);
  authorize (fixture);
  tok_demo_server_set_latency (fixture->server, 10000);
  tok_client_revoke_app_async (fixture->client, 70101, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (tok_demo_server_get_n_calls (fixture->server, "revoke_oauth_app") == 1);
  tok_demo_server_stop (fixture->server);
  tok_test_wait_until (result != NULL);
  g_assert_false (tok_client_revoke_app_finish (fixture->client, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  g_assert_error (tok_client_get_error (fixture->client), TOK_ERROR, TOK_ERROR_OFFLINE);

  tok_demo_server_set_latency (fixture->server, 0);
  g_assert_true (tok_demo_server_start (fixture->server, g_uri_get_port (uri), &start_error));
  g_assert_no_error (start_error);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  authorize (fixture);
  apps = list_apps (fixture, &start_error);
  g_assert_no_error (start_error);
  g_assert_cmpuint (apps->len, ==, 12);
}

/* A service that doesn't encrypt is spoken to as if it did, by a slip in the address. */
static void
test_tls_against_plain (Fixture *fixture, gconstpointer data)
{
  const char *plain = tok_demo_server_get_address (fixture->server);
  g_autofree char *address = g_strconcat ("wss", plain + strlen ("ws"), NULL);
  TokTimes fast = times;
  TokClient *client;

  fast.connect_timeout = 1000;
  client = tok_client_new (address, &fast);
  tok_client_start (client);
  tok_test_wait_until (tok_client_get_state (client) == TOK_CLIENT_WAITING);
  g_assert_error (tok_client_get_error (client), TOK_ERROR, TOK_ERROR_ENCRYPTION);
  tok_client_stop (client);
  g_assert_finalize_object (client);
}

static void
add (const char *name, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/client/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  add ("new-destroy", test_new_destroy);
  add ("ping", test_ping);
  add ("authorize", test_authorize);
  add ("authorize-fails", test_authorize_fails);
  add ("log-out", test_log_out);
  add ("tokens", test_tokens);
  add ("replace", test_replace);
  add ("replace-errors", test_replace_errors);
  add ("no-scopes", test_no_scopes);
  add ("field-errors", test_field_errors);
  add ("apps", test_apps);
  add ("failures", test_failures);
  add ("invalid-app-id", test_invalid_app_id);
  add ("rate-limit", test_rate_limit);
  add ("tls-against-plain", test_tls_against_plain);
  add ("pipelined", test_pipelined);
  add ("service-dies-and-returns", test_service_dies_and_returns);

  return g_test_run ();
}
