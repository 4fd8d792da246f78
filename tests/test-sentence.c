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
  case TOK_ERROR_NEW_PLATFORM:
    return FALSE;
  case TOK_ERROR_VAULT:
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
  static const int codes[] = { -1, G_MININT, TOK_ERROR_VAULT + 1, G_MAXINT };
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, TOK_ERROR_OFFLINE, RAW);
  const char *unknown = tok_sentence_from_error (foreign);

  assert_is_for_people (unknown);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, codes[i], RAW);

    g_assert_cmpstr (tok_sentence_from_error (error), ==, unknown);
  }
  for (int code = 0; code <= TOK_ERROR_VAULT; code++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, RAW);

    g_assert_cmpstr (tok_sentence_from_error (error), !=, unknown);
  }
}

static void
check_failed_revoke (const GError *error)
{
  g_autofree char *sentence = tok_sentence_for_failed_revoke (error);

  g_assert_null (strstr (sentence, "Oops"));
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)) {
    /* Neither is claimed. */
    g_assert_true (g_str_has_prefix (sentence, "Couldn’t confirm"));
    g_assert_null (strstr (sentence, "Still has access"));
    assert_is_for_people (sentence);
  } else {
    g_assert_true (g_str_has_prefix (sentence, "Still has access. "));
    g_assert_true (g_str_has_suffix (sentence, tok_sentence_from_error (error)));
  }
}

static void
test_failed_revoke (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, RAW);

  for_each_code (check_failed_revoke);
  check_failed_revoke (foreign);
}

static void
check_detail (const GError *error)
{
  g_autofree char *text = tok_sentence_with_detail (error);
  g_autofree char *expected
      = g_strconcat (tok_sentence_from_error (error), "\n\n" RAW_VISIBLE, NULL);

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
  g_test_add_func ("/sentence/detail", test_detail);

  return g_test_run ();
}
