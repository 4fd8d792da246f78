/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-accounts.h"
#include "tok-activity.h"
#include "tok-bulk-words.h"
#include "tok-bulk.h"
#include "tok-error.h"
#include "tok-faults.h"
#include "tok-outcomes.h"
#include "tok-sentence.h"
#include "tok-settings.h"
#include "tok-stage.h"
#include "tok-test.h"
#include "tok-token-probe.h"
#include "tok-token.h"

/* Every way in which a call can end, for every command that makes it: where the session stands
 * then, what the lists show, how often it was sent, and what the owner is told. That is in
 * golden/wire-table, a file for each command. With TOK_WRITE_GOLDEN in the environment they are
 * written anew instead of compared: read each line, it is what somebody will see. */

#define NEVER_ANSWERED 300 /* milliseconds: long enough for a loaded machine to answer the rest */

/* One command that meets one fault. */
typedef struct {
  TokStage *stage;
  TokGoodService *service;
  GString *path; /* the states of the session since it began */
  GString *told; /* what was shown on the way */
  GAsyncResult *result;
  TokGrant *grant;
  TokBulk *bulk;
  TokAccounts *accounts;
  TokTokenProbe *probe;
  guint n_connections;
} Case;

typedef struct {
  const char *name;
  const char *call;
  guint skip;
  gboolean is_change;     /* whether it may be done though the answer doesn't say so */
  gboolean is_signed_out; /* whether it begins with nobody signed in */
  gboolean asks;          /* whether it ends with a result */
  void (*begin) (Case *self);
  void (*describe) (Case *self, GString *text);
} Command;

typedef struct {
  const Command *command;
  TokFault fault;
  gboolean is_done;
  gboolean is_before; /* the connection is lost before it is sent, and comes back */
} Row;

static GHashTable *tables; /* by command: TokOutcomes */

static const char *
name_state (TokSession *session)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (TOK_TYPE_SESSION_STATE);

  return g_enum_get_value (states, tok_session_get_state (session))->value_nick;
}

static void
on_state_changed (Case *self)
{
  g_string_append_printf (self->path, " > %s", name_state (self->stage->session));
}

static void
tell (Case *self, const char *where, const GError *error)
{
  g_autofree char *line = NULL;

  if (error == NULL)
    return;
  line = g_strdup_printf ("%s: “%s”\n", where, tok_sentence_from_error (error));
  if (strstr (self->told->str, line) == NULL)
    g_string_append (self->told, line);
}

static void
on_session_error (Case *self)
{
  tell (self, "session", tok_session_get_error (self->stage->session));
}

static void
on_tokens_error (Case *self)
{
  tell (self, "tokens", tok_grant_store_get_error (self->stage->tokens));
}

static void
on_apps_error (Case *self)
{
  tell (self, "apps", tok_grant_store_get_error (self->stage->apps));
}

/* What is asked for. */

static void
begin_sign_in (Case *self)
{
  tok_session_sign_in_async (self->stage->session, TOK_SCRIPT_TOKEN, NULL, tok_test_on_ready,
                             &self->result);
}

static void
begin_come_back (Case *self)
{
  tok_raw_peer_hang_up (self->stage->peer);
}

static void
begin_refresh (Case *self)
{
  tok_session_refresh (self->stage->session);
}

static void
begin_create (Case *self)
{
  tok_session_create_token_async (self->stage->session, TOK_GOOD_SERVICE_MADE, TOK_SCOPE_READ,
                                  FALSE, NULL, tok_test_on_ready, &self->result);
}

static void
begin_replace (Case *self)
{
  tok_session_replace_token_async (self->stage->session, tok_stage_nth (self->stage->tokens, 0),
                                   TOK_GOOD_SERVICE_MADE, TOK_SCOPE_READ, FALSE, NULL,
                                   tok_test_on_ready, &self->result);
}

static void
begin_revoke_of (Case *self, TokGrantStore *store)
{
  self->grant = g_object_ref (tok_stage_nth (store, 0));
  tok_session_revoke_async (self->stage->session, self->grant, NULL, tok_test_on_ready,
                            &self->result);
}

