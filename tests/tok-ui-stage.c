/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-ui-stage.h"

#include "tok-grant-store.h"
#include "tok-memory-vault.h"
#include "tok-settings.h"
#include "tok-test.h"

static const TokTimes times = {
  .connect_timeout = 10000,
  .request_timeout = 600000,
  .ping_after = 600000,
  .pong_timeout = 600000,
  .reconnect_first = 600000,
  .reconnect_longest = 600000,
  .browser_sign_in = 600000,
  .rate_limit_pause = 600000,
  .rate_limit_longest = 600000,
};

static void
set_up (TokUiStage *self, gconstpointer data)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  self->server = tok_demo_server_new (TOK_UI_STAGE_TOKEN);
  tok_demo_server_set_limits (self->server, FALSE);
  tok_demo_server_start (self->server, 0, &error);
  g_assert_no_error (error);
  self->address = g_strdup (tok_demo_server_get_address (self->server));
  uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->port = (guint16) g_uri_get_port (uri);

  self->vault = tok_memory_vault_new ();
  self->keyring = tok_fake_vault_new ();
  self->settings = tok_settings_new (TRUE, &error);
  g_assert_no_error (error);
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, self->address);
  self->browser = tok_browser_sign_in_new (&times);
  self->accounts = tok_accounts_new (TOK_VAULT (self->keyring), self->settings, &times);
}

/* Whatever the test left behind, letting go of the accounts ends it. */
static void
tear_down (TokUiStage *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tok_test_assert_finalize (self->accounts);
  tok_test_wait_until (tok_demo_server_get_n_connections (self->server) == 0);
  tok_demo_server_stop (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tok_test_assert_finalize (self->vault);
  tok_test_assert_finalize (self->keyring);
  tok_test_assert_finalize (self->browser);
  g_clear_object (&self->settings);
  tok_test_assert_finalize (self->server);
  g_clear_pointer (&self->address, g_free);
}

/**
 * tok_ui_stage_add:
 * @path: What the test is called.
 * @data: For it.
 * @test: The test.
 *
 * Adds a test that plays on a stage of its own.
 */
void
tok_ui_stage_add (const char *path, gconstpointer data, TokUiStageTest test)
{
  g_test_add (path, TokUiStage, data, set_up, test, tear_down);
}

/**
 * tok_ui_stage_sign_in:
 * @self: A stage.
 * @token: A secret that the service knows.
 * @is_sample: Whether to say that nothing there is real.
 *
 * Returns: (transfer none): A session that is the current one, and has its lists.
 */
TokSession *
tok_ui_stage_sign_in (TokUiStage *self, const char *token, gboolean is_sample)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (self->accounts, self->address, token, is_sample, NULL,
                              tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (self->accounts, result, &error);
  g_assert_no_error (error);
  tok_ui_stage_wait_for_lists (session);
  return session;
}

/**
 * tok_ui_stage_wait_for_lists:
 * @session: A session.
 *
 * Waits until both lists were answered.
 */
void
tok_ui_stage_wait_for_lists (TokSession *session)
{
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_tokens (session)));
  tok_test_wait_until (!tok_grant_store_get_loading (tok_session_get_apps (session)));
}

/**
 * tok_ui_stage_wait_for_state:
 * @session: A session.
 * @state: Where it must come to stand.
 */
void
tok_ui_stage_wait_for_state (TokSession *session, TokSessionState state)
{
  g_test_message ("waiting for state %u", state);
  tok_test_wait_until (tok_session_get_state (session) == state);
}

/**
 * tok_ui_stage_count_calls:
 * @self: A stage.
 * @call: The name of a call.
 *
 * Returns: How often the service was asked for it.
 */
guint
tok_ui_stage_count_calls (TokUiStage *self, const char *call)
{
  return tok_demo_server_get_n_calls (self->server, call);
}

/**
 * tok_ui_stage_restart:
 * @self: A stage whose service was stopped.
 *
 * Has it listen again, where it did before.
 */
void
tok_ui_stage_restart (TokUiStage *self)
{
  g_autoptr (GError) error = NULL;

  tok_demo_server_start (self->server, self->port, &error);
  g_assert_no_error (error);
}

/**
 * tok_ui_stage_sign_in_to:
 * @self: A stage.
 * @login_id: An account of the sample.
 *
 * Returns: (transfer none): A session with all scopes that is the current one, and has its lists.
 */
TokSession *
tok_ui_stage_sign_in_to (TokUiStage *self, const char *login_id)
{
  return tok_ui_stage_sign_in (self, tok_demo_server_get_token_of (self->server, login_id), FALSE);
}

static void
use_accounts (TokUiStage *self, TokVault *keyring)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tok_test_assert_finalize (self->accounts);
  self->accounts = tok_accounts_new (keyring, self->settings, &times);
}

/**
 * tok_ui_stage_start_anew:
 * @self: A stage.
 *
 * Has the accounts as a program finds them that is started the next time, with nothing in the list
 * until that is restored.
 */
void
tok_ui_stage_start_anew (TokUiStage *self)
{
  use_accounts (self, TOK_VAULT (self->keyring));
}

/**
 * tok_ui_stage_use_no_keyring:
 * @self: A stage that nobody is signed in on.
 *
 * Has accounts that can't be kept.
 */
void
tok_ui_stage_use_no_keyring (TokUiStage *self)
{
  use_accounts (self, NULL);
}
