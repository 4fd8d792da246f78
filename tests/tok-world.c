/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-world.h"

#include "tok-account.h"
#include "tok-memory-vault.h"
#include "tok-other-client.h"
#include "tok-script.h"
#include "tok-secret.h"
#include "tok-session-private.h"
#include "tok-test.h"

#define SAFE_TOKEN "Token Manager"
#define N_ATTEMPTS 50

/* As short as may be: whatever comes of a stall is one of the ways that it can go. */
static TokTimes
get_hasty_times (void)
{
  TokTimes times = tok_script_times;

  times.connect_timeout = 500;
  times.request_timeout = 8;
  times.ping_after = 4;
  times.pong_timeout = 4;
  times.reconnect_first = 1;
  times.reconnect_longest = 3;
  times.rate_limit_pause = 2;
  return times;
}

static void
on_grant_finalized (gpointer grants, GObject *grant)
{
  g_hash_table_remove (grants, grant);
}

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, TokWorld *self)
{
  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (GObject) grant = g_list_model_get_item (model, i);

    if (g_hash_table_add (self->grants, grant))
      g_object_weak_ref (grant, on_grant_finalized, self->grants);
  }
}

static void
on_session_state_changed (TokSession *session, GParamSpec *pspec, TokWorld *self)
{
  TokSessionState state = tok_session_get_state (session);

  if (state == TOK_SESSION_SIGNED_OUT || state == TOK_SESSION_ENDED)
    self->n_ends++;
}

/* The port stays ours while nobody listens there: to a socket that isn't listened to others may be
 * added, but none is given out by chance. */
static void
reserve_port (TokWorld *self)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GError) error = NULL;

  self->reserved
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_socket_bind (self->reserved, address, TRUE, &error);
  g_assert_no_error (error);
  local = g_socket_get_local_address (self->reserved, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
}

/* The other program signs in again whenever it is connected again. */
static void
on_other_state_changed (TokClient *other, GParamSpec *pspec, TokWorld *self)
{
  if (tok_client_get_state (other) == TOK_CLIENT_OPEN)
    tok_client_authorize_async (other, self->secrets[TOK_WORLD_SECRET_SAFE], NULL, NULL, NULL);
}

/* What is left of the faults may yet befall us. */
static gboolean
try_authorize (TokWorld *self, TokClient *client)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TokAccount) account = NULL;

  tok_test_wait_until (tok_client_get_state (client) == TOK_CLIENT_OPEN);
  tok_client_authorize_async (client, self->secrets[TOK_WORLD_SECRET_SAFE], NULL, tok_test_on_ready,
                              &slot);
  result = tok_test_wait_for_result (&slot);
  account = tok_client_authorize_finish (client, result, NULL);
  return account != NULL;
}

static void
make_secrets (TokWorld *self)
{
  const TokScopes full = TOK_SCOPE_READ | TOK_SCOPE_ADMIN;

  self->other = tok_client_new (tok_demo_server_get_address (self->server), &tok_script_times);
  tok_client_start (self->other);
  while (!try_authorize (self, self->other))
    ;
  self->secrets[TOK_WORLD_SECRET_FULL] = tok_other_client_create_token (self->other, "Full", full);
  self->secrets[TOK_WORLD_SECRET_SPARE]
      = tok_other_client_create_token (self->other, "Spare", TOK_SCOPE_ALL);
  self->secrets[TOK_WORLD_SECRET_READER]
      = tok_other_client_create_token (self->other, "Reader", TOK_SCOPE_READ);
  self->secrets[TOK_WORLD_SECRET_WRONG] = g_strdup ("AbCdEfGhIjKlMnO");
  g_signal_connect (self->other, "notify::state", G_CALLBACK (on_other_state_changed), self);
}

/**
 * tok_world_new:
 * @seed: What is decided by.
 * @trace: Where to say what is done; it outlives the world.
 *
 * Returns: (transfer full): A service that runs, and a session that nobody is signed in to.
 */
