/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-backoff.h"

#define MAX_DOUBLINGS 30

struct _TokBackoff {
  guint first;
  guint longest;
  guint n_failures; /* in a row */
  GRand *random;
};

/**
 * tok_backoff_new:
 * @first: The shortest pause, in milliseconds.
 * @longest: The longest one.
 *
 * Returns: (transfer full): A back-off for whom nothing has failed yet.
 */
TokBackoff *
tok_backoff_new (guint first, guint longest)
{
  TokBackoff *self = g_new0 (TokBackoff, 1);

  self->first = first;
  self->longest = MIN (longest, G_MAXINT - 1);
  self->random = g_rand_new ();
  return self;
}

/**
 * tok_backoff_free:
 * @self: (transfer full): A back-off.
 *
 * Lets it go.
 */
void
tok_backoff_free (TokBackoff *self)
{
  g_return_if_fail (self != NULL);

  g_rand_free (self->random);
  g_free (self);
}

/**
 * tok_backoff_set_seed:
 * @self: A back-off.
 * @seed: What its pauses follow from.
 *
 * Makes its pauses the same each time, for tests.
 */
void
tok_backoff_set_seed (TokBackoff *self, guint32 seed)
{
  g_return_if_fail (self != NULL);

  g_rand_set_seed (self->random, seed);
}

/**
 * tok_backoff_next:
 * @self: A back-off, one more attempt of whose owner has failed.
 *
 * A pause doubles from one failure to the next, up to a limit, and lies anywhere in a range, so
 * that not all clients of a service that was away come back in the same moment.
 *
 * Returns: How long to wait, in milliseconds.
 */
guint
tok_backoff_next (TokBackoff *self)
{
  guint64 base;
  guint shortest, longest;

  g_return_val_if_fail (self != NULL, 0);

  base = MIN ((guint64) self->first << MIN (self->n_failures, MAX_DOUBLINGS), self->longest);
  longest = MIN (base + base / 2, self->longest);
  shortest = MIN (base, longest - longest / 3);
  if (self->n_failures < MAX_DOUBLINGS)
    self->n_failures++;
  return (guint) g_rand_int_range (self->random, (gint32) shortest, (gint32) longest + 1);
}

/**
 * tok_backoff_reset:
 * @self: A back-off.
 *
 * Something went well: the next pause is a short one again.
 */
void
tok_backoff_reset (TokBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->n_failures = 0;
}
