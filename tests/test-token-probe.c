/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-probe.h"

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-other-client.h"
#include "tok-stage.h"
#include "tok-test.h"

#define SECRET TOK_SCRIPT_TOKEN
#define FOUND "Found/***********LmNo/admin,read"
#define OTHERS "Other/***********wXyZ/admin,read;Reader/************mNo/read"

/* A probe at work. */
typedef struct {
  TokTokenProbe *probe;
  GCancellable *cancellable;
  GAsyncResult *result;
} Look;

static void
begin (Look *look, TokAccountsStage *stage, const char *address, const char *secret)
{
  look->probe = tok_token_probe_new (stage->accounts, address, FALSE);
  look->cancellable = g_cancellable_new ();
  tok_token_probe_run_async (look->probe, secret, look->cancellable, tok_test_on_ready,
                             &look->result);
}

static void
begin_scripted (Look *look, TokAccountsStage *stage, const char *secret, const char *scopes)
{
  begin (look, stage, tok_accounts_stage_get_address (stage, 0), secret);
  tok_script_answer_authorize (stage->peers[0], 0, scopes);
}

static void
assert_works (Look *look)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&look->result);
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_token_probe_run_finish (look->probe, result, &error));
  g_assert_no_error (error);
}

static void
assert_fails (Look *look, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&look->result);
  g_autoptr (GError) error = NULL;

  g_assert_false (tok_token_probe_run_finish (look->probe, result, &error));
  g_assert_error (error, domain, code);
  g_assert_null (tok_token_probe_get_grant (look->probe));
  g_assert_false (tok_token_probe_get_can_delete (look->probe));
}

static void
assert_grant (Look *look, const char *name)
{
  TokGrant *grant = tok_token_probe_get_grant (look->probe);

  g_assert_cmpstr (grant != NULL ? tok_grant_get_name (grant) : NULL, ==, name);
}

static void
assert_candidates (Look *look, guint n)
{
  g_autoptr (GPtrArray) candidates = tok_token_probe_dup_candidates (look->probe);

  g_assert_cmpuint (candidates->len, ==, n);
}

static void
begin_delete (Look *look)
{
  g_assert_true (tok_token_probe_get_can_delete (look->probe));
  tok_token_probe_delete_async (look->probe, look->cancellable, tok_test_on_ready, &look->result);
}

static void
assert_deleted (Look *look)
{
  g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&look->result);
  g_autoptr (GError) error = NULL;

  g_assert_true (tok_token_probe_delete_finish (look->probe, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tok_grant_get_state (tok_token_probe_get_grant (look->probe)), ==,
                   TOK_GRANT_GONE);
  g_assert_false (tok_token_probe_get_can_delete (look->probe));
}

static void
end (Look *look)
{
  tok_stage_run_dry ();
  tok_test_assert_finalize (look->probe);
  g_clear_object (&look->cancellable);
}

static void
test_new_destroy (TokAccountsStage *stage, gconstpointer data)
{
  TokTokenProbe *probe
      = tok_token_probe_new (stage->accounts, tok_accounts_stage_get_address (stage, 0), FALSE);

  g_assert_null (tok_token_probe_get_account (probe));
  g_assert_null (tok_token_probe_get_home (probe));
  g_assert_null (tok_token_probe_get_grant (probe));
  g_assert_false (tok_token_probe_get_has_list (probe));
  g_assert_false (tok_token_probe_get_can_delete (probe));
  g_assert_false (tok_token_probe_get_may_be_own (probe));
  tok_test_assert_finalize (probe);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peers[0]), ==, 0);
}

