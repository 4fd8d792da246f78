/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-history.h"

#include <math.h>

/* Beyond 2^53: a number that goes through a double on its way is another contract. */
#define FIRST_CONTRACT_ID G_GINT64_CONSTANT (9007199254750001)
#define FIRST_ENTRY_ID G_GINT64_CONSTANT (9007199264750001)
#define ID_STEP 2

#define CENTS 100
#define SATOSHIS 100000000

struct _TokDemoHistory {
  const char *currency;
  gint64 n_units; /* that make one of the currency */
  gint64 balance;
  GPtrArray *contracts; /* newest purchase first */
  GPtrArray *payments;
  GPtrArray *entries; /* newest first */
};

static int
compare_contracts (gconstpointer a, gconstpointer b)
{
  const TokDemoContract *const *first = a;
  const TokDemoContract *const *second = b;
  gint64 difference = (*second)->purchase_time - (*first)->purchase_time;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const TokDemoEntry *const *first = a;
  const TokDemoEntry *const *second = b;
  gint64 difference = (*second)->time - (*first)->time;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static void
add_entry (TokDemoHistory *self, const TokDemoEntry *entry)
{
  g_ptr_array_add (self->entries, g_memdup2 (entry, sizeof *entry));
}

static void
add_entries (TokDemoHistory *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    add_entry (self, self->payments->pdata[i]);
  for (guint i = 0; i < self->contracts->len; i++) {
    const TokDemoContract *contract = self->contracts->pdata[i];

    add_entry (self, &(TokDemoEntry){ .action = "buy",
                                      .time = contract->purchase_time,
                                      .amount = -contract->stake,
                                      .contract = contract });
    if (contract->sell_time != 0)
      add_entry (self, &(TokDemoEntry){ .action = "sell",
                                        .time = contract->sell_time,
                                        .amount = contract->result,
                                        .contract = contract });
  }
}

/* The oldest has the lowest number. */
static void
number_contracts (TokDemoHistory *self)
{
  gint64 id = FIRST_CONTRACT_ID;

  for (guint i = self->contracts->len; i > 0; i--, id += ID_STEP)
    ((TokDemoContract *) self->contracts->pdata[i - 1])->id = id;
}

static void
number_entries (TokDemoHistory *self)
{
  gint64 id = FIRST_ENTRY_ID;

  for (guint i = self->entries->len; i > 0; i--, id += ID_STEP) {
    TokDemoEntry *entry = self->entries->pdata[i - 1];
    TokDemoContract *contract = (TokDemoContract *) entry->contract;

    entry->id = id;
    if (contract != NULL && g_str_equal (entry->action, "buy"))
      contract->buy_id = id;
    else if (contract != NULL)
      contract->sell_id = id;
  }
}

/**
 * tok_demo_history_new:
 * @currency: (nullable): The currency of the account; static.
 * @balance: What is in it now.
 *
 * Returns: (transfer full): The history of an account on which nothing has happened.
 */
TokDemoHistory *
tok_demo_history_new (const char *currency, double balance)
{
  TokDemoHistory *self = g_new0 (TokDemoHistory, 1);

  self->currency = currency;
  self->n_units = g_strcmp0 (currency, "BTC") == 0 ? SATOSHIS : CENTS;
  self->balance = llround (balance * (double) self->n_units);
  self->contracts = g_ptr_array_new_with_free_func (g_free);
  self->payments = g_ptr_array_new_with_free_func (g_free);
  self->entries = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * tok_demo_history_free:
 * @self: (nullable) (transfer full): A history.
 */
void
tok_demo_history_free (TokDemoHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->contracts);
  g_free (self);
}

/**
 * tok_demo_history_get_currency:
 * @self: A history.
 *
 * Returns: (transfer none): The currency of the account.
 */
const char *
tok_demo_history_get_currency (const TokDemoHistory *self)
{
  return self->currency;
}

/**
 * tok_demo_history_to_amount:
 * @self: A history.
 * @units: A sum in the smallest unit of its currency.
 *
 * Returns: The same in the currency.
 */
double
tok_demo_history_to_amount (const TokDemoHistory *self, gint64 units)
{
  return (double) units / (double) self->n_units;
}

/**
 * tok_demo_history_add_contract:
 * @self: A history.
 * @contract: A contract; copied, but for its ids.
 *
 * Adds a contract, which is listed once [func@demo_history_settle] was called.
 */
void
tok_demo_history_add_contract (TokDemoHistory *self, const TokDemoContract *contract)
{
  g_ptr_array_add (self->contracts, g_memdup2 (contract, sizeof *contract));
}

/**
 * tok_demo_history_add_payment:
 * @self: A history.
 * @payment: A payment; copied, but for its id and the balance.
 *
 * Adds a payment, which is listed once [func@demo_history_settle] was called.
 */
void
tok_demo_history_add_payment (TokDemoHistory *self, const TokDemoEntry *payment)
{
  g_ptr_array_add (self->payments, g_memdup2 (payment, sizeof *payment));
}

/**
 * tok_demo_history_settle:
 * @self: A history to which everything was added.
 *
 * Puts all of it in order, numbers it anew, and works out the balances backwards from the one that
 * the account has now.
 */
void
tok_demo_history_settle (TokDemoHistory *self)
{
  gint64 balance = self->balance;

  g_ptr_array_sort (self->contracts, compare_contracts);
  number_contracts (self);
  g_ptr_array_set_size (self->entries, 0);
  add_entries (self);
  g_ptr_array_sort (self->entries, compare_entries);
  number_entries (self);
  for (guint i = 0; i < self->entries->len; i++) {
    TokDemoEntry *entry = self->entries->pdata[i];

    entry->balance_after = balance;
    balance -= entry->amount;
  }
}

/**
 * tok_demo_history_get_entries:
 * @self: A history that is settled.
 *
 * Returns: (transfer none) (element-type TokDemoEntry): The statement, newest first.
 */
GPtrArray *
tok_demo_history_get_entries (const TokDemoHistory *self)
{
  return self->entries;
}

/**
 * tok_demo_history_get_contracts:
 * @self: A history that is settled.
 *
 * Returns: (transfer none) (element-type TokDemoContract): The contracts, closed or not, by the
 *   time at which they were bought, newest first.
 */
GPtrArray *
tok_demo_history_get_contracts (const TokDemoHistory *self)
{
  return self->contracts;
}
