/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-scopes.h"

G_BEGIN_DECLS

const char *tok_sentence_from_error (const GError *error);
char *tok_sentence_for_failed_revoke (const GError *error, gboolean is_token);
char *tok_sentence_for_failed_create (const GError *error);
char *tok_sentence_for_failed_replace (const GError *error);
char *tok_sentence_for_failed_log_out (const GError *error);
char *tok_sentence_for_failed_forget (const GError *error);
const char *tok_sentence_for_failed_copy (const GError *error);
char *tok_sentence_for_token_text (const char *text);
char *tok_sentence_for_found_text (const char *text);
const char *tok_sentence_for_holder (TokScopes scopes);
char *tok_sentence_with_detail (const GError *error);

G_END_DECLS
