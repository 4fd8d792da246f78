/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-dialog.h"

#include "tok-form-hands.h"
#include "tok-secret-clipboard.h"
#include "tok-settings.h"
#include "tok-strip.h"
#include "tok-stage.h"
#include "tok-test.h"
#include "tok-token-form.h"
#include "tok-token-name.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

/* What is replaced, and what takes its place under the name that is proposed. */
#define OLD "Grid bot"
#define NEW "Grid bot 2"
#define SCOPES (TOK_SCOPE_READ | TOK_SCOPE_TRADE)
#define SECRET "zYxWvUtSrQpOnMl"
#define WITHOUT TOK_STAGE_ROWS
#define WITH_OLD TOK_STAGE_ROWS ";" OLD "/***********gggg/read,trade"
#define REPLACED TOK_STAGE_ROWS ";" OLD "/***********OnMl/read,trade"
#define REPLACED_ANSWER TOK_STAGE_ROWS ";" OLD "/" SECRET "/read,trade"
#define WITH_BOTH WITH_OLD ";" NEW "/***********OnMl/read,trade"
#define BOTH_ANSWER WITH_OLD ";" NEW "/" SECRET "/read,trade"
#define WITH_NEW TOK_STAGE_ROWS ";" NEW "/***********OnMl/read,trade"

#define BESIDE "Create First, Delete Later (Recommended)"
#define AT_ONCE "Delete First, Keep the Name"
#define IT_WORKS "It Works: Delete “" OLD "”"
#define RETRY "Retry: Delete “" OLD "”"
#define LATER "Later: Keep Both"
#define PRICE "Replace “" OLD "” Now?"

#define OLD_ALONE "“" OLD "” works. There is no new token yet."
#define COMING "“" OLD "” works. “" NEW "” is being created."
#define BOTH_WORK "Both “" OLD "” and “" NEW "” work."
#define NEW_LOST "“" OLD "” works. There is “" NEW "”, too, but nobody has its secret."
#define NEW_UNKNOWN "“" OLD "” works. Nobody knows whether there is “" NEW "”."
#define NEW_ALONE "The old “" OLD "” is deleted. The new “" NEW "” works."
#define BEING_REPLACED "“" OLD "” is being replaced."
#define SAME_NAME "The old “" OLD "” is deleted. The new “" OLD "” works."
#define SAME_NAME_LOST                                                                             \
  "The old “" OLD "” is deleted. The new “" OLD "” is there, but nobody has its secret."
#define NEITHER "The old “" OLD "” is deleted. There is no new token yet."
#define ALL_UNKNOWN "Nobody knows whether “" OLD "” still works."

typedef struct {
  TokStage *stage;
  GSettings *settings;
  TokSecretClipboard *clipboard;
  TokGrant *old;
  TokReplaceDialog *dialog;
  guint n_lists;
} Fixture;

static void
begin_with (Fixture *self, TokStage *stage, const char *rows, guint n)
{
  /* Tests are faster than hands: every click is meant. */
  g_object_set (gtk_settings_get_default (), "gtk-double-click-time", 0, NULL);
  tok_stage_sign_in_and_list (stage);
  tok_test_wait_until (tok_grant_get_is_this_program (tok_stage_nth (stage->tokens, 1)));
  tok_session_refresh (stage->session);
  tok_stage_list_tokens (stage, 1, rows);
  self->n_lists = 2;
  self->stage = stage;
  self->settings = tok_settings_new (TRUE, NULL);
  self->clipboard
      = tok_secret_clipboard_new (gdk_display_get_clipboard (gdk_display_get_default ()), 30);
  self->old = g_object_ref (tok_stage_nth (stage->tokens, n));
  g_set_weak_pointer (&self->dialog, tok_replace_dialog_new (NULL, stage->session, self->settings,
                                                             self->clipboard, self->old));
  gtk_window_present (GTK_WINDOW (self->dialog));
  tok_ui_test_wait_for_frame (self->dialog);
}

static void
begin (Fixture *self, TokStage *stage)
{
  begin_with (self, stage, WITH_OLD, 3);
}

static void
end (Fixture *self)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  tok_test_wait_until (self->dialog == NULL);
  /* What was asked for is given up. */
  tok_stage_run_dry ();
  tok_test_assert_finalize (self->clipboard);
  g_clear_object (&self->settings);
  g_clear_object (&self->old);
}

