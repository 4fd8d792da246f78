/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-test.h"
#include "tok-trade-book.h"

#define FROM 1000

static void
add (TokTradeBook *book,
     void (*add_rows) (TokTradeBook *book, const GArray *rows),
     gconstpointer rows,
     guint n,
     guint size)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, size);

  g_array_append_vals (array, rows, n);
  add_rows (book, array);
}

#define ADD(book, what, type, ...)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const type rows_[] = { __VA_ARGS__ };                                                          \
                                                                                                   \
    add (book, tok_trade_book_add_##what, rows_, G_N_ELEMENTS (rows_), sizeof (type));             \
  }                                                                                                \
  G_STMT_END

#define CLOSED(book, ...) ADD (book, closed, TokTrade, __VA_ARGS__)
#define OPEN(book, ...) ADD (book, open, TokTrade, __VA_ARGS__)
#define BOUGHT(book, ...) ADD (book, purchases, TokTransaction, __VA_ARGS__)

/* app, contract, row, bought, closed, paid, got, payout */
#define WON                                                                                        \
  {                                                                                                \
    7, 51, 91, 1010, 1020, 10.5, 20, 20                                                            \
  }
#define LOST                                                                                       \
  {                                                                                                \
    7, 52, 92, 1030, 1040, 5, 0, 9.5                                                               \
  }

static gboolean
is_all (gint64 app_id, gconstpointer data)
{
  return TRUE;
}

static gboolean
is_app (gint64 app_id, gconstpointer data)
{
  return app_id == GPOINTER_TO_INT (data);
}

static TokTradeSummary
sum_up (TokTradeBook *book)
{
  TokTradeSummary summary;

  tok_trade_book_sum_up (book, is_all, NULL, &summary);
  return summary;
}

/* The numbers in short: contracts, paid, payouts, last, closed, result, open, paid for these. */
#define assert_sum(book, expected)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    TokTradeSummary sum_ = sum_up (book);                                                          \
    g_autofree char *text_ = describe (&sum_);                                                     \
                                                                                                   \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static char *
describe (const TokTradeSummary *sum)
{
  return g_strdup_printf ("%u %g %g %d, %u %+g, %u %g%s", sum->n_contracts, sum->volume,
                          sum->payouts, (int) sum->last_trade, sum->n_closed, sum->net_result,
                          sum->n_open, sum->open_stake, sum->is_partial ? " …" : "");
}

static void
test_new (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  assert_sum (book, "0 0 0 0, 0 +0, 0 0");
  tok_trade_book_set_partial (book);
  assert_sum (book, "0 0 0 0, 0 +0, 0 0 …");
  tok_trade_book_free (NULL);
}

static void
test_closed (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  CLOSED (book, WON, LOST);
  assert_sum (book, "2 15.5 29.5 1030, 2 +4.5, 0 0");
}

/* Rows that come again, because a new one stands in front of them, count once. */
static void
test_repeated (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  CLOSED (book, WON, LOST);
  CLOSED (book, LOST, WON, WON);
  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 51, 91, 0, 1010, 0, -10.5, 20 },
          { TOK_TRANSACTION_BUY, 7, 51, 91, 0, 1010, 0, -10.5, 20 });
  assert_sum (book, "2 15.5 29.5 1030, 2 +4.5, 0 0");
}

/* Whichever of its times the service goes by, a contract counts if it was bought in the period. */
static void
test_period (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  CLOSED (book, { 7, 1, 0, FROM - 1, FROM + 9, 100, 150, 200 });
  assert_sum (book, "0 0 0 0, 0 +0, 0 0");
  CLOSED (book, { 7, 2, 0, FROM, FROM + 9, 1, 3, 3 });
  assert_sum (book, "1 1 3 1000, 1 +2, 0 0");
  /* Nothing else was asked for. */
  CLOSED (book, { 7, 3, 0, 0, FROM + 9, 1, 3, 3 });
  assert_sum (book, "2 2 6 1000, 2 +4, 0 0");
  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 4, 0, 0, FROM - 1, 0, -8, 9 });
  assert_sum (book, "2 2 6 1000, 2 +4, 0 0");
}

/* What is open is open, whenever it was bought; it is among those bought only if it was. */
static void
test_open (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 1, 11, 0, 1500, 0, -4, 8 });
  OPEN (book, { 7, 1, 11, 1500, 0, 4, 0, 8 }, { 7, 2, 12, FROM - 5, 0, 3, 0, 6 },
        { 7, 2, 12, FROM - 5, 0, 3, 0, 6 });
  assert_sum (book, "1 4 8 1500, 0 +0, 2 7");
}

