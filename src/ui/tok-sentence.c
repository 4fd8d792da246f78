/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sentence.h"

#include "tok-error.h"
#include "tok-text.h"
#include "tok-token-text.h"

#include <glib/gi18n-lib.h>

#define DETAIL_MAX_CHARS 200

/* One sentence a code: what happened and the way on. */
static const char *const sentences[] = {
  [TOK_ERROR_OFFLINE] = N_ ("The service can’t be reached. Check your network and try again."),
  [TOK_ERROR_UNCONFIRMED] = N_ (
      "Couldn’t confirm it, because the answer never came. Refresh the list to see how it ended."),
  [TOK_ERROR_SIGN_IN] = N_ ("The service doesn’t accept this token. It may be mistyped, deleted, "
                            "bound to another network address, or of an account that has moved to "
                            "the new platform."),
  [TOK_ERROR_SCOPE]
  = N_ ("The token you signed in with lacks the permission for this. Sign in with "
        "one that has it."),
  [TOK_ERROR_ACCOUNT] = N_ ("The service has disabled this account. Ask the operator why."),
  [TOK_ERROR_RATE_LIMIT]
  = N_ ("The service asks for a pause after so many requests. Wait a minute and try again."),
  [TOK_ERROR_MAINTENANCE]
  = N_ ("The service is closed for maintenance. Nothing is lost; try again later."),
  [TOK_ERROR_TROUBLE] = N_ ("The service failed at this itself. Try again in a moment."),
  [TOK_ERROR_FIELD] = N_ ("That can’t be a token: it has only letters, digits, “_” and “-” in it. "
                          "Copy it again and paste it whole."),
  [TOK_ERROR_GARBLED]
  = N_ ("The answer makes no sense. Check that the service address is right, and try again."),
  [TOK_ERROR_ADDRESS] = N_ ("There is no such service at this address. Check the service address."),
  [TOK_ERROR_APP_ID]
  = N_ ("The service doesn’t know this program’s app id. Check it in the service address."),
  [TOK_ERROR_REFUSED] = N_ ("The service turns this program away from where you are. Ask the "
                            "operator, or try another network."),
  [TOK_ERROR_CERTIFICATE]
  = N_ ("The service couldn’t prove who it is, so nothing was sent. Someone may be listening on "
        "this network; try another one."),
  [TOK_ERROR_CERTIFICATE_DATE]
  = N_ ("The service’s certificate isn’t valid at the date and time of this computer, so nothing "
        "was sent. Check the clock; if it is right, ask the operator."),
  [TOK_ERROR_CERTIFICATE_HOST]
  = N_ ("What answers at this address can only prove that it is another host, so nothing was sent. "
        "Check the service address, or try another network."),
  [TOK_ERROR_ENCRYPTION] = N_ (
      "This program and the service disagree about encryption, so nothing was sent. Check whether "
      "the service address should begin with wss:// or ws://."),
  [TOK_ERROR_WEB_PAGE]
  = N_ ("A web page answers in place of the service. If this network wants you to sign in, do that "
        "in your browser; if not, check the service address."),
  [TOK_ERROR_NEW_PLATFORM]
  = N_ ("This token is of the new platform, which lets no program list or revoke access. Manage it "
        "on the operator’s website."),
  [TOK_ERROR_VAULT] = N_ ("The token isn’t kept here any more. Sign in with it again."),
  [TOK_ERROR_VAULT_MISSING]
  = N_ ("There is no keyring on this computer, so tokens are forgotten when you quit."),
  [TOK_ERROR_VAULT_LOCKED] = N_ ("Your keyring is locked. Unlock it to use what is kept in it."),
  [TOK_ERROR_VAULT_DISMISSED]
  = N_ ("The keyring stayed locked. Unlock it, or sign in with the token again."),
  [TOK_ERROR_VAULT_FAILED] = N_ ("The keyring failed. Try again, or go on without it."),
  [TOK_ERROR_VAULT_AMBIGUOUS]
  = N_ ("Your keyring holds two different tokens for this account, and nobody can tell which one "
        "is right. Sign in again; the new token takes the place of both."),
  [TOK_ERROR_NOT_CREATED]
  = N_ ("The token was not created: the service’s list doesn’t hold it. Try again."),
  [TOK_ERROR_SECRET_LOST] = N_ ("The token was created, but its secret was lost on the way. Delete "
                                "it and create another one."),
  [TOK_ERROR_NEITHER]
  = N_ ("The old token is deleted, and the new one was not created: the service’s list holds "
        "neither. Create it again."),
  [TOK_ERROR_OWN] = N_ ("This program is, or may be, signed in with this token. Create the new one "
                        "first, and delete this one afterwards."),
  [TOK_ERROR_AMBIGUOUS]
  = N_ ("The service lists two tokens with the same value, so nobody can tell which one it would "
        "delete. Delete it on the operator’s website."),
  [TOK_ERROR_USELESS]
  = N_ ("This token has neither Read nor Admin, so there is nothing that this program could show "
        "with it. On the operator’s website, create one with both."),
  [TOK_ERROR_OTHER_ACCOUNT]
  = N_ ("This token works, but it is of another account. Paste one of the account named above."),
  [TOK_ERROR_OTHER_TOKEN]
  = N_ ("What was kept here is the secret of an earlier token of this name. It is of no use any "
        "more, and was forgotten."),
  [TOK_ERROR_BROWSER_MISSING]
  = N_ ("No browser could be opened. Paste a token instead, or install a browser."),
  [TOK_ERROR_BROWSER_DENIED]
  = N_ ("You didn’t allow it in the browser, so nothing has changed. Try again, or paste a token."),
  [TOK_ERROR_BROWSER_EXPIRED]
  = N_ ("The browser’s answer came more than five minutes later, so it was not used. Sign in with "
        "the browser again."),
  [TOK_ERROR_BROWSER_USED]
  = N_ ("This answer from the browser was used already, so it was not used again."),
  [TOK_ERROR_BROWSER_UNASKED]
  = N_ ("A sign-in came from the browser that nobody here is waiting for: it was begun elsewhere, "
        "or given up, or the program was closed since. It was not used. Begin again from here."),
  [TOK_ERROR_BROWSER_FORGED]
  = N_ ("An answer came from the browser that doesn’t belong to the sign-in begun here. It was not "
        "used: someone may be trying to sign you in to an account of theirs."),
  [TOK_ERROR_BROWSER_GARBLED] = N_ ("What the browser brought back is no sign-in that can be "
                                    "understood. It was not used; try again."),
};

