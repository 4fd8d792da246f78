/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-calls.h"

#define LOGIN TOK_DEMO_CALL_LOGIN
#define GATEWAY TOK_DEMO_CALL_GATEWAY
#define UNLIMITED TOK_DEMO_CALL_UNLIMITED
#define ID TOK_DEMO_CALL_ID
#define TEXT TOK_DEMO_CALL_TEXT
#define ANY_VIEW (TOK_SCOPE_READ | TOK_SCOPE_TRADING_INFORMATION)

#define TOKEN_PATTERN "^[\\w\\-]{1,128}$"
#define DAY_PATTERN "^([0-9]{4}-(0?[1-9]|1[012])-(0?[1-9]|[12][0-9]|3[01])|[0-9]{1,10})$"
#define REDIRECT_PATTERN "^[a-z][a-z0-9.+\\-]*://[0-9a-zA-Z\\.-]+[\\%\\/\\w \\.-]*$"
#define LAST_EPOCH 9999999999

#define LOGIN_ID .name = "loginid", .types = TOK_DEMO_STRING, .pattern = "^[A-Za-z]+[0-9]+$"
#define OFFSET .name = "offset", .types = TOK_DEMO_INTEGER, .maximum = G_MAXINT64
#define SUBSCRIBE .name = "subscribe", .types = TOK_DEMO_INTEGER, .choices = yes_or_no
#define DESCRIPTION .name = "description", .types = TOK_DEMO_INTEGER, .choices = yes_or_no
#define CONTRACT_TYPES                                                                             \
  .name = "contract_type", .types = TOK_DEMO_ARRAY, .choices = contract_types, .unique = TRUE

static const char *const one[] = { "1", NULL };
static const char *const yes_or_no[] = { "0", "1", NULL };
static const char *const sort_orders[] = { "ASC", "DESC", NULL };
static const char *const scopes[]
    = { "read", "trade", "trading_information", "payments", "admin", NULL };
/* clang-format off */
static const char *const stream_types[] = {
  "balance", "candles", "cashier_payments", "p2p_advert", "p2p_advertiser", "p2p_order",
  "proposal", "proposal_open_contract", "ticks", "transaction", "trading_platform_asset_listing",
  "website_status", "p2p_settings", "crypto_estimations", NULL
};
static const char *const action_types[] = {
  "buy", "sell", "deposit", "withdrawal", "escrow", "adjustment", "virtual_credit", "transfer", NULL
};
static const char *const contract_types[] = {
  "ACCU", "ASIAND", "ASIANU", "CALL", "CALLE", "CALLSPREAD", "DIGITDIFF", "DIGITEVEN",
  "DIGITMATCH", "DIGITODD", "DIGITOVER", "DIGITUNDER", "EXPIRYMISSE", "EXPIRYMISS", "EXPIRYRANGE",
  "EXPIRYRANGEE", "LBFLOATCALL", "LBFLOATPUT", "LBHIGHLOW", "MULTDOWN", "MULTUP", "NOTOUCH",
  "ONETOUCH", "PUT", "PUTE", "PUTSPREAD", "RANGE", "RESETCALL", "RESETPUT", "RUNHIGH", "RUNLOW",
  "TICKHIGH", "TICKLOW", "UPORDOWN", "VANILLALONGCALL", "VANILLALONGPUT", "TURBOSLONG",
  "TURBOSSHORT", NULL
};
/* clang-format on */

