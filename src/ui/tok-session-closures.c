/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-closures.h"

#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-text.h"

#include <glib/gi18n-lib.h>

#define DIMMED 0.5
#define STEP 10 /* seconds */

static gboolean
is_locked (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED);
}

/**
 * tok_session_way_on:
 * @state: Where a session stands.
 * @error: (nullable): Why.
 *
 * Returns: What helps.
 */
TokSessionWayOn
tok_session_way_on (TokSessionState state, const GError *error)
{
  if (state == TOK_SESSION_OFFLINE)
    return TOK_SESSION_WAY_ON_RECONNECT;
  if (state != TOK_SESSION_ENDED)
    return TOK_SESSION_WAY_ON_NONE;
  if (is_locked (error))
    return TOK_SESSION_WAY_ON_UNLOCK;
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_FAILED)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_MISSING))
    return TOK_SESSION_WAY_ON_RESUME;
  return TOK_SESSION_WAY_ON_SIGN_IN;
}

/**
 * tok_session_way_on_get_label:
 * @way_on: What helps.
 *
 * Returns: (transfer none) (nullable): What the button says that does it.
 */
const char *
tok_session_way_on_get_label (TokSessionWayOn way_on)
{
  switch (way_on) {
  case TOK_SESSION_WAY_ON_RECONNECT:
    return _ ("Reconnect");
  case TOK_SESSION_WAY_ON_SIGN_IN:
    return _ ("Sign In Again");
  case TOK_SESSION_WAY_ON_UNLOCK:
    return _ ("Unlock");
  case TOK_SESSION_WAY_ON_RESUME:
    return _ ("Try Again");
  case TOK_SESSION_WAY_ON_NONE:
  default:
    return NULL;
  }
}

/* Where nothing but waiting helps it is enough to say that. */
static gboolean
is_just_offline (const GError *error)
{
  return error == NULL || g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_TROUBLE)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED);
}

static char *
describe_offline (const GError *error, GDateTime *as_of)
{
  g_autofree char *time = as_of != NULL ? tok_text_from_time_of_day (as_of) : NULL;

  if (!is_just_offline (error) && time != NULL)
    /* Translators: the first %s is a sentence that says why, the second a time of day. */
    return g_strdup_printf (_ ("Offline. %s The list is as of %s."),
                            tok_sentence_from_error (error), time);
  if (time == NULL)
    return g_strdup (_ ("Offline."));
  /* Translators: %s is a time of day: the lists are as they were then. */
  return g_strdup_printf (_ ("Offline. As of %s."), time);
}

/* Where nothing was ever listed a page of its own says why. */
static char *
describe_end (const GError *error, GDateTime *as_of)
{
  g_autofree char *time = as_of != NULL ? tok_text_from_time_of_day (as_of) : NULL;
  const char *why;

  if (time == NULL)
    return NULL;
  why = g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN) || error == NULL
            ? _ ("You are signed out: the service doesn’t accept this token any more. It may have "
                 "been deleted, or ended elsewhere.")
            : tok_sentence_from_error (error);
  /* Translators: the first %s is a sentence that says why, the second a time of day. */
  return g_strdup_printf (_ ("%s The list is as of %s."), why, time);
}

/**
 * tok_closure_describe_connection:
 * @object: The template's object.
 * @state: Where a session stands.
 * @error: (nullable): Why.
 * @tokens_as_of: (nullable): When the list of tokens was answered last.
 * @apps_as_of: (nullable): When the list of apps was.
 *
 * Returns: (transfer full) (nullable): What to say of that above the lists; %NULL where all is
 * well.
 */
char *
tok_closure_describe_connection (GObject *object,
                                 TokSessionState state,
                                 GError *error,
                                 GDateTime *tokens_as_of,
                                 GDateTime *apps_as_of)
{
  GDateTime *as_of = tokens_as_of != NULL ? tokens_as_of : apps_as_of;

  switch (state) {
  case TOK_SESSION_OFFLINE:
    return describe_offline (error, as_of);
  case TOK_SESSION_CONNECTING:
    return as_of != NULL || error != NULL ? g_strdup (_ ("Connecting…")) : NULL;
  case TOK_SESSION_ENDED:
    return describe_end (error, as_of);
  case TOK_SESSION_SIGNED_OUT:
  case TOK_SESSION_READY:
  default:
    return NULL;
  }
}

