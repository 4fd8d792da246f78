/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-accounts-stage.h"

#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "[%u -%u +%u]", position, removed, added);
}

static void
take_accounts (TokAccountsStage *self)
{
  self->accounts = tok_accounts_new (TOK_VAULT (self->keyring), self->settings, &tok_script_times);
  g_string_truncate (self->changes, 0);
  g_signal_connect (self->accounts, "items-changed", G_CALLBACK (on_items_changed), self->changes);
  self->n_current = tok_test_count_notify (self->accounts, "current");
}

static void
set_up (TokAccountsStage *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->peers); i++)
    self->peers[i] = tok_raw_peer_new (NULL);
  self->keyring = tok_fake_vault_new ();
  self->settings = tok_settings_new (TRUE, NULL);
  self->changes = g_string_new (NULL);
  take_accounts (self);
}

/* Whatever the test left behind, letting go of the list ends it. */
static void
tear_down (TokAccountsStage *self, gconstpointer data)
{
  tok_test_assert_finalize (self->accounts);
  tok_fake_vault_set_held (self->keyring, FALSE);
  tok_stage_run_dry ();
  for (guint i = 0; i < G_N_ELEMENTS (self->peers); i++)
    tok_test_wait_until (!tok_raw_peer_is_open (self->peers[i]));
  tok_stage_run_dry ();
  for (guint i = 0; i < G_N_ELEMENTS (self->peers); i++)
    tok_test_assert_finalize (self->peers[i]);
  tok_test_assert_finalize (self->keyring);
  tok_test_assert_finalize (self->settings);
  g_string_free (self->changes, TRUE);
}

/**
 * tok_accounts_stage_add:
 * @path: What the test is called.
 * @data: For it.
 * @test: The test.
 *
 * Adds a test that plays on a stage of its own.
 */
void
tok_accounts_stage_add (const char *path, gconstpointer data, TokAccountsStageTest test)
{
  g_test_add (path, TokAccountsStage, data, set_up, test, tear_down);
}

/**
 * tok_accounts_stage_remember:
 * @self: A stage.
 * @address: The address of a service.
 * @login_id: An account there.
 * @sign_in_id: Which sign-in with the browser it came from, or "".
 *
 * Leaves settings and keyring as if somebody had signed in to it in an earlier run.
 */
void
tok_accounts_stage_remember (TokAccountsStage *self,
                             const char *address,
                             const char *login_id,
                             const char *sign_in_id)
{
  static const char *const scopes[] = { "read", "admin", NULL };
  g_autoptr (GVariant) former = g_settings_get_value (self->settings, TOK_SETTINGS_ACCOUNTS);
  g_autofree char *secret = g_strconcat ("of", login_id, NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (former));
  for (gsize i = 0; i < g_variant_n_children (former); i++) {
    g_autoptr (GVariant) record = g_variant_get_child_value (former, i);

    g_variant_builder_add_value (&builder, record);
  }
  g_variant_builder_add (&builder, "(sssb^ass)", address, login_id, "USD", FALSE, scopes,
                         sign_in_id);
  g_settings_set_value (self->settings, TOK_SETTINGS_ACCOUNTS, g_variant_builder_end (&builder));
  tok_fake_vault_put (self->keyring, address, login_id, secret);
}

/**
 * tok_accounts_stage_start_again:
 * @self: A stage.
 *
 * Takes another list, as the next run of the program does.
 */
void
tok_accounts_stage_start_again (TokAccountsStage *self)
{
  tok_test_assert_finalize (self->accounts);
  tok_stage_run_dry ();
  take_accounts (self);
  tok_accounts_restore (self->accounts);
}

/**
 * tok_accounts_stage_check_with:
 * @self: A stage.
 * @peer: Which service.
 * @token: The secret.
 * @body: What the service says of it.
 *
 * Returns: (transfer full): A session that isn't listed.
 */
TokSession *
tok_accounts_stage_check_with (TokAccountsStage *self,
                               guint peer,
                               const char *token,
                               const char *body)
{
  guint nth = tok_script_count (self->peers[peer], "authorize");
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokSession *session;

  tok_accounts_check_async (self->accounts, tok_accounts_stage_get_address (self, peer), token,
                            FALSE, NULL, tok_test_on_ready, &slot);
  tok_script_answer (self->peers[peer], "authorize", nth, body);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_check_finish (self->accounts, result, &error);
  g_assert_no_error (error);
  return session;
}

static char *
dup_body (const char *login_id)
{
  return g_strdup_printf ("{\"loginid\":\"%s\",\"currency\":\"USD\",\"is_virtual\":0,"
                          "\"scopes\":[\"read\",\"admin\"]}",
                          login_id);
}

/**
 * tok_accounts_stage_check:
 * @self: A stage.
 * @peer: Which service.
 * @token: The secret.
 * @login_id: Whose secret the service says that it is.
 *
 * Returns: (transfer full): A session that isn't listed.
 */
TokSession *
tok_accounts_stage_check (TokAccountsStage *self,
                          guint peer,
                          const char *token,
                          const char *login_id)
{
  g_autofree char *body = dup_body (login_id);

  return tok_accounts_stage_check_with (self, peer, token, body);
}

