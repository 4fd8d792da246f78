/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-accounts.h"
#include "tok-fake-vault.h"
#include "tok-script.h"
#include "tok-session.h"

G_BEGIN_DECLS

/**
 * TokAccountsStage:
 * @peers: Services that know one client each, and that the test plays.
 * @keyring: The keyring.
 * @settings: The settings, which nobody else sees.
 * @accounts: The list that deals with them.
 * @changes: What it has told of itself since that was asserted last.
 * @n_current: How often it has told of another current account.
 *
 * A fixture for `g_test_add ()`: a list of accounts, and what it deals with.
 */
typedef struct {
  TokRawPeer *peers[3];
  TokFakeVault *keyring;
  GSettings *settings;
  TokAccounts *accounts;
  GString *changes;
  guint *n_current;
} TokAccountsStage;

/**
 * TokAccountsStageTest:
 * @stage: Where it plays.
 * @data: Of the test.
 *
 * A test.
 */
typedef void (*TokAccountsStageTest) (TokAccountsStage *stage, gconstpointer data);

void tok_accounts_stage_add (const char *path, gconstpointer data, TokAccountsStageTest test);

void tok_accounts_stage_remember (TokAccountsStage *self,
                                  const char *address,
                                  const char *login_id,
                                  const char *sign_in_id);
void tok_accounts_stage_start_again (TokAccountsStage *self);

TokSession *tok_accounts_stage_check_with (TokAccountsStage *self,
                                           guint peer,
                                           const char *token,
                                           const char *body);
TokSession *tok_accounts_stage_check (TokAccountsStage *self,
                                      guint peer,
                                      const char *token,
                                      const char *login_id);
TokSession *tok_accounts_stage_sign_in (TokAccountsStage *self,
                                        guint peer,
                                        const char *token,
                                        const char *login_id);
TokSession *
tok_accounts_stage_sign_in_to (TokAccountsStage *self, const char *address, const char *token);
void tok_accounts_stage_let_in (TokAccountsStage *self, guint peer, const char *login_id);

const char *tok_accounts_stage_get_address (TokAccountsStage *self, guint peer);
guint tok_accounts_stage_get_n (TokAccountsStage *self);
TokSession *tok_accounts_stage_peek (TokAccountsStage *self, guint position);
const char *
tok_accounts_stage_get_secret (TokAccountsStage *self, guint peer, const char *login_id);
void tok_accounts_stage_wait_for_secret (TokAccountsStage *self,
                                         guint peer,
                                         const char *login_id,
                                         const char *expected);
void tok_accounts_stage_assert_changes (TokAccountsStage *self, const char *expected);
guint tok_accounts_stage_get_n_records (TokAccountsStage *self);
char *tok_accounts_stage_dup_settings (TokAccountsStage *self);

G_END_DECLS
