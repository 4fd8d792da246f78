/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token.h"

#include "tok-secret.h"

struct _TokToken {
  GObject parent_instance;

  char *name;
  char *listed_value;
  TokScopes scopes;
  char **unknown_scopes;
  GDateTime *last_used;
  gboolean is_use_known;
  char *valid_for_ip;
};

G_DEFINE_FINAL_TYPE (TokToken, tok_token, G_TYPE_OBJECT)

static void
tok_token_finalize (GObject *object)
{
  TokToken *self = TOK_TOKEN (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->listed_value, tok_secret_free);
  g_clear_pointer (&self->unknown_scopes, g_strfreev);
  g_clear_pointer (&self->last_used, g_date_time_unref);
  g_clear_pointer (&self->valid_for_ip, g_free);

  G_OBJECT_CLASS (tok_token_parent_class)->finalize (object);
}

static void
tok_token_class_init (TokTokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_token_finalize;
}

static void
tok_token_init (TokToken *self)
{
}

/**
 * tok_token_new:
 * @name: Its name, unique in its account; foreign text.
 * @listed_value: What the service lists as its value; perhaps masked, perhaps the secret itself.
 * @scopes: What it permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 * @last_used: (nullable): When it last signed in, or %NULL for never.
 * @valid_for_ip: (nullable): The one address it can be used from, or %NULL or "" for any.
 *
 * An API token as the service lists it; it never changes (PROTOCOL 2.4). Its value has no
 * property, so that nobody can bind it.
 *
 * Returns: (transfer full): A new token.
 */
TokToken *
tok_token_new (const char *name,
               const char *listed_value,
               TokScopes scopes,
               const char *const *unknown_scopes,
               GDateTime *last_used,
               const char *valid_for_ip)
{
  return tok_token_new_full (name, listed_value, scopes, unknown_scopes, last_used, TRUE,
                             valid_for_ip);
}

/**
 * tok_token_new_full:
 * @name: Its name, unique in its account; foreign text.
 * @listed_value: What the service lists as its value; perhaps masked, perhaps the secret itself.
 * @scopes: What it permits.
 * @unknown_scopes: (nullable) (array zero-terminated=1): Raw ids of scopes that are not known.
 * @last_used: (nullable): When it last signed in.
 * @is_use_known: Whether a @last_used of %NULL means never; otherwise it means that nobody knows.
 * @valid_for_ip: (nullable): The one address it can be used from, or %NULL or "" for any.
 *
 * Like [ctor@Token.new], for what the service may have said nothing of use about.
 *
 * Returns: (transfer full): A new token.
 */
TokToken *
tok_token_new_full (const char *name,
                    const char *listed_value,
                    TokScopes scopes,
                    const char *const *unknown_scopes,
                    GDateTime *last_used,
                    gboolean is_use_known,
                    const char *valid_for_ip)
{
  TokToken *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (listed_value != NULL, NULL);

  self = g_object_new (TOK_TYPE_TOKEN, NULL);
  self->name = g_strdup (name);
  self->listed_value = g_strdup (listed_value);
  self->scopes = scopes;
  self->unknown_scopes = g_strdupv ((char **) unknown_scopes);
  self->last_used = last_used != NULL ? g_date_time_ref (last_used) : NULL;
  self->is_use_known = is_use_known || last_used != NULL;
  if (valid_for_ip != NULL && *valid_for_ip != '\0')
    self->valid_for_ip = g_strdup (valid_for_ip);
  return self;
}

/**
 * tok_token_get_name:
 * @self: A token.
 *
 * Returns: (transfer none): Its name; foreign text.
 */
const char *
tok_token_get_name (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), NULL);

  return self->name;
}

/**
 * tok_token_get_listed_value:
 * @self: A token.
 *
 * Returns: (transfer none): What the service lists as its value, which is the handle to delete it
 *   by, and to be treated as a secret.
 */
const char *
tok_token_get_listed_value (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), NULL);

  return self->listed_value;
}

/**
 * tok_token_get_scopes:
 * @self: A token.
 *
 * Returns: What it permits.
 */
TokScopes
tok_token_get_scopes (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), TOK_SCOPE_NONE);

  return self->scopes;
}

/**
 * tok_token_get_unknown_scopes:
 * @self: A token.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): Raw ids of its scopes that are not
 *   known; foreign text.
 */
const char *const *
tok_token_get_unknown_scopes (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), NULL);

  return (const char *const *) self->unknown_scopes;
}

/**
 * tok_token_get_last_used:
 * @self: A token.
 *
 * Returns: (transfer none) (nullable): When it last signed in, in UTC; %NULL for never, or
 *   if that isn't known.
 */
GDateTime *
tok_token_get_last_used (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), NULL);

  return self->last_used;
}

/**
 * tok_token_get_is_use_known:
 * @self: A token.
 *
 * Returns: Whether it is known when, or that never, it signed in.
 */
gboolean
tok_token_get_is_use_known (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), FALSE);

  return self->is_use_known;
}

/**
 * tok_token_get_valid_for_ip:
 * @self: A token.
 *
 * Returns: (transfer none) (nullable): The one address it can be used from; %NULL for any.
 */
const char *
tok_token_get_valid_for_ip (TokToken *self)
{
  g_return_val_if_fail (TOK_IS_TOKEN (self), NULL);

  return self->valid_for_ip;
}
