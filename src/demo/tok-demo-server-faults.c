/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-server-private.h"

/**
 * tok_demo_server_add_fault:
 * @self: A service.
 * @spec: With which call, when, and what: "CALL:WHEN:WHAT".
 * @error: Where to put a %G_IO_ERROR_INVALID_ARGUMENT, whose message is a sentence for people.
 *
 * Makes something go wrong. CALL is the name of a call, "api_token.new_token" for those requests
 * of it that have that member, or "*" for any call. WHEN is "3" for the third of them from now on,
 * "3+" for the third and all behind it, or "/3" for every third; calls that are refused by a check
 * are not counted. WHAT is
 *
 * - "drop-before" or "drop-after": the connection goes without a word, before or after the call is
 *   done,
 * - "silent-before" or "silent-after": no answer comes,
 * - "close-before:CODE" or "close-after:CODE": a close frame of that code comes, without one for
 *   1005, and no frame for 1006,
 * - "error:CODE" or "error:CODE:MESSAGE": it is not done, but answered with that error,
 * - "delay:MS": it is done and answered so many milliseconds later, and others overtake it,
 * - "garbage" or "garbage:TEXT": that text comes in place of the answer,
 * - "wrong-id" or "wrong-id:N": N, or 1000, is added to the answer's `req_id`,
 * - "no-id": the answer has no `req_id`,
 * - "twice": the answer comes twice,
 * - "unsolicited" or "unsolicited:TEXT": a message that nobody asked for comes before the answer,
 * - "masked": the answer comes in a masked frame, or
 * - "half": half of the answer's frame comes, and then the connection goes.
 *
 * Of two that are due with one call the one that was added first happens.
 *
 * Returns: Whether @spec is understood.
 */
gboolean
tok_demo_server_add_fault (TokDemoServer *self, const char *spec, GError **error)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), FALSE);
  g_return_val_if_fail (spec != NULL, FALSE);

  return tok_demo_faults_add (tok_demo_gate_get_faults (self->gate), spec, error);
}

/**
 * tok_demo_server_clear_faults:
 * @self: A service.
 *
 * Lets everything go right from now on.
 */
void
tok_demo_server_clear_faults (TokDemoServer *self)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  tok_demo_faults_clear (tok_demo_gate_get_faults (self->gate));
}

/**
 * tok_demo_server_fail_next:
 * @self: A service.
 * @call: The name of a call.
 * @code: A code of PROTOCOL 3.1.
 * @message: The message.
 *
 * Makes the next @call that passes every check fail instead of doing its work: the fault
 * "CALL:1:error:CODE:MESSAGE".
 */
void
tok_demo_server_fail_next (TokDemoServer *self,
                           const char *call,
                           const char *code,
                           const char *message)
{
  g_autofree char *spec = NULL;

  g_return_if_fail (TOK_IS_DEMO_SERVER (self));
  g_return_if_fail (call != NULL && code != NULL && message != NULL);

  spec = g_strdup_printf ("%s:1:error:%s:%s", call, code, message);
  if (!tok_demo_server_add_fault (self, spec, NULL))
    g_return_if_reached ();
}
