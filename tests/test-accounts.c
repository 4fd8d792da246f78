/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-other-client.h"
#include "tok-stage.h"
#include "tok-test.h"

static void
assert_state (TokSession *session, TokSessionState state)
{
  g_assert_cmpint (tok_session_get_state (session), ==, state);
}

static guint
n_calls (TokAccountsStage *stage, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (stage->keyring, call);
}

static void
test_new_destroy (TokAccountsStage *stage, gconstpointer data)
{
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (stage->accounts)) == TOK_TYPE_SESSION);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (stage->accounts), 0));
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_true (tok_accounts_get_can_keep (stage->accounts));
}

static void
test_sign_in (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) current = NULL;

  tok_accounts_stage_assert_changes (stage, "[0 -0 +1]");
  g_assert_true (tok_accounts_stage_peek (stage, 0) == session);
  g_assert_cmpuint (*stage->n_current, ==, 1);
  g_object_get (stage->accounts, "current", &current, NULL);
  g_assert_true (current == session);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  assert_state (session, TOK_SESSION_READY);
  g_assert_false (tok_session_get_is_sample (session));
  g_assert_null (tok_session_get_sign_in_id (session));
}

static void
test_sample (TokAccountsStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                              TRUE, NULL, tok_test_on_ready, &slot);
  tok_script_answer_authorize (stage->peers[0], 0, "read");
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (stage->accounts, result, NULL);
  g_assert_true (tok_session_get_is_sample (session));
}

static void
test_failure (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) unfit = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) field = NULL;
  g_autoptr (GError) invalid = NULL;

  tok_accounts_stage_assert_changes (stage, "[0 -0 +1]");
  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "not fit",
                              FALSE, NULL, tok_test_on_ready, &slot);
  unfit = tok_test_wait_for_result (&slot);
  g_assert_null (tok_accounts_sign_in_finish (stage->accounts, unfit, &field));
  g_assert_error (field, TOK_ERROR, TOK_ERROR_FIELD);

  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 1), "two",
                              FALSE, NULL, tok_test_on_ready, &slot);
  tok_script_refuse (stage->peers[1], "authorize", 0, "InvalidToken");
  refused = tok_test_wait_for_result (&slot);
  g_assert_null (tok_accounts_sign_in_finish (stage->accounts, refused, &invalid));
  g_assert_error (invalid, TOK_ERROR, TOK_ERROR_SIGN_IN);

  tok_accounts_stage_assert_changes (stage, "");
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  assert_state (session, TOK_SESSION_READY);
}

static void
test_cancel (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_accounts_sign_in_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                              FALSE, cancellable, tok_test_on_ready, &slot);
  tok_script_wait (stage->peers[0], "authorize", 0);
  g_cancellable_cancel (cancellable);
  result = tok_test_wait_for_result (&slot);
  g_assert_null (tok_accounts_sign_in_finish (stage->accounts, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
}

/* The same login id at another service is another account. */
static void
test_several (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) two = tok_accounts_stage_sign_in (stage, 1, "two", "SAMPLE1");
  g_autoptr (TokSession) three = tok_accounts_stage_sign_in (stage, 2, "three", "SAMPLE3");

  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][1 -0 +1][2 -0 +1]");
  g_assert_true (tok_accounts_stage_peek (stage, 0) == one);
  g_assert_true (tok_accounts_stage_peek (stage, 1) == two);
  g_assert_true (tok_accounts_stage_peek (stage, 2) == three);
  g_assert_true (tok_accounts_get_current (stage->accounts) == three);
  tok_accounts_stage_wait_for_secret (stage, 0, "SAMPLE1", "one");
  tok_accounts_stage_wait_for_secret (stage, 1, "SAMPLE1", "two");
  tok_accounts_stage_wait_for_secret (stage, 2, "SAMPLE3", "three");
  assert_state (one, TOK_SESSION_READY);
}