static const TokDemoMember no_members[] = { { NULL } };
static const TokDemoMember login_id_members[] = { { LOGIN_ID }, { NULL } };
static const TokDemoMember api_token_members[] = {
  { "delete_token", TOK_DEMO_STRING, .pattern = "^[A-Za-z0-9\\s_*]+$" },
  { "new_token", TOK_DEMO_STRING, .pattern = "^[A-Za-z0-9\\s_]+$" },
  { "new_token_scopes", TOK_DEMO_ARRAY, .choices = scopes, .unique = TRUE },
  { "valid_for_current_ip_only", TOK_DEMO_INTEGER, .choices = yes_or_no },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember app_members[] = {
  { "name", TOK_DEMO_STRING, TRUE, "^[\\w\\s-]{1,48}$" },
  { "scopes", TOK_DEMO_ARRAY, TRUE, .choices = scopes, .unique = TRUE },
  { "app_markup_percentage", TOK_DEMO_NUMBER, .maximum = 3 },
  { "appstore", TOK_DEMO_STRING, .pattern = "^https?://itunes\\.apple\\.com/\\S+$" },
  { "github", TOK_DEMO_STRING, .pattern = "^https?://(www\\.)?github\\.com/\\S+$" },
  { "googleplay", TOK_DEMO_STRING,
    .pattern = "^https?://play\\.google\\.com/store/apps/details\\?id=[\\w \\.]+$" },
  { "homepage", TOK_DEMO_STRING, .pattern = "^https?://[0-9a-zA-Z\\.-]+[\\%\\/\\w \\.-]*$" },
  { "redirect_uri", TOK_DEMO_STRING, .pattern = REDIRECT_PATTERN },
  { "verification_uri", TOK_DEMO_STRING, .pattern = REDIRECT_PATTERN },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember authorize_members[] = {
  { "authorize", TOK_DEMO_STRING, TRUE, TOKEN_PATTERN },
  { "add_to_login_history", TOK_DEMO_INTEGER, .choices = yes_or_no },
  { "tokens", TOK_DEMO_ARRAY, .pattern = TOKEN_PATTERN, .max_items = 25 },
  { NULL },
};
static const TokDemoMember balance_members[] = {
  { "account", TOK_DEMO_STRING, .pattern = "^(current|all|[A-Z]{2,4}[0-9]{1,10})$" },
  { SUBSCRIBE },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember forget_members[] = {
  { "forget", TOK_DEMO_STRING, TRUE, "^[\\w-]{32,128}$" },
  { NULL },
};
static const TokDemoMember forget_all_members[] = {
  { "forget_all", TOK_DEMO_STRING | TOK_DEMO_ARRAY, TRUE, .choices = stream_types },
  { NULL },
};
static const TokDemoMember login_history_members[] = {
  { "limit", TOK_DEMO_INTEGER, .maximum = 50 },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember portfolio_members[] = {
  { CONTRACT_TYPES },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember profit_table_members[] = {
  { CONTRACT_TYPES },
  { "date_from", TOK_DEMO_STRING, .pattern = DAY_PATTERN },
  { "date_to", TOK_DEMO_STRING, .pattern = DAY_PATTERN },
  { DESCRIPTION },
  { "limit", TOK_DEMO_NUMBER, .maximum = 500 },
  { OFFSET },
  { "sort", TOK_DEMO_STRING, .choices = sort_orders },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember statement_members[] = {
  { "action_type", TOK_DEMO_STRING, .choices = action_types },
  { "date_from", TOK_DEMO_INTEGER, .maximum = LAST_EPOCH },
  { "date_to", TOK_DEMO_INTEGER, .maximum = LAST_EPOCH },
  { DESCRIPTION },
  { "limit", TOK_DEMO_NUMBER, .maximum = 999 },
  { OFFSET },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember transaction_members[] = {
  { "subscribe", TOK_DEMO_INTEGER, TRUE, .choices = one },
  { LOGIN_ID },
  { NULL },
};
static const TokDemoMember website_status_members[] = { { SUBSCRIBE }, { NULL } };

/* In byte order, which is the order in which a request is searched for a name. */
static const TokDemoCall calls[] = {
  { "account_list", LOGIN, TOK_SCOPE_READ, no_members },
  { "active_symbols", 0, TOK_SCOPE_NONE },
  { "api_token", LOGIN, TOK_SCOPE_ADMIN, api_token_members },
  { "app_delete", LOGIN | ID, TOK_SCOPE_ADMIN, login_id_members },
  { "app_get", LOGIN | ID, TOK_SCOPE_READ, login_id_members },
  { "app_list", LOGIN, TOK_SCOPE_READ, login_id_members },
  { "app_markup_details", LOGIN, TOK_SCOPE_READ },
  { "app_markup_statistics", LOGIN, TOK_SCOPE_READ },
  { "app_register", LOGIN, TOK_SCOPE_ADMIN, app_members },
  { "app_update", LOGIN | ID, TOK_SCOPE_ADMIN, app_members },
  { "asset_index", 0, TOK_SCOPE_NONE },
  { "authorize", TEXT, TOK_SCOPE_NONE, authorize_members },
  { "balance", LOGIN, ANY_VIEW, balance_members },
  { "buy", LOGIN, TOK_SCOPE_TRADE },
  { "buy_contract_for_multiple_accounts", LOGIN, TOK_SCOPE_TRADE },
  { "cancel", LOGIN, TOK_SCOPE_TRADE },
  { "cashier", LOGIN, TOK_SCOPE_PAYMENTS },
  { "confirm_email", 0, TOK_SCOPE_NONE },
  { "connect_copy", LOGIN, TOK_SCOPE_READ },
  { "connect_status", LOGIN, TOK_SCOPE_READ },
  { "contract_update", LOGIN, TOK_SCOPE_TRADE },
  { "contract_update_history", LOGIN, TOK_SCOPE_READ },
  { "contracts_for", 0, TOK_SCOPE_NONE },
  { "contracts_for_company", 0, TOK_SCOPE_NONE },
  { "copy_start", LOGIN, TOK_SCOPE_TRADE },
  { "copy_stop", LOGIN, TOK_SCOPE_TRADE },
  { "copytrading_list", LOGIN, TOK_SCOPE_ADMIN, login_id_members },
  { "copytrading_statistics", 0, TOK_SCOPE_NONE },
  { "crypto_config", 0, TOK_SCOPE_NONE },
  { "crypto_estimations", 0, TOK_SCOPE_NONE },
  { "document_upload", LOGIN, TOK_SCOPE_ADMIN },
  { "economic_calendar", 0, TOK_SCOPE_NONE },
  { "exchange_rates", 0, TOK_SCOPE_NONE },
  { "exchange_verification_code", 0, TOK_SCOPE_NONE },
  { "financial_assessment_questions", LOGIN, TOK_SCOPE_READ },
  { "forget", GATEWAY | TEXT, TOK_SCOPE_NONE, forget_members },
  { "forget_all", GATEWAY | TEXT, TOK_SCOPE_NONE, forget_all_members },
  { "get_account_status", LOGIN, TOK_SCOPE_READ },
  { "get_financial_assessment", LOGIN, TOK_SCOPE_READ },
  { "get_limits", LOGIN, TOK_SCOPE_READ },
  { "get_self_exclusion", LOGIN, TOK_SCOPE_READ },
  { "get_settings", LOGIN, TOK_SCOPE_READ, login_id_members },
  { "get_third_party_redirect", LOGIN, TOK_SCOPE_READ },
  { "kyc_auth_status", LOGIN, TOK_SCOPE_READ },
  { "landing_company", 0, TOK_SCOPE_NONE },
  { "landing_company_details", 0, TOK_SCOPE_NONE },
  { "login_history", LOGIN, TOK_SCOPE_READ, login_history_members },
  { "logout", 0, TOK_SCOPE_NONE, login_id_members },
  { "mt5_deposit", LOGIN, TOK_SCOPE_PAYMENTS },
  { "mt5_get_settings", LOGIN, TOK_SCOPE_READ },
  { "mt5_login_list", LOGIN, TOK_SCOPE_READ },
  { "mt5_new_account", LOGIN, TOK_SCOPE_ADMIN },
  { "mt5_password_change", LOGIN, TOK_SCOPE_ADMIN },
  { "mt5_password_check", LOGIN, TOK_SCOPE_ADMIN },
  { "mt5_password_reset", LOGIN, TOK_SCOPE_ADMIN },
  { "mt5_withdrawal", LOGIN, TOK_SCOPE_PAYMENTS },
  { "new_account_check_duplicate", LOGIN, TOK_SCOPE_ADMIN },
  { "new_account_maltainvest", LOGIN, TOK_SCOPE_ADMIN },
  { "new_account_real", LOGIN, TOK_SCOPE_ADMIN },
  { "new_account_virtual", 0, TOK_SCOPE_NONE },
  { "new_account_wallet", LOGIN, TOK_SCOPE_ADMIN },
  { "new_account_wallet_and_trading", LOGIN, TOK_SCOPE_ADMIN },
  { "new_partner_account", LOGIN, TOK_SCOPE_ADMIN },
  { "oauth_apps", LOGIN, TOK_SCOPE_READ, login_id_members },
  { "p2p_advert_create", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advert_info", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advert_list", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advert_update", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_adverts", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_create", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_info", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_list", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_payment_methods", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_relations", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_advertiser_update", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_chat_create", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_country_list", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_cancel", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_confirm", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_create", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_dispute", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_info", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_list", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_order_review", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_payment_methods", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_ping", LOGIN, TOK_SCOPE_PAYMENTS },
  { "p2p_settings", LOGIN, TOK_SCOPE_PAYMENTS },
  { "partner_account_creation", LOGIN, TOK_SCOPE_ADMIN },
  { "partner_account_creation_status", LOGIN, TOK_SCOPE_ADMIN },
  { "partner_accounts", LOGIN, TOK_SCOPE_READ },
  { "partner_settings", LOGIN, TOK_SCOPE_READ },
  { "partner_settings_update", LOGIN, TOK_SCOPE_ADMIN },
  { "partner_toolkit", LOGIN, TOK_SCOPE_READ },
  { "payment_methods", 0, TOK_SCOPE_NONE },
  { "paymentagent_create", LOGIN, TOK_SCOPE_ADMIN },
  { "paymentagent_details", LOGIN, TOK_SCOPE_ADMIN },
  { "paymentagent_list", 0, TOK_SCOPE_NONE },
  { "paymentagent_transfer", LOGIN, TOK_SCOPE_PAYMENTS },
  { "paymentagent_withdraw", LOGIN, TOK_SCOPE_PAYMENTS },
  { "paymentagent_withdraw_justification", LOGIN, TOK_SCOPE_PAYMENTS },
  { "payout_currencies", 0, TOK_SCOPE_NONE },
  { "ping", GATEWAY | UNLIMITED, TOK_SCOPE_NONE, no_members },
  { "portfolio", LOGIN, ANY_VIEW, portfolio_members },
  { "profit_table", LOGIN, ANY_VIEW, profit_table_members },
  { "proposal", 0, TOK_SCOPE_NONE },
  { "proposal_open_contract", LOGIN, ANY_VIEW },
  { "reality_check", LOGIN, ANY_VIEW },
  { "residence_list", 0, TOK_SCOPE_NONE },
  { "revoke_oauth_app", LOGIN | ID, TOK_SCOPE_ADMIN, login_id_members },
  { "sell", LOGIN, TOK_SCOPE_TRADE },
  { "sell_contract_for_multiple_accounts", LOGIN, TOK_SCOPE_TRADE },
  { "sell_expired", LOGIN, TOK_SCOPE_TRADE },
  { "set_account_currency", LOGIN, TOK_SCOPE_ADMIN },
  { "set_financial_assessment", LOGIN, TOK_SCOPE_ADMIN },
  { "set_self_exclusion", LOGIN, TOK_SCOPE_ADMIN },
  { "set_settings", LOGIN, TOK_SCOPE_ADMIN },
  { "statement", LOGIN, ANY_VIEW, statement_members },
  { "states_list", 0, TOK_SCOPE_NONE },
  { "ticks", 0, TOK_SCOPE_NONE },
  { "ticks_batch", 0, TOK_SCOPE_NONE },
  { "ticks_history", 0, TOK_SCOPE_NONE },
  { "time", UNLIMITED, TOK_SCOPE_NONE, no_members },
  { "tin_validations", 0, TOK_SCOPE_NONE },
  { "tnc_approval", LOGIN, TOK_SCOPE_ADMIN },
  { "topup_virtual", LOGIN, TOK_SCOPE_TRADE },
  { "trading_durations", 0, TOK_SCOPE_NONE },
  { "trading_platform_investor_password_reset", LOGIN, TOK_SCOPE_ADMIN },
  { "trading_platform_password_reset", LOGIN, TOK_SCOPE_ADMIN },
  { "trading_platform_status", 0, TOK_SCOPE_NONE },
  { "trading_servers", LOGIN, TOK_SCOPE_READ },
  { "trading_times", 0, TOK_SCOPE_NONE },
  { "transaction", LOGIN, ANY_VIEW, transaction_members },
  { "transfer_between_accounts", LOGIN, TOK_SCOPE_PAYMENTS },
  { "unsubscribe_email", 0, TOK_SCOPE_NONE },
  { "verify_email", 0, TOK_SCOPE_NONE },
  { "website_config", 0, TOK_SCOPE_NONE },
  { "website_status", 0, TOK_SCOPE_NONE, website_status_members },
};

/**
 * tok_demo_calls_get_all:
 * @n_calls: (out): How many there are.
 *
 * Returns: (array length=n_calls): The published calls, in byte order of their names.
 */
const TokDemoCall *
tok_demo_calls_get_all (guint *n_calls)
{
  *n_calls = G_N_ELEMENTS (calls);
  return calls;
}

/**
 * tok_demo_calls_find:
 * @request: A request.
 *
 * Returns: (nullable): The first call that @request names (PROTOCOL 1.4 step 5).
 */
const TokDemoCall *
tok_demo_calls_find (JsonObject *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (json_object_has_member (request, calls[i].name))
      return &calls[i];
  return NULL;
}

/**
 * tok_demo_calls_check:
 * @call: A call.
 * @sent: A request for it, as it was sent.
 * @fault: (out): What is wrong with it.
 *
 * Holds a request against the schema of its call (PROTOCOL 1.4 step 7), where that is known.
 *
 * Returns: (transfer full) (nullable): The members of @sent as the call takes them, or %NULL if
 *   there is a @fault.
 */
JsonObject *
tok_demo_calls_check (const TokDemoCall *call, JsonObject *sent, TokDemoFault **fault)
{
  const TokDemoMember name[] = {
    { call->name, TOK_DEMO_INTEGER, TRUE, .choices = call->flags & ID ? NULL : one },
    { NULL },
  };

  if (call->members == NULL)
    return json_object_ref (sent);
  return tok_demo_schema_check (call->flags & TEXT ? no_members : name, call->members, sent, fault);
}
