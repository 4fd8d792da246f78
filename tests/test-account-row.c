/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-row.h"

#include "tok-account.h"
#include "tok-fake-vault.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#define ADDRESS "wss://ws.example.org/websockets/v3?app_id=1089"

/* A session that nobody is signed in to, but whose account is known. */
static TokSession *
new_session (TokAccount *account)
{
  g_autoptr (TokVault) vault = TOK_VAULT (tok_fake_vault_new ());
  g_autoptr (TokAccount) owned = account;

  return tok_session_new_known (ADDRESS, vault, vault, &tok_times_default, account, NULL);
}

static TokSession *
new_sample (void)
{
  return new_session (
      tok_account_new ("SAMPLE1", "USD", FALSE, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, NULL));
}

static GtkWidget *
present (GtkWidget *row)
{
  GtkWidget *list_box = gtk_list_box_new ();

  gtk_list_box_append (GTK_LIST_BOX (list_box), row);
  return tok_ui_test_present (list_box);
}

static GtkWidget *
get_button (GtkWidget *row)
{
  return tok_ui_test_get (row, GTK_TYPE_BUTTON, NULL);
}

static void
test_new_destroy (void)
{
  TokSession *session = new_sample ();
  GtkWidget *row = tok_account_row_new (session, TRUE);
  GtkWidget *window;

  g_assert_true (tok_account_row_get_session (TOK_ACCOUNT_ROW (row)) == session);
  tok_ui_test_assert_finalize_widget (row);
  window = present (tok_account_row_new (session, FALSE));
  tok_ui_test_close (window);
  tok_test_assert_finalize (session);
}

static const struct {
  const char *login_id;
  const char *currency;
  gboolean is_virtual;
  TokScopes scopes;
  const char *name;
  const char *money;
  const char *access;
} accounts[] = {
  { "SAMPLE1", "USD", FALSE, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, "SAMPLE1", "Real account in USD",
    "Full control · Read, Admin" },
  { "SAMPLE2", "", FALSE, TOK_SCOPE_READ, "SAMPLE2", "Real account", "View only · Read" },
  { "SAMPLE3", "USD", TRUE, TOK_SCOPE_ADMIN, "SAMPLE3", "Demo account, no real money",
    "Full control · Admin" },
  { "<b>\u202e&", "<i>", FALSE, TOK_SCOPE_READ | TOK_SCOPE_PAYMENTS, "<b>[U+202E]&",
    "Real account in <i>", "Can move money · Read, Payments" },
};

/* What is to be seen is what is heard, in one breath. */
static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    for (guint is_current = 0; is_current <= 1; is_current++) {
      g_autoptr (TokSession) session
          = new_session (tok_account_new (accounts[i].login_id, accounts[i].currency,
                                          accounts[i].is_virtual, accounts[i].scopes, NULL));
      GtkWidget *row = tok_account_row_new (session, is_current);
      GtkWidget *window = present (row);
      g_autofree char *heard
          = g_strjoin (", ", accounts[i].name, accounts[i].money, accounts[i].access,
                       is_current ? "shown now" : NULL, NULL);
      g_autofree char *remove
          = g_strconcat ("Remove account ", accounts[i].name, " from this program", NULL);

      g_assert_true (tok_ui_test_shows (row, accounts[i].name));
      g_assert_true (tok_ui_test_shows (row, accounts[i].money));
      g_assert_true (tok_ui_test_shows (row, accounts[i].access));
      tok_ui_test_assert_name (row, heard);
      tok_ui_test_assert_name (get_button (row), remove);
      g_assert_cmpstr (gtk_widget_get_tooltip_text (get_button (row)), ==, remove);
      /* Nothing is thrown away. */
      g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (get_button (row))), ==,
                       "list-remove-symbolic");
      tok_ui_test_close (window);
    }
}

/* The mark of the current one keeps its place where it isn't, so that nothing stands askew. */
static void
test_current (void)
{
  g_autoptr (TokSession) session = new_sample ();

  for (guint is_current = 0; is_current <= 1; is_current++) {
    GtkWidget *row = tok_account_row_new (session, is_current);
    GtkWidget *window = present (row);
    GtkWidget *icon = tok_ui_test_get (row, GTK_TYPE_IMAGE, NULL);

    g_assert_cmpfloat (gtk_widget_get_opacity (icon), ==, is_current);
    g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (icon)), ==,
                     GTK_ACCESSIBLE_ROLE_PRESENTATION);
    tok_ui_test_close (window);
  }
}

static void
on_remove (TokAccountRow *row, guint *n_removed)
{
  (*n_removed)++;
}

static void
test_remove (void)
{
  g_autoptr (TokSession) session = new_sample ();
  GtkWidget *row = tok_account_row_new (session, TRUE);
  GtkWidget *window = present (row);
  guint n_removed = 0;

  g_signal_connect (row, "remove", G_CALLBACK (on_remove), &n_removed);
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpuint (n_removed, ==, 0);
  g_signal_emit_by_name (get_button (row), "clicked");
  g_assert_cmpuint (n_removed, ==, 1);
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/account-row/new-destroy", test_new_destroy);
  g_test_add_func ("/account-row/words", test_words);
  g_test_add_func ("/account-row/current", test_current);
  g_test_add_func ("/account-row/remove", test_remove);

  return g_test_run ();
}
