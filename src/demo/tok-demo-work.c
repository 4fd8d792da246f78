/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-work.h"

#include "tok-demo-describe.h"
#include "tok-demo-inquiry.h"
#include "tok-demo-report.h"

typedef JsonNode *(*Work) (const TokDemoWork *self, TokDemoFault **fault);

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static JsonNode *
new_one (void)
{
  return json_node_init_int (json_node_alloc (), 1);
}

/* The account that the sender of a call is signed in to, which takes a call that needs that. */
static TokDemoAccount *
get_account (const TokDemoWork *self)
{
  return tok_demo_owner_find_account (self->owner, self->request->token->login_id);
}

static void
add_visit (const TokDemoWork *self, const char *action)
{
  TokDemoVisit visit
      = { action, get_now (), g_intern_string (self->session->address), "", "", "", "" };

  tok_demo_owner_add_visit (self->owner, &visit);
}

static JsonNode *
do_ping (const TokDemoWork *self, TokDemoFault **fault)
{
  return json_node_init_string (json_node_alloc (), "pong");
}

static JsonNode *
do_time (const TokDemoWork *self, TokDemoFault **fault)
{
  return json_node_init_int (json_node_alloc (), get_now ());
}

static TokDemoToken *
find_valid_token (const TokDemoWork *self, TokDemoFault **fault)
{
  JsonObject *members = self->request->members;
  const char *secret = json_object_get_string_member (members, "authorize");
  TokDemoToken *token = tok_demo_owner_find_secret (self->owner, secret);
  JsonNode *others = json_object_get_member (members, "tokens");
  gboolean several = others != NULL && json_array_get_length (json_node_get_array (others)) > 0;
  const char *message = NULL;

  if (token == NULL)
    message = "The token is invalid.";
  else if (token->app_id != 0 && !tok_demo_session_is_of_app (self->session, token->app_id))
    message = "Token is not valid for current app ID.";
  else if (token->address != NULL && !g_str_equal (token->address, self->session->address))
    message = "Token is not valid for current ip address.";
  else if (several && token->app_id == 0)
    message = "API tokens can't be used to authorize multiple accounts.";

  if (message != NULL)
    *fault = tok_demo_fault_new ("InvalidToken", "%s", message);
  else if (several)
    *fault = tok_demo_fault_new ("NotInDemo", "The sample service takes one account at a time.");
  return *fault == NULL ? token : NULL;
}

static JsonNode *
do_authorize (const TokDemoWork *self, TokDemoFault **fault)
{
  JsonObject *members = self->request->members;
  TokDemoToken *token = find_valid_token (self, fault);

  if (token == NULL)
    return NULL;

  tok_demo_owner_note_use (self->owner, token, get_now ());
  tok_demo_session_set_token (self->session, token);
  if (json_object_get_int_member_with_default (members, "add_to_login_history", 0) == 1)
    add_visit (self, "login");
  return tok_demo_describe_owner (self->owner, token);
}

/* Of an app, all tokens go, on every account; an API token stays. Streams end (PROTOCOL 2.3). */
static JsonNode *
do_logout (const TokDemoWork *self, TokDemoFault **fault)
{
  const TokDemoToken *token = self->session->token;

  if (token != NULL && token->app_id != 0 && !token->gone) {
    tok_demo_owner_log_out_app (self->owner, token->app_id);
    add_visit (self, "logout");
  }
  tok_demo_session_set_token (self->session, NULL);
  g_ptr_array_set_size (self->session->streams, 0);
  return new_one ();
}

static TokScopes
get_new_scopes (JsonObject *members)
{
  TokScopes scopes = TOK_SCOPE_NONE;
  JsonArray *names;

  /* Without a word about scopes the service gives them all (PROTOCOL 2.4). */
  if (!json_object_has_member (members, "new_token_scopes"))
    return TOK_SCOPE_ALL;
  names = json_object_get_array_member (members, "new_token_scopes");
  for (guint i = 0; i < json_array_get_length (names); i++)
    scopes |= tok_scope_from_id (json_array_get_string_element (names, i));
  return scopes;
}

static TokDemoToken *
create_token (const TokDemoWork *self, const char *name, TokDemoFault **fault)
{
  JsonObject *members = self->request->members;
  TokDemoAccount *account = get_account (self);
  const char *objection = tok_demo_account_check_name (account, name);
  TokDemoToken *token;

  if (objection != NULL) {
    *fault = tok_demo_fault_new ("APITokenError", "%s", objection);
    return NULL;
  }
  token = tok_demo_account_add_token (account, name, NULL, get_new_scopes (members));
  if (json_object_get_int_member_with_default (members, "valid_for_current_ip_only", 0) == 1)
    token->address = g_strdup (self->session->address);
  return token;
}