/**
 * tok_closure_describe_service:
 * @object: The template's object.
 * @state: Where a session stands.
 * @site_status: What the service says of itself.
 * @seconds_left: In how many seconds the service takes requests again.
 *
 * Returns: (transfer full) (nullable): What that means for the owner; %NULL where all is well. The
 *   seconds are rounded, so that it doesn't change all the time.
 */
char *
tok_closure_describe_service (GObject *object,
                              TokSessionState state,
                              TokSiteStatus site_status,
                              guint seconds_left)
{
  guint rounded = (seconds_left + STEP - 1) / STEP * STEP;

  if (state != TOK_SESSION_READY)
    return NULL;
  if (site_status == TOK_SITE_UPDATING)
    return g_strdup (_ ("The service is about to be updated. The connection will be cut for a "
                        "moment, and comes back by itself."));
  if (site_status == TOK_SITE_DOWN)
    return g_strdup (_ ("The service says that it is down. What you do here may fail; try again "
                        "later."));
  if (seconds_left == 0)
    return NULL;
  return g_strdup_printf (
      ngettext ("The service asks for a pause after so many requests. It takes more in %u second.",
                "The service asks for a pause after so many requests. It takes more in %u seconds.",
                rounded),
      rounded);
}

/**
 * tok_closure_choose_connection_button:
 * @object: The template's object.
 * @state: Where a session stands.
 * @error: (nullable): Why.
 *
 * Returns: (transfer full) (nullable): What the button says that helps.
 */
char *
tok_closure_choose_connection_button (GObject *object, TokSessionState state, GError *error)
{
  return g_strdup (tok_session_way_on_get_label (tok_session_way_on (state, error)));
}

/**
 * tok_closure_choose_opacity:
 * @object: The template's object.
 * @state: Where a session stands.
 * @as_of: (nullable): When a list was answered last.
 *
 * Returns: How strong that list is drawn: what may not be true any more is not shown as if it were.
 */
double
tok_closure_choose_opacity (GObject *object, TokSessionState state, GDateTime *as_of)
{
  return state == TOK_SESSION_ENDED && as_of != NULL ? DIMMED : 1;
}

/**
 * tok_closure_describe_keyring:
 * @object: The template's object.
 * @state: Where a session stands.
 * @is_kept: Whether the keyring has its secret.
 * @keyring_error: (nullable): Why it hasn't though it should, or has though it shouldn't.
 *
 * Returns: (transfer full) (nullable): What that means for the owner.
 */
char *
tok_closure_describe_keyring (GObject *object,
                              TokSessionState state,
                              gboolean is_kept,
                              GError *keyring_error)
{
  if (keyring_error == NULL)
    return NULL;
  if (is_kept)
    return g_strdup (is_locked (keyring_error)
                         ? _ ("Your token is still in the keyring, because that is locked.")
                         : _ ("Your token is still in the keyring, because that failed."));
  if (state == TOK_SESSION_ENDED || state == TOK_SESSION_SIGNED_OUT)
    return NULL;
  if (g_error_matches (keyring_error, TOK_ERROR, TOK_ERROR_VAULT_MISSING))
    return g_strdup (_ ("There is no keyring on this computer, so your token is forgotten when you "
                        "quit."));
  if (g_error_matches (keyring_error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED))
    return g_strdup (_ ("Your keyring is locked. Until you unlock it, your token is not kept, and "
                        "is forgotten when you quit."));
  if (g_error_matches (keyring_error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED))
    return g_strdup (_ ("The keyring stayed locked, so your token is not kept, and is forgotten "
                        "when you quit."));
  return g_strdup (_ ("The keyring didn’t take your token, so it is forgotten when you quit."));
}

/**
 * tok_closure_choose_keyring_button:
 * @object: The template's object.
 * @keyring_error: (nullable): Why a secret isn't kept though it should be.
 *
 * Returns: (transfer full) (nullable): What the button says that helps, or accepts it.
 */
char *
tok_closure_choose_keyring_button (GObject *object, GError *keyring_error)
{
  if (keyring_error == NULL)
    return NULL;
  if (is_locked (keyring_error))
    return g_strdup (_ ("Unlock"));
  if (g_error_matches (keyring_error, TOK_ERROR, TOK_ERROR_VAULT_MISSING))
    /* Translators: on a button; the owner has read that a token won't be kept. */
    return g_strdup (_ ("Go On without It"));
  return g_strdup (_ ("Try Again"));
}
