/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TOK_TYPE_SCOPE_ROW (tok_scope_row_get_type ())
G_DECLARE_FINAL_TYPE (TokScopeRow, tok_scope_row, TOK, SCOPE_ROW, AdwActionRow)

G_END_DECLS
