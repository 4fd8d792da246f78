/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-question.h"

#include "tok-grant.h"
#include "tok-question.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/**
 * tok_revoke_question_new:
 * @parent: The window that it belongs to.
 * @grant: The app that this program is signed in by.
 *
 * Returns: (transfer none): A [func@question_new] whether the access of @grant is to be taken away,
 *   which says what that means. Of no other app is that asked.
 */
GtkWidget *
tok_revoke_question_new (GtkWindow *parent, TokGrant *grant)
{
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (TOK_IS_GRANT (grant), NULL);

  name = tok_text_quote_name (tok_grant_get_name (grant));
  /* Translators: %s is the name of an app. */
  heading = g_strdup_printf (_ ("Revoke access for “%s”?"), name);
  return tok_question_new (
      parent, heading,
      _ ("This program is signed in by it: you will be signed out of all accounts that the browser "
         "has brought, and can sign in again at any time."),
      _ ("Go Back"), _ ("Revoke access"));
}
