/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-accounts.h"

#include "tok-account.h"
#include "tok-session.h"
#include "tok-vault.h"

/**
 * TokAccounts:
 *
 * The accounts that somebody is signed in to: a list of [class@Session]s, one for each account.
 */
struct _TokAccounts {
  GObject parent_instance;

  TokVault *vault;
  TokTimes times;
  GPtrArray *sessions;
  TokSession *current;
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

static gboolean
is_same_account (TokSession *a, TokSession *b)
{
  TokAccount *first = tok_session_get_account (a);
  TokAccount *second = tok_session_get_account (b);

  return first != NULL && second != NULL
         && g_str_equal (tok_session_get_address (a), tok_session_get_address (b))
         && g_str_equal (tok_account_get_login_id (first), tok_account_get_login_id (second));
}

static void
set_current (TokAccounts *self, TokSession *session)
{
  if (g_set_object (&self->current, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* In place of an older session with the same account. That is closed and not signed out, since
 * what the vault keeps under their common key is the new secret. */
static void
add (TokAccounts *self, TokSession *session)
{
  g_autoptr (TokSession) former = NULL;
  guint position = 0;

  while (position < self->sessions->len
         && !is_same_account (self->sessions->pdata[position], session))
    position++;
  if (position < self->sessions->len)
    former = g_ptr_array_steal_index (self->sessions, position);
  g_ptr_array_insert (self->sessions, position, g_object_ref (session));
  g_list_model_items_changed (G_LIST_MODEL (self), position, former != NULL ? 1 : 0, 1);
  set_current (self, session);
  if (former != NULL)
    tok_session_close (former);
}

static void
on_sign_in_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *session = TOK_SESSION (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!tok_session_sign_in_finish (session, result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  add (g_task_get_source_object (task), session);
  g_task_return_boolean (task, TRUE);
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
    g_autoptr (TokSession) session = g_ptr_array_steal_index (self->sessions, 0);

    tok_session_close (session);
  }

  G_OBJECT_CLASS (tok_accounts_parent_class)->dispose (object);
}

static void
tok_accounts_finalize (GObject *object)
{
  TokAccounts *self = TOK_ACCOUNTS (object);

  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_object (&self->vault);

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
}

/**
 * tok_accounts_new:
 * @vault: Where secrets are kept.
 * @times: How long to wait for what; copied.
 *
 * Returns: (transfer full): A new list; nobody is signed in to anything.
 */
TokAccounts *
tok_accounts_new (TokVault *vault, const TokTimes *times)
{
  TokAccounts *self;

  g_return_val_if_fail (TOK_IS_VAULT (vault), NULL);
  g_return_val_if_fail (times != NULL, NULL);

  self = g_object_new (TOK_TYPE_ACCOUNTS, NULL);
  self->vault = g_object_ref (vault);
  self->times = *times;
  return self;
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
 * tok_accounts_sign_in_async:
 * @self: Accounts.
 * @address: Where the service is, as [func@address_check] returned it.
 * @token: The secret; blanks around it don't count.
 * @is_sample: Whether nothing there is real.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Signs in to one more account, and makes it the current one. A session with the same account at
 * the same address gives way to it. If it fails, all stays as it is.
 */
void
tok_accounts_sign_in_async (TokAccounts *self,
                            const char *address,
                            const char *token,
                            gboolean is_sample,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (TokSession) session = NULL;
  GTask *task;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_accounts_sign_in_async);
  session = tok_session_new (address, self->vault, &self->times, is_sample);
  g_task_set_task_data (task, g_object_ref (session), g_object_unref);
  tok_session_sign_in_async (session, token, cancellable, on_sign_in_ready, task);
}

/**
 * tok_accounts_sign_in_finish:
 * @self: Accounts.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Session.sign_in_finish].
 *
 * Returns: (transfer none) (nullable): The session, which is in the list now; it lives as long as
 *   @result even if it has left the list since.
 */
TokSession *
tok_accounts_sign_in_finish (TokAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_accounts_sign_in_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

/**
 * tok_accounts_remove:
 * @self: Accounts.
 * @session: One of them.
 *
 * Takes @session out of the list, and signs out of it: its secret is forgotten. If it was the
 * current one its neighbour is, or nobody.
 */
void
tok_accounts_remove (TokAccounts *self, TokSession *session)
{
  g_autoptr (TokSession) removed = NULL;
  guint position;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (g_ptr_array_find (self->sessions, session, &position));

  removed = g_ptr_array_steal_index (self->sessions, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  if (self->current == removed) {
    guint n = self->sessions->len;

    set_current (self, n > 0 ? self->sessions->pdata[MIN (position, n - 1)] : NULL);
  }
  tok_session_sign_out (removed);
}
