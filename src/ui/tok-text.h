/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tok_text_make_visible (const char *text, guint max_chars);
char *tok_text_from_name (const char *name);
char *tok_text_quote_name (const char *name);
char *tok_text_from_percentage (double percentage);
gboolean tok_text_is_ahead (GDateTime *last_used, GDateTime *now);
char *tok_text_from_last_used (GDateTime *last_used, gboolean is_known, GDateTime *now);
gboolean tok_text_is_long_ago (GDateTime *last_used, GDateTime *now);
char *tok_text_from_time (GDateTime *time);
char *tok_text_from_time_of_day (GDateTime *time);

G_END_DECLS
