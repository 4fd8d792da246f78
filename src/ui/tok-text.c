/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-text.h"

#include <glib/gi18n-lib.h>

#define NAME_MAX_CHARS 80
#define DAYS_PER_MONTH 30
#define DAYS_PER_YEAR 365

/* Characters that show nothing, or that change how others are shown. */
static gboolean
is_treacherous (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_UNASSIGNED:
    return TRUE;
  default:
    return g_unichar_iszerowidth (c) && !g_unichar_ismark (c);
  }
}

static gboolean
reads_right_to_left (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    switch (g_unichar_get_script (g_utf8_get_char (at))) {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
    case G_UNICODE_SCRIPT_NKO:
      return TRUE;
    default:
      break;
    }
  }
  return FALSE;
}

/**
 * tok_text_make_visible:
 * @text: Text from somebody else.
 * @max_chars: After how many characters it is cut.
 *
 * Makes @text safe to read: characters that hide something or turn the reading direction are
 * shown by their number, blanks at the ends are dropped, and too much is cut. The result is no
 * markup.
 *
 * Returns: (transfer full): Text that shows what it is.
 */
char *
tok_text_make_visible (const char *text, guint max_chars)
{
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (text, -1));
  GString *visible = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at), n_chars++) {
    gunichar c = g_utf8_get_char (at);

    if (n_chars == max_chars) {
      g_string_append (visible, "…");
      break;
    }
    if (is_treacherous (c))
      g_string_append_printf (visible, "[U+%04X]", c);
    else
      g_string_append_unichar (visible, c);
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
 * Returns: (transfer full): It in a form that can stand in a sentence: where it reads right to
 *   left it doesn't turn its neighbours around. No markup.
 */
char *
tok_text_quote_name (const char *name)
{
  g_autofree char *shown = tok_text_from_name (name);

  if (reads_right_to_left (shown))
    return g_strconcat ("\u2068", shown, "\u2069", NULL);
  return g_steal_pointer (&shown);
}

/**
 * tok_text_from_last_used:
 * @last_used: (nullable): When it was last used, %NULL for never.
 * @now: The time now.
 *
 * Returns: (transfer full): How long that is ago, in words.
 */
char *
tok_text_from_last_used (GDateTime *last_used, GDateTime *now)
{
  GTimeSpan span;
  gulong n;

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
  return g_strdup_printf (ngettext ("Used over %lu year ago", "Used over %lu years ago", n), n);
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
