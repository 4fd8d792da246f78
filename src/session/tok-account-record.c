/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-record.h"

#include "tok-address.h"

/**
 * tok_account_record_free:
 * @self: (transfer full): A record.
 */
void
tok_account_record_free (TokAccountRecord *self)
{
  g_free (self->address);
  g_clear_object (&self->account);
  g_free (self->sign_in_id);
  g_free (self);
}

static GVariant *
new_scopes_variant (TokAccount *account)
{
  const char *const *unknown = tok_account_get_unknown_scopes (account);
  g_auto (GStrv) ids = tok_scopes_to_ids (tok_account_get_scopes (account));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) ids);
  if (unknown != NULL)
    g_strv_builder_addv (builder, (const char **) unknown);
  all = g_strv_builder_end (builder);
  return g_variant_new_strv ((const char *const *) all, -1);
}

/**
 * tok_account_record_to_variant:
 * @self: A record.
 *
 * Returns: (transfer floating): It as the settings keep it, of type %TOK_ACCOUNT_RECORD_TYPE.
 */
GVariant *
tok_account_record_to_variant (const TokAccountRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_variant_new (
      "(sssb@ass)", self->address, tok_account_get_login_id (self->account),
      tok_account_get_currency (self->account), tok_account_get_is_virtual (self->account),
      new_scopes_variant (self->account), self->sign_in_id != NULL ? self->sign_in_id : "");
}

/**
 * tok_account_record_from_variant:
 * @variant: What the settings hold, of type %TOK_ACCOUNT_RECORD_TYPE. Anybody may have written it.
 *
 * Returns: (transfer full) (nullable): The record, or %NULL if it is of no use.
 */
TokAccountRecord *
tok_account_record_from_variant (GVariant *variant)
{
  g_autoptr (TokAccountRecord) self = g_new0 (TokAccountRecord, 1);
  const char *address, *login_id, *currency, *sign_in_id;
  g_autofree const char **ids = NULL;
  g_auto (GStrv) unknown = NULL;
  gboolean is_virtual;
  TokScopes scopes;

  g_return_val_if_fail (g_variant_is_of_type (variant, G_VARIANT_TYPE (TOK_ACCOUNT_RECORD_TYPE)),
                        NULL);

  g_variant_get (variant, "(&s&s&sb^a&s&s)", &address, &login_id, &currency, &is_virtual, &ids,
                 &sign_in_id);
  self->address = tok_address_check (address, NULL);
  if (self->address == NULL || *login_id == '\0')
    return NULL;
  scopes = tok_scopes_from_ids (ids, &unknown);
  self->account
      = tok_account_new (login_id, currency, is_virtual, scopes, (const char *const *) unknown);
  self->sign_in_id = *sign_in_id != '\0' ? g_strdup (sign_in_id) : NULL;
  return g_steal_pointer (&self);
}
