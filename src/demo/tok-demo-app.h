/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

G_BEGIN_DECLS

/**
 * TokDemoApp:
 * @app_id: Its id.
 * @name: Its name; any text.
 * @scopes: What it asks for.
 * @last_used: In microseconds since 1970; 0 is never.
 * @official: Whether the operator made it.
 * @markup: What it adds to each contract, in percent.
 *
 * An app as the service keeps it (PROTOCOL 2.5).
 */
typedef struct {
  gint64 app_id;
  char *name;
  TokScopes scopes;
  gint64 last_used;
  gboolean official;
  double markup;
} TokDemoApp;

TokDemoApp *tok_demo_app_copy (const TokDemoApp *self);
void tok_demo_app_free (TokDemoApp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokDemoApp, tok_demo_app_free)

G_END_DECLS
