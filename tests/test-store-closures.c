/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-store-closures.h"

#include "tok-error.h"
#include "tok-test.h"

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_page (void)
{
  static const struct {
    TokGrantStoreState state;
    guint n_items;
    gboolean is_slow;
    const char *page;
  } cases[] = {
    { TOK_GRANT_STORE_EMPTY, 0, FALSE, "blank" },
    { TOK_GRANT_STORE_EMPTY, 0, TRUE, "loading" },
    { TOK_GRANT_STORE_LISTED, 0, FALSE, "status" },
    { TOK_GRANT_STORE_LISTED, 1, FALSE, "list" },
    { TOK_GRANT_STORE_LISTED, 50, TRUE, "list" },
    { TOK_GRANT_STORE_FAILED, 0, FALSE, "status" },
    { TOK_GRANT_STORE_NO_SCOPE, 0, FALSE, "status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_takes (
        tok_closure_choose_store_page (NULL, cases[i].state, cases[i].n_items, cases[i].is_slow),
        cases[i].page);
}

static void
test_status (void)
{
  static const struct {
    TokGrantStoreState state;
    const char *icon;
    const char *title;
    const char *description;
    const char *button;
  } cases[] = {
    { TOK_GRANT_STORE_LISTED, "app-icon", "Empty", "None &amp; nothing", NULL },
    { TOK_GRANT_STORE_NO_SCOPE, "changes-prevent-symbolic", "Not Allowed", "&lt;Why&gt;",
      "Sign In with Another Token" },
    { TOK_GRANT_STORE_FAILED, "dialog-warning-symbolic", "Couldn’t Load the List",
      "The service failed at this itself. Try again in a moment.\n\n&lt;b&gt;Oops&lt;/b&gt; &amp;",
      "Retry" },
  };
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "<b>Oops</b> &");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    TokGrantStoreState state = cases[i].state;

    assert_takes (tok_closure_choose_store_icon (NULL, state, 0, error, "app-icon"), cases[i].icon);
    assert_takes (tok_closure_choose_store_title (NULL, state, error, "Empty", "Not Allowed"),
                  cases[i].title);
    assert_takes (tok_closure_describe_store (NULL, state, error, "None & nothing", "<Why>"),
                  cases[i].description);
    assert_takes (tok_closure_choose_store_button (NULL, state, error), cases[i].button);
  }
  assert_takes (tok_closure_describe_store (NULL, TOK_GRANT_STORE_FAILED, NULL, "", ""), NULL);
  assert_takes (tok_closure_describe_store (NULL, TOK_GRANT_STORE_EMPTY, NULL, NULL, NULL), NULL);
  /* Nothing is drawn for a page that isn't shown. */
  assert_takes (tok_closure_choose_store_icon (NULL, TOK_GRANT_STORE_EMPTY, 0, NULL, "app-icon"),
                NULL);
  assert_takes (tok_closure_choose_store_icon (NULL, TOK_GRANT_STORE_LISTED, 0, NULL, NULL), NULL);
  assert_takes (tok_closure_choose_store_icon (NULL, TOK_GRANT_STORE_LISTED, 1, NULL, "app-icon"),
                NULL);
  assert_takes (tok_closure_choose_store_title (NULL, TOK_GRANT_STORE_EMPTY, NULL, NULL, NULL),
                NULL);
}

