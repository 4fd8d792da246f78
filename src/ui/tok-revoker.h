/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokSession TokSession;

#define TOK_TYPE_REVOKER (tok_revoker_get_type ())
G_DECLARE_FINAL_TYPE (TokRevoker, tok_revoker, TOK, REVOKER, GObject)

TokRevoker *tok_revoker_new (void);

void tok_revoker_set_session (TokRevoker *self, TokSession *session);
void tok_revoker_revoke (TokRevoker *self, TokGrant *grant, GtkWindow *parent);

G_END_DECLS
