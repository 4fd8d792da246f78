/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-error-slot.h"

static gboolean
equal_errors (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_error_matches (a, b->domain, b->code) && g_str_equal (a->message, b->message);
}

/**
 * tok_error_slot_set:
 * @slot: (inout): Where a property keeps an error, or %NULL for none.
 * @error: (nullable): What it shall keep; copied.
 *
 * Keeps @error in @slot in place of what was there.
 *
 * Returns: Whether that makes a difference worth a notification.
 */
gboolean
tok_error_slot_set (GError **slot, const GError *error)
{
  GError *copy;

  g_return_val_if_fail (slot != NULL, FALSE);

  if (equal_errors (*slot, error))
    return FALSE;

  copy = error != NULL ? g_error_copy (error) : NULL;
  g_clear_error (slot);
  *slot = copy;
  return TRUE;
}
