/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-calls.h"
#include "tok-demo-token.h"

G_BEGIN_DECLS

#define TOK_DEMO_MAX_REQUEST 262144
#define TOK_DEMO_MAX_ANSWER 600000

/**
 * TokDemoRequest:
 * @call: (nullable): What is asked for; %NULL if nobody knows.
 * @members: With what; once it has passed the schema, as the call takes it.
 * @echo: What is repeated in the answer: as it was sent, but without secrets.
 * @max_answer: How many bytes an answer may have.
 * @token: (nullable): What its sender was signed in with when it came.
 * @fault: (nullable): Why it is refused.
 * @subscription: (nullable): The id of the stream that its answer belongs to.
 * @delayed: Whether it has waited long enough.
 * @id_offset: What is added to its `req_id` in the answer.
 * @hides_id: Whether the answer comes without a `req_id`.
 *
 * One message of a client, past its envelope (PROTOCOL 1.3).
 */
typedef struct {
  const TokDemoCall *call;
  JsonObject *members;
  JsonObject *echo;
  gsize max_answer;
  TokDemoToken *token;
  TokDemoFault *fault;
  char *subscription;
  gboolean delayed;
  gint64 id_offset;
  gboolean hides_id;
} TokDemoRequest;

TokDemoRequest *tok_demo_request_new (const char *text, gsize length);
TokDemoRequest *tok_demo_request_copy (const TokDemoRequest *self);
void tok_demo_request_free (TokDemoRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoRequest, tok_demo_request_free)

char *tok_demo_request_answer (const TokDemoRequest *self, JsonNode *data);
char *tok_demo_request_refuse (const TokDemoRequest *self, const TokDemoFault *fault);

G_END_DECLS
