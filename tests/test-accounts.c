/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-other-client.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

/* A list of accounts, and services that know one client each. */
typedef struct {
  TokRawPeer *peers[3];
  TokFakeVault *vault; /* the keyring */
  GSettings *settings;
  TokAccounts *accounts;
  GString *changes;
  guint *n_current;
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "[%u -%u +%u]", position, removed, added);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (f->peers); i++)
    f->peers[i] = tok_raw_peer_new (NULL);
  f->vault = tok_fake_vault_new ();
  f->settings = tok_settings_new (TRUE, NULL);
  f->accounts = tok_accounts_new (TOK_VAULT (f->vault), f->settings, &tok_script_times);
  f->changes = g_string_new (NULL);
  g_signal_connect (f->accounts, "items-changed", G_CALLBACK (on_items_changed), f->changes);
  f->n_current = tok_test_count_notify (f->accounts, "current");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  tok_test_assert_finalize (f->accounts);
  tok_stage_run_dry ();
  for (guint i = 0; i < G_N_ELEMENTS (f->peers); i++)
    tok_test_wait_until (!tok_raw_peer_is_open (f->peers[i]));
  tok_stage_run_dry ();
  for (guint i = 0; i < G_N_ELEMENTS (f->peers); i++)
    tok_test_assert_finalize (f->peers[i]);
  tok_test_assert_finalize (f->vault);
  g_clear_object (&f->settings);
  g_string_free (f->changes, TRUE);
}

static guint
n_accounts (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->accounts));
}

static TokSession *
peek (Fixture *f, guint position)
{
  g_autoptr (TokSession) session = g_list_model_get_item (G_LIST_MODEL (f->accounts), position);

  return session;
}

static void
assert_changes (Fixture *f, const char *expected)
{
  g_assert_cmpstr (f->changes->str, ==, expected);
  g_string_truncate (f->changes, 0);
}

/* Signs in to a service as @login_id. */
static TokSession *
sign_in (Fixture *f, guint peer, const char *token, const char *login_id)
{
  guint nth = tok_script_count (f->peers[peer], "authorize");
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body
      = g_strdup_printf ("{\"loginid\":\"%s\",\"scopes\":[\"read\",\"admin\"]}", login_id);
  TokSession *session;

  tok_accounts_sign_in_async (f->accounts, tok_raw_peer_get_address (f->peers[peer]), token, FALSE,
                              NULL, tok_test_on_ready, &result);
  tok_script_answer (f->peers[peer], "authorize", nth, body);
  owned = tok_test_wait_for_result (&result);
  session = tok_accounts_sign_in_finish (f->accounts, owned, &error);
  g_assert_no_error (error);
  g_assert_true (TOK_IS_SESSION (session));
  return g_object_ref (session);
}

static const char *
secret (Fixture *f, guint peer, const char *login_id)
{
  return tok_fake_vault_peek (f->vault, tok_raw_peer_get_address (f->peers[peer]), login_id);
}

static void
wait_for_secret (Fixture *f, guint peer, const char *login_id, const char *expected)
{
  tok_test_wait_until (g_strcmp0 (secret (f, peer, login_id), expected) == 0);
}

static void
test_new_destroy (Fixture *f, gconstpointer data)
{
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (f->accounts)) == TOK_TYPE_SESSION);
  g_assert_cmpuint (n_accounts (f), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (f->accounts), 0));
  g_assert_null (tok_accounts_get_current (f->accounts));
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) session = sign_in (f, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) current = NULL;

  assert_changes (f, "[0 -0 +1]");
  g_assert_true (peek (f, 0) == session);
  g_assert_cmpuint (*f->n_current, ==, 1);
  g_object_get (f->accounts, "current", &current, NULL);
  g_assert_true (current == session);
  g_assert_true (tok_accounts_get_current (f->accounts) == session);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_false (tok_session_get_is_sample (session));
}

static void
test_sample (Fixture *f, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (f->accounts, tok_raw_peer_get_address (f->peers[0]), "one", TRUE,
                              NULL, tok_test_on_ready, &result);
  tok_script_answer_authorize (f->peers[0], 0, "read");
  owned = tok_test_wait_for_result (&result);
  session = tok_accounts_sign_in_finish (f->accounts, owned, NULL);
  g_assert_true (tok_session_get_is_sample (session));
}

