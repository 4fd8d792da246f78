/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-text.h"

#include "tok-test.h"

#include <gtk/gtk.h>
#include <math.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const struct {
  const char *text;
  guint max_chars;
  const char *visible;
} texts[] = {
  { "Grid bot", 80, "Grid bot" },
  { "", 80, "" },
  { " \t\r\n ", 80, "" },
  { "  Grid  bot \n", 80, "Grid  bot" },
  /* No markup, and no escaping of it: who wants markup escapes it. */
  { "<b>A</b> & \"B\" &amp; %s", 80, "<b>A</b> & \"B\" &amp; %s" },
  /* What breaks a line or moves the cursor. */
  { "a\nb\tc\rd", 80, "a[U+000A]b[U+0009]c[U+000D]d" },
  { "a\x01\x1b\x7f", 80, "a[U+0001][U+001B][U+007F]" },
  { "a\xc2\x85"
    "b\u2028c\u2029d",
    80, "a[U+0085]b[U+2028]c[U+2029]d" },
  /* What turns the reading direction. */
  { "\u202egnp.exe", 80, "[U+202E]gnp.exe" },
  { "a\u200eb\u200fc\u061cd", 80, "a[U+200E]b[U+200F]c[U+061C]d" },
  { "\u2066a\u2067b\u2068c\u2069", 80, "[U+2066]a[U+2067]b[U+2068]c[U+2069]" },
  /* What shows nothing. */
  { "De\u200briv\u200c\u200d\u2060\ufeff", 80, "De[U+200B]riv[U+200C][U+200D][U+2060][U+FEFF]" },
  { "so\u00adft\u180e", 80, "so[U+00AD]ft[U+180E]" },
  { "tag\U000e0041\U000e007f", 80, "tag[U+E0041][U+E007F]" },
  /* What nobody knows how it looks. */
  { "\ue000\uf8ff\U0010fffd", 80, "[U+E000][U+F8FF][U+10FFFD]" },
  { "\u0378\uffff", 80, "[U+0378][U+FFFF]" },
  { "a\xff\xc0z", 80, "a\ufffd\ufffdz" },
  /* What only looks foreign. */
  { "Zoe\u0308 \u5f20\u4f1f \U0001f381 \u2764\ufe0f", 80,
    "Zoe\u0308 \u5f20\u4f1f \U0001f381 \u2764\ufe0f" },
  { "\u05d1\u05d5\u05d8 \u0628\u0648\u062a", 80, "\u05d1\u05d5\u05d8 \u0628\u0648\u062a" },
  /* Characters are counted, not bytes, and as they are shown. */
  { "12345", 5, "12345" },
  { "123456", 5, "12345…" },
  { "\u00e4\u00f6\u00fc\U0001f381\u00df", 4, "\u00e4\u00f6\u00fc\U0001f381…" },
  { "\n\u200b34", 80, "[U+200B]34" },
  { "1\u200b\u200b45", 3, "1…" },
  { "1\u200b\u200b45", 9, "1[U+200B]…" },
  /* A pile of accents; those that a letter can have stay. */
  { "a\u0301\u0302\u0303\u0304z", 80, "a\u0301\u0302\u0303\u0304z" },
  { "a\u0301\u0302\u0303\u0304\u0305\u0306z", 80, "a\u0301\u0302\u0303\u0304[U+0305][U+0306]z" },
  /* What writing needs, and pictures that are made of several. */
  { "\u0645\u06cc\u200c\u062e", 80, "\u0645\u06cc\u200c\u062e" },
  { "\U0001f468\u200d\U0001f469", 80, "\U0001f468\u200d\U0001f469" },
  { "\u1112\u1161\u11ab", 80, "\u1112\u1161\u11ab" },
  { "abc", 0, "…" },
  { "", 0, "" },
};

static void
test_make_visible (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *visible = tok_text_make_visible (texts[i].text, texts[i].max_chars);

    g_assert_cmpstr (visible, ==, texts[i].visible);
    g_assert_true (g_utf8_validate (visible, -1, NULL));
  }
}

static char *
repeat (const char *what, guint n)
{
  GString *text = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (text, what);
  return g_string_free (text, FALSE);
}

static void
test_long_names (void)
{
  static const char *const letters[] = { "x", "\u5f20", "\U0001f381", "\u202e", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autofree char *name = repeat (letters[i], 10000);
    g_autofree char *shown = tok_text_from_name (name);

    g_assert_true (g_utf8_validate (shown, -1, NULL));
    g_assert_true (g_str_has_suffix (shown, "…"));
    g_assert_cmpuint (g_utf8_strlen (shown, -1), <=, 80 + 1);
  }
}

