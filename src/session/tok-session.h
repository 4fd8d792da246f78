/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-scopes.h"
#include "tok-secret.h"
#include "tok-site-status.h"
#include "tok-times.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;
typedef struct _TokActivity TokActivity;
typedef struct _TokGrant TokGrant;
typedef struct _TokGrantStore TokGrantStore;
typedef struct _TokToken TokToken;
typedef struct _TokVault TokVault;

/**
 * TokSessionState:
 * @TOK_SESSION_SIGNED_OUT: Nobody is signed in; somebody may be by [method@Session.resume].
 * @TOK_SESSION_CONNECTING: Connecting, or signing in.
 * @TOK_SESSION_READY: Signed in; commands can be given.
 * @TOK_SESSION_OFFLINE: Was signed in, the connection is lost; it comes back by itself or by
 *   [method@Session.reconnect].
 * @TOK_SESSION_ENDED: The service doesn't accept the token any more: sign in again.
 *
 * Where a [class@Session] stands.
 */
typedef enum {
  TOK_SESSION_SIGNED_OUT,
  TOK_SESSION_CONNECTING,
  TOK_SESSION_READY,
  TOK_SESSION_OFFLINE,
  TOK_SESSION_ENDED,
} TokSessionState;

#define TOK_TYPE_SESSION_STATE (tok_session_state_get_type ())
GType tok_session_state_get_type (void);

#define TOK_TYPE_SESSION (tok_session_get_type ())
G_DECLARE_FINAL_TYPE (TokSession, tok_session, TOK, SESSION, GObject)

TokSession *
tok_session_new (const char *address, TokVault *vault, const TokTimes *times, gboolean is_sample);

TokSession *tok_session_new_known (const char *address,
                                   TokVault *vault,
                                   TokVault *keyring,
                                   const TokTimes *times,
                                   TokAccount *account,
                                   const char *sign_in_id);

const char *tok_session_get_address (TokSession *self);
gboolean tok_session_get_is_sample (TokSession *self);
TokSessionState tok_session_get_state (TokSession *self);
const GError *tok_session_get_error (TokSession *self);
TokSiteStatus tok_session_get_site_status (TokSession *self);
guint tok_session_get_seconds_left (TokSession *self);
TokAccount *tok_session_get_account (TokSession *self);
TokGrantStore *tok_session_get_tokens (TokSession *self);
TokGrantStore *tok_session_get_apps (TokSession *self);
TokActivity *tok_session_get_activity (TokSession *self);
gboolean tok_session_get_can_revoke (TokSession *self);
TokGrant *tok_session_get_own_token (TokSession *self);
gboolean tok_session_get_may_be_own (TokSession *self, TokGrant *grant);

void tok_session_sign_in_async (TokSession *self,
                                const char *token,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean tok_session_sign_in_finish (TokSession *self, GAsyncResult *result, GError **error);

void tok_session_resume (TokSession *self);
void tok_session_keep (TokSession *self, TokVault *keyring);
void tok_session_unkeep (TokSession *self);
void tok_session_forget_async (TokSession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean tok_session_forget_finish (TokSession *self, GAsyncResult *result, GError **error);
void tok_session_unlock_keyring (TokSession *self);
gboolean tok_session_get_is_kept (TokSession *self);
const GError *tok_session_get_keyring_error (TokSession *self);
const char *tok_session_get_sign_in_id (TokSession *self);
void tok_session_set_sign_in_id (TokSession *self, const char *sign_in_id);

void tok_session_log_out_async (TokSession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean tok_session_log_out_finish (TokSession *self, GAsyncResult *result, GError **error);

void tok_session_close (TokSession *self);
void tok_session_sign_out (TokSession *self);
void tok_session_reconnect (TokSession *self);
void tok_session_refresh (TokSession *self);
void tok_session_refresh_apps (TokSession *self);

void tok_session_revoke_async (TokSession *self,
                               TokGrant *grant,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean tok_session_revoke_finish (TokSession *self, GAsyncResult *result, GError **error);

gboolean tok_session_is_name_taken (TokSession *self, const char *name);
void tok_session_create_token_async (TokSession *self,
                                     const char *name,
                                     TokScopes scopes,
                                     gboolean only_current_ip,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TokToken *tok_session_create_token_finish (TokSession *self, GAsyncResult *result, GError **error);

void tok_session_replace_token_async (TokSession *self,
                                      TokGrant *old,
                                      const char *name,
                                      TokScopes scopes,
                                      gboolean only_current_ip,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
TokToken *tok_session_replace_token_finish (TokSession *self, GAsyncResult *result, GError **error);

void tok_session_set_copies (TokSession *self, TokVault *copies, gboolean are_lasting);
gboolean tok_session_get_can_keep_copies (TokSession *self);
gboolean tok_session_get_copies_are_lasting (TokSession *self);
const GError *tok_session_get_copies_error (TokSession *self);
void tok_session_keep_copy_async (TokSession *self,
                                  const char *token_name,
                                  const char *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean tok_session_keep_copy_finish (TokSession *self, GAsyncResult *result, GError **error);
void tok_session_lookup_copy_async (TokSession *self,
                                    TokGrant *grant,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
TokSecret *tok_session_lookup_copy_finish (TokSession *self, GAsyncResult *result, GError **error);
void tok_session_forget_copy_async (TokSession *self,
                                    const char *token_name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean tok_session_forget_copy_finish (TokSession *self, GAsyncResult *result, GError **error);
void tok_session_unlock_copies_async (TokSession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean tok_session_unlock_copies_finish (TokSession *self, GAsyncResult *result, GError **error);
void tok_session_drop_copies (TokSession *self);

G_END_DECLS
