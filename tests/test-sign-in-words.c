/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-words.h"

#include "tok-account.h"
#include "tok-address.h"
#include "tok-test.h"

#include <string.h>

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_heading (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  g_autoptr (TokAccount) hostile
      = tok_account_new ("%s\u202e<b>", "USD", FALSE, TOK_SCOPE_READ, NULL);

  assert_takes (tok_sign_in_words_dup_heading (NULL, TRUE), "Token Manager");
  assert_takes (tok_sign_in_words_dup_heading (NULL, FALSE), "Add an Account");
  assert_takes (tok_sign_in_words_dup_heading (account, FALSE), "Sign In to SAMPLE1 Again");
  assert_takes (tok_sign_in_words_dup_heading (account, TRUE), "Sign In to SAMPLE1 Again");
  assert_takes (tok_sign_in_words_dup_heading (hostile, FALSE), "Sign In to %s[U+202E]<b> Again");
}

static void
test_intro (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  const char *first = tok_sign_in_words_get_intro (NULL, TRUE);
  const char *more = tok_sign_in_words_get_intro (NULL, FALSE);
  const char *again = tok_sign_in_words_get_intro (account, FALSE);

  g_assert_nonnull (strstr (first, "Deriv"));
  g_assert_cmpstr (more, ==,
                   "Each account has tokens of its own. Paste one of the account that you want to "
                   "add.");
  g_assert_cmpstr (again, ==,
                   "Paste a token of this account. The new one takes the place of the old one "
                   "here.");
  g_assert_cmpstr (tok_sign_in_words_get_intro (account, TRUE), ==, again);
}

#define SENT_TO_USUAL                                                                              \
  "What you paste is sent to ws.derivws.com, the operator’s own service, and nowhere else."
#define SENT_TO "This is not the operator’s own service: what you paste is sent to "

static const struct {
  const char *address;
  const char *place;
} services[] = {
  { "wss://ws.example.org/websockets/v3?app_id=1089", "ws.example.org" },
  { "wss://ws.example.org:8443/websockets/v3?app_id=1089", "ws.example.org:8443" },
  { "ws://127.0.0.1:41207/websockets/v3?app_id=1089", "127.0.0.1:41207" },
  /* The name of a host alone says nothing. */
  { "wss://ws.derivws.com.example.org/websockets/v3?app_id=1089", "ws.derivws.com.example.org" },
  { "wss://ws.derivws.com:8443/websockets/v3?app_id=1089", "ws.derivws.com:8443" },
};

static void
assert_sent (const char *address, const char *expected)
{
  g_autofree char *forgotten = g_strconcat (expected, " It is forgotten when you quit.", NULL);

  assert_takes (tok_sign_in_words_dup_service (address, TRUE), expected);
  assert_takes (tok_sign_in_words_dup_service (address, FALSE), forgotten);
}

static void
test_service (void)
{
  assert_sent (TOK_ADDRESS_DEFAULT, SENT_TO_USUAL);
  assert_sent ("wss://ws.derivws.com/websockets/v3?app_id=4711&l=pt", SENT_TO_USUAL);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++) {
    g_autofree char *expected = g_strconcat (SENT_TO, services[i].place, ".", NULL);

    assert_sent (services[i].address, expected);
  }
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/sign-in-words/heading", test_heading);
  g_test_add_func ("/sign-in-words/intro", test_intro);
  g_test_add_func ("/sign-in-words/service", test_service);

  return g_test_run ();
}
