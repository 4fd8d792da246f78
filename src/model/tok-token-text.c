/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-text.h"

#include "tok-token.h"

#include <string.h>

#define API_LENGTH 15
#define BROWSER_PREFIX "a1-"
#define NEW_PLATFORM_PREFIX "pat_"

/* Blanks of every kind, and what has no width or steers the text around it: what comes along with
 * copying and can't be seen. */
static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_SPACE_SEPARATOR:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Finds what is to be seen of @text without making a copy of it. What is no UTF-8 counts as to be
 * seen. */
static const char *
trim (const char *text, gsize *length)
{
  const char *begin = NULL;
  const char *end = text;

  for (const char *c = text, *next; *c != '\0'; c = next) {
    gunichar character = g_utf8_get_char_validated (c, -1);
    gboolean is_valid = character < (gunichar) -2;

    next = is_valid ? g_utf8_next_char (c) : c + 1;
    if (is_valid && is_invisible (character))
      continue;
    if (begin == NULL)
      begin = c;
    end = next;
  }
  if (begin == NULL)
    begin = end;
  *length = end - begin;
  return begin;
}

/**
 * tok_token_text_dup_trimmed:
 * @text: What somebody typed or pasted as a token.
 *
 * Leaves off what came along with copying: line breaks, blanks of every kind, and characters that
 * can't be seen. No other copy of a part of the secret is made.
 *
 * Returns: (transfer full): @text without what can't be seen around it; free it with
 *   [func@secret_free].
 */
TokSecret *
tok_token_text_dup_trimmed (const char *text)
{
  const char *begin;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  begin = trim (text, &length);
  return g_strndup (begin, length);
}

/**
 * tok_token_text_classify:
 * @text: What somebody typed or pasted as a token so far; what can't be seen around it doesn't
 *   count.
 *
 * Says what @text looks like (PROTOCOL 2.2 and 9). The length of an API token is a hint: whatever
 * isn't of the new platform, empty or impossible may be sent.
 *
 * Returns: The kind of token.
 */
TokTokenText
tok_token_text_classify (const char *text)
{
  const char *begin;
  gsize length;
  gboolean is_alphanumeric = TRUE;

  g_return_val_if_fail (text != NULL, TOK_TOKEN_TEXT_EMPTY);

  begin = trim (text, &length);
  if (length == 0)
    return TOK_TOKEN_TEXT_EMPTY;
  if (g_str_has_prefix (begin, NEW_PLATFORM_PREFIX))
    return TOK_TOKEN_TEXT_NEW_PLATFORM;
  if (length > TOK_TOKEN_SECRET_MAX)
    return TOK_TOKEN_TEXT_IMPOSSIBLE;
  for (gsize i = 0; i < length; i++) {
    if (begin[i] == '_' || begin[i] == '-')
      is_alphanumeric = FALSE;
    else if (!g_ascii_isalnum (begin[i]))
      return TOK_TOKEN_TEXT_IMPOSSIBLE;
  }
  if (g_str_has_prefix (begin, BROWSER_PREFIX))
    return TOK_TOKEN_TEXT_BROWSER;
  if (!is_alphanumeric || length > API_LENGTH)
    return TOK_TOKEN_TEXT_UNUSUAL;
  return length == API_LENGTH ? TOK_TOKEN_TEXT_API : TOK_TOKEN_TEXT_INCOMPLETE;
}