static void
test_new_destroy (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokGrant) grant = NULL;

  begin (&self, stage);
  g_object_get (self.dialog, "session", &session, "grant", &grant, NULL);
  g_assert_true (session == stage->session);
  g_assert_true (grant == self.old);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (self.dialog)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self.dialog)), ==, "Replace “" OLD "”");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self.dialog)), ==,
                   GTK_ACCESSIBLE_ROLE_DIALOG);
  end (&self);
}

static GtkListBoxRow *
get_row (Fixture *self, const char *title)
{
  return tok_ui_test_get (self->dialog, ADW_TYPE_ACTION_ROW, title);
}

/* The button is around what it says. */
static GtkWidget *
find_button (Fixture *self, const char *label)
{
  GtkWidget *found = tok_ui_test_find (self->dialog, GTK_TYPE_LABEL, label);

  return found != NULL ? gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON) : NULL;
}

static void
click (Fixture *self, const char *label)
{
  GtkWidget *button = find_button (self, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  if (self->dialog != NULL)
    tok_ui_test_wait_for_frame (self->dialog);
}

static void
go_back (Fixture *self)
{
  GtkWidget *found = tok_ui_test_get (self->dialog, GTK_TYPE_BUTTON, NULL);

  g_assert_cmpstr (gtk_widget_get_tooltip_text (found), ==, "Back");
  g_signal_emit_by_name (found, "clicked");
  tok_ui_test_wait_for_frame (self->dialog);
}

static void
choose (Fixture *self, const char *way)
{
  GtkListBoxRow *row = get_row (self, way);

  g_assert_true (gtk_list_box_row_get_activatable (row));
  g_signal_emit_by_name (row, "activate");
  tok_ui_test_wait_for_frame (self->dialog);
}

static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
answer_question (const char *heading, const char *label)
{
  GtkWindow *question = find_question ();

  g_assert_nonnull (question);
  g_assert_cmpstr (gtk_window_get_title (question), ==, heading);
  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, label);
  tok_test_wait_until (find_question () == NULL);
}

static GtkWidget *
get_focus (Fixture *self)
{
  tok_ui_test_wait_for_frame (self->dialog);
  return gtk_window_get_focus (GTK_WINDOW (self->dialog));
}

/* What there is now is said on every page, in one line. */
#define assert_stands(self, line)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    tok_ui_test_wait_for_frame ((self)->dialog);                                                   \
    if (!tok_ui_test_shows ((self)->dialog, line))                                                 \
      g_error ("%s:%d: it isn’t said that “%s”", __FILE__, __LINE__, line);                        \
  }                                                                                                \
  G_STMT_END

/* Asks for the token in the way that was chosen, and says yes to the price. */
static void
make (Fixture *self, gboolean at_once)
{
  choose (self, at_once ? AT_ONCE : BESIDE);
  click (self, at_once ? "Replace" : "Create");
  if (at_once)
    answer_question (PRICE, "Replace");
  tok_script_wait (self->stage->peer, "new_token", 0);
  assert_stands (self, at_once ? BEING_REPLACED : COMING);
}

static void
answer (Fixture *self, const char *rows)
{
  tok_script_answer_rows (self->stage->peer, "new_token", 0, rows);
  tok_test_wait_until (tok_ui_test_shows (self->dialog, SECRET));
}

static void
list (Fixture *self, const char *rows)
{
  tok_stage_list_tokens (self->stage, self->n_lists++, rows);
  tok_ui_test_wait_for_frame (self->dialog);
}

static void
assert_deletes (Fixture *self, guint n)
{
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_script_count (self->stage->peer, "delete_token"), ==, n);
}

