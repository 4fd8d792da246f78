/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "tok-grant.h"
#include "tok-token-text.h"

G_BEGIN_DECLS

typedef struct _TokAccount TokAccount;
typedef struct _TokTokenProbe TokTokenProbe;

/**
 * TokFoundToken:
 * @TOK_FOUND_TOKEN_ANY: Nobody expected a certain one.
 * @TOK_FOUND_TOKEN_EXPECTED: It is the one that was expected.
 * @TOK_FOUND_TOKEN_PERHAPS: It can be that one, and nobody can tell.
 * @TOK_FOUND_TOKEN_OTHER: It is another one.
 *
 * What a token that works turned out to be.
 */
typedef enum {
  TOK_FOUND_TOKEN_ANY,
  TOK_FOUND_TOKEN_EXPECTED,
  TOK_FOUND_TOKEN_PERHAPS,
  TOK_FOUND_TOKEN_OTHER,
} TokFoundToken;

TokFoundToken
tok_found_token_words_judge (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner);
char *tok_found_token_words_dup_title (TokGrant *tested);
char *tok_found_token_words_dup_intro (TokGrant *tested, gboolean is_kept);
char *tok_found_token_words_dup_heading (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner);
char *tok_found_token_words_dup_row (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner);
char *tok_found_token_words_dup_way_on (TokTokenProbe *probe);
char *tok_found_token_words_dup_failure (const GError *error, TokTokenText text);

G_END_DECLS
