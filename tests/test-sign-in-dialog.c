/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-dialog.h"

#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-test.h"

static TokSignInDialog *
new_dialog (TokUiStage *stage)
{
  TokSignInPage *page
      = tok_sign_in_page_new (stage->accounts, stage->settings, stage->browser, NULL);

  return tok_sign_in_dialog_new (NULL, page);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSignInDialog *dialog;

  tok_ui_test_close (new_dialog (stage));
  dialog = new_dialog (stage);
  gtk_window_present (GTK_WINDOW (dialog));
  tok_ui_test_wait_for_frame (dialog);
  g_assert_true (TOK_IS_SIGN_IN_PAGE (tok_sign_in_dialog_get_page (dialog)));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (dialog)), ==,
                   GTK_ACCESSIBLE_ROLE_DIALOG);
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (dialog))));
  tok_ui_test_close (dialog);
}

static void
test_closes (TokUiStage *stage, gconstpointer data)
{
  gpointer dialog = new_dialog (stage);

  gtk_window_present (GTK_WINDOW (dialog));
  tok_ui_test_wait_for_frame (dialog);
  g_object_add_weak_pointer (dialog, &dialog);
  tok_sign_in_stage_paste (dialog, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (dialog == NULL);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
}

/* Whoever leaves in the middle is not signed in afterwards. */
static void
test_escape (TokUiStage *stage, gconstpointer data)
{
  gpointer dialog = new_dialog (stage);

  tok_demo_server_set_latency (stage->server, 600000);
  gtk_window_present (GTK_WINDOW (dialog));
  tok_ui_test_wait_for_frame (dialog);
  tok_sign_in_stage_paste (dialog, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (tok_ui_stage_count_calls (stage, "authorize") == 1);
  g_object_add_weak_pointer (dialog, &dialog);
  g_assert_true (tok_ui_test_press (dialog, "Escape"));
  tok_test_wait_until (dialog == NULL);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == 0);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 0);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/sign-in-dialog/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/sign-in-dialog/closes", NULL, test_closes);
  tok_ui_stage_add ("/sign-in-dialog/escape", NULL, test_escape);

  return g_test_run ();
}
