/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-secret.h"

G_BEGIN_DECLS

/**
 * TokTokenText:
 * @TOK_TOKEN_TEXT_EMPTY: There is nothing in it.
 * @TOK_TOKEN_TEXT_API: It looks like an API token.
 * @TOK_TOKEN_TEXT_BROWSER: It looks like what an app got for a session in a browser.
 * @TOK_TOKEN_TEXT_NEW_PLATFORM: It is of the new platform, where this program can do nothing.
 * @TOK_TOKEN_TEXT_INCOMPLETE: An API token could begin so.
 * @TOK_TOKEN_TEXT_UNUSUAL: It looks like none of these, but a service could take it.
 * @TOK_TOKEN_TEXT_IMPOSSIBLE: No service takes it: a wrong character, or too many.
 *
 * What a text looks like that somebody gave as a token.
 */
typedef enum {
  TOK_TOKEN_TEXT_EMPTY,
  TOK_TOKEN_TEXT_API,
  TOK_TOKEN_TEXT_BROWSER,
  TOK_TOKEN_TEXT_NEW_PLATFORM,
  TOK_TOKEN_TEXT_INCOMPLETE,
  TOK_TOKEN_TEXT_UNUSUAL,
  TOK_TOKEN_TEXT_IMPOSSIBLE,
} TokTokenText;

TokSecret *tok_token_text_dup_trimmed (const char *text);
TokTokenText tok_token_text_classify (const char *text);

G_END_DECLS
