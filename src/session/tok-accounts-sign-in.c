/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways into the list of accounts. */

#include "tok-accounts.h"

#include "tok-account.h"
#include "tok-error.h"
#include "tok-redirect.h"
#include "tok-session.h"
#include "tok-token-text.h"

#include <glib/gi18n-lib.h>

/* What some part of this program can do something with (PROTOCOL 5). */
#define USEFUL_SCOPES (TOK_SCOPE_READ | TOK_SCOPE_ADMIN)

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *session = TOK_SESSION (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!tok_session_sign_in_finish (session, result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
  } else if ((tok_account_get_scopes (tok_session_get_account (session)) & USEFUL_SCOPES) == 0) {
    tok_session_sign_out (session);
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_USELESS, "%s",
                             _ ("The token has neither Read nor Admin."));
  } else {
    g_task_return_pointer (task, g_object_ref (session), g_object_unref);
  }
}

/**
 * tok_accounts_check_async:
 * @self: Accounts.
 * @address: Where the service is, as [func@address_check] returned it.
 * @token: The secret; blanks around it don't count.
 * @is_sample: Whether nothing there is real.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Signs in with @token, to see whose it is and what it permits. The list stays as it is.
 */
void
tok_accounts_check_async (TokAccounts *self,
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
  g_task_set_source_tag (task, tok_accounts_check_async);
  session = tok_accounts_dup_session (self, address, is_sample);
  if (tok_token_text_classify (token) == TOK_TOKEN_TEXT_BROWSER) {
    g_autofree char *sign_in_id = g_uuid_string_random ();

    tok_session_set_sign_in_id (session, sign_in_id);
  }
  tok_session_sign_in_async (session, token, cancellable, on_check_ready, task);
}

/**
 * tok_accounts_check_finish:
 * @self: Accounts.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_USELESS if there is nothing to be done with the token,
 *   or as in [method@Session.sign_in_finish].
 *
 * Returns: (transfer full) (nullable): A session that somebody is signed in to, for
 *   [method@Accounts.add] or [method@Session.sign_out].
 */
TokSession *
tok_accounts_check_finish (TokAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_accounts_check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_sign_in_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  TokAccounts *self = TOK_ACCOUNTS (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSession) session = tok_accounts_check_finish (self, result, &error);

  if (session == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  tok_accounts_add (self, session, TRUE);
  g_task_set_task_data (task, g_object_ref (session), g_object_unref);
  g_task_return_boolean (task, TRUE);
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
 * Does what [method@Accounts.check_async] and [method@Accounts.add] do. If it fails, all stays as
 * it is.
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
  GTask *task;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_accounts_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  tok_accounts_check_async (self, address, token, is_sample, cancellable, on_sign_in_checked, task);
}

/**
 * tok_accounts_sign_in_finish:
 * @self: Accounts.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Accounts.check_finish].
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

/* The data of a task that signs in to all accounts that the browser brought. */
typedef struct {
  char *address;
  char *sign_in_id;
  GPtrArray *accounts;
  gboolean remember;
  guint n_tried;
  GPtrArray *sessions; /* those that work */
  GError *error;       /* why the first one didn't that doesn't */
} FromBrowser;

static void
free_from_browser (gpointer data)
{
  FromBrowser *from = data;

  g_free (from->address);
  g_free (from->sign_in_id);
  g_ptr_array_unref (from->accounts);
  g_ptr_array_unref (from->sessions);
  g_clear_error (&from->error);
  g_free (from);
}

static void try_next (GTask *task);

static void
on_browser_account_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FromBrowser *from = g_task_get_task_data (task);
  const TokRedirectAccount *expected = from->accounts->pdata[from->n_tried];
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSession) session
      = tok_accounts_check_finish (TOK_ACCOUNTS (source), result, &error);

  from->n_tried++;
  if (session != NULL
      && !g_str_equal (tok_account_get_login_id (tok_session_get_account (session)),
                       expected->login_id)) {
    tok_session_sign_out (session);
    g_clear_object (&session);
    g_set_error_literal (&error, TOK_ERROR, TOK_ERROR_BROWSER_GARBLED,
                         _ ("A token is of another account than the browser said."));
  }
  if (session != NULL) {
    tok_session_set_sign_in_id (session, from->sign_in_id);
    g_ptr_array_add (from->sessions, g_steal_pointer (&session));
  } else if (from->error == NULL) {
    from->error = g_steal_pointer (&error);
  }
  try_next (g_steal_pointer (&task));
}

static void
finish_from_browser (GTask *task)
{
  TokAccounts *self = g_task_get_source_object (task);
  FromBrowser *from = g_task_get_task_data (task);

  for (guint i = 0; i < from->sessions->len; i++)
    tok_accounts_add (self, from->sessions->pdata[i], from->remember);
  if (from->sessions->len > 0) {
    tok_accounts_set_current (self, from->sessions->pdata[0]);
    g_task_return_int (task, from->sessions->len);
  } else {
    g_task_return_error (task, g_steal_pointer (&from->error));
  }
}

static void
try_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  FromBrowser *from = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    for (guint i = 0; i < from->sessions->len; i++)
      tok_session_sign_out (from->sessions->pdata[i]);
    g_task_return_error_if_cancelled (task);
  } else if (from->n_tried == from->accounts->len) {
    finish_from_browser (task);
  } else {
    const TokRedirectAccount *account = from->accounts->pdata[from->n_tried];

    tok_accounts_check_async (g_task_get_source_object (task), from->address, account->secret,
                              FALSE, g_task_get_cancellable (task), on_browser_account_checked,
                              g_steal_pointer (&owned));
  }
}

/**
 * tok_accounts_sign_in_from_browser_async:
 * @self: Accounts.
 * @address: Where the service is.
 * @accounts: (element-type TokRedirectAccount): What [method@BrowserSignIn.take] returned, at least
 *   one.
 * @remember: Whether to keep the secrets for the next start, if the settings allow that.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Signs in to one account after the other, and lists those that work; the first of them is the
 * current one.
 */
void
tok_accounts_sign_in_from_browser_async (TokAccounts *self,
                                         const char *address,
                                         GPtrArray *accounts,
                                         gboolean remember,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  FromBrowser *from;
  GTask *task;

  g_return_if_fail (TOK_IS_ACCOUNTS (self));
  g_return_if_fail (address != NULL);
  g_return_if_fail (accounts != NULL && accounts->len > 0);

  from = g_new0 (FromBrowser, 1);
  from->address = g_strdup (address);
  from->sign_in_id = g_uuid_string_random ();
  from->accounts = g_ptr_array_ref (accounts);
  from->remember = remember;
  from->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_accounts_sign_in_from_browser_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, from, free_from_browser);
  try_next (task);
}

/**
 * tok_accounts_sign_in_from_browser_finish:
 * @self: Accounts.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Accounts.check_finish], or
 *   %TOK_ERROR_BROWSER_GARBLED for a token of another account, if there is no account that works.
 *
 * Returns: How many accounts were added; 0 if there is an error.
 */
guint
tok_accounts_sign_in_from_browser_finish (TokAccounts *self, GAsyncResult *result, GError **error)
{
  gssize n_added;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_accounts_sign_in_from_browser_async),
                        0);

  n_added = g_task_propagate_int (G_TASK (result), error);
  return n_added > 0 ? n_added : 0;
}
