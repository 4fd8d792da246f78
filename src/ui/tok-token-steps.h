/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TOK_TYPE_TOKEN_STEPS (tok_token_steps_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenSteps, tok_token_steps, TOK, TOKEN_STEPS, GtkWidget)

G_END_DECLS
