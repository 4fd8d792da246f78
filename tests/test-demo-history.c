/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-sample.h"
#include "tok-demo-trades.h"
#include "tok-test.h"

static const TokDemoContractKind kind = { "CALL", "R_10", "A market", "is higher", "ticks", 10, 2 };

static TokDemoContract
contract (gint64 bought, gint64 closed, gint64 stake, gint64 result)
{
  return (TokDemoContract){ .kind = &kind,
                            .app_id = 7,
                            .purchase_time = bought,
                            .sell_time = closed,
                            .stake = stake,
                            .payout = 2 * stake,
                            .result = result };
}

static const TokDemoEntry *
entry (TokDemoHistory *history, guint n)
{
  return tok_demo_history_get_entries (history)->pdata[n];
}

static void
test_new (void)
{
  g_autoptr (TokDemoHistory) history = tok_demo_history_new ("BTC", 0.03518);

  tok_demo_history_settle (history);
  g_assert_cmpuint (tok_demo_history_get_entries (history)->len, ==, 0);
  g_assert_cmpuint (tok_demo_history_get_contracts (history)->len, ==, 0);
  g_assert_cmpstr (tok_demo_history_get_currency (history), ==, "BTC");
  g_assert_cmpfloat (tok_demo_history_to_amount (history, 3518000), ==, 0.03518);
  tok_demo_history_free (NULL);
}

/* Balances are worked out from the last one; numbers rise with time. */
static void
test_settle (void)
{
  g_autoptr (TokDemoHistory) history = tok_demo_history_new ("USD", 1042.17);
  TokDemoContract won = contract (100, 130, 500, 1000), open = contract (120, 0, 300, 0);

  tok_demo_history_add_contract (history, &won);
  tok_demo_history_add_contract (history, &open);
  tok_demo_history_add_payment (
      history, &(TokDemoEntry){ .action = "deposit", .time = 110, .amount = 9999 });
  tok_demo_history_settle (history);
  tok_demo_history_settle (history);

  g_assert_cmpuint (tok_demo_history_get_entries (history)->len, ==, 4);
  g_assert_cmpstr (entry (history, 0)->action, ==, "sell");
  g_assert_cmpint (entry (history, 0)->balance_after, ==, 104217);
  g_assert_cmpstr (entry (history, 1)->action, ==, "buy");
  g_assert_cmpint (entry (history, 1)->balance_after, ==, 103217);
  g_assert_cmpstr (entry (history, 2)->action, ==, "deposit");
  g_assert_cmpint (entry (history, 2)->balance_after, ==, 103517);
  g_assert_cmpint (entry (history, 3)->balance_after, ==, 93518);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (entry (history, i)->id, <, entry (history, i - 1)->id);
  g_assert_cmpint (entry (history, 0)->contract->buy_id, ==, entry (history, 3)->id);
  g_assert_cmpint (entry (history, 0)->contract->sell_id, ==, entry (history, 0)->id);
  g_assert_cmpint (entry (history, 1)->contract->sell_id, ==, 0);
  g_assert_cmpint (entry (history, 1)->contract->id, >, entry (history, 3)->contract->id);
}

static void
test_codes (void)
{
  TokDemoContract one = contract (100, 130, 500, 1000);
  g_autofree char *shortcode = tok_demo_contract_dup_shortcode (&one);
  g_autofree char *longcode = tok_demo_contract_dup_longcode (&one);

  g_assert_cmpstr (shortcode, ==, "CALL_R_10_1000_100_110");
  g_assert_cmpstr (longcode, ==, "Win payout if A market is higher.");
  g_assert_cmpint (tok_demo_contract_get_expiry (&one), ==, 110);
}

/* No account is ever overdrawn, however many trades are added, and each ends with its balance. */
static void
test_sample (gconstpointer data)
{
  g_autoptr (TokDemoOwner) owner = tok_demo_sample_new_owner (NULL);
  GPtrArray *accounts = tok_demo_owner_get_accounts (owner);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < accounts->len; i++) {
    TokDemoHistory *history = tok_demo_account_get_history (accounts->pdata[i]);
    const TokDemoLogin *login = tok_demo_account_get_login (accounts->pdata[i]);
    GPtrArray *entries;

    if (i == 0)
      tok_demo_trades_add (history, GPOINTER_TO_UINT (data), now);
    entries = tok_demo_history_get_entries (history);
    g_assert_cmpint (entries->len == 0, ==, *login->currency == '\0');
    for (guint j = 0; j < entries->len; j++) {
      g_assert_cmpint (entry (history, j)->balance_after, >=, 0);
      g_assert_cmpint (entry (history, j)->time, <=, now);
      if (j > 0)
        g_assert_cmpint (entry (history, j)->balance_after, ==,
                         entry (history, j - 1)->balance_after - entry (history, j - 1)->amount);
    }
    if (entries->len > 0)
      g_assert_cmpfloat (tok_demo_history_to_amount (history, entry (history, 0)->balance_after),
                         ==, login->balance);
  }
}

int
main (int argc, char *argv[])
{
  static const guint numbers[] = { 0, 1, 7, 100, 6000, 100000 };

  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-history/new-destroy", test_new);
  g_test_add_func ("/demo-history/settle", test_settle);
  g_test_add_func ("/demo-history/codes", test_codes);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *path = g_strdup_printf ("/demo-history/sample/%u", numbers[i]);

    g_test_add_data_func (path, GUINT_TO_POINTER (numbers[i]), test_sample);
  }

  return g_test_run ();
}