static void
test_failure (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) session = sign_in (f, 0, "one", "SAMPLE1");
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) unfit = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) field = NULL;
  g_autoptr (GError) invalid = NULL;

  assert_changes (f, "[0 -0 +1]");
  tok_accounts_sign_in_async (f->accounts, tok_raw_peer_get_address (f->peers[0]), "not fit", FALSE,
                              NULL, tok_test_on_ready, &result);
  unfit = tok_test_wait_for_result (&result);
  g_assert_null (tok_accounts_sign_in_finish (f->accounts, unfit, &field));
  g_assert_error (field, TOK_ERROR, TOK_ERROR_FIELD);

  tok_accounts_sign_in_async (f->accounts, tok_raw_peer_get_address (f->peers[1]), "two", FALSE,
                              NULL, tok_test_on_ready, &result);
  tok_script_refuse (f->peers[1], "authorize", 0, "InvalidToken");
  refused = tok_test_wait_for_result (&result);
  g_assert_null (tok_accounts_sign_in_finish (f->accounts, refused, &invalid));
  g_assert_error (invalid, TOK_ERROR, TOK_ERROR_SIGN_IN);

  assert_changes (f, "");
  g_assert_true (tok_accounts_get_current (f->accounts) == session);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;

  tok_accounts_sign_in_async (f->accounts, tok_raw_peer_get_address (f->peers[0]), "one", FALSE,
                              cancellable, tok_test_on_ready, &result);
  tok_script_wait (f->peers[0], "authorize", 0);
  g_cancellable_cancel (cancellable);
  owned = tok_test_wait_for_result (&result);
  g_assert_null (tok_accounts_sign_in_finish (f->accounts, owned, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_accounts (f), ==, 0);
}

/* The same login id at another service is another account. */
static void
test_several (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) one = sign_in (f, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) two = sign_in (f, 1, "two", "SAMPLE1");
  g_autoptr (TokSession) three = sign_in (f, 2, "three", "SAMPLE3");

  assert_changes (f, "[0 -0 +1][1 -0 +1][2 -0 +1]");
  g_assert_true (peek (f, 0) == one);
  g_assert_true (peek (f, 1) == two);
  g_assert_true (peek (f, 2) == three);
  g_assert_true (tok_accounts_get_current (f->accounts) == three);
  wait_for_secret (f, 0, "SAMPLE1", "one");
  wait_for_secret (f, 1, "SAMPLE1", "two");
  wait_for_secret (f, 2, "SAMPLE3", "three");
  g_assert_cmpint (tok_session_get_state (one), ==, TOK_SESSION_READY);
}

static TokSession *
sign_in_to_demo (Fixture *f, TokDemoServer *server, const char *token)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (f->accounts, tok_demo_server_get_address (server), token, FALSE, NULL,
                              tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (f->accounts, result, &error);
  g_assert_no_error (error);
  return g_object_ref (session);
}

/* Signed in again with another token: the new session takes the place of the old one, and the vault
 * keeps the new secret. */
static void
test_same_account_again (Fixture *f, gconstpointer data)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  g_autoptr (TokSession) other = sign_in (f, 0, "other", "SAMPLE1");
  g_autoptr (TokSession) former = NULL;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokClient) client = NULL;
  g_autoptr (TokSecret) second = NULL;
  g_autoptr (GUri) uri = NULL;

  tok_demo_server_start (server, 0, NULL);
  client = tok_other_client_connect (tok_demo_server_get_address (server),
                                     tok_demo_server_get_token (server));
  second = tok_other_client_create_token (client, "Second", TOK_SCOPE_ALL);

  former = sign_in_to_demo (f, server, tok_demo_server_get_token (server));
  assert_changes (f, "[0 -0 +1][1 -0 +1]");
  session = sign_in_to_demo (f, server, second);
  assert_changes (f, "[1 -1 +1]");
  g_assert_true (session != former);
  g_assert_true (peek (f, 0) == other);
  g_assert_true (peek (f, 1) == session);
  g_assert_true (tok_accounts_get_current (f->accounts) == session);
  g_assert_cmpint (tok_session_get_state (former), ==, TOK_SESSION_SIGNED_OUT);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  tok_stage_run_dry ();
  g_assert_cmpstr (tok_fake_vault_peek (f->vault, tok_demo_server_get_address (server), "SAMPLE1"),
                   ==, second);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (f->vault, TOK_FAKE_VAULT_FORGET), ==, 0);
  tok_test_assert_finalize (g_steal_pointer (&former));

  /* And the new session finds it when it needs it. */
  uri = g_uri_parse (tok_demo_server_get_address (server), G_URI_FLAGS_NONE, NULL);
  tok_demo_server_stop (server);
  tok_test_wait_until (tok_session_get_state (session) == TOK_SESSION_OFFLINE);
  g_assert_true (tok_demo_server_start (server, (guint16) g_uri_get_port (uri), NULL));
  tok_test_wait_until (tok_session_get_state (session) == TOK_SESSION_READY);
}

