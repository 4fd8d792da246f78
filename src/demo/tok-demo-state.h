/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"

G_BEGIN_DECLS

/**
 * TokDemoState:
 *
 * A file in which an owner is kept, of which nobody else writes a new one meanwhile.
 */
typedef struct _TokDemoState TokDemoState;

TokDemoState *tok_demo_state_new (const char *path);
void tok_demo_state_free (TokDemoState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoState, tok_demo_state_free)

gboolean tok_demo_state_load (TokDemoState *self, TokDemoOwner **owner, GError **error);
gboolean tok_demo_state_save (TokDemoState *self, TokDemoOwner *owner, GError **error);

G_END_DECLS
