/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokMoneySign:
 * @TOK_MONEY_SIGN_NEGATIVE: Only what is less than nothing has a sign.
 * @TOK_MONEY_SIGN_ALWAYS: What is more than nothing has one, too.
 *
 * Where a sum has a sign.
 */
typedef enum {
  TOK_MONEY_SIGN_NEGATIVE,
  TOK_MONEY_SIGN_ALWAYS,
} TokMoneySign;

int tok_money_get_sign (double amount, const char *currency);
char *tok_money_to_text (double amount, const char *currency, TokMoneySign sign);

G_END_DECLS
