/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-character.h"

#include <unicode/uchar.h>

#define ZERO_WIDTH_NON_JOINER 0x200C
#define ZERO_WIDTH_JOINER 0x200D
#define BRAILLE_BLANK 0x2800
#define BLACK_FLAG 0x1F3F4
#define FIRST_TAG 0xE0020
#define LAST_TAG 0xE007F
#define VIRAMA_CLASS 9

static gunichar
get_char_before (const char *text, const char *at)
{
  return at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : 0;
}

/* What a picture or a flag begins with, from the end of its parts. */
static gunichar
get_base_before (const char *text, const char *at)
{
  while (at > text) {
    gunichar c;

    at = g_utf8_prev_char (at);
    c = g_utf8_get_char (at);
    if (!g_unichar_ismark (c) && !u_hasBinaryProperty ((UChar32) c, UCHAR_EMOJI_MODIFIER)
        && (c < FIRST_TAG || c > LAST_TAG))
      return c;
  }
  return 0;
}

static gboolean
is_pictograph (gunichar c)
{
  return u_hasBinaryProperty ((UChar32) c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

static gboolean
is_cursive (gunichar c)
{
  switch (u_getIntPropertyValue ((UChar32) c, UCHAR_JOINING_TYPE)) {
  case U_JT_DUAL_JOINING:
  case U_JT_LEFT_JOINING:
  case U_JT_RIGHT_JOINING:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Pictures are made of several with joiners, and words of some languages need them too (RFC 5892,
 * appendix A). */
static gboolean
joins (const char *text, const char *at)
{
  gunichar c = g_utf8_get_char (at);
  gunichar before = get_char_before (text, at);
  gunichar after = g_utf8_get_char (g_utf8_next_char (at));

  if (before != 0 && u_getCombiningClass ((UChar32) before) == VIRAMA_CLASS)
    return TRUE;
  if (c == ZERO_WIDTH_NON_JOINER)
    return is_cursive (before) && is_cursive (after);
  return is_pictograph (get_base_before (text, at)) && is_pictograph (after);
}

/* What a variation selector can say something about. */
static gboolean
is_base (gunichar c)
{
  return g_unichar_isgraph (c)
         && !u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/**
 * tok_character_is_unseen:
 * @text: Text in UTF-8.
 * @at: A character of it.
 *
 * Returns: Whether the character at @at is there without being seen, or decides where others are
 *   seen. Joiners and the like are neither where writing needs them, such as in Persian, or within
 *   a picture.
 */
gboolean
tok_character_is_unseen (const char *text, const char *at)
{
  gunichar c;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (at != NULL, FALSE);

  c = g_utf8_get_char (at);
  if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
    return !joins (text, at);
  if (c >= FIRST_TAG && c <= LAST_TAG)
    return get_base_before (text, at) != BLACK_FLAG;
  if (u_hasBinaryProperty ((UChar32) c, UCHAR_VARIATION_SELECTOR))
    return !is_base (get_char_before (text, at));
  if (c == BRAILLE_BLANK || u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
    return TRUE;
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return TRUE;
  case G_UNICODE_FORMAT:
    return !u_hasBinaryProperty ((UChar32) c, UCHAR_PREPENDED_CONCATENATION_MARK);
  default:
    return FALSE;
  }
}

/**
 * tok_character_reads_from_right:
 * @character: A character.
 *
 * Returns: Whether it is of a script that is written from right to left.
 */
gboolean
tok_character_reads_from_right (gunichar character)
{
  UCharDirection direction = u_charDirection ((UChar32) character);

  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}
