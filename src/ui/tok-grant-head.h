/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;

#define TOK_TYPE_GRANT_HEAD (tok_grant_head_get_type ())
G_DECLARE_FINAL_TYPE (TokGrantHead, tok_grant_head, TOK, GRANT_HEAD, GtkWidget)

G_END_DECLS
