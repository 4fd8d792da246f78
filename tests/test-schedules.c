/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-app.h"
#include "tok-error.h"
#include "tok-script.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-world-commands.h"
#include "tok-world.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Random schedules: whatever a session is told and whatever befalls the service meanwhile, in any
 * order. Once all is well again every command has ended, what was claimed is true, the lists are
 * those of the service, and nothing is left. TOK_SEED=N plays the schedule N alone. */

#define N_BLOCKS 10
#define MIN_STEPS 3
#define MAX_STEPS 30
#define MAX_ATTEMPTS 50

static GString *trace;

typedef struct {
  TokWorld *world;
  TokWorldCommands *commands;
} Schedule;

static void
sign_in (Schedule *self)
{
  static const TokWorldSecret secrets[]
      = { TOK_WORLD_SECRET_SAFE,  TOK_WORLD_SECRET_SAFE,   TOK_WORLD_SECRET_FULL,
          TOK_WORLD_SECRET_FULL,  TOK_WORLD_SECRET_FULL,   TOK_WORLD_SECRET_FULL,
          TOK_WORLD_SECRET_SPARE, TOK_WORLD_SECRET_SPARE,  TOK_WORLD_SECRET_SPARE,
          TOK_WORLD_SECRET_SPARE, TOK_WORLD_SECRET_READER, TOK_WORLD_SECRET_WRONG };

  tok_world_sign_in (self->commands, secrets[tok_world_pick (self->world, G_N_ELEMENTS (secrets))]);
}

/* Most of what can be done needs somebody who is signed in. */
static void
sign_in_and_list (Schedule *self)
{
  TokSession *session = self->world->session;

  if (tok_session_get_state (session) == TOK_SESSION_ENDED)
    tok_session_close (session);
  if (tok_session_get_state (session) != TOK_SESSION_SIGNED_OUT)
    return;
  sign_in (self);
  for (guint i = 0; i < 200 && !tok_world_is_listed (self->world); i++)
    tok_world_run (1);
}

static void
change_your_mind (Schedule *self)
{
  tok_session_close (self->world->session);
  sign_in (self);
  tok_world_run (tok_world_pick (self->world, 12));
  tok_world_cancel (self->commands);
}

static void
refresh (Schedule *self)
{
  tok_world_say (self->world, "refresh");
  tok_session_refresh (self->world->session);
}

static void
create (Schedule *self)
{
  tok_world_create (self->commands);
}

static void
replace (Schedule *self)
{
  tok_world_replace (self->commands);
}

static void
revoke_token (Schedule *self)
{
  tok_world_revoke (self->commands, TRUE);
}

static void
revoke_app (Schedule *self)
{
  tok_world_revoke (self->commands, FALSE);
}

static void
revoke_many (Schedule *self)
{
  tok_world_revoke_many (self->commands, tok_world_pick (self->world, 2) == 0);
}

static void
stop_many (Schedule *self)
{
  tok_world_stop_many (self->commands);
}

static void
let_go_of_many (Schedule *self)
{
  tok_world_let_go_of_many (self->commands);
}

static void
cancel (Schedule *self)
{
  tok_world_cancel (self->commands);
}

static void
log_out (Schedule *self)
{
  tok_world_log_out (self->commands);
}

static void
close_session (Schedule *self)
{
  tok_world_say (self->world, "close");
  if (tok_world_pick (self->world, 2) == 0)
    tok_session_close (self->world->session);
  else
    tok_session_sign_out (self->world->session);
}

static void
reconnect (Schedule *self)
{
  tok_world_say (self->world, "reconnect");
  tok_session_reconnect (self->world->session);
}

static void
create_elsewhere (Schedule *self)
{
  g_autofree char *name = tok_world_new_name (self->world);

  if (self->world->is_alone)
    return;
  tok_world_say (self->world, "create elsewhere: %s", name);
  self->world->is_stale = TRUE;
  tok_client_create_token_async (self->world->other, name, TOK_SCOPE_READ, FALSE, NULL, NULL, NULL);
}

static void
delete_elsewhere (Schedule *self)
{
  g_autoptr (TokGrant) grant
      = tok_world_pick_grant (self->world, tok_world_get_store (self->world, TRUE));

  if (grant == NULL || self->world->is_alone)
    return;
  tok_world_say (self->world, "delete elsewhere: %s", tok_grant_get_key (grant));
  self->world->is_stale = TRUE;
  g_hash_table_add (self->world->touched, g_strdup (tok_grant_get_key (grant)));
  tok_client_delete_token_async (self->world->other,
                                 tok_token_get_listed_value (tok_grant_get_token (grant)), NULL,
                                 NULL, NULL);
}

