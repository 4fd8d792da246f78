/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which accounts are the same, and which have the same owner. */

#include "tok-accounts-private.h"

#include "tok-account.h"
#include "tok-address.h"
#include "tok-session.h"

static gboolean
is_same_service (TokSession *a, TokSession *b)
{
  g_autofree char *first = tok_address_dup_service (tok_session_get_address (a));
  g_autofree char *second = tok_address_dup_service (tok_session_get_address (b));

  return g_str_equal (first, second);
}

static gint64
get_user_id (TokSession *session)
{
  TokAccount *account = tok_session_get_account (session);

  return account != NULL ? tok_account_get_user_id (account) : 0;
}

/* Of whom nothing is said may be anybody. */
static gboolean
may_be_same_owner (TokSession *a, TokSession *b)
{
  gint64 first = get_user_id (a);
  gint64 second = get_user_id (b);

  return is_same_service (a, b) && (first == second || first == 0 || second == 0);
}

/**
 * tok_accounts_is_same_account: (skip)
 * @a: A session.
 * @b: Another one.
 *
 * Returns: Whether both are of the same account at the same service.
 */
gboolean
tok_accounts_is_same_account (TokSession *a, TokSession *b)
{
  TokAccount *first = tok_session_get_account (a);
  TokAccount *second = tok_session_get_account (b);

  return first != NULL && second != NULL && is_same_service (a, b)
         && g_str_equal (tok_account_get_login_id (first), tok_account_get_login_id (second));
}

/**
 * tok_accounts_refresh_others: (skip)
 * @self: Accounts.
 * @session: One of them, which has revoked apps.
 *
 * Asks for the connected apps of the owner's other accounts that somebody is signed in to. Those of
 * other owners are left alone, as far as the service says whose they are.
 */
void
tok_accounts_refresh_others (TokAccounts *self, TokSession *session)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (TokSession) other = g_list_model_get_item (G_LIST_MODEL (self), i);

    if (other != session && may_be_same_owner (session, other))
      tok_session_refresh_apps (other);
  }
}