/* Of an account that nobody is signed in to here: its own list tells, and it deletes itself. */
static void
test_foreign_admin (TokAccountsStage *stage, gconstpointer data)
{
  Look look = { NULL };
  guint *n_grant;

  begin (&look, stage, tok_accounts_stage_get_address (stage, 0), " " SECRET "\n");
  n_grant = tok_test_count_notify (look.probe, "grant");
  tok_script_assert_asked (stage->peers[0], "authorize", 0, "\"authorize\":\"" SECRET "\"");
  tok_script_answer_authorize (stage->peers[0], 0, TOK_SCRIPT_SCOPES);
  tok_script_wait (stage->peers[0], "api_token", 0);
  tok_stage_run_dry ();
  g_assert_null (look.result);
  tok_script_answer_rows (stage->peers[0], "api_token", 0, OTHERS ";" FOUND);
  assert_works (&look);
  g_assert_cmpuint (*n_grant, ==, 1);
  g_assert_cmpstr (tok_account_get_login_id (tok_token_probe_get_account (look.probe)), ==,
                   TOK_SCRIPT_LOGIN);
  g_assert_null (tok_token_probe_get_home (look.probe));
  g_assert_true (tok_token_probe_get_has_list (look.probe));
  assert_grant (&look, "Found");
  assert_candidates (&look, 1);
  g_assert_false (tok_token_probe_get_may_be_own (look.probe));
  g_assert_false (tok_token_probe_get_is_app_session (look.probe));
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peers[0], "api_token"), ==, 1);

  begin_delete (&look);
  tok_script_assert_asked (stage->peers[0], "delete_token", 0,
                           "\"api_token\":1,\"delete_token\":\"***********LmNo\"");
  tok_script_answer_rows (stage->peers[0], "delete_token", 0, OTHERS);
  tok_script_refuse (stage->peers[0], "api_token", 1, "InvalidToken");
  assert_deleted (&look);
  end (&look);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  g_assert_cmpuint (tok_script_count (stage->peers[0], "logout"), ==, 0);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
  tok_accounts_stage_assert_changes (stage, "");
}

typedef struct {
  const char *name;
  const char *rows; /* NULL: the list is refused */
  guint n_candidates;
} List;

static const List lists[] = {
  { "ambiguous", FOUND ";Second/***********LmNo/admin,read;" OTHERS, 2 },
  { "whole-and-masked", "One/" SECRET "/admin,read;Two/***************/admin,read", 2 },
  { "unlisted", OTHERS, 0 },
  { "refused", NULL, 0 },
};

static void
test_unknown (TokAccountsStage *stage, gconstpointer data)
{
  const List *list = data;
  Look look = { NULL };

  begin_scripted (&look, stage, SECRET, TOK_SCRIPT_SCOPES);
  if (list->rows != NULL)
    tok_script_answer_rows (stage->peers[0], "api_token", 0, list->rows);
  else
    tok_script_refuse (stage->peers[0], "api_token", 0, "RateLimit");
  assert_works (&look);
  g_assert_cmpint (tok_token_probe_get_has_list (look.probe), ==, list->rows != NULL);
  assert_grant (&look, NULL);
  assert_candidates (&look, list->n_candidates);
  g_assert_false (tok_token_probe_get_can_delete (look.probe));
  end (&look);
}

/* What signing in calls useless is as good as any other here. Nobody needs the connection then. */
static void
test_without_admin (TokAccountsStage *stage, gconstpointer data)
{
  const char *scopes = data;
  Look look = { NULL };

  begin_scripted (&look, stage, SECRET, scopes);
  assert_works (&look);
  g_assert_nonnull (tok_token_probe_get_account (look.probe));
  g_assert_false (tok_token_probe_get_has_list (look.probe));
  assert_candidates (&look, 0);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  g_assert_cmpuint (tok_script_count (stage->peers[0], "api_token"), ==, 0);
  g_assert_cmpuint (tok_script_count (stage->peers[0], "logout"), ==, 0);
  end (&look);
}

typedef struct {
  const char *code;
  TokError meaning;
} Refusal;

static const Refusal refusals[] = {
  { "InvalidToken", TOK_ERROR_SIGN_IN },
  { "AccountDisabled", TOK_ERROR_ACCOUNT },
  { "RateLimit", TOK_ERROR_RATE_LIMIT },
};

static void
test_refused (TokAccountsStage *stage, gconstpointer data)
{
  const Refusal *refusal = data;
  Look look = { NULL };

  begin (&look, stage, tok_accounts_stage_get_address (stage, 0), SECRET);
  tok_script_refuse (stage->peers[0], "authorize", 0, refusal->code);
  assert_fails (&look, TOK_ERROR, (int) refusal->meaning);
  g_assert_null (tok_token_probe_get_account (look.probe));
  end (&look);
}

