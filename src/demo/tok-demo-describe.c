/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-describe.h"

#define DAY (24 * 60 * 60)
#define USER_ID 1000001
#define BROKER "SAMPLE"

static char *
format_time (gint64 seconds, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (time, format);
}

static char *
format_last_used (gint64 microseconds)
{
  g_autofree char *text = format_time (microseconds / G_USEC_PER_SEC, "%Y-%m-%d %H:%M:%S");
  gint64 fraction = microseconds % G_USEC_PER_SEC;

  if (fraction == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s.%06" G_GINT64_FORMAT, text, fraction);
}

static JsonArray *
new_scopes (TokScopes scopes)
{
  g_auto (GStrv) ids = tok_scopes_to_ids (scopes);
  JsonArray *array = json_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (array, ids[i]);
  return array;
}

static JsonNode *
new_array_node (JsonArray *array)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_array (node, array);
  json_array_unref (array);
  return node;
}

static const char *
get_company (const TokDemoLogin *login)
{
  return login->is_virtual ? "virtual" : "sample";
}

static JsonObject *
describe_login (const TokDemoLogin *login, gint64 start)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "account_category", login->category);
  json_object_set_string_member (object, "account_type", login->type);
  json_object_set_int_member (object, "created_at", start - (gint64) login->age * DAY);
  json_object_set_string_member (object, "currency", login->currency);
  json_object_set_string_member (object, "currency_type", login->currency_type);
  json_object_set_int_member (object, "is_disabled", 0);
  json_object_set_int_member (object, "is_virtual", login->is_virtual ? 1 : 0);
  json_object_set_string_member (object, "landing_company_name", get_company (login));
  json_object_set_array_member (object, "linked_to", json_array_new ());
  json_object_set_string_member (object, "loginid", login->login_id);
  return object;
}

static JsonObject *
describe_currencies (const char *currency)
{
  JsonObject *currencies = json_object_new ();
  JsonObject *digits = json_object_new ();

  json_object_set_int_member (digits, "fractional_digits", 2);
  json_object_set_object_member (currencies, currency, digits);
  return currencies;
}

/**
 * tok_demo_describe_accounts:
 * @owner: An owner.
 *
 * Returns: (transfer full): The data of `account_list`. It has the members that are declared there,
 *   `broker` and not `broker_code` (PROTOCOL 2.8).
 */
JsonNode *
tok_demo_describe_accounts (const TokDemoOwner *owner)
{
  GPtrArray *accounts = tok_demo_owner_get_accounts (owner);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < accounts->len; i++) {
    JsonObject *object = describe_login (tok_demo_account_get_login (accounts->pdata[i]),
                                         tok_demo_owner_get_start (owner));

    json_object_remove_member (object, "currency_type");
    json_object_set_string_member (object, "broker", BROKER);
    json_array_add_object_element (array, object);
  }
  return new_array_node (array);
}

/**
 * tok_demo_describe_balance:
 * @login: An account.
 * @stream: (nullable): The id of the stream that this belongs to.
 *
 * Returns: (transfer full): The data of `balance` (PROTOCOL 2.9).
 */
JsonNode *
tok_demo_describe_balance (const TokDemoLogin *login, const char *stream)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_double_member (object, "balance", login->balance);
  json_object_set_string_member (object, "currency", login->currency);
  if (stream != NULL)
    json_object_set_string_member (object, "id", stream);
  json_object_set_string_member (object, "loginid", login->login_id);
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * tok_demo_describe_owner:
 * @owner: An owner.
 * @token: What somebody has just signed in with; a token of @owner.
 *
 * Returns: (transfer full): The data of `authorize` (PROTOCOL 2.2).
 */
JsonNode *
tok_demo_describe_owner (const TokDemoOwner *owner, const TokDemoToken *token)
{
  const TokDemoLogin *login
      = tok_demo_account_get_login (tok_demo_owner_find_account (owner, token->login_id));
  GPtrArray *accounts = tok_demo_owner_get_accounts (owner);
  JsonArray *account_list = json_array_new ();
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < accounts->len; i++)
    json_array_add_object_element (account_list,
                                   describe_login (tok_demo_account_get_login (accounts->pdata[i]),
                                                   tok_demo_owner_get_start (owner)));
  json_object_set_array_member (object, "account_list", account_list);
  json_object_set_double_member (object, "balance", login->balance);
  json_object_set_string_member (object, "country", "pt");
  json_object_set_string_member (object, "currency", login->currency);
  json_object_set_string_member (object, "email", TOK_DEMO_EMAIL);
  json_object_set_string_member (object, "fullname", login->is_virtual ? "" : "Sample Owner");
  json_object_set_int_member (object, "is_virtual", login->is_virtual ? 1 : 0);
  json_object_set_string_member (object, "landing_company_fullname", "Sample Company");
  json_object_set_string_member (object, "landing_company_name", get_company (login));
  json_object_set_array_member (object, "linked_to", json_array_new ());
  json_object_set_object_member (object, "local_currencies", describe_currencies ("EUR"));
  json_object_set_string_member (object, "loginid", login->login_id);
  json_object_set_string_member (object, "preferred_language", "EN");
  json_object_set_array_member (object, "scopes", new_scopes (token->scopes));
  json_object_set_array_member (object, "upgradeable_landing_companies", json_array_new ());
  json_object_set_int_member (object, "user_id", USER_ID);
  return json_node_init_object (json_node_alloc (), object);
}

