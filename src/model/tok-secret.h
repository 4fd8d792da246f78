/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

void tok_secret_free (char *secret);
void tok_secret_wipe (char *secret);

/**
 * TokSecret:
 *
 * A `char *` that is wiped before it is freed; use it with `g_autoptr (TokSecret)`.
 */
typedef char TokSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokSecret, tok_secret_free)

G_END_DECLS
