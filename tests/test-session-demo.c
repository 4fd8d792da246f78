/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-demo-stage.h"
#include "tok-error.h"
#include "tok-other-client.h"
#include "tok-stage.h"
#include "tok-test.h"
#include "tok-token.h"

#define REVOKE "revoke_oauth_app"
#define TOKEN TOK_DEMO_STAGE_TOKEN
#define OWN_NAME "Token Manager"
#define N_APPS 12

static TokGrant *
find_own (TokDemoStage *f)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->tokens)); i++) {
    TokGrant *grant = tok_stage_nth (f->tokens, i);

    if (tok_grant_get_is_this_program (grant))
      return grant;
  }
  return NULL;
}

/* Masked or whole, the list says which token is our own. */
static void
test_sign_in (TokDemoStage *f, gconstpointer data)
{
  TokAccount *account;

  tok_demo_server_set_full_tokens (f->server, GPOINTER_TO_INT (data));
  tok_demo_stage_sign_in (f, " " TOKEN "\n");
  account = tok_session_get_account (f->session);
  g_assert_cmpstr (tok_account_get_login_id (account), ==, "SAMPLE1");
  g_assert_true (tok_session_get_can_revoke (f->session));
  g_assert_cmpuint (tok_grant_store_get_n_listed (f->tokens), ==, 6);
  g_assert_cmpuint (tok_grant_store_get_n_listed (f->apps), ==, N_APPS);
  tok_test_wait_until (find_own (f) != NULL);
  g_assert_cmpstr (tok_grant_get_name (find_own (f)), ==, OWN_NAME);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "authorize"), ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "api_token"), ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "oauth_apps"), ==, 1);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "logout"), ==, 0);
}

static void
test_wrong_token (TokDemoStage *f, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_session_sign_in_async (f->session, "aBcDeFgHiJkLmNp", NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_false (tok_session_sign_in_finish (f->session, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (f->vault), ==, 0);
}

static void
test_one_scope (TokDemoStage *f, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  g_autoptr (TokClient) other
      = tok_other_client_connect (tok_demo_server_get_address (f->server), TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", scopes);

  tok_demo_stage_sign_in (f, secret);
  g_assert_cmpint (tok_grant_store_get_state (f->tokens), ==,
                   scopes & TOK_SCOPE_ADMIN ? TOK_GRANT_STORE_LISTED : TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpint (tok_grant_store_get_state (f->apps), ==,
                   scopes & TOK_SCOPE_READ ? TOK_GRANT_STORE_LISTED : TOK_GRANT_STORE_NO_SCOPE);
  g_assert_cmpint (tok_session_get_can_revoke (f->session), ==, (scopes & TOK_SCOPE_ADMIN) != 0);
}

static GAsyncResult *
revoke_now (TokDemoStage *f, TokGrant *grant)
{
  GAsyncResult *slot = NULL;

  tok_session_revoke_async (f->session, grant, NULL, tok_test_on_ready, &slot);
  return tok_test_wait_for_result (&slot);
}

/* The name, official or not, doesn't matter, nor how long the service takes. */
static void
test_revoke_all (TokDemoStage *f, gconstpointer data)
{
  tok_demo_stage_sign_in (f, TOKEN);
  for (guint i = 0; i < N_APPS; i++) {
    g_autoptr (GAsyncResult) result = revoke_now (f, tok_stage_nth (f->apps, i));
    g_autoptr (GError) error = NULL;

    tok_session_revoke_finish (f->session, result, &error);
    g_assert_no_error (error);
    g_assert_cmpint (tok_grant_get_state (tok_stage_nth (f->apps, i)), ==, TOK_GRANT_GONE);
    g_assert_cmpuint (tok_grant_store_get_n_listed (f->apps), ==, N_APPS - 1 - i);
  }
  tok_grant_store_sweep (f->apps);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->apps)), ==, 0);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, REVOKE), ==, N_APPS);
}

static void
test_ten_at_once (TokDemoStage *f, gconstpointer data)
{
  GAsyncResult *slots[10] = { NULL };

  tok_demo_stage_sign_in (f, TOKEN);
  tok_demo_server_set_latency (f->server, GPOINTER_TO_UINT (data));
  for (guint i = 0; i < 10; i++)
    for (guint click = 0; click < 2; click++) {
      GAsyncResult *second = NULL;

      tok_session_revoke_async (f->session, tok_stage_nth (f->apps, i), NULL, tok_test_on_ready,
                                click == 0 ? &slots[i] : &second);
      if (click == 1) {
        g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&second);

        g_assert_false (tok_session_revoke_finish (f->session, result, NULL));
      }
    }
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&slots[i]);
    g_autoptr (GError) error = NULL;

    tok_session_revoke_finish (f->session, result, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (tok_grant_store_get_n_listed (f->apps), ==, N_APPS - 10);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, REVOKE), ==, 10);
  g_test_message ("%u lists", tok_demo_stage_n_calls (f, "oauth_apps") - 1);
  if (data != NULL)
    g_assert_cmpuint (tok_demo_stage_n_calls (f, "oauth_apps"), <=, 1 + 4);
}

