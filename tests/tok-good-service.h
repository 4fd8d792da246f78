/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-raw-peer.h"

G_BEGIN_DECLS

#define TOK_GOOD_SERVICE_MADE "New"
#define TOK_GOOD_SERVICE_SECRET "sEcReToFtHeNeWo"

/**
 * TokGoodService:
 *
 * A service that answers each call as it should, but for the one that a test takes over.
 */
typedef struct _TokGoodService TokGoodService;

/**
 * TokGoodServiceSpoil:
 * @self: The service.
 * @call: What was asked.
 * @req_id: The number of the request.
 *
 * Does something else than to answer as it should.
 */
typedef void (*TokGoodServiceSpoil) (TokGoodService *self, const char *call, gint64 req_id);

TokGoodService *tok_good_service_new (TokRawPeer *peer);
void tok_good_service_free (TokGoodService *self);

void tok_good_service_spoil (TokGoodService *self,
                             const char *call,
                             guint skip,
                             TokGoodServiceSpoil spoil,
                             gpointer data,
                             gboolean does_it);
gboolean tok_good_service_serve (TokGoodService *self);
void tok_good_service_hang_up (TokGoodService *self);
void tok_good_service_answer_late (TokGoodService *self);

TokRawPeer *tok_good_service_get_peer (TokGoodService *self);
gpointer tok_good_service_get_data (TokGoodService *self);
gboolean tok_good_service_get_is_spoiled (TokGoodService *self);
guint tok_good_service_count (TokGoodService *self, const char *call);
void tok_good_service_answer (TokGoodService *self, const char *call, gint64 req_id);

G_END_DECLS
