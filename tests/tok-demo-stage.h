/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-server.h"
#include "tok-fake-vault.h"
#include "tok-grant-store.h"
#include "tok-session.h"

G_BEGIN_DECLS

/* The token of the first account, with all scopes. */
#define TOK_DEMO_STAGE_TOKEN "aBcDeFgHiJkLmNo"

/**
 * TokDemoStage:
 * @server: The sample service, which has no limits.
 * @vault: The vault.
 * @session: The session between them.
 * @tokens: (transfer none): Its tokens.
 * @apps: (transfer none): Its apps.
 *
 * A fixture for `g_test_add ()`: a session before the sample service, which goes by its own idea of
 * the wire.
 */
typedef struct {
  TokDemoServer *server;
  TokFakeVault *vault;
  TokSession *session;
  TokGrantStore *tokens;
  TokGrantStore *apps;
  guint16 port;
} TokDemoStage;

void tok_demo_stage_set_up (TokDemoStage *self, gconstpointer data);
void tok_demo_stage_tear_down (TokDemoStage *self, gconstpointer data);

void tok_demo_stage_restart (TokDemoStage *self);
void tok_demo_stage_sign_in (TokDemoStage *self, const char *token);
guint tok_demo_stage_n_calls (TokDemoStage *self, const char *call);

G_END_DECLS
