/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOK_TOKEN_NAME_MIN 2
#define TOK_TOKEN_NAME_MAX 32
#define TOK_MAX_TOKENS 30

/**
 * TokTokenNameFault:
 * @TOK_TOKEN_NAME_OK: The service takes it, if no other token is called so.
 * @TOK_TOKEN_NAME_EMPTY: There is nothing in it.
 * @TOK_TOKEN_NAME_SHORT: It has fewer than two characters.
 * @TOK_TOKEN_NAME_LONG: It has more than 32 characters.
 * @TOK_TOKEN_NAME_CHARACTER: It holds something else than letters, digits, spaces and "_".
 *
 * What is wrong with the name of a token.
 */
typedef enum {
  TOK_TOKEN_NAME_OK,
  TOK_TOKEN_NAME_EMPTY,
  TOK_TOKEN_NAME_SHORT,
  TOK_TOKEN_NAME_LONG,
  TOK_TOKEN_NAME_CHARACTER,
} TokTokenNameFault;

/**
 * TokTokenNameIsTaken:
 * @name: A name.
 * @user_data: What was given with the function.
 *
 * Returns: Whether @name is not to be had.
 */
typedef gboolean (*TokTokenNameIsTaken) (const char *name, gpointer user_data);

char *tok_token_name_dup_trimmed (const char *text);
TokTokenNameFault tok_token_name_check (const char *name);
gboolean tok_token_name_equal (const char *a, const char *b);
char *tok_token_name_propose (const char *name, TokTokenNameIsTaken is_taken, gpointer user_data);

G_END_DECLS