static void
begin_delete (Case *self)
{
  begin_revoke_of (self, self->stage->tokens);
}

static void
begin_revoke (Case *self)
{
  begin_revoke_of (self, self->stage->apps);
}

static void
begin_log_out (Case *self)
{
  tok_session_log_out_async (self->stage->session, NULL, tok_test_on_ready, &self->result);
}

static void
begin_probe (Case *self)
{
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  TokTimes times = tok_script_times;

  times.request_timeout = NEVER_ANSWERED;
  self->accounts = tok_accounts_new (NULL, settings, &times);
  self->probe
      = tok_token_probe_new (self->accounts, tok_raw_peer_get_address (self->stage->peer), FALSE);
  tok_token_probe_run_async (self->probe, TOK_SCRIPT_TOKEN, NULL, tok_test_on_ready, &self->result);
}

static void
begin_bulk (Case *self)
{
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (grants, g_object_ref (tok_stage_nth (self->stage->apps, i)));
  self->bulk = tok_bulk_new (self->stage->session, grants);
  tok_bulk_start (self->bulk);
}

static void
begin_activity (Case *self)
{
  tok_activity_load (tok_session_get_activity (self->stage->session));
}

/* What came of it. */

static void
describe_sign_in (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;

  if (tok_session_sign_in_finish (self->stage->session, self->result, &error))
    g_string_append (text, "signed in\n");
  else
    g_string_append_printf (text, "“%s”\n", tok_sentence_from_error (error));
}

/* A secret comes with the answer, or never. */
static void
describe_made (GString *text, TokToken *token, char *sentence)
{
  g_autofree char *owned = sentence;

  if (token != NULL) {
    g_assert_cmpstr (tok_token_get_listed_value (token), ==, TOK_GOOD_SERVICE_SECRET);
    g_string_append (text, "made, with its secret\n");
  } else {
    g_string_append_printf (text, "“%s”\n", sentence);
  }
}

static void
describe_create (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token
      = tok_session_create_token_finish (self->stage->session, self->result, &error);

  describe_made (text, token, error != NULL ? tok_sentence_for_failed_create (error) : NULL);
  /* Never twice, whatever happens. */
  g_assert_cmpuint (tok_good_service_count (self->service, "new_token"), <=, 1);
}

static void
describe_replace (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokToken) token
      = tok_session_replace_token_finish (self->stage->session, self->result, &error);

  describe_made (text, token, error != NULL ? tok_sentence_for_failed_replace (error) : NULL);
  g_assert_cmpuint (tok_good_service_count (self->service, "new_token"), <=, 1);
}

static const char *
name_grant_state (TokGrant *grant)
{
  static const char *const names[] = {
    [TOK_GRANT_IDLE] = "idle",
    [TOK_GRANT_WORKING] = "working",
    [TOK_GRANT_FAILED] = "failed",
    [TOK_GRANT_GONE] = "gone",
  };

  return names[tok_grant_get_state (grant)];
}

/* What the row shows in the end may be more than the command could know. */
static void
describe_revoke (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text, "row: %s\n", name_grant_state (self->grant));
  if (tok_session_revoke_finish (self->stage->session, self->result, &error)) {
    g_string_append (text, "taken away\n");
    g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_GONE);
  } else {
    g_autofree char *sentence
        = tok_sentence_for_failed_revoke (error, tok_grant_get_token (self->grant) != NULL);

    g_string_append_printf (text, "“%s”\n", sentence);
  }
}

static void
describe_log_out (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;

  if (tok_session_log_out_finish (self->stage->session, self->result, &error)) {
    g_string_append (text, "logged out\n");
  } else {
    g_autofree char *sentence = tok_sentence_for_failed_log_out (error);

    g_string_append_printf (text, "“%s”\n", sentence);
  }
}

