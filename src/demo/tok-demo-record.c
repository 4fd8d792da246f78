/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-record.h"

#include "tok-demo-fields.h"
#include "tok-demo-print.h"
#include "tok-demo-sample.h"
#include "tok-json-scan.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define VERSION 1
#define WARNING "This file holds tokens that sign in. Keep it to yourself."

static JsonArray *
new_scopes (TokScopes scopes)
{
  g_auto (GStrv) ids = tok_scopes_to_ids (scopes);
  JsonArray *array = json_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (array, ids[i]);
  return array;
}

static JsonObject *
new_token (const TokDemoToken *token)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "login_id", token->login_id);
  json_object_set_int_member (object, "app_id", token->app_id);
  json_object_set_string_member (object, "name", token->name);
  json_object_set_string_member (object, "secret", token->secret);
  json_object_set_array_member (object, "scopes", new_scopes (token->scopes));
  json_object_set_int_member (object, "last_used", token->last_used);
  json_object_set_string_member (object, "address", token->address != NULL ? token->address : "");
  return object;
}

static JsonObject *
new_app (const TokDemoApp *app)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "app_id", app->app_id);
  json_object_set_string_member (object, "name", app->name);
  json_object_set_array_member (object, "scopes", new_scopes (app->scopes));
  json_object_set_int_member (object, "last_used", app->last_used);
  json_object_set_boolean_member (object, "official", app->official);
  json_object_set_double_member (object, "markup", app->markup);
  return object;
}

static JsonObject *
new_visit (const TokDemoVisit *visit)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "action", visit->action);
  json_object_set_int_member (object, "time", visit->time);
  json_object_set_string_member (object, "address", visit->address);
  json_object_set_string_member (object, "country", visit->country);
  json_object_set_string_member (object, "browser", visit->browser);
  json_object_set_string_member (object, "version", visit->version);
  json_object_set_string_member (object, "os", visit->os);
  json_object_set_boolean_member (object, "failed", visit->failed);
  return object;
}

typedef JsonObject *(*NewItem) (gconstpointer item);

static JsonArray *
new_list (GPtrArray *items, NewItem new_item)
{
  JsonArray *array = json_array_sized_new (items->len);

  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (array, new_item (items->pdata[i]));
  return array;
}

static JsonObject *
new_account (gconstpointer item)
{
  TokDemoAccount *account = (TokDemoAccount *) item;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "login_id",
                                 tok_demo_account_get_login (account)->login_id);
  json_object_set_object_member (object, "own_token",
                                 new_token (tok_demo_account_get_own_token (account)));
  json_object_set_array_member (
      object, "tokens", new_list (tok_demo_account_get_tokens (account), (NewItem) new_token));
  json_object_set_array_member (object, "apps",
                                new_list (tok_demo_account_get_apps (account), (NewItem) new_app));
  return object;
}

/**
 * tok_demo_record_write:
 * @owner: An owner of the sample.
 *
 * Returns: (transfer full): Everything there is to know of @owner, as JSON; holds secrets.
 */
char *
tok_demo_record_write (TokDemoOwner *owner)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "version", VERSION);
  json_object_set_string_member (object, "private", WARNING);
  json_object_set_int_member (object, "start", tok_demo_owner_get_start (owner));
  json_object_set_array_member (object, "accounts",
                                new_list (tok_demo_owner_get_accounts (owner), new_account));
  json_object_set_array_member (
      object, "oauth_tokens",
      new_list (tok_demo_owner_get_oauth_tokens (owner), (NewItem) new_token));
  json_object_set_array_member (object, "visits",
                                new_list (tok_demo_owner_get_visits (owner), (NewItem) new_visit));
  json_node_init_object (root, object);
  return tok_demo_print (root);
}

static TokDemoToken *
read_token (TokDemoFields *fields, JsonObject *object, TokDemoAccount *account)
{
  const char *login_id = tok_demo_account_get_login (account)->login_id;
  const char *secret = tok_demo_fields_get_string (fields, object, "secret");
  const char *address = tok_demo_fields_get_string (fields, object, "address");
  TokDemoToken *token
      = tok_demo_token_new (login_id, tok_demo_fields_get_string (fields, object, "name"), secret,
                            tok_demo_fields_get_scopes (fields, object, "scopes"));

  if (!tok_demo_token_is_secret (secret))
    tok_demo_fields_fail (fields, "secret");
  if (!g_str_equal (tok_demo_fields_get_string (fields, object, "login_id"), login_id))
    tok_demo_fields_fail (fields, "login_id");
  token->app_id = tok_demo_fields_get_integer (fields, object, "app_id");
  token->last_used = tok_demo_fields_get_integer (fields, object, "last_used");
  token->address = *address != '\0' ? g_strdup (address) : NULL;
  return token;
}

static void
read_tokens (TokDemoFields *fields, JsonObject *object, TokDemoAccount *account)
{
  JsonArray *items = tok_demo_fields_get_array (fields, object, "tokens");
  g_autoptr (TokDemoToken) own
      = read_token (fields, tok_demo_fields_get_object (fields, object, "own_token"), account);
  TokDemoToken *found;

  for (guint i = 0; i < tok_demo_fields_get_n_elements (items); i++)
    tok_demo_account_restore_token (
        account, read_token (fields, tok_demo_fields_get_element (fields, items, i), account));
  found = tok_demo_account_find_secret (account, own->secret);
  /* If it was deleted, its secret is handed out all the same, as it was before. */
  own->gone = TRUE;
  tok_demo_account_set_own_token (account, found != NULL ? found : own);
}

