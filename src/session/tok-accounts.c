/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-accounts.h"

#include "tok-account-record.h"
#include "tok-account-records.h"
#include "tok-accounts-private.h"
#include "tok-memory-vault.h"
#include "tok-session.h"
#include "tok-settings.h"
#include "tok-vault.h"

/**
 * TokAccounts:
 *
 * The accounts that somebody is signed in to, or can be without pasting anything: a list of
 * [class@Session]s, one for each account.
 *
 * Secrets that are to be kept for the next start are in a keyring, and what is known of their
 * accounts is in the settings (tok-account-records.c). Signing in is in tok-accounts-sign-in.c.
 */
struct _TokAccounts {
  GObject parent_instance;

  TokVault *keyring;
  TokVault *run; /* keeps the copies that the keyring isn't to have, as long as this runs */
  GSettings *settings;
  TokTimes times;
  GPtrArray *sessions;
  TokSession *current;
  GHashTable *temporary; /* of TokSession: what is to be forgotten at quit; pointers only */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokAccounts,
                               tok_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum {
  PROP_CURRENT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_copies (TokAccounts *self, TokSession *session)
{
  gboolean are_lasting = self->keyring != NULL && !tok_session_get_is_sample (session);

  tok_session_set_copies (session, are_lasting ? self->keyring : self->run, are_lasting);
}

static void
on_account_changed (TokAccounts *self, GParamSpec *pspec, TokSession *session)
{
  if (tok_session_get_account (session) != NULL)
    tok_account_records_write (self->settings, G_LIST_MODEL (self));
}

static void
set_current (TokAccounts *self, TokSession *session)
{
  if (!g_set_object (&self->current, session))
    return;
  tok_account_records_write_last (self->settings, self->current);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* What one account revokes is revoked for all accounts of its owner (PROTOCOL 2.6). */
static void
on_revoked (TokAccounts *self, TokSession *session)
{
  tok_accounts_refresh_others (self, session);
}

static void on_is_kept_changed (TokAccounts *self, GParamSpec *pspec, TokSession *session);

static void
insert (TokAccounts *self, guint position, TokSession *session)
{
  g_ptr_array_insert (self->sessions, position, g_object_ref (session));
  set_copies (self, session);
  g_signal_connect_object (session, "notify::is-kept", G_CALLBACK (on_is_kept_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::account", G_CALLBACK (on_account_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "revoked", G_CALLBACK (on_revoked), self, G_CONNECT_SWAPPED);
}

static TokSession *
steal (TokAccounts *self, guint position)
{
  TokSession *session = g_ptr_array_steal_index (self->sessions, position);

  g_signal_handlers_disconnect_by_data (session, self);
  g_hash_table_remove (self->temporary, session);
  return session;
}

static void
take_out (TokAccounts *self, TokSession *session)
{
  g_autoptr (TokSession) removed = NULL;
  guint position, n;

  g_ptr_array_find (self->sessions, session, &position);
  removed = steal (self, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  n = self->sessions->len;
  if (self->current == removed && n > 0)
    tok_accounts_set_current (self, self->sessions->pdata[MIN (position, n - 1)]);
  else if (self->current == removed)
    set_current (self, NULL);
  tok_session_sign_out (removed);
  tok_account_records_write (self->settings, G_LIST_MODEL (self));
}

/* Where nobody is signed in nor can be without pasting something there is nothing to list. The
 * copies stay, since nobody wanted the account to go. */
static void
on_is_kept_changed (TokAccounts *self, GParamSpec *pspec, TokSession *session)
{
  if (!tok_session_get_is_kept (session)
      && tok_session_get_state (session) == TOK_SESSION_SIGNED_OUT) {
    take_out (self, session);
    return;
  }
  tok_account_records_write (self->settings, G_LIST_MODEL (self));
  tok_account_records_write_last (self->settings, self->current);
}

static gboolean
is_to_be_kept (TokAccounts *self, TokSession *session)
{
  return self->keyring != NULL && !tok_session_get_is_sample (session)
         && tok_session_get_account (session) != NULL
         && !g_hash_table_contains (self->temporary, session)
         && g_settings_get_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS);
}

static void
keep (TokAccounts *self, TokSession *session)
{
  if (is_to_be_kept (self, session))
    tok_session_keep (session, self->keyring);
}

static void
on_remember_changed (TokAccounts *self)
{
  gboolean remember = g_settings_get_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS);
  g_autoptr (GPtrArray) sessions
      = g_ptr_array_copy (self->sessions, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  g_ptr_array_set_free_func (sessions, g_object_unref);
  for (guint i = 0; i < sessions->len; i++)
    if (remember)
      keep (self, sessions->pdata[i]);
    else
      tok_session_unkeep (sessions->pdata[i]);
}

static GType
get_item_type (GListModel *model)
{
  return TOK_TYPE_SESSION;
}

static guint
get_n_items (GListModel *model)
{
  return TOK_ACCOUNTS (model)->sessions->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TokAccounts *self = TOK_ACCOUNTS (model);

  return position < self->sessions->len ? g_object_ref (self->sessions->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
tok_accounts_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokAccounts *self = TOK_ACCOUNTS (object);

  switch (prop_id) {
  case PROP_CURRENT:
    g_value_set_object (value, self->current);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_accounts_dispose (GObject *object)
{
  TokAccounts *self = TOK_ACCOUNTS (object);

  g_clear_object (&self->current);
  while (self->sessions->len > 0) {
    g_autoptr (TokSession) session = steal (self, 0);

    tok_session_close (session);
  }

  G_OBJECT_CLASS (tok_accounts_parent_class)->dispose (object);
}

static void
tok_accounts_finalize (GObject *object)
{
  TokAccounts *self = TOK_ACCOUNTS (object);

  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->temporary, g_hash_table_unref);
  g_clear_object (&self->keyring);
  g_clear_object (&self->run);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tok_accounts_parent_class)->finalize (object);
}

static void
tok_accounts_class_init (TokAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_accounts_get_property;
  object_class->dispose = tok_accounts_dispose;
  object_class->finalize = tok_accounts_finalize;

  properties[PROP_CURRENT]
      = g_param_spec_object ("current", NULL, NULL, TOK_TYPE_SESSION,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_accounts_init (TokAccounts *self)
{
  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  self->temporary = g_hash_table_new (NULL, NULL);
  self->run = tok_memory_vault_new ();
}

static gboolean
is_listed (TokAccounts *self, TokSession *session, guint *position)
{
  for (guint i = 0; i < self->sessions->len; i++)
    if (tok_accounts_is_same_account (self->sessions->pdata[i], session)) {
      *position = i;
      return TRUE;
    }
  *position = self->sessions->len;
  return FALSE;
}

static void
restore_record (TokAccounts *self, const TokAccountRecord *record)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (TokSession) session = tok_session_new_known (
      record->address, vault, self->keyring, &self->times, record->account, record->sign_in_id);
  guint position;

  if (!is_listed (self, session, &position))
    insert (self, position, session);
}

/**
 * tok_accounts_new:
 * @keyring: (nullable): Where secrets are kept for the next start; %NULL if none is to be.
 * @settings: What [func@settings_new] returned.
 * @times: How long to wait for what; copied.
 *
 * Returns: (transfer full): A new list; nobody is signed in to anything.
 */
TokAccounts *
tok_accounts_new (TokVault *keyring, GSettings *settings, const TokTimes *times)
{
  TokAccounts *self;

  g_return_val_if_fail (keyring == NULL || TOK_IS_VAULT (keyring), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (times != NULL, NULL);

  self = g_object_new (TOK_TYPE_ACCOUNTS, NULL);
  g_set_object (&self->keyring, keyring);
  self->settings = g_object_ref (settings);
  self->times = *times;
  g_signal_connect_object (settings, "changed::" TOK_SETTINGS_REMEMBER_ACCOUNTS,
                           G_CALLBACK (on_remember_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * tok_accounts_restore:
 * @self: Accounts, with nothing in the list.
 *
 * Lists the accounts that the settings remember, and makes the one current that was so last.
 * Nothing is connected and no secret is asked for: see [method@Session.resume]. If no account is to
 * be remembered any more the keyring is told to forget them.
 */
void
tok_accounts_restore (TokAccounts *self)
{
  g_autoptr (GPtrArray) records = NULL;
  TokSession *last = NULL;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (self->sessions->len == 0);

  if (self->keyring == NULL)
    return;
  records = tok_account_records_read (self->settings);
  for (guint i = 0; i < records->len; i++)
    restore_record (self, records->pdata[i]);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->sessions->len);
  for (guint i = 0; i < self->sessions->len; i++)
    if (last == NULL || tok_account_records_is_last (self->settings, self->sessions->pdata[i]))
      last = self->sessions->pdata[i];
  set_current (self, last);
  /* Somebody else may have switched it off, or the keyring didn't let go the last time. */
  if (!g_settings_get_boolean (self->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS))
    on_remember_changed (self);
}

/**
 * tok_accounts_dup_session:
 * @self: Accounts.
 * @address: Where a service is.
 * @is_sample: Whether nothing there is real.
 *
 * Returns: (transfer full): A session that isn't listed, with a vault of its own, so that it is
 *   nobody else's business what becomes of it.
 */
TokSession *
tok_accounts_dup_session (TokAccounts *self, const char *address, gboolean is_sample)
{
  g_autoptr (TokVault) vault = NULL;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (self), NULL);

  vault = tok_memory_vault_new ();
  return tok_session_new (address, vault, &self->times, is_sample);
}

/**
 * tok_accounts_get_can_keep:
 * @self: Accounts.
 *
 * Returns: Whether secrets can be kept for the next start, if the owner wants that.
 */
gboolean
tok_accounts_get_can_keep (TokAccounts *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNTS (self), FALSE);

  return self->keyring != NULL;
}

/**
 * tok_accounts_get_current:
 * @self: Accounts.
 *
 * Returns: (transfer none) (nullable): The session that is looked at; %NULL if there is none.
 */
TokSession *
tok_accounts_get_current (TokAccounts *self)
{
  g_return_val_if_fail (TOK_IS_ACCOUNTS (self), NULL);

  return self->current;
}

/**
 * tok_accounts_set_current:
 * @self: Accounts.
 * @session: One of them.
 *
 * Looks at @session from now on, and signs in to it if nobody is.
 */
void
tok_accounts_set_current (TokAccounts *self, TokSession *session)
{
  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (g_ptr_array_find (self->sessions, session, NULL));

  set_current (self, session);
  if (tok_session_get_state (session) == TOK_SESSION_SIGNED_OUT)
    tok_session_resume (session);
}

/**
 * tok_accounts_find_same:
 * @self: Accounts.
 * @session: A session that needn't be listed.
 *
 * Returns: (transfer none) (nullable): The listed session with the same account at the same
 *   service, whether somebody is signed in or not.
 */
TokSession *
tok_accounts_find_same (TokAccounts *self, TokSession *session)
{
  guint position;

  g_return_val_if_fail (TOK_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);

  return is_listed (self, session, &position) ? self->sessions->pdata[position] : NULL;
}

/**
 * tok_accounts_add:
 * @self: Accounts.
 * @session: A session that somebody is signed in to.
 * @remember: Whether to keep its secret for the next start, if the settings allow that.
 *
 * Lists @session, and makes it the current one. Copies of secrets that its owner wants to have at
 * hand are kept in the keyring or, if there is none or nothing is real, in memory as long as @self.
 * A session with the same account at the same service gives way to it. If the new secret is to be
 * kept that is closed and not signed out, since what the keyring has under their common key is
 * about to be the new secret.
 */
void
tok_accounts_add (TokAccounts *self, TokSession *session, gboolean remember)
{
  g_autoptr (TokSession) former = NULL;
  guint position;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (TOK_IS_SESSION (session));

  if (is_listed (self, session, &position))
    former = steal (self, position);
  insert (self, position, session);
  if (!remember)
    g_hash_table_add (self->temporary, session);
  g_list_model_items_changed (G_LIST_MODEL (self), position, former != NULL ? 1 : 0, 1);
  set_current (self, session);
  keep (self, session);
  if (former == NULL)
    return;
  if (is_to_be_kept (self, session))
    tok_session_close (former);
  else
    tok_session_sign_out (former);
  tok_account_records_write (self->settings, G_LIST_MODEL (self));
}

/**
 * tok_accounts_remove:
 * @self: Accounts.
 * @session: One of them.
 *
 * Takes @session out of the list, and signs out of it: its secret is forgotten, and so are the
 * copies of its tokens, as far as the keyring lets go of them: see [method@Session.forget_async].
 * If it was the current one its neighbour is, or nobody.
 */
void
tok_accounts_remove (TokAccounts *self, TokSession *session)
{
  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (g_ptr_array_find (self->sessions, session, NULL));

  tok_session_drop_copies (session);
  take_out (self, session);
}

static gboolean
is_of_sign_in (TokSession *session, const char *sign_in_id)
{
  return g_strcmp0 (tok_session_get_sign_in_id (session), sign_in_id) == 0;
}

/**
 * tok_accounts_remove_sign_in:
 * @self: Accounts.
 * @session: One of them, which came from a sign-in with the browser.
 *
 * Removes @session and all others that came from the same sign-in.
 */
void
tok_accounts_remove_sign_in (TokAccounts *self, TokSession *session)
{
  g_autofree char *sign_in_id = NULL;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (tok_session_get_sign_in_id (session) != NULL);

  sign_in_id = g_strdup (tok_session_get_sign_in_id (session));
  /* The current one goes last, so that no neighbour is signed in to that goes next. */
  for (guint i = self->sessions->len; i > 0; i--) {
    TokSession *other = self->sessions->pdata[i - 1];

    if (other != self->current && is_of_sign_in (other, sign_in_id))
      tok_accounts_remove (self, other);
  }
  if (self->current != NULL && is_of_sign_in (self->current, sign_in_id))
    tok_accounts_remove (self, self->current);
}
