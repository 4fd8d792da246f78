/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account-button.h"

#include "tok-account-row.h"
#include "tok-account-switcher.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#include <adwaita.h>

typedef struct {
  TokUiStage *stage;
  GtkWidget *account_button;
  GtkMenuButton *button;
  GtkWidget *window;
  char *failure;
} Fixture;

static void
on_failed (TokAccountButton *button, const char *sentence, Fixture *self)
{
  g_assert_null (self->failure);
  self->failure = g_strdup (sentence);
}

static void
begin (Fixture *self, TokUiStage *stage, TokSession *session)
{
  *self = (Fixture){ .stage = stage };
  self->account_button = g_object_new (TOK_TYPE_ACCOUNT_BUTTON, "accounts", stage->accounts,
                                       "session", session, NULL);
  g_signal_connect (self->account_button, "failed", G_CALLBACK (on_failed), self);
  self->window = tok_ui_test_present (self->account_button);
  self->button
      = GTK_MENU_BUTTON (tok_ui_test_find_any (self->account_button, GTK_TYPE_MENU_BUTTON, NULL));
}

/* GTK 4.8 never lets go of a popover that is still open when it goes. */
static void
close_switcher (Fixture *self)
{
  gtk_menu_button_popdown (self->button);
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  close_switcher (self);
  tok_ui_test_close (self->window);
  g_clear_pointer (&self->failure, g_free);
}

static GtkWidget *
open_switcher (Fixture *self)
{
  GtkWidget *switcher;

  gtk_menu_button_popup (self->button);
  switcher = tok_ui_test_get (self->account_button, TOK_TYPE_ACCOUNT_SWITCHER, NULL);
  tok_ui_test_wait_for_frame (switcher);
  return switcher;
}

/* GTK 4.8 may also never let go of a popover that gives way to a dialog at once. */
static void
remove_nth (Fixture *self, int n)
{
  GtkListBox *list_box = tok_ui_test_get (open_switcher (self), GTK_TYPE_LIST_BOX, NULL);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (list_box, n));
  GtkWidget *button = tok_ui_test_get (row, GTK_TYPE_BUTTON, NULL);

  close_switcher (self);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

/* A window that has been closed may live on for as long as its last event. */
static void
answer (const char *label)
{
  GtkWindow *question = find_question ();

  tok_ui_test_wait_for_frame (question);
  g_object_add_weak_pointer (G_OBJECT (question), (gpointer *) &question);
  tok_ui_test_click (question, label);
  tok_test_wait_until (question == NULL);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_ACCOUNT_BUTTON, NULL));
  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_ACCOUNT_BUTTON, "accounts", stage->accounts, NULL));
  begin (&fixture, stage, NULL);
  end (&fixture);
  begin (&fixture, stage, tok_ui_stage_sign_in_to (stage, "SAMPLE1"));
  open_switcher (&fixture);
  end (&fixture);
}

static void
test_label (TokUiStage *stage, gconstpointer data)
{
  TokSession *real = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  TokSession *demo = tok_ui_stage_sign_in_to (stage, "SAMPLE3");
  Fixture fixture;
  guint *n_notified;

  begin (&fixture, stage, NULL);
  n_notified = tok_test_count_notify (fixture.account_button, "session");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture.button)));
  g_object_set (fixture.account_button, "session", real, NULL);
  g_assert_cmpstr (gtk_menu_button_get_label (fixture.button), ==, "SAMPLE1");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (fixture.button)), ==, "Account");
  g_object_set (fixture.account_button, "session", real, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture.button)));

  g_object_set (fixture.account_button, "session", demo, NULL);
  g_assert_cmpstr (gtk_menu_button_get_label (fixture.button), ==, "SAMPLE3 · Demo");
  g_object_set (fixture.account_button, "session", NULL, NULL);
  tok_ui_test_wait_for_frame (fixture.window);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture.button)));
  end (&fixture);
}

