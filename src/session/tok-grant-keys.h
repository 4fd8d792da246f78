/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

/**
 * TokGrantKeys:
 * @collation: (nullable): What the name sorts by.
 * @text: (nullable): What is searched.
 *
 * What sorting and searching a long list would otherwise make again and again. A grant holds it,
 * and forgets it when the service lists it differently.
 */
typedef struct {
  char *collation;
  char *text;
} TokGrantKeys;

void tok_grant_keys_clear (TokGrantKeys *self);

char *tok_grant_keys_fold (const char *text);
const char *tok_grant_keys_get_collation (TokGrant *grant);
const char *tok_grant_keys_get_text (TokGrant *grant);

G_END_DECLS
