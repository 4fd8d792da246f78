/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-good-service.h"

G_BEGIN_DECLS

/**
 * TokFault:
 * @name: What it is called.
 * @spoil: What the service does in place of an answer.
 * @code: The code with which it refuses, if it does.
 * @may_be_done: Whether what was asked may be done all the same.
 * @is_silent: Whether no answer comes.
 * @is_end: Whether the connection ends.
 *
 * A way in which a call can end.
 */
typedef struct {
  const char *name;
  TokGoodServiceSpoil spoil;
  const char *code;
  gboolean may_be_done;
  gboolean is_silent;
  gboolean is_end;
} TokFault;

GArray *tok_faults_list (void);

G_END_DECLS
