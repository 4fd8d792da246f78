/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-gate.h"

#include "tok-demo-limits.h"
#include "tok-demo-stream.h"
#include "tok-demo-work.h"

/* More than anybody can send, and nothing that could overflow. */
#define NO_LIMIT_PER_MINUTE 1000000
#define NO_LIMIT_PER_HOUR (60 * NO_LIMIT_PER_MINUTE)

struct _TokDemoGate {
  TokDemoOwner *owner;
  TokDemoLog *log;
  TokDemoLimits *limits;
  gboolean limited;
  gboolean masks;
  gboolean updating;
  gsize max_answer;
  GHashTable *n_calls;
  TokDemoFaults *faults;
};

/* Step 6. */
static TokDemoFault *
check_limits (TokDemoGate *self, const TokDemoSession *session, const TokDemoRequest *request)
{
  g_autofree char *caller = tok_demo_session_dup_caller (session);

  if (!self->limited || request->call->flags & TOK_DEMO_CALL_UNLIMITED)
    return NULL;
  if (tok_demo_limits_count (self->limits, caller, g_get_monotonic_time ()))
    return NULL;
  return tok_demo_fault_new ("RateLimit", "You have reached the rate limit for %s.",
                             request->call->name);
}

/* Step 7. */
static TokDemoFault *
check_members (TokDemoRequest *request)
{
  g_autoptr (JsonObject) sent = g_steal_pointer (&request->members);
  TokDemoFault *fault = NULL;

  request->members = tok_demo_calls_check (request->call, sent, &fault);
  if (fault != NULL)
    request->members = g_steal_pointer (&sent);
  return fault;
}

static gboolean
names_other_login (const TokDemoRequest *request)
{
  JsonNode *node = json_object_get_member (request->members, "loginid");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && g_strcmp0 (json_node_get_string (node), request->token->login_id) != 0;
}

/* Step 8. A login id that this session isn't signed in to is as good as none. */
static TokDemoFault *
check_login (const TokDemoRequest *request)
{
  if (!(request->call->flags & TOK_DEMO_CALL_LOGIN))
    return NULL;
  if (request->token != NULL && !names_other_login (request))
    return NULL;
  return tok_demo_fault_new ("AuthorizationRequired", "Please log in.");
}

/* Step 9. */
static TokDemoFault *
check_scopes (const TokDemoRequest *request)
{
  TokScopes scopes = request->call->scopes;
  g_auto (GStrv) ids = tok_scopes_to_ids (scopes);
  g_autofree char *names = g_strjoinv (" or ", ids);

  if (scopes == TOK_SCOPE_NONE || request->token->scopes & scopes)
    return NULL;
  return tok_demo_fault_new ("PermissionDenied", "Permission denied, requires %s scope.", names);
}

/* Step 10. Whoever isn't signed in has no token that could be invalid. */
static TokDemoFault *
check_back_end (const TokDemoSession *session, const TokDemoRequest *request)
{
  if (request->call->flags & TOK_DEMO_CALL_GATEWAY)
    return NULL;
  if (!tok_demo_session_knows_app (session))
    return tok_demo_fault_new ("InvalidAppID", "Your app_id is invalid.");
  if (request->call->flags & TOK_DEMO_CALL_LOGIN && request->token->gone)
    return tok_demo_fault_new ("InvalidToken", "The token is invalid.");
  return NULL;
}

/* Whoever listens to a balance is logged out when the token goes (PROTOCOL 3.3). */
static void
end_balance_stream (TokDemoSession *session)
{
  if (session->token == NULL || !session->token->gone
      || tok_demo_stream_find (session->streams, "balance") == NULL)
    return;
  tok_demo_session_set_token (session, NULL);
  g_ptr_array_set_size (session->streams, 0);
}

static void
count_call (TokDemoGate *self, const char *name)
{
  guint n_calls = tok_demo_gate_get_n_calls (self, name);

  /* The names are those of the table of calls, and outlive us. */
  g_hash_table_insert (self->n_calls, (gpointer) name, GUINT_TO_POINTER (n_calls + 1));
}

static TokDemoSite
get_site (TokDemoGate *self)
{
  TokDemoSite site = { self->updating, NO_LIMIT_PER_MINUTE, NO_LIMIT_PER_HOUR };

  if (self->limited) {
    site.per_minute = tok_demo_limits_get_per_minute (self->limits);
    site.per_hour = TOK_DEMO_CALLS_PER_HOUR;
  }
  return site;
}

