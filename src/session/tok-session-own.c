/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of what is listed is what we are signed in with. */

#include "tok-session-private.h"

#include "tok-address.h"
#include "tok-grant-match.h"

/* What a browser brings works with the app id only that it was made for (PROTOCOL 4.1), so that it
 * is the one that we have connected with. */
static gboolean
is_own_app (TokSession *self, TokGrant *grant)
{
  g_autofree char *app_id = NULL;

  if (self->sign_in_id == NULL || tok_grant_get_app (grant) == NULL)
    return FALSE;
  app_id = tok_address_dup_app_id (self->address);
  return g_strcmp0 (app_id, tok_grant_get_key (grant)) == 0;
}

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
 * tok_session_mark_own_app: (skip)
 * @self: A session.
 *
 * Marks the listed app that this program is, if somebody signed in with the browser.
 */
void
tok_session_mark_own_app (TokSession *self)
{
  GListModel *model = G_LIST_MODEL (self->apps.store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    tok_grant_set_is_this_program (grant, is_own_app (self, grant));
  }
}

/**
 * tok_session_has_ended_with: (skip)
 * @self: A session.
 * @grant: An app of which the service has said that it was revoked.
 *
 * Who revokes the app that he is signed in by gets no list any more that would confirm it. That the
 * session's own token isn't accepted from then on says the same (PROTOCOL 2.6).
 *
 * Returns: Whether it is so.
 */
gboolean
tok_session_has_ended_with (TokSession *self, TokGrant *grant)
{
  return self->state == TOK_SESSION_ENDED && is_own_app (self, grant);
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
 * @grant: A token or an app in its lists.
 *
 * Returns: Whether taking the access of @grant away may sign us out, as far as anybody can tell. A
 *   token may be ours if it is marked so, or none is, and it permits what only ours must permit; an
 *   app is this program if somebody signed in by it, with the browser.
 */
gboolean
tok_session_get_may_be_own (TokSession *self, TokGrant *grant)
{
  TokGrant *own;

  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);
  g_return_val_if_fail (TOK_IS_GRANT (grant), FALSE);

  if (tok_grant_get_app (grant) != NULL)
    return is_own_app (self, grant);
  /* What a browser brings is no API token. */
  if (self->sign_in_id != NULL)
    return FALSE;
  own = tok_session_get_own_token (self);
  return own != NULL ? own == grant : (tok_grant_get_scopes (grant) & TOK_SCOPE_ADMIN) != 0;
}
