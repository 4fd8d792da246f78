/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-new-token-dialog.h"

#include "tok-create.h"
#include "tok-dialog-stage.h"
#include "tok-form-hands.h"
#include "tok-keep-row.h"
#include "tok-settings.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#define UNCOPIED "Close without a Copy?"
#define LOST_FOR_EVER                                                                              \
  "The secret will never be shown again. Without it the token is of no use to anybody."
#define PERHAPS_READ                                                                               \
  "The secret will never be shown again. Close only if your phone has read the QR code, which "    \
  "nobody here can tell."
#define UNANSWERED "Close before the Service Has Answered?"
#define UNTYPED "Discard What You Typed?"
#define DELETE "Delete “" TOK_CREATE_NAME "”"
#define SECRET_LOST                                                                                \
  "The token was created, but its secret was lost on the way. Delete it and create "               \
  "another one."

static void
test_new_destroy (TokStage *stage, gconstpointer data)
{
  TokSecretClipboard *clipboard
      = tok_secret_clipboard_new (gdk_display_get_clipboard (gdk_display_get_default ()), 30);
  TokDialogStage self = { NULL };
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokSecretClipboard) kept = NULL;

  tok_ui_test_close (tok_new_token_dialog_new (NULL, stage->session, settings, clipboard));
  tok_test_assert_finalize (clipboard);

  tok_dialog_stage_begin (&self, stage);
  g_object_get (self.dialog, "session", &session, "clipboard", &kept, NULL);
  g_assert_true (session == stage->session);
  g_assert_true (kept == self.clipboard);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (self.dialog)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self.dialog)), ==,
                   GTK_ACCESSIBLE_ROLE_DIALOG);
  g_clear_object (&kept);
  tok_dialog_stage_end (&self);
}

/* The question that was asked, if there is one; there is never more than one. */
static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
assert_asks (TokDialogStage *self, const char *heading)
{
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (find_question ());

  g_assert_nonnull (question);
  g_assert_nonnull (self->dialog);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (question)));
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (question)) == GTK_WINDOW (self->dialog));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (question)), ==, heading);
  g_assert_cmpstr (adw_message_dialog_get_default_response (question), ==, "no");
  g_assert_cmpstr (adw_message_dialog_get_close_response (question), ==, "no");
  g_assert_cmpint (adw_message_dialog_get_response_appearance (question, "yes"), ==,
                   ADW_RESPONSE_DESTRUCTIVE);
  tok_ui_test_wait_for_frame (question);
}

