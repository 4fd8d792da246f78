/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-words.h"

#include "tok-memory-vault.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-ui-test.h"

/* Nothing is sent to it. */
#define ADDRESS "ws://127.0.0.1:9/websockets/v3?app_id=1089"

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static TokBulk *
new_bulk (guint n, gboolean is_tokens, TokScopes scopes)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (TokSession) session = tok_session_new (ADDRESS, vault, &tok_times_default, FALSE);
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (grants, is_tokens ? tok_ui_test_new_token ("Token", scopes, NULL)
                                       : tok_ui_test_new_app (i + 1, "App", scopes));
  return tok_bulk_new (session, grants);
}

static void
test_question (void)
{
  static const struct {
    guint n;
    gboolean is_tokens;
    const char *title;
    const char *heading;
    const char *yes;
  } rows[] = {
    { 1, TRUE, "Delete Tokens", "Delete 1 Token?", "Delete 1 Token" },
    { 12, TRUE, "Delete Tokens", "Delete 12 Tokens?", "Delete 12 Tokens" },
    { 1, FALSE, "Revoke Access", "Revoke Access of 1 App?", "Revoke Access" },
    { 300, FALSE, "Revoke Access", "Revoke Access of 300 Apps?", "Revoke Access" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TokBulk) bulk = new_bulk (rows[i].n, rows[i].is_tokens, TOK_SCOPE_READ);

    assert_takes (tok_bulk_words_title (NULL, bulk), rows[i].title);
    assert_takes (tok_bulk_words_heading (NULL, bulk, TOK_BULK_NEW), rows[i].heading);
    assert_takes (tok_bulk_words_label_yes (NULL, bulk), rows[i].yes);
    assert_takes (tok_bulk_words_heading (NULL, bulk, TOK_BULK_RUNNING),
                  rows[i].is_tokens ? "Deleting Tokens" : "Revoking Access");
  }
}

/* Who may be signed out is told. */
static void
test_describe (void)
{
  g_autoptr (TokBulk) some = new_bulk (2, TRUE, TOK_SCOPE_READ);
  g_autoptr (TokBulk) one = new_bulk (1, TRUE, TOK_SCOPE_READ);
  g_autoptr (TokBulk) strong = new_bulk (2, TRUE, TOK_SCOPE_ADMIN);
  g_autoptr (TokBulk) apps = new_bulk (2, FALSE, TOK_SCOPE_ADMIN);

  assert_takes (tok_bulk_words_describe (NULL, some),
                "Programs that use them stop working at once, and their open positions stay open. "
                "Deleted tokens can’t be brought back.");
  assert_takes (tok_bulk_words_describe (NULL, one),
                "Programs that use it stop working at once, and their open positions stay open. "
                "A deleted token can’t be brought back.");
  assert_takes (tok_bulk_words_describe (NULL, apps),
                "They stop working with all of your accounts at once. Positions that they have "
                "opened stay open.");
  assert_takes (tok_bulk_words_describe_own (NULL, some), NULL);
  assert_takes (tok_bulk_words_describe_own (NULL, apps), NULL);
  assert_takes (tok_bulk_words_describe_own (NULL, strong),
                "This program may be signed in with one of them. Then you will be signed out, and "
                "need another token to sign in again.");
  assert_takes (tok_bulk_words_dup_warning (some, 0), NULL);
  assert_takes (tok_bulk_words_dup_warning (strong, 0),
                "You may be signed in with it. It goes last.");
  assert_takes (tok_bulk_words_dup_levels (some), "View\u00a0only\u00a02");
  assert_takes (tok_bulk_words_dup_levels (strong), "Full\u00a0control\u00a02");
}

/* The app that this program is signed in by is this program. */
static void
test_own_app (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (TokSession) session = tok_session_new (ADDRESS, vault, &tok_times_default, FALSE);
  g_autoptr (GPtrArray) grants = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TokBulk) bulk = NULL;

  tok_session_set_sign_in_id (session, "Some sign-in");
  g_ptr_array_add (grants, tok_ui_test_new_app (1089, "This", TOK_SCOPE_ADMIN));
  g_ptr_array_add (grants, tok_ui_test_new_app (1, "App", TOK_SCOPE_ADMIN));
  bulk = tok_bulk_new (session, grants);
  assert_takes (tok_bulk_words_describe_own (NULL, bulk),
                "One of them is this program, which goes last: you will be signed out.");
  assert_takes (tok_bulk_words_dup_warning (bulk, 0), NULL);
  assert_takes (tok_bulk_words_dup_warning (bulk, 1),
                "This is the program that you are using. It goes last.");
}

