/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-report.h"

#include <stdlib.h>

/* What is listed of a history (PROTOCOL 2.13). Both ends of a period belong to it; closed contracts
 * are picked and sorted by the time at which they were bought. */

#define DAY (24 * 60 * 60)
#define STATEMENT_LIMIT 100
#define PROFIT_TABLE_LIMIT 50

/* Which of the rows that fit are listed. */
typedef struct {
  gint64 offset;
  gint64 limit;
  gint64 n_seen;
  JsonArray *rows;
} Page;

static Page
begin_page (JsonObject *request, gint64 default_limit)
{
  double limit
      = json_object_get_double_member_with_default (request, "limit", (double) default_limit);

  return (Page){
    .offset = json_object_get_int_member_with_default (request, "offset", 0),
    .limit = (gint64) limit,
    .rows = json_array_new (),
  };
}

/* Whether a row that fits is listed, and not skipped or left out. */
static gboolean
takes_row (Page *page)
{
  gint64 place = page->n_seen++;

  return place >= page->offset && place - page->offset < page->limit;
}

static JsonNode *
end_page (Page *page)
{
  JsonObject *data = json_object_new ();
  JsonNode *node = json_node_alloc ();

  json_object_set_int_member (data, "count", json_array_get_length (page->rows));
  json_object_set_array_member (data, "transactions", page->rows);
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), data);
  return node;
}

static void
set_id (JsonObject *row, const char *member, gint64 id)
{
  if (id != 0)
    json_object_set_int_member (row, member, id);
  else
    json_object_set_null_member (row, member);
}

static void
set_amount (JsonObject *row, const char *member, const TokDemoHistory *history, gint64 units)
{
  json_object_set_double_member (row, member, tok_demo_history_to_amount (history, units));
}

static void
set_codes (JsonObject *row, const TokDemoContract *contract)
{
  g_autofree char *longcode = tok_demo_contract_dup_longcode (contract);
  g_autofree char *shortcode = tok_demo_contract_dup_shortcode (contract);

  json_object_set_string_member (row, "longcode", longcode);
  json_object_set_string_member (row, "shortcode", shortcode);
}

static gboolean
wants_description (JsonObject *request)
{
  return json_object_get_int_member_with_default (request, "description", 0) != 0;
}

static gboolean
wants_type (JsonObject *request, const char *type)
{
  JsonArray *types = json_object_has_member (request, "contract_type")
                         ? json_object_get_array_member (request, "contract_type")
                         : NULL;

  if (types == NULL || json_array_get_length (types) == 0)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (types); i++)
    if (g_str_equal (json_array_get_string_element (types, i), type))
      return TRUE;
  return FALSE;
}

static JsonObject *
new_login (const char *login_id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "loginid", login_id);
  return object;
}

static void
describe_payment (JsonObject *row, const TokDemoHistory *history, const TokDemoEntry *entry)
{
  JsonObject *fees;

  if (entry->from == NULL)
    return;
  fees = json_object_new ();
  set_amount (fees, "amount", history, entry->fee);
  json_object_set_string_member (fees, "currency", tok_demo_history_get_currency (history));
  set_amount (fees, "minimum", history, 1);
  json_object_set_double_member (fees, "percentage", 1);
  json_object_set_object_member (row, "fees", fees);
  json_object_set_object_member (row, "from", new_login (entry->from));
  json_object_set_object_member (row, "to", new_login (entry->to));
}

static JsonObject *
describe_entry (const TokDemoHistory *history, const TokDemoEntry *entry, gboolean in_full)
{
  const TokDemoContract *contract = entry->contract;
  gboolean is_sale = contract != NULL && g_str_equal (entry->action, "sell");
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "action_type", entry->action);
  set_amount (row, "amount", history, entry->amount);
  set_id (row, "app_id", contract != NULL ? contract->app_id : 0);
  set_amount (row, "balance_after", history, entry->balance_after);
  set_id (row, "contract_id", contract != NULL ? contract->id : 0);
  if (contract != NULL && contract->payout != 0)
    set_amount (row, "payout", history, contract->payout);
  else
    json_object_set_null_member (row, "payout");
  if (is_sale)
    json_object_set_int_member (row, "purchase_time", contract->purchase_time);
  set_id (row, "reference_id", is_sale ? contract->buy_id : 0);
  json_object_set_int_member (row, "transaction_id", entry->id);
  json_object_set_int_member (row, "transaction_time", entry->time);
  describe_payment (row, history, entry);
  if (in_full && contract != NULL) {
    set_codes (row, contract);
  } else if (in_full) {
    json_object_set_string_member (row, "longcode", "");
    json_object_set_null_member (row, "shortcode");
  }
  return row;
}

static JsonObject *
describe_closed (const TokDemoHistory *history, const TokDemoContract *contract, gboolean in_full)
{
  JsonObject *row = json_object_new ();

  set_id (row, "app_id", contract->app_id);
  set_amount (row, "buy_price", history, contract->stake);
  json_object_set_int_member (row, "contract_id", contract->id);
  set_amount (row, "payout", history, contract->payout);
  json_object_set_int_member (row, "purchase_time", contract->purchase_time);
  set_amount (row, "sell_price", history, contract->result);
  json_object_set_int_member (row, "sell_time", contract->sell_time);
  json_object_set_int_member (row, "transaction_id", contract->buy_id);
  if (in_full) {
    json_object_set_string_member (row, "contract_type", contract->kind->type);
    json_object_set_string_member (row, "duration_type", contract->kind->duration_type);
    json_object_set_string_member (row, "underlying_symbol", contract->kind->symbol);
    set_codes (row, contract);
  }
  return row;
}

