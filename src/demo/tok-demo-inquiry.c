/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-inquiry.h"

#include "tok-demo-describe.h"
#include "tok-demo-stream.h"

/* Where a call asks for it, what it answers is the first message of a stream. */
static gboolean
subscribe (const TokDemoWork *work, const char *updates, TokDemoFault **fault)
{
  const char *type = work->request->call->name;
  GPtrArray *streams = work->session->streams;
  TokDemoStream *stream;

  if (json_object_get_int_member_with_default (work->request->members, "subscribe", 0) == 0)
    return TRUE;
  if (tok_demo_stream_find (streams, type) != NULL) {
    *fault = tok_demo_fault_new ("AlreadySubscribed", "You are already subscribed to %s updates.",
                                 updates);
    return FALSE;
  }
  stream = tok_demo_stream_new (work->request);
  work->request->subscription = g_strdup (stream->id);
  g_ptr_array_add (streams, stream);
  return TRUE;
}

/**
 * tok_demo_inquiry_account_list:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * Returns: (transfer full): The data of `account_list` (PROTOCOL 2.8).
 */
JsonNode *
tok_demo_inquiry_account_list (const TokDemoWork *work, TokDemoFault **fault)
{
  return tok_demo_describe_accounts (work->owner);
}

/**
 * tok_demo_inquiry_balance:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * A balance of the sample never changes, so a stream brings nothing but its first message.
 *
 * Returns: (transfer full) (nullable): The data of `balance` (PROTOCOL 2.9).
 */
JsonNode *
tok_demo_inquiry_balance (const TokDemoWork *work, TokDemoFault **fault)
{
  const TokDemoToken *token = work->request->token;
  const char *login_id
      = json_object_get_string_member_with_default (work->request->members, "account", "current");
  TokDemoAccount *account;

  if (g_str_equal (login_id, "current"))
    login_id = token->login_id;
  account = tok_demo_owner_find_account (work->owner, login_id);
  if (!g_str_equal (login_id, token->login_id) && token->app_id == 0)
    *fault = tok_demo_fault_new ("PermissionDenied", "Permission denied, balances of all accounts "
                                                     "require oauth token");
  else if (account == NULL)
    *fault = tok_demo_fault_new ("NotInDemo", "The sample service tells one balance at a time, of "
                                              "an account that it has.");
  if (*fault != NULL || !subscribe (work, "balance", fault))
    return NULL;
  return tok_demo_describe_balance (tok_demo_account_get_login (account),
                                    work->request->subscription);
}

/**
 * tok_demo_inquiry_forget:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * Returns: (transfer full): The data of `forget`: whether there was such a stream.
 */
JsonNode *
tok_demo_inquiry_forget (const TokDemoWork *work, TokDemoFault **fault)
{
  const char *id = json_object_get_string_member (work->request->members, "forget");

  return json_node_init_int (json_node_alloc (),
                             tok_demo_stream_forget (work->session->streams, id) ? 1 : 0);
}

/**
 * tok_demo_inquiry_forget_all:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * Returns: (transfer full): The data of `forget_all`: the ids of the streams that there were.
 */
JsonNode *
tok_demo_inquiry_forget_all (const TokDemoWork *work, TokDemoFault **fault)
{
  JsonNode *types = json_object_get_member (work->request->members, "forget_all");
  g_autoptr (JsonArray) ids = json_array_new ();

  if (JSON_NODE_HOLDS_ARRAY (types)) {
    JsonArray *several = json_node_get_array (types);

    for (guint i = 0; i < json_array_get_length (several); i++)
      tok_demo_stream_forget_all (work->session->streams,
                                  json_array_get_string_element (several, i), ids);
  } else {
    tok_demo_stream_forget_all (work->session->streams, json_node_get_string (types), ids);
  }
  return json_node_init_array (json_node_alloc (), ids);
}

/**
 * tok_demo_inquiry_get_settings:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * Returns: (transfer full): The data of `get_settings` (PROTOCOL 2.10).
 */
JsonNode *
tok_demo_inquiry_get_settings (const TokDemoWork *work, TokDemoFault **fault)
{
  TokDemoAccount *account
      = tok_demo_owner_find_account (work->owner, work->request->token->login_id);

  return tok_demo_describe_settings (tok_demo_account_get_login (account));
}

/**
 * tok_demo_inquiry_website_status:
 * @work: The call.
 * @fault: (out): Why it isn't done.
 *
 * Returns: (transfer full) (nullable): The data of `website_status` (PROTOCOL 2.12).
 */
JsonNode *
tok_demo_inquiry_website_status (const TokDemoWork *work, TokDemoFault **fault)
{
  return subscribe (work, "website status", fault) ? tok_demo_site_describe (work->site) : NULL;
}