/**
 * tok_accounts_stage_sign_in:
 * @self: A stage.
 * @peer: Which service.
 * @token: The secret.
 * @login_id: Whose secret the service says that it is.
 *
 * Returns: (transfer full): A session that is listed.
 */
TokSession *
tok_accounts_stage_sign_in (TokAccountsStage *self,
                            guint peer,
                            const char *token,
                            const char *login_id)
{
  guint nth = tok_script_count (self->peers[peer], "authorize");
  g_autofree char *body = dup_body (login_id);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (self->accounts, tok_accounts_stage_get_address (self, peer), token,
                              FALSE, NULL, tok_test_on_ready, &slot);
  tok_script_answer (self->peers[peer], "authorize", nth, body);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (self->accounts, result, &error);
  g_assert_no_error (error);
  return g_object_ref (session);
}

/**
 * tok_accounts_stage_sign_in_to:
 * @self: A stage.
 * @address: Where there is a service that answers by itself.
 * @token: The secret.
 *
 * Returns: (transfer full): A session that is listed.
 */
TokSession *
tok_accounts_stage_sign_in_to (TokAccountsStage *self, const char *address, const char *token)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (self->accounts, address, token, FALSE, NULL, tok_test_on_ready,
                              &slot);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (self->accounts, result, &error);
  g_assert_no_error (error);
  return g_object_ref (session);
}

/**
 * tok_accounts_stage_let_in:
 * @self: A stage.
 * @peer: Which service; nobody has connected to it yet.
 * @login_id: Whose secret it says that it is.
 *
 * Waits for somebody who goes on with what the keyring has, and lets that one in.
 */
void
tok_accounts_stage_let_in (TokAccountsStage *self, guint peer, const char *login_id)
{
  g_autofree char *body = dup_body (login_id);

  tok_script_answer (self->peers[peer], "authorize", 0, body);
  tok_script_wait (self->peers[peer], "api_token", 0);
}

/**
 * tok_accounts_stage_get_address:
 * @self: A stage.
 * @peer: Which service.
 *
 * Returns: (transfer none): Where it is.
 */
const char *
tok_accounts_stage_get_address (TokAccountsStage *self, guint peer)
{
  return tok_raw_peer_get_address (self->peers[peer]);
}

/**
 * tok_accounts_stage_get_n:
 * @self: A stage.
 *
 * Returns: How many accounts are listed.
 */
guint
tok_accounts_stage_get_n (TokAccountsStage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->accounts));
}

/**
 * tok_accounts_stage_peek:
 * @self: A stage.
 * @position: Which account, from 0.
 *
 * Returns: (transfer none) (nullable): Its session.
 */
TokSession *
tok_accounts_stage_peek (TokAccountsStage *self, guint position)
{
  g_autoptr (TokSession) session = g_list_model_get_item (G_LIST_MODEL (self->accounts), position);

  return session;
}

/**
 * tok_accounts_stage_get_secret:
 * @self: A stage.
 * @peer: Which service.
 * @login_id: Which account there.
 *
 * Returns: (transfer none) (nullable): What the keyring has for it.
 */
const char *
tok_accounts_stage_get_secret (TokAccountsStage *self, guint peer, const char *login_id)
{
  return tok_fake_vault_peek (self->keyring, tok_accounts_stage_get_address (self, peer), login_id);
}

/**
 * tok_accounts_stage_wait_for_secret:
 * @self: A stage.
 * @peer: Which service.
 * @login_id: Which account there.
 * @expected: (nullable): What the keyring must come to have for it; %NULL for nothing.
 */
void
tok_accounts_stage_wait_for_secret (TokAccountsStage *self,
                                    guint peer,
                                    const char *login_id,
                                    const char *expected)
{
  tok_test_wait_until (g_strcmp0 (tok_accounts_stage_get_secret (self, peer, login_id), expected)
                       == 0);
}

/**
 * tok_accounts_stage_assert_changes:
 * @self: A stage.
 * @expected: What the list must have told of itself: "[position -removed +added]" for each change.
 */
void
tok_accounts_stage_assert_changes (TokAccountsStage *self, const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

/**
 * tok_accounts_stage_get_n_records:
 * @self: A stage.
 *
 * Returns: How many accounts the settings remember.
 */
guint
tok_accounts_stage_get_n_records (TokAccountsStage *self)
{
  g_autoptr (GVariant) records = g_settings_get_value (self->settings, TOK_SETTINGS_ACCOUNTS);

  return (guint) g_variant_n_children (records);
}

/**
 * tok_accounts_stage_dup_settings:
 * @self: A stage.
 *
 * Returns: (transfer full): The text of all that the settings hold.
 */
char *
tok_accounts_stage_dup_settings (TokAccountsStage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++) {
    g_autoptr (GVariant) value = g_settings_get_value (self->settings, keys[i]);
    g_autofree char *printed = g_variant_print (value, FALSE);

    g_string_append_printf (text, "%s: %s\n", keys[i], printed);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