typedef struct {
  const char *name;
  const char *call;
  const char *code;
  TokError error;
  TokGrantState after; /* what the next list makes of it */
} Fault;

static const Fault faults[] = {
  { "scope", REVOKE, "PermissionDenied", TOK_ERROR_SCOPE, TOK_GRANT_FAILED },
  { "limit", REVOKE, "RateLimit", TOK_ERROR_RATE_LIMIT, TOK_GRANT_FAILED },
  { "trouble", REVOKE, "InternalServerError", TOK_ERROR_TROUBLE, TOK_GRANT_FAILED },
  { "timeout", REVOKE, "Timeout", TOK_ERROR_UNCONFIRMED, TOK_GRANT_FAILED },
  { "list", "oauth_apps", "RateLimit", TOK_ERROR_UNCONFIRMED, TOK_GRANT_GONE },
};

static void
test_fault (TokDemoStage *f, gconstpointer data)
{
  const Fault *it = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokGrant *grant;

  tok_demo_stage_sign_in (f, TOKEN);
  grant = tok_stage_nth (f->apps, 3);
  tok_demo_server_fail_next (f->server, it->call, it->code, "Told to");
  result = revoke_now (f, grant);
  g_assert_false (tok_session_revoke_finish (f->session, result, &error));
  g_assert_error (error, TOK_ERROR, (int) it->error);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_FAILED);

  tok_session_refresh (f->session);
  tok_test_wait_until (!tok_grant_store_get_loading (f->apps));
  g_assert_cmpint (tok_grant_get_state (grant), ==, it->after);
}

/* The service dies with a revoke in its hands. When it is back, the list shows the truth. */
static void
test_killed (TokDemoStage *f, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokGrant *grant;

  tok_demo_stage_sign_in (f, TOKEN);
  grant = tok_stage_nth (f->apps, 3);
  tok_demo_server_set_latency (f->server, 600000);
  tok_session_revoke_async (f->session, grant, NULL, tok_test_on_ready, &slot);
  tok_test_wait_until (tok_demo_stage_n_calls (f, REVOKE) == 1);
  tok_demo_server_stop (f->server);
  result = tok_test_wait_for_result (&slot);
  g_assert_false (tok_session_revoke_finish (f->session, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_FAILED);
  g_assert_cmpint (tok_session_get_state (f->session), ==, TOK_SESSION_OFFLINE);
  g_assert_cmpuint (tok_grant_store_get_n_listed (f->apps), ==, N_APPS);

  tok_demo_server_set_latency (f->server, 0);
  tok_demo_stage_restart (f);
  tok_test_wait_until (tok_session_get_state (f->session) == TOK_SESSION_READY);
  tok_test_wait_until (!tok_grant_store_get_loading (f->apps));
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (grant), TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, REVOKE), ==, 1);

  g_clear_object (&result);
  result = revoke_now (f, grant);
  g_assert_true (tok_session_revoke_finish (f->session, result, NULL));
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_GONE);
}

/* The token is deleted elsewhere. Nobody says so until something is asked. */
static void
test_deleted_elsewhere (TokDemoStage *f, gconstpointer data)
{
  gboolean reconnect = GPOINTER_TO_INT (data);
  g_autoptr (TokClient) other = NULL;

  tok_demo_stage_sign_in (f, TOKEN);
  other = tok_other_client_connect (tok_demo_server_get_address (f->server), TOKEN);
  tok_other_client_delete_token (other, OWN_NAME);
  g_assert_cmpint (tok_session_get_state (f->session), ==, TOK_SESSION_READY);
  if (reconnect) {
    tok_demo_server_stop (f->server);
    tok_test_wait_until (tok_session_get_state (f->session) == TOK_SESSION_OFFLINE);
    tok_demo_stage_restart (f);
  } else {
    tok_session_refresh (f->session);
  }
  tok_test_wait_until (tok_session_get_state (f->session) == TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (f->session), TOK_ERROR, TOK_ERROR_SIGN_IN);
  g_assert_cmpuint (tok_grant_store_get_n_listed (f->apps), ==, N_APPS);
}