static JsonObject *
describe_open (const TokDemoHistory *history, const TokDemoContract *contract)
{
  JsonObject *row = json_object_new ();

  set_id (row, "app_id", contract->app_id);
  set_amount (row, "buy_price", history, contract->stake);
  json_object_set_int_member (row, "contract_id", contract->id);
  json_object_set_string_member (row, "contract_type", contract->kind->type);
  json_object_set_string_member (row, "currency", tok_demo_history_get_currency (history));
  json_object_set_int_member (row, "date_start", contract->purchase_time);
  json_object_set_int_member (row, "expiry_time", tok_demo_contract_get_expiry (contract));
  set_amount (row, "payout", history, contract->payout);
  json_object_set_int_member (row, "purchase_time", contract->purchase_time);
  json_object_set_string_member (row, "symbol", contract->kind->symbol);
  json_object_set_int_member (row, "transaction_id", contract->buy_id);
  set_codes (row, contract);
  return row;
}

/* A day, or seconds since 1970 in digits; of a day the first second, or the last. */
static gboolean
read_date (JsonObject *request, const char *member, gboolean is_end, gint64 *time)
{
  const char *text = json_object_get_string_member_with_default (request, member, NULL);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "-", 3) : NULL;
  g_autoptr (GDateTime) day = NULL;

  if (text == NULL)
    return TRUE;
  if (parts[1] == NULL) {
    *time = g_ascii_strtoll (text, NULL, 10);
    return TRUE;
  }
  day = g_date_time_new_utc (atoi (parts[0]), atoi (parts[1]), atoi (parts[2]), 0, 0, 0);
  if (day == NULL)
    return FALSE;
  *time = g_date_time_to_unix (day) + (is_end ? DAY - 1 : 0);
  return TRUE;
}

static gboolean
read_period (JsonObject *request, gint64 *from, gint64 *to, TokDemoFault **fault)
{
  *from = 0;
  *to = G_MAXINT64;
  if (read_date (request, "date_from", FALSE, from) && read_date (request, "date_to", TRUE, to))
    return TRUE;
  /* The pattern of the schema lets in days that there are not. */
  *fault = tok_demo_fault_new ("InputValidationFailed", "There is no such day.");
  return FALSE;
}

/**
 * tok_demo_report_statement:
 * @history: What happened.
 * @request: What is asked for.
 *
 * Returns: (transfer full): The data of `statement` (PROTOCOL 2.13).
 */
JsonNode *
tok_demo_report_statement (const TokDemoHistory *history, JsonObject *request)
{
  GPtrArray *entries = tok_demo_history_get_entries (history);
  const char *action = json_object_get_string_member_with_default (request, "action_type", NULL);
  gint64 from = json_object_get_int_member_with_default (request, "date_from", 0);
  gint64 to = json_object_get_int_member_with_default (request, "date_to", G_MAXINT64);
  gboolean in_full = wants_description (request);
  Page page = begin_page (request, STATEMENT_LIMIT);

  for (guint i = 0; i < entries->len; i++) {
    const TokDemoEntry *entry = entries->pdata[i];

    if (entry->time < from || entry->time > to
        || (action != NULL && !g_str_equal (action, entry->action)))
      continue;
    if (takes_row (&page))
      json_array_add_object_element (page.rows, describe_entry (history, entry, in_full));
  }
  return end_page (&page);
}

/**
 * tok_demo_report_profit_table:
 * @history: What happened.
 * @request: What is asked for.
 * @fault: (out): Why it can't be answered.
 *
 * Returns: (transfer full) (nullable): The data of `profit_table` (PROTOCOL 2.13), or %NULL if
 *   there is a @fault.
 */
JsonNode *
tok_demo_report_profit_table (const TokDemoHistory *history,
                              JsonObject *request,
                              TokDemoFault **fault)
{
  GPtrArray *contracts = tok_demo_history_get_contracts (history);
  gboolean is_ascending
      = g_str_equal (json_object_get_string_member_with_default (request, "sort", "DESC"), "ASC");
  gboolean in_full = wants_description (request);
  gint64 from, to;
  Page page;

  if (!read_period (request, &from, &to, fault))
    return NULL;
  page = begin_page (request, PROFIT_TABLE_LIMIT);
  for (guint i = 0; i < contracts->len; i++) {
    const TokDemoContract *contract = contracts->pdata[is_ascending ? contracts->len - 1 - i : i];

    if (contract->sell_time == 0 || contract->purchase_time < from || contract->purchase_time > to
        || !wants_type (request, contract->kind->type))
      continue;
    if (takes_row (&page))
      json_array_add_object_element (page.rows, describe_closed (history, contract, in_full));
  }
  return end_page (&page);
}

/**
 * tok_demo_report_portfolio:
 * @history: What happened.
 * @request: What is asked for.
 *
 * Returns: (transfer full): The data of `portfolio` (PROTOCOL 2.13).
 */
JsonNode *
tok_demo_report_portfolio (const TokDemoHistory *history, JsonObject *request)
{
  GPtrArray *contracts = tok_demo_history_get_contracts (history);
  JsonArray *rows = json_array_new ();
  JsonObject *data = json_object_new ();
  JsonNode *node = json_node_alloc ();

  for (guint i = 0; i < contracts->len; i++) {
    const TokDemoContract *contract = contracts->pdata[i];

    if (contract->sell_time == 0 && wants_type (request, contract->kind->type))
      json_array_add_object_element (rows, describe_open (history, contract));
  }
  json_object_set_array_member (data, "contracts", rows);
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), data);
  return node;
}