/* Looking at another account leaves both signed in. */
static void
test_set_current (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) two = tok_accounts_stage_sign_in (stage, 1, "two", "SAMPLE2");

  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][1 -0 +1]");
  *stage->n_current = 0;
  tok_accounts_set_current (stage->accounts, one);
  tok_accounts_set_current (stage->accounts, one);
  g_assert_cmpuint (*stage->n_current, ==, 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == one);
  tok_accounts_stage_assert_changes (stage, "");
  assert_state (one, TOK_SESSION_READY);
  assert_state (two, TOK_SESSION_READY);
}

/* Signed in again with another token: the new session takes the place of the old one, and the vault
 * keeps the new secret. */
static void
test_same_account_again (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  g_autoptr (TokSession) other = tok_accounts_stage_sign_in (stage, 0, "other", "SAMPLE1");
  g_autoptr (TokSession) former = NULL;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokClient) client = NULL;
  g_autoptr (TokSecret) second = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *address;

  tok_demo_server_start (server, 0, NULL);
  address = tok_demo_server_get_address (server);
  client = tok_other_client_connect (address, tok_demo_server_get_token (server));
  second = tok_other_client_create_token (client, "Second", TOK_SCOPE_ALL);

  former = tok_accounts_stage_sign_in_to (stage, address, tok_demo_server_get_token (server));
  tok_test_wait_until (tok_session_get_is_kept (former));
  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][1 -0 +1]");
  session = tok_accounts_stage_sign_in_to (stage, address, second);
  tok_accounts_stage_assert_changes (stage, "[1 -1 +1]");
  g_assert_true (session != former);
  g_assert_true (tok_accounts_stage_peek (stage, 0) == other);
  g_assert_true (tok_accounts_stage_peek (stage, 1) == session);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  assert_state (former, TOK_SESSION_SIGNED_OUT);
  assert_state (session, TOK_SESSION_READY);
  tok_test_wait_until (tok_session_get_is_kept (session));
  g_assert_cmpstr (tok_fake_vault_peek (stage->keyring, address, "SAMPLE1"), ==, second);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 0);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
  tok_test_assert_finalize (g_steal_pointer (&former));

  /* And the new session finds it when it needs it. */
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  tok_demo_server_stop (server);
  tok_test_wait_until (tok_session_get_state (session) == TOK_SESSION_OFFLINE);
  g_assert_true (tok_demo_server_start (server, (guint16) g_uri_get_port (uri), NULL));
  tok_test_wait_until (tok_session_get_state (session) == TOK_SESSION_READY);
}

/* Whoever comes back for this run only doesn't leave the former secret behind. */
static void
test_again_not_remembered (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) former = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) session = NULL;

  tok_test_wait_until (tok_session_get_is_kept (former));
  session = tok_accounts_stage_check (stage, 0, "two", "SAMPLE1");
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_accounts_add (stage->accounts, session, FALSE);
  assert_state (former, TOK_SESSION_SIGNED_OUT);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_null (tok_accounts_stage_get_secret (stage, 0, "SAMPLE1"));
  g_assert_false (tok_session_get_is_kept (session));
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 1);
}

/* Nor if the keyring was about to take it, or has taken it without having said so. */
static void
test_again_while_storing (TokAccountsStage *stage, gconstpointer data)
{
  gboolean held = GPOINTER_TO_INT (data);
  g_autoptr (TokSession) former = tok_accounts_stage_check (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) session = tok_accounts_stage_check (stage, 0, "two", "SAMPLE1");

  tok_fake_vault_set_held (stage->keyring, held);
  tok_accounts_add (stage->accounts, former, TRUE);
  tok_test_wait_until (n_calls (stage, TOK_FAKE_VAULT_STORE) == 1);
  g_assert_false (tok_session_get_is_kept (former));
  tok_accounts_add (stage->accounts, session, FALSE);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_null (tok_accounts_stage_get_secret (stage, 0, "SAMPLE1"));
}