/* Deleting comes first, and stays done if creating fails. */
static JsonNode *
do_api_token (const TokDemoWork *self, TokDemoFault **fault)
{
  JsonObject *members = self->request->members;
  const char *listed = json_object_get_string_member_with_default (members, "delete_token", NULL);
  const char *name = json_object_get_string_member_with_default (members, "new_token", NULL);
  TokDemoAccount *account = get_account (self);
  g_autoptr (JsonObject) answer = json_object_new ();
  TokDemoToken *created = NULL;

  if (listed != NULL) {
    if (!tok_demo_account_delete_token (account, listed, self->masks)) {
      *fault = tok_demo_fault_new ("InvalidToken", "No token found");
      return NULL;
    }
    json_object_set_int_member (answer, "delete_token", 1);
  }
  if (name != NULL) {
    created = create_token (self, name, fault);
    if (created == NULL)
      return NULL;
    json_object_set_int_member (answer, "new_token", 1);
  }

  json_object_set_array_member (
      answer, "tokens",
      tok_demo_describe_tokens (tok_demo_account_get_tokens (account), created, self->masks));
  return json_node_init_object (json_node_alloc (), answer);
}

static JsonNode *
do_oauth_apps (const TokDemoWork *self, TokDemoFault **fault)
{
  return tok_demo_describe_apps (tok_demo_account_get_apps (get_account (self)));
}

static JsonNode *
do_revoke_oauth_app (const TokDemoWork *self, TokDemoFault **fault)
{
  tok_demo_owner_revoke_app (
      self->owner, json_object_get_int_member (self->request->members, "revoke_oauth_app"));
  return new_one ();
}

static JsonNode *
do_login_history (const TokDemoWork *self, TokDemoFault **fault)
{
  gint64 limit = json_object_get_int_member_with_default (self->request->members, "limit", 10);

  return tok_demo_describe_visits (tok_demo_owner_get_visits (self->owner), limit);
}

static JsonNode *
do_portfolio (const TokDemoWork *self, TokDemoFault **fault)
{
  return tok_demo_report_portfolio (tok_demo_account_get_history (get_account (self)),
                                    self->request->members);
}

static JsonNode *
do_profit_table (const TokDemoWork *self, TokDemoFault **fault)
{
  return tok_demo_report_profit_table (tok_demo_account_get_history (get_account (self)),
                                       self->request->members, fault);
}

static JsonNode *
do_statement (const TokDemoWork *self, TokDemoFault **fault)
{
  return tok_demo_report_statement (tok_demo_account_get_history (get_account (self)),
                                    self->request->members);
}

static const struct {
  const char *call;
  Work work;
} works[] = {
  { "account_list", tok_demo_inquiry_account_list },
  { "api_token", do_api_token },
  { "authorize", do_authorize },
  { "balance", tok_demo_inquiry_balance },
  { "forget", tok_demo_inquiry_forget },
  { "forget_all", tok_demo_inquiry_forget_all },
  { "get_settings", tok_demo_inquiry_get_settings },
  { "login_history", do_login_history },
  { "logout", do_logout },
  { "oauth_apps", do_oauth_apps },
  { "ping", do_ping },
  { "portfolio", do_portfolio },
  { "profit_table", do_profit_table },
  { "revoke_oauth_app", do_revoke_oauth_app },
  { "statement", do_statement },
  { "time", do_time },
  { "website_status", tok_demo_inquiry_website_status },
};

/**
 * tok_demo_work_do:
 * @self: Everything that it takes.
 * @fault: (out): Why it isn't done.
 *
 * Does the work of a call (PROTOCOL 2 and 3). Calls that the sample service knows by name only
 * are refused with the code `NotInDemo`, which the real service doesn't have.
 *
 * Returns: (transfer full) (nullable): The answer's data, or %NULL if there is a @fault.
 */
JsonNode *
tok_demo_work_do (const TokDemoWork *self, TokDemoFault **fault)
{
  const char *call = self->request->call->name;

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_str_equal (works[i].call, call))
      return works[i].work (self, fault);
  *fault
      = tok_demo_fault_new ("NotInDemo", "The sample service knows %s, but doesn't do it.", call);
  return NULL;
}