/**
 * tok_sentence_from_error:
 * @error: What went wrong.
 *
 * Returns: (transfer none): What to tell a person: what happened and the way on, translated.
 */
const char *
tok_sentence_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == TOK_ERROR && error->code >= 0
      && (gsize) error->code < G_N_ELEMENTS (sentences))
    return _ (sentences[error->code]);
  return _ ("Something unexpected went wrong. Try again.");
}

/**
 * tok_sentence_for_failed_revoke:
 * @error: Why access could not be taken away, or why nobody knows.
 * @is_token: Whether it was that of a token, which is deleted.
 *
 * Returns: (transfer full): What to say in the row; no markup.
 */
char *
tok_sentence_for_failed_revoke (const GError *error, gboolean is_token)
{
  const char *why;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED))
    return g_strdup (is_token
                         ? _ ("Couldn’t confirm that it is deleted. It may still work.")
                         : _ ("Couldn’t confirm that access is revoked. It may still have it."));
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT))
    /* It stays there to be read long after the pause. */
    why = _ ("The service asked for a pause after so many requests. Try again.");
  else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD))
    /* Nobody has typed anything here. */
    why = _ (sentences[TOK_ERROR_TROUBLE]);
  else
    why = tok_sentence_from_error (error);
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (is_token ? _ ("Not deleted. %s") : _ ("Still has access. %s"), why);
}

/**
 * tok_sentence_for_failed_create:
 * @error: Why a token was not created, or why nobody knows.
 *
 * Returns: (transfer full): What to say above or, for %TOK_ERROR_FIELD, beside what was typed; no
 *   markup.
 */