/* First the new one, and when somebody says that it works, the old one goes. */
static void
test_beside (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  assert_stands (&self, OLD_ALONE);
  g_assert_true (get_focus (&self) == GTK_WIDGET (get_row (&self, BESIDE)));
  choose (&self, BESIDE);
  assert_stands (&self, OLD_ALONE);
  g_assert_nonnull (gtk_widget_get_ancestor (get_focus (&self), ADW_TYPE_ENTRY_ROW));
  tok_form_hands_assert (self.dialog, NEW, SCOPES, FALSE);
  click (&self, "Create");
  tok_script_assert_asked (stage->peer, "new_token", 0,
                           "\"api_token\":1,\"new_token\":\"Grid bot 2\","
                           "\"new_token_scopes\":[\"read\",\"trade\"]");
  assert_stands (&self, COMING);
  g_assert_false (gtk_widget_is_sensitive (find_button (&self, "Create")));
  answer (&self, BOTH_ANSWER);
  assert_stands (&self, BOTH_WORK);
  list (&self, WITH_BOTH);
  assert_stands (&self, BOTH_WORK);
  g_assert_null (find_button (&self, "Done"));
  g_assert_true (get_focus (&self) == find_button (&self, "Copy"));

  /* It may be looked at again. */
  click (&self, "Next");
  g_assert_true (tok_ui_test_shows (self.dialog, "Does the New Token Work?"));
  /* Return is not to delete anything by the way. */
  g_assert_true (get_focus (&self) == find_button (&self, LATER));
  gtk_widget_child_focus (GTK_WIDGET (self.dialog), GTK_DIR_TAB_FORWARD);
  g_assert_true (get_focus (&self) == find_button (&self, IT_WORKS));
  /* Whoever is to try the secret can have it here, too. */
  g_assert_true (tok_ui_test_shows (self.dialog, "Not copied yet"));
  click (&self, "Copy the New Secret");
  g_assert_cmpint (tok_secret_clipboard_get_state (self.clipboard), ==, TOK_SECRET_CLIPBOARD_HELD);
  g_assert_false (tok_ui_test_shows (self.dialog, "Not copied yet"));
  go_back (&self);
  g_assert_true (tok_ui_test_shows (self.dialog, SECRET));
  click (&self, "Next");
  assert_deletes (&self, 0);

  click (&self, IT_WORKS);
  g_assert_null (find_question ());
  tok_script_assert_asked (stage->peer, "delete_token", 0,
                           "\"api_token\":1,\"delete_token\":\"***********gggg\"");
  g_assert_false (gtk_widget_is_sensitive (find_button (&self, "Deleting “" OLD "”…")));
  assert_stands (&self, BOTH_WORK);
  tok_script_answer_rows (stage->peer, "delete_token", 0, WITH_NEW);
  assert_stands (&self, BOTH_WORK);
  list (&self, WITH_NEW);
  assert_stands (&self, NEW_ALONE);
  g_assert_true (tok_ui_test_shows (self.dialog, "Replaced"));
  g_assert_null (find_button (&self, LATER));
  g_assert_true (get_focus (&self) == find_button (&self, "Done"));
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 1);
  end (&self);
}

/* One request, whose price is said before; and the name stays. */
static void
test_at_once (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  choose (&self, AT_ONCE);
  assert_stands (&self, OLD_ALONE);
  tok_form_hands_assert (self.dialog, OLD, SCOPES, FALSE);
  click (&self, "Replace");
  answer_question (PRICE, "Go Back");
  g_assert_cmpuint (tok_script_count (stage->peer, "new_token"), ==, 0);
  assert_stands (&self, OLD_ALONE);
  click (&self, "Replace");
  answer_question (PRICE, "Replace");
  tok_script_assert_asked (stage->peer, "new_token", 0,
                           "\"api_token\":1,\"delete_token\":\"***********gggg\","
                           "\"new_token\":\"Grid bot\",\"new_token_scopes\":[\"read\",\"trade\"]");
  assert_stands (&self, BEING_REPLACED);
  answer (&self, REPLACED_ANSWER);
  assert_stands (&self, SAME_NAME);
  list (&self, REPLACED);
  assert_stands (&self, SAME_NAME);
  g_assert_null (find_button (&self, "Next"));
  g_assert_nonnull (find_button (&self, "Done"));
  end (&self);
}

/* Under another name the list tells whether the old one is gone; if it isn't, that is still to do.
 */
static void
test_at_once_other_name (TokStage *stage, gconstpointer data)
{
  gboolean stands = GPOINTER_TO_INT (data);
  Fixture self = { NULL };

  begin (&self, stage);
  choose (&self, AT_ONCE);
  tok_form_hands_type_name (self.dialog, NEW);
  click (&self, "Replace");
  answer_question (PRICE, "Replace");
  answer (&self, stands ? BOTH_ANSWER : WITHOUT ";" NEW "/" SECRET "/read,trade");
  list (&self, stands ? WITH_BOTH : WITH_NEW);
  assert_stands (&self, stands ? BOTH_WORK : NEW_ALONE);
  g_assert_nonnull (find_button (&self, stands ? "Next" : "Done"));
  end (&self);
}

