/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;

#define TOK_WIRE_MAX_MESSAGE (1024 * 1024)
#define TOK_WIRE_MAX_ROWS 10000

/**
 * TokWireAnswer:
 *
 * One message of the service, past its envelope (PROTOCOL 1.3).
 */
typedef struct _TokWireAnswer TokWireAnswer;

char *tok_wire_encode_ping (gint64 req_id);
char *tok_wire_encode_time (gint64 req_id);
char *tok_wire_encode_watch_status (gint64 req_id);
char *tok_wire_encode_authorize (gint64 req_id, const char *token);
char *tok_wire_encode_logout (gint64 req_id);
char *tok_wire_encode_list_tokens (gint64 req_id);
char *tok_wire_encode_create_token (gint64 req_id,
                                    const char *name,
                                    TokScopes scopes,
                                    gboolean only_current_ip);
char *tok_wire_encode_delete_token (gint64 req_id, const char *listed_value);
char *tok_wire_encode_replace_token (gint64 req_id,
                                     const char *listed_value,
                                     const char *name,
                                     TokScopes scopes,
                                     gboolean only_current_ip);
char *tok_wire_encode_list_apps (gint64 req_id);
char *tok_wire_encode_revoke_app (gint64 req_id, gint64 app_id);

TokWireAnswer *tok_wire_decode (const char *text, gsize length, GError **error);
void tok_wire_answer_free (TokWireAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokWireAnswer, tok_wire_answer_free)

gint64 tok_wire_answer_get_req_id (const TokWireAnswer *answer);
GError *tok_wire_answer_dup_error (const TokWireAnswer *answer);

gboolean tok_wire_answer_to_pong (const TokWireAnswer *answer, GError **error);
gint64 tok_wire_answer_to_time (const TokWireAnswer *answer, GError **error);
TokAccount *tok_wire_answer_to_account (const TokWireAnswer *answer, GError **error);
gboolean tok_wire_answer_to_logout (const TokWireAnswer *answer, GError **error);
GPtrArray *tok_wire_answer_to_tokens (const TokWireAnswer *answer, guint *n_unread, GError **error);
GPtrArray *tok_wire_answer_to_apps (const TokWireAnswer *answer, guint *n_unread, GError **error);
gboolean tok_wire_answer_to_revoked (const TokWireAnswer *answer, GError **error);

G_END_DECLS
