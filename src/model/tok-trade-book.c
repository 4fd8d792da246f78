/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade-book.h"

/* One contract, whatever answers it was in. */
typedef struct {
  gint64 key;
  TokTrade trade;
  gboolean is_open;
} Entry;

struct _TokTradeBook {
  gint64 from;
  gboolean is_partial;
  GHashTable *entries;
};

/* What tells contracts apart; 0 if nothing does. Where an answer lacks the id of the contract, the
 * row of its purchase stands for it. */
static gint64
key_of (gint64 contract_id, gint64 transaction_id)
{
  if (contract_id > 0)
    return contract_id;
  return transaction_id > 0 ? -transaction_id : 0;
}

/* The entry of a contract, which is filled in where nothing was known; or NULL. */
static Entry *
note (TokTradeBook *self, const TokTrade *trade)
{
  gint64 key = key_of (trade->contract_id, trade->transaction_id);
  Entry *entry;

  if (key == 0)
    return NULL;
  entry = g_hash_table_lookup (self->entries, &key);
  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->key = key;
    entry->trade = *trade;
    entry->trade.sell_time = 0;
    g_hash_table_insert (self->entries, &entry->key, entry);
  }
  if (entry->trade.app_id == 0)
    entry->trade.app_id = trade->app_id;
  if (entry->trade.purchase_time == 0)
    entry->trade.purchase_time = trade->purchase_time;
  return entry;
}

static void
count_purchase (const TokTrade *trade, TokTradeSummary *summary)
{
  summary->n_contracts++;
  summary->volume += trade->buy_price;
  summary->payouts += trade->payout;
  summary->last_trade = MAX (summary->last_trade, trade->purchase_time);
  if (trade->sell_time != 0) {
    summary->n_closed++;
    summary->net_result += trade->sell_price - trade->buy_price;
  }
}

/**
 * tok_trade_book_new:
 * @from: When the period began, in seconds since 1970.
 *
 * A book about a period that goes on. A contract counts for the period if it was bought in it,
 * whenever it was closed: so it doesn't matter by which of the two times the service picks rows.
 *
 * Returns: (transfer full): An empty book.
 */
TokTradeBook *
tok_trade_book_new (gint64 from)
{
  TokTradeBook *self = g_new0 (TokTradeBook, 1);

  self->from = from;
  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

/**
 * tok_trade_book_free:
 * @self: (nullable) (transfer full): A book.
 *
 * Lets it go.
 */
void
tok_trade_book_free (TokTradeBook *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_free (self);
}

/**
 * tok_trade_book_add_closed:
 * @self: A book.
 * @trades: (element-type TokTrade): What the service lists as closed.
 *
 * Adds them, each contract once however often it is listed. One without a time at which it was
 * closed isn't taken for closed, and one that nothing tells apart from others is left out.
 */
void
tok_trade_book_add_closed (TokTradeBook *self, const GArray *trades)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (trades != NULL);

  for (guint i = 0; i < trades->len; i++) {
    const TokTrade *trade = &g_array_index (trades, TokTrade, i);
    Entry *entry = note (self, trade);

    if (entry == NULL || entry->trade.sell_time != 0 || trade->sell_time == 0)
      continue;
    entry->trade.sell_time = trade->sell_time;
    entry->trade.sell_price = trade->sell_price;
  }
}

/**
 * tok_trade_book_add_purchases:
 * @self: A book.
 * @transactions: (element-type TokTransaction): Rows of the statement.
 *
 * Adds the contracts that were bought, as far as they aren't known yet. One that no other answer
 * has is neither closed nor open: it has just ended, and the result isn't known yet. It counts as
 * bought, and nothing else is said of it.
 */
void
tok_trade_book_add_purchases (TokTradeBook *self, const GArray *transactions)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (transactions != NULL);

  for (guint i = 0; i < transactions->len; i++) {
    const TokTransaction *row = &g_array_index (transactions, TokTransaction, i);

    if (row->action == TOK_TRANSACTION_BUY)
      note (self, &(TokTrade){ .app_id = row->app_id,
                               .contract_id = row->contract_id,
                               .transaction_id = row->transaction_id,
                               .purchase_time = row->time,
                               .buy_price = ABS (row->amount),
                               .payout = row->payout });
  }
}

/**
 * tok_trade_book_add_open:
 * @self: A book.
 * @trades: (element-type TokTrade): What the service lists as open.
 *
 * Adds them. This answer is asked for last, so what it lacks isn't open; and what another answer
 * has as closed isn't open either, since no contract opens again.
 */
void
tok_trade_book_add_open (TokTradeBook *self, const GArray *trades)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (trades != NULL);

  for (guint i = 0; i < trades->len; i++) {
    Entry *entry = note (self, &g_array_index (trades, TokTrade, i));

    if (entry != NULL)
      entry->is_open = TRUE;
  }
}

/**
 * tok_trade_book_set_partial:
 * @self: A book.
 *
 * Notes that there may be more than was added.
 */
void
tok_trade_book_set_partial (TokTradeBook *self)
{
  g_return_if_fail (self != NULL);

  self->is_partial = TRUE;
}

/**
 * tok_trade_book_sum_up:
 * @self: A book.
 * @filter: Whose contracts count.
 * @data: For @filter.
 * @summary: (out): What they come to.
 *
 * Sums up what some programs did. A contract of which the service doesn't say when it was bought
 * counts for the period, since the service was asked for nothing else.
 */
void
tok_trade_book_sum_up (const TokTradeBook *self,
                       TokTradeBookFilter filter,
                       gconstpointer data,
                       TokTradeSummary *summary)
{
  TokTradeSummary sum = { 0 };
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (filter != NULL);
  g_return_if_fail (summary != NULL);

  sum.is_partial = self->is_partial;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Entry *entry = value;
    const TokTrade *trade = &entry->trade;

    if (!filter (trade->app_id, data))
      continue;
    if (trade->purchase_time == 0 || trade->purchase_time >= self->from)
      count_purchase (trade, &sum);
    if (entry->is_open && trade->sell_time == 0) {
      sum.n_open++;
      sum.open_stake += trade->buy_price;
    }
  }
  *summary = sum;
}
