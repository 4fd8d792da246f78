/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the listed tokens is the one that we are signed in with. */

#include "tok-session-private.h"

#include "tok-grant-match.h"

/**
 * tok_session_mark_own: (skip)
 * @self: A session.
 * @secret: (nullable): What it is signed in with.
 *
 * Marks the listed token that it is, if anybody can tell, and no other.
 */
void
tok_session_mark_own (TokSession *self, const char *secret)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);
  TokGrant *own = NULL;

  if (secret != NULL)
    own = tok_grant_match_find (model, secret, tok_account_get_scopes (self->account));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    tok_grant_set_is_this_program (grant, grant == own);
  }
}

/**
 * tok_session_get_own_token:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): The listed token that we are signed in with; %NULL if nobody
 *   can tell.
 */
TokGrant *
tok_session_get_own_token (TokSession *self)
{
  GListModel *model;

  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  model = G_LIST_MODEL (self->tokens.store);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (tok_grant_get_is_this_program (grant))
      return grant;
  }
  return NULL;
}

/**
 * tok_session_get_may_be_own:
 * @self: A session.
 * @grant: A token in its list.
 *
 * Returns: Whether @grant may be the token that we are signed in with, as far as anybody can tell:
 *   it is marked so, or none is, and it permits what only ours must permit.
 */
gboolean
tok_session_get_may_be_own (TokSession *self, TokGrant *grant)
{
  TokGrant *own;

  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);
  g_return_val_if_fail (TOK_IS_GRANT (grant), FALSE);

  /* What a browser brings is no API token. */
  if (self->sign_in_id != NULL)
    return FALSE;
  own = tok_session_get_own_token (self);
  return own != NULL ? own == grant : (tok_grant_get_scopes (grant) & TOK_SCOPE_ADMIN) != 0;
}
