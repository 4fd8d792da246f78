/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-activity.h"

#include "tok-client-private.h"
#include "tok-wire-activity.h"

/* The calls about trades. They fail as those in tok-client-calls.c do. */

/**
 * tok_client_list_closed_trades_async:
 * @self: A client.
 * @page: Which rows; at most 500.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for contracts of the account that are closed, the newest first (PROTOCOL 2.13).
 */
void
tok_client_list_closed_trades_async (TokClient *self,
                                     const TokTradePage *page,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (page != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_closed_trades (req_id, page),
                   tok_client_list_closed_trades_async, cancellable, callback, user_data);
}

/**
 * tok_client_list_closed_trades_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokTrade) (nullable): The contracts, as many as the
 *   service has sent: one that can't be read has no id.
 */
GArray *
tok_client_list_closed_trades_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_list_closed_trades_async, error);

  return answer != NULL ? tok_wire_answer_to_closed_trades (answer, error) : NULL;
}

/**
 * tok_client_list_transactions_async:
 * @self: A client.
 * @action: Of which kind; %TOK_TRANSACTION_OTHER for all kinds.
 * @page: Which rows; at most 999.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for what moved money on the account, the newest first (PROTOCOL 2.13).
 */
void
tok_client_list_transactions_async (TokClient *self,
                                    TokTransactionAction action,
                                    const TokTradePage *page,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (page != NULL);

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN,
                   tok_wire_encode_transactions (req_id, action, page),
                   tok_client_list_transactions_async, cancellable, callback, user_data);
}

/**
 * tok_client_list_transactions_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokTransaction) (nullable): What moved money, as many rows
 *   as the service has sent: one that can't be read has no id.
 */
GArray *
tok_client_list_transactions_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_list_transactions_async, error);

  return answer != NULL ? tok_wire_answer_to_transactions (answer, error) : NULL;
}

/**
 * tok_client_list_open_trades_async:
 * @self: A client.
 * @cancellable: (nullable): To give up waiting; what was sent stays sent.
 * @callback: Called when it is over.
 * @user_data: For @callback.
 *
 * Asks for the contracts of the account that are open (PROTOCOL 2.13).
 */
void
tok_client_list_open_trades_async (TokClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  gint64 req_id;

  g_return_if_fail (TOK_IS_CLIENT (self));

  req_id = tok_client_next_req_id (self);
  tok_client_call (self, req_id, TOK_REQUEST_PLAIN, tok_wire_encode_open_trades (req_id),
                   tok_client_list_open_trades_async, cancellable, callback, user_data);
}

/**
 * tok_client_list_open_trades_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (element-type TokTrade) (nullable): The contracts; one that can't be
 *   read has no id.
 */
GArray *
tok_client_list_open_trades_finish (TokClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (TokWireAnswer) answer
      = tok_client_call_finish (self, result, tok_client_list_open_trades_async, error);

  return answer != NULL ? tok_wire_answer_to_open_trades (answer, error) : NULL;
}