static void
revoke_elsewhere (Schedule *self)
{
  g_autoptr (TokGrant) grant
      = tok_world_pick_grant (self->world, tok_world_get_store (self->world, FALSE));

  if (grant == NULL || self->world->is_alone)
    return;
  tok_world_say (self->world, "revoke elsewhere: %s", tok_grant_get_key (grant));
  self->world->is_stale = TRUE;
  tok_client_revoke_app_async (self->world->other, tok_app_get_app_id (tok_grant_get_app (grant)),
                               NULL, NULL, NULL);
}

static void
stop_service (Schedule *self)
{
  tok_world_say (self->world, "stop the service");
  tok_world_stop (self->world);
}

static void
start_service (Schedule *self)
{
  tok_world_say (self->world, "start the service");
  tok_world_start (self->world);
}

static void
restart_service (Schedule *self)
{
  stop_service (self);
  tok_world_run (tok_world_pick (self->world, 8));
  start_service (self);
}

/* The slowest is slower than what the session waits for. */
static void
slow_down (Schedule *self)
{
  static const guint latencies[] = { 0, 1, 3, 16 };
  guint latency = latencies[tok_world_pick (self->world, G_N_ELEMENTS (latencies))];

  if (self->world->is_alone)
    return;
  tok_world_say (self->world, "latency %u", latency);
  self->world->is_stale = TRUE;
  tok_demo_server_set_latency (self->world->server, latency);
}

static void
limit (Schedule *self)
{
  guint n_calls = 1 + tok_world_pick (self->world, 6);

  tok_world_say (self->world, "limit %u", n_calls);
  tok_demo_server_set_minute (self->world->server, n_calls, 4);
  tok_demo_server_set_limits (self->world->server, TRUE);
}

static void
fail_next (Schedule *self)
{
  static const char *const calls[]
      = { "authorize", "api_token", "api_token", "oauth_apps", "revoke_oauth_app", "logout" };
  const char *call = calls[tok_world_pick (self->world, G_N_ELEMENTS (calls))];
  guint n_codes = 0;
  const char *code;

  while (tok_script_codes[n_codes].code != NULL)
    n_codes++;
  code = tok_script_codes[tok_world_pick (self->world, n_codes)].code;
  tok_world_say (self->world, "the next %s fails: %s", call, code);
  tok_demo_server_fail_next (self->world->server, call, code, code);
}

static void
add_fault (Schedule *self)
{
  static const char *const calls[] = { "authorize",
                                       "api_token",
                                       "api_token.new_token",
                                       "api_token.delete_token",
                                       "oauth_apps",
                                       "revoke_oauth_app",
                                       "logout",
                                       "ping",
                                       "*" };
  static const char *const mishaps[] = { "drop-before",
                                         "drop-after",
                                         "silent-before",
                                         "silent-after",
                                         "close-before:1001",
                                         "close-after:1005",
                                         "close-after:403",
                                         "delay:3",
                                         "delay:12",
                                         "garbage",
                                         "garbage:[]",
                                         "garbage:{}",
                                         "wrong-id:1",
                                         "wrong-id:-1",
                                         "wrong-id",
                                         "no-id",
                                         "twice",
                                         "unsolicited",
                                         "masked",
                                         "half" };
  const char *mishap = mishaps[tok_world_pick (self->world, G_N_ELEMENTS (mishaps))];
  g_autofree char *fault
      = g_strdup_printf ("%s:%u:%s", calls[tok_world_pick (self->world, G_N_ELEMENTS (calls))],
                         1 + tok_world_pick (self->world, 2), mishap);
  g_autoptr (GError) error = NULL;

  if (self->world->is_alone && g_str_has_prefix (mishap, "delay"))
    return;
  tok_world_say (self->world, "fault %s", fault);
  if (g_str_has_prefix (mishap, "delay"))
    self->world->is_late = TRUE;
  tok_demo_server_add_fault (self->world->server, fault, &error);
  g_assert_no_error (error);
}

static void
go_on (Schedule *self)
{
  tok_world_run (tok_world_pick (self->world, 30));
}

static void
nap (Schedule *self)
{
  tok_world_say (self->world, "nap");
  tok_world_nap (1 + tok_world_pick (self->world, 3));
}