char *
tok_sentence_for_failed_create (const GError *error)
{
  g_autofree char *said = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == TOK_ERROR)
    switch (error->code) {
    case TOK_ERROR_FIELD:
      said = tok_text_make_visible (error->message, DETAIL_MAX_CHARS);
      /* Translators: %s is what the service said, in its own words. */
      return g_strdup_printf (_ ("Not accepted: %s"), said);
    case TOK_ERROR_NOT_CREATED:
    case TOK_ERROR_SECRET_LOST:
      return g_strdup (tok_sentence_from_error (error));
    case TOK_ERROR_UNCONFIRMED:
      return g_strdup (_ ("Couldn’t confirm whether the token was created. Sign in again, and look "
                          "at the list."));
    case TOK_ERROR_SIGN_IN:
      return g_strdup (_ ("The token was not created: the service doesn’t accept the one that this "
                          "program is signed in with any more. Sign in again."));
    default:
      break;
    }
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("The token was not created. %s"), tok_sentence_from_error (error));
}

/**
 * tok_sentence_for_failed_replace:
 * @error: Why a token was not replaced in one request, or why nobody knows.
 *
 * Returns: (transfer full): What to say above or, for %TOK_ERROR_FIELD, beside what was typed:
 * which of the old and the new token there is, as far as anybody knows. No markup.
 */
char *
tok_sentence_for_failed_replace (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == TOK_ERROR)
    switch (error->code) {
    case TOK_ERROR_FIELD:
      return tok_sentence_for_failed_create (error);
    case TOK_ERROR_NEITHER:
      return g_strdup (tok_sentence_from_error (error));
    case TOK_ERROR_SECRET_LOST:
      return g_strdup (
          _ ("The new token was created, but its secret was lost on the way. Delete it "
             "and create another one."));
    case TOK_ERROR_NOT_CREATED:
      return g_strdup (_ ("Nothing was replaced: the service’s list holds the old token and no new "
                          "one. Try again."));
    case TOK_ERROR_UNCONFIRMED:
      return g_strdup (_ ("Couldn’t confirm whether the token was replaced. The old one may be "
                          "deleted already. Look at the list, and sign in again if you must."));
    default:
      break;
    }
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("Nothing was replaced. %s"), tok_sentence_from_error (error));
}

/**
 * tok_sentence_for_failed_log_out:
 * @error: Why a sign-in with the browser isn't ended at the service, or why nobody knows.
 *
 * Returns: (transfer full): What to tell a person; no markup.
 */
char *
tok_sentence_for_failed_log_out (const GError *error)
{
  const char *why;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED))
    return g_strdup (
        _ ("Couldn’t confirm that the service has ended the sign-in. Try again; it does "
           "no harm to do it twice."));
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN))
    return g_strdup (
        _ ("The service doesn’t accept this sign-in any more, so it has ended here. Your "
           "other accounts of the same sign-in may still be signed in."));
  /* Nobody has typed anything here. */
  why = g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD) ? _ (sentences[TOK_ERROR_TROUBLE])
                                                            : tok_sentence_from_error (error);
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("The sign-in has not ended at the service. %s"), why);
}

/**
 * tok_sentence_for_failed_forget:
 * @error: Why the keyring still has the token of an account.
 *
 * Returns: (transfer full): That the account is therefore still there; no markup.
 */
char *
tok_sentence_for_failed_forget (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED))
    return g_strdup (
        _ ("Not removed: your keyring is locked, and its token is in there. Unlock the "
           "keyring, then remove the account."));
  /* Translators: %s is a sentence that says why. */
  return g_strdup_printf (_ ("Not removed: its token is still in your keyring. %s"),
                          tok_sentence_from_error (error));
}

/**
 * tok_sentence_for_failed_copy:
 * @error: Why the copy of a token's secret can't be shown, copied or forgotten.
 *
 * Returns: (transfer none): What to tell a person, translated.
 */
