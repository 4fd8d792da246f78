/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-accounts.h"
#include "tok-browser-sign-in.h"
#include "tok-demo-server.h"
#include "tok-fake-vault.h"
#include "tok-session.h"
#include "tok-vault.h"

G_BEGIN_DECLS

#define TOK_UI_STAGE_TOKEN "aBcDeFgHiJkLmNo"
#define TOK_UI_STAGE_N_TOKENS 6
#define TOK_UI_STAGE_N_APPS 12
#define TOK_UI_STAGE_HOSTILE_APP "70199"
#define TOK_UI_STAGE_HOSTILE_NAME "Win <b>Free</b> \U0001f381 \"Bonus\" [U+202E]gnp.exe"

/**
 * TokUiStage:
 * @server: The sample service, which knows %TOK_UI_STAGE_TOKEN.
 * @port: Where it listens, also after a restart.
 * @address: The same as an address.
 * @vault: A vault in memory, for sessions that are not among @accounts.
 * @keyring: Where @accounts keeps secrets.
 * @settings: The defaults, but for the service.
 * @browser: The way through the browser.
 * @accounts: Nobody is signed in. Nothing reconnects by itself, and no request gives up.
 *
 * A fixture for `g_test_add ()`: what a window works with.
 */
typedef struct {
  TokDemoServer *server;
  guint16 port;
  char *address;
  TokVault *vault;
  TokFakeVault *keyring;
  GSettings *settings;
  TokBrowserSignIn *browser;
  TokAccounts *accounts;
} TokUiStage;

/**
 * TokUiStageTest:
 * @stage: Where it plays.
 * @data: Of the test.
 *
 * A test.
 */
typedef void (*TokUiStageTest) (TokUiStage *stage, gconstpointer data);

void tok_ui_stage_add (const char *path, gconstpointer data, TokUiStageTest test);

TokSession *tok_ui_stage_sign_in (TokUiStage *self, const char *token, gboolean is_sample);
void tok_ui_stage_wait_for_lists (TokSession *session);
void tok_ui_stage_wait_for_state (TokSession *session, TokSessionState state);
guint tok_ui_stage_count_calls (TokUiStage *self, const char *call);
void tok_ui_stage_restart (TokUiStage *self);
TokSession *tok_ui_stage_sign_in_to (TokUiStage *self, const char *login_id);
void tok_ui_stage_start_anew (TokUiStage *self);
void tok_ui_stage_use_no_keyring (TokUiStage *self);

G_END_DECLS
