/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tok_character_is_unseen (const char *text, const char *at);
gboolean tok_character_reads_from_right (gunichar character);

G_END_DECLS
