/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-faults.h"

G_BEGIN_DECLS

/**
 * TokDemoOutcome:
 * @answer: (nullable): What is to be sent; %NULL if nothing was done yet.
 * @code: (nullable): The code of the error in it, if it holds one.
 * @hang_up: Whether the connection is to be closed behind the answer.
 * @mishap: (nullable): What goes wrong; the faults' own.
 *
 * What has become of a request.
 */
typedef struct {
  char *answer;
  char *code;
  gboolean hang_up;
  const TokDemoMishap *mishap;
} TokDemoOutcome;

TokDemoOutcome *tok_demo_outcome_new_done (const TokDemoRequest *request, JsonNode *data);
TokDemoOutcome *tok_demo_outcome_new_refused (const TokDemoRequest *request,
                                              const TokDemoFault *fault);
TokDemoOutcome *tok_demo_outcome_new_not_done (const TokDemoMishap *mishap);
void tok_demo_outcome_free (TokDemoOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoOutcome, tok_demo_outcome_free)

G_END_DECLS
