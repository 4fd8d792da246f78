/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-check-view.h"

#include "tok-account.h"
#include "tok-test.h"
#include "tok-token-steps.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define TOKENS_ON "On: they can be seen, created and deleted."
#define TOKENS_OFF "Off: the service shows, creates and deletes tokens only for a token with Admin."
#define APPS_ON                                                                                    \
  "They can be seen. Revoking is off: the service revokes only for a token with Admin."
#define APPS_OFF "Off: the service shows them only to a token with Read."

typedef struct {
  GtkWidget *view;
  GtkWidget *window;
  guint n_accepted;
  guint n_declined;
} Fixture;

static void
on_accepted (TokCheckView *view, Fixture *self)
{
  self->n_accepted++;
}

static void
on_declined (TokCheckView *view, Fixture *self)
{
  self->n_declined++;
}

static void
begin (Fixture *self, TokAccount *account)
{
  *self = (Fixture){ .view = g_object_new (TOK_TYPE_CHECK_VIEW, "account", account, NULL) };
  g_signal_connect (self->view, "accepted", G_CALLBACK (on_accepted), self);
  g_signal_connect (self->view, "declined", G_CALLBACK (on_declined), self);
  self->window = tok_ui_test_present_scrolled (self->view);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static void
assert_row (Fixture *self, const char *title, const char *subtitle)
{
  AdwActionRow *row = tok_ui_test_get (self->view, ADW_TYPE_ACTION_ROW, title);

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, subtitle);
}

static void
test_new_destroy (void)
{
  TokAccount *account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_CHECK_VIEW, NULL));
  begin (&fixture, account);
  end (&fixture);
  tok_test_assert_finalize (account);
}

static const struct {
  TokScopes scopes;
  const char *permissions;
  const char *tokens;
  const char *apps;
} cases[] = {
  { TOK_SCOPE_READ, "Read", TOKENS_OFF, APPS_ON },
  { TOK_SCOPE_ADMIN, "Admin", TOKENS_ON, APPS_OFF },
  { TOK_SCOPE_READ | TOK_SCOPE_TRADE | TOK_SCOPE_PAYMENTS, "Read, Trade, Payments", TOKENS_OFF,
    APPS_ON },
  { TOK_SCOPE_ADMIN | TOK_SCOPE_TRADING_INFORMATION, "Trading information, Admin", TOKENS_ON,
    APPS_OFF },
};

static void
test_scopes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TokAccount) account
        = tok_account_new ("SAMPLE1", "USD", FALSE, cases[i].scopes, NULL);
    Fixture fixture;

    begin (&fixture, account);
    assert_row (&fixture, "Account", "SAMPLE1 · Real account in USD");
    assert_row (&fixture, "Permissions of the Token", cases[i].permissions);
    assert_row (&fixture, "API Tokens", cases[i].tokens);
    assert_row (&fixture, "Connected Apps", cases[i].apps);
    g_assert_true (tok_ui_test_shows (fixture.view, "This Token Can’t Do Everything"));
    end (&fixture);
  }
}

/* Nothing of what the service says is markup, nor without end. */
static void
test_hostile (void)
{
  g_autofree char *much = g_strnfill (10000, 'x');
  const char *const unknown[] = { "<b>\u202e&", much, NULL };
  g_autoptr (TokAccount) account
      = tok_account_new ("<i>\u202e", "&<b>", FALSE, TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown);
  Fixture fixture;
  AdwActionRow *row;

  begin (&fixture, account);
  assert_row (&fixture, "Account", "<i>[U+202E] · Real account in &<b>");
  row = tok_ui_test_get (fixture.view, ADW_TYPE_ACTION_ROW, "Permissions of the Token");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (row),
                                   "Read, Unknown permission “<b>[U+202E]&”"));
  g_assert_cmpuint (g_utf8_strlen (adw_action_row_get_subtitle (row), -1), <, 450);
  g_assert_true (tok_ui_test_shows (fixture.view, "<i>[U+202E] · Real account in &<b>"));
  end (&fixture);
}

static void
test_another_account (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  g_autoptr (TokAccount) demo = tok_account_new ("SAMPLE3", "", TRUE, TOK_SCOPE_ADMIN, NULL);
  Fixture fixture;
  guint *n_notified;

  begin (&fixture, account);
  n_notified = tok_test_count_notify (fixture.view, "account");
  g_object_set (fixture.view, "account", demo, NULL);
  g_object_set (fixture.view, "account", demo, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  assert_row (&fixture, "Account", "SAMPLE3 · Demo account, no real money");
  assert_row (&fixture, "Permissions of the Token", "Admin");
  assert_row (&fixture, "Connected Apps", APPS_OFF);
  end (&fixture);
}

static void
test_buttons (void)
{
  g_autoptr (TokAccount) account = tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ, NULL);
  Fixture fixture;
  GtkWidget *focus;

  begin (&fixture, account);
  gtk_widget_grab_focus (fixture.view);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (focus == tok_ui_test_get (fixture.view, GTK_TYPE_BUTTON, "Continue with It"));
  tok_ui_test_click (fixture.view, "Continue with It");
  g_assert_cmpuint (fixture.n_accepted, ==, 1);
  g_assert_cmpuint (fixture.n_declined, ==, 0);
  tok_ui_test_click (fixture.view, "Use Another Token");
  g_assert_cmpuint (fixture.n_accepted, ==, 1);
  g_assert_cmpuint (fixture.n_declined, ==, 1);
  end (&fixture);
}

/* How to get a token that can do more is told for the same service. */
static void
test_steps (void)
{
  Fixture fixture;
  GtkWidget *steps;
  g_autofree char *address = NULL;
  g_autofree char *own = NULL;

  begin (&fixture, NULL);
  g_object_set (fixture.view, "address", "wss://ws.example.org/?app_id=7", NULL);
  steps = tok_ui_test_get (fixture.view, TOK_TYPE_TOKEN_STEPS, NULL);
  g_object_get (steps, "address", &address, NULL);
  g_object_get (fixture.view, "address", &own, NULL);
  g_assert_cmpstr (address, ==, "wss://ws.example.org/?app_id=7");
  g_assert_cmpstr (own, ==, address);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/check-view/new-destroy", test_new_destroy);
  g_test_add_func ("/check-view/scopes", test_scopes);
  g_test_add_func ("/check-view/hostile", test_hostile);
  g_test_add_func ("/check-view/another-account", test_another_account);
  g_test_add_func ("/check-view/buttons", test_buttons);
  g_test_add_func ("/check-view/steps", test_steps);

  return g_test_run ();
}
