/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-progress.h"

#include "tok-bulk.h"
#include "tok-grant-store.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_BULK_PROGRESS, NULL));
}

static void
assert_shows (GtkWidget *window, const char *text)
{
  tok_ui_test_wait_for_frame (window);
  if (!tok_ui_test_shows (window, text))
    g_error ("nobody says “%s”", text);
}

static void
assert_bar (GtkWidget *window, const char *text, double fraction)
{
  GtkProgressBar *bar = tok_ui_test_get (window, GTK_TYPE_PROGRESS_BAR, NULL);

  g_assert_cmpstr (gtk_progress_bar_get_text (bar), ==, text);
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (bar), fraction, 1e-6);
}

/* It tells how far it is, and with what. */
static void
test_follow (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  TokGrantStore *apps = tok_session_get_apps (session);
  g_autoptr (GPtrArray) grants = g_ptr_array_new ();
  g_autoptr (TokBulk) bulk = NULL;
  GtkWidget *window;

  g_ptr_array_add (grants, tok_grant_store_find (apps, TOK_UI_STAGE_HOSTILE_APP));
  g_ptr_array_add (grants, tok_grant_store_find (apps, "70101"));
  bulk = tok_bulk_new (session, grants);
  window = tok_ui_test_present (g_object_new (TOK_TYPE_BULK_PROGRESS, "bulk", bulk, NULL));
  assert_bar (window, "0 of 2", 0);
  tok_demo_server_set_latency (stage->server, 200);
  tok_bulk_start (bulk);
  assert_shows (window, TOK_UI_STAGE_HOSTILE_NAME);
  tok_test_wait_until (tok_bulk_get_n_done (bulk) == 1);
  assert_bar (window, "1 of 2", 0.5);
  assert_shows (window, "Chart Desk");
  tok_test_wait_until (tok_bulk_get_state (bulk) == TOK_BULK_CONFIRMING);
  assert_bar (window, "2 of 2", 1);
  assert_shows (window, "Looking at the service’s list, which shows what is true now…");
  g_assert_false (tok_ui_test_shows (window, "Chart Desk"));
  tok_test_wait_until (tok_bulk_get_state (bulk) == TOK_BULK_DONE);
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/bulk-progress/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/bulk-progress/follow", NULL, test_follow);

  return g_test_run ();
}
