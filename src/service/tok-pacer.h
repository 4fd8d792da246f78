/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOK_PACER_MINUTELY 180
#define TOK_PACER_HOURLY 14400

/**
 * TokPacer:
 *
 * Keeps requests within what the service takes in a minute and in an hour (PROTOCOL 3.2).
 *
 * It has no clock: who asks says what time it is, in microseconds.
 */
typedef struct _TokPacer TokPacer;

TokPacer *tok_pacer_new (guint minute, guint hour);
void tok_pacer_free (TokPacer *self);

void tok_pacer_set_limits (TokPacer *self, gint64 minutely, gint64 hourly);
void tok_pacer_count (TokPacer *self, gint64 now);
void tok_pacer_hold (TokPacer *self, gint64 until);
guint tok_pacer_get_minutely (const TokPacer *self);
gint64 tok_pacer_get_wait (TokPacer *self, gint64 now, guint n_ahead);

G_END_DECLS
