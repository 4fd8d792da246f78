/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-scopes.h"
#include "tok-site-status.h"
#include "tok-times.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;

/**
 * TokClientState:
 * @TOK_CLIENT_STOPPED: Not connected, and not meant to be.
 * @TOK_CLIENT_CONNECTING: A connection is being made.
 * @TOK_CLIENT_OPEN: Connected; requests can be sent.
 * @TOK_CLIENT_WAITING: Not connected; the next attempt comes after a pause.
 *
 * Where the connection of a [class@Client] stands.
 */
typedef enum {
  TOK_CLIENT_STOPPED,
  TOK_CLIENT_CONNECTING,
  TOK_CLIENT_OPEN,
  TOK_CLIENT_WAITING,
} TokClientState;

#define TOK_TYPE_CLIENT_STATE (tok_client_state_get_type ())
GType tok_client_state_get_type (void);

#define TOK_TYPE_CLIENT (tok_client_get_type ())
G_DECLARE_FINAL_TYPE (TokClient, tok_client, TOK, CLIENT, GObject)

TokClient *tok_client_new (const char *address, const TokTimes *times);

const char *tok_client_get_address (TokClient *self);
TokClientState tok_client_get_state (TokClient *self);
const GError *tok_client_get_error (TokClient *self);
guint tok_client_get_n_pending (TokClient *self);
guint tok_client_get_n_dropped (TokClient *self);
guint tok_client_get_wait (TokClient *self, gboolean leaves_room);
gint64 tok_client_get_resumes_at (TokClient *self);
TokSiteStatus tok_client_get_site_status (TokClient *self);

void tok_client_start (TokClient *self);
void tok_client_stop (TokClient *self);
void tok_client_retry (TokClient *self);
void tok_client_watch_service (TokClient *self);

void tok_client_ping_async (TokClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean tok_client_ping_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_authorize_async (TokClient *self,
                                 const char *token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TokAccount *tok_client_authorize_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_logout_async (TokClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean tok_client_logout_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_list_tokens_async (TokClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *tok_client_list_tokens_finish (TokClient *self,
                                          GAsyncResult *result,
                                          guint *n_unread,
                                          GError **error);

void tok_client_create_token_async (TokClient *self,
                                    const char *name,
                                    TokScopes scopes,
                                    gboolean only_current_ip,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *tok_client_create_token_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_delete_token_async (TokClient *self,
                                    const char *listed_value,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *tok_client_delete_token_finish (TokClient *self,
                                           GAsyncResult *result,
                                           guint *n_unread,
                                           GError **error);

void tok_client_replace_token_async (TokClient *self,
                                     const char *listed_value,
                                     const char *name,
                                     TokScopes scopes,
                                     gboolean only_current_ip,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *tok_client_replace_token_finish (TokClient *self, GAsyncResult *result, GError **error);

void tok_client_list_apps_async (TokClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *tok_client_list_apps_finish (TokClient *self,
                                        GAsyncResult *result,
                                        guint *n_unread,
                                        GError **error);

void tok_client_revoke_app_async (TokClient *self,
                                  gint64 app_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean tok_client_revoke_app_finish (TokClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
