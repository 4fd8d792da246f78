/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-address.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-other-client.h"
#include "tok-redirect.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define APP_ID "4711"
#define N_ACCOUNTS 3
#define REQUEST "name=\"request\" value=\""
#define UNKNOWN_TOKEN "a1-zzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

/* The sample service, and what a browser has brought from there. */
typedef struct {
  TokDemoServer *server;
  char *address;
  TokRedirect *redirect;
  GPtrArray *accounts; /* borrowed */
} Browser;

static SoupMessage *
get (SoupSession *soup, const char *address, char **body)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_and_read_async (soup, message, G_PRIORITY_DEFAULT, NULL, tok_test_on_ready,
                                    &slot);
  result = tok_test_wait_for_result (&slot);
  bytes = soup_session_send_and_read_finish (soup, result, &error);
  g_assert_no_error (error);
  *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return message;
}

/* Lets the app in, on the page that asks. */
static TokRedirect *
allow (const char *address)
{
  g_autoptr (SoupSession) soup = soup_session_new ();
  g_autofree char *page = tok_address_dup_authorize_page (address, "state");
  g_autoptr (SoupMessage) question = NULL;
  g_autoptr (SoupMessage) reply = NULL;
  g_autofree char *body = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  TokRedirect *redirect;
  const char *request;

  soup_session_set_proxy_resolver (soup, NULL);
  question = get (soup, page, &body);
  request = strstr (body, REQUEST);
  g_assert_nonnull (request);
  request += strlen (REQUEST);
  answer = g_strdup_printf ("%.*s/answer?request=%.*s&answer=allow", (int) strcspn (page, "?"),
                            page, (int) strcspn (request, "\""), request);
  reply = get (soup, answer, &rest);
  redirect = tok_redirect_parse (
      soup_message_headers_get_one (soup_message_get_response_headers (reply), "Location"), &error);
  g_assert_no_error (error);
  return redirect;
}

static void
browse_again (Browser *browser)
{
  g_clear_pointer (&browser->redirect, tok_redirect_free);
  browser->redirect = allow (browser->address);
  browser->accounts = tok_redirect_get_accounts (browser->redirect);
  g_assert_cmpuint (browser->accounts->len, ==, N_ACCOUNTS);
}

static Browser *
browse (void)
{
  Browser *browser = g_new0 (Browser, 1);

  browser->server = tok_demo_server_new (NULL);
  tok_demo_server_set_limits (browser->server, FALSE);
  tok_demo_server_start (browser->server, 0, NULL);
  browser->address
      = tok_address_with_app_id (tok_demo_server_get_address (browser->server), APP_ID);
  browse_again (browser);
  return browser;
}

static void
leave (Browser *browser)
{
  tok_redirect_free (browser->redirect);
  g_free (browser->address);
  tok_demo_server_stop (browser->server);
  tok_stage_run_dry ();
  g_object_unref (browser->server);
  g_free (browser);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Browser, leave)

static void
replace_secret (Browser *browser, guint n, const char *secret)
{
  TokRedirectAccount *account = browser->accounts->pdata[n];

  tok_secret_free (account->secret);
  account->secret = g_strdup (secret);
}

static guint
sign_in (TokAccountsStage *stage, Browser *browser, gboolean remember, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_accounts_sign_in_from_browser_async (stage->accounts, browser->address, browser->accounts,
                                           remember, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  return tok_accounts_sign_in_from_browser_finish (stage->accounts, result, error);
}

static void
assert_signed_in (TokAccountsStage *stage, Browser *browser, guint expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sign_in (stage, browser, TRUE, &error), ==, expected);
  g_assert_no_error (error);
}

static void
assert_fails (TokAccountsStage *stage, Browser *browser, TokError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sign_in (stage, browser, TRUE, &error), ==, 0);
  g_assert_error (error, TOK_ERROR, (int) code);
  tok_accounts_stage_assert_changes (stage, "");
  g_assert_null (tok_accounts_get_current (stage->accounts));
  tok_stage_run_dry ();
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, 0);
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 0);
}

static void
assert_session (TokAccountsStage *stage, guint position, const char *login_id)
{
  TokSession *session = tok_accounts_stage_peek (stage, position);

  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (session)), ==, login_id);
}

static const char *
get_sign_in_id (TokAccountsStage *stage, guint position)
{
  return tok_session_get_sign_in_id (tok_accounts_stage_peek (stage, position));
}

