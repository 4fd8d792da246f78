/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-world.h"

G_BEGIN_DECLS

/**
 * TokWorldCommands:
 *
 * What a session was told to do, and what came of it.
 */
typedef struct _TokWorldCommands TokWorldCommands;

TokWorldCommands *tok_world_commands_new (TokWorld *world);
void tok_world_commands_free (TokWorldCommands *self);

void tok_world_sign_in (TokWorldCommands *self, TokWorldSecret secret);
void tok_world_log_out (TokWorldCommands *self);
void tok_world_create (TokWorldCommands *self);
void tok_world_replace (TokWorldCommands *self);
void tok_world_revoke (TokWorldCommands *self, gboolean is_token);
void tok_world_revoke_many (TokWorldCommands *self, gboolean is_tokens);
void tok_world_stop_many (TokWorldCommands *self);
void tok_world_let_go_of_many (TokWorldCommands *self);
void tok_world_cancel (TokWorldCommands *self);

gboolean tok_world_is_busy (TokWorldCommands *self);
void tok_world_assert_claims (TokWorldCommands *self, GPtrArray *tokens, GPtrArray *apps);

G_END_DECLS
