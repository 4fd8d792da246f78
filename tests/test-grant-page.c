/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-page.h"

#include "tok-app.h"
#include "tok-error.h"
#include "tok-kept-secret.h"
#include "tok-settings.h"
#include "tok-test.h"
#include "tok-trade-facts.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define LIABILITY                                                                                  \
  "You answer for every transaction under your account, also for those that an app makes for "     \
  "you. The operator’s terms of use say how far."

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  GtkWidget *page = tok_grant_page_new ();

  tok_ui_test_assert_finalize_widget (tok_grant_page_new ());
  tok_grant_page_set_grant (TOK_GRANT_PAGE (page), grant);
  tok_ui_test_assert_finalize_widget (page);
  tok_ui_test_close (tok_ui_test_present (tok_grant_page_new ()));
}

static GtkWidget *
present (GtkWidget **page, TokGrant *grant)
{
  *page = tok_grant_page_new ();
  tok_grant_page_set_grant (TOK_GRANT_PAGE (*page), grant);
  return tok_ui_test_present (*page);
}

static void
test_app (void)
{
  static const char *const unknown[] = { "<b>fly", NULL };
  g_autoptr (TokApp) app = tok_app_new (
      7, "<b>Free</b> & \u202ex", TOK_SCOPE_READ | TOK_SCOPE_UNKNOWN, unknown, NULL, FALSE, 0);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (app);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  g_assert_true (tok_ui_test_shows (page, "Connected App"));
  g_assert_true (tok_ui_test_shows (page, "<b>Free</b> & [U+202E]x"));
  g_assert_true (tok_ui_test_shows (page, "Unknown permission"));
  g_assert_true (tok_ui_test_shows (page, "It Can"));
  g_assert_true (
      tok_ui_test_shows (page, "Do what the unknown permission “<b>fly” allows, whatever that is"));
  g_assert_true (tok_ui_test_shows (page, "It Cannot, as Far as This Program Knows"));
  g_assert_true (tok_ui_test_shows (page, "Third party, not the operator · Never used"));
  g_assert_true (tok_ui_test_shows (page, "What Revoking Does Not Do"));
  tok_ui_test_close (window);
}

static void
test_token (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_TRADE, NULL);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  g_assert_true (tok_ui_test_shows (page, "API Token"));
  g_assert_true (tok_ui_test_shows (page, "Grid bot"));
  g_assert_true (tok_ui_test_shows (page, "Can trade"));
  g_assert_true (tok_ui_test_shows (page, "Buy and sell contracts with your money"));
  g_assert_true (tok_ui_test_shows (page, "Can be used from any address"));
  g_assert_null (tok_ui_test_find_any (page, GTK_TYPE_LABEL, "***********wXyZ"));
  g_assert_false (tok_ui_test_shows (page, "What Revoking Does Not Do"));
  tok_ui_test_close (window);
}

/* Said of apps that can trade, or that can make themselves able to, and of nothing else. */
static void
test_liability (void)
{
  GtkWidget *page;
  GtkWidget *window = present (&page, NULL);

  for (TokScopes scopes = 0; scopes <= TOK_SCOPE_ALL; scopes++) {
    g_autoptr (TokGrant) app = tok_ui_test_new_app (7, "Desk", scopes);
    g_autoptr (TokGrant) token = tok_ui_test_new_token ("Bot", scopes, NULL);
    gboolean trades = (scopes & (TOK_SCOPE_TRADE | TOK_SCOPE_ADMIN)) != 0;

    tok_grant_page_set_grant (TOK_GRANT_PAGE (page), app);
    g_assert_true (tok_ui_test_shows (page, LIABILITY) == trades);
    tok_grant_page_set_grant (TOK_GRANT_PAGE (page), token);
    g_assert_false (tok_ui_test_shows (page, LIABILITY));
  }
  tok_ui_test_close (window);
}