/* Whether a secret lets somebody else in, and with which scopes. */
static gboolean
lets_in (TokDemoStage *f, const char *secret, TokScopes *scopes)
{
  TokFakeVault *vault = tok_fake_vault_new ();
  TokSession *session = tok_session_new (tok_demo_server_get_address (f->server), TOK_VAULT (vault),
                                         &tok_script_times, TRUE);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  tok_session_sign_in_async (session, secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  ok = tok_session_sign_in_finish (session, result, &error);
  if (ok)
    *scopes = tok_account_get_scopes (tok_session_get_account (session));
  else
    g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  tok_session_close (session);
  g_clear_object (&result);
  tok_stage_run_dry ();
  tok_test_assert_finalize (session);
  tok_test_assert_finalize (vault);
  return ok;
}

static TokToken *
create_now (TokDemoStage *f, const char *name, TokScopes scopes, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_session_create_token_async (f->session, name, scopes, FALSE, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  return tok_session_create_token_finish (f->session, result, error);
}

/* A token's life, from the only moment at which its secret is told to the end. */
static void
test_token_life (TokDemoStage *f, gconstpointer data)
{
  gboolean whole = GPOINTER_TO_INT (data);
  g_autoptr (TokToken) token = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokScopes scopes = TOK_SCOPE_NONE;
  TokGrant *grant;

  tok_demo_server_set_full_tokens (f->server, whole);
  tok_demo_stage_sign_in (f, TOKEN);
  token = create_now (f, "Only to look", TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION, &error);
  g_assert_no_error (error);
  tok_test_wait_until (!tok_grant_store_get_loading (f->tokens));
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "api_token"), ==, 3);
  grant = tok_grant_store_find (f->tokens, "Only to look");
  g_assert_true (tok_grant_get_is_new (grant));
  g_assert_cmpint (g_str_equal (tok_token_get_listed_value (tok_grant_get_token (grant)),
                                tok_token_get_listed_value (token)),
                   ==, whole);
  g_assert_true (lets_in (f, tok_token_get_listed_value (token), &scopes));
  g_assert_cmpint (scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION);

  result = revoke_now (f, grant);
  tok_session_revoke_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_GONE);
  g_assert_false (lets_in (f, tok_token_get_listed_value (token), &scopes));
  g_assert_cmpint (tok_session_get_state (f->session), ==, TOK_SESSION_READY);
}

/* The service finds out about names itself, if our list is too old. */
static void
test_name_taken_elsewhere (TokDemoStage *f, gconstpointer data)
{
  g_autoptr (TokClient) other = NULL;
  g_autoptr (TokSecret) secret = NULL;
  g_autoptr (TokToken) token = NULL;
  g_autoptr (GError) error = NULL;

  tok_demo_stage_sign_in (f, TOKEN);
  other = tok_other_client_connect (tok_demo_server_get_address (f->server), TOKEN);
  secret = tok_other_client_create_token (other, "Second", TOK_SCOPE_READ);
  token = create_now (f, "Second", TOK_SCOPE_READ, &error);
  g_assert_null (token);
  g_assert_error (error, TOK_ERROR, TOK_ERROR_FIELD);
}