static void
test_unsent (TokAccountsStage *stage, gconstpointer data)
{
  gboolean is_new = GPOINTER_TO_INT (data);
  Look look = { NULL };

  begin (&look, stage, tok_accounts_stage_get_address (stage, 0),
         is_new ? "pat_0123456789abcdefghij" : "a b");
  assert_fails (&look, TOK_ERROR, is_new ? TOK_ERROR_NEW_PLATFORM : TOK_ERROR_FIELD);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peers[0]), ==, 0);
  end (&look);
}

static void
test_app_session (TokAccountsStage *stage, gconstpointer data)
{
  Look look = { NULL };

  begin_scripted (&look, stage, "a1-0123456789abcdefghijklmnopqrs", "read,trade");
  assert_works (&look);
  g_assert_true (tok_token_probe_get_is_app_session (look.probe));
  assert_candidates (&look, 0);
  end (&look);
  g_assert_cmpuint (tok_script_count (stage->peers[0], "logout"), ==, 0);
}

static void
test_offline (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  g_autofree char *address = NULL;
  Look look = { NULL };

  tok_demo_server_start (server, 0, NULL);
  address = g_strdup (tok_demo_server_get_address (server));
  tok_demo_server_stop (server);
  begin (&look, stage, address, SECRET);
  assert_fails (&look, TOK_ERROR, TOK_ERROR_OFFLINE);
  end (&look);
}

static void
test_lost (TokAccountsStage *stage, gconstpointer data)
{
  Look look = { NULL };

  begin_scripted (&look, stage, SECRET, TOK_SCRIPT_SCOPES);
  tok_script_wait (stage->peers[0], "api_token", 0);
  tok_raw_peer_hang_up (stage->peers[0]);
  assert_works (&look);
  g_assert_false (tok_token_probe_get_has_list (look.probe));
  end (&look);
}

/* Before it is let in, and while it waits for the list; whoever cancels doesn't wait. */
static void
test_cancel (TokAccountsStage *stage, gconstpointer data)
{
  gboolean late = GPOINTER_TO_INT (data);
  Look look = { NULL };

  begin (&look, stage, tok_accounts_stage_get_address (stage, 0), SECRET);
  tok_script_wait (stage->peers[0], "authorize", 0);
  if (late) {
    tok_script_answer_authorize (stage->peers[0], 0, TOK_SCRIPT_SCOPES);
    tok_script_wait (stage->peers[0], "api_token", 0);
    tok_stage_run_dry ();
  }
  g_cancellable_cancel (look.cancellable);
  assert_fails (&look, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  end (&look);
}

/* The sample service, and somebody who is signed in to it with all scopes, or with Read alone. */
typedef struct {
  TokDemoServer *server;
  TokClient *other;
  TokSession *home;
} Demo;

static TokSecret *
create (Demo *demo, const char *name, TokScopes scopes)
{
  return tok_other_client_create_token (demo->other, name, scopes);
}

static void
begin_demo (Demo *demo, TokAccountsStage *stage, gboolean with_admin)
{
  g_autoptr (TokSecret) secret = NULL;
  const char *address, *token;

  demo->server = tok_demo_server_new (NULL);
  tok_demo_server_start (demo->server, 0, NULL);
  address = tok_demo_server_get_address (demo->server);
  token = tok_demo_server_get_token (demo->server);
  demo->other = tok_other_client_connect (address, token);
  secret = with_admin ? g_strdup (token) : create (demo, "Here", TOK_SCOPE_READ);
  demo->home = tok_accounts_stage_sign_in_to (stage, address, secret);
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_tokens (demo->home)));
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_apps (demo->home)));
}

static void
look_at (Look *look, Demo *demo, TokAccountsStage *stage, const char *secret)
{
  begin (look, stage, tok_demo_server_get_address (demo->server), secret);
}