static void
describe_probe (Case *self, GString *text)
{
  g_autoptr (GError) error = NULL;

  if (!tok_token_probe_run_finish (self->probe, self->result, &error))
    g_string_append_printf (text, "“%s”\n", tok_sentence_from_error (error));
  else
    g_string_append_printf (text, "works; %s\n",
                            tok_token_probe_get_grant (self->probe) != NULL ? "found in the list"
                            : tok_token_probe_get_has_list (self->probe)    ? "not in the list"
                                                                            : "without a list");
}

static void
describe_bulk (Case *self, GString *text)
{
  static const char *const outcomes[] = {
    [TOK_BULK_NOT_TRIED] = "not tried",
    [TOK_BULK_GONE] = "gone",
    [TOK_BULK_FAILED] = "failed",
    [TOK_BULK_UNCONFIRMED] = "unconfirmed",
  };

  for (guint i = 0; i < tok_bulk_get_n_items (self->bulk); i++) {
    g_autofree char *reason = tok_bulk_words_dup_reason (self->bulk, i);

    g_string_append_printf (text, "%u: %s", i + 1,
                            outcomes[tok_bulk_get_outcome (self->bulk, i, NULL)]);
    if (reason != NULL)
      g_string_append_printf (text, ", “%s”", reason);
    g_string_append_c (text, '\n');
  }
}

static void
describe_activity (Case *self, GString *text)
{
  static const char *const states[] = {
    [TOK_ACTIVITY_NEW] = "unknown",   [TOK_ACTIVITY_LOADING] = "on its way",
    [TOK_ACTIVITY_LOADED] = "known",  [TOK_ACTIVITY_FAILED] = "failed",
    [TOK_ACTIVITY_NO_SCOPE] = "none",
  };
  TokActivity *activity = tok_session_get_activity (self->stage->session);
  const GError *error = tok_activity_get_error (activity);

  g_string_append_printf (text, "activity: %s\n", states[tok_activity_get_state (activity)]);
  if (error != NULL)
    g_string_append_printf (text, "“%s”\n", tok_sentence_from_error (error));
}

static void
describe_nothing (Case *self, GString *text)
{
}

static const Command commands[] = {
  { "sign-in", "authorize", 0, FALSE, TRUE, TRUE, begin_sign_in, describe_sign_in },
  { "come-back", "authorize", 0, FALSE, FALSE, FALSE, begin_come_back, describe_nothing },
  { "list-tokens", "api_token", 0, FALSE, FALSE, FALSE, begin_refresh, describe_nothing },
  { "list-apps", "oauth_apps", 0, FALSE, FALSE, FALSE, begin_refresh, describe_nothing },
  { "create", "new_token", 0, TRUE, FALSE, TRUE, begin_create, describe_create },
  { "replace", "new_token", 0, TRUE, FALSE, TRUE, begin_replace, describe_replace },
  { "delete", "delete_token", 0, TRUE, FALSE, TRUE, begin_delete, describe_revoke },
  { "revoke", "revoke_oauth_app", 0, TRUE, FALSE, TRUE, begin_revoke, describe_revoke },
  { "bulk", "revoke_oauth_app", 1, TRUE, FALSE, FALSE, begin_bulk, describe_bulk },
  { "log-out", "logout", 0, FALSE, FALSE, TRUE, begin_log_out, describe_log_out },
  { "probe", "authorize", 0, FALSE, TRUE, TRUE, begin_probe, describe_probe },
  { "probe-list", "api_token", 0, FALSE, TRUE, TRUE, begin_probe, describe_probe },
  { "activity", "profit_table", 0, FALSE, FALSE, FALSE, begin_activity, describe_activity },
  { "status", "website_status", 0, FALSE, TRUE, TRUE, begin_sign_in, describe_sign_in },
};

static gboolean
is_signed_in (Case *self)
{
  return tok_session_get_state (self->stage->session) == TOK_SESSION_READY
         && tok_grant_store_get_n_listed (self->stage->tokens) == 3
         && tok_grant_store_get_n_listed (self->stage->apps) == 3
         && tok_session_get_site_status (self->stage->session) == TOK_SITE_UP;
}

