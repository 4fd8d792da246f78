/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"

G_BEGIN_DECLS

gboolean tok_demo_state_load (const char *path, TokDemoOwner **owner, GError **error);
gboolean tok_demo_state_save (const char *path, TokDemoOwner *owner, GError **error);

G_END_DECLS
