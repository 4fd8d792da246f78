/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TOK_TYPE_PRESET_ROW (tok_preset_row_get_type ())
G_DECLARE_FINAL_TYPE (TokPresetRow, tok_preset_row, TOK, PRESET_ROW, AdwActionRow)

G_END_DECLS
