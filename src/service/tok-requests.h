/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-pacer.h"
#include "tok-wire.h"

G_BEGIN_DECLS

/**
 * TokRequests:
 *
 * What was asked on a connection and is not answered yet.
 */
typedef struct _TokRequests TokRequests;

/**
 * TokRequestKind:
 * @TOK_REQUEST_PLAIN: May be on its way together with others.
 * @TOK_REQUEST_UNCOUNTED: The same, and the service doesn't count it.
 * @TOK_REQUEST_AUTHORIZE: Nothing may be sent behind it before its answer is there. The service
 *   doesn't count it with those that are made in the name of an account.
 *
 * How a request gets on with others (PROTOCOL 1.3, "Order", and 3.2).
 */
typedef enum {
  TOK_REQUEST_PLAIN,
  TOK_REQUEST_UNCOUNTED,
  TOK_REQUEST_AUTHORIZE,
} TokRequestKind;

/**
 * TokRequestsSend:
 * @owner: Whom the requests belong to.
 * @text: What to send now.
 *
 * Sends one request.
 */
typedef void (*TokRequestsSend) (gpointer owner, const char *text);

/**
 * TokRequestsStuck:
 * @owner: Whom the requests belong to.
 *
 * Called when an authorize wasn't answered in time, so that nothing can be sent any more: the
 * connection is of no use.
 */
typedef void (*TokRequestsStuck) (gpointer owner);

TokRequests *tok_requests_new (guint timeout,
                               guint longest_hold,
                               TokPacer *pacer,
                               TokRequestsSend send,
                               TokRequestsStuck stuck,
                               gpointer owner);
void tok_requests_free (TokRequests *self);

void
tok_requests_add (TokRequests *self, gint64 req_id, TokRequestKind kind, char *text, GTask *task);
gboolean tok_requests_answer (TokRequests *self, TokWireAnswer *answer);
void tok_requests_fail_all (TokRequests *self, const char *why);
gint64 tok_requests_get_wait (const TokRequests *self, guint n_more);
guint tok_requests_get_n (const TokRequests *self);
gboolean tok_requests_get_is_authorizing (const TokRequests *self);

G_END_DECLS
