/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-stage.h"

#include "tok-script.h"
#include "tok-stage.h"
#include "tok-test.h"

/**
 * tok_demo_stage_set_up:
 * @self: Empty.
 * @data: Nothing.
 *
 * Starts the sample service, as a GTestFixtureFunc.
 */
void
tok_demo_stage_set_up (TokDemoStage *self, gconstpointer data)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  const char *address;

  self->server = tok_demo_server_new (TOK_DEMO_STAGE_TOKEN);
  tok_demo_server_set_limits (self->server, FALSE);
  tok_demo_server_start (self->server, 0, &error);
  g_assert_no_error (error);
  address = tok_demo_server_get_address (self->server);
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->port = (guint16) g_uri_get_port (uri);

  self->vault = tok_fake_vault_new ();
  self->session = tok_session_new (address, TOK_VAULT (self->vault), &tok_script_times, TRUE);
  self->tokens = tok_session_get_tokens (self->session);
  self->apps = tok_session_get_apps (self->session);
}

/**
 * tok_demo_stage_tear_down:
 * @self: A stage.
 * @data: Nothing.
 */
void
tok_demo_stage_tear_down (TokDemoStage *self, gconstpointer data)
{
  tok_test_assert_finalize (self->session);
  tok_test_wait_until (tok_demo_server_get_n_connections (self->server) == 0);
  tok_demo_server_stop (self->server);
  tok_stage_run_dry ();
  tok_test_assert_finalize (self->vault);
  tok_test_assert_finalize (self->server);
}

/**
 * tok_demo_stage_restart:
 * @self: A stage whose service was stopped.
 *
 * Starts the service again, where it was.
 */
void
tok_demo_stage_restart (TokDemoStage *self)
{
  g_autoptr (GError) error = NULL;

  tok_demo_server_start (self->server, self->port, &error);
  g_assert_no_error (error);
}

/**
 * tok_demo_stage_sign_in:
 * @self: A stage.
 * @token: A secret that the service knows.
 *
 * Signs in, and waits until both lists are there.
 */
void
tok_demo_stage_sign_in (TokDemoStage *self, const char *token)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_session_sign_in_async (self->session, token, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tok_session_sign_in_finish (self->session, result, &error);
  g_assert_no_error (error);
  tok_test_wait_until (!tok_grant_store_get_loading (self->tokens));
  tok_test_wait_until (!tok_grant_store_get_loading (self->apps));
}

/**
 * tok_demo_stage_n_calls:
 * @self: A stage.
 * @call: The name of a call.
 *
 * Returns: How often the service was asked for it.
 */
guint
tok_demo_stage_n_calls (TokDemoStage *self, const char *call)
{
  return tok_demo_server_get_n_calls (self->server, call);
}
