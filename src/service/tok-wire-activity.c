/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wire-activity.h"

#include "tok-wire-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

/* Trades: what is asked, and what comes back (PROTOCOL 2.13). */

/* More than that isn't anybody's money, and sums of it would be no numbers any more. */
#define MAX_AMOUNT 1e15

typedef void (*ReadRow) (JsonObject *object, gpointer row);

/* What is an integer for one call is a text for the other. */
static void
add_int_as_text (JsonBuilder *builder, const char *member, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  tok_wire_add_text (builder, member, text);
}

/* Ids and times are above 0; what can't be read is none. */
static gint64
read_positive (JsonObject *object, const char *member)
{
  gint64 value;

  return tok_wire_read_int (object, member, &value) && value > 0 ? value : 0;
}

static double
read_amount (JsonObject *object, const char *member)
{
  double amount = tok_wire_read_double (object, member);

  return fabs (amount) <= MAX_AMOUNT ? amount : 0.0;
}

static void
read_trade (JsonObject *object, gpointer row)
{
  *(TokTrade *) row = (TokTrade){
    .app_id = read_positive (object, "app_id"),
    .contract_id = read_positive (object, "contract_id"),
    .transaction_id = read_positive (object, "transaction_id"),
    .purchase_time = read_positive (object, "purchase_time"),
    .buy_price = read_amount (object, "buy_price"),
    .payout = read_amount (object, "payout"),
  };
}

static void
read_closed_trade (JsonObject *object, gpointer row)
{
  TokTrade *trade = row;

  read_trade (object, trade);
  trade->sell_time = read_positive (object, "sell_time");
  if (trade->sell_time != 0)
    trade->sell_price = read_amount (object, "sell_price");
}

static void
read_transaction (JsonObject *object, gpointer row)
{
  JsonNode *action = json_object_get_member (object, "action_type");

  *(TokTransaction *) row = (TokTransaction){
    .action = tok_transaction_action_from_id (tok_wire_peek_text (action)),
    .app_id = read_positive (object, "app_id"),
    .contract_id = read_positive (object, "contract_id"),
    .transaction_id = read_positive (object, "transaction_id"),
    .reference_id = read_positive (object, "reference_id"),
    .time = read_positive (object, "transaction_time"),
    .purchase_time = read_positive (object, "purchase_time"),
    .amount = read_amount (object, "amount"),
    .payout = read_amount (object, "payout"),
  };
}

/* The rows of a list. One that can't be read is there all the same, without any id, so that a page
 * has as many rows as the service has sent. A list of which a part is left out would say that there
 * is no more. */
static GArray *
read_rows (const TokWireAnswer *answer,
           const char *call,
           const char *list,
           guint row_size,
           ReadRow read_row,
           GError **error)
{
  JsonNode *data = tok_wire_find_data (answer, call, error);
  JsonNode *node = NULL;
  JsonArray *array;
  GArray *rows;

  if (data == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (data))
    node = json_object_get_member (json_node_get_object (data), list);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) > TOK_WIRE_MAX_ROWS) {
    tok_wire_set_garbled (error);
    return NULL;
  }
  array = json_node_get_array (node);
  rows = g_array_new (FALSE, TRUE, row_size);
  g_array_set_size (rows, json_array_get_length (array));
  for (guint i = 0; i < rows->len; i++) {
    JsonNode *row = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (row))
      read_row (json_node_get_object (row), rows->data + (gsize) i * row_size);
  }
  return rows;
}

/**
 * tok_wire_encode_closed_trades:
 * @req_id: A number that the answer repeats, above 0.
 * @page: Which rows; at most 500.
 *
 * Asks for contracts that are closed, the newest first (PROTOCOL 2.13, `profit_table`).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_closed_trades (gint64 req_id, const TokTradePage *page)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (page != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_int (builder, "profit_table", 1);
  add_int_as_text (builder, "date_from", page->from);
  add_int_as_text (builder, "date_to", page->to);
  tok_wire_add_int (builder, "limit", page->limit);
  tok_wire_add_int (builder, "offset", page->offset);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_transactions:
 * @req_id: A number that the answer repeats, above 0.
 * @action: Of which kind; %TOK_TRANSACTION_OTHER for all kinds.
 * @page: Which rows; at most 999.
 *
 * Asks for what moved money, the newest first (PROTOCOL 2.13, `statement`).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_transactions (gint64 req_id, TokTransactionAction action, const TokTradePage *page)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (page != NULL, NULL);

  builder = tok_wire_begin_request ();
  tok_wire_add_int (builder, "statement", 1);
  if (action != TOK_TRANSACTION_OTHER)
    tok_wire_add_text (builder, "action_type", tok_transaction_action_to_id (action));
  tok_wire_add_int (builder, "date_from", page->from);
  tok_wire_add_int (builder, "date_to", page->to);
  tok_wire_add_int (builder, "limit", page->limit);
  tok_wire_add_int (builder, "offset", page->offset);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_encode_open_trades:
 * @req_id: A number that the answer repeats, above 0.
 *
 * Asks for the contracts that are open (PROTOCOL 2.13, `portfolio`).
 *
 * Returns: (transfer full): The text to send; free it with [func@secret_free].
 */
char *
tok_wire_encode_open_trades (gint64 req_id)
{
  g_autoptr (JsonBuilder) builder = tok_wire_begin_request ();

  tok_wire_add_int (builder, "portfolio", 1);
  return tok_wire_end_request (builder, req_id);
}

/**
 * tok_wire_answer_to_closed_trades:
 * @answer: What answers [func@wire_encode_closed_trades].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED, also if there are more than
 *   %TOK_WIRE_MAX_ROWS rows.
 *
 * Reads the rows (PROTOCOL 2.13), as many as the service has sent: one that
 * can't be read has no id.
 *
 * Returns: (transfer full) (element-type TokTrade) (nullable): The contracts.
 */
GArray *
tok_wire_answer_to_closed_trades (const TokWireAnswer *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, NULL);

  return read_rows (answer, "profit_table", "transactions", sizeof (TokTrade), read_closed_trade,
                    error);
}

/**
 * tok_wire_answer_to_transactions:
 * @answer: What answers [func@wire_encode_transactions].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED, also if there are more than
 *   %TOK_WIRE_MAX_ROWS rows.
 *
 * Reads the rows (PROTOCOL 2.13), as many as the service has sent: one that
 * can't be read has no id.
 *
 * Returns: (transfer full) (element-type TokTransaction) (nullable): What moved money.
 */
GArray *
tok_wire_answer_to_transactions (const TokWireAnswer *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, NULL);

  return read_rows (answer, "statement", "transactions", sizeof (TokTransaction), read_transaction,
                    error);
}

/**
 * tok_wire_answer_to_open_trades:
 * @answer: What answers [func@wire_encode_open_trades].
 * @error: Where to put the answer's own error, or %TOK_ERROR_GARBLED, also if there are more than
 *   %TOK_WIRE_MAX_ROWS rows.
 *
 * Reads the rows (PROTOCOL 2.13); one that can't be read has no id.
 *
 * Returns: (transfer full) (element-type TokTrade) (nullable): The contracts.
 */
GArray *
tok_wire_answer_to_open_trades (const TokWireAnswer *answer, GError **error)
{
  g_return_val_if_fail (answer != NULL, NULL);

  return read_rows (answer, "portfolio", "contracts", sizeof (TokTrade), read_trade, error);
}