/* Nothing but the one who is at home, and the other client, is connected when all is over. */
static void
end_demo (Demo *demo, Look *look)
{
  end (look);
  tok_test_wait_until (tok_demo_server_get_n_connections (demo->server) <= 2);
  tok_client_stop (demo->other);
  g_clear_object (&demo->other);
  g_clear_object (&demo->home);
  tok_demo_server_stop (demo->server);
  g_clear_object (&demo->server);
}

/* One of mine: my list is asked anew, tells which it is and that it was used, and deletes it. */
static void
test_mine (TokAccountsStage *stage, gconstpointer data)
{
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;
  TokGrant *grant;

  begin_demo (&demo, stage, TRUE);
  secret = create (&demo, "Viewer", TOK_SCOPE_READ);
  look_at (&look, &demo, stage, secret);
  assert_works (&look);
  tok_test_wait_until (tok_demo_server_get_n_connections (demo.server) == 2);
  g_assert_true (tok_token_probe_get_home (look.probe) == demo.home);
  assert_grant (&look, "Viewer");
  grant = tok_token_probe_get_grant (look.probe);
  g_assert_true (tok_grant_store_find (tok_session_get_tokens (demo.home), "Viewer") == grant);
  g_assert_nonnull (tok_grant_get_last_used (grant));
  g_assert_false (tok_token_probe_get_may_be_own (look.probe));

  begin_delete (&look);
  assert_deleted (&look);
  g_assert_cmpint (tok_session_get_state (demo.home), ==, TOK_SESSION_READY);
  end_demo (&demo, &look);
}

/* The one that this program is signed in with. */
static void
test_own (TokAccountsStage *stage, gconstpointer data)
{
  Demo demo = { NULL };
  Look look = { NULL };

  begin_demo (&demo, stage, TRUE);
  look_at (&look, &demo, stage, tok_demo_server_get_token (demo.server));
  assert_works (&look);
  g_assert_true (tok_token_probe_get_grant (look.probe) == tok_session_get_own_token (demo.home));
  g_assert_true (tok_token_probe_get_may_be_own (look.probe));
  g_assert_true (tok_token_probe_get_can_delete (look.probe));
  begin_delete (&look);
  assert_deleted (&look);
  tok_test_wait_until (tok_session_get_state (demo.home) == TOK_SESSION_ENDED);
  end_demo (&demo, &look);
}

/* Who is at home may not see the list, so only a token with Admin can show it. */
static void
test_home_without_admin (TokAccountsStage *stage, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  gboolean with_admin = (scopes & TOK_SCOPE_ADMIN) != 0;
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;

  begin_demo (&demo, stage, FALSE);
  secret = create (&demo, "Found", scopes);
  look_at (&look, &demo, stage, secret);
  assert_works (&look);
  g_assert_true (tok_token_probe_get_home (look.probe) == demo.home);
  g_assert_cmpint (tok_token_probe_get_has_list (look.probe), ==, with_admin);
  assert_grant (&look, with_admin ? "Found" : NULL);
  g_assert_cmpint (tok_token_probe_get_can_delete (look.probe), ==, with_admin);
  g_assert_false (tok_token_probe_get_may_be_own (look.probe));
  if (with_admin) {
    begin_delete (&look);
    assert_deleted (&look);
  }
  g_assert_cmpint (tok_session_get_state (demo.home), ==, TOK_SESSION_READY);
  end_demo (&demo, &look);
}

/* My list doesn't come: what was listed before tells as much, and so does the token's own. */
static void
test_home_list_fails (TokAccountsStage *stage, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;
  gboolean is_of_home;

  begin_demo (&demo, stage, TRUE);
  secret = create (&demo, "Found", scopes);
  tok_session_refresh (demo.home);
  tok_test_wait_until (tok_grant_store_find (tok_session_get_tokens (demo.home), "Found") != NULL);
  look_at (&look, &demo, stage, secret);
  if (scopes == TOK_SCOPE_READ)
    tok_demo_server_fail_next (demo.server, "api_token", "RateLimit", "No");
  else
    tok_session_close (demo.home);
  assert_works (&look);
  assert_grant (&look, "Found");
  is_of_home = tok_grant_store_find (tok_session_get_tokens (demo.home), "Found")
               == tok_token_probe_get_grant (look.probe);
  g_assert_cmpint (is_of_home, ==, scopes == TOK_SCOPE_READ);
  g_assert_true (tok_token_probe_get_can_delete (look.probe));
  end_demo (&demo, &look);
}