static void
test_other_permissions (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  g_assert_false (tok_ui_test_shows (self.dialog, "With Other Permissions"));
  choose (&self, AT_ONCE);
  g_assert_false (tok_ui_test_shows (self.dialog, "With Other Permissions"));
  tok_form_hands_tick (self.dialog, TOK_SCOPE_READ);
  tok_ui_test_wait_for_frame (self.dialog);
  g_assert_true (tok_ui_test_shows (self.dialog, "With Other Permissions"));

  /* Who takes the other way keeps what he has ticked; who comes back to one, all. */
  go_back (&self);
  choose (&self, BESIDE);
  tok_form_hands_assert (self.dialog, NEW, TOK_SCOPE_READ, FALSE);
  tok_form_hands_type_name (self.dialog, "Other");
  go_back (&self);
  choose (&self, BESIDE);
  tok_form_hands_assert (self.dialog, "Other", TOK_SCOPE_READ, FALSE);
  click (&self, "Create");
  tok_script_assert_asked (
      stage->peer, "new_token", 0,
      "\"api_token\":1,\"new_token\":\"Other\",\"new_token_scopes\":[\"read\"]");
  end (&self);
}

/* What goes wrong, and what is said of it and of what there is then. */
typedef struct {
  const char *path;
  gboolean at_once;
  const char *code;
  const char *list; /* that decides; NULL if none does */
  const char *note; /* what it begins with; NULL where it stands beside the name */
  const char *button;
  const char *line;
} Failure;

static const Failure failures[] = {
  { "beside/refused", FALSE, "RateLimit", NULL, "The token was not created. ", NULL, OLD_ALONE },
  { "beside/not-created", FALSE, "Timeout", WITH_OLD, "The token was not created: ", NULL,
    OLD_ALONE },
  { "beside/lost", FALSE, "Timeout", WITH_BOTH, "The token was created, but its secret ",
    "Delete “" NEW "”", NEW_LOST },
  { "beside/field", FALSE, "APITokenError", WITH_OLD, NULL, NULL, OLD_ALONE },
  { "at-once/refused", TRUE, "RateLimit", NULL, "Nothing was replaced. ", NULL, OLD_ALONE },
  { "at-once/not-created", TRUE, "Timeout", WITH_OLD, "Nothing was replaced: ", NULL, OLD_ALONE },
  { "at-once/field", TRUE, "APITokenError", WITH_OLD, NULL, NULL, OLD_ALONE },
  { "at-once/lost", TRUE, "Timeout", REPLACED, "The new token was created, but its secret ",
    "Delete “" OLD "”", SAME_NAME_LOST },
  { "at-once/neither", TRUE, "APITokenError", WITHOUT, "The old token is deleted, and the new one ",
    NULL, NEITHER },
};

static void
assert_note (Fixture *self, const char *start, const char *button)
{
  GtkWidget *note = tok_ui_test_find_any (self->dialog, TOK_TYPE_STRIP, NULL);
  GtkLabel *label;
  GtkWidget *shown;

  tok_ui_test_wait_for_frame (self->dialog);
  label = tok_ui_test_find (note, GTK_TYPE_LABEL, NULL);
  if (start == NULL) {
    g_assert_null (label);
    return;
  }
  if (!g_str_has_prefix (gtk_label_get_text (label), start))
    g_assert_cmpstr (gtk_label_get_text (label), ==, start);
  shown = tok_ui_test_find (note, GTK_TYPE_BUTTON, NULL);
  g_assert_cmpstr (shown != NULL ? gtk_button_get_label (GTK_BUTTON (shown)) : NULL, ==, button);
}

static void
fail (Fixture *self, const Failure *it)
{
  make (self, it->at_once);
  tok_script_refuse (self->stage->peer, "new_token", 0, it->code);
  if (it->list != NULL)
    list (self, it->list);
  tok_test_wait_until (find_button (self, "Create") != NULL
                       || find_button (self, "Replace") != NULL);
  tok_test_wait_until (
      !gtk_spinner_get_spinning (tok_ui_test_find_any (self->dialog, GTK_TYPE_SPINNER, NULL)));
}

