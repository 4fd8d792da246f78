/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-sign-in-page.h"
#include "tok-ui-stage.h"

G_BEGIN_DECLS

/**
 * TokSignInStage:
 * @stage: The service.
 * @page: The page to sign in at.
 * @window: The window that it is in.
 * @token: Where a token is pasted.
 * @n_done: How often somebody was signed in.
 * @n_added: How many accounts there were the last time.
 * @n_offered: How many there could have been.
 * @n_preferences: How often it asked for the preferences.
 *
 * Somebody at the page to sign in at.
 */
typedef struct {
  TokUiStage *stage;
  TokSignInPage *page;
  GtkWidget *window;
  GtkEditable *token;
  guint n_done;
  guint n_added;
  guint n_offered;
  guint n_preferences;
} TokSignInStage;

void tok_sign_in_stage_begin (TokSignInStage *self, TokUiStage *stage, TokSession *again);
void tok_sign_in_stage_end (TokSignInStage *self);

GtkEditable *tok_sign_in_stage_get_token (gpointer root);
void tok_sign_in_stage_press_enter (gpointer root);
void tok_sign_in_stage_paste (gpointer root, const char *token);
gboolean tok_sign_in_stage_is_busy (TokSignInPage *page);
void tok_sign_in_stage_wait (TokSignInStage *self);

gboolean tok_sign_in_stage_shows (TokSignInStage *self, const char *text);
gboolean tok_sign_in_stage_is_wrong (TokSignInStage *self);
gboolean tok_sign_in_stage_has_focus (TokSignInStage *self);
gboolean tok_sign_in_stage_tells (TokSignInStage *self, TokError code);

guint tok_sign_in_stage_count_accounts (TokUiStage *stage);
TokSession *tok_sign_in_stage_peek_account (TokUiStage *stage, guint position);

G_END_DECLS