static void
test_all (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();

  assert_signed_in (stage, browser, 3);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][1 -0 +1][2 -0 +1]");
  assert_session (stage, 0, "SAMPLE1");
  assert_session (stage, 1, "SAMPLE2");
  assert_session (stage, 2, "SAMPLE3");
  g_assert_true (tok_accounts_get_current (stage->accounts) == tok_accounts_stage_peek (stage, 0));
  g_assert_true (g_uuid_string_is_valid (get_sign_in_id (stage, 0)));
  g_assert_cmpstr (get_sign_in_id (stage, 1), ==, get_sign_in_id (stage, 0));
  g_assert_cmpstr (get_sign_in_id (stage, 2), ==, get_sign_in_id (stage, 0));
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 3);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    const TokRedirectAccount *account = browser->accounts->pdata[i];

    g_assert_cmpstr (tok_fake_vault_peek (stage->keyring, browser->address, account->login_id), ==,
                     account->secret);
  }
  g_assert_cmpuint (tok_demo_server_get_n_calls (browser->server, "authorize"), ==, 3);
  g_assert_cmpuint (tok_demo_server_get_n_connections (browser->server), ==, 3);
}

static void
test_not_remembered (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();

  g_assert_cmpuint (sign_in (stage, browser, FALSE, NULL), ==, 3);
  tok_stage_run_dry ();
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    if (call != TOK_FAKE_VAULT_LIST)
      g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, 0);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
}

static void
test_one_refused (TokAccountsStage *stage, gconstpointer data)
{
  guint refused = GPOINTER_TO_UINT (data);
  static const char *const left[N_ACCOUNTS][2]
      = { { "SAMPLE2", "SAMPLE3" }, { "SAMPLE1", "SAMPLE3" }, { "SAMPLE1", "SAMPLE2" } };
  g_autoptr (Browser) browser = browse ();

  replace_secret (browser, refused, UNKNOWN_TOKEN);
  assert_signed_in (stage, browser, 2);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][1 -0 +1]");
  assert_session (stage, 0, left[refused][0]);
  assert_session (stage, 1, left[refused][1]);
  g_assert_true (tok_accounts_get_current (stage->accounts) == tok_accounts_stage_peek (stage, 0));
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 2);
}

/* The browser has said whose each token is. One of another account isn't shown as something else.
 */
static void
test_other_account (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  const TokRedirectAccount *first = browser->accounts->pdata[0];

  replace_secret (browser, 1, first->secret);
  assert_signed_in (stage, browser, 2);
  assert_session (stage, 0, "SAMPLE1");
  assert_session (stage, 1, "SAMPLE3");
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 2);
}

static void
test_only_other_account (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  const TokRedirectAccount *first = browser->accounts->pdata[0];

  replace_secret (browser, 1, first->secret);
  replace_secret (browser, 2, UNKNOWN_TOKEN);
  g_ptr_array_remove_index (browser->accounts, 0);
  assert_fails (stage, browser, TOK_ERROR_BROWSER_GARBLED);
}

static void
test_useless (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  g_autoptr (TokClient) client = tok_other_client_connect (
      tok_demo_server_get_address (browser->server), tok_demo_server_get_token (browser->server));
  g_autoptr (TokSecret) secret
      = tok_other_client_create_token (client, "Only to trade", TOK_SCOPE_TRADE);

  tok_client_stop (client);
  replace_secret (browser, 0, secret);
  g_ptr_array_set_size (browser->accounts, 1);
  assert_fails (stage, browser, TOK_ERROR_USELESS);
}

/* Of several reasons the first is told. */
static void
test_none_works (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  const TokRedirectAccount *first = browser->accounts->pdata[0];

  replace_secret (browser, 1, first->secret);
  replace_secret (browser, 2, UNKNOWN_TOKEN);
  replace_secret (browser, 0, UNKNOWN_TOKEN);
  assert_fails (stage, browser, TOK_ERROR_SIGN_IN);
}

static void
test_not_there (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();

  tok_demo_server_stop (browser->server);
  assert_fails (stage, browser, TOK_ERROR_OFFLINE);
}

