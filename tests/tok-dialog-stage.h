/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-new-token-dialog.h"
#include "tok-secret-clipboard.h"
#include "tok-stage.h"

G_BEGIN_DECLS

/**
 * TokDialogStage:
 * @stage: The service, which the test plays, and the session.
 * @settings: The settings.
 * @clipboard: Where a secret is copied to.
 * @dialog: (nullable): The dialog that creates a token, as long as it is there.
 *
 * Somebody who creates a token on a stage.
 */
typedef struct {
  TokStage *stage;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  TokNewTokenDialog *dialog;
} TokDialogStage;

void tok_dialog_stage_begin (TokDialogStage *self, TokStage *stage);
void tok_dialog_stage_end (TokDialogStage *self);

void tok_dialog_stage_create (TokDialogStage *self);
void tok_dialog_stage_create_and_answer (TokDialogStage *self, const char *rows);
gboolean tok_dialog_stage_is_working (TokDialogStage *self);
void tok_dialog_stage_wait (TokDialogStage *self);

void tok_dialog_stage_assert_kept (TokDialogStage *self);
void tok_dialog_stage_assert_note (TokDialogStage *self, const char *text, const char *button);
void tok_dialog_stage_assert_can_create (TokDialogStage *self, const char *obstacle);
void tok_dialog_stage_assert_secret (TokDialogStage *self);
void tok_dialog_stage_assert_listed (TokDialogStage *self, const char *names);

G_END_DECLS
