/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of tokens' secrets that the owner wants to have at hand, since the service shows a secret
 * once. Which tokens have one is in tok-session-copy-names.c.
 */

#include "tok-session-private.h"

#include "tok-error.h"
#include "tok-grant-match.h"

#include <glib/gi18n-lib.h>

/* The data of a task about one copy. */
typedef struct {
  TokGrant *grant; /* what it is looked up for; NULL otherwise */
  char *name;
  guint n_lists;
  GCancellable *copying; /* of those who were signed in then */
} Copy;

static void
free_copy (gpointer data)
{
  Copy *copy = data;

  g_clear_object (&copy->grant);
  g_free (copy->name);
  g_object_unref (copy->copying);
  g_free (copy);
}

static GTask *
new_task (TokSession *self,
          gpointer source_tag,
          const char *name,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Copy *copy = g_new0 (Copy, 1);

  copy->name = g_strdup (name);
  copy->n_lists = self->tokens.n_sent;
  copy->copying = g_object_ref (self->copying);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, copy, free_copy);
  return task;
}

static gboolean
can_keep (GTask *task)
{
  if (tok_session_get_can_keep_copies (g_task_get_source_object (task)))
    return TRUE;
  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_MISSING, "%s",
                           _ ("There is nowhere to keep a copy."));
  return FALSE;
}

/* Whether the same account is signed in as when @copy was asked for. */
static gboolean
is_current (const Copy *copy)
{
  return !g_cancellable_is_cancelled (copy->copying);
}

/* Keeping. */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean is_kept = tok_vault_store_finish (TOK_VAULT (source), result, &error);

  if (is_kept && is_current (copy))
    tok_session_add_copy_name (self, copy->name, copy->n_lists);
  /* Nobody knows what became of it. */
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->copies_known = FALSE;
  if (is_kept)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tok_session_keep_copy_async:
 * @self: A session.
 * @token_name: A token of its account; it may not be listed yet.
 * @secret: The token's secret.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Keeps a copy of @secret, in place of an earlier one.
 */
void
tok_session_keep_copy_async (TokSession *self,
                             const char *token_name,
                             const char *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (token_name != NULL && secret != NULL);

  task = new_task (self, tok_session_keep_copy_async, token_name, cancellable, callback, user_data);
  if (can_keep (task))
    tok_vault_store_async (self->copies, TOK_SESSION_COPY_KEY (self, token_name), secret,
                           cancellable, on_kept, g_object_ref (task));
}

/**
 * tok_session_keep_copy_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put %TOK_ERROR_VAULT_MISSING, %TOK_ERROR_VAULT_LOCKED or
 *   %TOK_ERROR_VAULT_FAILED.
 *
 * Returns: Whether the copy is kept.
 */
gboolean
tok_session_keep_copy_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_keep_copy_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Looking up. */

/* A token of that name is listed, and the secret can be of none. */
static gboolean
is_stale (TokSession *self, const char *name, const char *secret)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);
  gboolean is_listed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (tok_grant_get_state (grant) == TOK_GRANT_GONE
        || !g_str_equal (tok_grant_get_key (grant), name))
      continue;
    if (tok_grant_match_is_value (grant, secret))
      return FALSE;
    is_listed = TRUE;
  }
  return is_listed;
}

static void
on_copy_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);

  if (secret != NULL && tok_grant_match_is_value (copy->grant, secret)) {
    g_task_return_pointer (task, g_steal_pointer (&secret), (GDestroyNotify) tok_secret_free);
    return;
  }
  if (is_current (copy) && g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT))
    tok_session_drop_copy_name (self, copy->name);
  else if (secret != NULL && is_current (copy) && is_stale (self, copy->name, secret))
    tok_session_let_go_of_copy (self, copy->name);
  if (error == NULL)
    g_set_error_literal (&error, TOK_ERROR, TOK_ERROR_OTHER_TOKEN,
                         _ ("What is kept doesn’t match what the service lists."));
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tok_session_lookup_copy_async:
 * @self: A session.
 * @grant: A token in its list.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Asks for the copy of a token's secret. A copy that can't be of this token, since what is listed
 * differs from it (PROTOCOL 2.4), is of an earlier one of that name: nobody gets it, and it is
 * forgotten.
 */
