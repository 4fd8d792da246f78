/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-request.h"

G_BEGIN_DECLS

/**
 * TokDemoMishapKind:
 * @TOK_DEMO_MISHAP_DROP: The connection goes without a word.
 * @TOK_DEMO_MISHAP_SILENCE: No answer comes.
 * @TOK_DEMO_MISHAP_CLOSE: A close frame comes in place of the answer.
 * @TOK_DEMO_MISHAP_ERROR: An error is answered, and nothing is done.
 * @TOK_DEMO_MISHAP_DELAY: The call is done and answered later; those behind it don't wait.
 * @TOK_DEMO_MISHAP_GARBAGE: Some text comes in place of the answer.
 * @TOK_DEMO_MISHAP_WRONG_ID: The answer has another `req_id`.
 * @TOK_DEMO_MISHAP_NO_ID: The answer has no `req_id`.
 * @TOK_DEMO_MISHAP_TWICE: The answer comes twice.
 * @TOK_DEMO_MISHAP_UNSOLICITED: A message that nobody asked for comes before the answer.
 * @TOK_DEMO_MISHAP_MASKED: The answer comes in a masked frame, which no server may send.
 * @TOK_DEMO_MISHAP_HALF: Half of the answer's frame comes, and then the connection goes.
 *
 * What can go wrong with a call.
 */
typedef enum {
  TOK_DEMO_MISHAP_DROP,
  TOK_DEMO_MISHAP_SILENCE,
  TOK_DEMO_MISHAP_CLOSE,
  TOK_DEMO_MISHAP_ERROR,
  TOK_DEMO_MISHAP_DELAY,
  TOK_DEMO_MISHAP_GARBAGE,
  TOK_DEMO_MISHAP_WRONG_ID,
  TOK_DEMO_MISHAP_NO_ID,
  TOK_DEMO_MISHAP_TWICE,
  TOK_DEMO_MISHAP_UNSOLICITED,
  TOK_DEMO_MISHAP_MASKED,
  TOK_DEMO_MISHAP_HALF,
} TokDemoMishapKind;

/**
 * TokDemoMishap:
 * @kind: What goes wrong.
 * @name: How a fault names it; static.
 * @before: Whether it happens before the call is done, which then isn't.
 * @number: A close code, milliseconds, or what is added to a `req_id`.
 * @code: (nullable): The code of an error.
 * @text: (nullable): Its message, or what comes in place of the answer or before it.
 *
 * What goes wrong with one call.
 */
typedef struct {
  TokDemoMishapKind kind;
  const char *name;
  gboolean before;
  gint64 number;
  char *code;
  char *text;
} TokDemoMishap;

/**
 * TokDemoFaults:
 *
 * Says with which calls something goes wrong, and what.
 */
typedef struct _TokDemoFaults TokDemoFaults;

TokDemoFaults *tok_demo_faults_new (void);
void tok_demo_faults_free (TokDemoFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoFaults, tok_demo_faults_free)

gboolean tok_demo_faults_add (TokDemoFaults *self, const char *spec, GError **error);
void tok_demo_faults_clear (TokDemoFaults *self);
const TokDemoMishap *tok_demo_faults_take (TokDemoFaults *self, const TokDemoRequest *request);

G_END_DECLS