static JsonObject *
describe_token (const TokDemoToken *token, gboolean mask)
{
  JsonObject *object = json_object_new ();
  g_autofree char *used = format_last_used (token->last_used * G_USEC_PER_SEC);

  json_object_set_string_member (object, "display_name", token->name);
  json_object_set_string_member (object, "last_used", token->last_used != 0 ? used : "");
  json_object_set_array_member (object, "scopes", new_scopes (token->scopes));
  json_object_set_string_member (object, "token", mask ? token->mask : token->secret);
  json_object_set_string_member (object, "valid_for_ip",
                                 token->address != NULL ? token->address : "");
  return object;
}

/**
 * tok_demo_describe_tokens:
 * @tokens: (element-type TokDemoToken): Tokens.
 * @created: (nullable): The one that is just made, and is shown in full this once.
 * @masks: Whether the others are masked.
 *
 * Returns: (transfer full): The list in the data of `api_token` (PROTOCOL 2.4).
 */
JsonArray *
tok_demo_describe_tokens (GPtrArray *tokens, const TokDemoToken *created, gboolean masks)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tokens->len; i++) {
    const TokDemoToken *token = tokens->pdata[i];

    json_array_add_object_element (array, describe_token (token, masks && token != created));
  }
  return array;
}

static JsonObject *
describe_app (const TokDemoApp *app)
{
  JsonObject *object = json_object_new ();
  g_autofree char *used = format_last_used (app->last_used);

  json_object_set_int_member (object, "app_id", app->app_id);
  json_object_set_double_member (object, "app_markup_percentage", app->markup);
  if (app->last_used != 0)
    json_object_set_string_member (object, "last_used", used);
  else
    json_object_set_null_member (object, "last_used");
  json_object_set_string_member (object, "name", app->name);
  json_object_set_int_member (object, "official", app->official ? 1 : 0);
  json_object_set_array_member (object, "scopes", new_scopes (app->scopes));
  return object;
}

/**
 * tok_demo_describe_apps:
 * @apps: (element-type TokDemoApp): Apps.
 *
 * Returns: (transfer full): The data of `oauth_apps` (PROTOCOL 2.5).
 */
JsonNode *
tok_demo_describe_apps (GPtrArray *apps)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < apps->len; i++)
    json_array_add_object_element (array, describe_app (apps->pdata[i]));
  return new_array_node (array);
}

static JsonObject *
describe_visit (const TokDemoVisit *visit)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time = format_time (visit->time, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *gmt = format_time (visit->time, "%d-%b-%y %H:%M:%SGMT");
  g_autofree char *environment
      = g_strdup_printf ("%s IP=%s IP_COUNTRY=%s User_AGENT=%s %s LANG=EN", gmt, visit->address,
                         visit->country, visit->browser, visit->version);

  json_object_set_string_member (object, "action", visit->action);
  json_object_set_string_member (object, "browser", visit->browser);
  json_object_set_string_member (object, "country", visit->country);
  json_object_set_string_member (object, "datetime", time);
  json_object_set_string_member (object, "device", "");
  json_object_set_string_member (object, "environment", environment);
  json_object_set_string_member (object, "ip", visit->address);
  json_object_set_string_member (object, "language", "EN");
  json_object_set_string_member (object, "os", visit->os);
  json_object_set_int_member (object, "status", visit->failed ? 0 : 1);
  json_object_set_int_member (object, "time", visit->time);
  json_object_set_string_member (object, "version", visit->version);
  return object;
}

/**
 * tok_demo_describe_visits:
 * @visits: (element-type TokDemoVisit): A login history.
 * @limit: How many rows at the most.
 *
 * Returns: (transfer full): The data of `login_history` (PROTOCOL 2.7).
 */
JsonNode *
tok_demo_describe_visits (GPtrArray *visits, guint limit)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < MIN (visits->len, limit); i++)
    json_array_add_object_element (array, describe_visit (visits->pdata[i]));
  return new_array_node (array);
}
