/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tok-trade.h"

G_BEGIN_DECLS

/* What a program did, in words. */

char *tok_trade_words_for_contracts (const TokTradeSummary *summary, const char *currency);
char *tok_trade_words_for_result (const TokTradeSummary *summary, const char *currency);
char *tok_trade_words_for_last_trade (const TokTradeSummary *summary, GDateTime *now);
char *tok_trade_words_for_open (const TokTradeSummary *summary, const char *currency);
char *
tok_trade_words_for_markup (const TokTradeSummary *summary, const char *currency, double markup);
char *tok_trade_words_for_unlisted (const TokTradeSummary *summary);
char *tok_trade_words_for_unlisted_detail (const TokTradeSummary *summary, const char *currency);

G_END_DECLS