static void
test_again_at_rest (TokAccountsStage *stage, gconstpointer data)
{
  gboolean remember = GPOINTER_TO_INT (data);
  g_autoptr (TokSession) former = NULL;
  g_autoptr (TokSession) session = NULL;

  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 0), "SAMPLE1", "");
  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 1), "SAMPLE2", "");
  tok_accounts_stage_start_again (stage);
  tok_accounts_stage_assert_changes (stage, "[0 -0 +2]");
  former = g_object_ref (tok_accounts_stage_peek (stage, 0));
  session = tok_accounts_stage_check (stage, 0, "new", "SAMPLE1");
  tok_accounts_add (stage->accounts, session, remember);
  tok_accounts_stage_assert_changes (stage, "[0 -1 +1]");
  g_assert_true (tok_accounts_stage_peek (stage, 0) == session);
  tok_accounts_stage_wait_for_secret (stage, 0, "SAMPLE1", remember ? "new" : NULL);
  tok_stage_run_dry ();
  g_assert_cmpint (tok_session_get_is_kept (session), ==, remember);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, remember ? 2 : 1);
  g_assert_cmpstr (tok_accounts_stage_get_secret (stage, 1, "SAMPLE2"), ==, "ofSAMPLE2");
  tok_test_assert_finalize (g_steal_pointer (&former));
}

/* That is also how one gets back after the session has ended. */
static void
test_again_after_the_end (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) former = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) session = NULL;

  tok_script_refuse (stage->peers[0], "oauth_apps", 0, "InvalidToken");
  tok_test_wait_until (tok_session_get_state (former) == TOK_SESSION_ENDED);
  g_assert_true (tok_accounts_get_current (stage->accounts) == former);
  session = tok_accounts_stage_sign_in (stage, 0, "two", "SAMPLE1");
  tok_accounts_stage_assert_changes (stage, "[0 -0 +1][0 -1 +1]");
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 1);
  tok_accounts_stage_wait_for_secret (stage, 0, "SAMPLE1", "two");
}

static void
test_remove (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  g_autoptr (TokSession) two = tok_accounts_stage_sign_in (stage, 1, "two", "SAMPLE2");
  g_autoptr (TokSession) three = tok_accounts_stage_sign_in (stage, 2, "three", "SAMPLE3");

  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 3);
  g_string_truncate (stage->changes, 0);
  *stage->n_current = 0;
  tok_accounts_remove (stage->accounts, one);
  tok_accounts_stage_assert_changes (stage, "[0 -1 +0]");
  g_assert_cmpuint (*stage->n_current, ==, 0);
  assert_state (one, TOK_SESSION_SIGNED_OUT);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
  tok_accounts_stage_wait_for_secret (stage, 0, "SAMPLE1", NULL);
  tok_accounts_stage_wait_for_secret (stage, 2, "SAMPLE3", "three");

  tok_accounts_remove (stage->accounts, three);
  tok_accounts_stage_assert_changes (stage, "[1 -1 +0]");
  g_assert_cmpuint (*stage->n_current, ==, 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == two);
  assert_state (two, TOK_SESSION_READY);

  tok_accounts_remove (stage->accounts, two);
  g_assert_null (tok_accounts_get_current (stage->accounts));
  g_assert_cmpuint (*stage->n_current, ==, 2);
  tok_test_wait_until (tok_fake_vault_get_n_secrets (stage->keyring) == 0);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 0);
  tok_test_assert_finalize (g_steal_pointer (&one));
  tok_test_assert_finalize (g_steal_pointer (&two));
  tok_test_assert_finalize (g_steal_pointer (&three));
}

