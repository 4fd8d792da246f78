/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-delete-question.h"

#include "tok-grant.h"
#include "tok-question.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

static const char *
describe_loss (TokAccessLevel level)
{
  switch (level) {
  case TOK_ACCESS_LEVEL_VIEW:
    return _ ("Programs that look at your account with it can’t any more.");
  case TOK_ACCESS_LEVEL_TRADE:
    return _ ("Programs that trade with it stop at once. Positions that they have opened stay "
              "open.");
  case TOK_ACCESS_LEVEL_MONEY:
    return _ ("Programs that move money with it can’t any more. Positions that they have opened "
              "stay open.");
  case TOK_ACCESS_LEVEL_NONE:
  case TOK_ACCESS_LEVEL_FULL:
  case TOK_ACCESS_LEVEL_UNKNOWN:
  default:
    return _ ("Programs that use it stop working at once. Positions that they have opened stay "
              "open.");
  }
}

static const char *
describe_own (TokGrant *grant, gboolean may_be_own)
{
  if (tok_grant_get_is_this_program (grant))
    return _ ("This program is signed in with it: you will be signed out, and need another token "
              "to sign in again.");
  if (may_be_own)
    return _ ("It may be the one that this program is signed in with. Then you will be signed out, "
              "and need another token to sign in again.");
  return NULL;
}

static char *
describe_deletion (TokGrant *grant, gboolean may_be_own, GDateTime *now)
{
  g_autofree char *last_used = tok_text_from_last_used (tok_grant_get_last_used (grant),
                                                        tok_grant_get_is_use_known (grant), now);
  /* Translators: %s is "Used 2 hours ago", "Never used" or "Last use not known". */
  g_autofree char *end = g_strdup_printf (_ ("%s. It can’t be brought back."), last_used);

  return g_strjoin ("\n\n", describe_loss (tok_grant_get_level (grant)), end,
                    describe_own (grant, may_be_own), NULL);
}

/**
 * tok_delete_question_new:
 * @parent: The window that it belongs to.
 * @grant: A token.
 * @may_be_own: Whether it may be the one that this program is signed in with.
 * @now: The time now.
 *
 * Returns: (transfer none): A [func@question_new] whether @grant is to be deleted, which says what
 *   that means.
 */
GtkWidget *
tok_delete_question_new (GtkWindow *parent, TokGrant *grant, gboolean may_be_own, GDateTime *now)
{
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (TOK_IS_GRANT (grant), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  name = tok_text_quote_name (tok_grant_get_name (grant));
  /* Translators: %s is the name of a token. */
  heading = g_strdup_printf (_ ("Delete “%s”?"), name);
  body = describe_deletion (grant, may_be_own, now);
  return tok_question_new (parent, heading, body, _ ("Cancel"), _ ("Delete"));
}