static void
test_name (void)
{
  static const struct {
    const char *name;
    const char *shown;
  } names[] = {
    { "Chart Desk", "Chart Desk" }, { "", "(no name)" },      { "  ", "(no name)" },
    { "\n\t", "(no name)" },        { "\u200b", "[U+200B]" }, { "<b>", "<b>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *shown = tok_text_from_name (names[i].name);

    g_assert_cmpstr (shown, ==, names[i].shown);
  }
}

static void
test_quoted_name (void)
{
  static const struct {
    const char *name;
    const char *quoted;
  } names[] = {
    { "Chart Desk", "Chart Desk" },
    { "", "(no name)" },
    { "\u5f20", "\u5f20" },
    /* A sentence around it stays as it is. */
    { "\u05d1\u05d5\u05d8", "\u2068\u05d1\u05d5\u05d8\u2069" },
    { "bot \u0628\u0648\u062a 2", "\u2068bot \u0628\u0648\u062a 2\u2069" },
    { "\u0710", "\u2068\u0710\u2069" },
    { "\u0780", "\u2068\u0780\u2069" },
    { "\u07ca", "\u2068\u07ca\u2069" },
    /* It can't bring an end of its own. */
    { "\u0628\u2069", "\u2068\u0628[U+2069]\u2069" },
    { "\u202ea", "[U+202E]a" },
    /* Nor an end of the sentence's quotes. */
    { "A” is fine. “B", "A\" is fine. \"B" },
    { "„A‟", "\"A\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *quoted = tok_text_quote_name (names[i].name);

    g_assert_cmpstr (quoted, ==, names[i].quoted);
  }
}

/* Where everything reads from right to left, a name that doesn't is the foreign one. */
static void
test_quoted_name_from_right (void)
{
  g_autofree char *quoted = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  quoted = tok_text_quote_name ("Bot (2)");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (quoted, ==, "\u2068Bot (2)\u2069");
}

static void
test_percentage (void)
{
  static const struct {
    double percentage;
    const char *text;
  } rows[] = {
    { 2, "2 %" },
    { 0.5, "0.5 %" },
    { 2.75, "2.75 %" },
    { 1.0 / 3, "0.33 %" },
    { 2.9999, "3 %" },
    { 0.01, "0.01 %" },
    { 0.0001, "0.01 %" },
    { 5e-324, "0.01 %" },
    { 12.5, "12.5 %" },
    { 99.99, "99.99 %" },
    { 100, "100 %" },
    { 100.001, "over 100 %" },
    { 1e308, "over 100 %" },
    { INFINITY, "over 100 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = tok_text_from_percentage (rows[i].percentage);

    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_last_used (void)
{
  static const struct {
    gint64 seconds;
    const char *text;
  } ages[] = {
    /* Nobody has used it in years to come. */
    { -28000 * (gint64) DAY, "Last use not known" },
    { -DAY - 1, "Last use not known" },
    /* Clocks differ: what is ahead of ours is now. */
    { -DAY, "Used just now" },
    { -1, "Used just now" },
    { 0, "Used just now" },
    { MINUTE - 1, "Used just now" },
    { MINUTE, "Used 1 minute ago" },
    { 2 * MINUTE - 1, "Used 1 minute ago" },
    { 2 * MINUTE, "Used 2 minutes ago" },
    { HOUR - 1, "Used 59 minutes ago" },
    { HOUR, "Used 1 hour ago" },
    { 2 * HOUR - 1, "Used 1 hour ago" },
    { 2 * HOUR, "Used 2 hours ago" },
    { DAY - 1, "Used 23 hours ago" },
    { DAY, "Used 1 day ago" },
    { 2 * DAY - 1, "Used 1 day ago" },
    { 2 * DAY, "Used 2 days ago" },
    { 60 * DAY - 1, "Used 59 days ago" },
    { 60 * DAY, "Used 2 months ago" },
    { 90 * DAY - 1, "Used 2 months ago" },
    { 90 * DAY, "Used 3 months ago" },
    { 365 * DAY - 1, "Used 12 months ago" },
    { 365 * DAY, "Not used for over 1 year" },
    { 730 * DAY - 1, "Not used for over 1 year" },
    { 730 * DAY, "Not used for over 2 years" },
    { 3650 * (gint64) DAY, "Not used for over 10 years" },
  };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2023, 10, 21, 7, 11, 29.5);
  g_autofree char *never = tok_text_from_last_used (NULL, TRUE, now);
  g_autofree char *unknown = tok_text_from_last_used (NULL, FALSE, now);

  g_assert_cmpstr (never, ==, "Never used");
  g_assert_cmpstr (unknown, ==, "Last use not known");
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_autoptr (GDateTime) used = g_date_time_add (now, -ages[i].seconds * G_USEC_PER_SEC);
    g_autofree char *text = tok_text_from_last_used (used, TRUE, now);

    g_assert_cmpstr (text, ==, ages[i].text);
  }
}

/* The service tells the time in UTC, people live elsewhere. */
static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (-9 * HOUR);
  g_autoptr (GDateTime) here = g_date_time_new_utc (2023, 10, 21, 7, 11, 29);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (here, zone);
  g_autofree char *same_moment = tok_text_from_last_used (there, TRUE, here);
  g_autofree char *exact = tok_text_from_time (there);
  g_autofree char *time = tok_text_from_time_of_day (there);
  g_autofree char *exact_elsewhere = NULL;
  g_autofree char *time_elsewhere = NULL;

  g_assert_cmpstr (same_moment, ==, "Used just now");
  g_assert_cmpstr (exact, ==, "21 October 2023, 07:11:29 UTC");
  g_assert_cmpstr (time, ==, "07:11");

  g_setenv ("TZ", "XST-17:30", TRUE);
  exact_elsewhere = tok_text_from_time (here);
  time_elsewhere = tok_text_from_time_of_day (here);
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_cmpstr (exact_elsewhere, ==, "22 October 2023, 00:41:29 XST");
  g_assert_cmpstr (time_elsewhere, ==, "00:41");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/text/make-visible", test_make_visible);
  g_test_add_func ("/text/long-names", test_long_names);
  g_test_add_func ("/text/name", test_name);
  g_test_add_func ("/text/quoted-name", test_quoted_name);
  g_test_add_func ("/text/quoted-name-from-right", test_quoted_name_from_right);
  g_test_add_func ("/text/percentage", test_percentage);
  g_test_add_func ("/text/last-used", test_last_used);
  g_test_add_func ("/text/zone", test_zone);

  return g_test_run ();
}
