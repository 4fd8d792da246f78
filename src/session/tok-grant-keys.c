/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-keys.h"

#include "tok-access.h"
#include "tok-app.h"
#include "tok-grant.h"
#include "tok-token.h"

/* Accents, and what can't be seen and so can't be typed. */
static gboolean
is_left_out (gunichar character)
{
  switch (g_unichar_type (character)) {
  case G_UNICODE_NON_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_FORMAT:
  case G_UNICODE_CONTROL:
    return TRUE;
  default:
    return FALSE;
  }
}

static char *
fold_words (TokGrant *grant)
{
  const char *const *unknown = tok_grant_get_unknown_scopes (grant);
  g_autofree char *permissions = tok_scopes_to_text (tok_grant_get_scopes (grant), unknown);
  g_autofree char *words = g_strconcat (tok_access_level_get_label (tok_grant_get_level (grant)),
                                        "\n", permissions, NULL);

  return tok_grant_keys_fold (words);
}

/* Of known scopes there are few combinations, and long lists repeat them. */
static char *
dup_words (TokGrant *grant)
{
  static char *known[TOK_SCOPE_ALL + 1];
  TokScopes scopes = tok_grant_get_scopes (grant);

  if (scopes > TOK_SCOPE_ALL)
    return fold_words (grant);
  if (known[scopes] == NULL)
    known[scopes] = fold_words (grant);
  return g_strdup (known[scopes]);
}

/**
 * tok_grant_keys_clear:
 * @self: Keys.
 *
 * Forgets them, so that they are made anew.
 */
void
tok_grant_keys_clear (TokGrantKeys *self)
{
  g_clear_pointer (&self->collation, g_free);
  g_clear_pointer (&self->text, g_free);
}

/**
 * tok_grant_keys_fold:
 * @text: Any text.
 *
 * Returns: (transfer full): What all spellings of @text have in common: without case, accents and
 *   characters that can't be seen.
 */
char *
tok_grant_keys_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (normal == NULL)
    return g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (normal, -1);
  result = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '\n' || !is_left_out (g_utf8_get_char (p)))
      g_string_append_unichar (result, g_utf8_get_char (p));
  return g_string_free (result, FALSE);
}

/**
 * tok_grant_keys_get_collation:
 * @grant: A grant.
 *
 * Returns: (transfer none): What to compare, byte by byte, to sort by name as people do, with
 *   "Bot 2" before "Bot 10". Valid until @grant changes.
 */
const char *
tok_grant_keys_get_collation (TokGrant *grant)
{
  TokGrantKeys *keys = tok_grant_get_keys (grant);

  g_return_val_if_fail (keys != NULL, NULL);

  if (keys->collation == NULL) {
    g_autofree char *folded = g_utf8_casefold (tok_grant_get_name (grant), -1);

    keys->collation = g_utf8_collate_key_for_filename (folded, -1);
  }
  return keys->collation;
}

/**
 * tok_grant_keys_get_text:
 * @grant: A grant.
 *
 * Returns: (transfer none): What a search looks at, folded as [func@grant_keys_fold] does: the
 *   name, the access level, the permissions, the id of an app, and the network address that a token
 *   is bound to. Valid until @grant changes.
 */
const char *
tok_grant_keys_get_text (TokGrant *grant)
{
  TokGrantKeys *keys = tok_grant_get_keys (grant);

  g_return_val_if_fail (keys != NULL, NULL);

  if (keys->text == NULL) {
    TokToken *token = tok_grant_get_token (grant);
    const char *address = token != NULL ? tok_token_get_valid_for_ip (token) : NULL;
    const char *special = token == NULL ? tok_grant_get_key (grant) : address;
    g_autofree char *name = tok_grant_keys_fold (tok_grant_get_name (grant));
    g_autofree char *words = dup_words (grant);
    g_autofree char *last = special != NULL ? tok_grant_keys_fold (special) : NULL;

    keys->text = g_strjoin ("\n", name, words, last, NULL);
  }
  return keys->text;
}