/* The service dies with the request in its hands. When it is back, its list decides. */
static void
test_create_killed (TokDemoStage *f, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_demo_stage_sign_in (f, TOKEN);
  tok_demo_server_set_latency (f->server, 600000);
  tok_session_create_token_async (f->session, "Second", TOK_SCOPE_READ, FALSE, NULL,
                                  tok_test_on_ready, &slot);
  tok_test_wait_until (tok_demo_stage_n_calls (f, "api_token") == 2);
  tok_demo_server_stop (f->server);
  tok_test_wait_until (tok_session_get_state (f->session) == TOK_SESSION_OFFLINE);
  g_assert_null (slot);

  tok_demo_server_set_latency (f->server, 0);
  tok_demo_stage_restart (f);
  result = tok_test_wait_for_result (&slot);
  g_assert_null (tok_session_create_token_finish (f->session, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_NOT_CREATED);
  g_assert_cmpuint (tok_demo_stage_n_calls (f, "api_token"), ==, 3);
}

/* The old secret is worth nothing from then on, and the new one is. */
static void
test_replace (TokDemoStage *f, gconstpointer data)
{
  const TokScopes scopes = TOK_SCOPE_READ | TOK_SCOPE_TRADE;
  g_autoptr (TokToken) former = NULL;
  g_autoptr (TokToken) token = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  TokScopes found;

  tok_demo_server_set_full_tokens (f->server, GPOINTER_TO_INT (data));
  tok_demo_stage_sign_in (f, TOKEN);
  former = create_now (f, "Mine", TOK_SCOPE_READ, &error);
  g_assert_no_error (error);
  tok_test_wait_until (!tok_grant_store_get_loading (f->tokens));
  g_assert_true (lets_in (f, tok_token_get_listed_value (former), &found));

  tok_session_replace_token_async (f->session, tok_grant_store_find (f->tokens, "Mine"), "Mine",
                                   scopes, FALSE, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  token = tok_session_replace_token_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_false (lets_in (f, tok_token_get_listed_value (former), &found));
  g_assert_true (lets_in (f, tok_token_get_listed_value (token), &found));
  g_assert_cmpint (found, ==, scopes);
  tok_test_wait_until (!tok_grant_store_get_loading (f->tokens));
  g_assert_cmpint (tok_grant_get_scopes (tok_grant_store_find (f->tokens, "Mine")), ==, scopes);
}

/* Somebody else was quicker: nothing is created where nothing could be deleted. */
static void
test_replace_deleted_elsewhere (TokDemoStage *f, gconstpointer data)
{
  g_autoptr (TokClient) other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  tok_demo_stage_sign_in (f, TOKEN);
  tok_test_wait_until (find_own (f) != NULL);
  other = tok_other_client_connect (tok_demo_server_get_address (f->server), TOKEN);
  tok_other_client_delete_token (other, "Grid bot");
  tok_session_replace_token_async (f->session, tok_grant_store_find (f->tokens, "Grid bot"),
                                   "Grid bot", TOK_SCOPE_READ, FALSE, NULL, tok_test_on_ready,
                                   &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_null (tok_session_replace_token_finish (f->session, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_NEITHER);
  g_assert_cmpint (tok_session_get_state (f->session), ==, TOK_SESSION_READY);
  g_assert_cmpint (tok_grant_get_state (tok_grant_store_find (f->tokens, "Grid bot")), ==,
                   TOK_GRANT_GONE);
}

/* Deleting the token that we are signed in with ends the session, and succeeds. */
static void
test_delete_own (TokDemoStage *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokScopes scopes;
  TokGrant *own;

  tok_demo_server_set_full_tokens (f->server, GPOINTER_TO_INT (data));
  tok_demo_stage_sign_in (f, TOKEN);
  tok_test_wait_until (find_own (f) != NULL);
  own = find_own (f);
  g_assert_true (tok_session_get_may_be_own (f->session, own));
  result = revoke_now (f, own);
  tok_session_revoke_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tok_grant_get_state (own), ==, TOK_GRANT_GONE);
  g_assert_cmpint (tok_session_get_state (f->session), ==, TOK_SESSION_ENDED);
  g_assert_false (lets_in (f, TOKEN, &scopes));
}

static void
add (const char *name, gconstpointer data, void (*test) (TokDemoStage *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/session-demo/", name, NULL);

  g_test_add (path, TokDemoStage, data, tok_demo_stage_set_up, test, tok_demo_stage_tear_down);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("sign-in/masked", GINT_TO_POINTER (FALSE), test_sign_in);
  add ("sign-in/whole", GINT_TO_POINTER (TRUE), test_sign_in);
  add ("sign-in/wrong-token", NULL, test_wrong_token);
  add ("scope/read", GINT_TO_POINTER (TOK_SCOPE_READ), test_one_scope);
  add ("scope/admin", GINT_TO_POINTER (TOK_SCOPE_ADMIN), test_one_scope);
  add ("scope/trade", GINT_TO_POINTER (TOK_SCOPE_TRADE), test_one_scope);
  add ("revoke/all", NULL, test_revoke_all);
  add ("revoke/ten-at-once", NULL, test_ten_at_once);
  add ("revoke/ten-at-once-slow", GUINT_TO_POINTER (100), test_ten_at_once);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *name = g_strconcat ("revoke/fault/", faults[i].name, NULL);

    add (name, &faults[i], test_fault);
  }
  add ("revoke/killed", NULL, test_killed);
  add ("token-life/masked", GINT_TO_POINTER (FALSE), test_token_life);
  add ("token-life/whole", GINT_TO_POINTER (TRUE), test_token_life);
  add ("create/name-taken-elsewhere", NULL, test_name_taken_elsewhere);
  add ("create/killed", NULL, test_create_killed);
  add ("replace/masked", GINT_TO_POINTER (FALSE), test_replace);
  add ("replace/whole", GINT_TO_POINTER (TRUE), test_replace);
  add ("replace/deleted-elsewhere", NULL, test_replace_deleted_elsewhere);
  add ("delete-own/masked", GINT_TO_POINTER (FALSE), test_delete_own);
  add ("delete-own/whole", GINT_TO_POINTER (TRUE), test_delete_own);
  add ("deleted-elsewhere/refresh", GINT_TO_POINTER (FALSE), test_deleted_elsewhere);
  add ("deleted-elsewhere/reconnect", GINT_TO_POINTER (TRUE), test_deleted_elsewhere);

  return g_test_run ();
}
