/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-text.h"

#include "tok-character.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <math.h>

#define NAME_MAX_CHARS 80
/* No language puts more of them on one letter, and a pile of them reaches into other lines. */
#define MAX_MARKS 4
#define MAX_PERCENTAGE 100
#define MIN_PERCENTAGE 0.01
#define DAYS_PER_MONTH 30
#define DAYS_PER_YEAR 365

/* Characters of which nobody knows how they look, if they do at all. */
static gboolean
is_treacherous (const char *text, const char *at)
{
  switch (g_unichar_type (g_utf8_get_char (at))) {
  case G_UNICODE_SURROGATE:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_UNASSIGNED:
    return TRUE;
  default:
    return tok_character_is_unseen (text, at);
  }
}

static char *
dup_visible (const char *text, const char *at, guint n_marks)
{
  gunichar c = g_utf8_get_char (at);

  if (is_treacherous (text, at) || n_marks > MAX_MARKS)
    return g_strdup_printf ("[U+%04X]", c);
  return g_strndup (at, g_utf8_next_char (at) - at);
}

/* Where a sentence reads from right to left, everything that is not in its language turns. */
static gboolean
needs_isolation (const char *text)
{
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return TRUE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (tok_character_reads_from_right (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/**
 * tok_text_make_visible:
 * @text: Text from somebody else.
 * @max_chars: After how many characters it is cut, as they are shown.
 *
 * Makes @text safe to read: characters that hide something or turn the reading direction are
 * shown by their number, and so are accents in a pile, blanks at the ends are dropped, and too much
 * is cut. The result is one line and no markup.
 *
 * Returns: (transfer full): Text that shows what it is.
 */
char *
tok_text_make_visible (const char *text, guint max_chars)
{
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (text, -1));
  GString *visible = g_string_new (NULL);
  guint n_marks = 0;
  glong n_chars = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    g_autofree char *piece = NULL;

    n_marks = g_unichar_ismark (g_utf8_get_char (at)) ? n_marks + 1 : 0;
    piece = dup_visible (valid, at, n_marks);
    n_chars += g_utf8_strlen (piece, -1);
    if (n_chars > max_chars) {
      g_string_append (visible, "…");
      break;
    }
    g_string_append (visible, piece);
  }
  return g_string_free (visible, FALSE);
}

/**
 * tok_text_from_name:
 * @name: The name of a token or an app, as the service has it.
 *
 * Returns: (transfer full): What to show as its name; no markup.
 */
char *
tok_text_from_name (const char *name)
{
  g_autofree char *visible = tok_text_make_visible (name, NAME_MAX_CHARS);

  /* Translators: stands where the name of a token or an app would be. */
  return *visible != '\0' ? g_steal_pointer (&visible) : g_strdup (_ ("(no name)"));
}

/**
 * tok_text_quote_name:
 * @name: The name of a token or an app, as the service has it.
 *
 * Returns: (transfer full): It in a form that can stand in a sentence, within quotes or not: where
 *   it reads in another direction it doesn't turn its neighbours around, and quotes of its own
 *   can't be taken for those of the sentence. No markup.
 */
char *
tok_text_quote_name (const char *name)
{
  g_autofree char *shown = tok_text_from_name (name);
  g_auto (GStrv) parts = g_regex_split_simple ("[“”„‟]", shown, 0, 0);
  g_autofree char *quoted = g_strjoinv ("\"", parts);

  if (needs_isolation (quoted))
    return g_strconcat ("\u2068", quoted, "\u2069", NULL);
  return g_steal_pointer (&quoted);
}

/**
 * tok_text_from_percentage:
 * @percentage: More than nothing.
 *
 * Returns: (transfer full): It as people write it, with two decimals at most.
 */
char *
tok_text_from_percentage (double percentage)
{
  g_autofree char *number = NULL;

  if (percentage > MAX_PERCENTAGE)
    /* Translators: a share, after "Adds". */
    return g_strdup_printf (_ ("over %d %%"), MAX_PERCENTAGE);
  /* It isn't nothing, so that isn't said either. */
  number = g_strdup_printf ("%.4g", fmax (round (percentage * 100) / 100, MIN_PERCENTAGE));
  /* Translators: a share; %s is a number. */
  return g_strdup_printf (_ ("%s %%"), number);
}

/**
 * tok_text_is_ahead:
 * @last_used: When something is said to have been used last.
 * @now: The time now.
 *
 * Returns: Whether that is further ahead than clocks differ, so that it can't be true.
 */
gboolean
tok_text_is_ahead (GDateTime *last_used, GDateTime *now)
{
  return g_date_time_difference (last_used, now) > G_TIME_SPAN_DAY;
}

/**
 * tok_text_from_last_used:
 * @last_used: (nullable): When it was last used.
 * @is_known: Whether a @last_used of %NULL means never; otherwise it means that nobody knows.
 * @now: The time now.
 *
 * Returns: (transfer full): How long that is ago, in words.
 */
char *
tok_text_from_last_used (GDateTime *last_used, gboolean is_known, GDateTime *now)
{
  GTimeSpan span;
  gulong n;

  if (last_used != NULL ? tok_text_is_ahead (last_used, now) : !is_known)
    return g_strdup (_ ("Last use not known"));
  if (last_used == NULL)
    return g_strdup (_ ("Never used"));

  span = g_date_time_difference (now, last_used);
  if (span < G_TIME_SPAN_MINUTE)
    return g_strdup (_ ("Used just now"));
  if (span < G_TIME_SPAN_HOUR) {
    n = span / G_TIME_SPAN_MINUTE;
    return g_strdup_printf (ngettext ("Used %lu minute ago", "Used %lu minutes ago", n), n);
  }
  if (span < G_TIME_SPAN_DAY) {
    n = span / G_TIME_SPAN_HOUR;
    return g_strdup_printf (ngettext ("Used %lu hour ago", "Used %lu hours ago", n), n);
  }
  n = span / G_TIME_SPAN_DAY;
  if (n < 2 * DAYS_PER_MONTH)
    return g_strdup_printf (ngettext ("Used %lu day ago", "Used %lu days ago", n), n);
  if (n < DAYS_PER_YEAR) {
    n /= DAYS_PER_MONTH;
    return g_strdup_printf (ngettext ("Used %lu month ago", "Used %lu months ago", n), n);
  }
  n /= DAYS_PER_YEAR;
  return g_strdup_printf (ngettext ("Not used for over %lu year", "Not used for over %lu years", n),
                          n);
}

/**
 * tok_text_is_long_ago:
 * @last_used: When it was last used.
 * @now: The time now.
 *
 * Returns: Whether that is a year or more ago, so that it is hardly needed any more.
 */
gboolean
tok_text_is_long_ago (GDateTime *last_used, GDateTime *now)
{
  return g_date_time_difference (now, last_used) >= DAYS_PER_YEAR * G_TIME_SPAN_DAY;
}

/**
 * tok_text_from_time:
 * @time: A point in time.
 *
 * Returns: (transfer full): It exactly, in the zone of whoever reads it, with the zone.
 */
char *
tok_text_from_time (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  /* Translators: a date and time with its zone, for g_date_time_format (). */
  return g_date_time_format (local, _ ("%-d %B %Y, %H:%M:%S %Z"));
}

/**
 * tok_text_from_time_of_day:
 * @time: A point in time.
 *
 * Returns: (transfer full): Its hour and minute, in the zone of whoever reads it.
 */
char *
tok_text_from_time_of_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  /* Translators: a time of day, for g_date_time_format (). */
  return g_date_time_format (local, _ ("%H:%M"));
}