static void
test_failure (TokStage *stage, gconstpointer data)
{
  const Failure *it = data;
  Fixture self = { NULL };

  begin (&self, stage);
  fail (&self, it);
  assert_note (&self, it->note, it->button);
  assert_stands (&self, it->line);
  tok_form_hands_assert (self.dialog, it->at_once ? OLD : NEW, SCOPES, FALSE);
  if (it->note == NULL)
    tok_form_hands_assert_hint (self.dialog, "Not accepted: " TOK_SCRIPT_REFUSAL, TRUE);
  end (&self);
}

/* With neither left the form is still filled in, and one click creates it; nothing is deleted. */
static void
test_neither (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  fail (&self, &failures[G_N_ELEMENTS (failures) - 1]);
  g_assert_null (find_button (&self, "Replace"));
  g_assert_nonnull (find_button (&self, "Cancel"));
  click (&self, "Create");
  g_assert_null (find_question ());
  tok_script_assert_asked (stage->peer, "new_token", 1,
                           "\"api_token\":1,\"new_token\":\"Grid bot\","
                           "\"new_token_scopes\":[\"read\",\"trade\"]");
  assert_stands (&self, "The old “" OLD "” is deleted. The new token is being created.");
  tok_script_answer_rows (stage->peer, "new_token", 1, REPLACED_ANSWER);
  tok_test_wait_until (tok_ui_test_shows (self.dialog, SECRET));
  assert_stands (&self, SAME_NAME);
  g_assert_nonnull (find_button (&self, "Done"));
  list (&self, REPLACED);
  assert_stands (&self, SAME_NAME);
  end (&self);
}

/* A token without its secret is deleted, and then it is as it was. */
static void
test_lost (TokStage *stage, gconstpointer data)
{
  gboolean at_once = GPOINTER_TO_INT (data);
  const char *name = at_once ? "Delete “" OLD "”" : "Delete “" NEW "”";
  /* One came with the request. */
  guint n_before = at_once ? 1 : 0;
  Fixture self = { NULL };

  begin (&self, stage);
  make (&self, at_once);
  tok_script_refuse (stage->peer, "new_token", 0, "Timeout");
  list (&self, at_once ? REPLACED : WITH_BOTH);
  tok_test_wait_until (find_button (&self, name) != NULL);
  assert_deletes (&self, n_before);
  click (&self, name);
  tok_script_assert_asked (stage->peer, "delete_token", n_before,
                           "\"api_token\":1,\"delete_token\":\"***********OnMl\"");
  tok_script_answer_rows (stage->peer, "delete_token", n_before, at_once ? WITHOUT : WITH_OLD);
  list (&self, at_once ? WITHOUT : WITH_OLD);
  tok_test_wait_until (find_button (&self, name) == NULL);
  assert_note (&self, "It is deleted. You can create another one now.", NULL);
  assert_stands (&self, at_once ? NEITHER : OLD_ALONE);
  click (&self, "Create");
  tok_script_wait (stage->peer, "new_token", 1);
  assert_deletes (&self, n_before + 1);
  end (&self);
}

/* The session ends before anybody could know. */
static void
test_unconfirmed (TokStage *stage, gconstpointer data)
{
  gboolean at_once = GPOINTER_TO_INT (data);
  Fixture self = { NULL };

  begin (&self, stage);
  make (&self, at_once);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  tok_test_wait_until (
      !gtk_spinner_get_spinning (tok_ui_test_find_any (self.dialog, GTK_TYPE_SPINNER, NULL)));
  assert_note (&self, "Couldn’t confirm whether the token was ", NULL);
  assert_stands (&self, at_once ? ALL_UNKNOWN : NEW_UNKNOWN);
  end (&self);
}

/* While nobody knows, it is said how that will be known. */
static void
test_disconnected (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  make (&self, TRUE);
  tok_stage_lose (stage);
  assert_note (&self, "The connection was lost before the service answered. ", "Try Now");
  assert_stands (&self, BEING_REPLACED);
  tok_stage_come_back (stage);
  assert_note (&self, "Looking at the service’s list", NULL);
  list (&self, REPLACED);
  tok_test_wait_until (find_button (&self, "Delete “" OLD "”") != NULL);
  assert_stands (&self, SAME_NAME_LOST);
  end (&self);
}

