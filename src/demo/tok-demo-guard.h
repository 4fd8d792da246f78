/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define TOK_TYPE_DEMO_GUARD (tok_demo_guard_get_type ())
G_DECLARE_FINAL_TYPE (TokDemoGuard, tok_demo_guard, TOK, DEMO_GUARD, SoupWebsocketExtension)

SoupWebsocketExtension *tok_demo_guard_new (gsize max_size);

G_END_DECLS