static void
test_turns (void)
{
  g_autoptr (TokGrant) first = tok_ui_test_new_app (7, "First", TOK_SCOPE_READ);
  g_autoptr (TokGrant) second = tok_ui_test_new_token ("Second", TOK_SCOPE_ALL, NULL);
  GtkWidget *page;
  GtkWidget *window = present (&page, first);
  guint *n_notified = tok_test_count_notify (page, "grant");
  GtkScrolledWindow *scrolled = tok_ui_test_get (page, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *position = gtk_scrolled_window_get_vadjustment (scrolled);
  g_autoptr (TokGrant) kept = NULL;

  gtk_adjustment_set_value (position, 60);
  g_assert_cmpfloat (gtk_adjustment_get_value (position), ==, 60);
  tok_grant_page_set_grant (TOK_GRANT_PAGE (page), first);
  g_assert_cmpfloat (gtk_adjustment_get_value (position), ==, 60);
  g_assert_cmpuint (*n_notified, ==, 0);

  /* Another one is read from the top. */
  tok_grant_page_set_grant (TOK_GRANT_PAGE (page), second);
  g_assert_cmpfloat (gtk_adjustment_get_value (position), ==, 0);
  g_assert_cmpuint (*n_notified, ==, 1);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Second"));
  g_assert_false (tok_ui_test_shows (page, "First"));
  g_object_get (page, "grant", &kept, NULL);
  g_assert_true (kept == second);

  tok_grant_page_set_grant (TOK_GRANT_PAGE (page), NULL);
  tok_ui_test_close (window);
}

static void
test_update (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  g_autoptr (TokApp) fresh = tok_app_new (7, "Desk 2", TOK_SCOPE_PAYMENTS, NULL, NULL, FALSE, 0);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  tok_grant_update (grant, G_OBJECT (fresh));
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Desk 2"));
  g_assert_true (tok_ui_test_shows (page, "Can move money"));
  g_assert_true (tok_ui_test_shows (page, "Withdraw money through payment agents"));
  tok_ui_test_close (window);
}

static void
on_revoke (TokGrantPage *page, guint *n_revoked)
{
  (*n_revoked)++;
}

/* The page of somebody who may do everything. */
static GtkWidget *
present_signed_in (GtkWidget **page, TokUiStage *stage, TokGrant *grant)
{
  GtkWidget *window = present (page, grant);

  tok_grant_page_set_session (TOK_GRANT_PAGE (*page),
                              tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE),
                              stage->settings);
  tok_ui_test_wait_for_frame (window);
  return window;
}

static void
assert_fails (GtkWidget *window, TokGrant *grant, TokError code, const char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, code, "<b>Oops</b>");

  tok_grant_set_failed (grant, error);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (window, sentence));
  g_assert_nonnull (tok_ui_test_find (window, GTK_TYPE_BUTTON, "Retry"));
}

/* A token can be deleted from here, and how that goes is said here. */
static void
test_delete (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_TRADE, NULL);
  GtkWidget *page;
  GtkWidget *window = present_signed_in (&page, stage, grant);
  guint n_revoked = 0;

  g_signal_connect (page, "revoke", G_CALLBACK (on_revoke), &n_revoked);
  tok_ui_test_assert_name (tok_ui_test_get (page, GTK_TYPE_BUTTON, "Delete"),
                           "Delete token Grid bot");
  tok_ui_test_click (page, "Delete");
  g_assert_cmpuint (n_revoked, ==, 1);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);

  tok_grant_set_working (grant);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Deleting…"));
  assert_fails (window, grant, TOK_ERROR_UNCONFIRMED,
                "Couldn’t confirm that it is deleted. It may still work.");
  assert_fails (window, grant, TOK_ERROR_MAINTENANCE,
                "Not deleted. The service is closed for maintenance. Nothing is lost; try again "
                "later.");
  tok_ui_test_click (page, "Retry");
  g_assert_cmpuint (n_revoked, ==, 2);
  tok_grant_set_gone (grant);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Deleted"));
  g_assert_null (tok_ui_test_find (page, GTK_TYPE_BUTTON, "Retry"));
  tok_ui_test_close (window);
}

/* So can the access of an app be revoked; the focus of the button is for nothing else. */
static void
test_revoke (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  GtkWidget *page;
  GtkWidget *window = present_signed_in (&page, stage, grant);
  GtkWidget *button = tok_ui_test_get (page, GTK_TYPE_BUTTON, "Revoke access");
  guint n_revoked = 0;

  g_signal_connect (page, "revoke", G_CALLBACK (on_revoke), &n_revoked);
  tok_ui_test_assert_name (button, "Revoke access for Desk");
  gtk_widget_grab_focus (button);
  tok_ui_test_click (page, "Revoke access");
  g_assert_cmpuint (n_revoked, ==, 1);
  tok_grant_set_working (grant);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Revoking…"));
  g_assert_true (ADW_IS_ACTION_ROW (gtk_window_get_focus (GTK_WINDOW (window))));
  assert_fails (window, grant, TOK_ERROR_UNCONFIRMED,
                "Couldn’t confirm that access is revoked. It may still have it.");
  tok_grant_set_gone (grant);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (page, "Access revoked"));
  tok_ui_test_close (window);
}

