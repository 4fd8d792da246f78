/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-new-token-dialog.h"

#include "tok-create.h"
#include "tok-dialog-stage.h"
#include "tok-form-hands.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#define MONEY "Let It Take Out Your Money?"
#define FULL "Give Full Control of the Account?"

static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
answer_question (const char *label)
{
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static void
assert_asks (TokDialogStage *self, const char *heading)
{
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (find_question ());

  g_assert_nonnull (question);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (question)));
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (question)) == GTK_WINDOW (self->dialog));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (question)), ==, heading);
  tok_ui_test_wait_for_frame (question);
  g_assert_false (tok_dialog_stage_is_working (self));
}

static gboolean
takes_return (GtkWindow *question)
{
  GtkEventController *key = tok_ui_test_get_controller (question, GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean is_stopped = FALSE;

  g_signal_emit_by_name (key, "key-pressed", GDK_KEY_Return, 0, 0, &is_stopped);
  g_signal_emit_by_name (key, "key-released", GDK_KEY_Return, 0, 0);
  return !is_stopped;
}

/* What can get at the money is asked about each time, and nothing is sent before. */
static void
test_confirm (TokStage *stage, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_UINT (data);
  gboolean is_full = (scopes & TOK_SCOPE_ADMIN) != 0;
  const char *yes = is_full ? "Give Full Control" : "Let It Move Money";
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, scopes, FALSE);
  for (guint i = 0; i < 2; i++) {
    tok_ui_test_click (self.dialog, "Create");
    assert_asks (&self, is_full ? FULL : MONEY);
    g_assert_false (tok_ui_test_shows (
        find_question (), "This is a demo account: what can be lost in it is not money."));
    answer_question ("Go Back");
    g_assert_false (tok_dialog_stage_is_working (&self));
    tok_form_hands_assert (self.dialog, TOK_CREATE_NAME, scopes, FALSE);
  }
  tok_ui_test_click (self.dialog, "Create");
  assert_asks (&self, is_full ? FULL : MONEY);
  gtk_window_close (find_question ());
  tok_test_wait_until (find_question () == NULL);
  g_assert_false (tok_dialog_stage_is_working (&self));

  g_assert_true (tok_ui_test_press (self.dialog, "<Control>Return"));
  assert_asks (&self, is_full ? FULL : MONEY);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  answer_question (yes);
  g_assert_true (tok_dialog_stage_is_working (&self));
  tok_script_wait (stage->peer, "new_token", 0);

  /* One answer is for one time. */
  tok_script_refuse (stage->peer, "new_token", 0, "RateLimit");
  tok_dialog_stage_wait (&self);
  tok_ui_test_click (self.dialog, "Create");
  assert_asks (&self, is_full ? FULL : MONEY);
  answer_question (yes);
  tok_script_refuse (stage->peer, "new_token", 1, "RateLimit");
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_end (&self);
}

/* Another set of permissions is another question, or none. */
static void
test_confirm_changed (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_SCOPE_PAYMENTS, FALSE);
  tok_ui_test_click (self.dialog, "Create");
  assert_asks (&self, MONEY);
  g_assert_true (takes_return (find_question ()));
  answer_question ("Go Back");
  tok_form_hands_tick (self.dialog, TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN);
  tok_ui_test_click (self.dialog, "Create");
  assert_asks (&self, FULL);
  answer_question ("Go Back");
  tok_form_hands_tick (self.dialog, TOK_SCOPE_ALL & ~(TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN));
  tok_ui_test_click (self.dialog, "Create");
  g_assert_null (find_question ());
  tok_script_refuse (stage->peer, "new_token", 0, "RateLimit");
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_end (&self);
}

/* However often, and by whatever way: it is asked once, and a click or a key of a hasty hand is no
 * answer. */
static void
test_confirm_in_haste (TokStage *stage, gconstpointer data)
{
  const char *keys = data;
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 600000, NULL);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_SCOPE_ADMIN, FALSE);
  for (guint i = 0; i < 10; i++) {
    if (keys == NULL)
      g_signal_emit_by_name (tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Create"), "clicked");
    else if (g_str_equal (keys, "Return"))
      tok_form_hands_press_enter (self.dialog);
    else
      tok_ui_test_press (self.dialog, keys);
    assert_asks (&self, FULL);
  }
  for (guint i = 0; i < 10 && keys != NULL; i++)
    tok_ui_test_press (find_question (), keys);
  assert_asks (&self, FULL);
  g_assert_false (takes_return (find_question ()));
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  tok_dialog_stage_end (&self);
}

/* Between the question and its answer things may change. */
static void
test_confirm_too_late (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_SCOPE_ADMIN, FALSE);
  tok_ui_test_click (self.dialog, "Create");
  /* Whoever wants to close has to answer first. */
  gtk_window_close (GTK_WINDOW (self.dialog));
  assert_asks (&self, FULL);
  tok_stage_lose (stage);
  answer_question ("Give Full Control");
  g_assert_false (tok_dialog_stage_is_working (&self));
  tok_dialog_stage_assert_can_create (&self, "There is no connection to the service just now.");
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  tok_dialog_stage_end (&self);
}

static void
test_confirm_destroyed (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_SCOPE_ADMIN, FALSE);
  tok_ui_test_click (self.dialog, "Create");
  g_assert_nonnull (find_question ());
  gtk_window_destroy (GTK_WINDOW (self.dialog));
  tok_test_wait_until (self.dialog == NULL);
  g_assert_null (find_question ());
  tok_dialog_stage_end (&self);
}

static void
test_confirm_demo (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_stage_lose (stage);
  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_session_reconnect (stage->session);
  tok_script_answer (stage->peer, "authorize", 1,
                     "{\"loginid\":\"" TOK_SCRIPT_LOGIN "\",\"currency\":\"USD\",\"is_virtual\":1,"
                     "\"scopes\":[\"read\",\"admin\"]}");
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_SCOPE_PAYMENTS, FALSE);
  tok_test_wait_until (tok_session_get_state (stage->session) == TOK_SESSION_READY);
  tok_ui_test_click (self.dialog, "Create");
  assert_asks (&self, MONEY);
  g_assert_true (tok_ui_test_shows (
      find_question (),
      "Whoever has this token can move money between your accounts and withdraw all of it through "
      "payment agents.\n\nThis is a demo account: what can be lost in it is not money."));
  tok_dialog_stage_end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_stage_add ("/new-token-confirm/payments", GUINT_TO_POINTER (TOK_SCOPE_PAYMENTS),
                 test_confirm);
  tok_stage_add ("/new-token-confirm/admin", GUINT_TO_POINTER (TOK_SCOPE_ADMIN), test_confirm);
  tok_stage_add ("/new-token-confirm/all", GUINT_TO_POINTER (TOK_SCOPE_ALL), test_confirm);
  tok_stage_add ("/new-token-confirm/changed", NULL, test_confirm_changed);
  tok_stage_add ("/new-token-confirm/in-haste/click", NULL, test_confirm_in_haste);
  tok_stage_add ("/new-token-confirm/in-haste/return", "Return", test_confirm_in_haste);
  tok_stage_add ("/new-token-confirm/in-haste/control-return", "<Control>Return",
                 test_confirm_in_haste);
  tok_stage_add ("/new-token-confirm/too-late", NULL, test_confirm_too_late);
  tok_stage_add ("/new-token-confirm/destroyed", NULL, test_confirm_destroyed);
  tok_stage_add ("/new-token-confirm/demo", NULL, test_confirm_demo);

  return g_test_run ();
}
