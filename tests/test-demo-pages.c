/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-pages.h"

#include "tok-demo-listener.h"
#include "tok-demo-sample.h"
#include "tok-test.h"

#include <string.h>

#define ASK "/oauth2/authorize"
#define ANSWER "/oauth2/authorize/answer"
#define TOKENS "/account/api-token"
#define TOKEN "a1-[A-Za-z0-9]{29}"
#define ALLOWED                                                                                    \
  "org\\.example\\.tokenmanager://sign-in\\?acct1=SAMPLE1&token1=(" TOKEN ")&cur1=USD"             \
  "&acct2=SAMPLE2&token2=(" TOKEN ")&cur2=BTC&acct3=SAMPLE3&token3=(" TOKEN ")"
#define DENIED "org.example.tokenmanager://sign-in#error=scope_denied"

typedef struct {
  TokDemoOwner *owner;
  TokDemoPages *pages;
  TokDemoListener *listener;
  SoupServer *server;
  SoupSession *soup;
  char *origin;
} Fixture;

/* What came back. */
typedef struct {
  guint status;
  char *body;
  char *location;
  char *type;
  char *allow;
} Reply;

static void
free_reply (Reply *reply)
{
  g_free (reply->body);
  g_free (reply->location);
  g_free (reply->type);
  g_free (reply->allow);
  g_free (reply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, free_reply)

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  Fixture *fixture = data;

  if (!tok_demo_pages_reply (fixture->pages, message, path, query))
    soup_server_message_set_status (message, SOUP_STATUS_GONE, NULL);
}

