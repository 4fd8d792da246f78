/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"

struct _TokAccount {
  GObject parent_instance;

  char *login_id;
  char *currency;
  gboolean is_virtual;
  TokScopes scopes;
  char **unknown_scopes;
  gint64 user_id;
};

G_DEFINE_FINAL_TYPE (TokAccount, tok_account, G_TYPE_OBJECT)

static void
tok_account_finalize (GObject *object)
{
  TokAccount *self = TOK_ACCOUNT (object);

  g_clear_pointer (&self->login_id, g_free);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->unknown_scopes, g_strfreev);

  G_OBJECT_CLASS (tok_account_parent_class)->finalize (object);
}

static void
tok_account_class_init (TokAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_account_finalize;
}

static void
tok_account_init (TokAccount *self)
{
}

/**
 * tok_account_new:
 * @login_id: What the service calls the account.
 * @currency: (nullable): Its currency; "" or %NULL if it has none yet.
 * @is_virtual: Whether it holds demo money.
 * @scopes: What the token that we are signed in with permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 *
 * The account that a token signed in to; it never changes (PROTOCOL 2.2).
 *
 * Returns: (transfer full): A new account.
 */
TokAccount *
tok_account_new (const char *login_id,
                 const char *currency,
                 gboolean is_virtual,
                 TokScopes scopes,
                 const char *const *unknown_scopes)
{
  return tok_account_new_of_user (login_id, currency, is_virtual, scopes, unknown_scopes, 0);
}

/**
 * tok_account_new_of_user:
 * @login_id: What the service calls the account.
 * @currency: (nullable): Its currency; "" or %NULL if it has none yet.
 * @is_virtual: Whether it holds demo money.
 * @scopes: What the token that we are signed in with permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 * @user_id: What the service calls its owner; 0 if it didn't say.
 *
 * Like [ctor@Account.new], with its owner.
 *
 * Returns: (transfer full): A new account.
 */
TokAccount *
tok_account_new_of_user (const char *login_id,
                         const char *currency,
                         gboolean is_virtual,
                         TokScopes scopes,
                         const char *const *unknown_scopes,
                         gint64 user_id)
{
  TokAccount *self;

  g_return_val_if_fail (login_id != NULL, NULL);

  self = g_object_new (TOK_TYPE_ACCOUNT, NULL);
  self->login_id = g_strdup (login_id);
  self->currency = g_strdup (currency != NULL ? currency : "");
  self->is_virtual = is_virtual;
  self->scopes = scopes;
  self->unknown_scopes = g_strdupv ((char **) unknown_scopes);
  self->user_id = user_id;
  return self;
}

/**
 * tok_account_get_login_id:
 * @self: An account.
 *
 * Returns: (transfer none): What the service calls it; foreign text.
 */
const char *
tok_account_get_login_id (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), NULL);

  return self->login_id;
}

/**
 * tok_account_get_currency:
 * @self: An account.
 *
 * Returns: (transfer none): Its currency, or ""; foreign text.
 */
const char *
tok_account_get_currency (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), NULL);

  return self->currency;
}

/**
 * tok_account_get_is_virtual:
 * @self: An account.
 *
 * Returns: Whether it holds demo money.
 */
gboolean
tok_account_get_is_virtual (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), FALSE);

  return self->is_virtual;
}

/**
 * tok_account_get_scopes:
 * @self: An account.
 *
 * Returns: What the token that we are signed in with permits.
 */
TokScopes
tok_account_get_scopes (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), TOK_SCOPE_NONE);

  return self->scopes;
}

/**
 * tok_account_get_unknown_scopes:
 * @self: An account.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): Raw ids of such scopes that are
 *   not known; foreign text.
 */
const char *const *
tok_account_get_unknown_scopes (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), NULL);

  return (const char *const *) self->unknown_scopes;
}

/**
 * tok_account_get_user_id:
 * @self: An account.
 *
 * Returns: What the service calls its owner; 0 if it didn't say.
 */
gint64
tok_account_get_user_id (TokAccount *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNT (self), 0);

  return self->user_id;
}
