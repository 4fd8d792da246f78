/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-inquiry.h"

#include "tok-demo-describe.h"
#include "tok-demo-stream.h"

/* The first of January 1990. */
#define BIRTHDAY 631152000

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

/* What is asked of those who have real money in an account. */
static void
describe_person (JsonObject *object)
{
  static const char *const texts[][2] = {
    { "account_opening_reason", "Speculative" },
    { "address_city", "Sampleville" },
    { "address_line_1", "1 Example Street" },
    { "address_line_2", "" },
    { "address_postcode", "0000-000" },
    { "address_state", "" },
    { "calling_country_code", "351" },
    { "citizen", "pt" },
    { "employment_status", "Employed" },
    { "first_name", "Sample" },
    { "last_name", "Owner" },
    { "phone", "+351000000000" },
    { "place_of_birth", "pt" },
    { "salutation", "Mx" },
    { "tax_residence", "pt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (object, texts[i][0], texts[i][1]);
  json_object_set_int_member (object, "date_of_birth", BIRTHDAY);
  json_object_set_int_member (object, "is_authenticated_payment_agent", 0);
  json_object_set_int_member (object, "non_pep_declaration", 1);
  json_object_set_int_member (object, "request_professional_status", 0);
  json_object_set_null_member (object, "tax_identification_number");
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
 * Returns: (transfer full): The data of `get_settings` (PROTOCOL 2.10), as far as it says something
 *   of an owner who doesn't exist.
 */
JsonNode *
tok_demo_inquiry_get_settings (const TokDemoWork *work, TokDemoFault **fault)
{
  TokDemoAccount *account
      = tok_demo_owner_find_account (work->owner, work->request->token->login_id);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *immutable = json_array_new ();

  json_array_add_string_element (immutable, "residence");
  json_object_set_int_member (object, "allow_copiers", 0);
  json_object_set_string_member (object, "client_tnc_status", "Sample 1 2020-01-01");
  json_object_set_string_member (object, "country", "Portugal");
  json_object_set_string_member (object, "country_code", "pt");
  json_object_set_string_member (object, "email", TOK_DEMO_EMAIL);
  json_object_set_int_member (object, "email_consent", 0);
  json_object_set_int_member (object, "has_secret_answer", 0);
  json_object_set_array_member (object, "immutable_fields", immutable);
  json_object_set_string_member (object, "preferred_language", "EN");
  json_object_set_string_member (object, "residence", "Portugal");
  json_object_set_int_member (object, "trading_hub", 1);
  if (!tok_demo_account_get_login (account)->is_virtual)
    describe_person (object);
  return json_node_init_object (json_node_alloc (), object);
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
