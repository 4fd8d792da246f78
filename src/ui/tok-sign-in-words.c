/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page to sign in at says, depending on what it is for. */

#include "tok-sign-in-words.h"

#include "tok-account.h"
#include "tok-address.h"
#include "tok-closures.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/**
 * tok_sign_in_words_dup_heading:
 * @again: (nullable): The account to sign in to once more; %NULL for any.
 * @is_first: Whether there is no account yet.
 *
 * Returns: (transfer full): What the page is for.
 */
char *
tok_sign_in_words_dup_heading (TokAccount *again, gboolean is_first)
{
  g_autofree char *login_id = NULL;

  if (again == NULL)
    return g_strdup (is_first ? _ ("Token Manager") : _ ("Add an Account"));
  login_id = tok_closure_describe_account (NULL, again);
  /* Translators: %s is the login id of an account. */
  return g_strdup_printf (_ ("Sign In to %s Again"), login_id);
}

/**
 * tok_sign_in_words_get_intro:
 * @again: (nullable): The account to sign in to once more; %NULL for any.
 * @is_first: Whether there is no account yet.
 *
 * Returns: (transfer none): What to know before signing in.
 */
const char *
tok_sign_in_words_get_intro (TokAccount *again, gboolean is_first)
{
  if (again != NULL)
    return _ ("Paste a token of this account. The new one takes the place of the old one here.");
  if (is_first)
    return _ ("See which API tokens and connected apps may use your Deriv account, and what each "
              "of them can do. Create tokens that permit no more than they must. Take access away "
              "again with one click.");
  return _ ("Each account has tokens of its own. Paste one of the account that you want to add.");
}

/**
 * tok_sign_in_words_dup_service:
 * @address: Where the service is, from [func@address_check].
 * @can_keep: Whether tokens can be kept for the next start.
 *
 * Returns: (transfer full): Where a token goes that is pasted.
 */
char *
tok_sign_in_words_dup_service (const char *address, gboolean can_keep)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *service = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *place = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_return_val_if_fail (uri != NULL, NULL);
  service = tok_address_dup_service (address);
  usual = tok_address_dup_service (TOK_ADDRESS_DEFAULT);
  place = g_uri_get_port (uri) > 0
              ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri))
              : g_strdup (g_uri_get_host (uri));
  if (g_str_equal (service, usual))
    /* Translators: %s is the name of a computer on the network. */
    sentence = g_strdup_printf (
        _ ("What you paste is sent to %s, the operator’s own service, and nowhere else."), place);
  else
    /* Translators: %s is the name of a computer on the network. */
    sentence = g_strdup_printf (
        _ ("This is not the operator’s own service: what you paste is sent to %s."), place);
  return g_strjoin (" ", sentence, can_keep ? NULL : _ ("It is forgotten when you quit."), NULL);
}
