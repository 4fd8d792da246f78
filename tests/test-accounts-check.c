/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts-stage.h"
#include "tok-demo-server.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

/* What the list, the keyring and the settings must not have heard of. */
typedef struct {
  guint n_calls[TOK_FAKE_VAULT_N_CALLS];
  char *settings;
} Before;

static void
remember_before (TokAccountsStage *stage, Before *before)
{
  tok_stage_run_dry ();
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    before->n_calls[call] = tok_fake_vault_get_n_calls (stage->keyring, call);
  before->settings = tok_accounts_stage_dup_settings (stage);
  g_string_truncate (stage->changes, 0);
  *stage->n_current = 0;
}

static void
assert_as_before (TokAccountsStage *stage, Before *before)
{
  g_autofree char *expected = g_steal_pointer (&before->settings);
  g_autofree char *settings = tok_accounts_stage_dup_settings (stage);

  tok_stage_run_dry ();
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, call), ==, before->n_calls[call]);
  g_assert_cmpstr (settings, ==, expected);
  tok_accounts_stage_assert_changes (stage, "");
  g_assert_cmpuint (*stage->n_current, ==, 0);
}

static void
test_check (TokAccountsStage *stage, gconstpointer data)
{
  Before before;
  g_autoptr (TokSession) session = NULL;

  remember_before (stage, &before);
  session = tok_accounts_stage_check (stage, 0, " one\n", "SAMPLE1");
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpstr (tok_account_get_login_id (tok_session_get_account (session)), ==, "SAMPLE1");
  g_assert_false (tok_session_get_is_kept (session));
  g_assert_null (tok_session_get_sign_in_id (session));
  assert_as_before (stage, &before);

  /* Nobody needs to sign out of it. */
  remember_before (stage, &before);
  tok_test_assert_finalize (g_steal_pointer (&session));
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  assert_as_before (stage, &before);
}

/* What a browser once brought, and somebody pastes, ends with its sign-in, and with no other. */
static void
test_pasted_from_browser (TokAccountsStage *stage, gconstpointer data)
{
  const char *token = "a1-0123456789abcdefghijklmnopqrs";
  g_autoptr (TokSession) one = tok_accounts_stage_check (stage, 0, token, "SAMPLE1");
  g_autoptr (TokSession) two = tok_accounts_stage_check (stage, 1, token, "SAMPLE1");

  g_assert_nonnull (tok_session_get_sign_in_id (one));
  g_assert_nonnull (tok_session_get_sign_in_id (two));
  g_assert_cmpstr (tok_session_get_sign_in_id (one), !=, tok_session_get_sign_in_id (two));
}

typedef struct {
  const char *name;
  const char *scopes;
  gboolean useful;
} Use;

static const Use uses[] = {
  { "none", "", FALSE },
  { "trade", "\"trade\"", FALSE },
  { "all-but", "\"trade\",\"payments\",\"trading_information\"", FALSE },
  { "unknown", "\"newer\"", FALSE },
  { "read", "\"read\"", TRUE },
  { "admin", "\"trade\",\"admin\"", TRUE },
};

static void
test_use (TokAccountsStage *stage, gconstpointer data)
{
  const Use *it = data;
  g_autofree char *body = g_strdup_printf ("{\"loginid\":\"SAMPLE1\",\"scopes\":[%s]}", it->scopes);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (GError) error = NULL;
  Before before;

  remember_before (stage, &before);
  tok_accounts_check_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                            FALSE, NULL, tok_test_on_ready, &slot);
  tok_script_answer (stage->peers[0], "authorize", 0, body);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_check_finish (stage->accounts, result, &error);
  g_assert_cmpint (session != NULL, ==, it->useful);
  if (!it->useful) {
    g_assert_error (error, TOK_ERROR, TOK_ERROR_USELESS);
    tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  }
  assert_as_before (stage, &before);
}