/* It was closed, and can't have opened again; nor is what the last answer lacks open. */
static void
test_contradiction (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  CLOSED (book, WON);
  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 51, 91, 0, 1010, 0, -10.5, 20 },
          { TOK_TRANSACTION_BUY, 7, 60, 95, 0, 1050, 0, -2, 4 });
  OPEN (book, { 7, 51, 91, 1010, 0, 10.5, 0, 20 });
  /* 60 has just ended: bought, and no more is known. */
  assert_sum (book, "2 12.5 24 1050, 1 +9.5, 0 0");
}

/* Whatever the order, one contract is one, and is closed if any answer says so. */
static void
test_any_order (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  OPEN (book, { 0, 51, 91, 0, 0, 10.5, 0, 20 });
  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 51, 91, 0, 1010, 0, -10.5, 20 });
  assert_sum (book, "1 10.5 20 1010, 0 +0, 1 10.5");
  CLOSED (book, { 7, 51, 91, 1010, 0, 10.5, 99, 20 });
  assert_sum (book, "1 10.5 20 1010, 0 +0, 1 10.5");
  CLOSED (book, WON);
  assert_sum (book, "1 10.5 20 1010, 1 +9.5, 0 0");
}

/* Where the contract isn't said, the row of its purchase tells; where nothing is, nothing counts.
 */
static void
test_without_id (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  CLOSED (book, { 7, 0, 91, 1010, 1020, 1, 2, 2 }, { 7, 0, 92, 1010, 1020, 1, 2, 2 },
          { 7, 0, 0, 1010, 1020, 1, 2, 2 }, { 7, -5, -6, 1010, 1020, 1, 2, 2 });
  BOUGHT (book, { TOK_TRANSACTION_BUY, 7, 0, 91, 0, 1010, 0, -1, 2 },
          { TOK_TRANSACTION_BUY, 7, 0, 0, 0, 1010, 0, -1, 2 });
  /* A contract and a row may have one number. */
  CLOSED (book, { 7, 91, 93, 1010, 1020, 1, 2, 2 });
  assert_sum (book, "3 3 6 1010, 3 +3, 0 0");
}

static void
test_other_rows (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);

  BOUGHT (book, { TOK_TRANSACTION_SELL, 7, 1, 11, 10, 1500, 1400, 9, 9 },
          { TOK_TRANSACTION_DEPOSIT, 0, 0, 12, 0, 1500, 0, 50, 0 },
          { TOK_TRANSACTION_OTHER, 7, 2, 13, 0, 1500, 0, -5, 0 },
          { TOK_TRANSACTION_TRANSFER, 0, 0, 14, 0, 1500, 0, -5, 0 },
          { TOK_TRANSACTION_WITHDRAWAL, 0, 0, 15, 0, 1500, 0, -5, 0 });
  assert_sum (book, "0 0 0 0, 0 +0, 0 0");
}

static void
test_filter (void)
{
  g_autoptr (TokTradeBook) book = tok_trade_book_new (FROM);
  TokTradeSummary summary;

  /* Of 53 only one answer says who bought it. */
  CLOSED (book, WON, LOST, { 8, 54, 0, 1060, 1070, 1, 0, 2 }, { 0, 53, 0, 1050, 1060, 2, 4, 4 });
  BOUGHT (book, { TOK_TRANSACTION_BUY, 8, 53, 0, 0, 1050, 0, -2, 4 });
  OPEN (book, { 8, 55, 0, 1080, 0, 6, 0, 0 }, { 0, 56, 0, 1090, 0, 7, 0, 0 });
  tok_trade_book_sum_up (book, is_app, GINT_TO_POINTER (8), &summary);
  g_assert_cmpuint (summary.n_contracts, ==, 3);
  g_assert_cmpfloat (summary.volume, ==, 9);
  g_assert_cmpint (summary.last_trade, ==, 1080);
  g_assert_cmpfloat (summary.net_result, ==, 1);
  g_assert_cmpuint (summary.n_open, ==, 1);
  tok_trade_book_sum_up (book, is_app, GINT_TO_POINTER (0), &summary);
  g_assert_cmpuint (summary.n_contracts, ==, 1);
  tok_trade_book_sum_up (book, is_app, GINT_TO_POINTER (9), &summary);
  g_assert_cmpuint (summary.n_contracts, ==, 0);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/trade-book/new", test_new);
  g_test_add_func ("/trade-book/closed", test_closed);
  g_test_add_func ("/trade-book/repeated", test_repeated);
  g_test_add_func ("/trade-book/period", test_period);
  g_test_add_func ("/trade-book/open", test_open);
  g_test_add_func ("/trade-book/contradiction", test_contradiction);
  g_test_add_func ("/trade-book/any-order", test_any_order);
  g_test_add_func ("/trade-book/without-id", test_without_id);
  g_test_add_func ("/trade-book/other-rows", test_other_rows);
  g_test_add_func ("/trade-book/filter", test_filter);

  return g_test_run ();
}
