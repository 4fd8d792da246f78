/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-bulk.h"

G_BEGIN_DECLS

/**
 * TokBulkItem:
 * @grant: The token or app.
 * @is_own: Whether taking it away may end the session.
 * @is_working: Whether @grant says that it is being worked on because of this item.
 * @is_sent: Whether the command was sent, and may have arrived.
 * @outcome: What came of it, once that is settled.
 * @error: (nullable): What the answer was; in the end, why it isn't gone.
 *
 * One of those that access is taken away from.
 */
typedef struct {
  TokGrant *grant;
  gboolean is_own;
  gboolean is_working;
  gboolean is_sent;
  TokBulkOutcome outcome;
  GError *error;
} TokBulkItem;

TokBulkItem *tok_bulk_item_new (TokSession *session, TokGrant *grant);
void tok_bulk_item_free (TokBulkItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokBulkItem, tok_bulk_item_free)

gboolean tok_bulk_item_check (TokBulkItem *self, TokSession *session);
void tok_bulk_item_settle (TokBulkItem *self, gboolean is_gone, const GError *list_error);

G_END_DECLS