/* That is also how one gets back after the session has ended. */
static void
test_again_after_the_end (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) former = sign_in (f, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) session = NULL;

  tok_script_refuse (f->peers[0], "oauth_apps", 0, "InvalidToken");
  tok_test_wait_until (tok_session_get_state (former) == TOK_SESSION_ENDED);
  g_assert_true (tok_accounts_get_current (f->accounts) == former);
  session = sign_in (f, 0, "two", "SAMPLE1");
  assert_changes (f, "[0 -0 +1][0 -1 +1]");
  g_assert_cmpuint (n_accounts (f), ==, 1);
  wait_for_secret (f, 0, "SAMPLE1", "two");
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) one = sign_in (f, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) two = sign_in (f, 1, "two", "SAMPLE2");
  g_autoptr (TokSession) three = sign_in (f, 2, "three", "SAMPLE3");

  g_string_truncate (f->changes, 0);
  *f->n_current = 0;
  tok_accounts_remove (f->accounts, one);
  assert_changes (f, "[0 -1 +0]");
  g_assert_cmpuint (*f->n_current, ==, 0);
  g_assert_cmpint (tok_session_get_state (one), ==, TOK_SESSION_SIGNED_OUT);
  tok_test_wait_until (secret (f, 0, "SAMPLE1") == NULL);
  wait_for_secret (f, 2, "SAMPLE3", "three");

  tok_accounts_remove (f->accounts, three);
  assert_changes (f, "[1 -1 +0]");
  g_assert_cmpuint (*f->n_current, ==, 1);
  g_assert_true (tok_accounts_get_current (f->accounts) == two);
  g_assert_cmpint (tok_session_get_state (two), ==, TOK_SESSION_READY);

  tok_accounts_remove (f->accounts, two);
  g_assert_null (tok_accounts_get_current (f->accounts));
  g_assert_cmpuint (*f->n_current, ==, 2);
  tok_test_wait_until (tok_fake_vault_get_n_secrets (f->vault) == 0);
  tok_test_assert_finalize (g_steal_pointer (&one));
  tok_test_assert_finalize (g_steal_pointer (&two));
  tok_test_assert_finalize (g_steal_pointer (&three));
}

/* The list goes, and with it every connection; what the vault keeps is for next time. */
static void
test_destroy_with_accounts (Fixture *f, gconstpointer data)
{
  g_autoptr (TokSession) one = sign_in (f, 0, "one", "SAMPLE1");
  TokSession *two = sign_in (f, 1, "two", "SAMPLE2");
  gpointer gone = two;

  g_object_unref (two);
  g_object_add_weak_pointer (G_OBJECT (two), &gone);
  tok_test_assert_finalize (g_steal_pointer (&f->accounts));
  g_assert_null (gone);
  g_assert_cmpint (tok_session_get_state (one), ==, TOK_SESSION_SIGNED_OUT);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (f->vault), ==, 2);
  f->accounts = tok_accounts_new (TOK_VAULT (f->vault), f->settings, &tok_script_times);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("/accounts/new-destroy", test_new_destroy);
  add ("/accounts/sign-in", test_sign_in);
  add ("/accounts/sample", test_sample);
  add ("/accounts/failure", test_failure);
  add ("/accounts/cancel", test_cancel);
  add ("/accounts/several", test_several);
  add ("/accounts/same-account-again", test_same_account_again);
  add ("/accounts/again-after-the-end", test_again_after_the_end);
  add ("/accounts/remove", test_remove);
  add ("/accounts/destroy-with-accounts", test_destroy_with_accounts);

  return g_test_run ();
}
