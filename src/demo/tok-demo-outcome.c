/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-outcome.h"

/**
 * tok_demo_outcome_new_done:
 * @request: A call.
 * @data: (transfer full): What it has come to.
 *
 * Returns: (transfer full): The outcome of a call that was done.
 */
TokDemoOutcome *
tok_demo_outcome_new_done (const TokDemoRequest *request, JsonNode *data)
{
  TokDemoOutcome *self = g_new0 (TokDemoOutcome, 1);

  self->answer = tok_demo_request_answer (request, data);
  return self;
}

/**
 * tok_demo_outcome_new_refused:
 * @request: A request.
 * @fault: Why it isn't done.
 *
 * Returns: (transfer full): The outcome of a request that is refused.
 */
TokDemoOutcome *
tok_demo_outcome_new_refused (const TokDemoRequest *request, const TokDemoFault *fault)
{
  TokDemoOutcome *self = g_new0 (TokDemoOutcome, 1);

  self->answer = tok_demo_request_refuse (request, fault);
  self->code = g_strdup (fault->code);
  self->hang_up = g_str_equal (fault->code, "InvalidAppID");
  return self;
}

/**
 * tok_demo_outcome_new_not_done:
 * @mishap: (transfer none): What has come between.
 *
 * Returns: (transfer full): The outcome of a call of which nothing was done.
 */
TokDemoOutcome *
tok_demo_outcome_new_not_done (const TokDemoMishap *mishap)
{
  TokDemoOutcome *self = g_new0 (TokDemoOutcome, 1);

  self->mishap = mishap;
  return self;
}

/**
 * tok_demo_outcome_free:
 * @self: (transfer full): An outcome.
 */
void
tok_demo_outcome_free (TokDemoOutcome *self)
{
  tok_secret_free (self->answer);
  g_free (self->code);
  g_free (self);
}
