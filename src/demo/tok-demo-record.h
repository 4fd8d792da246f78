/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-demo-owner.h"

G_BEGIN_DECLS

char *tok_demo_record_write (TokDemoOwner *owner);
TokDemoOwner *tok_demo_record_read (const char *text, gsize length, GError **error);

G_END_DECLS
