/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-other-client.h"

#include "tok-account.h"
#include "tok-test.h"
#include "tok-token.h"

static TokToken *
find (GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (g_str_equal (tok_token_get_name (tokens->pdata[i]), name))
      return tokens->pdata[i];
  g_assert_not_reached ();
}

/**
 * tok_other_client_connect:
 * @address: Where the service is.
 * @token: A secret.
 *
 * Returns: (transfer full): A client that is signed in.
 */
TokClient *
tok_other_client_connect (const char *address, const char *token)
{
  TokTimes times = tok_times_default;
  TokClient *client = tok_client_new (address, &times);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  tok_client_start (client);
  tok_test_wait_until (tok_client_get_state (client) == TOK_CLIENT_OPEN);
  tok_client_authorize_async (client, token, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  account = tok_client_authorize_finish (client, result, &error);
  g_assert_no_error (error);
  return client;
}

/**
 * tok_other_client_create_token:
 * @client: A client that is signed in.
 * @name: What to call the token.
 * @scopes: What it may do.
 *
 * Returns: (transfer full): Its secret.
 */
TokSecret *
tok_other_client_create_token (TokClient *client, const char *name, TokScopes scopes)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GError) error = NULL;

  tok_client_create_token_async (client, name, scopes, FALSE, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  tokens = tok_client_create_token_finish (client, result, &error);
  g_assert_no_error (error);
  return g_strdup (tok_token_get_listed_value (find (tokens, name)));
}

/**
 * tok_other_client_delete_token:
 * @client: A client that is signed in.
 * @name: Which token.
 *
 * Deletes it, perhaps the one that @client or somebody else is signed in with.
 */
void
tok_other_client_delete_token (TokClient *client, const char *name)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) list_result = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;

  tok_client_list_tokens_async (client, NULL, tok_test_on_ready, &slot);
  list_result = tok_test_wait_for_result (&slot);
  tokens = tok_client_list_tokens_finish (client, list_result, NULL, &error);
  g_assert_no_error (error);

  tok_client_delete_token_async (client, tok_token_get_listed_value (find (tokens, name)), NULL,
                                 tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  rest = tok_client_delete_token_finish (client, result, NULL, &error);
  g_assert_no_error (error);
}