static void
reach_check (Fixture *self)
{
  make (self, FALSE);
  answer (self, BOTH_ANSWER);
  list (self, WITH_BOTH);
  click (self, "Next");
}

/* The old one may not go; then both are there, and it may be tried again. */
static void
test_not_deleted (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  reach_check (&self);
  click (&self, IT_WORKS);
  tok_script_refuse (stage->peer, "delete_token", 0, "RateLimit");
  tok_test_wait_until (find_button (&self, RETRY) != NULL);
  assert_stands (&self, BOTH_WORK);
  g_assert_true (tok_ui_test_shows (
      self.dialog,
      "Not deleted. The service asked for a pause after so many requests. Try again."));
  click (&self, RETRY);
  tok_script_answer_rows (stage->peer, "delete_token", 1, WITH_NEW);
  list (&self, WITH_NEW);
  assert_stands (&self, NEW_ALONE);
  assert_deletes (&self, 2);
  end (&self);
}

/* Whoever wasn't answered can't say that both work. */
static void
test_deletion_unconfirmed (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  reach_check (&self);
  click (&self, IT_WORKS);
  tok_script_refuse (stage->peer, "delete_token", 0, "Timeout");
  tok_test_wait_until (find_button (&self, RETRY) != NULL);
  assert_stands (&self, ALL_UNKNOWN);
  click (&self, RETRY);
  tok_script_answer_rows (stage->peer, "delete_token", 1, WITH_NEW);
  list (&self, WITH_NEW);
  assert_stands (&self, NEW_ALONE);
  end (&self);
}

/* Nothing is lost by closing where nothing was asked for or typed. */
static void
test_close (TokStage *stage, gconstpointer data)
{
  const char *way = data;
  Fixture self = { NULL };

  begin (&self, stage);
  if (way != NULL)
    choose (&self, way);
  gtk_window_close (GTK_WINDOW (self.dialog));
  tok_test_wait_until (self.dialog == NULL);
  g_assert_null (find_question ());
  assert_deletes (&self, 0);
  end (&self);
}

typedef enum {
  TYPED,
  WORKING_BESIDE,
  WORKING_AT_ONCE,
  SHOWN,
  ASKED,
} Moment;

/* Whoever closes in the middle is asked, and nothing is deleted by that. */
static void
test_close_asks (TokStage *stage, gconstpointer data)
{
  Moment moment = GPOINTER_TO_UINT (data);
  const char *heading = moment == TYPED   ? "Discard What You Typed?"
                        : moment >= SHOWN ? "Close without a Copy?"
                                          : "Close before the Service Has Answered?";
  Fixture self = { NULL };

  begin (&self, stage);
  if (moment == TYPED) {
    choose (&self, BESIDE);
    tok_form_hands_tick (self.dialog, TOK_SCOPE_READ);
  } else {
    make (&self, moment == WORKING_AT_ONCE);
  }
  if (moment >= SHOWN) {
    answer (&self, BOTH_ANSWER);
    list (&self, WITH_BOTH);
  }
  if (moment == ASKED)
    click (&self, "Next");
  gtk_window_close (GTK_WINDOW (self.dialog));
  answer_question (heading, "Go Back");
  g_assert_nonnull (self.dialog);
  if (moment == ASKED)
    click (&self, LATER);
  else
    gtk_window_close (GTK_WINDOW (self.dialog));
  answer_question (heading, moment == TYPED ? "Discard" : "Close");
  tok_test_wait_until (self.dialog == NULL);
  /* But by the one request that was sent before. */
  assert_deletes (&self, moment == WORKING_AT_ONCE ? 1 : 0);
  end (&self);
}

/* The answer comes while it is being asked whether to close. */
static void
test_answer_while_asked (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  make (&self, TRUE);
  gtk_window_close (GTK_WINDOW (self.dialog));
  g_assert_nonnull (find_question ());
  answer (&self, REPLACED_ANSWER);
  tok_test_wait_until (find_question () == NULL);
  assert_stands (&self, SAME_NAME);
  end (&self);
}

/* Once it is copied nothing holds anybody. */
static void
test_copied (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  make (&self, FALSE);
  answer (&self, BOTH_ANSWER);
  click (&self, "Copy");
  click (&self, "Next");
  click (&self, LATER);
  tok_test_wait_until (self.dialog == NULL);
  g_assert_null (find_question ());
  assert_deletes (&self, 0);
  end (&self);
}

