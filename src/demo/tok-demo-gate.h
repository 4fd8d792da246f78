/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-log.h"
#include "tok-demo-outcome.h"
#include "tok-demo-owner.h"

G_BEGIN_DECLS

/**
 * TokDemoGate:
 *
 * Leads each request through the steps of PROTOCOL 1.4, in their order.
 */
typedef struct _TokDemoGate TokDemoGate;

TokDemoGate *tok_demo_gate_new (TokDemoOwner *owner);
void tok_demo_gate_free (TokDemoGate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoGate, tok_demo_gate_free)

void tok_demo_gate_set_limits (TokDemoGate *self, gboolean limits);
void tok_demo_gate_set_minute (TokDemoGate *self, guint n_calls, gint64 length);
void tok_demo_gate_set_masks (TokDemoGate *self, gboolean masks);
void tok_demo_gate_set_max_answer (TokDemoGate *self, gsize max_answer);
void tok_demo_gate_set_log (TokDemoGate *self, TokDemoLog *log);
void tok_demo_gate_set_updating (TokDemoGate *self, gboolean updating);
char *tok_demo_gate_dup_status (TokDemoGate *self, const TokDemoSession *session);
TokDemoFaults *tok_demo_gate_get_faults (TokDemoGate *self);
guint tok_demo_gate_get_n_calls (TokDemoGate *self, const char *name);

TokDemoRequest *
tok_demo_gate_admit (TokDemoGate *self, TokDemoSession *session, const char *text, gsize length);
TokDemoOutcome *
tok_demo_gate_perform (TokDemoGate *self, TokDemoSession *session, TokDemoRequest *request);

G_END_DECLS
