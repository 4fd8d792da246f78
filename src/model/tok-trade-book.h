/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-trade.h"

G_BEGIN_DECLS

/**
 * TokTradeBook:
 *
 * What is known of the contracts of an account, put together from answers that may overlap.
 */
typedef struct _TokTradeBook TokTradeBook;

/**
 * TokTradeBookFilter:
 * @app_id: A program that bought contracts; 0 for those of which the service names none.
 * @data: Of the caller.
 *
 * Returns: Whether its contracts count.
 */
typedef gboolean (*TokTradeBookFilter) (gint64 app_id, gconstpointer data);

TokTradeBook *tok_trade_book_new (gint64 from);
void tok_trade_book_free (TokTradeBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokTradeBook, tok_trade_book_free)

void tok_trade_book_add_closed (TokTradeBook *self, const GArray *trades);
void tok_trade_book_add_purchases (TokTradeBook *self, const GArray *transactions);
void tok_trade_book_add_open (TokTradeBook *self, const GArray *trades);
void tok_trade_book_set_partial (TokTradeBook *self);

void tok_trade_book_sum_up (const TokTradeBook *self,
                            TokTradeBookFilter filter,
                            gconstpointer data,
                            TokTradeSummary *summary);

G_END_DECLS
