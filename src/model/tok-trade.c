/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade.h"

static const char *const action_ids[] = {
  [TOK_TRANSACTION_OTHER] = NULL,
  [TOK_TRANSACTION_BUY] = "buy",
  [TOK_TRANSACTION_SELL] = "sell",
  [TOK_TRANSACTION_DEPOSIT] = "deposit",
  [TOK_TRANSACTION_WITHDRAWAL] = "withdrawal",
  [TOK_TRANSACTION_TRANSFER] = "transfer",
};

/**
 * tok_transaction_action_from_id:
 * @id: (nullable): What the service calls it.
 *
 * Returns: What it was; %TOK_TRANSACTION_OTHER if this program doesn't know.
 */
TokTransactionAction
tok_transaction_action_from_id (const char *id)
{
  for (guint i = TOK_TRANSACTION_BUY; i < G_N_ELEMENTS (action_ids); i++)
    if (g_strcmp0 (id, action_ids[i]) == 0)
      return (TokTransactionAction) i;
  return TOK_TRANSACTION_OTHER;
}

/**
 * tok_transaction_action_to_id:
 * @action: What moved money.
 *
 * Returns: (transfer none) (nullable): What the service calls it; %NULL for
 *   %TOK_TRANSACTION_OTHER, which has no name.
 */
const char *
tok_transaction_action_to_id (TokTransactionAction action)
{
  g_return_val_if_fail ((guint) action < G_N_ELEMENTS (action_ids), NULL);

  return action_ids[action];
}
