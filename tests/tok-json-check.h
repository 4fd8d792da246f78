/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-json-scan.h"

G_BEGIN_DECLS

#define TOK_JSON_CHECK_MAX_SIZE 600000

void tok_json_check_init (void);
void tok_json_check_finish (void);

TokJsonFault tok_json_check_scan (const char *text, gsize length);
TokJsonFault
tok_json_check_scan_within (const char *text, gsize length, guint max_depth, gsize max_size);

gboolean tok_json_check_matches (const char *text, gsize length);
void tok_json_check_assert_parses (const char *text, gsize length);

G_END_DECLS
