/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-file.h"

#include <glib/gi18n-lib.h>

#define EXTENSION ".token"
/* A name that a service made up may be longer than any of ours. */
#define MAX_NAME_CHARS 64

/**
 * tok_secret_file_suggest_name:
 * @token_name: What a token is called.
 *
 * Returns: (transfer full): What to call a file with its secret: the same without anything that
 *   means something in a path, or to whoever types it.
 */
char *
tok_secret_file_suggest_name (const char *token_name)
{
  g_autoptr (GString) name = NULL;
  const char *at;

  g_return_val_if_fail (token_name != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (token_name, -1, NULL), NULL);

  name = g_string_new (NULL);
  at = token_name;
  for (guint i = 0; *at != '\0' && i < MAX_NAME_CHARS; i++, at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    g_string_append_unichar (name,
                             g_unichar_isalnum (character) || character == ' ' ? character : '_');
  }
  g_strstrip (name->str);
  return g_strconcat (name->str[0] != '\0' ? name->str : "token", EXTENSION, NULL);
}

/**
 * tok_secret_file_describe:
 * @file: Where it was to be saved.
 * @outcome: How that ended.
 * @error: (nullable): Why, if it failed.
 *
 * Returns: (transfer full): Where the secret is now and who can read it, or why it is not saved;
 *   no markup.
 */
char *
tok_secret_file_describe (GFile *file, TokPrivateFileOutcome outcome, const GError *error)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (outcome != TOK_PRIVATE_FILE_FAILED || error != NULL, NULL);

  if (outcome == TOK_PRIVATE_FILE_FAILED)
    return tok_private_file_describe_failure (error);
  place = tok_private_file_describe_place (file);
  return g_strconcat (place, " ",
                      outcome == TOK_PRIVATE_FILE_PRIVATE
                          ? _ ("Whoever can read that file has the token.")
                          : _ ("That place keeps nothing from others: whoever gets at it has "
                               "the token."),
                      NULL);
}
