/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-name.h"

#include <string.h>

/* For want of a letter that the service takes; a translation might have none either. */
#define NAMELESS "Token"
/* What is longer counts nothing: it is a year, a date or a sum. */
#define MAX_COUNTER_DIGITS 3

/* GLib's own goes astray in what is no UTF-8. */
static char *
casefold (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  return g_utf8_casefold (valid, -1);
}

static gboolean
is_separator (char c)
{
  return c == ' ' || c == '_';
}

static void
trim_end (GString *stem)
{
  while (stem->len > 0 && is_separator (stem->str[stem->len - 1]))
    g_string_truncate (stem, stem->len - 1);
}

/* What of @name the service takes. */
static GString *
dup_stem (const char *name)
{
  GString *stem = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalnum (*c) || (is_separator (*c) && stem->len > 0))
      g_string_append_c (stem, *c);
  trim_end (stem);
  if (stem->len == 0)
    g_string_append (stem, NAMELESS);
  return stem;
}

/* Takes the number off that the name has had already. */
static guint
cut_counter (GString *stem, char *separator)
{
  gsize start = stem->len;
  guint counter;

  while (start > 0 && g_ascii_isdigit (stem->str[start - 1]))
    start--;
  if (start < 2 || start == stem->len || stem->len - start > MAX_COUNTER_DIGITS
      || stem->str[start] == '0' || !is_separator (stem->str[start - 1]))
    return 1;
  counter = g_ascii_strtoull (stem->str + start, NULL, 10);
  *separator = stem->str[start - 1];
  g_string_truncate (stem, start);
  trim_end (stem);
  return counter;
}

/* Between two words, if that leaves most of it. */
static void
shorten (GString *stem, gsize length)
{
  gsize end = length;

  if (stem->len <= length)
    return;
  while (end > length / 2 && !is_separator (stem->str[end]))
    end--;
  g_string_truncate (stem, is_separator (stem->str[end]) ? end : length);
  trim_end (stem);
}

/**
 * tok_token_name_dup_trimmed:
 * @text: What was typed, in UTF-8.
 *
 * Returns: (transfer full): @text without the blanks around it, of whatever kind.
 */
char *
tok_token_name_dup_trimmed (const char *text)
{
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, end - text);
}

/**
 * tok_token_name_check:
 * @name: A name, trimmed, in UTF-8.
 *
 * Holds @name against the rules of the service (PROTOCOL 2.4 and 7). They are those of two places
 * with two error codes; what passes here passes both. Of blanks only the plain one is taken, since
 * nobody could tell the others apart in a list.
 *
 * Returns: What is wrong with it, a wrong character first.
 */
TokTokenNameFault
tok_token_name_check (const char *name)
{
  glong length;

  g_return_val_if_fail (name != NULL, TOK_TOKEN_NAME_EMPTY);

  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != ' ' && *c != '_')
      return TOK_TOKEN_NAME_CHARACTER;
  length = g_utf8_strlen (name, -1);
  if (length == 0)
    return TOK_TOKEN_NAME_EMPTY;
  if (length < TOK_TOKEN_NAME_MIN)
    return TOK_TOKEN_NAME_SHORT;
  return length > TOK_TOKEN_NAME_MAX ? TOK_TOKEN_NAME_LONG : TOK_TOKEN_NAME_OK;
}

/**
 * tok_token_name_equal:
 * @a: A name.
 * @b: Another one; foreign text, perhaps no UTF-8.
 *
 * Returns: Whether a person could take one for the other, upper and lower case being the same.
 */
gboolean
tok_token_name_equal (const char *a, const char *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  first = casefold (a);
  second = casefold (b);
  return g_str_equal (first, second);
}

/**
 * tok_token_name_propose:
 * @name: What a token is called; foreign text, perhaps no UTF-8.
 * @is_taken: (scope call): Which names can't be had; not all of them.
 * @user_data: For @is_taken.
 *
 * Proposes a name for another token of the kind: the same with the next number that is free,
 * without what the service would refuse, and shortened where it would become too long.
 *
 * Returns: (transfer full): A name that passes [func@token_name_check] and is not taken.
 */
char *
tok_token_name_propose (const char *name, TokTokenNameIsTaken is_taken, gpointer user_data)
{
  g_autoptr (GString) stem = NULL;
  char separator = ' ';
  guint counter;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (is_taken != NULL, NULL);

  stem = dup_stem (name);
  counter = cut_counter (stem, &separator);
  while (TRUE) {
    g_autofree char *suffix = g_strdup_printf ("%c%u", separator, ++counter);
    g_autofree char *proposal = NULL;

    shorten (stem, TOK_TOKEN_NAME_MAX - strlen (suffix));
    proposal = g_strconcat (stem->str, suffix, NULL);
    if (!is_taken (proposal, user_data))
      return g_steal_pointer (&proposal);
  }
}
