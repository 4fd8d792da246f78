/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-store-closures.h"

#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-session-closures.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

/* What ends a session is no fault of the list. */
static gboolean
is_of_session (const GError *error)
{
  if (error == NULL || error->domain != TOK_ERROR)
    return FALSE;
  switch (error->code) {
  case TOK_ERROR_SIGN_IN:
  case TOK_ERROR_ACCOUNT:
  case TOK_ERROR_OTHER_ACCOUNT:
  case TOK_ERROR_VAULT:
  case TOK_ERROR_VAULT_MISSING:
  case TOK_ERROR_VAULT_LOCKED:
  case TOK_ERROR_VAULT_DISMISSED:
  case TOK_ERROR_VAULT_FAILED:
  case TOK_ERROR_VAULT_AMBIGUOUS:
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * tok_closure_choose_store_page:
 * @object: The template's object.
 * @state: What the store knows.
 * @n_items: How many rows there are to show.
 * @is_slow: Whether it takes long enough for a spinner.
 *
 * Returns: (transfer full): The name of the page to show.
 */
char *
tok_closure_choose_store_page (GObject *object,
                               TokGrantStoreState state,
                               guint n_items,
                               gboolean is_slow)
{
  switch (state) {
  case TOK_GRANT_STORE_EMPTY:
    return g_strdup (is_slow ? "loading" : "blank");
  case TOK_GRANT_STORE_LISTED:
    return g_strdup (n_items > 0 ? "list" : "status");
  case TOK_GRANT_STORE_FAILED:
  case TOK_GRANT_STORE_NO_SCOPE:
  default:
    return g_strdup ("status");
  }
}

/**
 * tok_closure_choose_store_icon:
 * @object: The template's object.
 * @state: What the store knows.
 * @n_items: How many rows there are to show.
 * @error: (nullable): Why it knows no more.
 * @icon_name: (nullable): The icon of an empty list.
 *
 * Returns: (transfer full) (nullable): The icon of the page that says why there are no rows; %NULL
 *   where that page isn't shown, since drawing it would cost more than all the rest.
 */
char *
tok_closure_choose_store_icon (GObject *object,
                               TokGrantStoreState state,
                               guint n_items,
                               GError *error,
                               const char *icon_name)
{
  switch (state) {
  case TOK_GRANT_STORE_FAILED:
    return g_strdup (is_of_session (error) ? "changes-prevent-symbolic"
                                           : "dialog-warning-symbolic");
  case TOK_GRANT_STORE_NO_SCOPE:
    return g_strdup ("changes-prevent-symbolic");
  case TOK_GRANT_STORE_LISTED:
    return n_items == 0 ? g_strdup (icon_name) : NULL;
  case TOK_GRANT_STORE_EMPTY:
  default:
    return NULL;
  }
}

static const char *
name_failure (const GError *error)
{
  if (!is_of_session (error))
    return _ ("Couldn’t Load the List");
  return tok_session_way_on (TOK_SESSION_ENDED, error) == TOK_SESSION_WAY_ON_UNLOCK
             ? _ ("Keyring Locked")
             : _ ("Signed Out");
}

/**
 * tok_closure_choose_store_title:
 * @object: The template's object.
 * @state: What the store knows.
 * @error: (nullable): Why it knows no more.
 * @empty_title: (nullable): What to say of an empty list.
 * @no_scope_title: (nullable): What to say of a list that we may not see.
 *
 * Returns: (transfer full) (nullable): The title of the page that says why there are no rows.
 */
char *
tok_closure_choose_store_title (GObject *object,
                                TokGrantStoreState state,
                                GError *error,
                                const char *empty_title,
                                const char *no_scope_title)
{
  switch (state) {
  case TOK_GRANT_STORE_FAILED:
    return g_strdup (name_failure (error));
  case TOK_GRANT_STORE_NO_SCOPE:
    return g_strdup (no_scope_title);
  case TOK_GRANT_STORE_EMPTY:
  case TOK_GRANT_STORE_LISTED:
  default:
    return g_strdup (empty_title);
  }
}

/**
 * tok_closure_describe_store:
 * @object: The template's object.
 * @state: What the store knows.
 * @error: (nullable): Why it knows no more.
 * @empty_description: (nullable): What to say of an empty list.
 * @no_scope_description: (nullable): What to say of a list that we may not see.
 *
 * Returns: (transfer full) (nullable): Why there are no rows, as markup, which is what a status
 *   page takes its description for.
 */
char *
tok_closure_describe_store (GObject *object,
                            TokGrantStoreState state,
                            GError *error,
                            const char *empty_description,
                            const char *no_scope_description)
{
  g_autofree char *text = NULL;

  switch (state) {
  case TOK_GRANT_STORE_FAILED:
    text = error != NULL ? tok_sentence_with_detail (error) : NULL;
    break;
  case TOK_GRANT_STORE_NO_SCOPE:
    text = g_strdup (no_scope_description);
    break;
  case TOK_GRANT_STORE_EMPTY:
  case TOK_GRANT_STORE_LISTED:
  default:
    text = g_strdup (empty_description);
    break;
  }
  return text != NULL ? g_markup_escape_text (text, -1) : NULL;
}

/**
 * tok_closure_choose_store_button:
 * @object: The template's object.
 * @state: What the store knows.
 * @error: (nullable): Why it knows no more.
 *
 * Returns: (transfer full) (nullable): The way on from a page that says why there are no rows.
 */
char *
tok_closure_choose_store_button (GObject *object, TokGrantStoreState state, const GError *error)
{
  switch (state) {
  case TOK_GRANT_STORE_FAILED:
    return g_strdup (is_of_session (error) ? tok_session_way_on_get_label (
                         tok_session_way_on (TOK_SESSION_ENDED, error))
                                           : _ ("Retry"));
  case TOK_GRANT_STORE_NO_SCOPE:
    return g_strdup (_ ("Sign In with Another Token"));
  case TOK_GRANT_STORE_EMPTY:
  case TOK_GRANT_STORE_LISTED:
  default:
    return NULL;
  }
}

/**
 * tok_closure_describe_looking:
 * @object: The template's object.
 * @state: What the store knows.
 * @can_revoke: Whether we may take access away.
 *
 * Returns: (transfer full) (nullable): That nothing can be done with rows that can be seen, and
 * what it would take.
 */
char *
tok_closure_describe_looking (GObject *object, TokGrantStoreState state, gboolean can_revoke)
{
  if (state != TOK_GRANT_STORE_LISTED || can_revoke)
    return NULL;
  return g_strdup (_ ("Revoking is off: you are signed in with a token that lacks the permission "
                      "Admin."));
}

/**
 * tok_closure_describe_stale_store:
 * @object: The template's object.
 * @state: What the store knows.
 * @error: (nullable): Why it could not be asked again.
 * @as_of: (nullable): When it was last answered.
 *
 * Returns: (transfer full) (nullable): That the rows may not be true any more. Where the
 *   connection or the session is gone the window says so, for both lists.
 */
char *
tok_closure_describe_stale_store (GObject *object,
                                  TokGrantStoreState state,
                                  GError *error,
                                  GDateTime *as_of)
{
  g_autofree char *time = NULL;

  if (state != TOK_GRANT_STORE_LISTED || error == NULL || as_of == NULL
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN))
    return NULL;
  time = tok_text_from_time_of_day (as_of);
  /* Translators: the first %s is a sentence that says why, the second a time of day. */
  return g_strdup_printf (_ ("Couldn’t refresh the list. %s As of %s."),
                          tok_sentence_from_error (error), time);
}

/**
 * tok_closure_describe_unread:
 * @object: The template's object.
 * @n_unread: How many entries of the last answer can't be read.
 *
 * Returns: (transfer full) (nullable): That they are missing; %NULL if there are none.
 */
char *
tok_closure_describe_unread (GObject *object, guint n_unread)
{
  if (n_unread == 0)
    return NULL;
  /* Translators: %u is how many tokens or apps the service listed in a way that makes no sense. */
  return g_strdup_printf (
      ngettext ("%u entry of the service’s list can’t be read, and is not shown here.",
                "%u entries of the service’s list can’t be read, and are not shown here.",
                n_unread),
      n_unread);
}
