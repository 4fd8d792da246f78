/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-trade.h"
#include "tok-wire.h"

G_BEGIN_DECLS

char *tok_wire_encode_closed_trades (gint64 req_id, const TokTradePage *page);
char *
tok_wire_encode_transactions (gint64 req_id, TokTransactionAction action, const TokTradePage *page);
char *tok_wire_encode_open_trades (gint64 req_id);

GArray *tok_wire_answer_to_closed_trades (const TokWireAnswer *answer, GError **error);
GArray *tok_wire_answer_to_transactions (const TokWireAnswer *answer, GError **error);
GArray *tok_wire_answer_to_open_trades (const TokWireAnswer *answer, GError **error);

G_END_DECLS
