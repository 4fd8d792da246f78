/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-match.h"

#include "tok-grant.h"
#include "tok-token.h"

#include <string.h>

/* Where the service masks a value it writes '*' for each character. */
static gboolean
value_matches (const char *listed, const char *secret)
{
  if (strlen (listed) != strlen (secret))
    return FALSE;
  for (gsize i = 0; listed[i] != '\0'; i++)
    if (listed[i] != '*' && listed[i] != secret[i])
      return FALSE;
  return TRUE;
}

/**
 * tok_grant_match_is_value:
 * @grant: A grant.
 * @secret: The whole value of a token.
 *
 * Returns: Whether @grant is a listed token that @secret may be the value of: what is listed is the
 *   same, or a mask of it (PROTOCOL 2.4).
 */
gboolean
tok_grant_match_is_value (TokGrant *grant, const char *secret)
{
  TokToken *token;

  g_return_val_if_fail (TOK_IS_GRANT (grant), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  token = tok_grant_get_token (grant);
  return token != NULL && tok_grant_get_state (grant) != TOK_GRANT_GONE
         && value_matches (tok_token_get_listed_value (token), secret);
}

/**
 * tok_grant_match_find:
 * @grants: Grants.
 * @secret: The whole value of a token.
 * @scopes: What `authorize` said that it permits.
 *
 * Looks for the listed token that @secret is the value of. Lists carry no id and mask values
 * (PROTOCOL 2.4), so a row matches when its scopes equal @scopes and its listed value is @secret,
 * or a mask of it; it is the one only if no other row matches too. Rows that are gone don't count.
 *
 * Returns: (transfer none) (nullable): The one, or %NULL if nobody can tell.
 */
TokGrant *
tok_grant_match_find (GListModel *grants, const char *secret, TokScopes scopes)
{
  TokGrant *found = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (grants), NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (grants); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (grants, i);

    if (tok_grant_get_scopes (grant) != scopes || !tok_grant_match_is_value (grant, secret))
      continue;
    if (found != NULL)
      return NULL;
    found = grant;
  }
  return found;
}
