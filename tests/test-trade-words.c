/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade-words.h"

#include "tok-test.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NOW G_GINT64_CONSTANT (1700000000)

#define USD(number) number "\u00a0USD"
#define LOSS "\u2212"

/* Gives back what is not needed any more. */
static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
assert_contracts (guint n, gboolean is_partial, const char *expected)
{
  TokTradeSummary summary = { .n_contracts = n, .is_partial = is_partial, .volume = 20 };

  assert_takes (tok_trade_words_for_contracts (&summary, "USD"), expected);
}

static void
test_contracts (void)
{
  assert_contracts (0, FALSE, "No trades in the last 30 days");
  assert_contracts (1, FALSE, "1 contract, bought for " USD ("20.00"));
  assert_contracts (42, FALSE, "42 contracts, bought for " USD ("20.00"));
  assert_contracts (42, TRUE, "More than 42 contracts, bought for more than " USD ("20.00"));
}

static void
assert_result (guint n, double result, const char *expected)
{
  TokTradeSummary summary = { .n_contracts = n + 1, .n_closed = n, .net_result = result };

  assert_takes (tok_trade_words_for_result (&summary, "USD"), expected);
}

/* Said by a sign and a word. */
static void
test_result (void)
{
  assert_result (0, 0, "Not known before a contract is closed");
  assert_result (1, -23.4, USD (LOSS "23.40") ", a loss on 1 closed contract");
  assert_result (40, -23.4, USD (LOSS "23.40") ", a loss on 40 closed contracts");
  assert_result (1, 12, USD ("+12.00") ", a profit on 1 closed contract");
  assert_result (40, 12, USD ("+12.00") ", a profit on 40 closed contracts");
  assert_result (1, 0, "Neither profit nor loss on 1 closed contract");
  assert_result (40, -0.001, "Neither profit nor loss on 40 closed contracts");
}

static void
assert_last_trade (gint64 ago, const char *expected)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOW);
  TokTradeSummary summary = { .last_trade = NOW - ago };

  assert_takes (tok_trade_words_for_last_trade (&summary, now), expected);
}

static void
test_last_trade (void)
{
  assert_last_trade (NOW, NULL);
  /* Clocks differ. */
  assert_last_trade (-HOUR, "Just now");
  assert_last_trade (MINUTE - 1, "Just now");
  assert_last_trade (MINUTE, "1 minute ago");
  assert_last_trade (HOUR - 1, "59 minutes ago");
  assert_last_trade (HOUR, "1 hour ago");
  assert_last_trade (DAY - 1, "23 hours ago");
  assert_last_trade (DAY, "1 day ago");
  assert_last_trade (29 * DAY, "29 days ago");
}

static void
assert_open (guint n, const char *expected)
{
  TokTradeSummary summary = { .n_open = n, .open_stake = 7.5 };

  assert_takes (tok_trade_words_for_open (&summary, "USD"), expected);
}

static void
test_open (void)
{
  assert_open (0, "No open positions");
  assert_open (1, "1 position, with " USD ("7.50") " at stake");
  assert_open (3, "3 positions, with " USD ("7.50") " at stake");
}

static void
assert_markup (double payouts, gboolean is_partial, double markup, const char *expected)
{
  TokTradeSummary summary = { .n_contracts = 2, .is_partial = is_partial, .payouts = payouts };

  assert_takes (tok_trade_words_for_markup (&summary, "USD", markup), expected);
}

/* An estimate is called one, and isn't made of nothing. */
static void
test_markup (void)
{
  assert_markup (861, FALSE, 2, "About " USD ("17.22") " of what was paid, at 2 % of the payouts");
  assert_markup (100, FALSE, 0.5,
                 "About " USD ("0.50") " of what was paid, at 0.5 % of the payouts");
  assert_markup (861, TRUE, 2,
                 "More than about " USD ("17.22") " of what was paid, at 2 % of the payouts");
  assert_markup (861, FALSE, 0, NULL);
  assert_markup (861, FALSE, 101, NULL);
  assert_markup (0, FALSE, 2, NULL);
  assert_markup (0.1, FALSE, 1, NULL);
}

static void
assert_unlisted (const TokTradeSummary *summary, const char *title, const char *detail)
{
  assert_takes (tok_trade_words_for_unlisted (summary), title);
  assert_takes (tok_trade_words_for_unlisted_detail (summary, "USD"), detail);
}

static void
test_unlisted (void)
{
  static const TokTradeSummary none = { 0 };
  static const TokTradeSummary one = { .n_contracts = 1, .volume = 8 };
  static const TokTradeSummary several
      = { .n_contracts = 13, .volume = 101, .n_closed = 12, .net_result = -20, .n_open = 1 };
  static const TokTradeSummary many = {
    .n_contracts = 500, .is_partial = TRUE, .volume = 1000, .n_closed = 500, .net_result = 3
  };
  static const TokTradeSummary old = { .n_open = 1, .open_stake = 5 };
  static const TokTradeSummary olds = { .n_open = 2, .open_stake = 5 };

  g_assert_null (tok_trade_words_for_unlisted (&none));
  assert_unlisted (&one, "1 trade by programs that are not in this list",
                   "In the last 30 days: 1 contract, bought for " USD (
                       "8.00") ".\nProbably with an API token of yours, or before you revoked "
                               "their access.");
  assert_unlisted (&several, "13 trades by programs that are not in this list",
                   "In the last 30 days: " USD (
                       LOSS "20.00") ", a loss on 12 closed contracts.\nProbably with an API token "
                                     "of yours, or before you revoked their access.");
  assert_unlisted (&many, "More than 500 trades by programs that are not in this list",
                   "In the last 30 days: " USD (
                       "+3.00") ", a profit on 500 closed contracts.\nProbably with an API token "
                                "of yours, or before you revoked their access.");
  assert_unlisted (&old, "1 open position of programs that are not in this list",
                   "1 position, with " USD ("5.00") " at stake.\nProbably with an API token of "
                                                    "yours, or before you revoked their access.");
  assert_takes (tok_trade_words_for_unlisted (&olds),
                "2 open positions of programs that are not in this list");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/trade-words/contracts", test_contracts);
  g_test_add_func ("/trade-words/result", test_result);
  g_test_add_func ("/trade-words/last-trade", test_last_trade);
  g_test_add_func ("/trade-words/open", test_open);
  g_test_add_func ("/trade-words/markup", test_markup);
  g_test_add_func ("/trade-words/unlisted", test_unlisted);

  return g_test_run ();
}