TokWorld *
tok_world_new (guint32 seed, GString *trace)
{
  TokWorld *self = g_new0 (TokWorld, 1);
  TokTimes times = get_hasty_times ();

  self->random = g_rand_new_with_seed (seed);
  self->trace = trace;
  self->is_alone = tok_world_pick (self, 2) == 0;
  self->grants = g_hash_table_new (NULL, NULL);
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->server = tok_demo_server_new (NULL);
  tok_demo_server_set_limits (self->server, FALSE);
  self->secrets[TOK_WORLD_SECRET_SAFE] = g_strdup (tok_demo_server_get_token (self->server));
  reserve_port (self);
  tok_world_start (self);
  make_secrets (self);

  self->vault = tok_memory_vault_new ();
  self->session
      = tok_session_new (tok_demo_server_get_address (self->server), self->vault, &times, TRUE);
  self->client = self->session->client;
  g_object_add_weak_pointer (self->client, &self->client);
  g_signal_connect (self->session, "notify::state", G_CALLBACK (on_session_state_changed), self);
  g_signal_connect (tok_session_get_tokens (self->session), "items-changed",
                    G_CALLBACK (on_items_changed), self);
  g_signal_connect (tok_session_get_apps (self->session), "items-changed",
                    G_CALLBACK (on_items_changed), self);
  return self;
}

/* What was cancelled hears of it a moment later, and holds on till then. */
static void
await_finalize (gpointer object)
{
  gpointer left = object;

  g_object_add_weak_pointer (object, &left);
  g_object_unref (object);
  tok_test_wait_until (left == NULL);
}

/**
 * tok_world_free:
 * @self: (transfer full): A world in which nothing is going on.
 *
 * Lets it go, and asserts that nothing of it is left.
 */
void
tok_world_free (TokWorld *self)
{
  g_signal_handlers_disconnect_by_data (self->other, self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  await_finalize (self->session);
  tok_test_wait_until (self->client == NULL);
  tok_test_wait_until (g_hash_table_size (self->grants) == 0);
  tok_client_stop (self->other);
  tok_test_wait_until (tok_client_get_n_pending (self->other) == 0);
  tok_demo_server_stop (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tok_test_assert_finalize (self->other);
  tok_test_assert_finalize (self->vault);
  tok_test_assert_finalize (self->server);

  g_object_unref (self->reserved);
  for (guint i = 0; i < TOK_WORLD_N_SECRETS; i++)
    tok_secret_free (self->secrets[i]);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->touched);
  g_rand_free (self->random);
  g_free (self);
}

/**
 * tok_world_say:
 * @self: A world.
 * @format: What is done.
 * @...: For @format.
 *
 * Writes it into the trace.
 */
void
tok_world_say (TokWorld *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append (self->trace, "# ");
  g_string_append_vprintf (self->trace, format, args);
  g_string_append_c (self->trace, '\n');
  va_end (args);
}

/**
 * tok_world_pick:
 * @self: A world.
 * @n: How many there are.
 *
 * Returns: One of 0 to @n - 1.
 */
guint
tok_world_pick (TokWorld *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

/**
 * tok_world_pick_grant:
 * @self: A world.
 * @store: Its tokens or its apps.
 *
 * Returns: (transfer full) (nullable): One that is listed, and may go.
 */
TokGrant *
tok_world_pick_grant (TokWorld *self, TokGrantStore *store)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint first = n > 0 ? tok_world_pick (self, n) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (store), (first + i) % n);

    if (tok_grant_get_state (grant) != TOK_GRANT_GONE
        && !g_str_equal (tok_grant_get_key (grant), SAFE_TOKEN))
      return g_steal_pointer (&grant);
  }
  return NULL;
}

/**
 * tok_world_new_name:
 * @self: A world.
 *
 * Returns: (transfer full): A name that no token has had yet.
 */
char *
tok_world_new_name (TokWorld *self)
{
  return g_strdup_printf ("Made %u", ++self->n_names);
}

/**
 * tok_world_get_store:
 * @self: A world.
 * @is_tokens: Which of the two.
 *
 * Returns: (transfer none): What the session lists.
 */