static void
sign_in (Case *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  begin_sign_in (self);
  tok_test_wait_until (tok_good_service_serve (self->service) && self->result != NULL);
  result = g_steal_pointer (&self->result);
  g_assert_true (tok_session_sign_in_finish (self->stage->session, result, NULL));
  tok_test_wait_until (tok_good_service_serve (self->service) && is_signed_in (self)
                       && tok_session_get_own_token (self->stage->session) != NULL);
}

/* Nothing is on its way, and nothing comes by itself. */
static gboolean
is_calm (Case *self)
{
  TokSession *session = self->stage->session;
  TokSessionState state = tok_session_get_state (session);

  if (self->bulk != NULL && tok_bulk_get_state (self->bulk) != TOK_BULK_DONE)
    return FALSE;
  return state != TOK_SESSION_OFFLINE && state != TOK_SESSION_CONNECTING
         && tok_session_get_seconds_left (session) == 0
         && !tok_grant_store_get_loading (self->stage->tokens)
         && !tok_grant_store_get_loading (self->stage->apps)
         && !tok_activity_get_loading (tok_session_get_activity (session));
}

/* Whoever is still signed in and has lost the connection has got another one. */
static gboolean
is_through (Case *self, const Row *row)
{
  TokSessionState state = tok_session_get_state (self->stage->session);
  gboolean ends = row->fault.is_end && !row->is_before;

  if (!tok_good_service_get_is_spoiled (self->service) && !row->is_before)
    return FALSE;
  if (row->command->asks && self->result == NULL)
    return FALSE;
  return state != TOK_SESSION_READY || !(ends || row->is_before)
         || tok_raw_peer_get_n_connections (self->stage->peer) > self->n_connections;
}

static void
wait_for_the_end (Case *self, const Row *row)
{
  tok_test_wait_until (tok_good_service_serve (self->service) && is_through (self, row)
                       && is_calm (self));
  /* What has been heard is dealt with when something that was asked afterwards is answered. */
  for (guint i = 0; i < 2 && tok_session_get_state (self->stage->session) == TOK_SESSION_READY;
       i++) {
    guint n = tok_good_service_count (self->service, "oauth_apps");

    tok_session_refresh (self->stage->session);
    tok_test_wait_until (tok_good_service_serve (self->service)
                         && (tok_good_service_count (self->service, "oauth_apps") > n
                             || tok_session_get_state (self->stage->session) == TOK_SESSION_ENDED)
                         && is_calm (self));
  }
}

static char *
describe (Case *self, const Row *row)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s; sent %u\n", self->path->str,
                          tok_good_service_count (self->service, row->command->call));
  g_string_append_printf (text, "lists: %u tokens, %u apps\n",
                          tok_grant_store_get_n_listed (self->stage->tokens),
                          tok_grant_store_get_n_listed (self->stage->apps));
  row->command->describe (self, text);
  g_string_append (text, self->told->str);
  return g_string_free (text, FALSE);
}

static void
note (const Row *row, const char *text)
{
  g_autofree char *name = g_strconcat (row->fault.name, row->is_done ? " (done)" : "", NULL);
  TokOutcomes *outcomes = g_hash_table_lookup (tables, row->command->name);

  if (outcomes == NULL) {
    outcomes = tok_outcomes_new ();
    g_hash_table_insert (tables, (gpointer) row->command->name, outcomes);
  }
  tok_outcomes_add (outcomes, text, name);
}

static void
begin (Case *self, const Row *row)
{
  TokSession *session = self->stage->session;

  self->n_connections = tok_raw_peer_get_n_connections (self->stage->peer);
  g_string_append (self->path, name_state (session));
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (on_state_changed), self);
  g_signal_connect_swapped (session, "notify::error", G_CALLBACK (on_session_error), self);
  g_signal_connect_swapped (self->stage->tokens, "notify::error", G_CALLBACK (on_tokens_error),
                            self);
  g_signal_connect_swapped (self->stage->apps, "notify::error", G_CALLBACK (on_apps_error), self);
  if (row->is_before) {
    tok_raw_peer_hang_up (self->stage->peer);
    tok_test_wait_until (tok_session_get_state (session) == TOK_SESSION_OFFLINE);
  } else {
    tok_good_service_spoil (self->service, row->command->call, row->command->skip, row->fault.spoil,
                            (gpointer) &row->fault, row->is_done);
  }
  row->command->begin (self);
}

