/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-contract.h"

/**
 * tok_demo_contract_get_expiry:
 * @self: A contract.
 *
 * Returns: When it ends at the latest, in seconds since 1970.
 */
gint64
tok_demo_contract_get_expiry (const TokDemoContract *self)
{
  return self->purchase_time + self->kind->duration;
}

/**
 * tok_demo_contract_dup_shortcode:
 * @self: A contract.
 *
 * Returns: (transfer full): What it is, for programs.
 */
char *
tok_demo_contract_dup_shortcode (const TokDemoContract *self)
{
  return g_strdup_printf ("%s_%s_%" G_GINT64_FORMAT "_%" G_GINT64_FORMAT "_%" G_GINT64_FORMAT,
                          self->kind->type, self->kind->symbol, self->payout, self->purchase_time,
                          tok_demo_contract_get_expiry (self));
}

/**
 * tok_demo_contract_dup_longcode:
 * @self: A contract.
 *
 * Returns: (transfer full): What it is, for people.
 */
char *
tok_demo_contract_dup_longcode (const TokDemoContract *self)
{
  return g_strdup_printf ("Win payout if %s %s.", self->kind->title, self->kind->terms);
}
