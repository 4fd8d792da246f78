/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What one account revokes is seen at the owner's others. */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-bulk-hands.h"
#include "tok-demo-server.h"
#include "tok-session-private.h"
#include "tok-stage.h"
#include "tok-test.h"

#define REVOKE "revoke_oauth_app"
#define LIST "oauth_apps"
#define APP "70101"
#define N_ACCOUNTS 3
#define ALL (TOK_SCOPE_READ | TOK_SCOPE_ADMIN)

/* The sample service, and sessions of all accounts there; the first one revokes. */
typedef struct {
  TokAccountsStage *stage;
  TokDemoServer *server;
  TokSession *sessions[N_ACCOUNTS];
  guint n_lists[N_ACCOUNTS];
} Owner;

static void
on_as_of_changed (TokGrantStore *store, GParamSpec *pspec, guint *n_lists)
{
  (*n_lists)++;
}

static void
wait_for_lists (TokSession *session)
{
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_apps (session))
                       && !tok_grant_store_get_loading (tok_session_get_tokens (session)));
}

static void
begin (Owner *self, TokAccountsStage *stage)
{
  static const char *const logins[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };

  self->stage = stage;
  self->server = tok_demo_server_new (NULL);
  tok_demo_server_set_limits (self->server, FALSE);
  tok_demo_server_start (self->server, 0, NULL);
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    self->sessions[i]
        = tok_accounts_stage_sign_in_to (stage, tok_demo_server_get_address (self->server),
                                         tok_demo_server_get_token_of (self->server, logins[i]));
    wait_for_lists (self->sessions[i]);
    g_signal_connect (tok_session_get_apps (self->sessions[i]), "notify::as-of",
                      G_CALLBACK (on_as_of_changed), &self->n_lists[i]);
  }
}

static void
end (Owner *self)
{
  for (guint i = 0; i < N_ACCOUNTS; i++) {
    g_signal_handlers_disconnect_by_func (tok_session_get_apps (self->sessions[i]),
                                          on_as_of_changed, &self->n_lists[i]);
    tok_accounts_remove (self->stage->accounts, self->sessions[i]);
    g_object_unref (self->sessions[i]);
  }
  tok_test_wait_until (tok_demo_server_get_n_connections (self->server) == 0);
  tok_demo_server_stop (self->server);
  tok_stage_run_dry ();
  g_object_unref (self->server);
}

static TokGrant *
find (TokSession *session)
{
  return tok_grant_store_find (tok_session_get_apps (session), APP);
}

static gboolean
take_away (Owner *self, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_session_revoke_async (self->sessions[0], find (self->sessions[0]), NULL, tok_test_on_ready,
                            &slot);
  result = tok_test_wait_for_result (&slot);
  return tok_session_revoke_finish (self->sessions[0], result, error);
}

static void
assert_lists (Owner *self, guint first, guint second, guint third)
{
  const guint expected[] = { first, second, third };

  for (guint i = 0; i < N_ACCOUNTS; i++) {
    tok_test_wait_until (self->n_lists[i] >= expected[i]);
    wait_for_lists (self->sessions[i]);
    g_assert_cmpuint (self->n_lists[i], ==, expected[i]);
  }
}

static void
assert_everywhere (Owner *self, TokGrantState state)
{
  for (guint i = 0; i < N_ACCOUNTS; i++)
    g_assert_cmpint (tok_grant_get_state (find (self->sessions[i])), ==, state);
}

static void
say_owner (TokSession *session, TokScopes scopes, gint64 user_id)
{
  const char *login_id = tok_account_get_login_id (tok_session_get_account (session));
  g_autoptr (TokAccount) account
      = tok_account_new_of_user (login_id, "USD", FALSE, scopes, NULL, user_id);

  tok_session_set_account (session, account);
}

static void
test_revoked (TokAccountsStage *stage, gconstpointer data)
{
  Owner self = { NULL };

  begin (&self, stage);
  g_assert_cmpint (tok_account_get_user_id (tok_session_get_account (self.sessions[0])), >, 0);
  g_assert_true (take_away (&self, NULL));
  assert_lists (&self, 1, 1, 1);
  assert_everywhere (&self, TOK_GRANT_GONE);
  end (&self);
}

