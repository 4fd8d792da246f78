/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

#define TOK_TYPE_REVOKE_BUTTON (tok_revoke_button_get_type ())
G_DECLARE_FINAL_TYPE (TokRevokeButton, tok_revoke_button, TOK, REVOKE_BUTTON, GtkWidget)

void tok_revoke_button_set_grant (TokRevokeButton *self, TokGrant *grant);
void tok_revoke_button_set_can_revoke (TokRevokeButton *self, gboolean can_revoke);
const char *tok_revoke_button_get_reason (TokRevokeButton *self);

G_END_DECLS
