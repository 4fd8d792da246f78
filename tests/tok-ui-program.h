/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-application.h"
#include "tok-ui-stage.h"

G_BEGIN_DECLS

typedef struct _TokUiProgram TokUiProgram;

/**
 * TokUiScenario:
 * @program: A program that runs.
 *
 * What a test does with it.
 */
typedef void (*TokUiScenario) (TokUiProgram *program);

/**
 * TokUiProgram:
 * @stage: Where it runs.
 * @application: The application.
 * @flags: What kind of process it is, but for that it is alone.
 * @sample_at_once: Whether it starts on sample data.
 * @fails: Whether there are none.
 * @n_started: How often it asked for them.
 * @scenario: What the test does.
 *
 * The program, but for its command line.
 */
struct _TokUiProgram {
  TokUiStage *stage;
  TokApplication *application;
  GApplicationFlags flags;
  gboolean sample_at_once;
  gboolean fails;
  guint n_started;
  TokUiScenario scenario;
};

void tok_ui_program_run (TokUiProgram *self);
void tok_ui_program_activate (TokUiProgram *self, const char *action);
GtkWindow *tok_ui_program_find_window (GType type);
GtkWindow *tok_ui_program_wait_for_window (void);

G_END_DECLS
