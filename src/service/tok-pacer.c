/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-pacer.h"

#define MILLISECOND 1000
#define MAX_LIMIT 100000000

typedef struct {
  gint64 length; /* 0 for no limit */
  guint limit;
} Window;

/* The windows of the service are fixed, but nobody knows when they began. Who never sends more than
 * the limit in any stretch of that length stays within them wherever they lie. */
struct _TokPacer {
  Window minute;
  Window hour;
  GArray *times; /* of gint64: when the last requests were sent, as far as that matters */
  gint64 held_until;
};

/* Until when @window keeps back the request that comes after @n_ahead others, which are sent
 * meanwhile. */
static gint64
get_end (TokPacer *self, const Window *window, gint64 now, guint n_ahead)
{
  guint n_whole = n_ahead / window->limit; /* windows that these others fill by themselves */
  guint left = n_ahead % window->limit;

  if (window->length == 0)
    return now;
  if (self->times->len + left < window->limit)
    return now + n_whole * window->length;
  return g_array_index (self->times, gint64, self->times->len + left - window->limit)
         + (n_whole + 1) * window->length;
}

/* No more than the last ones matter. Not one by one: each time the rest is moved. */
static void
forget_old (TokPacer *self)
{
  guint n_needed = MAX (self->minute.limit, self->hour.limit);

  if (self->times->len >= 2 * n_needed)
    g_array_remove_range (self->times, 0, self->times->len - n_needed);
}

static guint
choose_limit (gint64 said, guint known)
{
  return said > 0 && said <= MAX_LIMIT ? (guint) said : known;
}

/**
 * tok_pacer_new:
 * @minute: How long a minute of the service is, in milliseconds; 0 if it doesn't count in any.
 * @hour: How long an hour of it is.
 *
 * Returns: (transfer full): A pacer that goes by the limits that are known of the service, until it
 *   is told others.
 */
TokPacer *
tok_pacer_new (guint minute, guint hour)
{
  TokPacer *self = g_new0 (TokPacer, 1);

  self->minute = (Window){ (gint64) minute * MILLISECOND, TOK_PACER_MINUTELY };
  self->hour = (Window){ (gint64) hour * MILLISECOND, TOK_PACER_HOURLY };
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * tok_pacer_free:
 * @self: (transfer full): A pacer.
 *
 * Lets it go.
 */
void
tok_pacer_free (TokPacer *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->times);
  g_free (self);
}

/**
 * tok_pacer_set_limits:
 * @self: A pacer.
 * @minutely: How many requests the service takes in a minute; 0 if it doesn't say.
 * @hourly: How many in an hour; 0 if it doesn't say.
 *
 * Goes by other limits than before. Where the service doesn't say, or says what can't be, that is
 * what is known of it.
 */
void
tok_pacer_set_limits (TokPacer *self, gint64 minutely, gint64 hourly)
{
  g_return_if_fail (self != NULL);

  self->minute.limit = choose_limit (minutely, TOK_PACER_MINUTELY);
  self->hour.limit = choose_limit (hourly, TOK_PACER_HOURLY);
}

/**
 * tok_pacer_get_minutely:
 * @self: A pacer.
 *
 * Returns: How many requests the service takes in a minute; no more than it takes in an hour.
 */
guint
tok_pacer_get_minutely (const TokPacer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MIN (self->minute.limit, self->hour.limit);
}

/**
 * tok_pacer_count:
 * @self: A pacer.
 * @now: What time it is.
 *
 * A request is sent.
 */
void
tok_pacer_count (TokPacer *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  forget_old (self);
  g_array_append_val (self->times, now);
}

/**
 * tok_pacer_hold:
 * @self: A pacer.
 * @until: A time.
 *
 * The service says that there were too many, whatever was counted here: others may call in the same
 * name. Nothing is to be sent until then.
 */
void
tok_pacer_hold (TokPacer *self, gint64 until)
{
  g_return_if_fail (self != NULL);

  self->held_until = MAX (self->held_until, until);
}

/**
 * tok_pacer_get_wait:
 * @self: A pacer.
 * @now: What time it is.
 * @n_ahead: How many others are to be sent before.
 *
 * Returns: How long to wait before a request is sent, in microseconds; 0 if it can go now.
 */
gint64
tok_pacer_get_wait (TokPacer *self, gint64 now, guint n_ahead)
{
  gint64 end;

  g_return_val_if_fail (self != NULL, 0);

  end = MAX (get_end (self, &self->minute, now, n_ahead),
             get_end (self, &self->hour, now, n_ahead));
  return MAX (MAX (end, self->held_until) - now, 0);
}
