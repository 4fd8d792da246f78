/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *tok_demo_frame_new_text (const char *text, gboolean masked);
GBytes *tok_demo_frame_new_close (guint16 code);

G_END_DECLS