static void
test_step (void)
{
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_NEW, 0), NULL);
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_RUNNING, 0), NULL);
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_RATE_LIMITED, 1),
                "The service asks to wait. Trying again in 1 second.");
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_RATE_LIMITED, 40),
                "The service asks to wait. Trying again in 40 seconds.");
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_DISCONNECTED, 0),
                "The connection was lost. Waiting for it to come back…");
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_STOPPING, 0),
                "Stopping after this one…");
  assert_takes (tok_bulk_words_describe_step (NULL, TOK_BULK_DONE, 0), NULL);
}

static void
test_progress (void)
{
  assert_takes (tok_bulk_words_count (NULL, 12, 300), "12 of 300");
  g_assert_cmpfloat (tok_bulk_words_measure (NULL, 0, 0), ==, 0);
  g_assert_cmpfloat (tok_bulk_words_measure (NULL, 75, 300), ==, 0.25);
  assert_takes (tok_bulk_words_describe_current (NULL, NULL), NULL);
  for (TokBulkState state = TOK_BULK_NEW; state <= TOK_BULK_DONE; state++) {
    gboolean is_at_work = state != TOK_BULK_NEW && state != TOK_BULK_DONE;

    g_assert_cmpint (tok_bulk_words_is_asking (NULL, state), ==, state == TOK_BULK_NEW);
    g_assert_cmpint (tok_bulk_words_is_at_work (NULL, state), ==, is_at_work);
    g_assert_cmpint (tok_bulk_words_is_done (NULL, state), ==, state == TOK_BULK_DONE);
    if (is_at_work)
      g_assert_cmpint (tok_bulk_words_can_stop (NULL, state), ==, state != TOK_BULK_STOPPING);
  }
  assert_takes (tok_bulk_words_label_stop (NULL, TOK_BULK_RUNNING), "Stop");
  assert_takes (tok_bulk_words_label_stop (NULL, TOK_BULK_DISCONNECTED), "Stop");
  assert_takes (tok_bulk_words_label_stop (NULL, TOK_BULK_STOPPING), "Stopping…");
  assert_takes (tok_bulk_words_label_stop (NULL, TOK_BULK_CONFIRMING), "Don’t Wait");
}

/* What is never known stays so: nothing was tried here. */
static void
test_report (void)
{
  g_autoptr (TokBulk) bulk = new_bulk (2, FALSE, TOK_SCOPE_READ);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 25, 17, 2, 3);

  assert_takes (tok_bulk_words_dup_reason (bulk, 0), NULL);
  assert_takes (tok_bulk_words_dup_file_name (bulk, now), "Revoked Apps 2026-11-25.txt");
  assert_takes (tok_bulk_words_dup_report (bulk, "<b>\u202e", now),
                "Revoke Access – 25 November 2026, 17:02:03 UTC\nAccount: <b>[U+202E]\n"
                "No app is confirmed to have lost its access.\n\nNot Tried (2)\n"
                "- App (app id 1)\n- App (app id 2)\n");
  assert_takes (tok_bulk_words_dup_group (bulk, TOK_BULK_GONE), "Access Revoked (0)");
  assert_takes (tok_bulk_words_dup_group (bulk, TOK_BULK_FAILED), "Not Revoked (0)");
  assert_takes (tok_bulk_words_dup_group (bulk, TOK_BULK_UNCONFIRMED), "Couldn’t Confirm (0)");
}

/* How many are left, and what can be pressed about it. */
static void
test_left (void)
{
  static const struct {
    guint n;
    gboolean is_tokens;
    const char *left;
  } rows[] = {
    { 1, TRUE, "1 still works." },
    { 2, TRUE, "2 still work." },
    { 1, FALSE, "1 still has access." },
    { 300, FALSE, "300 still have access." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TokBulk) bulk = new_bulk (rows[i].n, rows[i].is_tokens, TOK_SCOPE_READ);

    assert_takes (tok_bulk_words_dup_left (bulk), rows[i].left);
  }
  assert_takes (tok_bulk_words_dup_retry (1), "Try Again with 1");
  assert_takes (tok_bulk_words_dup_retry (300), "Try Again with 300");
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/bulk-words/question", test_question);
  g_test_add_func ("/bulk-words/describe", test_describe);
  g_test_add_func ("/bulk-words/own-app", test_own_app);
  g_test_add_func ("/bulk-words/step", test_step);
  g_test_add_func ("/bulk-words/progress", test_progress);
  g_test_add_func ("/bulk-words/report", test_report);
  g_test_add_func ("/bulk-words/left", test_left);

  return g_test_run ();
}
