/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-test.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)

/* Before each case GLib forgets the directories of the last one without freeing them, which a leak
 * checker takes for a fault of the test. */
#ifdef __SANITIZE_ADDRESS__
#define OWN_DIRS NULL
#else
#define OWN_DIRS G_TEST_OPTION_ISOLATE_DIRS
#endif

/**
 * tok_test_init:
 * @argc: As in main ().
 * @argv: As in main ().
 *
 * Starts a test program whose home and XDG directories are its own, except under a leak checker.
 */
void
tok_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, OWN_DIRS, NULL);
}

/**
 * tok_test_deadline:
 *
 * Returns: The monotonic time at which a wait that starts now has lasted too long.
 */
gint64
tok_test_deadline (void)
{
  return g_get_monotonic_time () + DEADLINE_US;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * tok_test_iterate:
 * @deadline: From [func@tok_test_deadline].
 * @waiting_for: What is waited for, in words.
 * @file: Where.
 * @line: Where.
 * @function: Where.
 *
 * Runs the main context once, and fails the test past @deadline.
 */
void
tok_test_iterate (gint64 deadline,
                  const char *waiting_for,
                  const char *file,
                  int line,
                  const char *function)
{
  g_autoptr (GSource) tick = g_timeout_source_new (50);

  if (g_get_monotonic_time () > deadline) {
    g_autofree char *message = g_strdup_printf ("waited in vain for: %s", waiting_for);

    g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
  }
  g_source_set_callback (tick, on_tick, NULL, NULL);
  g_source_attach (tick, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (tick);
}

/**
 * tok_test_on_ready:
 * @source: The object that was asked.
 * @result: What came back.
 * @slot: (type GAsyncResult**): Where to put it.
 *
 * A GAsyncReadyCallback that keeps its result for [func@tok_test_wait_for_result].
 */
void
tok_test_on_ready (GObject *source, GAsyncResult *result, gpointer slot)
{
  GAsyncResult **kept = slot;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

/**
 * tok_test_wait_for_result:
 * @slot: What was handed to [func@tok_test_on_ready].
 *
 * Returns: (transfer full): The result, once it is there; @slot is empty again.
 */
GAsyncResult *
tok_test_wait_for_result (GAsyncResult **slot)
{
  tok_test_wait_until (*slot != NULL);
  return g_steal_pointer (slot);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

/**
 * tok_test_count_notify:
 * @object: An object that outlives its connection.
 * @property: One of its properties.
 *
 * Returns: (transfer none): A counter, as long-lived as @object, of its notifications of @property.
 */
guint *
tok_test_count_notify (gpointer object, const char *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  guint *count = g_new0 (guint, 1);

  g_signal_connect_data (object, signal, G_CALLBACK (on_notify), count,
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  return count;
}
