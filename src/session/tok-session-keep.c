/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of the secret beyond this run: the keyring keeps it, and a session goes on with it.
 */

#include "tok-session-private.h"

#include "tok-error-slot.h"
#include "tok-error.h"

#include <glib/gi18n-lib.h>

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = tok_vault_store_finish (TOK_VAULT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tok_session_set_is_kept (self, is_kept, error);
}

static void
on_lookup_to_store_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = NULL;

  secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (secret != NULL)
    tok_vault_store_async (self->keyring, TOK_SESSION_KEY (self, self->account), secret,
                           self->keeping, on_store_ready, self);
  else
    /* Where nobody is signed in there is nothing but what the keyring has. */
    tok_session_set_is_kept (self, self->is_kept, self->is_kept ? NULL : error);
}

static gboolean
has_ended_for_the_keyring (TokSession *self)
{
  return self->state == TOK_SESSION_ENDED && self->error != NULL && self->error->domain == TOK_ERROR
         && self->error->code >= TOK_ERROR_VAULT && self->error->code <= TOK_ERROR_VAULT_AMBIGUOUS;
}

static void
on_vault_forgot (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!tok_vault_forget_finish (TOK_VAULT (source), result, &error)
      /* What isn't there has nothing. */
      && !g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_MISSING)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_clear_object (&self->keyring);
  /* It need not be opened, or tried again, for what it hasn't. */
  if (has_ended_for_the_keyring (self)) {
    g_autoptr (GError) forgotten = g_error_new_literal (
        TOK_ERROR, TOK_ERROR_VAULT, _ ("The keyring has forgotten the secret."));

    tok_session_end (self, forgotten);
  }
  tok_session_set_is_kept (self, FALSE, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_unkeep_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = TOK_SESSION (source);
  g_autoptr (GError) error = NULL;

  if (!tok_session_forget_finish (self, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tok_session_set_is_kept (self, TRUE, error);
}

/* Takes @task. */
static void
forget_secret (GTask *task)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);

  if (self->keyring == NULL || self->account == NULL)
    g_task_return_boolean (task, TRUE);
  else
    tok_vault_forget_async (self->keyring, TOK_SESSION_KEY (self, self->account),
                            g_task_get_cancellable (task), on_vault_forgot,
                            g_steal_pointer (&owned));
}

static void
on_copies_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (tok_session_forget_copies_finish (TOK_SESSION (source), result, &error))
    forget_secret (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GTask *
new_forget_task (TokSession *self,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tok_session_forget_async);
  return task;
}

/* The copies stay: whoever wants to sign in each time may want those all the same. */
static void
start_forgetting (TokSession *self)
{
  tok_session_replace_cancellable (&self->keeping);
  forget_secret (new_forget_task (self, self->keeping, on_unkeep_ready, NULL));
}

static void
start_storing (TokSession *self)
{
  tok_session_replace_cancellable (&self->keeping);
  tok_vault_lookup_async (self->vault, TOK_SESSION_KEY (self, self->account), self->keeping,
                          on_lookup_to_store_ready, self);
}

static void
on_resume_store_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;

  if (tok_vault_store_finish (TOK_VAULT (source), result, &error))
    tok_client_start (self->client);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tok_session_end (self, error);
}

static void
on_resume_lookup_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = NULL;

  secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (secret != NULL)
    tok_vault_store_async (self->vault, TOK_SESSION_KEY (self, self->account), secret,
                           self->connecting, on_resume_store_ready, self);
  else
    tok_session_end (self, error);
}

static void
on_unlock_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;

  if (tok_vault_unlock_finish (TOK_VAULT (source), result, &error)) {
    if (!self->keeps)
      start_forgetting (self);
    else if (self->state == TOK_SESSION_ENDED)
      tok_session_resume (self);
    else
      start_storing (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (self->keeps && self->state == TOK_SESSION_ENDED)
      tok_session_end (self, error);
    else
      tok_session_set_is_kept (self, self->is_kept, error);
  }
}

/**
 * tok_session_set_is_kept: (skip)
 * @self: A session.
 * @is_kept: Whether the keyring holds its secret.
 * @error: (nullable): Why it doesn't, if it should.
 *
 * Tells of both at once.
 */
void
tok_session_set_is_kept (TokSession *self, gboolean is_kept, const GError *error)
{
  gboolean is_kept_changed = self->is_kept != is_kept;
  gboolean error_changed = tok_error_slot_set (&self->keyring_error, error);

  self->is_kept = is_kept;
  tok_session_notify_keyring (self, is_kept_changed, error_changed);
}

/**
 * tok_session_new_known:
 * @address: Where the service is, as [func@address_check] returned it.
 * @vault: Where the secret is while somebody is signed in.
 * @keyring: Where it was kept.
 * @times: How long to wait for what; copied.
 * @account: Whose session it is, as far as was known last.
 * @sign_in_id: (nullable): Which sign-in with the browser it came from.
 *
 * Returns: (transfer full): A session in which nobody is signed in, until
 *   [method@Session.resume] is called.
 */
