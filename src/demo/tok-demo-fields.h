/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-scopes.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TokDemoFields:
 * @wrong: (nullable): The name of the first member that was missing or of another type.
 *
 * Reads members of JSON objects, and goes on where one is wrong as if it were empty, so that
 * whoever reads many looks only once whether all were right.
 */
typedef struct {
  const char *wrong;
} TokDemoFields;

void tok_demo_fields_fail (TokDemoFields *self, const char *name);
const char *tok_demo_fields_get_string (TokDemoFields *self, JsonObject *object, const char *name);
gint64 tok_demo_fields_get_integer (TokDemoFields *self, JsonObject *object, const char *name);
double tok_demo_fields_get_number (TokDemoFields *self, JsonObject *object, const char *name);
gboolean tok_demo_fields_get_boolean (TokDemoFields *self, JsonObject *object, const char *name);
JsonObject *tok_demo_fields_get_object (TokDemoFields *self, JsonObject *object, const char *name);
JsonArray *tok_demo_fields_get_array (TokDemoFields *self, JsonObject *object, const char *name);
guint tok_demo_fields_get_n_elements (JsonArray *array);
JsonObject *tok_demo_fields_get_element (TokDemoFields *self, JsonArray *array, guint i);
TokScopes tok_demo_fields_get_scopes (TokDemoFields *self, JsonObject *object, const char *name);

G_END_DECLS