static void
on_client (TokDemoListener *listener, GSocketConnection *connection, Fixture *fixture)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  soup_server_accept_iostream (fixture->server, G_IO_STREAM (connection), local, remote, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->owner = tok_demo_sample_new_owner (NULL);
  fixture->pages = tok_demo_pages_new (fixture->owner);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  fixture->listener = tok_demo_listener_new (0, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->listener, "client", G_CALLBACK (on_client), fixture);
  fixture->origin
      = g_strdup_printf ("http://127.0.0.1:%u", tok_demo_listener_get_port (fixture->listener));
  fixture->soup = soup_session_new ();
  soup_session_set_proxy_resolver (fixture->soup, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tok_test_assert_finalize (fixture->soup);
  tok_test_assert_finalize (fixture->listener);
  soup_server_disconnect (fixture->server);
  tok_test_assert_finalize (fixture->server);
  tok_demo_pages_free (fixture->pages);
  tok_demo_owner_free (fixture->owner);
  g_free (fixture->origin);
}

static char *
dup_header (SoupMessage *message, const char *name)
{
  return g_strdup (
      soup_message_headers_get_one (soup_message_get_response_headers (message), name));
}

static Reply *
send (Fixture *fixture, const char *method, const char *path, const char *host)
{
  g_autofree char *address = g_strconcat (fixture->origin, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  gsize length;
  const char *data;
  Reply *reply = g_new0 (Reply, 1);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (host != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host", host);
  soup_session_send_and_read_async (fixture->soup, message, G_PRIORITY_DEFAULT, NULL,
                                    tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  body = soup_session_send_and_read_finish (fixture->soup, result, &error);
  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  data = g_bytes_get_data (body, &length);
  reply->body = g_strndup (length > 0 ? data : "", length);
  reply->location = dup_header (message, "Location");
  reply->type = dup_header (message, "Content-Type");
  reply->allow = dup_header (message, "Allow");
  return reply;
}

static Reply *
get (Fixture *fixture, const char *path)
{
  return send (fixture, SOUP_METHOD_GET, path, NULL);
}

static char *
match (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;

  return g_regex_match (regex, text, 0, &info) ? g_match_info_fetch (info, 1) : NULL;
}

/* Where the buttons of the page that asks lead to, without the answer. */
static char *
ask (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat (ASK "?", query, NULL);
  g_autoptr (Reply) reply = get (fixture, path);
  g_autofree char *action = match (reply->body, "<form action=\"([^\"]*)\">");
  g_autofree char *id = match (reply->body, "name=\"request\" value=\"([A-Za-z0-9]{32})\"");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (action, ==, ANSWER);
  g_assert_nonnull (id);
  return g_strdup_printf (ANSWER "?request=%s", id);
}

static Reply *
answer (Fixture *fixture, const char *request, const char *word)
{
  g_autofree char *path = g_strdup_printf ("%s&answer=%s", request, word);

  return get (fixture, path);
}

static guint
count_apps (Fixture *fixture, gint64 app_id)
{
  GPtrArray *accounts = tok_demo_owner_get_accounts (fixture->owner);
  guint n_apps = 0;

  for (guint i = 0; i < accounts->len; i++)
    n_apps += tok_demo_account_find_app (accounts->pdata[i], app_id) != NULL;
  return n_apps;
}

static void
test_new_free (void)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();
  g_autoptr (TokDemoPages) pages = tok_demo_pages_new (owner);

  g_assert_nonnull (pages);
}

static void
test_requests (Fixture *fixture, gconstpointer data)
{
#define HTML "text/html; charset=utf-8"
#define JSON "application/json"
#define NOT_KNOWN "is not known"
#define TOO_OLD "answered before"
  static const struct {
    const char *path;
    guint status;
    const char *type;
    const char *text;
  } cases[] = {
    { ASK "?app_id=5", 200, HTML, "App 5" },
    { ASK "?app_id=5&l=PT&brand=deriv&state=x&redirect_uri=http://x&scope=all", 200, HTML,
      "App 5" },
    { ASK "?app_id=9223372036854775807", 200, HTML, "App 9223372036854775807" },
    { ASK "?app_id=70101", 200, HTML, "Chart Desk" },
    { ASK "?app_id=70199", 200, HTML, "Win &lt;b&gt;Free&lt;/b&gt;" },
    { ASK, 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?state=x", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=0", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=05", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=5%20", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=5%0a", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=%3Cscript%3E", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=12345678901234567890", 401, JSON, "{\"error\":\"InvalidAppID\"}" },
    { ASK "?app_id=403", 403, JSON, "{\"error\":\"AccessRestricted\"}" },
    { ASK "?app_id=404", 404, HTML, NOT_KNOWN },
    { ASK "?app_id=9223372036854775808", 404, HTML, NOT_KNOWN },
    { ANSWER, 400, HTML, TOO_OLD },
    { ANSWER "?answer=allow", 400, HTML, TOO_OLD },
    { ANSWER "?request=&answer=allow", 400, HTML, TOO_OLD },
    { ANSWER "?request=%3Cscript%3E&answer=deny", 400, HTML, TOO_OLD },
    { TOKENS, 200, HTML, "token-manager-demo" },
    { TOKENS "?lang=PT", 200, HTML, "token-manager-demo" },
    { ASK "/", 410, NULL, "" },
    { ANSWER "/x", 410, NULL, "" },
    { "/account", 410, NULL, "" },
    { "/", 410, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = get (fixture, cases[i].path);

    g_test_message ("%s", cases[i].path);
    g_assert_cmpuint (reply->status, ==, cases[i].status);
    g_assert_cmpstr (reply->type, ==, cases[i].type);
    g_assert_nonnull (strstr (reply->body, cases[i].text));
    g_assert_null (reply->location);
    if (g_strcmp0 (cases[i].type, JSON) == 0)
      g_assert_cmpstr (reply->body, ==, cases[i].text);
    /* Whatever page it is, it says what this is. */
    if (g_strcmp0 (cases[i].type, HTML) == 0)
      g_assert_nonnull (strstr (reply->body, "Nothing in it is real"));
    g_assert_null (strstr (reply->body, "script"));
    g_assert_null (strstr (reply->body, "<b>Free"));
  }
  /* Asking does nothing yet. */
  g_assert_cmpuint (count_apps (fixture, 5), ==, 0);
}

static void
test_methods (Fixture *fixture, gconstpointer data)
{
  static const char *const methods[] = { "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH" };
  g_autofree char *request = ask (fixture, "app_id=5");
  g_autofree char *allow = g_strconcat (request, "&answer=allow", NULL);
  const char *paths[] = { ASK "?app_id=5", allow, TOKENS };
  g_autoptr (Reply) good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (paths); j++) {
      g_autoptr (Reply) reply = send (fixture, methods[i], paths[j], NULL);

      g_assert_cmpuint (reply->status, ==, 405);
      g_assert_cmpstr (reply->allow, ==, "GET");
      g_assert_null (reply->location);
    }
  }
  g_assert_cmpuint (count_apps (fixture, 5), ==, 0);
  good = answer (fixture, request, "allow");
  g_assert_cmpuint (good->status, ==, 302);
}

/* A name that leads here, but is not ours, is how a page of somebody else could call. */
static void
test_hosts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *host;
    guint status;
  } cases[] = {
    { "localhost", 200 },         { "localhost:8080", 200 },        { "127.0.0.1", 200 },
    { "example.com", 403 },       { "127.0.0.1.example.com", 403 }, { "[::1]", 403 },
    { "localhost.example", 403 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = send (fixture, SOUP_METHOD_GET, ASK "?app_id=5", cases[i].host);

    g_test_message ("%s", cases[i].host);
    g_assert_cmpuint (reply->status, ==, cases[i].status);
    g_assert_true ((strstr (reply->body, "request") != NULL) == (cases[i].status == 200));
  }
}

static void
test_allow (Fixture *fixture, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };
  g_autofree char *request = ask (fixture, "app_id=5&l=EN&brand=deriv&state=abc-123");
  gint64 before = g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC;
  g_autoptr (Reply) reply = answer (fixture, request, "allow");
  g_autoptr (GRegex) regex
      = g_regex_new ("^" ALLOWED "&state=abc-123$", G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;

  g_assert_cmpuint (reply->status, ==, 302);
  g_assert_cmpstr (reply->body, ==, "");
  g_assert_true (g_regex_match (regex, reply->location, 0, &info));
  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++) {
    TokDemoAccount *account = tok_demo_owner_find_account (fixture->owner, login_ids[i]);
    const TokDemoApp *app = tok_demo_account_find_app (account, 5);
    g_autofree char *secret = g_match_info_fetch (info, i + 1);
    const TokDemoToken *token = tok_demo_owner_find_secret (fixture->owner, secret);

    g_assert_cmpstr (token->login_id, ==, login_ids[i]);
    g_assert_cmpint (token->app_id, ==, 5);
    g_assert_cmpuint (token->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
    g_assert_cmpstr (app->name, ==, "App 5");
    g_assert_cmpuint (app->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
    g_assert_cmpint (app->last_used, >=, before);
    g_assert_cmpint (app->last_used % G_USEC_PER_SEC, ==, 0);
  }
}

static void
test_deny (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = ask (fixture, "app_id=5&state=abc-123");
  g_autoptr (Reply) reply = answer (fixture, request, "deny");

  g_assert_cmpuint (reply->status, ==, 302);
  g_assert_cmpstr (reply->location, ==, DENIED "&state=abc-123");
  g_assert_cmpuint (count_apps (fixture, 5), ==, 0);
}

/* One of the apps that are in some account keeps the name and the scopes that it has there. */
static void
test_known_app (Fixture *fixture, gconstpointer data)
{
  TokDemoAccount *first = tok_demo_owner_find_account (fixture->owner, "SAMPLE1");
  gint64 used = tok_demo_account_find_app (first, 70115)->last_used;
  g_autofree char *request = ask (fixture, "app_id=70115");
  g_autoptr (Reply) reply = answer (fixture, request, "allow");
  g_autofree char *secret = match (reply->location, "token3=([^&]*)");

  g_assert_cmpuint (tok_demo_owner_find_secret (fixture->owner, secret)->scopes, ==,
                    TOK_SCOPE_READ | TOK_SCOPE_TRADE);
  g_assert_cmpuint (count_apps (fixture, 70115), ==, 3);
  g_assert_cmpint (tok_demo_account_find_app (first, 70115)->last_used, ==, used);
}

static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *path;
    guint n_scopes;
  } cases[] = {
    { ASK "?app_id=5", 2 },
    { ASK "?app_id=70107", 5 },
    { ASK "?app_id=70149", 1 },
    { ASK "?app_id=9007199254740993", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (Reply) reply = get (fixture, cases[i].path);
    guint n_scopes = 0;

    for (const char *c = reply->body; (c = strstr (c, "<p><b>")) != NULL; c++)
      n_scopes++;
    g_assert_cmpuint (n_scopes, ==, cases[i].n_scopes);
    g_assert_true ((strstr (reply->body, "no permission") != NULL) == (n_scopes == 0));
    g_assert_nonnull (strstr (reply->body, "<p>SAMPLE1</p>\n<p>SAMPLE2</p>\n<p>SAMPLE3</p>"));
  }
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *query;
    const char *in_address;
  } cases[] = {
    { "", "" },
    { "&state=", "&state=" },
    { "&state=a%26token1%3Dx%23y", "&state=a%26token1%3Dx%23y" },
    { "&state=a+b%2Bc", "&state=a%20b%2Bc" },
    { "&state=%0d%0aSet-Cookie:%20x", "&state=%0D%0ASet-Cookie%3A%20x" },
    { "&state=%22%3E%3Cscript%3E", "&state=%22%3E%3Cscript%3E" },
    { "&state=%C3%A4%ff", "&state=%C3%A4%FF" },
    { "&state=-._~", "&state=-._~" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *query = g_strconcat ("app_id=5", cases[i].query, NULL);
    g_autofree char *path = g_strconcat (ASK "?", query, NULL);
    g_autofree char *denied = g_strconcat (DENIED, cases[i].in_address, NULL);
    g_autoptr (Reply) page = get (fixture, path);
    g_autofree char *first = ask (fixture, query);
    g_autofree char *second = ask (fixture, query);
    g_autoptr (Reply) deny = answer (fixture, first, "deny");
    g_autoptr (Reply) allow = answer (fixture, second, "allow");
    g_autofree char *rest = match (allow->location, "&token3=" TOKEN "(.*)$");

    g_assert_null (strstr (page->body, "script"));
    g_assert_cmpstr (deny->location, ==, denied);
    g_assert_cmpstr (rest, ==, cases[i].in_address);
  }
}

static void
test_single_use (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "", "Allow", "yes", "deny%20" };
  g_autofree char *first = ask (fixture, "app_id=5&state=1");
  g_autofree char *second = ask (fixture, "app_id=6&state=2");
  g_autoptr (Reply) allowed = NULL;
  g_autoptr (Reply) denied = NULL;

  g_assert_cmpstr (first, !=, second);
  /* What is no answer leaves the page as good as it was. */
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autoptr (Reply) reply = answer (fixture, first, words[i]);

    g_assert_cmpuint (reply->status, ==, 400);
  }
  denied = answer (fixture, second, "deny");
  g_assert_cmpstr (denied->location, ==, DENIED "&state=2");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (Reply) again = answer (fixture, second, i == 0 ? "allow" : "deny");

    g_assert_cmpuint (again->status, ==, 400);
    g_assert_null (again->location);
  }
  g_assert_cmpuint (count_apps (fixture, 6), ==, 0);
  allowed = answer (fixture, first, "allow");
  g_assert_true (g_str_has_suffix (allowed->location, "&state=1"));
  g_assert_cmpuint (count_apps (fixture, 5), ==, 3);
}