static void
end (Case *self)
{
  g_signal_handlers_disconnect_by_data (self->stage->session, self);
  g_signal_handlers_disconnect_by_data (self->stage->tokens, self);
  g_signal_handlers_disconnect_by_data (self->stage->apps, self);
  g_clear_object (&self->result);
  g_clear_object (&self->grant);
  g_clear_object (&self->bulk);
  g_clear_object (&self->probe);
  g_clear_object (&self->accounts);
  tok_good_service_free (self->service);
  g_string_free (self->path, TRUE);
  g_string_free (self->told, TRUE);
}

static void
test_row (TokStage *stage, gconstpointer data)
{
  const Row *row = data;
  Case self = { .stage = stage };
  TokTimes times = tok_script_times;
  g_autofree char *text = NULL;

  times.reconnect_first = times.reconnect_longest = 1;
  if (row->fault.is_silent)
    times.request_timeout = NEVER_ANSWERED;
  tok_stage_use_times (stage, &times);
  self.service = tok_good_service_new (stage->peer);
  self.path = g_string_new (NULL);
  self.told = g_string_new (NULL);
  if (!row->command->is_signed_out)
    sign_in (&self);
  begin (&self, row);
  if (row->fault.is_silent && !row->is_before) {
    tok_test_wait_until (tok_good_service_serve (self.service) && is_through (&self, row)
                         && is_calm (&self));
    tok_good_service_answer_late (self.service);
  }
  wait_for_the_end (&self, row);
  text = describe (&self, row);
  g_assert_null (strstr (text, TOK_SCRIPT_TOKEN));
  g_assert_null (strstr (text, TOK_GOOD_SERVICE_SECRET));
  note (row, text);
  end (&self);
}

static void
test_golden (gconstpointer data)
{
  const Command *command = data;
  g_autofree char *file = g_strconcat (command->name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "wire-table", file, NULL);
  TokOutcomes *outcomes = g_hash_table_lookup (tables, command->name);

  if (outcomes != NULL)
    tok_outcomes_assert_golden (outcomes, path);
  else
    g_test_skip ("Its rows were not tested.");
}

static void
add_row (GPtrArray *rows, const Command *command, const TokFault *fault, gboolean is_done)
{
  Row *row = g_new0 (Row, 1);
  g_autofree char *path = g_strconcat ("/wire-table/", command->name, NULL);
  g_autofree char *name = g_strconcat (fault->name, is_done ? "-done" : "", NULL);

  *row = (Row){ command, *fault, is_done, g_str_equal (fault->name, "lost-before") };
  g_ptr_array_add (rows, row);
  tok_stage_add_case (path, name, row, test_row);
}

static void
add_command (GPtrArray *rows, GArray *faults, const Command *command)
{
  static const TokFault lost_before = { .name = "lost-before", .is_end = TRUE };
  g_autofree char *path = g_strconcat ("/wire-table/", command->name, "/golden", NULL);

  for (guint i = 0; i < faults->len; i++) {
    const TokFault *fault = &g_array_index (faults, TokFault, i);

    add_row (rows, command, fault, FALSE);
    if (command->is_change && fault->may_be_done)
      add_row (rows, command, fault, TRUE);
  }
  if (!command->is_signed_out && command->begin != begin_come_back)
    add_row (rows, command, &lost_before, FALSE);
  g_test_add_data_func (path, command, test_golden);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) faults = tok_faults_list ();
  int status;

  tok_test_init (&argc, &argv);

  tables
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tok_outcomes_free);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    add_command (rows, faults, &commands[i]);
  status = g_test_run ();
  g_hash_table_unref (tables);
  return status;
}