/* Perhaps it was done all the same. */
static void
test_failed (TokAccountsStage *stage, gconstpointer data)
{
  const char *const *code = data;
  gboolean looks = !g_str_equal (*code, "RateLimit");
  Owner self = { NULL };

  begin (&self, stage);
  tok_demo_server_fail_next (self.server, REVOKE, *code, "No");
  g_assert_false (take_away (&self, NULL));
  assert_lists (&self, looks ? 1 : 0, 1, 1);
  g_assert_cmpint (tok_grant_get_state (find (self.sessions[1])), ==, TOK_GRANT_IDLE);
  end (&self);
}

/* What nobody was asked for concerns nobody. */
static void
test_not_sent (TokAccountsStage *stage, gconstpointer data)
{
  Owner self = { NULL };

  begin (&self, stage);
  tok_session_set_state (self.sessions[0], TOK_SESSION_OFFLINE, NULL);
  g_assert_false (take_away (&self, NULL));
  tok_session_set_state (self.sessions[0], TOK_SESSION_READY, NULL);
  assert_lists (&self, 0, 0, 0);
  g_assert_cmpuint (tok_demo_server_get_n_calls (self.server, REVOKE), ==, 0);
  end (&self);
}

/* Others are left alone; whoever isn't named may be the same. */
static void
test_others (TokAccountsStage *stage, gconstpointer data)
{
  gint64 id;
  Owner self = { NULL };

  begin (&self, stage);
  id = tok_account_get_user_id (tok_session_get_account (self.sessions[0]));
  say_owner (self.sessions[1], ALL, id + 1);
  say_owner (self.sessions[2], ALL, 0);
  g_assert_true (take_away (&self, NULL));
  assert_lists (&self, 1, 0, 1);
  end (&self);
}

/* Who may not see apps isn't asked for, nor who isn't connected. */
static void
test_no_list (TokAccountsStage *stage, gconstpointer data)
{
  Owner self = { NULL };

  begin (&self, stage);
  say_owner (self.sessions[1], TOK_SCOPE_ADMIN, 0);
  tok_session_set_state (self.sessions[2], TOK_SESSION_OFFLINE, NULL);
  g_assert_true (take_away (&self, NULL));
  tok_session_set_state (self.sessions[2], TOK_SESSION_READY, NULL);
  say_owner (self.sessions[1], ALL, 0);
  assert_lists (&self, 1, 0, 0);
  end (&self);
}

/* Once, at the end of all. */
static void
test_bulk (TokAccountsStage *stage, gconstpointer data)
{
  Owner self = { NULL };
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  g_autoptr (TokBulk) bulk = NULL;
  TokGrantStore *apps;

  begin (&self, stage);
  apps = tok_session_get_apps (self.sessions[0]);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (grants, tok_stage_nth (apps, i));
  bulk = tok_bulk_new (self.sessions[0], grants);
  tok_bulk_start (bulk);
  tok_bulk_hands_wait_for_state (bulk, TOK_BULK_DONE);
  g_assert_cmpuint (tok_bulk_count (bulk, TOK_BULK_GONE), ==, 4);
  assert_lists (&self, 1, 1, 1);
  end (&self);
}

/* Tokens are of one account. */
static void
test_tokens (TokAccountsStage *stage, gconstpointer data)
{
  Owner self = { NULL };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  begin (&self, stage);
  tok_session_revoke_async (
      self.sessions[0],
      tok_grant_store_find (tok_session_get_tokens (self.sessions[0]), "Grid bot"), NULL,
      tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_revoke_finish (self.sessions[0], result, NULL));
  assert_lists (&self, 0, 0, 0);
  end (&self);
}

int
main (int argc, char *argv[])
{
  static const char *const codes[] = { "RateLimit", "Timeout", "InternalServerError" };

  tok_test_init (&argc, &argv);

  tok_accounts_stage_add ("/accounts-owner/revoked", NULL, test_revoked);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *path = g_strconcat ("/accounts-owner/failed/", codes[i], NULL);

    tok_accounts_stage_add (path, &codes[i], test_failed);
  }
  tok_accounts_stage_add ("/accounts-owner/not-sent", NULL, test_not_sent);
  tok_accounts_stage_add ("/accounts-owner/others", NULL, test_others);
  tok_accounts_stage_add ("/accounts-owner/no-list", NULL, test_no_list);
  tok_accounts_stage_add ("/accounts-owner/bulk", NULL, test_bulk);
  tok_accounts_stage_add ("/accounts-owner/tokens", NULL, test_tokens);

  return g_test_run ();
}
