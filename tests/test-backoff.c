/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-backoff.h"

#include "tok-test.h"
#include "tok-times.h"

#define N_PAUSES 100

static TokBackoff *
make (guint32 seed)
{
  TokBackoff *backoff
      = tok_backoff_new (tok_times_default.reconnect_first, tok_times_default.reconnect_longest);

  tok_backoff_set_seed (backoff, seed);
  return backoff;
}

/* It doubles from 1 s, stays under 60 s, and lies anywhere in between. */
static void
test_range (void)
{
  for (guint32 seed = 0; seed < 200; seed++) {
    TokBackoff *backoff = make (seed);

    for (guint n = 0; n < N_PAUSES; n++) {
      guint base = n < 6 ? 1000u << n : 60000;
      guint pause = tok_backoff_next (backoff);

      g_assert_cmpuint (pause, >=, MIN (base, 40000));
      g_assert_cmpuint (pause, <=, MIN (base + base / 2, 60000));
    }
    tok_backoff_free (backoff);
  }
}

/* Not all clients come back in the same moment. */
static void
test_spread (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 seed = 0; seed < 200; seed++) {
    TokBackoff *backoff = make (seed);

    g_hash_table_add (seen, GUINT_TO_POINTER (tok_backoff_next (backoff)));
    tok_backoff_free (backoff);
  }
  g_assert_cmpuint (g_hash_table_size (seen), >, 100);
}

static void
test_seed (void)
{
  TokBackoff *one = make (7);
  TokBackoff *other = make (7);

  for (guint n = 0; n < N_PAUSES; n++)
    g_assert_cmpuint (tok_backoff_next (one), ==, tok_backoff_next (other));
  tok_backoff_free (one);
  tok_backoff_free (other);
}

static void
test_reset (void)
{
  TokBackoff *backoff = make (1);

  for (guint n = 0; n < N_PAUSES; n++)
    tok_backoff_next (backoff);
  tok_backoff_reset (backoff);
  g_assert_cmpuint (tok_backoff_next (backoff), <=, 1500);
  g_assert_cmpuint (tok_backoff_next (backoff), >=, 2000);
  tok_backoff_free (backoff);
}

/* The extremes of both ends don't overflow. */
static void
test_extremes (void)
{
  TokBackoff *backoff = tok_backoff_new (1, G_MAXUINT);
  TokBackoff *nothing = tok_backoff_new (0, 0);

  for (guint n = 0; n < N_PAUSES; n++) {
    g_assert_cmpuint (tok_backoff_next (backoff), <=, G_MAXINT);
    g_assert_cmpuint (tok_backoff_next (nothing), ==, 0);
  }
  tok_backoff_free (backoff);
  tok_backoff_free (nothing);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/backoff/range", test_range);
  g_test_add_func ("/backoff/spread", test_spread);
  g_test_add_func ("/backoff/seed", test_seed);
  g_test_add_func ("/backoff/reset", test_reset);
  g_test_add_func ("/backoff/extremes", test_extremes);

  return g_test_run ();
}
