/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokOutcomes:
 *
 * What came out of many cases, and of which.
 */
typedef struct _TokOutcomes TokOutcomes;

TokOutcomes *tok_outcomes_new (void);
void tok_outcomes_free (TokOutcomes *self);

void tok_outcomes_add (TokOutcomes *self, const char *outcome, const char *name);
void tok_outcomes_assert_golden (TokOutcomes *self, const char *path);

G_END_DECLS