TokSession *
tok_session_new_known (const char *address,
                       TokVault *vault,
                       TokVault *keyring,
                       const TokTimes *times,
                       TokAccount *account,
                       const char *sign_in_id)
{
  TokSession *self;

  g_return_val_if_fail (TOK_IS_VAULT (keyring), NULL);
  g_return_val_if_fail (TOK_IS_ACCOUNT (account), NULL);

  self = tok_session_new (address, vault, times, FALSE);
  self->keyring = g_object_ref (keyring);
  self->account = g_object_ref (account);
  self->sign_in_id = g_strdup (sign_in_id);
  self->keeps = TRUE;
  self->is_kept = TRUE;
  return self;
}

/**
 * tok_session_resume:
 * @self: A session whose account is known.
 *
 * Takes the secret from the keyring and signs in with it, if nobody is signed in and it is to be
 * kept. If that can't succeed the session ends, with the reason as its error; if the service can't
 * be reached it is offline, and goes on trying.
 */
void
tok_session_resume (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (self->account != NULL);

  if (self->state != TOK_SESSION_SIGNED_OUT && self->state != TOK_SESSION_ENDED)
    return;
  /* What is being forgotten is gone on with only if the keyring doesn't let go of it. */
  if (self->keyring == NULL || (!self->keeps && self->keyring_error == NULL))
    return;
  tok_session_stop_connecting (self);
  tok_vault_lookup_async (self->keyring, TOK_SESSION_KEY (self, self->account), self->connecting,
                          on_resume_lookup_ready, self);
  tok_session_fail_unlisted (self, NULL);
  tok_session_set_state (self, TOK_SESSION_CONNECTING, NULL);
}

/**
 * tok_session_keep:
 * @self: A session that somebody is signed in to.
 * @keyring: A keyring.
 *
 * Keeps the secret in @keyring from now on, for the next start. [property@Session:is-kept] and
 * [property@Session:keyring-error] tell how it went.
 */
void
tok_session_keep (TokSession *self, TokVault *keyring)
{
  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_VAULT (keyring));
  g_return_if_fail (self->account != NULL);

  g_set_object (&self->keyring, keyring);
  self->keeps = TRUE;
  start_storing (self);
}

/**
 * tok_session_unkeep:
 * @self: A session.
 *
 * Has the keyring forget the secret. While somebody is signed in it is still in the vault.
 * [property@Session:is-kept] tells when the keyring has done so, and
 * [property@Session:keyring-error] why it hasn't.
 */
void
tok_session_unkeep (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->keyring == NULL)
    return;
  self->keeps = FALSE;
  if (self->is_kept)
    start_forgetting (self);
  else
    tok_session_drop_keyring (self);
}

/**
 * tok_session_forget_async:
 * @self: A session.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Has the keyring forget the secret, and before that all copies of the account's tokens, and tells
 * whether it has.
 */
void
tok_session_forget_async (TokSession *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TOK_IS_SESSION (self));

  task = new_forget_task (self, cancellable, callback, user_data);
  if (tok_session_get_can_keep_copies (self))
    tok_session_forget_copies_async (self, cancellable, on_copies_forgotten, task);
  else
    forget_secret (task);
}

/**
 * tok_session_forget_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put why it is still there, as in [method@Vault.forget_finish].
 *
 * Returns: Whether the keyring has nothing of it, or isn't there itself.
 */
gboolean
tok_session_forget_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_session_drop_keyring: (skip)
 * @self: A session that goes, or that the keyring has nothing of as far as anybody knows.
 *
 * Has the keyring forget the secret, be it there, and waits for nothing.
 */
void
tok_session_drop_keyring (TokSession *self)
{
  g_autoptr (TokVault) keyring = g_steal_pointer (&self->keyring);

  if (keyring == NULL)
    return;
  tok_session_replace_cancellable (&self->keeping);
  if (self->account != NULL)
    tok_vault_forget_async (keyring, TOK_SESSION_KEY (self, self->account), NULL, NULL, NULL);
  tok_session_set_is_kept (self, FALSE, NULL);
}

/**
 * tok_session_unlock_keyring:
 * @self: A session that needs the keyring.
 *
 * Lets the owner open the keyring, which may raise a prompt, and then does what it was needed for:
 * goes on with what is kept in it, keeps the secret, or forgets it. How that went is told as it is
 * for [method@Session.resume], [method@Session.keep] and [method@Session.unkeep].
 */
void
tok_session_unlock_keyring (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->keyring == NULL)
    return;
  tok_session_replace_cancellable (&self->keeping);
  tok_vault_unlock_async (self->keyring, self->keeping, on_unlock_ready, self);
}

/**
 * tok_session_get_is_kept:
 * @self: A session.
 *
 * Returns: Whether the keyring holds its secret for the next start.
 */
gboolean
tok_session_get_is_kept (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);

  return self->is_kept;
}

/**
 * tok_session_get_keyring_error:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): Why the keyring doesn't hold its secret though it should, or
 *   still does though it shouldn't.
 */
const GError *
tok_session_get_keyring_error (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->keyring_error;
}

/**
 * tok_session_get_sign_in_id:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): Which sign-in with the browser it came from, so that those
 *   can be found that end with it; %NULL for one with an API token.
 */
const char *
tok_session_get_sign_in_id (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->sign_in_id;
}

/**
 * tok_session_set_sign_in_id:
 * @self: A session.
 * @sign_in_id: (nullable): Which sign-in with the browser it came from.
 *
 * Says so.
 */
void
tok_session_set_sign_in_id (TokSession *self, const char *sign_in_id)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  g_free (self->sign_in_id);
  self->sign_in_id = g_strdup (sign_in_id);
}
