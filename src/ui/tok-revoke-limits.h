/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_REVOKE_LIMITS (tok_revoke_limits_get_type ())
G_DECLARE_FINAL_TYPE (TokRevokeLimits, tok_revoke_limits, TOK, REVOKE_LIMITS, GtkWidget)

G_END_DECLS
