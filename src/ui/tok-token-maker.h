/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _TokGrant TokGrant;
typedef struct _TokTokenForm TokTokenForm;

/**
 * TokTokenMakerState:
 * @TOK_TOKEN_MAKER_IDLE: There is no new token.
 * @TOK_TOKEN_MAKER_WORKING: The service was asked for it.
 * @TOK_TOKEN_MAKER_MADE: It is there.
 * @TOK_TOKEN_MAKER_LOST: It is there, but nobody has its secret.
 * @TOK_TOKEN_MAKER_UNCONFIRMED: Nobody knows whether it is there.
 *
 * How the token stands that a [class@TokenMaker] is for.
 */
typedef enum {
  TOK_TOKEN_MAKER_IDLE,
  TOK_TOKEN_MAKER_WORKING,
  TOK_TOKEN_MAKER_MADE,
  TOK_TOKEN_MAKER_LOST,
  TOK_TOKEN_MAKER_UNCONFIRMED,
} TokTokenMakerState;

#define TOK_TYPE_TOKEN_MAKER (tok_token_maker_get_type ())
G_DECLARE_FINAL_TYPE (TokTokenMaker, tok_token_maker, TOK, TOKEN_MAKER, GtkWidget)

TokTokenForm *tok_token_maker_get_form (TokTokenMaker *self);
TokTokenMakerState tok_token_maker_get_state (TokTokenMaker *self);
gboolean tok_token_maker_get_has_made (TokTokenMaker *self);
TokGrant *tok_token_maker_get_replaced (TokTokenMaker *self);
void tok_token_maker_set_replaced (TokTokenMaker *self, TokGrant *replaced);
gboolean tok_token_maker_get_can_make (TokTokenMaker *self);
void tok_token_maker_make (TokTokenMaker *self);
gboolean tok_token_maker_is_asking (TokTokenMaker *self);
GtkWidget *tok_token_maker_new_close_question (TokTokenMaker *self);

G_END_DECLS
