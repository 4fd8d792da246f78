/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sentence.h"

#include "tok-error.h"
#include "tok-test.h"

#define RAW "<b>Oops</b>\n\u202e42"
#define RAW_VISIBLE "<b>Oops</b>[U+000A][U+202E]42"

/* A new code doesn't compile here, until it is known where the table below ends. */
static gboolean
is_last (TokError code)
{
  switch (code) {
  case TOK_ERROR_OFFLINE:
  case TOK_ERROR_UNCONFIRMED:
  case TOK_ERROR_SIGN_IN:
  case TOK_ERROR_SCOPE:
  case TOK_ERROR_ACCOUNT:
  case TOK_ERROR_RATE_LIMIT:
  case TOK_ERROR_MAINTENANCE:
  case TOK_ERROR_TROUBLE:
  case TOK_ERROR_FIELD:
  case TOK_ERROR_GARBLED:
  case TOK_ERROR_ADDRESS:
  case TOK_ERROR_APP_ID:
  case TOK_ERROR_REFUSED:
  case TOK_ERROR_CERTIFICATE:
  case TOK_ERROR_CERTIFICATE_DATE:
  case TOK_ERROR_CERTIFICATE_HOST:
  case TOK_ERROR_ENCRYPTION:
  case TOK_ERROR_WEB_PAGE:
  case TOK_ERROR_NEW_PLATFORM:
  case TOK_ERROR_VAULT:
  case TOK_ERROR_VAULT_MISSING:
  case TOK_ERROR_VAULT_LOCKED:
  case TOK_ERROR_VAULT_DISMISSED:
  case TOK_ERROR_VAULT_FAILED:
  case TOK_ERROR_VAULT_AMBIGUOUS:
  case TOK_ERROR_NOT_CREATED:
  case TOK_ERROR_SECRET_LOST:
  case TOK_ERROR_NEITHER:
  case TOK_ERROR_OWN:
  case TOK_ERROR_AMBIGUOUS:
  case TOK_ERROR_USELESS:
  case TOK_ERROR_OTHER_ACCOUNT:
  case TOK_ERROR_OTHER_TOKEN:
  case TOK_ERROR_BROWSER_MISSING:
  case TOK_ERROR_BROWSER_DENIED:
  case TOK_ERROR_BROWSER_EXPIRED:
  case TOK_ERROR_BROWSER_USED:
  case TOK_ERROR_BROWSER_UNASKED:
  case TOK_ERROR_BROWSER_FORGED:
    return FALSE;
  case TOK_ERROR_BROWSER_GARBLED:
    return TRUE;
  }
  g_assert_not_reached ();
}

static void
for_each_code (void (*test) (const GError *error))
{
  for (TokError code = 0;; code++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, RAW);

    g_test_message ("code %d", code);
    test (error);
    if (is_last (code))
      return;
  }
}

/* What is said must be enough for somebody who knows nothing about the wire. */
static void
assert_is_for_people (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >=, 20);
  g_assert_true (g_ascii_isupper (text[0]));
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strstr (text, "Oops"));
  g_assert_null (strpbrk (text, "<>%\n_"));
}

static void
check_sentence (const GError *error)
{
  const char *sentence = tok_sentence_from_error (error);

  /* The sentence about what a token is made of is the one that names the sign. */
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD))
    g_assert_nonnull (strstr (sentence, "“_”"));
  else
    assert_is_for_people (sentence);
  g_assert_null (strstr (sentence, "Oops"));
}

static void
test_every_code (void)
{
  for_each_code (check_sentence);
}

static void
check_differs (const GError *error)
{
  for (int code = 0; code < error->code; code++) {
    g_autoptr (GError) former = g_error_new_literal (TOK_ERROR, code, RAW);

    g_assert_cmpstr (tok_sentence_from_error (former), !=, tok_sentence_from_error (error));
  }
}

static void
test_no_two_alike (void)
{
  for_each_code (check_differs);
}

