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
 * tok_replace_old_from_state:
 * @state: What became of making the new token.
 * @is_gone: Whether the old one is known to be there no more.
 * @at_once: Whether it goes in the request that creates the new one.
 *
 * Returns: How the old token stands.
 */
TokReplaceOld
tok_replace_old_from_state (TokTokenMakerState state, gboolean is_gone, gboolean at_once)
{
  if (is_gone)
    return TOK_REPLACE_OLD_GONE;
  if (at_once && (state == TOK_TOKEN_MAKER_WORKING || state == TOK_TOKEN_MAKER_UNCONFIRMED))
    return TOK_REPLACE_OLD_UNKNOWN;
  return TOK_REPLACE_OLD_WORKS;
}

/**
 * tok_replace_new_from_state:
 * @state: What became of making the new token.
 *
 * Returns: How the new token stands.
 */
TokReplaceNew
tok_replace_new_from_state (TokTokenMakerState state)
{
  switch (state) {
  case TOK_TOKEN_MAKER_WORKING:
    return TOK_REPLACE_NEW_COMING;
  case TOK_TOKEN_MAKER_MADE:
    return TOK_REPLACE_NEW_MADE;
  case TOK_TOKEN_MAKER_LOST:
    return TOK_REPLACE_NEW_LOST;
  case TOK_TOKEN_MAKER_UNCONFIRMED:
    return TOK_REPLACE_NEW_UNKNOWN;
  case TOK_TOKEN_MAKER_IDLE:
  default:
    return TOK_REPLACE_NEW_NONE;
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

/**
 * tok_replace_words_describe_way:
 * @name: The name of the token that is being replaced; foreign text.
 * @ip: (nullable): The network address that it is bound to; foreign text.
 * @at_once: Whether it goes in the request that creates the new one.
 *
 * Returns: (transfer full): What the way that was chosen means for it; no markup.
 */
char *
tok_replace_words_describe_way (const char *name, const char *ip, gboolean at_once)
{
  g_autofree char *quoted = NULL;
  g_autofree char *shown_ip = NULL;
  g_autofree char *lock = NULL;
  g_autofree char *way = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  quoted = tok_text_quote_name (name);
  shown_ip = ip != NULL ? tok_text_quote_name (ip) : NULL;
  if (at_once)
    way = g_strdup (_ ("The old secret stops working as soon as you replace it."));
  else
    /* Translators: %s is the name of a token. */
    way = g_strdup_printf (_ ("“%s” works on meanwhile, so the new token has another name."),
                           quoted);
  if (ip != NULL)
    /* Translators: a network address. */
    lock = g_strdup_printf (_ ("The old one works from %s alone. The new one can be bound to your "
                               "current network address, and to no other."),
                            shown_ip);
  return g_strjoin (" ", way, lock, NULL);
}
