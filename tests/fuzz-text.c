/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fuzz.h"

#include "tok-address.h"
#include "tok-error.h"
#include "tok-redirect.h"
#include "tok-secret.h"
#include "tok-token-name.h"
#include "tok-token-text.h"
#include "tok-token.h"

#include <string.h>

/* Whatever a browser hands over, or somebody pastes: as an answer of a browser, as the address of a
 * service, as a token and as the name of one. */

#define MAX_ACCOUNTS 25
#define MAX_ADDRESS 2000

static void
check_error (GError *error, TokError code)
{
  g_assert_error (error, TOK_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_error_free (error);
}

static void
check_redirect (const char *text)
{
  GError *error = NULL;
  g_autoptr (TokRedirect) redirect = tok_redirect_parse (text, &error);
  GPtrArray *accounts;

  if (redirect == NULL) {
    check_error (error, TOK_ERROR_BROWSER_GARBLED);
    return;
  }
  g_assert_no_error (error);
  accounts = tok_redirect_get_accounts (redirect);
  g_assert_cmpstr (tok_redirect_get_state (redirect), !=, "");
  g_assert_cmpuint (accounts->len, <=, MAX_ACCOUNTS);
  g_assert_cmpint (tok_redirect_get_refusal (redirect) != NULL, ==, accounts->len == 0);
  for (guint i = 0; i < accounts->len; i++) {
    const TokRedirectAccount *account = accounts->pdata[i];

    g_assert_cmpstr (account->login_id, !=, "");
    g_assert_cmpuint (strlen (account->secret), <=, TOK_TOKEN_SECRET_MAX);
    g_assert_cmpint (tok_token_text_classify (account->secret), !=, TOK_TOKEN_TEXT_EMPTY);
    g_assert_cmpint (tok_token_text_classify (account->secret), !=, TOK_TOKEN_TEXT_IMPOSSIBLE);
    g_assert_true (g_str_is_ascii (account->currency));
  }
}

/* What was made of an address that was accepted is accepted again, and stays what it is. */
static void
check_fixed (const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *again = tok_address_check (address, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, address);
}

static void
check_page (const char *page)
{
  g_autoptr (GError) error = NULL;

  g_uri_is_valid (page, G_URI_FLAGS_ENCODED, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (page, "http"));
}

static void
check_address (const char *text)
{
  GError *error = NULL;
  g_autofree char *address = tok_address_check (text, &error);
  g_autofree char *app_id = NULL;
  g_autofree char *other = NULL;
  g_autofree char *service = NULL;
  g_autofree char *other_service = NULL;
  g_autofree char *authorize_page = NULL;
  g_autofree char *token_page = NULL;

  if (address == NULL) {
    check_error (error, TOK_ERROR_ADDRESS);
    return;
  }
  g_assert_no_error (error);
  check_fixed (address);
  g_assert_true (tok_address_is_secure (address) || g_str_has_prefix (address, "ws:"));
  app_id = tok_address_dup_app_id (address);
  g_assert_true (tok_address_is_app_id (app_id));
  other = tok_address_with_app_id (address, "9223372036854775807");
  if (strlen (other) <= MAX_ADDRESS)
    check_fixed (other);
  g_assert_true (tok_address_has_own_app_id (other));
  service = tok_address_dup_service (address);
  other_service = tok_address_dup_service (other);
  g_assert_cmpstr (service, ==, other_service);
  authorize_page = tok_address_dup_authorize_page (address, "state&=#");
  check_page (authorize_page);
  token_page = tok_address_dup_token_page (address);
  check_page (token_page);
}

static void
check_token_text (const char *text)
{
  g_autoptr (TokSecret) trimmed = tok_token_text_dup_trimmed (text);
  g_autoptr (TokSecret) again = tok_token_text_dup_trimmed (trimmed);

  g_assert_cmpstr (again, ==, trimmed);
  g_assert_nonnull (strstr (text, trimmed));
  g_assert_cmpint (tok_token_text_classify (trimmed), ==, tok_token_text_classify (text));
}

static gboolean
is_taken (const char *name, gpointer given)
{
  return tok_token_name_equal (name, given);
}

static void
check_token_name (const char *text)
{
  g_autofree char *trimmed = tok_token_name_dup_trimmed (text);
  g_autofree char *again = tok_token_name_dup_trimmed (trimmed);
  g_autofree char *proposed = NULL;

  g_assert_cmpstr (again, ==, trimmed);
  if (tok_token_name_check (trimmed) != TOK_TOKEN_NAME_OK)
    return;
  proposed = tok_token_name_propose (trimmed, is_taken, trimmed);
  g_assert_false (tok_token_name_equal (proposed, trimmed));
  g_assert_cmpint (tok_token_name_check (proposed), ==, TOK_TOKEN_NAME_OK);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);

  check_redirect (text);
  check_address (text);
  check_token_text (text);
  if (g_utf8_validate (text, -1, NULL))
    check_token_name (text);
  return 0;
}
