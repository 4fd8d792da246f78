/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-fault.h"
#include "tok-demo-history.h"

G_BEGIN_DECLS

JsonNode *tok_demo_report_statement (const TokDemoHistory *history, JsonObject *request);
JsonNode *tok_demo_report_profit_table (const TokDemoHistory *history,
                                        JsonObject *request,
                                        TokDemoFault **fault);
JsonNode *tok_demo_report_portfolio (const TokDemoHistory *history, JsonObject *request);

G_END_DECLS