const char *
tok_sentence_for_failed_copy (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == TOK_ERROR)
    switch (error->code) {
    case TOK_ERROR_VAULT:
      return _ ("The copy isn’t there any more.");
    case TOK_ERROR_VAULT_MISSING:
      return _ ("There is no keyring on this computer now, so the copy can’t be reached.");
    case TOK_ERROR_VAULT_DISMISSED:
      return _ ("The keyring stayed locked, so the copy in it can’t be reached.");
    case TOK_ERROR_VAULT_FAILED:
      return _ ("The keyring failed. Try again.");
    case TOK_ERROR_VAULT_AMBIGUOUS:
      return _ (
          "Your keyring holds two different secrets for this token, and nobody can tell which "
          "one is right.");
    default:
      break;
    }
  return tok_sentence_from_error (error);
}

static glong
count_characters (const char *text)
{
  g_autoptr (TokSecret) trimmed = tok_token_text_dup_trimmed (text);

  return g_utf8_strlen (trimmed, -1);
}

/**
 * tok_sentence_for_token_text:
 * @text: What is being typed as a token.
 *
 * Returns: (transfer full) (nullable): What it looks like, and what to do if that is no API token;
 *   nothing of @text is in it. %NULL where there is nothing to say yet.
 */
char *
tok_sentence_for_token_text (const char *text)
{
  glong n;

  g_return_val_if_fail (text != NULL, NULL);

  n = count_characters (text);
  switch (tok_token_text_classify (text)) {
  case TOK_TOKEN_TEXT_EMPTY:
    return NULL;
  case TOK_TOKEN_TEXT_INCOMPLETE:
    return g_strdup_printf (ngettext ("%ld character so far. An API token has 15.",
                                      "%ld characters so far. An API token has 15.", n),
                            n);
  case TOK_TOKEN_TEXT_API:
    return g_strdup (_ ("15 characters, as an API token has."));
  case TOK_TOKEN_TEXT_BROWSER:
    return g_strdup (_ ("This looks like the session token of an app, which works for that app "
                        "alone. Create an API token instead."));
  case TOK_TOKEN_TEXT_NEW_PLATFORM:
    return g_strdup (_ (sentences[TOK_ERROR_NEW_PLATFORM]));
  case TOK_TOKEN_TEXT_IMPOSSIBLE:
    return g_strdup (_ (sentences[TOK_ERROR_FIELD]));
  case TOK_TOKEN_TEXT_UNUSUAL:
  default:
    return g_strdup_printf (ngettext ("%ld character. An API token has 15; see whether this is "
                                      "all of it, and nothing else.",
                                      "%ld characters. An API token has 15; see whether this is "
                                      "all of it, and nothing else.",
                                      n),
                            n);
  }
}

/**
 * tok_sentence_for_found_text:
 * @text: What is being typed as a token that somebody has found.
 *
 * Returns: (transfer full) (nullable): The same, for one that is only looked at.
 */
char *
tok_sentence_for_found_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (tok_token_text_classify (text) == TOK_TOKEN_TEXT_BROWSER)
    return g_strdup (_ ("This looks like the session token of an app. It belongs to that app: "
                        "whoever revokes the app’s access ends it."));
  return tok_sentence_for_token_text (text);
}

/**
 * tok_sentence_for_holder:
 * @scopes: What a token permits.
 *
 * Returns: (transfer none) (nullable): What whoever gets hold of it can do, if that is much.
 */
const char *
tok_sentence_for_holder (TokScopes scopes)
{
  if (scopes & TOK_SCOPE_ADMIN)
    return _ ("Whoever has it can do everything with this account, and create more such tokens.");
  if (scopes & TOK_SCOPE_PAYMENTS)
    return _ ("Whoever has it can move your money.");
  return NULL;
}

/* Where nobody has words of his own that say more. */
static gboolean
says_all (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_AMBIGUOUS);
}

/**
 * tok_sentence_with_detail:
 * @error: What went wrong.
 *
 * Returns: (transfer full): The sentence for people, and under it what the service or the library
 *   said, where that may be more. Foreign text, no markup.
 */
char *
tok_sentence_with_detail (const GError *error)
{
  g_autofree char *detail = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (says_all (error))
    return g_strdup (tok_sentence_from_error (error));
  detail = tok_text_make_visible (error->message, DETAIL_MAX_CHARS);
  return g_strconcat (tok_sentence_from_error (error), "\n\n", detail, NULL);
}
