/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"

G_BEGIN_DECLS

TokDemoOwner *tok_demo_sample_new_owner (const char *secret);
TokDemoApp *tok_demo_sample_new_app (gint64 app_id);

G_END_DECLS
