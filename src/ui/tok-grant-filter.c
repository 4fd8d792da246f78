/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-filter.h"

#include "tok-grant.h"

/* Which tokens or apps somebody looks for: by words, by access level, or by both. */
struct _TokGrantFilter {
  GtkFilter parent_instance;

  char *folded;
  char **words; /* NULL for all */
  int level;
};

G_DEFINE_FINAL_TYPE (TokGrantFilter, tok_grant_filter, GTK_TYPE_FILTER)

static gboolean
tok_grant_filter_match (GtkFilter *filter, gpointer item)
{
  TokGrantFilter *self = TOK_GRANT_FILTER (filter);

  if (self->level != TOK_GRANT_FILTER_ANY && (int) tok_grant_get_level (item) != self->level)
    return FALSE;
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (tok_grant_keys_get_text (item), self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static GtkFilterMatch
tok_grant_filter_get_strictness (GtkFilter *filter)
{
  TokGrantFilter *self = TOK_GRANT_FILTER (filter);

  return self->words == NULL && self->level == TOK_GRANT_FILTER_ANY ? GTK_FILTER_MATCH_ALL
                                                                    : GTK_FILTER_MATCH_SOME;
}

static void
tok_grant_filter_finalize (GObject *object)
{
  TokGrantFilter *self = TOK_GRANT_FILTER (object);

  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (tok_grant_filter_parent_class)->finalize (object);
}

static void
tok_grant_filter_class_init (TokGrantFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tok_grant_filter_finalize;
  filter_class->match = tok_grant_filter_match;
  filter_class->get_strictness = tok_grant_filter_get_strictness;
}

static void
tok_grant_filter_init (TokGrantFilter *self)
{
  self->folded = g_strdup ("");
  self->level = TOK_GRANT_FILTER_ANY;
}

/**
 * tok_grant_filter_new:
 *
 * Returns: (transfer full): A filter of [class@Grant]s that lets all of them through.
 */
TokGrantFilter *
tok_grant_filter_new (void)
{
  return g_object_new (TOK_TYPE_GRANT_FILTER, NULL);
}

static char **
split_words (const char *folded)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_auto (GStrv) words = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);
  return words[0] != NULL ? g_steal_pointer (&words) : NULL;
}

/**
 * tok_grant_filter_set_text:
 * @self: A filter.
 * @text: What somebody types.
 *
 * Lets through what has every word of @text in its name, access level, permissions, id or network
 * address, whatever the case and the accents.
 */
void
tok_grant_filter_set_text (TokGrantFilter *self, const char *text)
{
  g_autofree char *before = NULL;
  GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;

  g_return_if_fail (TOK_IS_GRANT_FILTER (self));
  g_return_if_fail (text != NULL);

  before = g_steal_pointer (&self->folded);
  self->folded = tok_grant_keys_fold (text);
  if (g_str_equal (self->folded, before))
    return;
  g_clear_pointer (&self->words, g_strfreev);
  self->words = split_words (self->folded);
  if (g_str_has_prefix (self->folded, before))
    change = GTK_FILTER_CHANGE_MORE_STRICT;
  else if (g_str_has_prefix (before, self->folded))
    change = GTK_FILTER_CHANGE_LESS_STRICT;
  gtk_filter_changed (GTK_FILTER (self), change);
}

/**
 * tok_grant_filter_set_level:
 * @self: A filter.
 * @level: An access level, or %TOK_GRANT_FILTER_ANY.
 *
 * Lets through what has exactly this level.
 */
void
tok_grant_filter_set_level (TokGrantFilter *self, int level)
{
  g_return_if_fail (TOK_IS_GRANT_FILTER (self));

  if (self->level == level)
    return;
  self->level = level;
  gtk_filter_changed (GTK_FILTER (self), level == TOK_GRANT_FILTER_ANY
                                             ? GTK_FILTER_CHANGE_LESS_STRICT
                                             : GTK_FILTER_CHANGE_DIFFERENT);
}
