/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-work.h"

G_BEGIN_DECLS

JsonNode *tok_demo_inquiry_account_list (const TokDemoWork *work, TokDemoFault **fault);
JsonNode *tok_demo_inquiry_balance (const TokDemoWork *work, TokDemoFault **fault);
JsonNode *tok_demo_inquiry_forget (const TokDemoWork *work, TokDemoFault **fault);
JsonNode *tok_demo_inquiry_forget_all (const TokDemoWork *work, TokDemoFault **fault);
JsonNode *tok_demo_inquiry_get_settings (const TokDemoWork *work, TokDemoFault **fault);
JsonNode *tok_demo_inquiry_website_status (const TokDemoWork *work, TokDemoFault **fault);

G_END_DECLS