static void
test_unknown (void)
{
  static const int codes[] = { -1, G_MININT, TOK_ERROR_BROWSER_GARBLED + 1, G_MAXINT };
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, TOK_ERROR_OFFLINE, RAW);
  const char *unknown = tok_sentence_from_error (foreign);

  assert_is_for_people (unknown);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, codes[i], RAW);

    g_assert_cmpstr (tok_sentence_from_error (error), ==, unknown);
  }
  for (int code = 0; code <= TOK_ERROR_BROWSER_GARBLED; code++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, RAW);

    g_assert_cmpstr (tok_sentence_from_error (error), !=, unknown);
  }
}

static gboolean
is_undecided (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED);
}

static void
check_failed (const GError *error, gboolean is_token, const char *claim)
{
  g_autofree char *sentence = tok_sentence_for_failed_revoke (error, is_token);

  assert_is_for_people (sentence);
  if (is_undecided (error)) {
    /* Neither is claimed. */
    g_assert_true (g_str_has_prefix (sentence, "Couldn’t confirm"));
    g_assert_null (strstr (sentence, claim));
  } else {
    g_assert_true (g_str_has_prefix (sentence, claim));
    /* What is said here is read long afterwards. */
    if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT))
      g_assert_true (g_str_has_suffix (
          sentence, ". The service asked for a pause after so many requests. Try again."));
    else if (!g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD))
      g_assert_true (g_str_has_suffix (sentence, tok_sentence_from_error (error)));
  }
}

static void
check_failed_revoke (const GError *error)
{
  check_failed (error, FALSE, "Still has access. ");
}

static void
check_failed_delete (const GError *error)
{
  check_failed (error, TRUE, "Not deleted. ");
}

static void
test_failed_revoke (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, RAW);

  for_each_code (check_failed_revoke);
  for_each_code (check_failed_delete);
  check_failed_revoke (foreign);
  check_failed_delete (foreign);
}

/* Whether it was created is said in each, but for what was typed, where the service speaks. */
static void
check_failed_create (const GError *error)
{
  g_autofree char *sentence = tok_sentence_for_failed_create (error);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)) {
    g_assert_cmpstr (sentence, ==, "Not accepted: " RAW_VISIBLE);
    return;
  }
  assert_is_for_people (sentence);
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    g_assert_true (g_str_has_prefix (sentence, "Couldn’t confirm whether "));
  else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SECRET_LOST))
    g_assert_true (g_str_has_prefix (sentence, "The token was created, but "));
  else
    g_assert_true (g_str_has_prefix (sentence, "The token was not created"));
}

static void
test_failed_create (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, RAW);

  for_each_code (check_failed_create);
  check_failed_create (foreign);
}

/* That it is still there is said in each. */
static void
check_failed_log_out (const GError *error)
{
  g_autofree char *text = tok_sentence_for_failed_log_out (error);

  assert_is_for_people (text);
}

static void
test_failed_log_out (void)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_FIELD, RAW);
  g_autofree char *text = tok_sentence_for_failed_log_out (error);

  for_each_code (check_failed_log_out);
  /* Nobody has typed anything. */
  g_assert_cmpstr (text, ==,
                   "The sign-in has not ended at the service. The service failed at this itself. "
                   "Try again in a moment.");
}

static void
check_failed_forget (const GError *error)
{
  g_autofree char *sentence = tok_sentence_for_failed_forget (error);

  g_assert_true (g_str_has_prefix (sentence, "Not removed: "));
  g_assert_nonnull (strstr (sentence, "keyring"));
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_LOCKED))
    assert_is_for_people (sentence);
  else
    g_assert_true (g_str_has_suffix (sentence, tok_sentence_from_error (error)));
}

static void
test_failed_forget (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, RAW);

  for_each_code (check_failed_forget);
  check_failed_forget (foreign);
}