static void
answer_question (const char *label)
{
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static void
close_dialog (TokDialogStage *self)
{
  gtk_window_close (GTK_WINDOW (self->dialog));
}

static void
assert_closed (TokDialogStage *self)
{
  tok_test_wait_until (self->dialog == NULL);
  g_assert_null (find_question ());
}

static void
test_creates (TokStage *stage, gconstpointer data)
{
  gboolean only_here = GPOINTER_TO_INT (data);
  TokDialogStage self = { NULL };
  GtkWidget *focus;

  tok_dialog_stage_begin (&self, stage);
  focus = gtk_window_get_focus (GTK_WINDOW (self.dialog));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW));
  tok_form_hands_fill (self.dialog, "  " TOK_CREATE_NAME " ", TOK_CREATE_SCOPES, only_here);
  tok_ui_test_click (self.dialog, "Create");
  tok_script_assert_asked (
      stage->peer, "new_token", 0,
      only_here ? "\"api_token\":1,\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\","
                  "\"trade\"],\"valid_for_current_ip_only\":1"
                : "\"api_token\":1,\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\","
                  "\"trade\"]");

  /* Nothing can be changed meanwhile, and nothing is claimed. */
  tok_ui_test_wait_for_frame (self.dialog);
  g_assert_true (gtk_spinner_get_spinning (tok_ui_test_get (self.dialog, GTK_TYPE_SPINNER, NULL)));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (tok_form_hands_get_name_row (self.dialog))));
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Create")));
  tok_dialog_stage_assert_note (&self, NULL, NULL);

  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  g_assert_true (tok_ui_test_shows (self.dialog, "Can trade · Read, Trade"));
  g_assert_false (
      tok_ui_test_shows (self.dialog, "The service gave it other permissions than you asked for."));
  g_assert_null (tok_ui_test_find (self.dialog, GTK_TYPE_SPINNER, NULL));
  focus = gtk_window_get_focus (GTK_WINDOW (self.dialog));
  g_assert_true (focus == tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Copy"));

  tok_ui_test_click (self.dialog, "Copy");
  tok_ui_test_click (self.dialog, "Done");
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

static void
test_surprise (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create_and_answer (&self, TOK_STAGE_ROWS ";" TOK_CREATE_NAME
                                                            "/" TOK_CREATE_SECRET "/admin");
  tok_dialog_stage_assert_secret (&self);
  g_assert_true (
      tok_ui_test_shows (self.dialog, "The service gave it other permissions than you asked for."));
  tok_dialog_stage_end (&self);
}

/* Off, and it says why, until nothing is missing. */
static void
test_obstacles (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_assert_can_create (&self, "Give the token a name.");
  tok_form_hands_type_name (self.dialog, "x");
  tok_dialog_stage_assert_can_create (&self, "A name has at least 2 characters.");
  tok_form_hands_type_name (self.dialog, TOK_CREATE_NAME);
  tok_dialog_stage_assert_can_create (&self, "Tick at least one permission.");
  tok_form_hands_press_enter (self.dialog);
  tok_ui_test_press (self.dialog, "<Control>Return");
  g_assert_false (tok_dialog_stage_is_working (&self));
  tok_form_hands_tick (self.dialog, TOK_SCOPE_READ);
  tok_dialog_stage_assert_can_create (&self, NULL);

  tok_stage_lose (stage);
  tok_dialog_stage_assert_can_create (&self, "There is no connection to the service just now.");
  /* What doesn't wait for anything has nothing to say about that. */
  tok_dialog_stage_assert_note (&self, NULL, NULL);
  tok_stage_come_back (stage);
  tok_dialog_stage_assert_can_create (&self, NULL);
  tok_session_sign_out (stage->session);
  tok_dialog_stage_assert_can_create (&self, "You are signed out. Close this and sign in again.");
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  tok_dialog_stage_end (&self);
}

/* By whatever way, and however often. */
static void
test_once (TokStage *stage, gconstpointer data)
{
  const char *keys = data;
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_CREATE_SCOPES, FALSE);
  for (guint i = 0; i < 10; i++) {
    if (keys == NULL)
      g_signal_emit_by_name (tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Create"), "clicked");
    else if (g_str_equal (keys, "Return"))
      tok_form_hands_press_enter (self.dialog);
    else
      g_assert_true (tok_ui_test_press (self.dialog, keys) == (i == 0));
    g_assert_true (tok_dialog_stage_is_working (&self));
  }
  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  /* Nor once it is there. */
  tok_ui_test_press (self.dialog, "<Control>Return");
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
  tok_dialog_stage_end (&self);
}

/* By a key, or by the button. */
static void
cancel (TokDialogStage *self, const char *keys)
{
  if (keys != NULL)
    g_assert_true (tok_ui_test_press (self->dialog, keys));
  else
    tok_ui_test_click (self->dialog, "Cancel");
}

/* Nobody is asked about nothing. */
static void
test_cancel (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_CREATE_SCOPES, TRUE);
  tok_form_hands_fill (self.dialog, " ", TOK_SCOPE_NONE, FALSE);
  cancel (&self, data);
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

/* Nor about what somebody else has filled in. */
static void
test_cancel_prefilled (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_new_token_dialog_set_lead (self.dialog, "Another one like “Grid bot”.");
  tok_new_token_dialog_prefill (self.dialog, "Grid bot 2", TOK_SCOPE_ADMIN, TRUE);
  tok_form_hands_assert (self.dialog, "Grid bot 2", TOK_SCOPE_ADMIN, TRUE);
  tok_ui_test_wait_for_frame (self.dialog);
  g_assert_true (tok_ui_test_shows (self.dialog, "Another one like “Grid bot”."));
  tok_form_hands_tick (self.dialog, TOK_SCOPE_READ);
  cancel (&self, data);
  assert_asks (&self, UNTYPED);
  answer_question ("Go Back");
  tok_form_hands_tick (self.dialog, TOK_SCOPE_ADMIN);
  cancel (&self, data);
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

static void
test_discard (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_form_hands_fill (self.dialog, TOK_CREATE_NAME, TOK_CREATE_SCOPES, TRUE);
  cancel (&self, data);
  assert_asks (&self, UNTYPED);
  answer_question ("Go Back");
  tok_dialog_stage_assert_kept (&self);
  cancel (&self, data);
  assert_asks (&self, UNTYPED);
  gtk_window_close (find_question ());
  tok_test_wait_until (find_question () == NULL);
  tok_dialog_stage_assert_kept (&self);

  /* Each of them alone is worth the question. */
  for (guint i = 0; i < 3; i++) {
    tok_form_hands_fill (self.dialog, i == 0 ? "a" : "", i == 1 ? TOK_SCOPE_READ : TOK_SCOPE_NONE,
                         i == 2);
    cancel (&self, data);
    assert_asks (&self, UNTYPED);
    answer_question (i < 2 ? "Go Back" : "Discard");
  }
  assert_closed (&self);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  tok_dialog_stage_end (&self);
}

static void
test_close_uncopied (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create_and_answer (&self, TOK_CREATE_ANSWER);
  close_dialog (&self);
  assert_asks (&self, UNCOPIED);
  answer_question ("Go Back");
  tok_dialog_stage_assert_secret (&self);

  /* Escape to the question means no. */
  g_assert_true (tok_ui_test_press (self.dialog, "Escape"));
  assert_asks (&self, UNCOPIED);
  gtk_window_close (find_question ());
  tok_test_wait_until (find_question () == NULL);
  tok_dialog_stage_assert_secret (&self);

  tok_ui_test_click (self.dialog, "Done");
  assert_asks (&self, UNCOPIED);
  answer_question ("Close");
  assert_closed (&self);
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_EMPTY);
  tok_dialog_stage_end (&self);
}

/* Nobody but the owner knows whether the phone has read it. */
static void
test_close_shown (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create_and_answer (&self, TOK_CREATE_ANSWER);
  close_dialog (&self);
  assert_asks (&self, UNCOPIED);
  g_assert_true (tok_ui_test_shows (find_question (), LOST_FOR_EVER));
  answer_question ("Go Back");
  gtk_menu_button_popup (tok_ui_test_get (self.dialog, GTK_TYPE_MENU_BUTTON, NULL));
  close_dialog (&self);
  assert_asks (&self, UNCOPIED);
  g_assert_true (tok_ui_test_shows (find_question (), PERHAPS_READ));
  answer_question ("Close");
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

/* What is in the keyring is not lost, but for what the keyring didn't take. */
static void
test_close_kept (TokStage *stage, gconstpointer data)
{
  gboolean fails = GPOINTER_TO_INT (data);
  TokDialogStage self = { NULL };
  TokKeepRow *row;

  tok_dialog_stage_begin (&self, stage);
  tok_session_set_copies (stage->session, TOK_VAULT (stage->keyring), TRUE);
  if (fails)
    tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_LOCKED);
  tok_dialog_stage_create_and_answer (&self, TOK_CREATE_ANSWER);
  row = tok_ui_test_get (self.dialog, TOK_TYPE_KEEP_ROW, NULL);
  if (fails) {
    tok_test_wait_until (tok_ui_test_shows (row, "Not kept. Your keyring is locked."));
    close_dialog (&self);
    assert_asks (&self, UNCOPIED);
    answer_question ("Close");
  } else {
    tok_test_wait_until (tok_keep_row_get_is_kept (row));
    close_dialog (&self);
  }
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

static void
test_close_copied (TokStage *stage, gconstpointer data)
{
  const char *keys = data;
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  /* There is nothing to copy yet. */
  tok_ui_test_press (self.dialog, "<Control>c");
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_EMPTY);
  tok_dialog_stage_create_and_answer (&self, TOK_CREATE_ANSWER);
  if (keys != NULL)
    g_assert_true (tok_ui_test_press (self.dialog, keys));
  else
    tok_ui_test_click (self.dialog, "Copy");
  close_dialog (&self);
  assert_closed (&self);
  /* It stays there for its time. */
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_HELD);
  tok_dialog_stage_end (&self);
}

