/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-grant.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;
typedef struct _TokAccounts TokAccounts;
typedef struct _TokSession TokSession;

#define TOK_TYPE_TOKEN_PROBE (tok_token_probe_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenProbe, tok_token_probe, TOK, TOKEN_PROBE, GObject)

TokTokenProbe *tok_token_probe_new (TokAccounts *accounts, const char *address, gboolean is_sample);

void tok_token_probe_run_async (TokTokenProbe *self,
                                const char *secret,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean tok_token_probe_run_finish (TokTokenProbe *self, GAsyncResult *result, GError **error);

gboolean tok_token_probe_get_is_app_session (TokTokenProbe *self);
TokAccount *tok_token_probe_get_account (TokTokenProbe *self);
TokSession *tok_token_probe_get_home (TokTokenProbe *self);
gboolean tok_token_probe_get_has_list (TokTokenProbe *self);
TokGrant *tok_token_probe_get_grant (TokTokenProbe *self);
TokGrantState tok_token_probe_get_state (TokTokenProbe *self);
GPtrArray *tok_token_probe_dup_candidates (TokTokenProbe *self);
gboolean tok_token_probe_get_may_be_own (TokTokenProbe *self);

gboolean tok_token_probe_get_can_delete (TokTokenProbe *self);
void tok_token_probe_delete_async (TokTokenProbe *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean tok_token_probe_delete_finish (TokTokenProbe *self, GAsyncResult *result, GError **error);

G_END_DECLS