/* Its neighbour is looked at then, and so is signed in to; the others go on resting. */
static void
test_remove_before_resting (TokAccountsStage *stage, gconstpointer data)
{
  static const char *const login_ids[] = { "SAMPLE1", "SAMPLE2", "SAMPLE3" };
  TokSession *neighbour;

  for (guint i = 0; i < G_N_ELEMENTS (login_ids); i++)
    tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, i), login_ids[i],
                                 "");
  tok_accounts_stage_start_again (stage);
  tok_accounts_set_current (stage->accounts, tok_accounts_stage_peek (stage, 1));
  tok_accounts_stage_let_in (stage, 1, "SAMPLE2");
  tok_accounts_remove (stage->accounts, tok_accounts_stage_peek (stage, 1));
  neighbour = tok_accounts_stage_peek (stage, 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == neighbour);
  assert_state (neighbour, TOK_SESSION_CONNECTING);
  tok_accounts_stage_let_in (stage, 2, "SAMPLE3");
  assert_state (neighbour, TOK_SESSION_READY);
  assert_state (tok_accounts_stage_peek (stage, 0), TOK_SESSION_SIGNED_OUT);
  g_assert_null (tok_accounts_stage_get_secret (stage, 1, "SAMPLE2"));
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_LOOKUP), ==, 2);
}

/* The list goes, and with it every connection; what the keyring has is for next time. */
static void
test_destroy_with_accounts (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) one = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  TokSession *two = tok_accounts_stage_sign_in (stage, 1, "two", "SAMPLE2");
  gpointer gone = two;

  g_object_unref (two);
  tok_test_wait_until (tok_accounts_stage_get_n_records (stage) == 2);
  g_object_add_weak_pointer (G_OBJECT (two), &gone);
  tok_test_assert_finalize (g_steal_pointer (&stage->accounts));
  g_assert_null (gone);
  assert_state (one, TOK_SESSION_SIGNED_OUT);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 2);
  g_assert_cmpuint (tok_accounts_stage_get_n_records (stage), ==, 2);
  stage->accounts
      = tok_accounts_new (TOK_VAULT (stage->keyring), stage->settings, &tok_script_times);
}

/* Where there is no place to keep anything all else is the same. */
static void
test_no_keyring (TokAccountsStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;

  tok_accounts_stage_remember (stage, tok_accounts_stage_get_address (stage, 1), "SAMPLE2", "");
  tok_test_assert_finalize (stage->accounts);
  stage->accounts = tok_accounts_new (NULL, stage->settings, &tok_script_times);
  tok_accounts_restore (stage->accounts);
  g_assert_false (tok_accounts_get_can_keep (stage->accounts));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
  session = tok_accounts_stage_sign_in (stage, 0, "one", "SAMPLE1");
  tok_stage_run_dry ();
  assert_state (session, TOK_SESSION_READY);
  g_assert_false (tok_session_get_is_kept (session));
  g_assert_no_error (tok_session_get_keyring_error (session));
  tok_accounts_remove (stage->accounts, session);
}

static void
add (const char *name, gconstpointer data, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/accounts/", name, NULL);

  tok_accounts_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("sign-in", NULL, test_sign_in);
  add ("sample", NULL, test_sample);
  add ("failure", NULL, test_failure);
  add ("cancel", NULL, test_cancel);
  add ("several", NULL, test_several);
  add ("set-current", NULL, test_set_current);
  add ("again/same-account", NULL, test_same_account_again);
  add ("again/not-remembered", NULL, test_again_not_remembered);
  add ("again/while-storing", GINT_TO_POINTER (FALSE), test_again_while_storing);
  add ("again/while-storing-held", GINT_TO_POINTER (TRUE), test_again_while_storing);
  add ("again/at-rest", GINT_TO_POINTER (TRUE), test_again_at_rest);
  add ("again/at-rest-not-remembered", GINT_TO_POINTER (FALSE), test_again_at_rest);
  add ("again/after-the-end", NULL, test_again_after_the_end);
  add ("remove/one-by-one", NULL, test_remove);
  add ("remove/before-resting", NULL, test_remove_before_resting);
  add ("destroy-with-accounts", NULL, test_destroy_with_accounts);
  add ("no-keyring", NULL, test_no_keyring);

  return g_test_run ();
}
