/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

/**
 * TokBulkState:
 * @TOK_BULK_NEW: Nothing was sent yet; see [method@Bulk.start].
 * @TOK_BULK_RUNNING: One after the other is sent and answered.
 * @TOK_BULK_RATE_LIMITED: The service has had too many requests: goes on by itself after a pause.
 * @TOK_BULK_DISCONNECTED: The connection is lost: goes on by itself when it is back.
 * @TOK_BULK_STOPPING: Waits for the answer to what is on its way, and sends no other.
 * @TOK_BULK_CONFIRMING: All is sent that will be: waits for the list that shows what is true.
 * @TOK_BULK_DONE: It is over; the outcomes are known.
 *
 * Where a [class@Bulk] stands.
 */
typedef enum {
  TOK_BULK_NEW,
  TOK_BULK_RUNNING,
  TOK_BULK_RATE_LIMITED,
  TOK_BULK_DISCONNECTED,
  TOK_BULK_STOPPING,
  TOK_BULK_CONFIRMING,
  TOK_BULK_DONE,
} TokBulkState;

#define TOK_TYPE_BULK_STATE (tok_bulk_state_get_type ())
GType tok_bulk_state_get_type (void);

/**
 * TokBulkOutcome:
 * @TOK_BULK_NOT_TRIED: Nothing was sent for it.
 * @TOK_BULK_GONE: The service's fresh list doesn't hold it any more.
 * @TOK_BULK_FAILED: It is still there.
 * @TOK_BULK_UNCONFIRMED: It was sent, and no list tells what came of it.
 *
 * What came of one of them.
 */
typedef enum {
  TOK_BULK_NOT_TRIED,
  TOK_BULK_GONE,
  TOK_BULK_FAILED,
  TOK_BULK_UNCONFIRMED,
} TokBulkOutcome;

#define TOK_TYPE_BULK (tok_bulk_get_type ())
G_DECLARE_FINAL_TYPE (TokBulk, tok_bulk, TOK, BULK, GObject)

GPtrArray *tok_bulk_list_third_party_apps (TokSession *session);

TokBulk *tok_bulk_new (TokSession *session, GPtrArray *grants);

void tok_bulk_start (TokBulk *self);
void tok_bulk_stop (TokBulk *self);

TokBulkState tok_bulk_get_state (TokBulk *self);
guint tok_bulk_get_n_items (TokBulk *self);
guint tok_bulk_get_n_done (TokBulk *self);
TokGrant *tok_bulk_get_current (TokBulk *self);
guint tok_bulk_get_seconds_left (TokBulk *self);

gboolean tok_bulk_get_may_sign_out (TokBulk *self);
TokGrant *tok_bulk_get_grant (TokBulk *self, guint n);
gboolean tok_bulk_get_is_own (TokBulk *self, guint n);
TokBulkOutcome tok_bulk_get_outcome (TokBulk *self, guint n, const GError **error);
guint tok_bulk_count (TokBulk *self, TokBulkOutcome outcome);

G_END_DECLS