TokGrantStore *
tok_world_get_store (TokWorld *self, gboolean is_tokens)
{
  return is_tokens ? tok_session_get_tokens (self->session) : tok_session_get_apps (self->session);
}

/**
 * tok_world_has_list_error:
 * @self: A world.
 *
 * Returns: Whether a list didn't come, so that somebody would ask for it once more.
 */
gboolean
tok_world_has_list_error (TokWorld *self)
{
  return tok_grant_store_get_error (tok_world_get_store (self, TRUE)) != NULL
         || tok_grant_store_get_error (tok_world_get_store (self, FALSE)) != NULL;
}

/**
 * tok_world_is_listed:
 * @self: A world.
 *
 * Returns: Whether the session knows what the service has, or that it isn't to know.
 */
gboolean
tok_world_is_listed (TokWorld *self)
{
  return tok_grant_store_get_state (tok_world_get_store (self, TRUE)) != TOK_GRANT_STORE_EMPTY
         && tok_grant_store_get_state (tok_world_get_store (self, FALSE)) != TOK_GRANT_STORE_EMPTY;
}

/**
 * tok_world_get_client:
 * @self: A world.
 *
 * Returns: (transfer none): What the session talks through.
 */
TokClient *
tok_world_get_client (TokWorld *self)
{
  return self->client;
}

/**
 * tok_world_run:
 * @n_iterations: How often.
 *
 * Lets happen what is ready.
 */
void
tok_world_run (guint n_iterations)
{
  for (guint i = 0; i < n_iterations; i++)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
on_nap_over (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * tok_world_nap:
 * @milliseconds: How long.
 *
 * Lets happen what happens meanwhile.
 */
void
tok_world_nap (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, on_nap_over, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * tok_world_start:
 * @self: A world.
 *
 * Starts the service, if it doesn't run.
 */
void
tok_world_start (TokWorld *self)
{
  g_autoptr (GError) error = NULL;

  if (self->is_running)
    return;
  tok_demo_server_start (self->server, self->port, &error);
  g_assert_no_error (error);
  self->is_running = TRUE;
}

/**
 * tok_world_stop:
 * @self: A world.
 *
 * Stops the service, if it runs.
 */
void
tok_world_stop (TokWorld *self)
{
  tok_demo_server_stop (self->server);
  self->is_running = FALSE;
}

/**
 * tok_world_calm:
 * @self: A world.
 *
 * Lets the service run, with no fault that isn't under way.
 */
void
tok_world_calm (TokWorld *self)
{
  tok_world_start (self);
  tok_demo_server_clear_faults (self->server);
  tok_demo_server_set_latency (self->server, 0);
  tok_demo_server_set_limits (self->server, FALSE);
}

static GPtrArray *
try_list_tokens (TokClient *client)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_list_tokens_async (client, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  return tok_client_list_tokens_finish (client, result, NULL, NULL);
}

static GPtrArray *
try_list_apps (TokClient *client)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_client_list_apps_async (client, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  return tok_client_list_apps_finish (client, result, NULL, NULL);
}

/**
 * tok_world_ask:
 * @self: A calm world.
 * @tokens: (out) (transfer full) (element-type TokToken): What tokens the service has.
 * @apps: (out) (transfer full) (element-type TokApp): What apps it has.
 *
 * Looks for itself, with a client of its own.
 */
void
tok_world_ask (TokWorld *self, GPtrArray **tokens, GPtrArray **apps)
{
  TokClient *client
      = tok_client_new (tok_demo_server_get_address (self->server), &tok_script_times);

  *tokens = *apps = NULL;
  tok_client_start (client);
  for (guint i = 0; i < N_ATTEMPTS && (*tokens == NULL || *apps == NULL); i++) {
    g_clear_pointer (tokens, g_ptr_array_unref);
    g_clear_pointer (apps, g_ptr_array_unref);
    if (try_authorize (self, client)) {
      *tokens = try_list_tokens (client);
      *apps = try_list_apps (client);
    }
  }
  g_assert_true (*tokens != NULL && *apps != NULL);
  tok_client_stop (client);
  await_finalize (client);
}
