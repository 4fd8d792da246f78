/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-limits.h"

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
/* Callers come and go, and some make up a new name each time: forget the old ones then, and those
 * who have called so seldom within their hour that it makes no difference. */
#define MANY_CALLERS 1000
#define FEW_CALLS 10

typedef struct {
  gint64 end;
  guint n_calls;
} Window;

typedef struct {
  Window minute;
  Window hour;
} Caller;

struct _TokDemoLimits {
  GHashTable *callers;
  guint n_calls_per_minute;
  gint64 minute;
};

static void
count (Window *window, gint64 length, gint64 now)
{
  if (now >= window->end) {
    window->end = now + length;
    window->n_calls = 0;
  }
  window->n_calls++;
}

static gboolean
is_forgettable (gpointer key, gpointer value, gpointer data)
{
  const Caller *caller = value;
  const gint64 *now = data;

  return *now >= caller->hour.end
         || (*now >= caller->minute.end && caller->hour.n_calls <= FEW_CALLS);
}

/**
 * tok_demo_limits_new:
 *
 * Returns: (transfer full): Limits that nobody has come near to yet.
 */
TokDemoLimits *
tok_demo_limits_new (void)
{
  TokDemoLimits *self = g_new0 (TokDemoLimits, 1);

  self->n_calls_per_minute = TOK_DEMO_CALLS_PER_MINUTE;
  self->minute = MINUTE;
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * tok_demo_limits_free:
 * @self: (transfer full): Limits.
 */
void
tok_demo_limits_free (TokDemoLimits *self)
{
  g_hash_table_unref (self->callers);
  g_free (self);
}

/**
 * tok_demo_limits_set_minute:
 * @self: Limits.
 * @n_calls: How many calls are let in.
 * @length: In how long, in microseconds.
 *
 * Takes another limit in place of that for a minute, for those who can't wait so long.
 */
void
tok_demo_limits_set_minute (TokDemoLimits *self, guint n_calls, gint64 length)
{
  self->n_calls_per_minute = n_calls;
  self->minute = length;
}

/**
 * tok_demo_limits_get_per_minute:
 * @self: Limits.
 *
 * Returns: How many calls are let in a minute, if they come evenly.
 */
guint
tok_demo_limits_get_per_minute (const TokDemoLimits *self)
{
  return MAX (1, (guint) (self->n_calls_per_minute * MINUTE / self->minute));
}

/**
 * tok_demo_limits_get_n_callers:
 * @self: Limits.
 *
 * Returns: How many callers are known.
 */
guint
tok_demo_limits_get_n_callers (const TokDemoLimits *self)
{
  return g_hash_table_size (self->callers);
}

/**
 * tok_demo_limits_count:
 * @self: Limits.
 * @caller: Who calls.
 * @now: The monotonic time, in microseconds.
 *
 * Counts a call, in a minute and an hour that begin with the first call and are fixed from then
 * on (PROTOCOL 3.2).
 *
 * Returns: Whether @caller is within the limits.
 */
gboolean
tok_demo_limits_count (TokDemoLimits *self, const char *caller, gint64 now)
{
  Caller *counts = g_hash_table_lookup (self->callers, caller);

  if (counts == NULL) {
    if (g_hash_table_size (self->callers) >= MANY_CALLERS)
      g_hash_table_foreach_remove (self->callers, is_forgettable, &now);
    counts = g_new0 (Caller, 1);
    g_hash_table_insert (self->callers, g_strdup (caller), counts);
  }
  count (&counts->minute, self->minute, now);
  count (&counts->hour, HOUR, now);
  return counts->minute.n_calls <= self->n_calls_per_minute
         && counts->hour.n_calls <= TOK_DEMO_CALLS_PER_HOUR;
}
