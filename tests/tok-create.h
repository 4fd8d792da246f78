/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-stage.h"

G_BEGIN_DECLS

/* One token that is created on a stage, or takes the place of another one there, and what may come
 * of it. */

#define TOK_CREATE_NAME "Grid bot"
#define TOK_CREATE_SCOPES (TOK_SCOPE_READ | TOK_SCOPE_TRADE)
#define TOK_CREATE_SECRET "zYxWvUtSrQpOnMl"

/* Behind those of the stage: as the answer that creates it shows it, and as a list does. */
#define TOK_CREATE_ANSWER TOK_STAGE_ROWS ";" TOK_CREATE_NAME "/" TOK_CREATE_SECRET "/trade,read"
#define TOK_CREATE_LISTED TOK_STAGE_ROWS ";" TOK_CREATE_NAME "/***********OnMl/trade,read"

/* What the session itself says. */
#define TOK_CREATE_TAKEN "The name is taken."

/**
 * TokCreateVerdict:
 * @name: For the path of a test.
 * @list: The list that decides, for tok_script_answer_rows ().
 * @error: What must come of it.
 *
 * What a list says about a token whose secret nobody heard.
 */
typedef struct {
  const char *name;
  const char *list;
  TokError error;
} TokCreateVerdict;

/* All that a list can say, and an end without a name. */
extern const TokCreateVerdict tok_create_verdicts[];
extern const TokCreateVerdict tok_create_lacks_it;
extern const TokCreateVerdict tok_create_holds_it;

void tok_create_begin (TokStage *stage, GAsyncResult **slot, GCancellable *cancellable);
void tok_create_assert_waits (GAsyncResult **slot);
void tok_create_assert_succeeds (TokStage *stage,
                                 GAsyncResult **slot,
                                 const char *name,
                                 const char *secret);
void
tok_create_assert_fails (TokStage *stage, GAsyncResult **slot, TokError code, const char *message);
void tok_create_assert_cancelled (TokStage *stage, GAsyncResult **slot);
void tok_create_assert_verdict (TokStage *stage,
                                GAsyncResult **slot,
                                guint nth_list,
                                const TokCreateVerdict *verdict,
                                const char *message);

void tok_create_assert_counts (TokStage *stage, guint n_creates, guint n_lists);
void tok_create_assert_new (TokStage *stage, const char *name);
void tok_create_wait_until_listed (TokStage *stage, guint n);

G_END_DECLS
