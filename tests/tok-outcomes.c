/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-outcomes.h"

struct _TokOutcomes {
  GHashTable *names; /* outcome → names of cases */
};

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The names, and under them what came out. */
static char *
write_block (GPtrArray *names, const char *outcome)
{
  GString *block = g_string_new (NULL);

  g_ptr_array_sort (names, compare);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (block, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  g_string_append_printf (block, "\n%s\n", outcome);
  return g_string_free (block, FALSE);
}

static char *
write_all (TokOutcomes *self)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer outcome, names;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &outcome, &names))
    g_ptr_array_add (blocks, write_block (names, outcome));
  g_ptr_array_sort (blocks, compare);
  g_ptr_array_add (blocks, NULL);
  return g_strjoinv (NULL, (char **) blocks->pdata);
}

/**
 * tok_outcomes_new:
 *
 * Returns: (transfer full): No outcomes yet.
 */
TokOutcomes *
tok_outcomes_new (void)
{
  TokOutcomes *self = g_new0 (TokOutcomes, 1);

  self->names
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * tok_outcomes_free:
 * @self: (transfer full): Outcomes.
 */
void
tok_outcomes_free (TokOutcomes *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

/**
 * tok_outcomes_add:
 * @self: Outcomes.
 * @outcome: What came out, in lines.
 * @name: Of what.
 *
 * Adds a case.
 */
void
tok_outcomes_add (TokOutcomes *self, const char *outcome, const char *name)
{
  GPtrArray *names = g_hash_table_lookup (self->names, outcome);

  if (names == NULL) {
    names = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->names, g_strdup (outcome), names);
  }
  g_ptr_array_add (names, g_strdup (name));
}

/**
 * tok_outcomes_assert_golden:
 * @self: Outcomes.
 * @path: A file.
 *
 * Asserts that the file holds them: each outcome once, under the names of all that have it. With
 * TOK_WRITE_GOLDEN in the environment it is written anew.
 */
void
tok_outcomes_assert_golden (TokOutcomes *self, const char *path)
{
  g_autofree char *text = write_all (self);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("TOK_WRITE_GOLDEN") != NULL) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
  }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}