static const struct {
  void (*step) (Schedule *self);
  guint weight;
} steps[] = {
  { sign_in, 2 },          { change_your_mind, 1 },
  { refresh, 4 },          { create, 6 },
  { replace, 5 },          { revoke_token, 6 },
  { revoke_app, 6 },       { revoke_many, 5 },
  { stop_many, 1 },        { let_go_of_many, 1 },
  { cancel, 5 },           { log_out, 1 },
  { close_session, 1 },    { reconnect, 2 },
  { create_elsewhere, 1 }, { delete_elsewhere, 3 },
  { revoke_elsewhere, 2 }, { stop_service, 2 },
  { start_service, 4 },    { restart_service, 3 },
  { slow_down, 2 },        { limit, 2 },
  { fail_next, 5 },        { add_fault, 12 },
  { go_on, 16 },           { nap, 1 },
};

static void
take_step (Schedule *self)
{
  guint sum = 0;
  guint n;
  guint i = 0;

  for (guint j = 0; j < G_N_ELEMENTS (steps); j++)
    sum += steps[j].weight;
  n = tok_world_pick (self->world, sum);
  while (n >= steps[i].weight)
    n -= steps[i++].weight;
  if (tok_world_pick (self->world, 4) > 0)
    sign_in_and_list (self);
  steps[i].step (self);
  tok_world_run (tok_world_pick (self->world, 6));
}

/* As somebody does who sees that a list didn't come. */
static gboolean
ask_again (Schedule *self)
{
  TokSession *session = self->world->session;

  if (tok_session_get_state (session) == TOK_SESSION_READY && tok_world_has_list_error (self->world)
      && !tok_grant_store_get_loading (tok_world_get_store (self->world, TRUE))
      && !tok_grant_store_get_loading (tok_world_get_store (self->world, FALSE)))
    tok_session_refresh (session);
  return TRUE;
}

static gboolean
is_at_rest (TokSession *session)
{
  switch (tok_session_get_state (session)) {
  case TOK_SESSION_SIGNED_OUT:
  case TOK_SESSION_ENDED:
    return TRUE;
  case TOK_SESSION_READY:
    return !tok_grant_store_get_loading (tok_session_get_tokens (session))
           && !tok_grant_store_get_loading (tok_session_get_apps (session));
  default:
    return FALSE;
  }
}

static void
wait_for_rest (Schedule *self)
{
  tok_test_wait_until (is_at_rest (self->world->session));
}

/* The service is well: what is under way ends, and a lost connection comes back by itself. */
static void
let_all_end (Schedule *self)
{
  tok_world_say (self->world, "all is well");
  tok_world_calm (self->world);
  tok_test_wait_until (ask_again (self) && !tok_world_is_busy (self->commands));
  wait_for_rest (self);
}

/* Signs in if need be, and asks for the lists until they come. */
static void
bring_up_to_date (Schedule *self)
{
  TokSession *session = self->world->session;
  guint n_attempts = 0;

  do {
    g_assert_cmpuint (n_attempts++, <, MAX_ATTEMPTS);
    wait_for_rest (self);
    if (tok_session_get_state (session) == TOK_SESSION_ENDED)
      tok_session_close (session);
    if (tok_session_get_state (session) == TOK_SESSION_SIGNED_OUT) {
      tok_world_sign_in (self->commands, TOK_WORLD_SECRET_SAFE);
      tok_test_wait_until (!tok_world_is_busy (self->commands));
    } else {
      refresh (self);
    }
    wait_for_rest (self);
  } while (tok_session_get_state (session) != TOK_SESSION_READY
           || tok_world_has_list_error (self->world));
}

static void
assert_token (TokGrant *grant, TokToken *token)
{
  TokToken *listed = tok_grant_get_token (grant);

  g_assert_cmpstr (tok_token_get_name (listed), ==, tok_token_get_name (token));
  g_assert_cmpstr (tok_token_get_listed_value (listed), ==, tok_token_get_listed_value (token));
  g_assert_cmpint (tok_token_get_scopes (listed), ==, tok_token_get_scopes (token));
}

static void
assert_app (TokGrant *grant, TokApp *app)
{
  TokApp *listed = tok_grant_get_app (grant);

  g_assert_cmpint (tok_app_get_app_id (listed), ==, tok_app_get_app_id (app));
  g_assert_cmpstr (tok_app_get_name (listed), ==, tok_app_get_name (app));
  g_assert_cmpint (tok_app_get_scopes (listed), ==, tok_app_get_scopes (app));
}

