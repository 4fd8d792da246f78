/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-money.h"

#include "tok-text.h"

#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#define COARSE_DIGITS 2
#define FINE_DIGITS 8
#define CURRENCY_MAX_CHARS 12
/* Beyond this a double has no hundredths left, and nobody that much money. */
#define MOST 1e13

#define MINUS "\u2212"
#define NO_BREAK_SPACE "\u00a0"
#define LEFT_TO_RIGHT_ISOLATE "\u2066"
#define POP_ISOLATE "\u2069"

/* Coins that are divided further than into hundredths; so is perhaps what is not known, and is not
 * of three capital letters as the money of a country is. */
static gboolean
is_fine (const char *currency)
{
  static const char *const coins[] = { "BTC", "ETH", "LTC", "BCH", "XRP", "SOL", "BNB", "TRX" };
  gsize n_capitals = strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  for (guint i = 0; i < G_N_ELEMENTS (coins); i++)
    if (g_str_equal (currency, coins[i]))
      return TRUE;
  return n_capitals != 3 || currency[n_capitals] != '\0';
}

static guint
get_digits (const char *currency)
{
  return *currency != '\0' && is_fine (currency) ? FINE_DIGITS : COARSE_DIGITS;
}

/* Digits and what stands between them, of the locale; without zeros that say nothing. */
static char *
format_number (double amount, guint n_digits)
{
  g_autofree char *plain = NULL;
  gsize n_zeros = 0;
  gsize length;

  if (amount >= MOST)
    return g_strdup_printf ("%.3g", amount);
  plain = g_strdup_printf ("%.*f", n_digits, amount);
  length = strlen (plain);
  while (n_zeros < n_digits - COARSE_DIGITS && plain[length - 1 - n_zeros] == '0')
    n_zeros++;
  return g_strdup_printf ("%'.*f", (int) (n_digits - n_zeros), amount);
}

/**
 * tok_money_get_sign:
 * @amount: A sum.
 * @currency: The code of its currency, as the service has it; may be empty.
 *
 * Returns: 1 if that is more than nothing, -1 if it is less, and 0 if it is nothing as far as the
 *   currency is divided.
 */
int
tok_money_get_sign (double amount, const char *currency)
{
  double least;

  g_return_val_if_fail (currency != NULL, 0);

  least = pow (10, -(double) get_digits (currency)) / 2;
  return amount >= least ? 1 : amount <= -least ? -1 : 0;
}

/**
 * tok_money_to_text:
 * @amount: A sum.
 * @currency: The code of its currency, as the service has it; may be empty.
 * @sign: Where it has a sign.
 *
 * Returns: (transfer full): It with as many digits as the currency has, and its code, as one word
 *   that reads from left to right wherever it stands. No markup.
 */
char *
tok_money_to_text (double amount, const char *currency, TokMoneySign sign)
{
  gboolean is_rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  g_autofree char *number = NULL;
  g_autofree char *code = NULL;
  const char *mark = "";

  g_return_val_if_fail (currency != NULL, NULL);

  number = format_number (fabs (amount), get_digits (currency));
  code = tok_text_make_visible (currency, CURRENCY_MAX_CHARS);
  if (tok_money_get_sign (amount, currency) < 0)
    mark = MINUS;
  else if (sign == TOK_MONEY_SIGN_ALWAYS && tok_money_get_sign (amount, currency) > 0)
    mark = "+";
  return g_strconcat (is_rtl ? LEFT_TO_RIGHT_ISOLATE : "", mark, number,
                      *code != '\0' ? NO_BREAK_SPACE : "", code, is_rtl ? POP_ISOLATE : "", NULL);
}
