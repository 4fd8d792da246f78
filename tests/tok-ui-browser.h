/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-ui-stage.h"

G_BEGIN_DECLS

/* What is there where the program opens a page, and somebody who answers what the page asks. */

#define TOK_UI_BROWSER_APP_ID "4711"
#define TOK_UI_BROWSER_N_ACCOUNTS 3

void tok_ui_browser_install (void);
void tok_ui_browser_remove (void);
gboolean tok_ui_browser_is_missing (void);
char *tok_ui_browser_wait_for_page (void);
char *tok_ui_browser_answer (const char *page, gboolean allow);

char *tok_ui_browser_dup_state (const char *page);
TokSession *tok_ui_browser_sign_in (TokUiStage *stage);

G_END_DECLS
