/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-schema.h"
#include "tok-scopes.h"

G_BEGIN_DECLS

/**
 * TokDemoCallFlags:
 * @TOK_DEMO_CALL_LOGIN: It is for those who are signed in.
 * @TOK_DEMO_CALL_GATEWAY: It is answered by the gateway, which doesn't look at the app id.
 * @TOK_DEMO_CALL_UNLIMITED: It is not counted towards the rate limit.
 * @TOK_DEMO_CALL_ID: Its name holds an id, not 1.
 * @TOK_DEMO_CALL_TEXT: Its name holds a text, which is in the table of what it takes.
 *
 * How a call is treated before its own work.
 */
typedef enum {
  TOK_DEMO_CALL_LOGIN = 1 << 0,
  TOK_DEMO_CALL_GATEWAY = 1 << 1,
  TOK_DEMO_CALL_UNLIMITED = 1 << 2,
  TOK_DEMO_CALL_ID = 1 << 3,
  TOK_DEMO_CALL_TEXT = 1 << 4,
} TokDemoCallFlags;

/**
 * TokDemoCall:
 * @name: Its name.
 * @flags: How it is treated.
 * @scopes: The scopes any one of which is enough.
 * @members: (nullable): What it takes besides its name; %NULL where that isn't known here, and
 *   anything passes.
 *
 * One of the published calls (PROTOCOL 2 and 5).
 */
typedef struct {
  const char *name;
  TokDemoCallFlags flags;
  TokScopes scopes;
  const TokDemoMember *members;
} TokDemoCall;

const TokDemoCall *tok_demo_calls_get_all (guint *n_calls);
const TokDemoCall *tok_demo_calls_find (JsonObject *request);
JsonObject *tok_demo_calls_check (const TokDemoCall *call, JsonObject *sent, TokDemoFault **fault);

G_END_DECLS
