/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOK_DEMO_CALLS_PER_MINUTE 180
#define TOK_DEMO_CALLS_PER_HOUR 14400

/**
 * TokDemoLimits:
 *
 * Counts the calls of each caller, and says when they are too many.
 */
typedef struct _TokDemoLimits TokDemoLimits;

TokDemoLimits *tok_demo_limits_new (void);
void tok_demo_limits_free (TokDemoLimits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoLimits, tok_demo_limits_free)

void tok_demo_limits_set_minute (TokDemoLimits *self, guint n_calls, gint64 length);
guint tok_demo_limits_get_n_callers (const TokDemoLimits *self);
guint tok_demo_limits_get_per_minute (const TokDemoLimits *self);
gboolean tok_demo_limits_count (TokDemoLimits *self, const char *caller, gint64 now);

G_END_DECLS