static void
test_refused (TokAccountsStage *stage, gconstpointer data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Before before;

  remember_before (stage, &before);
  tok_accounts_check_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                            FALSE, NULL, tok_test_on_ready, &slot);
  tok_script_refuse (stage->peers[0], "authorize", 0, "InvalidToken");
  result = tok_test_wait_for_result (&slot);
  g_assert_null (tok_accounts_check_finish (stage->accounts, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
  assert_as_before (stage, &before);
}

/* In the very moment when the answer is there, too. */
static void
test_cancel (TokAccountsStage *stage, gconstpointer data)
{
  gboolean late = GPOINTER_TO_INT (data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (GError) error = NULL;

  tok_accounts_check_async (stage->accounts, tok_accounts_stage_get_address (stage, 0), "one",
                            FALSE, cancellable, tok_test_on_ready, &slot);
  tok_script_wait (stage->peers[0], "authorize", 0);
  if (late) {
    tok_script_answer_authorize (stage->peers[0], 0, TOK_SCRIPT_SCOPES);
    tok_script_wait (stage->peers[0], "api_token", 0);
  }
  g_cancellable_cancel (cancellable);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_check_finish (stage->accounts, result, &error);
  g_assert_null (session);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peers[0]));
  g_assert_cmpuint (tok_accounts_stage_get_n (stage), ==, 0);
}

/* Of an account that somebody is signed in to already: what is only looked at may go in any way,
 * and the other one finds its own way back. */
static void
test_signed_in_already (TokAccountsStage *stage, gconstpointer data)
{
  gboolean sign_out = GPOINTER_TO_INT (data);
  g_autoptr (TokDemoServer) server = tok_demo_server_new (NULL);
  g_autoptr (TokSession) listed = NULL;
  g_autoptr (TokSession) checked = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *address, *token;
  Before before;

  tok_demo_server_start (server, 0, NULL);
  address = tok_demo_server_get_address (server);
  token = tok_demo_server_get_token (server);
  listed = tok_accounts_stage_sign_in_to (stage, address, token);
  tok_test_wait_until (tok_session_get_is_kept (listed));
  remember_before (stage, &before);

  tok_accounts_check_async (stage->accounts, address, token, FALSE, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  checked = tok_accounts_check_finish (stage->accounts, result, NULL);
  g_assert_true (TOK_IS_SESSION (checked));
  g_assert_true (checked != listed);
  if (sign_out)
    tok_session_sign_out (checked);
  g_clear_object (&result);
  tok_stage_run_dry ();
  tok_test_assert_finalize (g_steal_pointer (&checked));
  assert_as_before (stage, &before);
  g_assert_cmpstr (tok_fake_vault_peek (stage->keyring, address, "SAMPLE1"), ==, token);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  tok_demo_server_stop (server);
  tok_test_wait_until (tok_session_get_state (listed) == TOK_SESSION_OFFLINE);
  g_assert_true (tok_demo_server_start (server, (guint16) g_uri_get_port (uri), NULL));
  tok_test_wait_until (tok_session_get_state (listed) == TOK_SESSION_READY);
}

static void
add (const char *name, gconstpointer data, TokAccountsStageTest test)
{
  g_autofree char *path = g_strconcat ("/accounts-check/", name, NULL);

  tok_accounts_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  add ("check", NULL, test_check);
  add ("pasted-from-browser", NULL, test_pasted_from_browser);
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++) {
    g_autofree char *name = g_strconcat ("use/", uses[i].name, NULL);

    add (name, &uses[i], test_use);
  }
  add ("refused", NULL, test_refused);
  add ("cancel/early", GINT_TO_POINTER (FALSE), test_cancel);
  add ("cancel/late", GINT_TO_POINTER (TRUE), test_cancel);
  add ("signed-in-already/dropped", GINT_TO_POINTER (FALSE), test_signed_in_already);
  add ("signed-in-already/signed-out", GINT_TO_POINTER (TRUE), test_signed_in_already);

  return g_test_run ();
}