/* Without a session nobody knows what is permitted. */
static void
test_cannot_revoke (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (page, GTK_TYPE_BUTTON, "Revoke access")));
  g_assert_null (tok_ui_test_find (page, TOK_TYPE_TRADE_FACTS, NULL));
  tok_ui_test_close (window);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer n_back)
{
  (*(guint *) n_back)++;
}

static guint *
count_back (GtkWidget *window)
{
  static const GActionEntry entries[] = { { "back", on_back, NULL, NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  guint *n_back = g_new0 (guint, 1);

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, n_back);
  gtk_widget_insert_action_group (window, "account", G_ACTION_GROUP (actions));
  g_object_set_data_full (G_OBJECT (window), "n-back", n_back, g_free);
  return n_back;
}

/* What is gone is left, but not before that was read. */
static void
test_gone (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  gint64 gone_at;
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);
  guint *n_back = count_back (window);

  tok_grant_set_gone (grant);
  gone_at = g_get_monotonic_time ();
  tok_ui_test_wait_for_frame (window);
  g_assert_cmpuint (*n_back, ==, 0);
  tok_test_wait_until (*n_back > 0);
  g_assert_cmpint (g_get_monotonic_time () - gone_at, >=, G_TIME_SPAN_SECOND);
  g_assert_cmpuint (*n_back, ==, 1);
  tok_ui_test_close (window);
}

static void
assert_stays (GtkWidget *window, TokGrant *gone)
{
  guint *n_back = g_object_get_data (G_OBJECT (window), "n-back");
  GtkWidget *other;
  GtkWidget *other_window = present (&other, gone);
  guint *n_other_back = count_back (other_window);

  /* Whoever came later is left by now. */
  tok_test_wait_until (*n_other_back > 0);
  g_assert_cmpuint (*n_back, ==, 0);
  tok_ui_test_close (other_window);
}

/* Somebody was faster, or reads about another one. */
static void
test_gone_before (void)
{
  g_autoptr (TokGrant) first = tok_ui_test_new_app (7, "First", TOK_SCOPE_READ);
  g_autoptr (TokGrant) second = tok_ui_test_new_app (8, "Second", TOK_SCOPE_READ);
  GtkWidget *page;
  GtkWidget *window = present (&page, first);

  count_back (window);
  tok_grant_set_gone (first);
  tok_grant_page_set_grant (TOK_GRANT_PAGE (page), second);
  assert_stays (window, first);
  tok_grant_set_gone (second);
  gtk_widget_set_visible (page, FALSE);
  assert_stays (window, first);
  tok_ui_test_close (window);
}

/* The keys begin where reading does, and at nothing that a key could do harm with. */
static void
test_focus (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  for (guint i = 0; i < 2; i++) {
    GtkWidget *focus;

    g_assert_true (gtk_widget_grab_focus (page));
    focus = gtk_window_get_focus (GTK_WINDOW (window));
    g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), ==,
                     "Permissions");
    g_assert_true (gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD));
  }
  tok_ui_test_close (window);
}

/* For whoever has no session to ask. */
static void
test_no_secret (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL);
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  tok_grant_page_set_session (TOK_GRANT_PAGE (page), NULL, settings);
  tok_ui_test_wait_for_frame (window);
  g_assert_false (tok_ui_test_shows (page, "Secret"));
  tok_ui_test_close (window);
}

static void
on_copy (TokGrantPage *page, TokGrant *grant, TokGrant **copied)
{
  *copied = grant;
}

static void
test_copy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Bot", TOK_SCOPE_READ, NULL);
  TokGrant *copied = NULL;
  GtkWidget *page;
  GtkWidget *window = present (&page, grant);

  g_signal_connect (page, "copy", G_CALLBACK (on_copy), &copied);
  g_signal_emit_by_name (tok_ui_test_find_any (page, TOK_TYPE_KEPT_SECRET, NULL), "copy");
  g_assert_true (copied == grant);
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-page/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-page/app", test_app);
  g_test_add_func ("/grant-page/token", test_token);
  g_test_add_func ("/grant-page/liability", test_liability);
  g_test_add_func ("/grant-page/turns", test_turns);
  g_test_add_func ("/grant-page/update", test_update);
  tok_ui_stage_add ("/grant-page/delete", NULL, test_delete);
  tok_ui_stage_add ("/grant-page/revoke", NULL, test_revoke);
  g_test_add_func ("/grant-page/cannot-revoke", test_cannot_revoke);
  g_test_add_func ("/grant-page/gone", test_gone);
  g_test_add_func ("/grant-page/gone-before", test_gone_before);
  g_test_add_func ("/grant-page/focus", test_focus);
  g_test_add_func ("/grant-page/no-secret", test_no_secret);
  g_test_add_func ("/grant-page/copy", test_copy);

  return g_test_run ();
}
