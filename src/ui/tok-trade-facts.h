/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

#define TOK_TYPE_TRADE_FACTS (tok_trade_facts_get_type ())
G_DECLARE_FINAL_TYPE (TokTradeFacts, tok_trade_facts, TOK, TRADE_FACTS, GtkWidget)

G_END_DECLS
