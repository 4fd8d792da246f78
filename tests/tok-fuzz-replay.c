/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fuzz.h"

#include "tok-test.h"

#include <string.h>

/* Goes through a corpus without libFuzzer: each file of the directory is a test. */

static void
replay (gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree uint8_t *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (data, &text, &length, &error);
  g_assert_no_error (error);
  /* Without the NUL behind it, so that a sanitizer sees whoever reads too far. */
  exact = g_memdup2 (text, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (exact, length), ==, 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *directory)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int argc, char *argv[])
{
  g_autofree char *directory = NULL;
  g_autoptr (GPtrArray) names = NULL;

  tok_test_init (&argc, &argv);
  LLVMFuzzerInitialize (&argc, &argv);

  directory = g_test_build_filename (G_TEST_DIST, "corpus", TOK_FUZZ_NAME, NULL);
  names = list_names (directory);
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_strdup_printf ("/%s/%s", TOK_FUZZ_NAME, (char *) names->pdata[i]);

    g_test_add_data_func_full (path, g_build_filename (directory, names->pdata[i], NULL), replay,
                               g_free);
  }
  return g_test_run ();
}
