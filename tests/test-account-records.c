/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-records.h"

#include "tok-account-record.h"
#include "tok-fake-vault.h"
#include "tok-script.h"
#include "tok-settings.h"
#include "tok-test.h"

#define ADDRESS "wss://example.com/websockets/v3?app_id=7"
#define OTHER_ADDRESS "wss://example.org/websockets/v3?app_id=7"

typedef struct {
  GSettings *settings;
  TokFakeVault *vault;
  GListStore *sessions;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->settings = tok_settings_new (TRUE, &error);
  g_assert_no_error (error);
  self->vault = tok_fake_vault_new ();
  self->sessions = g_list_store_new (TOK_TYPE_SESSION);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tok_test_assert_finalize (self->sessions);
  tok_test_assert_finalize (self->vault);
  tok_test_assert_finalize (self->settings);
}

/* Borrowed from the list. */
static TokSession *
add (Fixture *self, const char *address, const char *login_id, const char *sign_in_id)
{
  g_autoptr (TokAccount) account = tok_account_new (login_id, "USD", FALSE, TOK_SCOPE_READ, NULL);
  g_autoptr (TokSession) session
      = tok_session_new_known (address, TOK_VAULT (self->vault), TOK_VAULT (self->vault),
                               &tok_script_times, account, sign_in_id);

  g_list_store_append (self->sessions, session);
  return session;
}

static void
remember (Fixture *self)
{
  tok_account_records_write (self->settings, G_LIST_MODEL (self->sessions));
}

static void
assert_read (Fixture *self, const char *expected)
{
  g_autoptr (GPtrArray) records = tok_account_records_read (self->settings);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++) {
    const TokAccountRecord *record = records->pdata[i];

    g_string_append_printf (text, "%s %s %s;", tok_account_get_login_id (record->account),
                            record->address, record->sign_in_id != NULL ? record->sign_in_id : "-");
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  assert_read (self, "");
  add (self, ADDRESS, "CR1", NULL);
  add (self, OTHER_ADDRESS, "CR2", "browser");
  remember (self);
  assert_read (self, "CR1 " ADDRESS " -;CR2 " OTHER_ADDRESS " browser;");
  g_list_store_remove (self->sessions, 0);
  remember (self);
  assert_read (self, "CR2 " OTHER_ADDRESS " browser;");
}

static void
test_not_kept (Fixture *self, gconstpointer data)
{
  TokSession *session = add (self, ADDRESS, "CR2", NULL);

  tok_session_unkeep (session);
  tok_test_wait_until (!tok_session_get_is_kept (session));
  add (self, ADDRESS, "CR1", NULL);
  remember (self);
  assert_read (self, "CR1 " ADDRESS " -;");
  tok_account_records_write_last (self->settings, session);
  tok_account_records_write_last (self->settings, NULL);
  g_assert_false (tok_account_records_is_last (self->settings, session));
}

/* An API token works with any app id; a sign-in of the browser belongs to the one that it had. */
static void
test_app_id (Fixture *self, gconstpointer data)
{
  g_settings_set_string (self->settings, TOK_SETTINGS_SERVICE, "wss://example.com/websockets/v3");
  g_settings_set_string (self->settings, TOK_SETTINGS_APP_ID, "12");
  add (self, ADDRESS, "CR1", NULL);
  add (self, ADDRESS, "CR2", "browser");
  add (self, OTHER_ADDRESS, "CR3", NULL);
  remember (self);
  assert_read (self, "CR1 wss://example.com/websockets/v3?app_id=12 -;"
                     "CR2 " ADDRESS " browser;"
                     "CR3 " OTHER_ADDRESS " -;");
}

static void
test_last (Fixture *self, gconstpointer data)
{
  TokSession *one = add (self, ADDRESS, "CR1", NULL);
  TokSession *same_login = add (self, OTHER_ADDRESS, "CR1", NULL);
  TokSession *same_service = add (self, ADDRESS, "CR2", NULL);

  g_assert_false (tok_account_records_is_last (self->settings, one));
  tok_account_records_write_last (self->settings, one);
  g_assert_true (tok_account_records_is_last (self->settings, one));
  g_assert_false (tok_account_records_is_last (self->settings, same_login));
  g_assert_false (tok_account_records_is_last (self->settings, same_service));
  remember (self);
  g_assert_true (tok_account_records_is_last (self->settings, one));

  /* What isn't remembered wasn't looked at. */
  g_list_store_remove (self->sessions, 0);
  remember (self);
  g_assert_false (tok_account_records_is_last (self->settings, add (self, ADDRESS, "CR1", NULL)));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

#define ADD(path, test)                                                                            \
  g_test_add ("/account-records/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("not-kept", test_not_kept);
  ADD ("app-id", test_app_id);
  ADD ("last", test_last);

  return g_test_run ();
}
