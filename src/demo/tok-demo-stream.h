/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-request.h"

G_BEGIN_DECLS

/**
 * TokDemoStream:
 * @id: By which clients forget it; unique.
 * @request: What has subscribed to it, and is repeated with each message.
 *
 * Something that a client wants to hear of again (PROTOCOL 1.3). Its type is the name of the call.
 */
typedef struct {
  char *id;
  TokDemoRequest *request;
} TokDemoStream;

TokDemoStream *tok_demo_stream_new (const TokDemoRequest *request);
void tok_demo_stream_free (TokDemoStream *self);

TokDemoStream *tok_demo_stream_find (GPtrArray *streams, const char *type);
gboolean tok_demo_stream_forget (GPtrArray *streams, const char *id);
void tok_demo_stream_forget_all (GPtrArray *streams, const char *type, JsonArray *ids);

G_END_DECLS
