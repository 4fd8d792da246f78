/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-fault.h"

/**
 * tok_demo_fault_new:
 * @code: A code of PROTOCOL 3.1.
 * @format: As for printf (), the message.
 * @...: What goes into it.
 *
 * Returns: (transfer full): The fault, without details.
 */
TokDemoFault *
tok_demo_fault_new (const char *code, const char *format, ...)
{
  TokDemoFault *self = g_new0 (TokDemoFault, 1);
  va_list args;

  va_start (args, format);
  self->code = g_strdup (code);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
  return self;
}

/**
 * tok_demo_fault_free:
 * @self: (transfer full): A fault.
 */
void
tok_demo_fault_free (TokDemoFault *self)
{
  g_free (self->code);
  g_free (self->message);
  g_clear_pointer (&self->details, json_object_unref);
  g_free (self);
}