/* Before the first, or between two of them. */
static void
test_cancel (TokAccountsStage *stage, gconstpointer data)
{
  guint n_authorized = GPOINTER_TO_UINT (data);
  g_autoptr (Browser) browser = browse ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (n_authorized == 0)
    g_cancellable_cancel (cancellable);
  tok_accounts_sign_in_from_browser_async (stage->accounts, browser->address, browser->accounts,
                                           TRUE, cancellable, tok_test_on_ready, &slot);
  tok_test_wait_until (tok_demo_server_get_n_calls (browser->server, "authorize") == n_authorized);
  g_cancellable_cancel (cancellable);
  result = tok_test_wait_for_result (&slot);
  g_assert_cmpuint (tok_accounts_sign_in_from_browser_finish (stage->accounts, result, &error), ==,
                    0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_accounts_stage_assert_changes (stage, "");
  g_assert_cmpuint (*stage->n_current, ==, 0);
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 0);
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, 0);
}

/* Each account is there once, wherever it came from. */
static void
test_again (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  g_autoptr (TokSession) pasted = NULL;
  g_autofree char *first = NULL;

  pasted
      = tok_accounts_stage_sign_in_to (stage, tok_demo_server_get_address (browser->server),
                                       tok_demo_server_get_token_of (browser->server, "SAMPLE2"));
  tok_accounts_stage_assert_changes (stage, "[0 -0 +1]");
  assert_signed_in (stage, browser, 3);
  tok_accounts_stage_assert_changes (stage, "[1 -0 +1][0 -1 +1][2 -0 +1]");
  g_assert_cmpint (tok_session_get_state (pasted), ==, TOK_SESSION_SIGNED_OUT);
  first = g_strdup (get_sign_in_id (stage, 0));

  browse_again (browser);
  assert_signed_in (stage, browser, 3);
  tok_accounts_stage_assert_changes (stage, "[1 -1 +1][0 -1 +1][2 -1 +1]");
  assert_session (stage, 0, "SAMPLE2");
  assert_session (stage, 1, "SAMPLE1");
  assert_session (stage, 2, "SAMPLE3");
  g_assert_true (tok_accounts_get_current (stage->accounts) == tok_accounts_stage_peek (stage, 1));
  g_assert_cmpstr (get_sign_in_id (stage, 0), !=, first);
  g_assert_cmpstr (get_sign_in_id (stage, 2), ==, get_sign_in_id (stage, 0));
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 3);
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 3);
}

static void
test_remove_sign_in (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  g_autoptr (Browser) other = browse ();
  g_autoptr (TokSession) pasted = NULL;

  assert_signed_in (stage, browser, 3);
  pasted = tok_accounts_stage_sign_in (stage, 0, "pasted", "SAMPLE1");
  assert_signed_in (stage, other, 3);
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 7);
  g_assert_cmpstr (get_sign_in_id (stage, 4), !=, get_sign_in_id (stage, 0));
  *stage->n_current = 0;

  tok_accounts_remove_sign_in (stage->accounts, tok_accounts_stage_peek (stage, 1));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 4);
  g_assert_true (tok_accounts_stage_peek (stage, 0) == pasted);
  g_assert_cmpuint (*stage->n_current, ==, 0);
  g_assert_true (tok_accounts_get_current (stage->accounts) == tok_accounts_stage_peek (stage, 1));
  assert_session (stage, 1, "SAMPLE1");
  assert_session (stage, 2, "SAMPLE2");
  assert_session (stage, 3, "SAMPLE3");
  tok_test_wait_until (tok_demo_server_get_n_connections (browser->server) == 0);
  g_assert_cmpuint (tok_demo_server_get_n_connections (other->server), ==, 3);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 4);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 4);

  tok_accounts_remove_sign_in (stage->accounts, tok_accounts_stage_peek (stage, 3));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 1);
  g_assert_cmpuint (*stage->n_current, ==, 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == pasted);
  g_assert_cmpint (tok_session_get_state (pasted), ==, TOK_SESSION_READY);
}

typedef struct {
  const char *name;
  const char *from; /* of each account: a sign-in with the browser, or a paste */
  guint current;
} Rest;

static const Rest rests[] = {
  { "first", "pbbbp", 1 },   { "middle", "pbbbp", 2 }, { "last", "pbbbp", 3 },
  { "another", "pbbbp", 4 }, { "at-end", "ppbbb", 4 }, { "at-begin", "bbbpp", 0 },
  { "between", "bpbpb", 4 },
};

