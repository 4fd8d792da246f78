/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-bulk.h"
#include "tok-stage.h"

G_BEGIN_DECLS

/* Several tokens or apps of a stage. */

GPtrArray *tok_bulk_hands_list_grants (TokGrantStore *store);
TokBulk *tok_bulk_hands_new_bulk (TokStage *stage, TokGrantStore *store);
TokBulk *tok_bulk_hands_begin (TokStage *stage, gboolean is_tokens);
void tok_bulk_hands_assert_state (TokBulk *bulk, TokBulkState state);
void tok_bulk_hands_wait_for_state (TokBulk *bulk, TokBulkState state);
const GError *
tok_bulk_hands_assert_outcome (TokBulk *bulk, guint n, TokBulkOutcome outcome, TokGrantState state);
void tok_bulk_hands_assert_failed (TokBulk *bulk, guint n, TokError code);
void tok_bulk_hands_assert_unconfirmed (TokBulk *bulk, guint n);
void tok_bulk_hands_assert_gone (TokBulk *bulk, guint n);
void tok_bulk_hands_assert_not_tried (TokBulk *bulk, guint n);
void
tok_bulk_hands_assert_asked (TokStage *stage, const char *command, guint n_commands, guint n_lists);

G_END_DECLS
