/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-money.h"

#include "tok-test.h"

#include <gtk/gtk.h>
#include <locale.h>
#include <math.h>

#define MINUS "\u2212"
#define NBSP "\u00a0"

static const struct {
  double amount;
  const char *currency;
  const char *text;
  const char *with_sign;
  int sign;
} sums[] = {
  { 0, "USD", "0.00" NBSP "USD", "0.00" NBSP "USD", 0 },
  { 12, "USD", "12.00" NBSP "USD", "+12.00" NBSP "USD", 1 },
  { -23.4, "EUR", MINUS "23.40" NBSP "EUR", MINUS "23.40" NBSP "EUR", -1 },
  { 511.98, "USD", "511.98" NBSP "USD", "+511.98" NBSP "USD", 1 },
  /* What many hundredths make up. */
  { 0.1 + 0.2, "USD", "0.30" NBSP "USD", "+0.30" NBSP "USD", 1 },
  { 17.2196, "USD", "17.22" NBSP "USD", "+17.22" NBSP "USD", 1 },
  /* Less than there is of that money is nothing, and has no sign. */
  { 0.004, "USD", "0.00" NBSP "USD", "0.00" NBSP "USD", 0 },
  { -0.004, "USD", "0.00" NBSP "USD", "0.00" NBSP "USD", 0 },
  { -0.0, "USD", "0.00" NBSP "USD", "0.00" NBSP "USD", 0 },
  { -0.006, "USD", MINUS "0.01" NBSP "USD", MINUS "0.01" NBSP "USD", -1 },
  /* Coins are divided further, and show what there is. */
  { 0.00035, "BTC", "0.00035" NBSP "BTC", "+0.00035" NBSP "BTC", 1 },
  { -0.00000001, "BTC", MINUS "0.00000001" NBSP "BTC", MINUS "0.00000001" NBSP "BTC", -1 },
  { 0.000000001, "BTC", "0.00" NBSP "BTC", "0.00" NBSP "BTC", 0 },
  { 1.5, "ETH", "1.50" NBSP "ETH", "+1.50" NBSP "ETH", 1 },
  { 2.123456789, "tUSDT", "2.12345679" NBSP "tUSDT", "+2.12345679" NBSP "tUSDT", 1 },
  { 10, "USDC", "10.00" NBSP "USDC", "+10.00" NBSP "USDC", 1 },
  /* A new account has no currency yet; foreign text isn't trusted. */
  { 5.129, "", "5.13", "+5.13", 1 },
  { 1, "\u202eX", "1.00" NBSP "[U+202E]X", "+1.00" NBSP "[U+202E]X", 1 },
  { 1, "<b>", "1.00" NBSP "<b>", "+1.00" NBSP "<b>", 1 },
  { 1e15, "USD", "1e+15" NBSP "USD", "+1e+15" NBSP "USD", 1 },
};

static void
test_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++) {
    g_autofree char *text
        = tok_money_to_text (sums[i].amount, sums[i].currency, TOK_MONEY_SIGN_NEGATIVE);
    g_autofree char *with_sign
        = tok_money_to_text (sums[i].amount, sums[i].currency, TOK_MONEY_SIGN_ALWAYS);

    g_assert_cmpstr (text, ==, sums[i].text);
    g_assert_cmpstr (with_sign, ==, sums[i].with_sign);
    g_assert_cmpint (tok_money_get_sign (sums[i].amount, sums[i].currency), ==, sums[i].sign);
  }
}

/* The sign stays in front, and the code behind. */
static void
test_right_to_left (void)
{
  g_autofree char *text = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  text = tok_money_to_text (-5, "USD", TOK_MONEY_SIGN_ALWAYS);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (text, ==, "\u2066" MINUS "5.00" NBSP "USD\u2069");
}

/* What stands between digits is that of the locale. */
static void
test_locale (void)
{
  g_autofree char *text = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL) {
    g_test_skip ("There is no other locale");
    return;
  }
  text = tok_money_to_text (-1234567.5, "USD", TOK_MONEY_SIGN_NEGATIVE);
  setlocale (LC_NUMERIC, "C");
  g_assert_cmpstr (text, ==, MINUS "1.234.567,50" NBSP "USD");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/money/text", test_text);
  g_test_add_func ("/money/right-to-left", test_right_to_left);
  g_test_add_func ("/money/locale", test_locale);

  return g_test_run ();
}