/* Each time that it is opened it shows how things are then. */
static void
test_switcher (TokUiStage *stage, gconstpointer data)
{
  TokSession *first = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  Fixture fixture;

  begin (&fixture, stage, first);
  g_assert_cmpuint (tok_ui_test_count (open_switcher (&fixture), TOK_TYPE_ACCOUNT_ROW), ==, 1);
  close_switcher (&fixture);
  tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  g_assert_cmpuint (tok_ui_test_count (open_switcher (&fixture), TOK_TYPE_ACCOUNT_ROW), ==, 2);
  close_switcher (&fixture);
  tok_accounts_remove (stage->accounts, first);
  g_assert_cmpuint (tok_ui_test_count (open_switcher (&fixture), TOK_TYPE_ACCOUNT_ROW), ==, 1);
  end (&fixture);
}

/* The pointer rests on the button, and a tip would cover the first account. */
static void
test_tip (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in_to (stage, "SAMPLE1"));
  for (guint i = 0; i < 2; i++) {
    g_assert_true (gtk_widget_get_has_tooltip (GTK_WIDGET (fixture.button)));
    open_switcher (&fixture);
    g_assert_false (gtk_widget_get_has_tooltip (GTK_WIDGET (fixture.button)));
    close_switcher (&fixture);
  }
  g_assert_true (gtk_widget_get_has_tooltip (GTK_WIDGET (fixture.button)));
  end (&fixture);
}

static void
test_remove (TokUiStage *stage, gconstpointer data)
{
  TokSession *second;
  Fixture fixture;

  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  second = tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  begin (&fixture, stage, second);
  remove_nth (&fixture, 0);
  g_assert_true (gtk_window_get_transient_for (find_question ()) == GTK_WINDOW (fixture.window));
  g_assert_cmpstr (gtk_window_get_title (find_question ()), ==,
                   "Remove SAMPLE1 from This Program?");
  answer ("Forget Here");
  tok_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)) == 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == second);
  g_assert_null (fixture.failure);
  end (&fixture);
}

static void
test_remove_fails (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  Fixture fixture;

  tok_test_wait_until (tok_session_get_is_kept (session));
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_FAILED);
  begin (&fixture, stage, session);
  remove_nth (&fixture, 0);
  answer ("Forget Here");
  tok_test_wait_until (fixture.failure != NULL);
  g_assert_true (g_str_has_prefix (fixture.failure, "Not removed: "));
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  end (&fixture);
}

/* The window goes while somebody is asked, or the keyring still has to do its part. */
static void
test_destroyed (TokUiStage *stage, gconstpointer data)
{
  gboolean is_answered = GPOINTER_TO_INT (data);
  TokSession *session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  Fixture fixture;

  tok_test_wait_until (tok_session_get_is_kept (session));
  tok_fake_vault_set_held (stage->keyring, TRUE);
  begin (&fixture, stage, session);
  remove_nth (&fixture, 0);
  tok_ui_test_wait_for_frame (find_question ());
  if (is_answered)
    tok_ui_test_click (find_question (), "Forget Here");
  end (&fixture);
  tok_test_wait_until (find_question () == NULL);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  if (is_answered)
    tok_test_wait_until (tok_accounts_get_current (stage->accounts) == NULL);
  else
    g_assert_true (tok_accounts_get_current (stage->accounts) == session);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/account-button/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/account-button/label", NULL, test_label);
  tok_ui_stage_add ("/account-button/switcher", NULL, test_switcher);
  tok_ui_stage_add ("/account-button/tip", NULL, test_tip);
  tok_ui_stage_add ("/account-button/remove", NULL, test_remove);
  tok_ui_stage_add ("/account-button/remove-fails", NULL, test_remove_fails);
  tok_ui_stage_add ("/account-button/destroyed/asked", GINT_TO_POINTER (FALSE), test_destroyed);
  tok_ui_stage_add ("/account-button/destroyed/answered", GINT_TO_POINTER (TRUE), test_destroyed);

  return g_test_run ();
}
