/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error.h"
#include "tok-secret.h"
#include "tok-test.h"
#include "tok-wire-activity.h"

#include <string.h>

static const TokTradePage page = { 1700000000, 1702592000, 500, 1500 };

static void
assert_request (char *request, const char *expected)
{
  g_autoptr (TokSecret) owned = request;

  g_assert_cmpstr (owned, ==, expected);
}

/* To the letter: the dates of one call are text, those of the other numbers. */
static void
test_requests (void)
{
  assert_request (tok_wire_encode_closed_trades (7, &page),
                  "{\"profit_table\":1,\"date_from\":\"1700000000\",\"date_to\":\"1702592000\","
                  "\"limit\":500,\"offset\":1500,\"req_id\":7}");
  assert_request (tok_wire_encode_transactions (8, TOK_TRANSACTION_BUY, &page),
                  "{\"statement\":1,\"action_type\":\"buy\",\"date_from\":1700000000,"
                  "\"date_to\":1702592000,\"limit\":500,\"offset\":1500,\"req_id\":8}");
  assert_request (tok_wire_encode_transactions (9, TOK_TRANSACTION_OTHER, &page),
                  "{\"statement\":1,\"date_from\":1700000000,"
                  "\"date_to\":1702592000,\"limit\":500,\"offset\":1500,\"req_id\":9}");
  assert_request (tok_wire_encode_open_trades (10), "{\"portfolio\":1,\"req_id\":10}");
}

static TokWireAnswer *
decode (const char *call, const char *data)
{
  g_autofree char *text = g_strdup_printf (
      "{\"echo_req\":{},\"msg_type\":\"%s\",\"%s\":%s,\"req_id\":1}", call, call, data);
  g_autoptr (GError) error = NULL;
  TokWireAnswer *answer = tok_wire_decode (text, strlen (text), &error);

  g_assert_no_error (error);
  return answer;
}

static char *
describe_trade (const TokTrade *trade)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.15g %.15g %.15g",
                          trade->app_id, trade->contract_id, trade->transaction_id,
                          trade->purchase_time, trade->sell_time, trade->buy_price,
                          trade->sell_price, trade->payout);
}

#define NOTHING "0 0 0 0 0 0 0 0"

/* A row of profit_table, and what is read: app, contract, row, bought, closed, paid, got, payout.
 */
static const struct {
  const char *name;
  const char *row;
  const char *read;
} closed_cases[] = {
  { "plain",
    "{\"app_id\":70101,\"buy_price\":10.35,\"contract_id\":5,\"payout\":20,\"purchase_time\":1700,"
    "\"sell_price\":20.7,\"sell_time\":1800,\"transaction_id\":6}",
    "70101 5 6 1700 1800 10.35 20.7 20" },
  { "text",
    "{\"app_id\":\"70101\",\"buy_price\":\"10.35\",\"contract_id\":\"5\",\"payout\":\"20.00\","
    "\"purchase_time\":\"1700\",\"sell_price\":\"0.00\",\"sell_time\":\"1800\","
    "\"transaction_id\":\"6\"}",
    "70101 5 6 1700 1800 10.35 0 20" },
  { "nulls",
    "{\"app_id\":null,\"buy_price\":null,\"contract_id\":null,\"payout\":null,"
    "\"purchase_time\":null,\"sell_price\":null,\"sell_time\":null,\"transaction_id\":null}",
    NOTHING },
  { "open", "{\"contract_id\":5,\"buy_price\":3,\"sell_price\":99,\"sell_time\":null}",
    "0 5 0 0 0 3 0 0" },
  { "missing", "{}", NOTHING },
  { "unknown", "{\"contract_id\":5,\"nonsense\":{\"a\":[1]},\"longcode\":\"<b>\"}",
    "0 5 0 0 0 0 0 0" },
  { "digits",
    "{\"app_id\":9007199254740993,\"contract_id\":9223372036854775807,"
    "\"transaction_id\":\"9223372036854775806\",\"sell_time\":1,\"sell_price\":1e-8}",
    "9007199254740993 9223372036854775807 9223372036854775806 0 1 0 1e-08 0" },
  { "coins",
    "{\"contract_id\":5,\"buy_price\":0.00012345,\"payout\":0.03518,\"sell_time\":2,"
    "\"sell_price\":\"0.00000001\"}",
    "0 5 0 0 2 0.00012345 1e-08 0.03518" },
  { "negative",
    "{\"app_id\":-1,\"contract_id\":-5,\"transaction_id\":0,\"purchase_time\":-9,"
    "\"sell_time\":-1,\"sell_price\":7}",
    NOTHING },
  { "other-types",
    "{\"app_id\":[],\"buy_price\":{},\"contract_id\":{},\"payout\":[1],\"purchase_time\":\"now\","
    "\"sell_price\":\"1,5\",\"sell_time\":\"\",\"transaction_id\":\"5x\"}",
    NOTHING },
  { "whole-doubles", "{\"contract_id\":5.0,\"purchase_time\":1700.0,\"buy_price\":3}",
    "0 5 0 1700 0 3 0 0" },
  { "no-money",
    "{\"contract_id\":5,\"buy_price\":1e300,\"payout\":\"nan\",\"sell_time\":1,"
    "\"sell_price\":\"inf\"}",
    "0 5 0 0 1 0 0 0" },
  { "repeated", "{\"contract_id\":4,\"contract_id\":5}", "0 5 0 0 0 0 0 0" },
  { "number", "5", NOTHING },
  { "null", "null", NOTHING },
  { "array", "[]", NOTHING },
};

