/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-account.h"
#include "tok-demo-history.h"

G_BEGIN_DECLS

/* The program that somebody has pasted the token “Grid bot” into; it isn't a connected app. */
#define TOK_DEMO_TRADES_PASTED_APP_ID 60417

TokDemoHistory *tok_demo_trades_new_history (const TokDemoLogin *login, gint64 start);
void tok_demo_trades_add (TokDemoHistory *history, guint n, gint64 start);

G_END_DECLS
