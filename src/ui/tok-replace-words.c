/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-words.h"

#include "tok-text.h"

#include <glib/gi18n-lib.h>

static char *
describe_beside (const char *old_name, const char *new_name, TokReplaceNew new_token)
{
  switch (new_token) {
  case TOK_REPLACE_NEW_COMING:
    /* Translators: the old and the new token, as in the next ones. */
    return g_strdup_printf (_ ("“%s” works. “%s” is being created."), old_name, new_name);
  case TOK_REPLACE_NEW_LOST:
    return g_strdup_printf (_ ("“%s” works. There is “%s”, too, but nobody has its secret."),
                            old_name, new_name);
  case TOK_REPLACE_NEW_MADE:
    return g_strdup_printf (_ ("Both “%s” and “%s” work."), old_name, new_name);
  case TOK_REPLACE_NEW_UNKNOWN:
    return g_strdup_printf (_ ("“%s” works. Nobody knows whether there is “%s”."), old_name,
                            new_name);
  case TOK_REPLACE_NEW_NONE:
  default:
    return g_strdup_printf (_ ("“%s” works. There is no new token yet."), old_name);
  }
}

static char *
describe_after (const char *old_name, const char *new_name, TokReplaceNew new_token)
{
  switch (new_token) {
  case TOK_REPLACE_NEW_COMING:
    return g_strdup_printf (_ ("The old “%s” is deleted. The new token is being created."),
                            old_name);
  case TOK_REPLACE_NEW_LOST:
    return g_strdup_printf (
        _ ("The old “%s” is deleted. The new “%s” is there, but nobody has its secret."), old_name,
        new_name);
  case TOK_REPLACE_NEW_MADE:
    return g_strdup_printf (_ ("The old “%s” is deleted. The new “%s” works."), old_name, new_name);
  case TOK_REPLACE_NEW_UNKNOWN:
    return g_strdup_printf (
        _ ("The old “%s” is deleted. Nobody knows whether there is a new token."), old_name);
  case TOK_REPLACE_NEW_NONE:
  default:
    return g_strdup_printf (_ ("The old “%s” is deleted. There is no new token yet."), old_name);
  }
}

/**
 * tok_replace_words_describe:
 * @old_name: The name of the token that is being replaced; foreign text.
 * @new_name: The name that the new one has, or is to have; perhaps the same.
 * @old_token: How the old one stands.
 * @new_token: How the new one stands.
 *
 * Returns: (transfer full): What there is, in one line; no markup.
 */
char *
tok_replace_words_describe (const char *old_name,
                            const char *new_name,
                            TokReplaceOld old_token,
                            TokReplaceNew new_token)
{
  g_autofree char *old_quoted = NULL;
  g_autofree char *new_quoted = NULL;

  g_return_val_if_fail (old_name != NULL, NULL);
  g_return_val_if_fail (new_name != NULL, NULL);

  old_quoted = tok_text_quote_name (old_name);
  new_quoted = tok_text_quote_name (new_name);
  if (old_token == TOK_REPLACE_OLD_GONE)
    return describe_after (old_quoted, new_quoted, new_token);
  if (old_token == TOK_REPLACE_OLD_UNKNOWN)
    return g_strdup_printf (new_token == TOK_REPLACE_NEW_COMING
                                ? _ ("“%s” is being replaced.")
                                : _ ("Nobody knows whether “%s” still works."),
                            old_quoted);
  return describe_beside (old_quoted, new_quoted, new_token);
}