static void
read_apps (TokDemoFields *fields, JsonObject *object, TokDemoAccount *account)
{
  JsonArray *items = tok_demo_fields_get_array (fields, object, "apps");

  for (guint i = 0; i < tok_demo_fields_get_n_elements (items); i++) {
    JsonObject *item = tok_demo_fields_get_element (fields, items, i);
    const TokDemoApp app = {
      .app_id = tok_demo_fields_get_integer (fields, item, "app_id"),
      .name = (char *) tok_demo_fields_get_string (fields, item, "name"),
      .scopes = tok_demo_fields_get_scopes (fields, item, "scopes"),
      .last_used = tok_demo_fields_get_integer (fields, item, "last_used"),
      .official = tok_demo_fields_get_boolean (fields, item, "official"),
      .markup = tok_demo_fields_get_number (fields, item, "markup"),
    };

    tok_demo_account_add_app (account, &app);
  }
}

static void
read_accounts (TokDemoFields *fields, JsonObject *object, TokDemoOwner *owner)
{
  JsonArray *items = tok_demo_fields_get_array (fields, object, "accounts");
  guint n_accounts = tok_demo_fields_get_n_elements (items);

  for (guint i = 0; i < n_accounts; i++) {
    JsonObject *item = tok_demo_fields_get_element (fields, items, i);
    const char *login_id = tok_demo_fields_get_string (fields, item, "login_id");
    TokDemoAccount *account
        = tok_demo_sample_new_account (login_id, tok_demo_owner_get_start (owner));

    if (account == NULL || tok_demo_owner_find_account (owner, login_id) != NULL) {
      g_clear_pointer (&account, tok_demo_account_free);
      tok_demo_fields_fail (fields, "login_id");
      continue;
    }
    read_tokens (fields, item, account);
    read_apps (fields, item, account);
    tok_demo_owner_add_account (owner, account);
  }
  if (n_accounts != TOK_DEMO_SAMPLE_N_ACCOUNTS)
    tok_demo_fields_fail (fields, "accounts");
}

static void
read_oauth_tokens (TokDemoFields *fields, JsonObject *object, TokDemoOwner *owner)
{
  JsonArray *items = tok_demo_fields_get_array (fields, object, "oauth_tokens");

  for (guint i = 0; i < tok_demo_fields_get_n_elements (items); i++) {
    JsonObject *item = tok_demo_fields_get_element (fields, items, i);
    const char *login_id = tok_demo_fields_get_string (fields, item, "login_id");
    TokDemoAccount *account = tok_demo_owner_find_account (owner, login_id);

    if (account != NULL)
      tok_demo_owner_restore_oauth_token (owner, read_token (fields, item, account));
    else
      tok_demo_fields_fail (fields, "login_id");
  }
}

static void
read_visits (TokDemoFields *fields, JsonObject *object, TokDemoOwner *owner)
{
  JsonArray *items = tok_demo_fields_get_array (fields, object, "visits");

  for (guint i = 0; i < tok_demo_fields_get_n_elements (items); i++) {
    JsonObject *item = tok_demo_fields_get_element (fields, items, i);
    const TokDemoVisit visit = {
      .action = g_intern_string (tok_demo_fields_get_string (fields, item, "action")),
      .time = tok_demo_fields_get_integer (fields, item, "time"),
      .address = g_intern_string (tok_demo_fields_get_string (fields, item, "address")),
      .country = g_intern_string (tok_demo_fields_get_string (fields, item, "country")),
      .browser = g_intern_string (tok_demo_fields_get_string (fields, item, "browser")),
      .version = g_intern_string (tok_demo_fields_get_string (fields, item, "version")),
      .os = g_intern_string (tok_demo_fields_get_string (fields, item, "os")),
      .failed = tok_demo_fields_get_boolean (fields, item, "failed"),
    };

    tok_demo_owner_add_visit (owner, &visit);
  }
}

/**
 * tok_demo_record_read:
 * @text: (array length=length): What [func@tok_demo_record_write] has written, or anything else.
 * @length: How many bytes.
 * @error: Where to put a %G_IO_ERROR_INVALID_DATA that names the first member that is wrong.
 *
 * Returns: (transfer full) (nullable): The owner.
 */
TokDemoOwner *
tok_demo_record_read (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (TokDemoOwner) owner = tok_demo_owner_new ();
  TokDemoFields fields = { NULL };
  JsonObject *object;

  /* json-glib doesn't survive everything. */
  if (tok_json_scan (text, length, TOK_JSON_MAX_DEPTH, G_MAXSIZE) != TOK_JSON_OK
      || !json_parser_load_from_data (parser, text, length, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is no JSON object"));
    return NULL;
  }

  object = json_node_get_object (json_parser_get_root (parser));
  if (tok_demo_fields_get_integer (&fields, object, "version") != VERSION)
    tok_demo_fields_fail (&fields, "version");
  tok_demo_owner_set_start (owner, tok_demo_fields_get_integer (&fields, object, "start"));
  read_accounts (&fields, object, owner);
  read_oauth_tokens (&fields, object, owner);
  read_visits (&fields, object, owner);
  if (fields.wrong == NULL)
    return g_steal_pointer (&owner);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("its member “%s” is wrong"),
               fields.wrong);
  return NULL;
}
