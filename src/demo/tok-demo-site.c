/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-site.h"

/* What the calls that the sample service doesn't have would be limited to (PROTOCOL 3.2). */
#define OUTCOMES_PER_MINUTE 25
#define OUTCOMES_PER_HOUR 1500
#define PRICES_PER_MINUTE 80
#define PRICES_PER_HOUR 3600
#define PROPOSALS 5

static const struct {
  const char *code;
  const char *name;
  const char *type;
  gint64 digits;
  double stake;
  double smallest;
} currencies[] = {
  { "BTC", "Bitcoin", "crypto", 8, 0.00019, 0.00002 },
  { "EUR", "Euro", "fiat", 2, 10, 1 },
  { "USD", "US Dollar", "fiat", 2, 10, 1 },
};

static JsonObject *
new_limit (const char *applies_to, gint64 per_minute, gint64 per_hour)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "applies_to", applies_to);
  json_object_set_int_member (object, "hourly", per_hour);
  json_object_set_int_member (object, "minutely", per_minute);
  return object;
}

static JsonObject *
new_limits (const TokDemoSite *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *proposals = json_object_new ();

  json_object_set_string_member (proposals, "applies_to", "subscribing to proposal concurrently");
  json_object_set_int_member (proposals, "max", PROPOSALS);
  json_object_set_object_member (object, "max_proposal_subscription", proposals);
  json_object_set_object_member (object, "max_requestes_general",
                                 new_limit ("rest of calls", self->per_minute, self->per_hour));
  json_object_set_object_member (
      object, "max_requests_outcome",
      new_limit ("portfolio, statement and proposal", OUTCOMES_PER_MINUTE, OUTCOMES_PER_HOUR));
  json_object_set_object_member (
      object, "max_requests_pricing",
      new_limit ("proposal and proposal_open_contract", PRICES_PER_MINUTE, PRICES_PER_HOUR));
  return object;
}

static JsonObject *
new_transfer (guint i)
{
  JsonObject *object = json_object_new ();
  JsonObject *limits = json_object_new ();

  json_object_set_double_member (limits, "min", currencies[i].smallest);
  json_object_set_object_member (object, "fees", json_object_new ());
  json_object_set_object_member (object, "limits", limits);
  return object;
}

static JsonObject *
new_currencies (void)
{
  JsonObject *all = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++) {
    JsonObject *object = json_object_new ();

    json_object_set_int_member (object, "fractional_digits", currencies[i].digits);
    json_object_set_int_member (object, "is_deposit_suspended", 0);
    json_object_set_int_member (object, "is_suspended", 0);
    json_object_set_int_member (object, "is_withdrawal_suspended", 0);
    json_object_set_string_member (object, "name", currencies[i].name);
    json_object_set_double_member (object, "stake_default", currencies[i].stake);
    json_object_set_object_member (object, "transfer_between_accounts", new_transfer (i));
    json_object_set_string_member (object, "type", currencies[i].type);
    json_object_set_object_member (all, currencies[i].code, object);
  }
  return all;
}

/**
 * tok_demo_site_describe:
 * @self: How the service is.
 *
 * Returns: (transfer full): The data of `website_status` (PROTOCOL 2.12), whose general limits are
 *   those of this service.
 */
JsonNode *
tok_demo_site_describe (const TokDemoSite *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *languages = json_array_new ();

  json_array_add_string_element (languages, "EN");
  json_object_set_object_member (object, "api_call_limits", new_limits (self));
  json_object_set_string_member (object, "clients_country", "pt");
  json_object_set_object_member (object, "currencies_config", new_currencies ());
  json_object_set_string_member (object, "site_status", self->updating ? "updating" : "up");
  json_object_set_array_member (object, "supported_languages", languages);
  json_object_set_string_member (object, "terms_conditions_version", "Sample 1 2020-01-01");
  return json_node_init_object (json_node_alloc (), object);
}