/* Somebody signs out here while my list is being waited for. */
static void
test_home_closes (TokAccountsStage *stage, gconstpointer data)
{
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;

  begin_demo (&demo, stage, TRUE);
  secret = create (&demo, "Found", TOK_SCOPE_ADMIN);
  look_at (&look, &demo, stage, secret);
  tok_test_wait_until (tok_grant_store_get_loading (tok_session_get_tokens (demo.home)));
  tok_session_close (demo.home);
  assert_works (&look);
  assert_grant (&look, "Found");
  g_assert_true (tok_token_probe_get_can_delete (look.probe));
  end_demo (&demo, &look);
}

/* While my list is being waited for; it comes all the same. */
static void
test_cancel_home (TokAccountsStage *stage, gconstpointer data)
{
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;
  guint n_calls;

  begin_demo (&demo, stage, TRUE);
  secret = create (&demo, "Viewer", TOK_SCOPE_READ);
  n_calls = tok_demo_server_get_n_calls (demo.server, "api_token");
  look_at (&look, &demo, stage, secret);
  tok_test_wait_until (tok_grant_store_get_loading (tok_session_get_tokens (demo.home)));
  g_cancellable_cancel (look.cancellable);
  assert_fails (&look, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_tokens (demo.home)));
  g_assert_cmpuint (tok_demo_server_get_n_calls (demo.server, "api_token"), ==, n_calls + 1);
  end_demo (&demo, &look);
}

/* Nobody deletes what nobody is allowed to any more; that fails, and may be tried again. */
static void
test_delete_fails (TokAccountsStage *stage, gconstpointer data)
{
  Demo demo = { NULL };
  Look look = { NULL };
  g_autoptr (TokSecret) secret = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin_demo (&demo, stage, TRUE);
  secret = create (&demo, "Viewer", TOK_SCOPE_READ);
  look_at (&look, &demo, stage, secret);
  assert_works (&look);
  tok_demo_server_fail_next (demo.server, "api_token", "RateLimit", "No");
  begin_delete (&look);
  result = tok_test_wait_for_result (&look.result);
  g_assert_false (tok_token_probe_delete_finish (look.probe, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  g_clear_object (&result);
  begin_delete (&look);
  assert_deleted (&look);
  end_demo (&demo, &look);
}

static void
add (const char *name, gconstpointer data, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/token-probe/", name, NULL);

  tok_accounts_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("foreign-admin", NULL, test_foreign_admin);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    add (lists[i].name, &lists[i], test_unknown);
  add ("without-admin", "read", test_without_admin);
  add ("useless", "trade", test_without_admin);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    add (refusals[i].code, &refusals[i], test_refused);
  add ("unsent/new-platform", GINT_TO_POINTER (TRUE), test_unsent);
  add ("unsent/impossible", GINT_TO_POINTER (FALSE), test_unsent);
  add ("app-session", NULL, test_app_session);
  add ("offline", NULL, test_offline);
  add ("lost", NULL, test_lost);
  add ("cancel/early", GINT_TO_POINTER (FALSE), test_cancel);
  add ("cancel/late", GINT_TO_POINTER (TRUE), test_cancel);
  add ("cancel/home", NULL, test_cancel_home);
  add ("mine", NULL, test_mine);
  add ("own", NULL, test_own);
  add ("home-without-admin/read", GINT_TO_POINTER (TOK_SCOPE_READ), test_home_without_admin);
  add ("home-without-admin/admin", GINT_TO_POINTER (TOK_SCOPE_ADMIN), test_home_without_admin);
  add ("home-list-fails/read", GINT_TO_POINTER (TOK_SCOPE_READ), test_home_list_fails);
  add ("home-list-fails/admin", GINT_TO_POINTER (TOK_SCOPE_ADMIN), test_home_list_fails);
  add ("home-closes", NULL, test_home_closes);
  add ("delete-fails", NULL, test_delete_fails);

  return g_test_run ();
}
