/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokNameWarning:
 * @TOK_NAME_WARNING_NONE: Nothing is wrong with it.
 * @TOK_NAME_WARNING_DERIV: It holds "Deriv", or what looks like that.
 * @TOK_NAME_WARNING_BINARY: It holds "Binary", the operator's former name, or what looks like that.
 * @TOK_NAME_WARNING_HIDDEN: It holds characters that can't be seen, or that move others around.
 * @TOK_NAME_WARNING_MIXED: A word of it is written in letters of several alphabets that look alike.
 *
 * How a name may lead somebody astray who reads it.
 */
typedef enum {
  TOK_NAME_WARNING_NONE,
  TOK_NAME_WARNING_DERIV,
  TOK_NAME_WARNING_BINARY,
  TOK_NAME_WARNING_HIDDEN,
  TOK_NAME_WARNING_MIXED,
} TokNameWarning;

TokNameWarning tok_name_check (const char *name);

G_END_DECLS