/* Steps 10 and 11. */
static TokDemoOutcome *
work (TokDemoGate *self, TokDemoSession *session, TokDemoRequest *request)
{
  const TokDemoSite site = get_site (self);
  TokDemoWork work = { self->owner, session, request, self->masks, &site };
  g_autoptr (TokDemoFault) fault = check_back_end (session, request);
  g_autoptr (JsonNode) data = NULL;
  const TokDemoMishap *mishap
      = fault == NULL && !request->delayed ? tok_demo_faults_take (self->faults, request) : NULL;
  TokDemoOutcome *outcome;

  if (mishap != NULL && (mishap->before || mishap->kind == TOK_DEMO_MISHAP_DELAY))
    return tok_demo_outcome_new_not_done (mishap);
  if (mishap != NULL && mishap->kind == TOK_DEMO_MISHAP_ERROR)
    fault = tok_demo_fault_new (mishap->code, "%s", mishap->text);
  if (fault == NULL)
    data = tok_demo_work_do (&work, &fault);
  /* What isn't kept must not be taken for done. */
  if (!tok_demo_owner_settle (self->owner) && fault == NULL)
    fault = tok_demo_fault_new ("InternalServerError",
                                "Sorry, an error occurred while processing your request.");

  if (mishap != NULL && mishap->kind == TOK_DEMO_MISHAP_WRONG_ID)
    request->id_offset = mishap->number;
  request->hides_id = mishap != NULL && mishap->kind == TOK_DEMO_MISHAP_NO_ID;
  outcome = fault != NULL ? tok_demo_outcome_new_refused (request, fault)
                          : tok_demo_outcome_new_done (request, g_steal_pointer (&data));
  outcome->mishap = mishap;
  return outcome;
}

static void
write_log (TokDemoGate *self,
           const TokDemoSession *session,
           const TokDemoRequest *request,
           const TokDemoOutcome *outcome)
{
  const char *fault = outcome->mishap != NULL ? outcome->mishap->name : NULL;
  const char *what = outcome->code != NULL     ? outcome->code
                     : outcome->answer != NULL ? TOK_DEMO_LOG_DONE
                                               : TOK_DEMO_LOG_NOT_DONE;

  if (self->log != NULL)
    tok_demo_log_write (self->log, session, request, what, fault);
}

/**
 * tok_demo_gate_new:
 * @owner: (transfer none): Whom the calls are about; outlives the gate.
 *
 * Returns: (transfer full): A gate that limits rates and masks tokens.
 */
TokDemoGate *
tok_demo_gate_new (TokDemoOwner *owner)
{
  TokDemoGate *self = g_new0 (TokDemoGate, 1);

  self->owner = owner;
  self->limits = tok_demo_limits_new ();
  self->limited = TRUE;
  self->masks = TRUE;
  self->max_answer = TOK_DEMO_MAX_ANSWER;
  self->n_calls = g_hash_table_new (g_str_hash, g_str_equal);
  self->faults = tok_demo_faults_new ();
  return self;
}

/**
 * tok_demo_gate_free:
 * @self: (transfer full): A gate.
 */
void
tok_demo_gate_free (TokDemoGate *self)
{
  tok_demo_limits_free (self->limits);
  g_hash_table_unref (self->n_calls);
  tok_demo_faults_free (self->faults);
  g_clear_pointer (&self->log, tok_demo_log_free);
  g_free (self);
}

/**
 * tok_demo_gate_set_limits:
 * @self: A gate.
 * @limits: Whether the rate of calls is limited (PROTOCOL 3.2).
 */
void
tok_demo_gate_set_limits (TokDemoGate *self, gboolean limits)
{
  self->limited = limits;
}

/**
 * tok_demo_gate_set_minute:
 * @self: A gate.
 * @n_calls: How many calls are let in.
 * @length: In how long, in microseconds.
 *
 * Takes another limit in place of that for a minute.
 */
void
tok_demo_gate_set_minute (TokDemoGate *self, guint n_calls, gint64 length)
{
  tok_demo_limits_set_minute (self->limits, n_calls, length);
}

/**
 * tok_demo_gate_set_masks:
 * @self: A gate.
 * @masks: Whether lists show masks, or the secrets as older back ends do (PROTOCOL 2.4).
 */