/* Whichever of them is looked at: none that is about to go is signed in to. */
static void
test_remove_sign_in_at_rest (TokAccountsStage *stage, gconstpointer data)
{
  const Rest *it = data;
  gboolean goes = it->from[it->current] == 'b';
  g_autofree char *service = tok_address_dup_service (tok_accounts_stage_get_address (stage, 0));
  g_autofree char *login_id = g_strdup_printf ("SAMPLE%u", it->current);

  for (guint i = 0; it->from[i] != '\0'; i++) {
    g_autofree char *id = g_strdup_printf ("SAMPLE%u", i);

    tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), id,
                                 it->from[i] == 'b' ? "browser" : "");
  }
  g_settings_set (stage->settings, TOK_SETTINGS_LAST_ACCOUNT, "(ss)", service, login_id);
  tok_accounts_stage_start_again (stage);
  *stage->n_current = 0;
  tok_accounts_remove_sign_in (
      stage->accounts,
      tok_accounts_stage_peek (stage, (guint) (strchr (it->from, 'b') - it->from)));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 2);
  g_assert_null (get_sign_in_id (stage, 0));
  g_assert_null (get_sign_in_id (stage, 1));
  g_assert_cmpuint (*stage->n_current, ==, goes ? 1 : 0);
  g_assert_nonnull (tok_accounts_get_current (stage->accounts));
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==,
                    goes ? 1 : 0);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 2);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
}

static gboolean
log_out (TokSession *session)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  tok_session_log_out_async (session, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  done = tok_session_log_out_finish (session, result, &error);
  g_assert_no_error (error);
  return done;
}

/* It is over for all that came from there, and for nothing else. */
static void
test_log_out (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  g_autoptr (TokSession) pasted = NULL;
  TokSession *other;

  assert_signed_in (stage, browser, 3);
  pasted = tok_accounts_stage_check (stage, 0, "pasted", "SAMPLE1");
  tok_accounts_add (stage->accounts, pasted, TRUE);
  other = tok_accounts_stage_peek (stage, 2);
  g_assert_true (log_out (tok_accounts_stage_peek (stage, 0)));
  tok_session_refresh (other);
  tok_test_wait_until (tok_session_get_state (other) == TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (other), TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_cmpint (tok_session_get_state (pasted), ==, TOK_SESSION_READY);
  tok_accounts_remove_sign_in (stage->accounts, other);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == pasted);
}

/* For an API token that ends nothing but the connection's own. */
static void
test_log_out_pasted (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (Browser) browser = browse ();
  const char *address = tok_demo_server_get_address (browser->server);
  const char *token = tok_demo_server_get_token (browser->server);
  g_autoptr (TokSession) session = tok_accounts_stage_sign_in_to (stage, address, token);
  g_autoptr (TokSession) again = NULL;

  g_assert_true (log_out (session));
  again = tok_accounts_stage_sign_in_to (stage, address, token);
  g_assert_cmpint (tok_session_get_state (again), ==, TOK_SESSION_READY);
}

static void
add (const char *name, gconstpointer data, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/accounts-browser/", name, NULL);

  tok_accounts_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("all", NULL, test_all);
  add ("not-remembered", NULL, test_not_remembered);
  add ("one-refused/first", GUINT_TO_POINTER (0), test_one_refused);
  add ("one-refused/second", GUINT_TO_POINTER (1), test_one_refused);
  add ("one-refused/third", GUINT_TO_POINTER (2), test_one_refused);
  add ("other-account", NULL, test_other_account);
  add ("only-other-account", NULL, test_only_other_account);
  add ("useless", NULL, test_useless);
  add ("none-works", NULL, test_none_works);
  add ("not-there", NULL, test_not_there);
  add ("cancel/before", GUINT_TO_POINTER (0), test_cancel);
  add ("cancel/first", GUINT_TO_POINTER (1), test_cancel);
  add ("cancel/second", GUINT_TO_POINTER (2), test_cancel);
  add ("cancel/third", GUINT_TO_POINTER (3), test_cancel);
  add ("again", NULL, test_again);
  add ("remove-sign-in/of-several", NULL, test_remove_sign_in);
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++) {
    g_autofree char *name = g_strconcat ("remove-sign-in/at-rest/", rests[i].name, NULL);

    add (name, &rests[i], test_remove_sign_in_at_rest);
  }
  add ("log-out/browser", NULL, test_log_out);
  add ("log-out/pasted", NULL, test_log_out_pasted);

  return g_test_run ();
}
