/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-contract.h"

G_BEGIN_DECLS

/**
 * TokDemoEntry:
 * @action: What the schema calls it; static.
 * @id: The row.
 * @time: In seconds since 1970.
 * @amount: By how much the balance changed, in the smallest unit of the currency.
 * @balance_after: What it was then.
 * @contract: (nullable): The contract that was bought or closed.
 * @from: (nullable): Where a transfer came from; static.
 * @to: (nullable): Where it went; static.
 * @fee: What it cost.
 *
 * A row of the statement of an account.
 */
typedef struct {
  const char *action;
  gint64 id;
  gint64 time;
  gint64 amount;
  gint64 balance_after;
  const TokDemoContract *contract;
  const char *from;
  const char *to;
  gint64 fee;
} TokDemoEntry;

/**
 * TokDemoHistory:
 *
 * What moved money on an account: contracts, and payments. Sums are counted in the smallest unit of
 * the currency, so that they are exact.
 */
typedef struct _TokDemoHistory TokDemoHistory;

TokDemoHistory *tok_demo_history_new (const char *currency, double balance);
void tok_demo_history_free (TokDemoHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoHistory, tok_demo_history_free)

const char *tok_demo_history_get_currency (const TokDemoHistory *self);
double tok_demo_history_to_amount (const TokDemoHistory *self, gint64 units);

void tok_demo_history_add_contract (TokDemoHistory *self, const TokDemoContract *contract);
void tok_demo_history_add_payment (TokDemoHistory *self, const TokDemoEntry *payment);
void tok_demo_history_settle (TokDemoHistory *self);

GPtrArray *tok_demo_history_get_entries (const TokDemoHistory *self);
GPtrArray *tok_demo_history_get_contracts (const TokDemoHistory *self);

G_END_DECLS