void
tok_demo_gate_set_masks (TokDemoGate *self, gboolean masks)
{
  self->masks = masks;
}

/**
 * tok_demo_gate_set_max_answer:
 * @self: A gate.
 * @max_answer: How many bytes an answer may have, where that is not as PROTOCOL 1.2 has it.
 */
void
tok_demo_gate_set_max_answer (TokDemoGate *self, gsize max_answer)
{
  self->max_answer = max_answer;
}

/**
 * tok_demo_gate_set_log:
 * @self: A gate without a log.
 * @log: (transfer full): Where to write down each call.
 */
void
tok_demo_gate_set_log (TokDemoGate *self, TokDemoLog *log)
{
  g_return_if_fail (self->log == NULL);

  self->log = log;
}

/**
 * tok_demo_gate_set_updating:
 * @self: A gate.
 * @updating: Whether the service says that it is about to drop its connections.
 */
void
tok_demo_gate_set_updating (TokDemoGate *self, gboolean updating)
{
  self->updating = updating;
}

/**
 * tok_demo_gate_dup_status:
 * @self: A gate.
 * @session: A connection.
 *
 * Returns: (transfer full) (nullable): What is to be sent to those who want to hear of the status
 *   of the service again; %NULL if this connection doesn't.
 */
char *
tok_demo_gate_dup_status (TokDemoGate *self, const TokDemoSession *session)
{
  const TokDemoStream *stream = tok_demo_stream_find (session->streams, "website_status");
  const TokDemoSite site = get_site (self);

  if (stream == NULL)
    return NULL;
  return tok_demo_request_answer (stream->request, tok_demo_site_describe (&site));
}

/**
 * tok_demo_gate_get_faults:
 * @self: A gate.
 *
 * Returns: (transfer none): What goes wrong with calls that have passed every check.
 */
TokDemoFaults *
tok_demo_gate_get_faults (TokDemoGate *self)
{
  return self->faults;
}

/**
 * tok_demo_gate_get_n_calls:
 * @self: A gate.
 * @name: The name of a call.
 *
 * Returns: How often it was asked for, whatever came of it.
 */
guint
tok_demo_gate_get_n_calls (TokDemoGate *self, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->n_calls, name));
}

/**
 * tok_demo_gate_admit:
 * @self: A gate.
 * @session: Who sends.
 * @text: (array length=length): What was sent.
 * @length: How many bytes.
 *
 * Takes a message through steps 2 to 9 of PROTOCOL 1.4. What the sender is signed in with is
 * what it was when the message came: whoever sends a call right behind `authorize` is not signed
 * in yet (PROTOCOL 1.3).
 *
 * Returns: (transfer full) (nullable): What to perform when its time has come, or %NULL if the
 *   connection is to be closed without an answer.
 */
TokDemoRequest *
tok_demo_gate_admit (TokDemoGate *self, TokDemoSession *session, const char *text, gsize length)
{
  g_autoptr (TokDemoRequest) request = tok_demo_request_new (text, length);

  if (request == NULL && self->log != NULL)
    tok_demo_log_write (self->log, session, NULL, TOK_DEMO_LOG_CLOSED, NULL);
  if (request == NULL || request->call == NULL)
    return g_steal_pointer (&request);

  request->max_answer = self->max_answer;
  count_call (self, request->call->name);
  end_balance_stream (session);
  if (session->token != NULL)
    request->token = tok_demo_token_ref (session->token);
  request->fault = check_limits (self, session, request);
  if (request->fault == NULL)
    request->fault = check_members (request);
  if (request->fault == NULL)
    request->fault = check_login (request);
  if (request->fault == NULL)
    request->fault = check_scopes (request);
  return g_steal_pointer (&request);
}

/**
 * tok_demo_gate_perform:
 * @self: A gate.
 * @session: Who has sent it.
 * @request: What [func@tok_demo_gate_admit] let in.
 *
 * Takes a request through steps 10 and 11 of PROTOCOL 1.4. What it has changed is kept, and what
 * became of it is in the log, when this returns.
 *
 * Returns: (transfer full): What has become of it.
 */
TokDemoOutcome *
tok_demo_gate_perform (TokDemoGate *self, TokDemoSession *session, TokDemoRequest *request)
{
  TokDemoOutcome *outcome = request->fault != NULL
                                ? tok_demo_outcome_new_refused (request, request->fault)
                                : work (self, session, request);

  write_log (self, session, request, outcome);
  return outcome;
}
