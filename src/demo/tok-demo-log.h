/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-request.h"
#include "tok-demo-session.h"

G_BEGIN_DECLS

#define TOK_DEMO_LOG_DONE "done"
#define TOK_DEMO_LOG_NOT_DONE "not-done"
#define TOK_DEMO_LOG_CLOSED "closed"

/**
 * TokDemoLog:
 *
 * Writes a line of JSON for each call, without secrets and without what lists show.
 */
typedef struct _TokDemoLog TokDemoLog;

TokDemoLog *tok_demo_log_new (const char *path, GError **error);
void tok_demo_log_free (TokDemoLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoLog, tok_demo_log_free)

void tok_demo_log_write (TokDemoLog *self,
                         const TokDemoSession *session,
                         const TokDemoRequest *request,
                         const char *outcome,
                         const char *fault);

G_END_DECLS
