/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-words.h"

#include "tok-account.h"
#include "tok-closures.h"
#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-session.h"
#include "tok-text.h"
#include "tok-token-probe.h"

#include <glib/gi18n-lib.h>

static gboolean
is_named (TokGrant *grant, TokGrant *other)
{
  return g_str_equal (tok_grant_get_key (grant), tok_grant_get_key (other));
}

static gboolean
is_candidate (TokTokenProbe *probe, TokGrant *tested)
{
  g_autoptr (GPtrArray) candidates = tok_token_probe_dup_candidates (probe);

  for (guint i = 0; i < candidates->len; i++)
    if (is_named (candidates->pdata[i], tested))
      return TRUE;
  return FALSE;
}

/* "“Grid bot”, “Spare bot”" */
static char *
dup_names (GPtrArray *grants)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < grants->len; i++) {
    g_autofree char *name = tok_text_quote_name (tok_grant_get_name (grants->pdata[i]));
    /* Translators: %s is the name of a token. */
    g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), name);

    g_strv_builder_add (builder, quoted);
  }
  names = g_strv_builder_end (builder);
  /* Translators: what stands between the names of two tokens. */
  return g_strjoinv (_ (", "), names);
}

static char *
describe_grant (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner)
{
  g_autofree char *name
      = tok_text_quote_name (tok_grant_get_name (tok_token_probe_get_grant (probe)));
  g_autofree char *expected = NULL;

  if (tok_found_token_words_judge (probe, tested, owner) == TOK_FOUND_TOKEN_OTHER) {
    expected = tok_text_quote_name (tok_grant_get_name (tested));
    /* Translators: both are names of tokens. */
    return g_strdup_printf (_ ("It is “%s”, not “%s”."), name, expected);
  }
  return g_strdup_printf (tok_token_probe_get_home (probe) != NULL
                              /* Translators: %s is the name of a token. */
                              ? _ ("This is “%s” in your list.")
                              /* Translators: %s is the name of a token. */
                              : _ ("This is “%s” in the list of its account."),
                          name);
}

static const char *
describe_no_list (TokTokenProbe *probe)
{
  TokSession *home = tok_token_probe_get_home (probe);

  if (tok_token_probe_get_is_app_session (probe))
    return _ ("It is the session token of an app, and in no list of tokens.");
  if (tok_token_probe_get_has_list (probe))
    return _ ("The service doesn’t list it among the tokens of this account.");
  if (home == NULL)
    return _ ("It isn’t in a list that this program may read.");
  return tok_session_get_can_revoke (home)
             ? _ ("The list of tokens can’t be read just now.")
             : _ ("The token that you are signed in with can’t read the list of tokens: that takes "
                  "Admin.");
}

/**
 * tok_found_token_words_judge:
 * @probe: A probe that has run.
 * @tested: (nullable): The token that it is expected to be; %NULL for any.
 * @owner: (nullable): The account that @tested is of.
 *
 * Returns: What it turned out to be.
 */
TokFoundToken
tok_found_token_words_judge (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner)
{
  TokAccount *account;
  TokGrant *grant;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (probe), TOK_FOUND_TOKEN_ANY);

  if (tested == NULL)
    return TOK_FOUND_TOKEN_ANY;
  account = tok_token_probe_get_account (probe);
  grant = tok_token_probe_get_grant (probe);
  if (owner == NULL
      || !g_str_equal (tok_account_get_login_id (owner), tok_account_get_login_id (account)))
    return TOK_FOUND_TOKEN_OTHER;
  if (grant != NULL)
    return is_named (grant, tested) ? TOK_FOUND_TOKEN_EXPECTED : TOK_FOUND_TOKEN_OTHER;
  if (tok_token_probe_get_has_list (probe))
    return is_candidate (probe, tested) ? TOK_FOUND_TOKEN_PERHAPS : TOK_FOUND_TOKEN_OTHER;
  return tok_grant_get_scopes (tested) == tok_account_get_scopes (account) ? TOK_FOUND_TOKEN_PERHAPS
                                                                           : TOK_FOUND_TOKEN_OTHER;
}

/**
 * tok_found_token_words_dup_title:
 * @tested: (nullable): The token that is tested; %NULL for any that somebody found.
 *
 * Returns: (transfer full): What is done with it, as a title; no markup.
 */
char *
tok_found_token_words_dup_title (TokGrant *tested)
{
  g_autofree char *name = NULL;

  if (tested == NULL)
    return g_strdup (_ ("Check a Token"));
  name = tok_text_quote_name (tok_grant_get_name (tested));
  /* Translators: %s is the name of a token. */
  return g_strdup_printf (_ ("Test “%s”"), name);
}

/**
 * tok_found_token_words_dup_intro:
 * @tested: (nullable): The token that is tested; %NULL for any that somebody found.
 * @is_kept: Whether its secret is there already.
 *
 * Returns: (transfer full): What will be done, and who can see that.
 */
