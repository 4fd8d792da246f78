/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-fault.h"

G_BEGIN_DECLS

/**
 * TokDemoTypes:
 *
 * The types of JSON values that a member may have.
 */
typedef enum {
  TOK_DEMO_INTEGER = 1 << 0,
  TOK_DEMO_NUMBER = 1 << 1,
  TOK_DEMO_STRING = 1 << 2,
  TOK_DEMO_ARRAY = 1 << 3,
  TOK_DEMO_OBJECT = 1 << 4,
} TokDemoTypes;

/**
 * TokDemoMember:
 * @name: Its name; %NULL ends a table.
 * @types: What it may be; the items of an array are strings.
 * @required: Whether it must be there.
 * @pattern: (nullable): What a string, or each item, must match.
 * @choices: (nullable): What an integer, a string, or each item, may be, as text.
 * @minimum: The least that a number may be, unless @maximum is 0.
 * @maximum: The most that a number may be, unless it is 0.
 * @max_items: How many items an array may have, unless it is 0.
 * @unique: Whether no item may come twice.
 *
 * One member of a request, as its published schema has it.
 */
typedef struct {
  const char *name;
  TokDemoTypes types;
  gboolean required;
  const char *pattern;
  const char *const *choices;
  double minimum;
  double maximum;
  guint max_items;
  gboolean unique;
} TokDemoMember;

JsonNode *tok_demo_schema_coerce (JsonNode *node, TokDemoTypes types);
JsonObject *tok_demo_schema_check (const TokDemoMember *name,
                                   const TokDemoMember *members,
                                   JsonObject *sent,
                                   TokDemoFault **fault);

G_END_DECLS
