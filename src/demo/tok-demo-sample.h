/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"

G_BEGIN_DECLS

/* What a long list may have, so that it fits into a message of 1 MiB. */
#define TOK_DEMO_SAMPLE_MIN_TOKENS 6
#define TOK_DEMO_SAMPLE_MAX_TOKENS 7500

#define TOK_DEMO_SAMPLE_N_ACCOUNTS 3

TokDemoOwner *tok_demo_sample_new_owner (const char *secret);
void tok_demo_sample_add_tokens (TokDemoOwner *owner, guint n);
TokDemoAccount *tok_demo_sample_new_account (const char *login_id, gint64 start);
TokDemoApp *tok_demo_sample_new_app (gint64 app_id);

G_END_DECLS