static void
test_close_unanswered (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  tok_ui_test_click (self.dialog, "Cancel");
  assert_asks (&self, UNANSWERED);
  answer_question ("Go Back");
  g_assert_true (tok_dialog_stage_is_working (&self));
  close_dialog (&self);
  assert_asks (&self, UNANSWERED);
  answer_question ("Close");
  assert_closed (&self);

  /* The list shows what came of it. */
  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_CREATE_LISTED);
  tok_create_wait_until_listed (stage, 4);
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
  tok_dialog_stage_end (&self);
}

typedef enum {
  IN_FLIGHT,
  ASKED,
  OFFLINE,
  LISTING,
  SECRET,
  LOST,
  DELETING,
} Moment;

static void
advance (TokDialogStage *self, Moment moment)
{
  TokRawPeer *peer = self->stage->peer;

  tok_dialog_stage_create (self);
  switch (moment) {
  case IN_FLIGHT:
    break;
  case ASKED:
    close_dialog (self);
    assert_asks (self, UNANSWERED);
    break;
  case OFFLINE:
    tok_stage_lose (self->stage);
    break;
  case LISTING:
    tok_script_refuse (peer, "new_token", 0, "Timeout");
    tok_script_wait (peer, "api_token", 1);
    break;
  case SECRET:
    tok_script_answer_rows (peer, "new_token", 0, TOK_CREATE_ANSWER);
    tok_dialog_stage_wait (self);
    break;
  case LOST:
  case DELETING:
    tok_script_refuse (peer, "new_token", 0, "Timeout");
    tok_script_answer_rows (peer, "api_token", 1, TOK_CREATE_LISTED);
    tok_dialog_stage_wait (self);
    if (moment == DELETING)
      tok_ui_test_click (self->dialog, DELETE);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Whoever takes the dialog away takes nothing else with it, and nobody stumbles over that. */
static void
test_destroyed (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  TokDialogStage self = { NULL };
  GtkWindow *question;

  tok_dialog_stage_begin (&self, stage);
  advance (&self, moment);
  gtk_window_destroy (GTK_WINDOW (self.dialog));
  question = find_question ();
  if (question != NULL)
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "yes");
  if (moment == IN_FLIGHT || moment == ASKED) {
    tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  } else if (moment == DELETING) {
    tok_script_answer_rows (stage->peer, "delete_token", 0, TOK_STAGE_ROWS);
    tok_script_answer_rows (stage->peer, "api_token", 2, TOK_STAGE_ROWS);
    tok_create_wait_until_listed (stage, 3);
  }
  /* What still waits for a list ends, too. */
  tok_session_sign_out (stage->session);
  tok_stage_run_dry ();
  tok_dialog_stage_end (&self);
}

static void
test_signed_out (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  advance (&self, moment);
  tok_session_sign_out (stage->session);
  tok_dialog_stage_wait (&self);
  if (moment == SECRET) {
    /* What was created is there to be copied all the same. */
    tok_dialog_stage_assert_secret (&self);
    tok_ui_test_click (self.dialog, "Copy");
  } else {
    tok_dialog_stage_assert_note (
        &self,
        "Couldn’t confirm whether the token was created. Sign in again, and look at the list.",
        NULL);
    tok_dialog_stage_assert_can_create (&self, "You are signed out. Close this and sign in again.");
    tok_dialog_stage_assert_kept (&self);
  }
  close_dialog (&self);
  if (moment != SECRET)
    answer_question ("Discard");
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

static void
test_try_now (TokStage *stage, gconstpointer data)
{
  TokTimes times = tok_script_times;
  TokDialogStage self = { NULL };

  times.reconnect_first = times.reconnect_longest = 600000;
  tok_stage_use_times (stage, &times);
  tok_dialog_stage_begin (&self, stage);
  advance (&self, OFFLINE);
  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  tok_ui_test_wait_for_frame (self.dialog);
  tok_ui_test_click (self.dialog, "Try Now");
  tok_script_answer_authorize (stage->peer, 1, TOK_SCRIPT_SCOPES);
  tok_script_answer_rows (stage->peer, "api_token", 1, TOK_STAGE_ROWS);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_note (
      &self, "The token was not created: the service’s list doesn’t hold it. Try again.", NULL);

  /* And it can be tried again, with what is there. */
  tok_dialog_stage_assert_kept (&self);
  tok_ui_test_click (self.dialog, "Create");
  tok_dialog_stage_assert_note (&self, NULL, NULL);
  tok_script_answer_rows (stage->peer, "new_token", 1, TOK_CREATE_ANSWER);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  tok_dialog_stage_end (&self);
}

/* The list that was to decide fails, and no other one is asked for until somebody wants it. */
static void
test_list_fails (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  advance (&self, LISTING);
  tok_script_refuse (stage->peer, "api_token", 1, "RateLimit");
  tok_test_wait_until (!tok_grant_store_get_loading (stage->tokens));
  g_assert_true (tok_dialog_stage_is_working (&self));
  tok_dialog_stage_assert_note (
      &self,
      "The service’s answer was of no use, and its list, which shows whether the token was "
      "created, can’t be loaded just now.",
      "Try Now");
  tok_ui_test_click (self.dialog, "Try Now");
  tok_dialog_stage_assert_note (
      &self, "Looking at the service’s list, which shows whether it was created…", NULL);
  tok_script_answer_rows (stage->peer, "api_token", 2, TOK_CREATE_LISTED);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_note (&self, SECRET_LOST, DELETE);
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
  tok_dialog_stage_end (&self);
}

static void
answer_delete (TokStage *stage, guint nth, guint nth_list)
{
  tok_script_answer_rows (stage->peer, "delete_token", nth, TOK_STAGE_ROWS);
  tok_script_answer_rows (stage->peer, "api_token", nth_list, TOK_STAGE_ROWS);
  tok_create_wait_until_listed (stage, 3);
}

/* A click that was meant for what stood there before. */
static void
test_delete_too_soon (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 600000, NULL);
  advance (&self, LOST);
  tok_dialog_stage_assert_note (&self, SECRET_LOST, DELETE);
  tok_ui_test_click (self.dialog, DELETE);
  tok_dialog_stage_assert_note (&self, SECRET_LOST, DELETE);
  g_assert_cmpuint (tok_script_count (stage->peer, "delete_token"), ==, 0);
  tok_dialog_stage_end (&self);
}

static void
test_delete_lost (TokStage *stage, gconstpointer data)
{
  gboolean fails = GPOINTER_TO_INT (data);
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  advance (&self, LOST);
  tok_dialog_stage_assert_note (&self, SECRET_LOST, DELETE);
  tok_ui_test_click (self.dialog, DELETE);
  tok_dialog_stage_assert_note (&self, "Deleting…", NULL);
  if (fails) {
    tok_script_refuse (stage->peer, "delete_token", 0, "RateLimit");
    tok_test_wait_until (tok_ui_test_find (self.dialog, GTK_TYPE_BUTTON, "Retry") != NULL);
    tok_dialog_stage_assert_note (&self,
                                  "Not deleted. The service asked for a pause after so many "
                                  "requests. Try again.",
                                  "Retry");
    tok_dialog_stage_assert_listed (&self, "Token 0,Token 1,Token 2," TOK_CREATE_NAME);
    tok_ui_test_click (self.dialog, "Retry");
  }
  answer_delete (stage, fails ? 1 : 0, 2);
  tok_dialog_stage_assert_note (&self, "It is deleted. You can create another one now.", NULL);
  tok_dialog_stage_assert_listed (&self, "Token 0,Token 1,Token 2");
  tok_dialog_stage_assert_kept (&self);
  tok_form_hands_assert_hint (self.dialog, "3 of 30 used", FALSE);
  tok_dialog_stage_assert_can_create (&self, NULL);

  tok_ui_test_click (self.dialog, "Create");
  tok_script_answer_rows (stage->peer, "new_token", 1, TOK_CREATE_ANSWER);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  g_assert_cmpuint (tok_script_count (stage->peer, "delete_token"), ==, fails ? 2 : 1);
  tok_dialog_stage_end (&self);
}

/* Whoever would rather have another name leaves the lost one for later. */
static void
test_leave_lost (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  advance (&self, LOST);
  tok_form_hands_type_name (self.dialog, "Another");
  tok_dialog_stage_assert_can_create (&self, NULL);
  tok_ui_test_click (self.dialog, "Create");
  tok_dialog_stage_assert_note (&self, NULL, NULL);
  tok_script_refuse (stage->peer, "new_token", 1, "RateLimit");
  tok_dialog_stage_wait (&self);
  g_assert_null (tok_ui_test_find (self.dialog, GTK_TYPE_BUTTON, DELETE));
  g_assert_cmpuint (tok_script_count (stage->peer, "delete_token"), ==, 0);
  close_dialog (&self);
  answer_question ("Discard");
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

/* What becomes of the lost one says nothing about another one that is being created meanwhile. */
static void
test_delete_meanwhile (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  advance (&self, DELETING);
  tok_form_hands_type_name (self.dialog, "Another");
  tok_ui_test_click (self.dialog, "Create");
  tok_script_wait (stage->peer, "new_token", 1);
  answer_delete (stage, 0, 2);
  tok_stage_run_dry ();
  g_assert_true (tok_dialog_stage_is_working (&self));
  tok_dialog_stage_assert_note (&self, NULL, NULL);
  tok_script_refuse (stage->peer, "new_token", 1, "RateLimit");
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_end (&self);
}

static void
add_moments (const char *path, const Moment *moments, gsize n_moments, TokStageTest test)
{
  static const char *const names[]
      = { "in-flight", "asked", "offline", "listing", "secret", "lost", "deleting" };

  for (gsize i = 0; i < n_moments; i++)
    tok_stage_add_case (path, names[moments[i]], GUINT_TO_POINTER (moments[i]), test);
}

/* Whoever asks twice is asked once. */
static void
test_close_twice (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create_and_answer (&self, TOK_CREATE_ANSWER);
  close_dialog (&self);
  close_dialog (&self);
  assert_asks (&self, UNCOPIED);
  answer_question ("Close");
  assert_closed (&self);
  tok_dialog_stage_end (&self);
}

/* The answer comes while it is being asked whether to wait for it: then the question is another. */
static void
test_answered_meanwhile (TokStage *stage, gconstpointer data)
{
  TokDialogStage self = { NULL };

  tok_dialog_stage_begin (&self, stage);
  tok_dialog_stage_create (&self);
  close_dialog (&self);
  assert_asks (&self, UNANSWERED);
  tok_script_answer_rows (stage->peer, "new_token", 0, TOK_CREATE_ANSWER);
  tok_dialog_stage_wait (&self);
  tok_dialog_stage_assert_secret (&self);
  g_assert_null (find_question ());
  tok_dialog_stage_end (&self);
}

int
main (int argc, char *argv[])
{
  static const Moment all[] = { IN_FLIGHT, ASKED, OFFLINE, LISTING, SECRET, LOST, DELETING };
  static const Moment waiting[] = { IN_FLIGHT, OFFLINE, LISTING, SECRET };

  tok_ui_test_init (&argc, &argv);

  tok_stage_add ("/new-token-dialog/new-destroy", NULL, test_new_destroy);
  tok_stage_add ("/new-token-dialog/creates/anywhere", GINT_TO_POINTER (FALSE), test_creates);
  tok_stage_add ("/new-token-dialog/creates/only-here", GINT_TO_POINTER (TRUE), test_creates);
  tok_stage_add ("/new-token-dialog/surprise", NULL, test_surprise);
  tok_stage_add ("/new-token-dialog/obstacles", NULL, test_obstacles);
  tok_stage_add ("/new-token-dialog/once/click", NULL, test_once);
  tok_stage_add ("/new-token-dialog/once/return", "Return", test_once);
  tok_stage_add ("/new-token-dialog/once/control-return", "<Control>Return", test_once);
  tok_stage_add ("/new-token-dialog/once/control-enter", "<Control>KP_Enter", test_once);
  tok_stage_add ("/new-token-dialog/cancel/click", NULL, test_cancel);
  tok_stage_add ("/new-token-dialog/cancel/escape", "Escape", test_cancel);
  tok_stage_add ("/new-token-dialog/cancel/prefilled", NULL, test_cancel_prefilled);
  tok_stage_add ("/new-token-dialog/discard/click", NULL, test_discard);
  tok_stage_add ("/new-token-dialog/discard/escape", "Escape", test_discard);
  tok_stage_add ("/new-token-dialog/close/uncopied", NULL, test_close_uncopied);
  tok_stage_add ("/new-token-dialog/close/shown", NULL, test_close_shown);
  tok_stage_add ("/new-token-dialog/close/kept", GINT_TO_POINTER (FALSE), test_close_kept);
  tok_stage_add ("/new-token-dialog/close/not-kept", GINT_TO_POINTER (TRUE), test_close_kept);
  tok_stage_add ("/new-token-dialog/close/copied/click", NULL, test_close_copied);
  tok_stage_add ("/new-token-dialog/close/copied/control-c", "<Control>c", test_close_copied);
  tok_stage_add ("/new-token-dialog/close/unanswered", NULL, test_close_unanswered);
  tok_stage_add ("/new-token-dialog/close/twice", NULL, test_close_twice);
  tok_stage_add ("/new-token-dialog/close/answered-meanwhile", NULL, test_answered_meanwhile);
  add_moments ("/new-token-dialog/destroyed", all, G_N_ELEMENTS (all), test_destroyed);
  add_moments ("/new-token-dialog/signed-out", waiting, G_N_ELEMENTS (waiting), test_signed_out);
  tok_stage_add ("/new-token-dialog/try-now", NULL, test_try_now);
  tok_stage_add ("/new-token-dialog/list-fails", NULL, test_list_fails);
  tok_stage_add ("/new-token-dialog/lost/delete", GINT_TO_POINTER (FALSE), test_delete_lost);
  tok_stage_add ("/new-token-dialog/lost/retry", GINT_TO_POINTER (TRUE), test_delete_lost);
  tok_stage_add ("/new-token-dialog/lost/too-soon", NULL, test_delete_too_soon);
  tok_stage_add ("/new-token-dialog/lost/leave", NULL, test_leave_lost);
  tok_stage_add ("/new-token-dialog/lost/meanwhile", NULL, test_delete_meanwhile);

  return g_test_run ();
}
