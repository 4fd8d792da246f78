/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-token.h"

G_BEGIN_DECLS

/* App ids that play a part; every other number is an app that the service knows. */
#define TOK_DEMO_BLOCKED_APP_ID "403"
#define TOK_DEMO_UNKNOWN_APP_ID "404"

/**
 * TokDemoSession:
 * @app_id: The app id that the connection was made with.
 * @address: Where it comes from.
 * @agent: The program, as it calls itself.
 * @token: (nullable): What it is signed in with.
 * @streams: (element-type TokDemoStream): What it wants to hear of again.
 * @number: Which of the connections it is, counted from 1 since the service began.
 *
 * What the service knows of one connection.
 */
typedef struct {
  char *app_id;
  char *address;
  char *agent;
  TokDemoToken *token;
  GPtrArray *streams;
  guint64 number;
} TokDemoSession;

TokDemoSession *tok_demo_session_new (const char *app_id, const char *address, const char *agent);
void tok_demo_session_free (TokDemoSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoSession, tok_demo_session_free)

gboolean tok_demo_session_is_app_id (const char *text);
gboolean tok_demo_session_knows_app (const TokDemoSession *self);
gboolean tok_demo_session_is_of_app (const TokDemoSession *self, gint64 app_id);
void tok_demo_session_set_token (TokDemoSession *self, TokDemoToken *token);
char *tok_demo_session_dup_caller (const TokDemoSession *self);

G_END_DECLS
