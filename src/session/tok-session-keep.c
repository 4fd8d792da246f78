/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of the secret beyond this run: the keyring keeps it, and a session goes on with it.
 */

#include "tok-session-private.h"

#include "tok-error-slot.h"
#include "tok-error.h"

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
    tok_session_set_is_kept (self, FALSE, error);
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
    if (self->state == TOK_SESSION_ENDED)
      tok_session_resume (self);
    else
      start_storing (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (self->state == TOK_SESSION_ENDED)
      tok_session_set_state (self, TOK_SESSION_ENDED, error);
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
  gboolean changed = self->is_kept != is_kept;

  self->is_kept = is_kept;
  if (tok_error_slot_set (&self->keyring_error, error) || changed)
    tok_session_notify_keyring (self);
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
  self->is_kept = TRUE;
  return self;
}

/**
 * tok_session_resume:
 * @self: A session whose account is known.
 *
 * Takes the secret from the keyring and signs in with it, if nobody is signed in. If that can't
 * succeed the session ends, with the reason as its error; if the service can't be reached it is
 * offline, and goes on trying.
 */
void
tok_session_resume (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (self->account != NULL && self->keyring != NULL);

  if (self->state != TOK_SESSION_SIGNED_OUT && self->state != TOK_SESSION_ENDED)
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
  start_storing (self);
}

/**
 * tok_session_unkeep:
 * @self: A session.
 *
 * Has the keyring forget the secret. While somebody is signed in it is still in the vault.
 */
void
tok_session_unkeep (TokSession *self)
{
  g_autoptr (TokVault) keyring = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));

  keyring = g_steal_pointer (&self->keyring);
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
 * goes on with what is kept in it, or keeps the secret. How that went is told as it is for
 * [method@Session.resume] and [method@Session.keep].
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
 * Returns: (transfer none) (nullable): Why the keyring doesn't hold its secret though it should.
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
