/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-wire.h"

G_BEGIN_DECLS

typedef struct _JsonBuilder JsonBuilder;
typedef struct _JsonNode JsonNode;
typedef struct _JsonObject JsonObject;

/* tok-wire.c */
JsonBuilder *tok_wire_begin_request (void);
void tok_wire_add_int (JsonBuilder *builder, const char *member, gint64 value);
void tok_wire_add_text (JsonBuilder *builder, const char *member, const char *value);
char *tok_wire_end_request (JsonBuilder *builder, gint64 req_id);

/* tok-wire-decode.c */
void tok_wire_set_garbled (GError **error);
JsonNode *tok_wire_find_data (const TokWireAnswer *answer, const char *call, GError **error);

/* tok-wire-read.c */
const char *tok_wire_peek_text (JsonNode *node);
char *tok_wire_dup_text (JsonObject *object, const char *member);
gboolean tok_wire_read_int (JsonObject *object, const char *member, gint64 *value);
gboolean tok_wire_read_flag (JsonObject *object, const char *member);
double tok_wire_read_double (JsonObject *object, const char *member);
gboolean tok_wire_read_use (JsonObject *object, const char *member, GDateTime **time);
TokScopes tok_wire_read_scopes (JsonObject *object, char ***unknown);

G_END_DECLS
