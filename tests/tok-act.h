/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-activity-private.h"
#include "tok-stage.h"

G_BEGIN_DECLS

#define TOK_ACT_CLOSED "profit_table"
#define TOK_ACT_BOUGHT "statement"
#define TOK_ACT_OPEN "portfolio"

/* Two closed contracts of app 1, one of app 9, which is no connected app, and one of nobody. */
#define TOK_ACT_CLOSED_ROWS                                                                        \
  "C 1 51 1000 2000 10.5 20.25 20.25;C 1 52 900 1000 5 0 9;C 9 53 800 900 2 3 4;"                  \
  "C 0 54 700 800 1 0 2"
#define TOK_ACT_BOUGHT_ROWS                                                                        \
  "B 2 61 400 -8 16;B 1 51 1000 -10.5 20.25;B 1 52 900 -5 9;B 9 53 800 -2 4;B 0 54 700 -1 2"
#define TOK_ACT_OPEN_ROWS "O 2 61 400 8 16"

/**
 * TokAct:
 * @stage: (transfer none): Where it plays.
 * @activity: (transfer none): The activity of the session there.
 * @n_changed: How often its numbers changed, where that is counted.
 * @n_answered: How often the first call was asked for when it was answered last.
 *
 * What programs did, before a service that the test plays.
 */
typedef struct {
  TokStage *stage;
  TokActivity *activity;
  guint n_changed;
  guint n_answered;
} TokAct;

TokAct tok_act_begin (TokStage *stage);
void tok_act_answer_all (TokAct *act);
void tok_act_answer (TokStage *stage, const char *call, guint nth, const char *rows);
void tok_act_load_all (TokAct *act);
void tok_act_assert_state (TokAct *act, TokActivityState state, gboolean loading);
void tok_act_assert_failed (TokAct *act, TokActivityState state, TokError code);
void tok_act_assert_app (TokAct *act, gint64 app_id, const char *expected);
void tok_act_assert_unlisted (TokAct *act, const char *expected);
void tok_act_assert_nothing (TokAct *act);
void tok_act_assert_asked (TokAct *act, guint n_closed, guint n_bought, guint n_open);
void tok_act_on_changed (TokActivity *activity, TokAct *act);

G_END_DECLS