/* The program's own token isn't pulled from under it, and before it goes that is said. */
static void
test_own (TokStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, TOK_STAGE_ROWS, 1);
  g_assert_false (gtk_list_box_row_get_activatable (get_row (&self, AT_ONCE)));
  choose (&self, BESIDE);
  tok_form_hands_assert (self.dialog, "Token 3", TOK_SCOPE_READ | TOK_SCOPE_ADMIN, FALSE);
  click (&self, "Create");
  answer_question ("Give Full Control of the Account?", "Give Full Control");
  answer (&self, TOK_STAGE_ROWS ";Token 3/" SECRET "/read,admin");
  list (&self, TOK_STAGE_ROWS ";Token 3/***********OnMl/read,admin");
  click (&self, "Next");
  click (&self, "It Works: Delete “Token 1”");
  answer_question ("Delete “Token 1”?", "Cancel");
  assert_deletes (&self, 0);
  click (&self, "It Works: Delete “Token 1”");
  answer_question ("Delete “Token 1”?", "Delete");
  tok_script_answer_rows (stage->peer, "delete_token", 0, "Token 3/***********OnMl/read,admin");
  tok_script_refuse (stage->peer, "api_token", self.n_lists, "InvalidToken");
  tok_stage_wait_for_state (stage, TOK_SESSION_ENDED);
  assert_stands (&self, "The old “Token 1” is deleted. The new “Token 3” works.");
  end (&self);
}

/* Where there is no room for one more, only the other way is left. */
static void
test_full (TokStage *stage, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new (WITH_OLD);
  Fixture self = { NULL };

  for (guint i = 4; i < TOK_MAX_TOKENS; i++)
    g_string_append_printf (rows, ";Token %u/***%u/read", i, i);
  begin_with (&self, stage, rows->str, 3);
  g_assert_false (gtk_list_box_row_get_activatable (get_row (&self, BESIDE)));
  choose (&self, AT_ONCE);
  g_assert_true (gtk_widget_is_sensitive (find_button (&self, "Replace")));
  go_back (&self);
  tok_session_refresh (stage->session);
  list (&self, WITH_OLD);
  g_assert_true (gtk_list_box_row_get_activatable (get_row (&self, BESIDE)));
  end (&self);
}

#define ADD(path, test) tok_stage_add ("/replace-dialog/" path, NULL, test)
#define ADD_WITH(path, test, data)                                                                 \
  tok_stage_add ("/replace-dialog/" path, GUINT_TO_POINTER (data), test)

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  ADD ("new-destroy", test_new_destroy);
  ADD ("beside", test_beside);
  ADD ("at-once", test_at_once);
  ADD_WITH ("at-once/other-name", test_at_once_other_name, FALSE);
  ADD_WITH ("at-once/old-stands", test_at_once_other_name, TRUE);
  ADD ("other-permissions", test_other_permissions);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    tok_stage_add_case ("/replace-dialog/failure", failures[i].path, &failures[i], test_failure);
  ADD ("neither", test_neither);
  ADD_WITH ("lost/beside", test_lost, FALSE);
  ADD_WITH ("lost/at-once", test_lost, TRUE);
  ADD_WITH ("unconfirmed/beside", test_unconfirmed, FALSE);
  ADD_WITH ("unconfirmed/at-once", test_unconfirmed, TRUE);
  ADD ("disconnected", test_disconnected);
  ADD ("not-deleted", test_not_deleted);
  ADD ("deletion-unconfirmed", test_deletion_unconfirmed);
  ADD ("close/choice", test_close);
  tok_stage_add ("/replace-dialog/close/beside", BESIDE, test_close);
  tok_stage_add ("/replace-dialog/close/at-once", AT_ONCE, test_close);
  ADD_WITH ("close/typed", test_close_asks, TYPED);
  ADD_WITH ("close/working-beside", test_close_asks, WORKING_BESIDE);
  ADD_WITH ("close/working-at-once", test_close_asks, WORKING_AT_ONCE);
  ADD_WITH ("close/uncopied", test_close_asks, SHOWN);
  ADD_WITH ("close/uncopied-check", test_close_asks, ASKED);
  ADD ("answer-while-asked", test_answer_while_asked);
  ADD ("copied", test_copied);
  ADD ("own", test_own);
  ADD ("full", test_full);

  return g_test_run ();
}
