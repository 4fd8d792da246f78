/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-name.h"

#include <string.h>

/* GLib's own goes astray in what is no UTF-8. */
static char *
casefold (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  return g_utf8_casefold (valid, -1);
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
