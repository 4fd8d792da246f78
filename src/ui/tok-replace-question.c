/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-question.h"

#include "tok-question.h"
#include "tok-sentence.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/**
 * tok_replace_question_new:
 * @parent: (nullable): The window that it belongs to.
 * @name: The name of the token that is to be replaced; foreign text.
 * @scopes: What the new one is to be allowed.
 *
 * Says the price of replacing a token in one request, and where @scopes are much, what whoever has
 * the new one can do.
 *
 * Returns: (transfer none): A [func@question_new], to be presented.
 */
GtkWidget *
tok_replace_question_new (GtkWindow *parent, const char *name, TokScopes scopes)
{
  g_autofree char *quoted = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  quoted = tok_text_quote_name (name);
  /* Translators: %s is the name of a token. */
  heading = g_strdup_printf (_ ("Replace “%s” Now?"), quoted);
  body = g_strjoin ("\n\n",
                    _ ("Its old secret stops working at once, wherever it is used. Programs need "
                       "the new one to go on."),
                    _ ("The service deletes first. Should it then fail to create the new token, "
                       "there is neither until you try again."),
                    tok_sentence_for_holder (scopes), NULL);
  return tok_question_new (parent, heading, body, _ ("Go Back"), _ ("Replace"));
}

/**
 * tok_replace_question_new_unanswered:
 * @parent: (nullable): The window that it belongs to.
 * @name: The name of the token that is being replaced; foreign text.
 *
 * Returns: (transfer none): A [func@question_new] whether to close before the service has answered.
 */
GtkWidget *
tok_replace_question_new_unanswered (GtkWindow *parent, const char *name)
{
  g_autofree char *quoted = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  quoted = tok_text_quote_name (name);
  /* Translators: %s is the name of a token. */
  body = g_strdup_printf (_ ("“%s” may be replaced all the same, and the new secret would be lost. "
                             "The list will show it."),
                          quoted);
  return tok_question_new (parent, _ ("Close before the Service Has Answered?"), body,
                           _ ("Go Back"), _ ("Close"));
}