static void
test_closed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *body
      = g_strdup_printf ("{\"count\":\"x\",\"transactions\":[%s],\"more\":1}", closed_cases[i].row);
  g_autoptr (TokWireAnswer) answer = decode ("profit_table", body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = tok_wire_answer_to_closed_trades (answer, &error);
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  read = describe_trade (&g_array_index (rows, TokTrade, 0));
  g_assert_cmpstr (read, ==, closed_cases[i].read);
}

static void
test_open (void)
{
  g_autoptr (TokWireAnswer) answer
      = decode ("portfolio", "{\"contracts\":[{\"app_id\":7,\"buy_price\":\"2.5\","
                             "\"contract_id\":9007199254750001,\"payout\":0,\"purchase_time\":99,"
                             "\"transaction_id\":3,\"sell_time\":5,\"sell_price\":6},{}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = tok_wire_answer_to_open_trades (answer, &error);
  g_autofree char *read = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  read = describe_trade (&g_array_index (rows, TokTrade, 0));
  g_assert_cmpstr (read, ==, "7 9007199254750001 3 99 0 2.5 0 0");
}

static void
test_transactions (void)
{
  static const struct {
    const char *row;
    TokTransaction read;
  } cases[] = {
    { "{\"action_type\":\"buy\",\"amount\":-10.5,\"app_id\":7,\"balance_after\":1,"
      "\"contract_id\":9007199254750001,\"payout\":\"20\",\"reference_id\":null,"
      "\"transaction_id\":9007199264750003,\"transaction_time\":1700}",
      { TOK_TRANSACTION_BUY, 7, G_GINT64_CONSTANT (9007199254750001),
        G_GINT64_CONSTANT (9007199264750003), 0, 1700, 0, -10.5, 20 } },
    { "{\"action_type\":\"sell\",\"amount\":\"20.00\",\"app_id\":null,\"contract_id\":5,"
      "\"payout\":null,\"purchase_time\":1600,\"reference_id\":6,\"transaction_id\":8,"
      "\"transaction_time\":\"1700\"}",
      { TOK_TRANSACTION_SELL, 0, 5, 8, 6, 1700, 1600, 20, 0 } },
    { "{\"action_type\":\"transfer\",\"amount\":-3,\"fees\":{\"amount\":1},\"transaction_id\":8}",
      { TOK_TRANSACTION_TRANSFER, 0, 0, 8, 0, 0, 0, -3, 0 } },
    { "{\"action_type\":\"hold\",\"amount\":-3}", { .amount = -3 } },
    { "{\"action_type\":5,\"amount\":true}", { TOK_TRANSACTION_OTHER } },
    { "{}", { TOK_TRANSACTION_OTHER } },
    { "7", { TOK_TRANSACTION_OTHER } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *body = g_strdup_printf ("{\"transactions\":[%s]}", cases[i].row);
    g_autoptr (TokWireAnswer) answer = decode ("statement", body);
    g_autoptr (GArray) rows = tok_wire_answer_to_transactions (answer, NULL);
    const TokTransaction *row = &g_array_index (rows, TokTransaction, 0);

    g_test_message ("%s", cases[i].row);
    g_assert_cmpint (row->action, ==, cases[i].read.action);
    g_assert_cmpint (row->app_id, ==, cases[i].read.app_id);
    g_assert_cmpint (row->contract_id, ==, cases[i].read.contract_id);
    g_assert_cmpint (row->transaction_id, ==, cases[i].read.transaction_id);
    g_assert_cmpint (row->reference_id, ==, cases[i].read.reference_id);
    g_assert_cmpint (row->time, ==, cases[i].read.time);
    g_assert_cmpint (row->purchase_time, ==, cases[i].read.purchase_time);
    g_assert_cmpfloat (row->payout, ==, cases[i].read.payout);
    if (i != 4)
      g_assert_cmpfloat (row->amount, ==, cases[i].read.amount);
  }
}

typedef GArray *(*Read) (const TokWireAnswer *answer, GError **error);

static const struct {
  const char *call;
  const char *list;
  Read read;
} calls[] = {
  { "profit_table", "transactions", tok_wire_answer_to_closed_trades },
  { "statement", "transactions", tok_wire_answer_to_transactions },
  { "portfolio", "contracts", tok_wire_answer_to_open_trades },
};

static void
test_garbled (void)
{
  static const char *const bodies[]
      = { "null",          "1",           "\"x\"",     "[]", "{}", "{\"rows\":[]}",
          "{\"%s\":null}", "{\"%s\":{}}", "{\"%s\":5}" };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint j = 0; j < G_N_ELEMENTS (bodies); j++) {
      g_auto (GStrv) parts = g_strsplit (bodies[j], "%s", 2);
      g_autofree char *body = g_strjoinv (calls[i].list, parts);
      g_autoptr (TokWireAnswer) answer = decode (calls[i].call, body);
      g_autoptr (GError) error = NULL;

      g_assert_null (calls[i].read (answer, &error));
      g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    const char *text = "{\"echo_req\":{},\"msg_type\":\"x\",\"error\":{\"code\":\"RateLimit\","
                       "\"message\":\"m\"},\"req_id\":1}";
    g_autoptr (TokWireAnswer) answer = tok_wire_decode (text, strlen (text), NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (calls[i].read (answer, &error));
    g_assert_error (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT);
  }
}

static GArray *
read_many (guint call, guint n, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (TokWireAnswer) answer = NULL;

  g_string_printf (body, "{\"%s\":[0", calls[call].list);
  for (guint i = 1; i < n; i++)
    g_string_append (body, ",{}");
  g_string_append (body, "]}");
  answer = decode (calls[call].call, body->str);
  return calls[call].read (answer, error);
}

static void
test_many_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) most = read_many (i, TOK_WIRE_MAX_ROWS, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (most->len, ==, TOK_WIRE_MAX_ROWS);
    g_assert_null (read_many (i, TOK_WIRE_MAX_ROWS + 1, &error));
    g_assert_error (error, TOK_ERROR, TOK_ERROR_GARBLED);
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/wire-activity/requests", test_requests);
  for (guint i = 0; i < G_N_ELEMENTS (closed_cases); i++) {
    g_autofree char *path = g_strconcat ("/wire-activity/closed/", closed_cases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_closed);
  }
  g_test_add_func ("/wire-activity/open", test_open);
  g_test_add_func ("/wire-activity/transactions", test_transactions);
  g_test_add_func ("/wire-activity/garbled", test_garbled);
  g_test_add_func ("/wire-activity/refused", test_refused);
  g_test_add_func ("/wire-activity/many-rows", test_many_rows);

  return g_test_run ();
}
