/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TOK_TYPE_PREFERENCES (tok_preferences_get_type ())
G_DECLARE_FINAL_TYPE (TokPreferences, tok_preferences, TOK, PREFERENCES, AdwWindow)

GtkWindow *tok_preferences_new (GtkWindow *parent, GSettings *settings, gboolean can_keep);

G_END_DECLS
