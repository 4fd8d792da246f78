/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-gate.h"

G_BEGIN_DECLS

#define TOK_DEMO_TEST_SECRET "abcdefghijkwXyZ"

/**
 * TokDemoTest:
 * @owner: The sample owner.
 * @account: The first account, whose token with all scopes is %TOK_DEMO_TEST_SECRET.
 * @gate: The gate to them.
 * @session: Somebody in front of it.
 * @other: A second connection of the same program.
 * @hung_up: Whether the last answer came with a closed connection.
 *
 * The sample service without a socket: text in, text out.
 */
typedef struct {
  TokDemoOwner *owner;
  TokDemoAccount *account;
  TokDemoGate *gate;
  TokDemoSession *session;
  TokDemoSession *other;
  gboolean hung_up;
} TokDemoTest;

void tok_demo_test_set_up (TokDemoTest *test, gconstpointer data);
void tok_demo_test_tear_down (TokDemoTest *test, gconstpointer data);

char *tok_demo_test_perform (TokDemoTest *test, TokDemoSession *session, TokDemoRequest *request);
JsonObject *tok_demo_test_ask (TokDemoTest *test, const char *format, ...) G_GNUC_PRINTF (2, 3);
JsonObject *tok_demo_test_ask_as (TokDemoTest *test, TokDemoSession *session, const char *text);
void tok_demo_test_sign_in (TokDemoTest *test);
void tok_demo_test_sign_in_to (TokDemoTest *test, const char *login_id);
void tok_demo_test_sign_in_with (TokDemoTest *test, TokScopes scopes);
TokDemoToken *tok_demo_test_find_token (TokDemoTest *test, const char *name);

void tok_demo_test_assert_done (JsonObject *answer);
void tok_demo_test_assert_error (JsonObject *answer, const char *code, const char *message);

G_END_DECLS
