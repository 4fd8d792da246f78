/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "tok-token-maker.h"

G_BEGIN_DECLS

/**
 * TokReplaceOld:
 * @TOK_REPLACE_OLD_WORKS: It is there.
 * @TOK_REPLACE_OLD_GONE: It is deleted.
 * @TOK_REPLACE_OLD_UNKNOWN: It may be the one or the other.
 *
 * How the token stands that is being replaced.
 */
typedef enum {
  TOK_REPLACE_OLD_WORKS,
  TOK_REPLACE_OLD_GONE,
  TOK_REPLACE_OLD_UNKNOWN,
} TokReplaceOld;

/**
 * TokReplaceNew:
 * @TOK_REPLACE_NEW_NONE: There is none yet.
 * @TOK_REPLACE_NEW_COMING: It was asked for.
 * @TOK_REPLACE_NEW_LOST: It is there, and its secret is not.
 * @TOK_REPLACE_NEW_MADE: It is there.
 * @TOK_REPLACE_NEW_UNKNOWN: It may be there or not.
 *
 * How the token stands that takes its place.
 */
typedef enum {
  TOK_REPLACE_NEW_NONE,
  TOK_REPLACE_NEW_COMING,
  TOK_REPLACE_NEW_LOST,
  TOK_REPLACE_NEW_MADE,
  TOK_REPLACE_NEW_UNKNOWN,
} TokReplaceNew;

TokReplaceOld
tok_replace_old_from_state (TokTokenMakerState state, gboolean is_gone, gboolean at_once);
TokReplaceNew tok_replace_new_from_state (TokTokenMakerState state);

char *tok_replace_words_describe (const char *old_name,
                                  const char *new_name,
                                  TokReplaceOld old_token,
                                  TokReplaceNew new_token);
char *tok_replace_words_describe_way (const char *name, const char *ip, gboolean at_once);

G_END_DECLS
