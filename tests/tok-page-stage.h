/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-account-page.h"
#include "tok-grant-list.h"
#include "tok-grant-row.h"
#include "tok-grant.h"
#include "tok-secret-clipboard.h"
#include "tok-ui-stage.h"

G_BEGIN_DECLS

/**
 * TokPageStage:
 * @stage: The service.
 * @session: (nullable): Who is signed in there.
 * @clipboard: Where secrets are copied to.
 * @page: The account's page.
 * @window: The window that it is in.
 * @n_asked_again: How often it asked for signing in again.
 *
 * The page of whoever is signed in on a stage.
 */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokSecretClipboard *clipboard;
  TokAccountPage *page;
  GtkWidget *window;
  guint n_asked_again;
} TokPageStage;

void tok_page_stage_begin (TokPageStage *self, TokUiStage *stage);
void tok_page_stage_begin_with (TokPageStage *self, TokUiStage *stage, TokSession *session);
void tok_page_stage_end (TokPageStage *self);
TokSession *tok_page_stage_new_second_session (TokUiStage *stage);

gboolean tok_page_stage_shows (TokPageStage *self, const char *text);
char *tok_page_stage_dup_signed_out (TokSession *session);
gboolean tok_page_stage_can (TokPageStage *self, const char *action);
TokGrantList *tok_page_stage_get_list (TokPageStage *self);
TokGrantRow *tok_page_stage_get_app_row (TokPageStage *self, const char *id);
TokGrantRow *tok_page_stage_get_token_row (TokPageStage *self, const char *name);
void tok_page_stage_show_view (TokPageStage *self, const char *name);
TokGrant *tok_page_stage_show_app (TokPageStage *self, const char *id);

void tok_page_stage_wait_for_grant (TokGrant *grant, TokGrantState state);
guint tok_page_stage_count_calls (TokPageStage *self, const char *call);

G_END_DECLS
