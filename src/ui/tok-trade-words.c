/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade-words.h"

#include "tok-money.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/**
 * tok_trade_words_for_contracts:
 * @summary: What a program did.
 * @currency: What it did it with; may be empty.
 *
 * Returns: (transfer full): How much it traded.
 */
char *
tok_trade_words_for_contracts (const TokTradeSummary *summary, const char *currency)
{
  g_autofree char *volume = tok_money_to_text (summary->volume, currency, TOK_MONEY_SIGN_NEGATIVE);
  guint n = summary->n_contracts;

  if (n == 0)
    return g_strdup (_ ("No trades in the last 30 days"));
  if (summary->is_partial)
    return g_strdup_printf (
        /* Translators: there are more than could be counted; %s is a sum of money. */
        ngettext ("More than %u contract, bought for more than %s",
                  "More than %u contracts, bought for more than %s", n),
        n, volume);
  /* Translators: %s is a sum of money. */
  return g_strdup_printf (ngettext ("%u contract, bought for %s", "%u contracts, bought for %s", n),
                          n, volume);
}

/**
 * tok_trade_words_for_result:
 * @summary: What a program did.
 * @currency: What it did it with; may be empty.
 *
 * Returns: (transfer full): What came of the contracts that are closed.
 */
char *
tok_trade_words_for_result (const TokTradeSummary *summary, const char *currency)
{
  g_autofree char *result
      = tok_money_to_text (summary->net_result, currency, TOK_MONEY_SIGN_ALWAYS);
  guint n = summary->n_closed;

  if (n == 0)
    return g_strdup (_ ("Not known before a contract is closed"));
  switch (tok_money_get_sign (summary->net_result, currency)) {
  case 1:
    return g_strdup_printf (
        /* Translators: %s is a sum of money with a plus sign. */
        ngettext ("%s, a profit on %u closed contract", "%s, a profit on %u closed contracts", n),
        result, n);
  case -1:
    return g_strdup_printf (
        /* Translators: %s is a sum of money with a minus sign. */
        ngettext ("%s, a loss on %u closed contract", "%s, a loss on %u closed contracts", n),
        result, n);
  default:
    return g_strdup_printf (ngettext ("Neither profit nor loss on %u closed contract",
                                      "Neither profit nor loss on %u closed contracts", n),
                            n);
  }
}

/**
 * tok_trade_words_for_last_trade:
 * @summary: What a program did.
 * @now: The time now.
 *
 * Returns: (transfer full) (nullable): How long its last trade is ago; %NULL if there was none.
 */
char *
tok_trade_words_for_last_trade (const TokTradeSummary *summary, GDateTime *now)
{
  gint64 seconds = g_date_time_to_unix (now) - summary->last_trade;
  gulong n;

  if (summary->last_trade == 0)
    return NULL;
  if (seconds < 60)
    return g_strdup (_ ("Just now"));
  if (seconds < 60 * 60) {
    n = seconds / 60;
    return g_strdup_printf (ngettext ("%lu minute ago", "%lu minutes ago", n), n);
  }
  if (seconds < 24 * 60 * 60) {
    n = seconds / (60 * 60);
    return g_strdup_printf (ngettext ("%lu hour ago", "%lu hours ago", n), n);
  }
  n = seconds / (24 * 60 * 60);
  return g_strdup_printf (ngettext ("%lu day ago", "%lu days ago", n), n);
}

/**
 * tok_trade_words_for_open:
 * @summary: What a program did.
 * @currency: What it did it with; may be empty.
 *
 * Returns: (transfer full): What of it is open now.
 */
char *
tok_trade_words_for_open (const TokTradeSummary *summary, const char *currency)
{
  g_autofree char *stake
      = tok_money_to_text (summary->open_stake, currency, TOK_MONEY_SIGN_NEGATIVE);
  guint n = summary->n_open;

  if (n == 0)
    return g_strdup (_ ("No open positions"));
  return g_strdup_printf (
      /* Translators: what is open now; %s is a sum of money. */
      ngettext ("%u position, with %s at stake", "%u positions, with %s at stake", n), n, stake);
}

/**
 * tok_trade_words_for_markup:
 * @summary: What an app did.
 * @currency: What it did it with; may be empty.
 * @markup: What it adds to the price of each contract, in percent of its payout.
 *
 * Returns: (transfer full) (nullable): What that may have cost; %NULL where nobody can tell.
 */
char *
tok_trade_words_for_markup (const TokTradeSummary *summary, const char *currency, double markup)
{
  double cost = markup / 100 * summary->payouts;
  g_autofree char *sum = NULL;
  g_autofree char *share = NULL;

  if (tok_money_get_sign (cost, currency) <= 0 || markup > 100)
    return NULL;
  sum = tok_money_to_text (cost, currency, TOK_MONEY_SIGN_NEGATIVE);
  share = tok_text_from_percentage (markup);
  if (summary->is_partial)
    return g_strdup_printf (
        /* Translators: the first %s is a sum of money, the second a share in percent; the
         * contracts are those that are counted above. */
        _ ("More than about %s of what was paid, at %s of the payouts"), sum, share);
  return g_strdup_printf (
      /* Translators: the first %s is a sum of money, the second a share in percent; the
       * contracts are those that are counted above. */
      _ ("About %s of what was paid, at %s of the payouts"), sum, share);
}

/**
 * tok_trade_words_for_unlisted:
 * @summary: What programs did that are not in the list of connected apps.
 *
 * Returns: (transfer full) (nullable): How much that is; %NULL if they did nothing.
 */
char *
tok_trade_words_for_unlisted (const TokTradeSummary *summary)
{
  guint n = summary->n_contracts;

  if (n == 0 && summary->n_open == 0)
    return NULL;
  if (n == 0)
    return g_strdup_printf (ngettext ("%u open position of programs that are not in this list",
                                      "%u open positions of programs that are not in this list",
                                      summary->n_open),
                            summary->n_open);
  if (summary->is_partial)
    return g_strdup_printf (ngettext ("More than %u trade by programs that are not in this list",
                                      "More than %u trades by programs that are not in this list",
                                      n),
                            n);
  return g_strdup_printf (ngettext ("%u trade by programs that are not in this list",
                                    "%u trades by programs that are not in this list", n),
                          n);
}

/**
 * tok_trade_words_for_unlisted_detail:
 * @summary: What programs did that are not in the list of connected apps.
 * @currency: What they did it with; may be empty.
 *
 * Returns: (transfer full): What came of it, and how they can have done it, in two lines.
 */
char *
tok_trade_words_for_unlisted_detail (const TokTradeSummary *summary, const char *currency)
{
  g_autofree char *sum = NULL;

  if (summary->n_contracts == 0) {
    sum = tok_trade_words_for_open (summary, currency);
    return g_strdup_printf (
        /* Translators: %s says what is open now. */
        _ ("%s.\nProbably with an API token of yours, or before you revoked their access."), sum);
  }
  sum = summary->n_closed > 0 ? tok_trade_words_for_result (summary, currency)
                              : tok_trade_words_for_contracts (summary, currency);
  return g_strdup_printf (
      /* Translators: %s says what came of the trades. */
      _ ("In the last 30 days: %s.\nProbably with an API token of yours, or before you revoked "
         "their access."),
      sum);
}
