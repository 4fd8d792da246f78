/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-fake-vault.h"
#include "tok-grant-store.h"
#include "tok-grant.h"
#include "tok-script.h"
#include "tok-session.h"

G_BEGIN_DECLS

#define TOK_STAGE_TOKENS "***************a ***********LmNo ***********aaaa"
/* The same for tok_script_answer_rows (). */
#define TOK_STAGE_ROWS                                                                             \
  "Token 0/***************a/admin,read;Token 1/***********LmNo/admin,read;"                        \
  "Token 2/***********aaaa/admin,read"
#define TOK_STAGE_APPS "1 2 3"
#define TOK_STAGE_UNAVAILABLE "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"

/**
 * TokStage:
 * @peer: The service, which the test plays.
 * @vault: The vault.
 * @keyring: A vault that the session doesn't know of before it is told.
 * @session: The session between them.
 * @tokens: (transfer none): Its tokens.
 * @apps: (transfer none): Its apps.
 * @result: Of signing in.
 *
 * A fixture for `g_test_add ()`: a session, and what it deals with.
 */
typedef struct {
  TokRawPeer *peer;
  TokFakeVault *vault;
  TokFakeVault *keyring;
  TokSession *session;
  TokGrantStore *tokens;
  TokGrantStore *apps;
  GAsyncResult *result;
} TokStage;

/**
 * TokStageRevoke:
 * @session: (transfer none): Who does it.
 * @grant: (transfer none): What is taken away.
 * @result: What came of it.
 * @n_states: How often the state of @grant was notified since it began.
 *
 * One revoke of one grant.
 */
typedef struct {
  TokSession *session;
  TokGrant *grant;
  GAsyncResult *result;
  guint *n_states;
} TokStageRevoke;

/**
 * TokStageTest:
 * @stage: Where it plays.
 * @data: Of the test.
 *
 * A test.
 */
typedef void (*TokStageTest) (TokStage *stage, gconstpointer data);

void tok_stage_add (const char *path, gconstpointer data, TokStageTest test);
void tok_stage_add_case (const char *path, const char *name, gconstpointer data, TokStageTest test);

void tok_stage_use_times (TokStage *self, const TokTimes *times);
void tok_stage_rest (TokStage *self);

void tok_stage_begin (TokStage *self, const char *token, GCancellable *cancellable);
gboolean tok_stage_finish (TokStage *self, GError **error);
void tok_stage_sign_in (TokStage *self, const char *scopes);
void tok_stage_sign_in_and_list (TokStage *self);
void tok_stage_list_tokens (TokStage *self, guint nth, const char *rows);
void tok_stage_lose (TokStage *self);
void tok_stage_come_back (TokStage *self);
void tok_stage_leave_ready (TokStage *self, TokSessionState state);
void tok_stage_sign_out_when_loading (TokStage *self, TokGrantStore *store);

void tok_stage_begin_revoke (TokStage *self,
                             TokStageRevoke *revoke,
                             TokGrant *grant,
                             GCancellable *cancellable);
gboolean tok_stage_finish_revoke (TokStageRevoke *revoke, GError **error);
void tok_stage_assert_revoke_fails (TokStageRevoke *revoke, TokError code);
void tok_stage_assert_revoke_pending (TokStageRevoke *revoke);
void tok_stage_assert_revoked (TokStageRevoke *revoke);
void tok_stage_assert_revoke_state (TokStageRevoke *revoke, TokGrantState state);
void tok_stage_wait_for_revoke_state (TokStageRevoke *revoke, TokGrantState state);

void tok_stage_assert_state (TokStage *self, TokSessionState state);
void tok_stage_wait_for_state (TokStage *self, TokSessionState state);
void tok_stage_assert_signed_out (TokStage *self);
void tok_stage_run_dry (void);
TokGrant *tok_stage_nth (TokGrantStore *store, guint n);

G_END_DECLS
