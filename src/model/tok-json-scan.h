/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOK_JSON_MAX_DEPTH 32

/**
 * TokJsonFault:
 * @TOK_JSON_OK: The text is one JSON value (RFC 8259), and may be parsed.
 * @TOK_JSON_SYNTAX: It is no JSON.
 * @TOK_JSON_ENCODING: It is no UTF-8, or escapes what a string of C can't hold: half of a
 *   surrogate pair, or NUL.
 * @TOK_JSON_DEPTH: Arrays and objects are nested too deeply.
 * @TOK_JSON_SIZE: It is too long.
 * @TOK_JSON_RANGE: A number doesn't fit: an integer beyond 64 bits, or a fraction of 1e308 and up.
 *
 * Why a text is not fit to be parsed.
 */
typedef enum {
  TOK_JSON_OK,
  TOK_JSON_SYNTAX,
  TOK_JSON_ENCODING,
  TOK_JSON_DEPTH,
  TOK_JSON_SIZE,
  TOK_JSON_RANGE,
} TokJsonFault;

TokJsonFault tok_json_scan (const char *text, gsize length, guint max_depth, gsize max_size);

G_END_DECLS