/* What is wrong with the session is said as such, with what helps that. */
static void
test_session_ended (void)
{
  static const struct {
    TokError code;
    const char *title;
    const char *button;
  } cases[] = {
    { TOK_ERROR_SIGN_IN, "Signed Out", "Sign In Again" },
    { TOK_ERROR_ACCOUNT, "Signed Out", "Sign In Again" },
    { TOK_ERROR_OTHER_ACCOUNT, "Signed Out", "Sign In Again" },
    { TOK_ERROR_VAULT, "Signed Out", "Sign In Again" },
    { TOK_ERROR_VAULT_AMBIGUOUS, "Signed Out", "Sign In Again" },
    { TOK_ERROR_VAULT_LOCKED, "Keyring Locked", "Unlock" },
    { TOK_ERROR_VAULT_DISMISSED, "Keyring Locked", "Unlock" },
    { TOK_ERROR_VAULT_MISSING, "Signed Out", "Try Again" },
    { TOK_ERROR_VAULT_FAILED, "Signed Out", "Try Again" },
    { TOK_ERROR_OFFLINE, "Couldn’t Load the List", "Retry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, cases[i].code, "");

    assert_takes (tok_closure_choose_store_title (NULL, TOK_GRANT_STORE_FAILED, error, NULL, NULL),
                  cases[i].title);
    assert_takes (tok_closure_choose_store_button (NULL, TOK_GRANT_STORE_FAILED, error),
                  cases[i].button);
    assert_takes (tok_closure_choose_store_icon (NULL, TOK_GRANT_STORE_FAILED, 0, error, NULL),
                  g_str_equal (cases[i].button, "Retry") ? "dialog-warning-symbolic"
                                                         : "changes-prevent-symbolic");
  }
}

/* Neither is an error that only looks like one of these, nor one that nobody has told of. */
static void
test_foreign_error (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, TOK_ERROR_SIGN_IN, "");
  GError *const errors[] = { foreign, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    assert_takes (
        tok_closure_choose_store_title (NULL, TOK_GRANT_STORE_FAILED, errors[i], NULL, NULL),
        "Couldn’t Load the List");
    assert_takes (tok_closure_choose_store_button (NULL, TOK_GRANT_STORE_FAILED, errors[i]),
                  "Retry");
    assert_takes (tok_closure_choose_store_icon (NULL, TOK_GRANT_STORE_FAILED, 0, errors[i], NULL),
                  "dialog-warning-symbolic");
  }
}

static void
test_stale (void)
{
  static const TokError said_elsewhere[] = { TOK_ERROR_OFFLINE, TOK_ERROR_SIGN_IN };
  g_autoptr (GDateTime) as_of = g_date_time_new_utc (2023, 10, 21, 14, 2, 59);
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, "Oops");

  assert_takes (
      tok_closure_describe_stale_store (NULL, TOK_GRANT_STORE_LISTED, error, as_of),
      "Couldn’t refresh the list. The service failed at this itself. Try again in a moment. "
      "As of 14:02.");
  assert_takes (tok_closure_describe_stale_store (NULL, TOK_GRANT_STORE_LISTED, NULL, as_of), NULL);
  assert_takes (tok_closure_describe_stale_store (NULL, TOK_GRANT_STORE_LISTED, error, NULL), NULL);
  assert_takes (tok_closure_describe_stale_store (NULL, TOK_GRANT_STORE_FAILED, error, as_of),
                NULL);
  for (guint i = 0; i < G_N_ELEMENTS (said_elsewhere); i++) {
    g_autoptr (GError) known = g_error_new_literal (TOK_ERROR, said_elsewhere[i], "Oops");

    assert_takes (tok_closure_describe_stale_store (NULL, TOK_GRANT_STORE_LISTED, known, as_of),
                  NULL);
  }
}

static void
test_looking (void)
{
  assert_takes (tok_closure_describe_looking (NULL, TOK_GRANT_STORE_LISTED, TRUE), NULL);
  assert_takes (tok_closure_describe_looking (NULL, TOK_GRANT_STORE_EMPTY, FALSE), NULL);
  assert_takes (tok_closure_describe_looking (NULL, TOK_GRANT_STORE_NO_SCOPE, FALSE), NULL);
  assert_takes (tok_closure_describe_looking (NULL, TOK_GRANT_STORE_LISTED, FALSE),
                "Revoking is off: you are signed in with a token that lacks the permission Admin.");
}

static void
test_unread (void)
{
  assert_takes (tok_closure_describe_unread (NULL, 0), NULL);
  assert_takes (tok_closure_describe_unread (NULL, 1),
                "1 entry of the service’s list can’t be read, and is not shown here.");
  assert_takes (tok_closure_describe_unread (NULL, 5),
                "5 entries of the service’s list can’t be read, and are not shown here.");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/store-closures/page", test_page);
  g_test_add_func ("/store-closures/status", test_status);
  g_test_add_func ("/store-closures/session-ended", test_session_ended);
  g_test_add_func ("/store-closures/foreign-error", test_foreign_error);
  g_test_add_func ("/store-closures/stale", test_stale);
  g_test_add_func ("/store-closures/looking", test_looking);
  g_test_add_func ("/store-closures/unread", test_unread);

  return g_test_run ();
}
