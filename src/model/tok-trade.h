/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokTrade:
 * @app_id: The program that bought it; 0 if the service names none.
 * @contract_id: The contract; 0 if the service doesn't say.
 * @transaction_id: The row of its purchase in the statement; 0 if the service doesn't say.
 * @purchase_time: When it was bought, in seconds since 1970; 0 if the service doesn't say.
 * @sell_time: When it was closed, in seconds since 1970; 0 if it is open.
 * @buy_price: What was paid for it.
 * @sell_price: What came back; 0 if it is open.
 * @payout: What it can pay; 0 where that isn't fixed.
 *
 * One contract, closed or open (PROTOCOL 2.13). Sums are in the currency of the account.
 */
typedef struct {
  gint64 app_id;
  gint64 contract_id;
  gint64 transaction_id;
  gint64 purchase_time;
  gint64 sell_time;
  double buy_price;
  double sell_price;
  double payout;
} TokTrade;

/**
 * TokTransactionAction:
 * @TOK_TRANSACTION_OTHER: Something else, perhaps what this program doesn't know.
 * @TOK_TRANSACTION_BUY: A contract was bought.
 * @TOK_TRANSACTION_SELL: A contract was closed.
 * @TOK_TRANSACTION_DEPOSIT: Money came in.
 * @TOK_TRANSACTION_WITHDRAWAL: Money went out.
 * @TOK_TRANSACTION_TRANSFER: Money came from another account of the owner, or went there.
 *
 * What moved money on an account.
 */
typedef enum {
  TOK_TRANSACTION_OTHER,
  TOK_TRANSACTION_BUY,
  TOK_TRANSACTION_SELL,
  TOK_TRANSACTION_DEPOSIT,
  TOK_TRANSACTION_WITHDRAWAL,
  TOK_TRANSACTION_TRANSFER,
} TokTransactionAction;

/**
 * TokTransaction:
 * @action: What it was.
 * @app_id: The program that bought the contract; 0 if there is none.
 * @contract_id: The contract; 0 if there is none.
 * @transaction_id: The row; 0 if the service doesn't say.
 * @reference_id: For a sale, the row of the purchase; 0 if there is none.
 * @time: When, in seconds since 1970; 0 if the service doesn't say.
 * @purchase_time: For a sale, when the contract was bought; 0 if the service doesn't say.
 * @amount: By how much the balance changed: less than zero for a purchase.
 * @payout: What the contract can pay; 0 where that isn't fixed.
 *
 * One row of the statement of an account (PROTOCOL 2.13).
 */
typedef struct {
  TokTransactionAction action;
  gint64 app_id;
  gint64 contract_id;
  gint64 transaction_id;
  gint64 reference_id;
  gint64 time;
  gint64 purchase_time;
  double amount;
  double payout;
} TokTransaction;

/**
 * TokTradePage:
 * @from: The earliest time that counts, in seconds since 1970.
 * @to: The latest.
 * @limit: How many rows at the most.
 * @offset: How many rows to skip, from the newest.
 *
 * A part of a long list.
 */
typedef struct {
  gint64 from;
  gint64 to;
  guint limit;
  guint offset;
} TokTradePage;

/**
 * TokTradeSummary:
 * @n_contracts: How many contracts were bought in the period, those that are still open among them.
 * @is_partial: Whether there may be more than were read: each number is of those that were read.
 * @volume: What was paid for these contracts.
 * @payouts: What these contracts can pay, where that is fixed; a markup is a percentage of it.
 * @last_trade: When the last of them was bought, in seconds since 1970; 0 if there is none.
 * @n_closed: How many of them are closed, with a result that is known.
 * @net_result: What these closed ones brought: less than zero for a loss.
 * @n_open: How many contracts are open now, also those that were bought before the period.
 * @open_stake: What was paid for these open ones.
 *
 * What a program did. @n_closed and @n_open needn't make up @n_contracts: the result of a contract
 * that has just ended isn't known for a moment. Sums are in the currency of the account.
 */
typedef struct {
  guint n_contracts;
  gboolean is_partial;
  double volume;
  double payouts;
  gint64 last_trade;
  guint n_closed;
  double net_result;
  guint n_open;
  double open_stake;
} TokTradeSummary;

TokTransactionAction tok_transaction_action_from_id (const char *id);
const char *tok_transaction_action_to_id (TokTransactionAction action);

G_END_DECLS