/* What is said of each kind of text, and that nothing of it is in there, is in test-paste-form. */
static void
test_token_text (void)
{
  static const struct {
    const char *text;
    TokError code;
  } wrongs[] = {
    { "pat_Qw7x", TOK_ERROR_NEW_PLATFORM },
    { "Qw7x Qw7x", TOK_ERROR_FIELD },
    { "\xff", TOK_ERROR_FIELD },
  };

  g_assert_null (tok_sentence_for_token_text (""));
  g_assert_null (tok_sentence_for_token_text ("\u200b \n"));
  /* It is the same as what is said of it when it is sent. */
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, (int) wrongs[i].code, RAW);
    g_autofree char *sentence = tok_sentence_for_token_text (wrongs[i].text);

    g_assert_cmpstr (sentence, ==, tok_sentence_from_error (error));
  }
}

/* What there is now is said in each, as far as anybody knows. */
static void
check_failed_replace (const GError *error)
{
  g_autofree char *sentence = tok_sentence_for_failed_replace (error);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD)) {
    g_assert_cmpstr (sentence, ==, "Not accepted: " RAW_VISIBLE);
    return;
  }
  assert_is_for_people (sentence);
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)) {
    g_assert_true (g_str_has_prefix (sentence, "Couldn’t confirm whether "));
    g_assert_nonnull (strstr (sentence, "The old one may be deleted already."));
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SECRET_LOST)) {
    g_assert_true (g_str_has_prefix (sentence, "The new token was created, but "));
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_NEITHER)) {
    g_assert_true (
        g_str_has_prefix (sentence, "The old token is deleted, and the new one was not"));
  } else {
    g_assert_true (g_str_has_prefix (sentence, "Nothing was replaced"));
  }
}

static void
test_failed_replace (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, RAW);

  for_each_code (check_failed_replace);
  check_failed_replace (foreign);
}

static void
test_holder (void)
{
  static const TokScopes harmless
      = TOK_SCOPE_READ | TOK_SCOPE_TRADE | TOK_SCOPE_TRADING_INFORMATION;

  g_assert_null (tok_sentence_for_holder (TOK_SCOPE_NONE));
  g_assert_null (tok_sentence_for_holder (harmless));
  assert_is_for_people (tok_sentence_for_holder (TOK_SCOPE_PAYMENTS));
  assert_is_for_people (tok_sentence_for_holder (TOK_SCOPE_ADMIN));
  g_assert_cmpstr (tok_sentence_for_holder (TOK_SCOPE_ADMIN), ==,
                   tok_sentence_for_holder (TOK_SCOPE_ALL));
  g_assert_cmpstr (tok_sentence_for_holder (TOK_SCOPE_ADMIN), !=,
                   tok_sentence_for_holder (TOK_SCOPE_PAYMENTS));
}

static void
check_detail (const GError *error)
{
  g_autofree char *text = tok_sentence_with_detail (error);
  gboolean says_all = error->code == TOK_ERROR_VAULT || error->code == TOK_ERROR_VAULT_LOCKED
                      || error->code == TOK_ERROR_VAULT_DISMISSED
                      || error->code == TOK_ERROR_VAULT_AMBIGUOUS;
  g_autofree char *expected
      = g_strconcat (tok_sentence_from_error (error), says_all ? NULL : "\n\n" RAW_VISIBLE, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_detail (void)
{
  g_autofree char *much = g_strnfill (10000, 'x');
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, much);
  g_autofree char *text = tok_sentence_with_detail (error);

  for_each_code (check_detail);
  g_assert_true (g_str_has_suffix (text, "xxx…"));
  g_assert_cmpuint (strlen (text), <, 400);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/sentence/every-code", test_every_code);
  g_test_add_func ("/sentence/no-two-alike", test_no_two_alike);
  g_test_add_func ("/sentence/unknown", test_unknown);
  g_test_add_func ("/sentence/failed-revoke", test_failed_revoke);
  g_test_add_func ("/sentence/failed-create", test_failed_create);
  g_test_add_func ("/sentence/failed-forget", test_failed_forget);
  g_test_add_func ("/sentence/failed-log-out", test_failed_log_out);
  g_test_add_func ("/sentence/token-text", test_token_text);
  g_test_add_func ("/sentence/failed-replace", test_failed_replace);
  g_test_add_func ("/sentence/holder", test_holder);
  g_test_add_func ("/sentence/detail", test_detail);

  return g_test_run ();
}