/* Pages that nobody answers don't pile up for ever. */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autofree char *oldest = ask (fixture, "app_id=5");
  g_autofree char *next = ask (fixture, "app_id=6");
  g_autoptr (Reply) refused = NULL;
  g_autoptr (Reply) allowed = NULL;

  for (guint i = 0; i < 99; i++) {
    g_autofree char *other = ask (fixture, "app_id=7");

    g_assert_cmpstr (other, !=, oldest);
  }
  refused = answer (fixture, oldest, "allow");
  g_assert_cmpuint (refused->status, ==, 400);
  allowed = answer (fixture, next, "allow");
  g_assert_cmpuint (allowed->status, ==, 302);
}

/* Nothing that signs in is on a page. */
static void
test_no_secrets (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { TOKENS, ASK "?app_id=5", ANSWER };
  GPtrArray *accounts = tok_demo_owner_get_accounts (fixture->owner);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (Reply) reply = get (fixture, paths[i]);

    for (guint j = 0; j < accounts->len; j++) {
      GPtrArray *tokens = tok_demo_account_get_tokens (accounts->pdata[j]);

      for (guint k = 0; k < tokens->len; k++)
        g_assert_null (strstr (reply->body, ((TokDemoToken *) tokens->pdata[k])->secret));
    }
  }
}

#define ADD(path, test) g_test_add ("/demo-pages/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-pages/new-free", test_new_free);
  ADD ("requests", test_requests);
  ADD ("methods", test_methods);
  ADD ("hosts", test_hosts);
  ADD ("allow", test_allow);
  ADD ("deny", test_deny);
  ADD ("known-app", test_known_app);
  ADD ("scopes", test_scopes);
  ADD ("states", test_states);
  ADD ("single-use", test_single_use);
  ADD ("forgotten", test_forgotten);
  ADD ("no-secrets", test_no_secrets);

  return g_test_run ();
}
