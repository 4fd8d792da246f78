/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-app.h"

/**
 * tok_demo_app_copy:
 * @self: An app.
 *
 * Returns: (transfer full): A copy.
 */
TokDemoApp *
tok_demo_app_copy (const TokDemoApp *self)
{
  TokDemoApp *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  return copy;
}

/**
 * tok_demo_app_free:
 * @self: (transfer full): An app.
 */
void
tok_demo_app_free (TokDemoApp *self)
{
  g_free (self->name);
  g_free (self);
}
