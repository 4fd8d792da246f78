/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOK_TYPE_DEMO_SERVER (tok_demo_server_get_type ())
G_DECLARE_FINAL_TYPE (TokDemoServer, tok_demo_server, TOK, DEMO_SERVER, GObject)

gboolean tok_demo_server_is_token (const char *text);
gboolean tok_demo_server_is_n_tokens (int n_tokens);

TokDemoServer *tok_demo_server_new (const char *token);
gboolean
tok_demo_server_keep (TokDemoServer *self, const char *path, gboolean *resumed, GError **error);
gboolean tok_demo_server_set_tls (TokDemoServer *self,
                                  const char *certificate,
                                  const char *key,
                                  GError **error);
gboolean tok_demo_server_set_log (TokDemoServer *self, const char *path, GError **error);

gboolean tok_demo_server_start (TokDemoServer *self, guint16 port, GError **error);
void tok_demo_server_stop (TokDemoServer *self);
const char *tok_demo_server_get_address (TokDemoServer *self);
const char *tok_demo_server_get_token (TokDemoServer *self);
const char *tok_demo_server_get_token_of (TokDemoServer *self, const char *login_id);
guint tok_demo_server_get_n_calls (TokDemoServer *self, const char *name);
guint tok_demo_server_get_n_connections (TokDemoServer *self);

void tok_demo_server_set_limits (TokDemoServer *self, gboolean limits);
void tok_demo_server_set_minute (TokDemoServer *self, guint n_calls, guint milliseconds);
void tok_demo_server_add_apps (TokDemoServer *self, guint n_apps);
void tok_demo_server_add_trades (TokDemoServer *self, guint n_trades);
void tok_demo_server_set_latency (TokDemoServer *self, guint milliseconds);
void tok_demo_server_set_full_tokens (TokDemoServer *self, gboolean full_tokens);
void tok_demo_server_set_n_tokens (TokDemoServer *self, guint n_tokens);
void tok_demo_server_set_idle_timeout (TokDemoServer *self, guint seconds);
void tok_demo_server_update (TokDemoServer *self, guint milliseconds);
gboolean tok_demo_server_add_fault (TokDemoServer *self, const char *spec, GError **error);
void tok_demo_server_clear_faults (TokDemoServer *self);
void tok_demo_server_fail_next (TokDemoServer *self,
                                const char *call,
                                const char *code,
                                const char *message);

G_END_DECLS