void
tok_session_lookup_copy_async (TokSession *self,
                               TokGrant *grant,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Copy *copy;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_GRANT (grant));
  g_return_if_fail (tok_grant_get_token (grant) != NULL);

  task = new_task (self, tok_session_lookup_copy_async, tok_grant_get_key (grant), cancellable,
                   callback, user_data);
  copy = g_task_get_task_data (task);
  copy->grant = g_object_ref (grant);
  if (can_keep (task))
    tok_vault_lookup_async (self->copies, TOK_SESSION_COPY_KEY (self, copy->name), cancellable,
                            on_copy_found, g_object_ref (task));
}

/**
 * tok_session_lookup_copy_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_VAULT if there is no copy, %TOK_ERROR_OTHER_TOKEN if it
 *   is of an earlier token, or as in [method@Vault.lookup_finish].
 *
 * Returns: (transfer full) (nullable): The secret; free it with [func@secret_free].
 */
TokSecret *
tok_session_lookup_copy_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_lookup_copy_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Forgetting. */

static void
on_copy_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Copy *copy = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (tok_vault_forget_finish (TOK_VAULT (source), result, &error)) {
    if (is_current (copy))
      tok_session_drop_copy_name (self, copy->name);
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

/**
 * tok_session_forget_copy_async:
 * @self: A session.
 * @token_name: A token of its account.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Wipes the copy of the token's secret; that there is none is fine.
 */
void
tok_session_forget_copy_async (TokSession *self,
                               const char *token_name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (token_name != NULL);

  task = new_task (self, tok_session_forget_copy_async, token_name, cancellable, callback,
                   user_data);
  if (can_keep (task))
    tok_vault_forget_async (self->copies, TOK_SESSION_COPY_KEY (self, token_name), cancellable,
                            on_copy_forgotten, g_object_ref (task));
}

/**
 * tok_session_forget_copy_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put why it is still there, as in [method@Vault.forget_finish].
 *
 * Returns: Whether there is no copy any more.
 */
gboolean
tok_session_forget_copy_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_forget_copy_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Unlocking. */

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (tok_vault_unlock_finish (TOK_VAULT (source), result, &error)) {
    if (is_current (g_task_get_task_data (task)))
      tok_session_ask_for_copies (self);
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

/**
 * tok_session_unlock_copies_async:
 * @self: A session.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Lets the owner open the place where copies are kept, which may raise a prompt.
 */
void
tok_session_unlock_copies_async (TokSession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));

  task = new_task (self, tok_session_unlock_copies_async, NULL, cancellable, callback, user_data);
  if (can_keep (task))
    tok_vault_unlock_async (self->copies, cancellable, on_unlocked, g_object_ref (task));
}

/**
 * tok_session_unlock_copies_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error, as in [method@Vault.unlock_finish].
 *
 * Returns: Whether it is open.
 */
gboolean
tok_session_unlock_copies_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_unlock_copies_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Where they are. */

/**
 * tok_session_set_copies:
 * @self: A session.
 * @copies: A vault.
 * @are_lasting: Whether that is still there when this program runs again.
 *
 * Says where copies of secrets are kept from now on.
 */
void
tok_session_set_copies (TokSession *self, TokVault *copies, gboolean are_lasting)
{
  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_VAULT (copies));

  self->copies_are_lasting = !!are_lasting;
  if (!g_set_object (&self->copies, copies))
    return;
  tok_session_reset_copies (self);
  tok_session_settle_copies (self);
  if (self->state == TOK_SESSION_READY)
    tok_session_ask_for_copies (self);
}

/**
 * tok_session_get_can_keep_copies:
 * @self: A session.
 *
 * Returns: Whether there is somewhere to keep copies of secrets, and somebody to keep them for.
 */
gboolean
tok_session_get_can_keep_copies (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);

  return self->copies != NULL && self->account != NULL;
}

/**
 * tok_session_get_copies_are_lasting:
 * @self: A session.
 *
 * Returns: Whether copies are still there when this program runs again.
 */
gboolean
tok_session_get_copies_are_lasting (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);

  return self->copies_are_lasting;
}

/**
 * tok_session_get_copies_error:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): Why nobody knows which tokens there are copies of; %NULL if
 *   that is known, or wasn't asked yet.
 */
const GError *
tok_session_get_copies_error (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->copies_error;
}
