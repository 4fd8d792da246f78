/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_TOKEN_ACTIONS (tok_token_actions_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenActions, tok_token_actions, TOK, TOKEN_ACTIONS, GtkWidget)

G_END_DECLS