char *
tok_found_token_words_dup_intro (TokGrant *tested, gboolean is_kept)
{
  const char *price
      = _ ("To look, this program signs in with it once, and reads the lists that it opens. That "
           "changes its “last used”, and whoever watches the account can see it. Nothing else is "
           "changed.");
  g_autofree char *name = NULL;
  g_autofree char *task = NULL;

  if (tested == NULL)
    return g_strjoin (
        "\n\n",
        _ ("Have you found a token somewhere? Paste it to see whose it is and what it "
           "can do."),
        price, NULL);
  name = tok_text_quote_name (tok_grant_get_name (tested));
  task = g_strdup_printf (
      is_kept
          /* Translators: %s is the name of a token. */
          ? _ ("The copy of “%s” that is kept here shows whether it still works.")
          /* Translators: %s is the name of a token. */
          : _ ("Paste the secret of “%s” to see whether it still works."),
      name);
  return g_strjoin ("\n\n", task, price, NULL);
}

/**
 * tok_found_token_words_dup_heading:
 * @probe: A probe that has run.
 * @tested: (nullable): The token that it is expected to be.
 * @owner: (nullable): The account that @tested is of.
 *
 * Returns: (transfer full): What came of it, in a few words; no markup.
 */
char *
tok_found_token_words_dup_heading (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner)
{
  g_autofree char *name = tested != NULL ? tok_text_quote_name (tok_grant_get_name (tested)) : NULL;

  switch (tok_found_token_words_judge (probe, tested, owner)) {
  case TOK_FOUND_TOKEN_EXPECTED:
    /* Translators: %s is the name of a token. */
    return g_strdup_printf (_ ("“%s” Works"), name);
  case TOK_FOUND_TOKEN_PERHAPS:
    /* Translators: %s is the name of a token. */
    return g_strdup_printf (_ ("It Works, and May Be “%s”"), name);
  case TOK_FOUND_TOKEN_OTHER:
    /* Translators: %s is the name of a token. */
    return g_strdup_printf (_ ("It Works, but Is Not “%s”"), name);
  case TOK_FOUND_TOKEN_ANY:
  default:
    return g_strdup (_ ("This Token Works"));
  }
}

/**
 * tok_found_token_words_dup_row:
 * @probe: A probe that has run.
 * @tested: (nullable): The token that it is expected to be.
 * @owner: (nullable): The account that @tested is of.
 *
 * Returns: (transfer full): Which listed token it is, or can be; no markup.
 */
char *
tok_found_token_words_dup_row (TokTokenProbe *probe, TokGrant *tested, TokAccount *owner)
{
  g_autoptr (GPtrArray) candidates = NULL;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (probe), NULL);

  candidates = tok_token_probe_dup_candidates (probe);
  if (candidates->len == 0)
    return g_strdup (describe_no_list (probe));
  if (candidates->len > 1) {
    g_autofree char *names = dup_names (candidates);

    /* Translators: %s are the names of tokens. */
    return g_strdup_printf (_ ("It can be any of these: %s. The service shows too little of their "
                               "secrets to tell."),
                            names);
  }
  return describe_grant (probe, tested, owner);
}

/**
 * tok_found_token_words_dup_way_on:
 * @probe: A probe that has run.
 *
 * Returns: (transfer full) (nullable): How the token can be deleted, if not from here; no markup.
 */
char *
tok_found_token_words_dup_way_on (TokTokenProbe *probe)
{
  g_autoptr (GPtrArray) candidates = NULL;
  g_autofree char *login_id = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (TOK_IS_TOKEN_PROBE (probe), NULL);

  if (tok_token_probe_get_can_delete (probe))
    return NULL;
  if (tok_token_probe_get_is_app_session (probe))
    return g_strdup (_ ("To end it, revoke that app’s access under Connected Apps. The service "
                        "doesn’t say which app it is."));
  candidates = tok_token_probe_dup_candidates (probe);
  if (candidates->len > 1)
    return g_strdup (_ ("To be sure that it stops working, delete all of them."));
  login_id = tok_closure_describe_account (NULL, tok_token_probe_get_account (probe));
  /* Translators: %s is the login id of an account. */
  text
      = g_strdup_printf (_ ("To delete it, sign in to %s with a token that has Read and Admin, and "
                            "check it again. Or delete it on the operator’s website."),
                         login_id);
  return g_strjoin (" ", text,
                    tok_token_probe_get_home (probe) == NULL
                        ? _ ("If the account isn’t yours, tell its owner.")
                        : NULL,
                    NULL);
}

/**
 * tok_found_token_words_dup_failure:
 * @error: Why a token could not be looked at, or isn't accepted.
 * @text: What it looks like.
 *
 * Returns: (transfer full): What to tell a person; no markup.
 */
char *
tok_found_token_words_dup_failure (const GError *error, TokTokenText text)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (text == TOK_TOKEN_TEXT_BROWSER && g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN))
    return g_strdup (
        _ ("This is the session token of an app, and the service doesn’t accept it "
           "from this program. It works for that app alone, if it works at all. To end "
           "it, revoke that app’s access under Connected Apps."));
  return g_strdup (tok_sentence_from_error (error));
}
