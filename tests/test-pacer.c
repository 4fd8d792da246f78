/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-pacer.h"

#include "tok-test.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define START ((gint64) 1000 * HOUR)

static TokPacer *
make (gint64 minutely, gint64 hourly)
{
  TokPacer *pacer = tok_pacer_new (60 * 1000, 60 * 60 * 1000);

  tok_pacer_set_limits (pacer, minutely, hourly);
  return pacer;
}

/* Sends as soon as it may, again and again. Returns when the last one went. */
static gint64
send (TokPacer *pacer, gint64 now, guint n)
{
  for (guint i = 0; i < n; i++) {
    now += tok_pacer_get_wait (pacer, now, 0);
    g_assert_cmpint (tok_pacer_get_wait (pacer, now, 0), ==, 0);
    tok_pacer_count (pacer, now);
  }
  return now;
}

static void
test_minute (void)
{
  TokPacer *pacer = make (3, 0);

  g_assert_cmpint (send (pacer, START, 3), ==, START);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START, 0), ==, MINUTE);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + 59 * SECOND, 0), ==, SECOND);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + MINUTE, 0), ==, 0);
  g_assert_cmpint (send (pacer, START, 1), ==, START + MINUTE);
  tok_pacer_free (pacer);
}

/* In no stretch of a minute, wherever it begins, are there more than it takes. */
static void
test_any_minute (void)
{
  TokPacer *pacer = make (5, 0);
  gint64 sent[200];
  gint64 now = START;

  for (guint i = 0; i < G_N_ELEMENTS (sent); i++) {
    now += g_test_rand_int_range (0, 20) * SECOND;
    sent[i] = now = send (pacer, now, 1);
    if (i >= 5)
      g_assert_cmpint (sent[i] - sent[i - 5], >=, MINUTE);
  }
  tok_pacer_free (pacer);
}

static void
test_hour (void)
{
  TokPacer *pacer = make (3, 7);
  gint64 now = send (pacer, START, 7);

  g_assert_cmpint (now, ==, START + 2 * MINUTE);
  g_assert_cmpint (tok_pacer_get_wait (pacer, now, 0), ==, HOUR - 2 * MINUTE);
  g_assert_cmpint (send (pacer, now, 100), ==, START + 15 * HOUR);
  tok_pacer_free (pacer);
}

/* Who leaves room for others waits as if they had sent. */
static void
test_ahead (void)
{
  TokPacer *pacer = make (10, 0);

  tok_pacer_count (pacer, START);
  send (pacer, START + SECOND, 6);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + SECOND, 2), ==, 0);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + SECOND, 3), ==, 59 * SECOND);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + SECOND, 4), ==, MINUTE);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + SECOND, 13), ==, MINUTE + 59 * SECOND);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + SECOND, 10), ==, MINUTE);
  tok_pacer_free (pacer);
}

static void
test_hold (void)
{
  TokPacer *pacer = make (10, 0);

  tok_pacer_hold (pacer, START + 5 * SECOND);
  tok_pacer_hold (pacer, START + 2 * SECOND);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START, 0), ==, 5 * SECOND);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START + 5 * SECOND, 0), ==, 0);
  tok_pacer_free (pacer);
}

typedef struct {
  gint64 minutely;
  gint64 hourly;
  guint expected;
} Said;

/* What the service doesn't say, or says and can't be, is what is known of it. */
static void
test_limits (void)
{
  static const Said all[] = {
    { 0, 0, 180 },          { -1, -1, 180 },
    { G_MAXINT64, 0, 180 }, { 1, 0, 1 },
    { 200, 0, 200 },        { 200, 50, 50 },
    { 0, 100, 100 },        { 200, G_MININT64, 200 },
    { 20, 0, 20 },          { 20000, 60000000, 20000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    TokPacer *pacer = make (5, 5);
    guint n = 0;

    tok_pacer_set_limits (pacer, all[i].minutely, all[i].hourly);
    g_assert_cmpuint (tok_pacer_get_minutely (pacer), ==, all[i].expected);
    for (; tok_pacer_get_wait (pacer, START, 0) == 0; n++)
      tok_pacer_count (pacer, START);
    g_assert_cmpuint (n, ==, all[i].expected);
    tok_pacer_free (pacer);
  }
}

static void
test_known_hour (void)
{
  TokPacer *pacer = tok_pacer_new (60 * 1000, 60 * 60 * 1000);
  gint64 last = send (pacer, START, 14400);

  g_assert_cmpint (last, ==, START + 79 * MINUTE);
  tok_pacer_free (pacer);
}

/* Without a minute and an hour nothing is kept back. */
static void
test_unlimited (void)
{
  TokPacer *pacer = tok_pacer_new (0, 0);

  g_assert_cmpint (send (pacer, START, 50000), ==, START);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START, 1000), ==, 0);
  tok_pacer_hold (pacer, START + 1);
  g_assert_cmpint (tok_pacer_get_wait (pacer, START, 0), ==, 1);
  tok_pacer_free (pacer);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/pacer/minute", test_minute);
  g_test_add_func ("/pacer/any-minute", test_any_minute);
  g_test_add_func ("/pacer/hour", test_hour);
  g_test_add_func ("/pacer/ahead", test_ahead);
  g_test_add_func ("/pacer/hold", test_hold);
  g_test_add_func ("/pacer/limits", test_limits);
  g_test_add_func ("/pacer/known-hour", test_known_hour);
  g_test_add_func ("/pacer/unlimited", test_unlimited);

  return g_test_run ();
}
