/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-records.h"

#include "tok-account-record.h"
#include "tok-address.h"
#include "tok-settings.h"

/* What the settings remember of accounts for the next start, and which was looked at last. Of
 * accounts that aren't kept they know nothing. */

/* The app id of a session with an API token is the program's own, whatever that was then. */
static void
update_address (GSettings *settings, TokAccountRecord *record)
{
  g_autofree char *proposed = tok_settings_dup_address (settings);
  g_autofree char *proposed_service = tok_address_dup_service (proposed);
  g_autofree char *service = tok_address_dup_service (record->address);

  if (record->sign_in_id != NULL || !g_str_equal (service, proposed_service))
    return;
  g_free (record->address);
  record->address = g_steal_pointer (&proposed);
}

/**
 * tok_account_records_read:
 * @settings: What [func@settings_new] returned.
 *
 * Returns: (transfer full) (element-type TokAccountRecord): What is remembered, in the order in
 *   which it was listed; with the addresses that a program of today connects to.
 */
GPtrArray *
tok_account_records_read (GSettings *settings)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_account_record_free);
  g_autoptr (GVariant) list = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), g_steal_pointer (&records));

  list = g_settings_get_value (settings, TOK_SETTINGS_ACCOUNTS);
  for (gsize i = 0; i < g_variant_n_children (list); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (list, i);
    TokAccountRecord *record = tok_account_record_from_variant (child);

    if (record == NULL)
      continue;
    update_address (settings, record);
    g_ptr_array_add (records, record);
  }
  return g_steal_pointer (&records);
}

/**
 * tok_account_records_write:
 * @settings: What [func@settings_new] returned.
 * @sessions: A list of [class@Session]s.
 *
 * Remembers the accounts of those sessions that are kept, and forgets all others.
 */
void
tok_account_records_write (GSettings *settings, GListModel *sessions)
{
  GVariantBuilder builder;
  gboolean last_is_kept = FALSE;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_LIST_MODEL (sessions));

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" TOK_ACCOUNT_RECORD_TYPE));
  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++) {
    g_autoptr (TokSession) session = g_list_model_get_item (sessions, i);
    const TokAccountRecord record
        = { (char *) tok_session_get_address (session), tok_session_get_account (session),
            (char *) tok_session_get_sign_in_id (session) };

    if (!tok_session_get_is_kept (session) || record.account == NULL)
      continue;
    g_variant_builder_add_value (&builder, tok_account_record_to_variant (&record));
    last_is_kept = last_is_kept || tok_account_records_is_last (settings, session);
  }
  g_settings_set_value (settings, TOK_SETTINGS_ACCOUNTS, g_variant_builder_end (&builder));
  if (!last_is_kept)
    g_settings_reset (settings, TOK_SETTINGS_LAST_ACCOUNT);
}

/**
 * tok_account_records_is_last:
 * @settings: What [func@settings_new] returned.
 * @session: A session with an account.
 *
 * Returns: Whether it is the one that was looked at last, as far as @settings know.
 */
gboolean
tok_account_records_is_last (GSettings *settings, TokSession *session)
{
  g_autofree char *service = NULL;
  const char *last_service, *last_login_id;
  g_autoptr (GVariant) last = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);
  g_return_val_if_fail (TOK_IS_SESSION (session), FALSE);

  service = tok_address_dup_service (tok_session_get_address (session));
  last = g_settings_get_value (settings, TOK_SETTINGS_LAST_ACCOUNT);
  g_variant_get (last, "(&s&s)", &last_service, &last_login_id);
  return g_str_equal (service, last_service)
         && g_str_equal (tok_account_get_login_id (tok_session_get_account (session)),
                         last_login_id);
}

/**
 * tok_account_records_write_last:
 * @settings: What [func@settings_new] returned.
 * @session: (nullable): The session that is looked at.
 *
 * Remembers that @session was looked at last, if it is kept.
 */
void
tok_account_records_write_last (GSettings *settings, TokSession *session)
{
  g_autofree char *service = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (session == NULL || TOK_IS_SESSION (session));

  if (session == NULL || !tok_session_get_is_kept (session))
    return;
  service = tok_address_dup_service (tok_session_get_address (session));
  g_settings_set (settings, TOK_SETTINGS_LAST_ACCOUNT, "(ss)", service,
                  tok_account_get_login_id (tok_session_get_account (session)));
}
