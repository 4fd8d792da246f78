/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-test.h"
#include "tok-character.h"

/* How many characters of a text are unseen. */
static const struct {
  const char *text;
  guint n;
} rows[] = {
  { "", 0 },
  { "plain", 0 },
  { "two words", 0 },
  { "three\u00a0words\u3000there", 0 },
  { "e\u0301", 0 },
  { "a\nb\tc\rd", 3 },
  { "\001\177\302\205\302\237", 4 },
  { "\u2028\u2029", 2 },
  { "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", 12 },
  { "a\u00adb\u034fc\u180ed\u200be\u2060f\ufeffg", 6 },
  { "\u115f\u1160\u3164\uffa0\u2800", 5 },
  { "\ufff9a\ufffab\ufffb", 3 },
  /* Seen, though they are of the same kind. */
  { "\u0600\u06dd", 0 },
  /* Joiners that writing needs, and the same where it doesn't. */
  { "\u0645\u06cc\u200c\u062e", 0 },
  { "\u0915\u094d\u200d\u0937", 0 },
  { "a\u200cb\u200dc", 2 },
  { "\u0645\u200c", 1 },
  { "\u200c\u0645", 1 },
  { "\u200d", 1 },
  /* Pictures of several. */
  { "\U0001f468\u200d\U0001f469\u200d\U0001f467", 0 },
  { "\U0001f469\U0001f3fd\u200d\U0001f4bb", 0 },
  { "\u2764\ufe0f\u200d\U0001f525", 0 },
  { "\U0001f468\u200da", 1 },
  { "a\u200d\U0001f468", 1 },
  { "\U0001f468\u200d", 1 },
  /* Flags of parts of countries. */
  { "\U0001f3f4\U000e0067\U000e0062\U000e007f", 0 },
  { "a\U000e0067\U000e0062", 2 },
  { "\U000e0001", 1 },
  /* What another shape of a character is asked for with. */
  { "\u2764\ufe0f", 0 },
  { "1\ufe0f\u20e3", 0 },
  { "\u8fbb\U000e0100", 0 },
  { "\ufe0f", 1 },
  { " \ufe0f", 1 },
  { "a\ufe0f\ufe0f", 1 },
};

static void
test_unseen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint n = 0;

    for (const char *at = rows[i].text; *at != '\0'; at = g_utf8_next_char (at))
      n += tok_character_is_unseen (rows[i].text, at) ? 1 : 0;
    g_test_message ("row %u", i);
    g_assert_cmpuint (n, ==, rows[i].n);
  }
}

static void
test_direction (void)
{
  static const gunichar from_right[] = { 0x5D1, 0x628, 0x710, 0x780, 0x7CA, 0x840, 0x1E900 };
  static const gunichar others[] = { 'a', '2', ' ', '(', 0x662, 0x301, 0x5F20, 0x1F381 };

  for (guint i = 0; i < G_N_ELEMENTS (from_right); i++)
    g_assert_true (tok_character_reads_from_right (from_right[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (tok_character_reads_from_right (others[i]));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);
  g_test_add_func ("/character/unseen", test_unseen);
  g_test_add_func ("/character/direction", test_direction);
  return g_test_run ();
}
