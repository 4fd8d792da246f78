/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-limits.h"
#include "tok-test.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

static guint
count_many (TokDemoLimits *limits, const char *caller, guint n_calls, gint64 now)
{
  guint n_granted = 0;

  for (guint i = 0; i < n_calls; i++)
    if (tok_demo_limits_count (limits, caller, now))
      n_granted++;
  return n_granted;
}

static void
test_new_free (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  g_assert_true (tok_demo_limits_count (limits, "a", 0));
}

static void
test_minute (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  g_assert_cmpuint (count_many (limits, "a", 179, 5 * SECOND), ==, 179);
  g_assert_cmpuint (count_many (limits, "a", 20, 64 * SECOND), ==, 1);
  /* The minute is fixed: it began with the first call. */
  g_assert_cmpuint (count_many (limits, "a", 200, 65 * SECOND), ==, 180);
}

static void
test_hour (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();
  guint n_granted = 0;

  for (guint i = 0; i < 60; i++) {
    /* 240 a minute are 14,400 in an hour, refused or not. */
    n_granted += count_many (limits, "a", 240, i * MINUTE + SECOND);
  }
  g_assert_cmpuint (n_granted, ==, 60 * TOK_DEMO_CALLS_PER_MINUTE);
  g_assert_false (tok_demo_limits_count (limits, "a", HOUR));
  g_assert_true (tok_demo_limits_count (limits, "a", HOUR + SECOND));
}

static void
test_set_minute (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  tok_demo_limits_set_minute (limits, 5, 2 * SECOND);
  g_assert_cmpuint (count_many (limits, "a", 9, SECOND), ==, 5);
  g_assert_cmpuint (count_many (limits, "a", 9, 3 * SECOND - 1), ==, 0);
  g_assert_cmpuint (count_many (limits, "a", 9, 3 * SECOND), ==, 5);
}

static void
test_callers (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  g_assert_cmpuint (count_many (limits, "a", 181, 0), ==, 180);
  g_assert_cmpuint (count_many (limits, "b", 181, 0), ==, 180);
  /* Others come and go in numbers; who is over the limit stays so. */
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *caller = g_strdup_printf ("%u", i);

    g_assert_true (tok_demo_limits_count (limits, caller, SECOND));
  }
  g_assert_false (tok_demo_limits_count (limits, "a", 2 * SECOND));
}

/* However many call once, they are forgotten when their minute is over; who calls much is not. */
static void
test_strangers (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  g_assert_cmpuint (count_many (limits, "a", 181, 0), ==, 180);
  for (guint i = 0; i < 20000; i++) {
    g_autofree char *caller = g_strdup_printf ("%u", i);

    g_assert_true (tok_demo_limits_count (limits, caller, (gint64) i * SECOND / 10));
  }
  g_assert_cmpuint (tok_demo_limits_get_n_callers (limits), <=, 1001);
  g_assert_cmpuint (count_many (limits, "a", TOK_DEMO_CALLS_PER_HOUR - 181, 50 * MINUTE), ==, 180);
  g_assert_false (tok_demo_limits_count (limits, "a", 55 * MINUTE));
}

static void
test_per_minute (void)
{
  g_autoptr (TokDemoLimits) limits = tok_demo_limits_new ();

  g_assert_cmpuint (tok_demo_limits_get_per_minute (limits), ==, 180);
  tok_demo_limits_set_minute (limits, 10, 5 * SECOND);
  g_assert_cmpuint (tok_demo_limits_get_per_minute (limits), ==, 120);
  tok_demo_limits_set_minute (limits, 1, 3600 * SECOND);
  g_assert_cmpuint (tok_demo_limits_get_per_minute (limits), ==, 1);
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/demo-limits/new-free", test_new_free);
  g_test_add_func ("/demo-limits/minute", test_minute);
  g_test_add_func ("/demo-limits/hour", test_hour);
  g_test_add_func ("/demo-limits/set-minute", test_set_minute);
  g_test_add_func ("/demo-limits/callers", test_callers);
  g_test_add_func ("/demo-limits/strangers", test_strangers);
  g_test_add_func ("/demo-limits/per-minute", test_per_minute);

  return g_test_run ();
}