/* What isn't gone is what the service has, in its order; and nothing is going on with it. */
static void
assert_lists (TokGrantStore *store, GPtrArray *rows, gboolean is_tokens)
{
  guint n = 0;

  g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_LISTED);
  g_assert_cmpuint (tok_grant_store_get_n_listed (store), ==, rows->len);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (G_LIST_MODEL (store), i);

    g_assert_cmpint (tok_grant_get_state (grant), !=, TOK_GRANT_WORKING);
    if (tok_grant_get_state (grant) == TOK_GRANT_GONE)
      continue;
    g_assert_cmpuint (n, <, rows->len);
    if (is_tokens)
      assert_token (grant, rows->pdata[n++]);
    else
      assert_app (grant, rows->pdata[n++]);
  }
  g_assert_cmpuint (n, ==, rows->len);
}

static void
assert_true_lists (Schedule *self, GPtrArray *tokens, GPtrArray *apps)
{
  TokScopes scopes = tok_account_get_scopes (tok_session_get_account (self->world->session));
  TokGrantStore *store = tok_world_get_store (self->world, TRUE);

  if (scopes & TOK_SCOPE_ADMIN)
    assert_lists (store, tokens, TRUE);
  else
    g_assert_cmpint (tok_grant_store_get_state (store), ==, TOK_GRANT_STORE_NO_SCOPE);
  assert_lists (tok_world_get_store (self->world, FALSE), apps, FALSE);
}

/* What the service has put off is never done. */
static void
forget_what_is_late (Schedule *self)
{
  if (!self->world->is_stale && !self->world->is_late)
    return;
  restart_service (self);
  wait_for_rest (self);
}

/* What nobody else has done the session knows without being asked to look. */
static void
look_for_yourself (Schedule *self)
{
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (GPtrArray) apps = NULL;

  forget_what_is_late (self);
  tok_world_ask (self->world, &tokens, &apps);
  tok_world_assert_claims (self->commands, tokens, apps);
  if (!self->world->is_stale && tok_session_get_state (self->world->session) == TOK_SESSION_READY
      && !tok_world_has_list_error (self->world)) {
    tok_world_say (self->world, "the lists as they are");
    assert_true_lists (self, tokens, apps);
  }
  bring_up_to_date (self);
  tok_world_say (self->world, "the lists as they were asked for");
  assert_true_lists (self, tokens, apps);
}

/* Nobody waits for the service to be well: whatever was under way ends with the session. */
static void
break_off (Schedule *self)
{
  tok_world_say (self->world, "break off");
  tok_world_let_go_of_many (self->commands);
  tok_session_close (self->world->session);
  tok_test_wait_until (!tok_world_is_busy (self->commands));
}

static void
play (guint32 seed)
{
  TokWorld *world;
  Schedule schedule;

  g_string_printf (trace, "# TOK_SEED=%u plays this:\n", seed);
  world = tok_world_new (seed, trace);
  schedule = (Schedule){ world, tok_world_commands_new (world) };
  for (guint n = MIN_STEPS + tok_world_pick (world, MAX_STEPS - MIN_STEPS); n > 0; n--)
    take_step (&schedule);

  if (tok_world_pick (world, 5) == 0) {
    break_off (&schedule);
  } else {
    let_all_end (&schedule);
    look_for_yourself (&schedule);
  }
  tok_world_say (world, "nothing is left");
  tok_session_close (world->session);
  g_assert_cmpuint (tok_client_get_n_pending (tok_world_get_client (world)), ==, 0);
  tok_world_commands_free (schedule.commands);
  tok_world_free (world);
}

/* Which schedules: the first, and how many. */
static guint32 range[2] = { 1, 1000 };

static void
test_block (gconstpointer data)
{
  guint block = GPOINTER_TO_UINT (data);
  guint32 first = range[0] + range[1] * block / N_BLOCKS;
  guint32 end = range[0] + range[1] * (block + 1) / N_BLOCKS;

  for (guint32 seed = first; seed < end; seed++)
    play (seed);
}

static void
on_abort (int signal_number)
{
  ssize_t written = write (STDERR_FILENO, trace->str, trace->len);

  (void) written;
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

int
main (int argc, char *argv[])
{
  const char *seed = g_getenv ("TOK_SEED");

  tok_test_init (&argc, &argv);
  trace = g_string_new (NULL);
  signal (SIGABRT, on_abort);
  signal (SIGTRAP, on_abort);
  for (int i = 1; i < MIN (argc, 3); i++)
    range[i - 1] = (guint32) g_ascii_strtoull (argv[i], NULL, 10);

  if (seed != NULL) {
    play ((guint32) g_ascii_strtoull (seed, NULL, 10));
    g_printerr ("%s", trace->str);
    return EXIT_SUCCESS;
  }
  for (guint i = 0; i < N_BLOCKS; i++) {
    g_autofree char *path = g_strdup_printf ("/schedules/%u", i);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_block);
  }
  return g_test_run ();
}
