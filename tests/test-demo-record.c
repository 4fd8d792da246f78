/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-record.h"

#include "tok-demo-sample.h"

#include <gio/gio.h>
#include <string.h>

/* A name can be any text, also one that JSON has to escape. */
#define NAME "A \"b\"\\\n\xf0\x9f\x8e\x81"

static TokDemoOwner *
new_owner (void)
{
  TokDemoOwner *owner = tok_demo_sample_new_owner ("a1-given");
  TokDemoAccount *account = tok_demo_owner_find_account (owner, "SAMPLE1");
  const TokDemoApp app = { 5, (char *) NAME, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, 7, TRUE, 0.25 };
  const TokDemoVisit visit = { "login", G_MAXINT32, "::1", "pt", "b", "1", "os", TRUE };
  g_autoptr (GPtrArray) tokens = tok_demo_owner_admit_app (owner, &app);

  tok_demo_account_add_token (account, "Scopes", NULL, TOK_SCOPE_NONE)->address
      = g_strdup ("127.0.0.1");
  tok_demo_owner_add_visit (owner, &visit);
  tok_demo_owner_set_start (owner, 1234567890);
  return owner;
}

static TokDemoOwner *
read_back (const char *text)
{
  g_autoptr (GError) error = NULL;
  TokDemoOwner *owner = tok_demo_record_read (text, strlen (text), &error);

  g_assert_no_error (error);
  return owner;
}

/* What is read is what was written, to the byte. */
static void
test_again (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autofree char *text = tok_demo_record_write (owner);
  g_autoptr (TokDemoOwner) same = read_back (text);
  g_autofree char *again = tok_demo_record_write (same);

  g_assert_cmpstr (again, ==, text);
}

static void
test_members (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autofree char *text = tok_demo_record_write (owner);
  g_autoptr (TokDemoOwner) same = read_back (text);
  TokDemoAccount *account = tok_demo_owner_find_account (same, "SAMPLE1");
  const TokDemoApp *app = tok_demo_account_find_app (account, 5);
  GPtrArray *tokens = tok_demo_owner_get_oauth_tokens (same);
  const TokDemoToken *token = tokens->pdata[2];
  const TokDemoVisit *visit = g_ptr_array_index (tok_demo_owner_get_visits (same), 0);

  g_assert_cmpint (tok_demo_owner_get_start (same), ==, 1234567890);
  g_assert_cmpuint (tok_demo_account_get_tokens (account)->len, ==, 7);
  g_assert_cmpstr (tok_demo_account_get_own_token (account)->secret, ==, "a1-given");
  g_assert_true (tok_demo_account_find_secret (account, "a1-given")
                 == tok_demo_account_get_own_token (account));
  g_assert_cmpstr (app->name, ==, NAME);
  g_assert_cmpint (app->scopes, ==, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  g_assert_cmpint (app->last_used, ==, 7);
  g_assert_true (app->official);
  g_assert_cmpfloat (app->markup, ==, 0.25);
  g_assert_cmpuint (tokens->len, ==, 3);
  g_assert_cmpstr (token->login_id, ==, "SAMPLE3");
  g_assert_cmpint (token->app_id, ==, 5);
  g_assert_true (tok_demo_owner_find_secret (same, token->secret) == token);
  g_assert_true (visit->failed);
  g_assert_cmpstr (visit->address, ==, "::1");
}

static void
test_own_token_deleted (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autofree char *text = NULL;
  g_autoptr (TokDemoOwner) same = NULL;
  TokDemoAccount *account = tok_demo_owner_find_account (owner, "SAMPLE1");

  g_assert_true (tok_demo_account_delete_token (account, "a1-given", TRUE));
  text = tok_demo_record_write (owner);
  same = read_back (text);
  account = tok_demo_owner_find_account (same, "SAMPLE1");
  g_assert_cmpstr (tok_demo_account_get_own_token (account)->secret, ==, "a1-given");
  g_assert_true (tok_demo_account_get_own_token (account)->gone);
  g_assert_null (tok_demo_owner_find_secret (same, "a1-given"));
}

/* Every shorter text is refused, and names no secret. */
static void
test_broken (void)
{
  g_autoptr (TokDemoOwner) owner = new_owner ();
  g_autofree char *text = tok_demo_record_write (owner);

  for (gsize length = 0; length < strlen (text); length += 7) {
    g_autoptr (GError) error = NULL;

    g_assert_null (tok_demo_record_read (text, length, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_assert_null (strstr (error->message, "a1-given"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-record/again", test_again);
  g_test_add_func ("/demo-record/members", test_members);
  g_test_add_func ("/demo-record/own-token-deleted", test_own_token_deleted);
  g_test_add_func ("/demo-record/broken", test_broken);
  return g_test_run ();
}
