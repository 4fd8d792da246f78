/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

#define TOK_TYPE_REVOKE_BOX (tok_revoke_box_get_type ())
G_DECLARE_FINAL_TYPE (TokRevokeBox, tok_revoke_box, TOK, REVOKE_BOX, GtkWidget)

G_END_DECLS
