/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-create-question.h"

#include "tok-question.h"

#include <glib/gi18n-lib.h>

static const char *
describe_account (gboolean is_virtual)
{
  return is_virtual ? _ ("This is a demo account: what can be lost in it is not money.") : NULL;
}

static char *
describe_payments (gboolean is_virtual)
{
  return g_strjoin (
      "\n\n",
      _ ("Whoever has this token can move money between your accounts and withdraw all of it "
         "through payment agents."),
      describe_account (is_virtual), NULL);
}

/* It has all other permissions by a way around. */
static char *
describe_admin (gboolean is_virtual)
{
  return g_strjoin ("\n\n",
                    _ ("Whoever has this token can create tokens with any permission, and through "
                       "them trade with your money, move it and withdraw all of it."),
                    _ ("It can also delete your other tokens and revoke your connected apps."),
                    describe_account (is_virtual), NULL);
}

/**
 * tok_create_question_is_due:
 * @scopes: What a new token is to be allowed.
 *
 * Returns: Whether its holder could get at the money, so that nobody is to create it by the way.
 */
gboolean
tok_create_question_is_due (TokScopes scopes)
{
  return (scopes & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN)) != 0;
}

/**
 * tok_create_question_new:
 * @parent: (nullable): The window that it belongs to.
 * @scopes: What a new token is to be allowed; [func@create_question_is_due] of it.
 * @is_virtual: Whether it is for a demo account of the service.
 *
 * Says what @scopes mean for the money, before the token is created. Return and Escape go back.
 *
 * Returns: (transfer none): An AdwMessageDialog, to be presented; [func@question_is_other] tells
 *   whether it was answered with a yes.
 */
GtkWidget *
tok_create_question_new (GtkWindow *parent, TokScopes scopes, gboolean is_virtual)
{
  g_autofree char *body = NULL;
  gboolean is_full = (scopes & TOK_SCOPE_ADMIN) != 0;
  GtkWidget *self;

  g_return_val_if_fail (tok_create_question_is_due (scopes), NULL);

  body = is_full ? describe_admin (is_virtual) : describe_payments (is_virtual);
  self = tok_question_new (
      parent, is_full ? _ ("Give Full Control of the Account?") : _ ("Let It Take Out Your Money?"),
      body, _ ("Go Back"), NULL);
  tok_question_add_other (self, is_full ? _ ("Give Full Control") : _ ("Let It Move Money"));
  return self;
}

/**
 * tok_create_question_new_discard:
 * @parent: (nullable): The window that it belongs to.
 *
 * Returns: (transfer none): A [func@question_new] whether to close a form that somebody has begun
 * to fill in.
 */
GtkWidget *
tok_create_question_new_discard (GtkWindow *parent)
{
  return tok_question_new (parent, _ ("Discard What You Typed?"),
                           _ ("Next time the form will be empty again."), _ ("Go Back"),
                           _ ("Discard"));
}

/**
 * tok_create_question_new_unanswered:
 * @parent: (nullable): The window that it belongs to.
 *
 * Returns: (transfer none): A [func@question_new] whether to close before the service has answered.
 */
GtkWidget *
tok_create_question_new_unanswered (GtkWindow *parent)
{
  return tok_question_new (parent, _ ("Close before the Service Has Answered?"),
                           _ ("The token may be created all the same, and its secret would be "
                              "lost. The list will show it."),
                           _ ("Go Back"), _ ("Close"));
}

/**
 * tok_create_question_new_uncopied:
 * @parent: (nullable): The window that it belongs to.
 * @has_shown_qr: Whether a phone may have read the secret.
 *
 * Returns: (transfer none): A [func@question_new] whether to close before there is a copy of the
 * secret.
 */
GtkWidget *
tok_create_question_new_uncopied (GtkWindow *parent, gboolean has_shown_qr)
{
  return tok_question_new (
      parent, _ ("Close without a Copy?"),
      has_shown_qr
          ? _ ("The secret will never be shown again. Close only if your phone has read the QR "
               "code, which nobody here can tell.")
          : _ ("The secret will never be shown again. Without it the token is of no use to "
               "anybody."),
      _ ("Go Back"), _ ("Close"));
}
