/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-error.h"

G_BEGIN_DECLS

TokError tok_wire_error_from_code (const char *code);

G_END_DECLS
