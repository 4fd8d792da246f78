/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-head.h"

#include "tok-app.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#define WARNING "Its name hides characters that can’t be seen."
#define OWN                                                                                        \
  "You are signed in here by this app. If you revoke its access, you are signed out of this "      \
  "program."

static TokGrant *
new_app (gboolean official, GDateTime *last_used)
{
  g_autoptr (TokApp) app = tok_app_new (7, "<b>Desk</b>\u202e", TOK_SCOPE_READ | TOK_SCOPE_TRADE,
                                        NULL, last_used, official, 0);

  return tok_grant_new_for_app (app);
}

static GtkWidget *
present (GtkWidget **head, TokGrant *grant)
{
  *head = g_object_new (TOK_TYPE_GRANT_HEAD, "grant", grant, NULL);
  return tok_ui_test_present_scrolled (*head);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = new_app (FALSE, NULL);
  GtkWidget *head;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_HEAD, NULL));
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_GRANT_HEAD, "grant", grant, NULL));
  tok_ui_test_close (present (&head, NULL));
}

static void
test_app (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) used = g_date_time_add_days (now, -11);
  g_autoptr (TokGrant) third = new_app (FALSE, used);
  g_autoptr (TokGrant) official = new_app (TRUE, NULL);
  g_autoptr (TokApp) app
      = tok_app_new_full (7, "Desk", TOK_SCOPE_READ, NULL, NULL, FALSE, FALSE, 0);
  g_autoptr (TokGrant) unclear = tok_grant_new_for_app (app);
  g_autoptr (TokGrant) kept = NULL;
  GtkWidget *head;
  GtkWidget *window = present (&head, third);

  g_assert_true (tok_ui_test_shows (head, "<b>Desk</b>[U+202E]"));
  g_assert_true (tok_ui_test_shows (head, WARNING));
  g_assert_true (tok_ui_test_shows (head, "Can trade"));
  g_assert_true (tok_ui_test_shows (head, "Third party, not the operator · Used 11 days ago"));
  g_assert_false (tok_ui_test_shows (head, OWN));

  g_object_set (head, "grant", official, NULL);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (head, "Official app of the operator · Never used"));
  g_object_set (head, "grant", unclear, NULL);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (head, "Third party, not the operator · Last use not known"));
  g_object_set (head, "grant", official, NULL);
  g_object_get (head, "grant", &kept, NULL);
  g_assert_true (kept == official);
  tok_ui_test_close (window);
}

/* How long ago that is changes while the page is away. */
static void
test_now (void)
{
  g_autoptr (TokGrant) grant = new_app (FALSE, NULL);
  GtkWidget *head;
  GtkWidget *window = present (&head, grant);
  g_autoptr (GDateTime) before = NULL;
  g_autoptr (GDateTime) after = NULL;

  g_object_get (head, "now", &before, NULL);
  gtk_widget_set_visible (head, FALSE);
  gtk_widget_set_visible (head, TRUE);
  g_object_get (head, "now", &after, NULL);
  g_assert_cmpint (g_date_time_compare (after, before), >, 0);
  tok_ui_test_close (window);
}

/* Of a token other parts of the page say when it was used, and whose it is. */
static void
test_token (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ, NULL);
  GtkWidget *head;
  GtkWidget *window;

  tok_grant_set_is_this_program (grant, TRUE);
  window = present (&head, grant);
  g_assert_true (tok_ui_test_shows (head, "Grid bot"));
  g_assert_true (tok_ui_test_shows (head, "View only"));
  g_assert_false (tok_ui_test_shows (head, OWN));
  g_assert_null (tok_ui_test_find (head, GTK_TYPE_LABEL, ""));
  g_assert_null (tok_ui_test_find (head, GTK_TYPE_GRID, NULL));
  tok_ui_test_close (window);
}

static void
test_own (void)
{
  g_autoptr (TokGrant) grant = new_app (FALSE, NULL);
  GtkWidget *head;
  GtkWidget *window = present (&head, grant);

  tok_grant_set_is_this_program (grant, TRUE);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (head, OWN));
  tok_grant_set_is_this_program (grant, FALSE);
  tok_ui_test_wait_for_frame (window);
  g_assert_false (tok_ui_test_shows (head, OWN));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/grant-head/new-destroy", test_new_destroy);
  g_test_add_func ("/grant-head/app", test_app);
  g_test_add_func ("/grant-head/now", test_now);
  g_test_add_func ("/grant-head/token", test_token);
  g_test_add_func ("/grant-head/own", test_own);

  return g_test_run ();
}
