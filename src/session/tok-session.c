/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session.h"

#include "tok-activity-private.h"
#include "tok-address.h"
#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-session-private.h"

#include <glib/gi18n-lib.h>

/**
 * TokSession:
 *
 * Being signed in to one account with one token, over one connection.
 *
 * What happens when is in tok-session-connect.c, what the service says of itself in
 * tok-session-service.c, the lists are in tok-session-refresh.c, and each command has a file of its
 * own.
 */

G_DEFINE_ENUM_TYPE (TokSessionState,
                    tok_session_state,
                    G_DEFINE_ENUM_VALUE (TOK_SESSION_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (TOK_SESSION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (TOK_SESSION_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (TOK_SESSION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (TOK_SESSION_ENDED, "ended"))

G_DEFINE_FINAL_TYPE (TokSession, tok_session, G_TYPE_OBJECT)

enum {
  PROP_ADDRESS = 1,
  PROP_IS_SAMPLE,
  PROP_STATE,
  PROP_ERROR,
  PROP_SITE_STATUS,
  PROP_SECONDS_LEFT,
  PROP_ACCOUNT,
  PROP_TOKENS,
  PROP_APPS,
  PROP_CAN_REVOKE,
  PROP_IS_KEPT,
  PROP_KEYRING_ERROR,
  PROP_COPIES_ERROR,
  N_PROPS,
};

enum {
  SIGNAL_REVOKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (TokSession *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
on_client_state_changed (TokClient *client, GParamSpec *pspec, TokSession *self)
{
  g_autoptr (TokSession) alive = g_object_ref (self);

  tok_session_follow_client (self);
}

static void
tok_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSession *self = TOK_SESSION (object);

  switch (prop_id) {
  case PROP_ADDRESS:
    g_value_set_string (value, self->address);
    break;
  case PROP_IS_SAMPLE:
    g_value_set_boolean (value, self->is_sample);
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_SITE_STATUS:
    g_value_set_enum (value, tok_session_get_site_status (self));
    break;
  case PROP_SECONDS_LEFT:
    g_value_set_uint (value, self->seconds_left);
    break;
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  case PROP_TOKENS:
    g_value_set_object (value, self->tokens.store);
    break;
  case PROP_APPS:
    g_value_set_object (value, self->apps.store);
    break;
  case PROP_CAN_REVOKE:
    g_value_set_boolean (value, tok_session_get_can_revoke (self));
    break;
  case PROP_IS_KEPT:
    g_value_set_boolean (value, self->is_kept);
    break;
  case PROP_KEYRING_ERROR:
    g_value_set_boxed (value, self->keyring_error);
    break;
  case PROP_COPIES_ERROR:
    g_value_set_boxed (value, self->copies_error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_session_dispose (GObject *object)
{
  TokSession *self = TOK_SESSION (object);

  tok_session_stop_connecting (self);
  g_cancellable_cancel (self->listing);
  g_cancellable_cancel (self->keeping);
  g_cancellable_cancel (self->copying);
  tok_session_unfollow_service (self);
  if (self->activity != NULL)
    tok_activity_clear (self->activity);
  if (self->client != NULL) {
    g_signal_handlers_disconnect_by_data (self->client, self);
    tok_client_stop (self->client);
  }

  G_OBJECT_CLASS (tok_session_parent_class)->dispose (object);
}

static void
tok_session_finalize (GObject *object)
{
  TokSession *self = TOK_SESSION (object);

  g_clear_object (&self->activity);
  g_clear_object (&self->client);
  g_clear_object (&self->vault);
  g_clear_object (&self->keyring);
  g_clear_object (&self->account);
  tok_session_finalize_lists (self);
  tok_session_finalize_copies (self);
  g_clear_object (&self->connecting);
  g_clear_object (&self->listing);
  g_clear_object (&self->keeping);
  g_clear_error (&self->keyring_error);
  g_clear_pointer (&self->sign_in_id, g_free);
  g_clear_pointer (&self->created, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tok_session_parent_class)->finalize (object);
}

static void
tok_session_class_init (TokSessionClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_session_get_property;
  object_class->dispose = tok_session_dispose;
  object_class->finalize = tok_session_finalize;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_IS_SAMPLE] = g_param_spec_boolean ("is-sample", NULL, NULL, FALSE, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_SESSION_STATE,
                                              TOK_SESSION_SIGNED_OUT, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_SITE_STATUS] = g_param_spec_enum ("site-status", NULL, NULL, TOK_TYPE_SITE_STATUS,
                                                    TOK_SITE_UNKNOWN, flags);
  properties[PROP_SECONDS_LEFT]
      = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, TOK_TYPE_ACCOUNT, flags);
  properties[PROP_TOKENS] = g_param_spec_object ("tokens", NULL, NULL, TOK_TYPE_GRANT_STORE, flags);
  properties[PROP_APPS] = g_param_spec_object ("apps", NULL, NULL, TOK_TYPE_GRANT_STORE, flags);
  properties[PROP_CAN_REVOKE] = g_param_spec_boolean ("can-revoke", NULL, NULL, FALSE, flags);
  properties[PROP_IS_KEPT] = g_param_spec_boolean ("is-kept", NULL, NULL, FALSE, flags);
  properties[PROP_KEYRING_ERROR]
      = g_param_spec_boxed ("keyring-error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_COPIES_ERROR]
      = g_param_spec_boxed ("copies-error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSession::revoked:
   * @self: A session.
   *
   * The service was asked to revoke apps, which it does for all accounts of the owner, and all that
   * will become known of it here is known: perhaps it was done.
   */
  signals[SIGNAL_REVOKED] = g_signal_new ("revoked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_session_init (TokSession *self)
{
  tok_session_init_lists (self);
  tok_session_init_copies (self);
  self->connecting = g_cancellable_new ();
  self->listing = g_cancellable_new ();
  self->keeping = g_cancellable_new ();
}

/**
 * tok_session_set_state: (skip)
 * @self: A session.
 * @state: Where it stands now.
 * @error: (nullable): Why, if it doesn't stand well.
 *
 * Tells of both at once.
 */
void
tok_session_set_state (TokSession *self, TokSessionState state, const GError *error)
{
  gboolean state_changed = self->state != state;
  gboolean error_changed = tok_error_slot_set (&self->error, error);

  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  if (error_changed)
    notify (self, PROP_ERROR);
  if (state_changed)
    notify (self, PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_session_set_account: (skip)
 * @self: A session.
 * @account: (nullable): Whose session it is, and with which scopes.
 *
 * Sets it, and with it what can be done.
 */
void
tok_session_set_account (TokSession *self, TokAccount *account)
{
  gboolean could_revoke = tok_session_get_can_revoke (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_object (&self->account, account))
    notify (self, PROP_ACCOUNT);
  if (tok_session_get_can_revoke (self) != could_revoke)
    notify (self, PROP_CAN_REVOKE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_session_notify_keyring: (skip)
 * @self: A session.
 * @is_kept_changed: Whether the keyring has the secret now and hadn't before, or the other way.
 * @error_changed: Whether it says something else of it.
 *
 * Tells how keeping the secret goes.
 */
void
tok_session_notify_keyring (TokSession *self, gboolean is_kept_changed, gboolean error_changed)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (error_changed)
    notify (self, PROP_KEYRING_ERROR);
  if (is_kept_changed)
    notify (self, PROP_IS_KEPT);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_session_notify_copies_error: (skip)
 * @self: A session.
 *
 * Tells that something else is known of the copies.
 */
void
tok_session_notify_copies_error (TokSession *self)
{
  notify (self, PROP_COPIES_ERROR);
}

/**
 * tok_session_notify_site_status: (skip)
 * @self: A session.
 *
 * Tells that the service says something else of itself.
 */
void
tok_session_notify_site_status (TokSession *self)
{
  notify (self, PROP_SITE_STATUS);
}

/**
 * tok_session_notify_seconds_left: (skip)
 * @self: A session.
 *
 * Tells when the service takes requests again.
 */
void
tok_session_notify_seconds_left (TokSession *self)
{
  notify (self, PROP_SECONDS_LEFT);
}

/**
 * tok_session_tell_revoked: (skip)
 * @self: A session.
 * @grant: What was sent a command about; whether it was done may be unknown.
 *
 * Tells of it, if it concerns other accounts, too (PROTOCOL 2.6). Who hears of it may do anything.
 */
void
tok_session_tell_revoked (TokSession *self, TokGrant *grant)
{
  if (tok_grant_get_app (grant) != NULL)
    g_signal_emit (self, signals[SIGNAL_REVOKED], 0);
}

/**
 * tok_session_end: (skip)
 * @self: A session.
 * @error: Why.
 *
 * The token is of no use any more. The lists stay, as what was true last.
 */
void
tok_session_end (TokSession *self, const GError *error)
{
  g_autoptr (TokSession) alive = g_object_ref (self);

  g_object_freeze_notify (G_OBJECT (self));
  tok_session_stop_connecting (self);
  tok_session_set_state (self, TOK_SESSION_ENDED, error);
  tok_session_fail_unlisted (self, error);
  tok_client_stop (self->client);
  g_object_thaw_notify (G_OBJECT (self));
  tok_session_settle_all (self, error);
}

/**
 * tok_session_check_error: (skip)
 * @self: A session.
 * @error: What a call failed with.
 *
 * Ends the session if the service doesn't accept its token any more, whatever was asked
 * (PROTOCOL 3.3).
 */
void
tok_session_check_error (TokSession *self, const GError *error)
{
  if (self->state == TOK_SESSION_READY && g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN))
    tok_session_end (self, error);
}

/**
 * tok_session_replace_cancellable: (skip)
 * @cancellable: (inout): A cancellable in use.
 *
 * Cancels what uses it, and puts a fresh one in its place.
 */
void
tok_session_replace_cancellable (GCancellable **cancellable)
{
  g_autoptr (GCancellable) former = *cancellable;

  *cancellable = g_cancellable_new ();
  g_cancellable_cancel (former);
}

/**
 * tok_session_new:
 * @address: Where the service is, as [func@address_check] returned it.
 * @vault: Where the secret is kept while somebody is signed in, and for later.
 * @times: How long to wait for what; copied.
 * @is_sample: Whether nothing there is real.
 *
 * Returns: (transfer full): A new session; nobody is signed in.
 */
TokSession *
tok_session_new (const char *address, TokVault *vault, const TokTimes *times, gboolean is_sample)
{
  TokSession *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (TOK_IS_VAULT (vault), NULL);
  g_return_val_if_fail (times != NULL, NULL);

  self = g_object_new (TOK_TYPE_SESSION, NULL);
  self->address = g_strdup (address);
  self->service = tok_address_dup_service (address);
  self->vault = g_object_ref (vault);
  self->times = *times;
  self->is_sample = !!is_sample;
  self->client = tok_client_new (address, times);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (on_client_state_changed), self);
  tok_session_follow_service (self);
  return self;
}

/**
 * tok_session_get_address:
 * @self: A session.
 *
 * Returns: (transfer none): Where the service is.
 */
const char *
tok_session_get_address (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->address;
}

/**
 * tok_session_get_is_sample:
 * @self: A session.
 *
 * Returns: Whether nothing there is real.
 */
gboolean
tok_session_get_is_sample (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);

  return self->is_sample;
}

/**
 * tok_session_get_state:
 * @self: A session.
 *
 * Returns: Where it stands.
 */
TokSessionState
tok_session_get_state (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), TOK_SESSION_SIGNED_OUT);

  return self->state;
}

/**
 * tok_session_get_error:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): Why it is offline, or has ended; %NULL if it is well.
 */
const GError *
tok_session_get_error (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->error;
}

/**
 * tok_session_get_account:
 * @self: A session.
 *
 * Returns: (transfer none) (nullable): Who is signed in, or was until the session ended, or can be
 *   by [method@Session.resume]; %NULL for nobody.
 */
TokAccount *
tok_session_get_account (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->account;
}

/**
 * tok_session_get_tokens:
 * @self: A session.
 *
 * Returns: (transfer none): The API tokens of the account; the same store for the whole life of
 *   @self.
 */
TokGrantStore *
tok_session_get_tokens (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->tokens.store;
}

/**
 * tok_session_get_apps:
 * @self: A session.
 *
 * Returns: (transfer none): The connected apps of the account; the same store for the whole life
 *   of @self.
 */
TokGrantStore *
tok_session_get_apps (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  return self->apps.store;
}

/**
 * tok_session_get_activity:
 * @self: A session.
 *
 * Returns: (transfer none): What programs did on the account; the same for the whole life of @self,
 *   and empty until somebody loads it.
 */
TokActivity *
tok_session_get_activity (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), NULL);

  if (self->activity == NULL)
    self->activity = tok_activity_new (self);
  return self->activity;
}

/**
 * tok_session_get_can_revoke:
 * @self: A session.
 *
 * Returns: Whether the token that we are signed in with may revoke apps (PROTOCOL 5).
 */
gboolean
tok_session_get_can_revoke (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);

  return self->account != NULL && (tok_account_get_scopes (self->account) & TOK_SCOPE_ADMIN) != 0;
}

/**
 * tok_session_close:
 * @self: A session.
 *
 * Ends being signed in, here and now: the connection is closed, the lists are emptied, what is on
 * its way fails. Vault and keyring keep the secret.
 */
void
tok_session_close (TokSession *self)
{
  g_autoptr (TokSession) alive = NULL;
  g_autoptr (GError) closed = NULL;

  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->state == TOK_SESSION_SIGNED_OUT)
    return;

  alive = g_object_ref (self);
  tok_session_replace_cancellable (&self->keeping);
  closed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The session was closed."));
  if (self->sign_in != NULL) {
    tok_session_fail_sign_in (self, g_steal_pointer (&closed));
    return;
  }

  g_object_freeze_notify (G_OBJECT (self));
  tok_session_stop_connecting (self);
  tok_session_replace_cancellable (&self->listing);
  tok_session_set_state (self, TOK_SESSION_SIGNED_OUT, NULL);
  tok_session_set_account (self, NULL);
  tok_client_stop (self->client);
  tok_session_settle_all (self, closed);
  tok_session_drop_lists (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_session_sign_out:
 * @self: A session.
 *
 * Does what [method@Session.close] does, and has vault and keyring forget the secret. The service
 * isn't told, since that wouldn't end an API token (PROTOCOL 2.3).
 */
void
tok_session_sign_out (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->account != NULL)
    tok_vault_forget_async (self->vault, TOK_SESSION_KEY (self, self->account), NULL, NULL, NULL);
  tok_session_drop_keyring (self);
  tok_session_close (self);
}
