/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _TokSession TokSession;
typedef struct _TokToken TokToken;

#define TOK_TYPE_KEEP_ROW (tok_keep_row_get_type ())
G_DECLARE_FINAL_TYPE (TokKeepRow, tok_keep_row, TOK, KEEP_ROW, AdwActionRow)

void tok_keep_row_set_token (TokKeepRow *self, TokSession *session, TokToken *token);
gboolean tok_keep_row_get_is_kept (TokKeepRow *self);

G_END_DECLS
