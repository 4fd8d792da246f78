/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-client.h"
#include "tok-trade.h"

G_BEGIN_DECLS

void tok_client_list_closed_trades_async (TokClient *self,
                                          const TokTradePage *page,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
GArray *
tok_client_list_closed_trades_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_list_transactions_async (TokClient *self,
                                         TokTransactionAction action,
                                         const TokTradePage *page,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GArray *tok_client_list_transactions_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_list_open_trades_async (TokClient *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GArray *tok_client_list_open_trades_finish (TokClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
