/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-words.h"

#include "tok-error.h"
#include "tok-sentence.h"
#include "tok-test.h"
#include "tok-token.h"

#include <string.h>

static TokGrant *
new_grant (void)
{
  g_autoptr (TokToken) token = tok_token_new ("Grid <bot>", "*", TOK_SCOPE_READ, NULL, NULL, NULL);

  return tok_grant_new_for_token (token);
}

static void
test_title (void)
{
  g_autoptr (TokGrant) grant = new_grant ();
  g_autofree char *any = tok_found_token_words_dup_title (NULL);
  g_autofree char *tested = tok_found_token_words_dup_title (grant);

  g_assert_cmpstr (any, ==, "Check a Token");
  g_assert_cmpstr (tested, ==, "Test “Grid <bot>”");
}

/* Whatever is asked, the price is said. */
static void
test_intro (void)
{
  g_autoptr (TokGrant) grant = new_grant ();
  g_autofree char *any = tok_found_token_words_dup_intro (NULL, FALSE);
  g_autofree char *pasted = tok_found_token_words_dup_intro (grant, FALSE);
  g_autofree char *kept = tok_found_token_words_dup_intro (grant, TRUE);
  const char *const intros[] = { any, pasted, kept };

  for (guint i = 0; i < G_N_ELEMENTS (intros); i++) {
    g_assert_nonnull (strstr (intros[i], "That changes its “last used”"));
    g_assert_nonnull (strstr (intros[i], "Nothing else is changed."));
  }
  g_assert_true (g_str_has_prefix (any, "Have you found a token somewhere? Paste it"));
  g_assert_true (g_str_has_prefix (pasted, "Paste the secret of “Grid <bot>”"));
  g_assert_true (g_str_has_prefix (kept, "The copy of “Grid <bot>” that is kept here"));
}

/* An app's session token isn't told to be mistyped; other troubles are the same for all. */
static void
test_failure (void)
{
  g_autoptr (GError) refused = g_error_new_literal (TOK_ERROR, TOK_ERROR_SIGN_IN, "No");
  g_autoptr (GError) offline = g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, "No");
  g_autofree char *of_token = tok_found_token_words_dup_failure (refused, TOK_TOKEN_TEXT_API);
  g_autofree char *of_app = tok_found_token_words_dup_failure (refused, TOK_TOKEN_TEXT_BROWSER);
  g_autofree char *of_both = tok_found_token_words_dup_failure (offline, TOK_TOKEN_TEXT_BROWSER);

  g_assert_cmpstr (of_token, ==, tok_sentence_from_error (refused));
  g_assert_true (g_str_has_prefix (of_app, "This is the session token of an app"));
  g_assert_nonnull (strstr (of_app, "revoke that app’s access under Connected Apps."));
  g_assert_cmpstr (of_both, ==, tok_sentence_from_error (offline));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/found-token-words/title", test_title);
  g_test_add_func ("/found-token-words/intro", test_intro);
  g_test_add_func ("/found-token-words/failure", test_failure);

  return g_test_run ();
}
