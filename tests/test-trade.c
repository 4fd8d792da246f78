/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-test.h"
#include "tok-trade.h"

static void
test_actions (void)
{
  static const struct {
    const char *id;
    TokTransactionAction action;
  } cases[] = {
    { "buy", TOK_TRANSACTION_BUY },           { "sell", TOK_TRANSACTION_SELL },
    { "deposit", TOK_TRANSACTION_DEPOSIT },   { "withdrawal", TOK_TRANSACTION_WITHDRAWAL },
    { "transfer", TOK_TRANSACTION_TRANSFER },
  };
  static const char *const others[] = { NULL, "", "Buy", "buy ", "hold", "escrow", "\xc3\xa4" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (tok_transaction_action_from_id (cases[i].id), ==, cases[i].action);
    g_assert_cmpstr (tok_transaction_action_to_id (cases[i].action), ==, cases[i].id);
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (tok_transaction_action_from_id (others[i]), ==, TOK_TRANSACTION_OTHER);
  g_assert_null (tok_transaction_action_to_id (TOK_TRANSACTION_OTHER));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/trade/actions", test_actions);

  return g_test_run ();
}
