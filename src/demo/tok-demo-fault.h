/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TokDemoFault:
 * @code: What clients tell it by.
 * @message: What people read.
 * @details: (nullable): Path of a member to what is wrong with it.
 *
 * Why a request is refused: the error member of an answer (PROTOCOL 1.3).
 */
typedef struct {
  char *code;
  char *message;
  JsonObject *details;
} TokDemoFault;

TokDemoFault *tok_demo_fault_new (const char *code, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tok_demo_fault_free (TokDemoFault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoFault, tok_demo_fault_free)

G_END_DECLS
