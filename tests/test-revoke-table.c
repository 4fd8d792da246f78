/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How an app stands when its button is pressed, times what becomes of that: what its row says then,
 * what its button does, where the focus is, what is told, and to whom. */

#include "tok-accounts.h"
#include "tok-address.h"
#include "tok-error.h"
#include "tok-page-stage.h"
#include "tok-script.h"
#include "tok-sentence.h"
#include "tok-stage.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define REVOKE "revoke_oauth_app"
#define LIST "oauth_apps"
#define APP "2"
#define ALL "1 2 3"
#define OTHERS "1 3"
#define TOAST "“App 2” can no longer use your accounts"
#define BACK "Has access again"
#define BROWSER_TOKEN "a1-aBcDeFgHiJkLmNoPqRsTuVwXyZaBc"

/**
 * Start:
 * @IDLE: Nothing was done yet.
 * @FAILED: It was tried once, in vain.
 * @WORKING: It is being done, and somebody clicks all the same.
 * @OWN: This program is signed in by it.
 * @AGAIN: It has gone elsewhere, and come back.
 * @VANISHED: It goes elsewhere while it is being done.
 *
 * How an app stands.
 */
typedef enum {
  IDLE,
  FAILED,
  WORKING,
  OWN,
  AGAIN,
  VANISHED,
  N_STARTS,
} Start;

typedef struct Outcome Outcome;

/* A page before a service that the test plays. */
typedef struct {
  TokPageStage page;
  TokRawPeer *peer;
  TokGrant *grant;
  guint n_told;
  guint n_before; /* clicks that were answered before */
  guint n_listed; /* lists that were answered */
} Table;

/**
 * Outcome:
 * @name: What becomes of it.
 * @before: (nullable): What happens before the click.
 * @play: (nullable): What the service does then.
 * @code: (nullable): What it answers with.
 * @state: How the app stands at last.
 * @error: Why, if it failed.
 * @session: How the session stands at last.
 * @everywhere: Whether to try it with every start.
 *
 * What becomes of it. What isn't said to the contrary was sent, and told to the other accounts.
 */
struct Outcome {
  const char *name;
  void (*before) (Table *self);
  void (*play) (Table *self, const Outcome *it, const char *listed);
  const char *code;
  TokGrantState state;
  TokError error;
  TokSessionState session;
  gboolean everywhere;
};

typedef struct {
  Start start;
  const Outcome *outcome;
} Case;

static void
on_revoked (TokSession *session, Table *self)
{
  self->n_told++;
}

static guint
count (Table *self, const char *call)
{
  return tok_script_count (self->peer, call);
}

static gboolean
is_loading (Table *self)
{
  return tok_grant_store_get_loading (tok_session_get_apps (self->page.session));
}

static void
list (Table *self, const char *ids)
{
  tok_script_answer_apps (self->peer, self->n_listed++, ids);
  tok_test_wait_until (!is_loading (self));
}

static void
refresh (Table *self, const char *ids)
{
  tok_session_refresh_apps (self->page.session);
  list (self, ids);
}

static TokSession *
sign_in (TokUiStage *stage, Table *self, Start start)
{
  g_autofree char *address = tok_address_with_app_id (tok_raw_peer_get_address (self->peer), APP);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  TokSession *session;

  tok_accounts_sign_in_async (stage->accounts, address,
                              start == OWN ? BROWSER_TOKEN : TOK_SCRIPT_TOKEN, FALSE, NULL,
                              tok_test_on_ready, &slot);
  tok_script_answer_authorize (self->peer, 0, TOK_SCRIPT_SCOPES);
  result = tok_test_wait_for_result (&slot);
  session = tok_accounts_sign_in_finish (stage->accounts, result, NULL);
  tok_script_answer_tokens (self->peer, 0, TOK_STAGE_TOKENS);
  tok_script_answer_apps (self->peer, 0, ALL);
  tok_ui_stage_wait_for_lists (session);
  self->n_listed = 1;
  return session;
}

static void
begin (Table *self, TokUiStage *stage, Start start)
{
  self->peer = tok_raw_peer_new (NULL);
  tok_page_stage_begin_with (&self->page, stage, sign_in (stage, self, start));
  g_signal_connect (self->page.session, "revoked", G_CALLBACK (on_revoked), self);
  self->grant = g_object_ref (tok_page_stage_show_app (&self->page, APP));
}

static void
end (Table *self)
{
  g_signal_handlers_disconnect_by_data (self->page.session, self);
  tok_page_stage_end (&self->page);
  tok_accounts_remove (self->page.stage->accounts, self->page.session);
  g_object_unref (self->grant);
  g_object_unref (self->peer);
}

static TokGrantRow *
get_row (Table *self)
{
  return tok_page_stage_get_app_row (&self->page, APP);
}

static GtkWidget *
find_button (Table *self)
{
  return tok_ui_test_find (get_row (self), GTK_TYPE_BUTTON, NULL);
}

static void
assert_focus_on_row (Table *self)
{
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->page.window))
                 == GTK_WIDGET (get_row (self)));
}

/* With the focus on the button, as by a key. */
static void
press (Table *self)
{
  GtkWidget *button = find_button (self);

  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
answer (Table *self, const char *label)
{
  GtkWindow *question = tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (question);
  g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_IDLE);
  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, label);
  tok_test_wait_until (tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

static void
prepare (Table *self, Start start)
{
  switch (start) {
  case FAILED:
    press (self);
    tok_script_refuse (self->peer, REVOKE, 0, "PermissionDenied");
    tok_page_stage_wait_for_grant (self->grant, TOK_GRANT_FAILED);
    self->n_before = 1;
    break;
  case AGAIN:
    refresh (self, OTHERS);
    g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_GONE);
    refresh (self, ALL);
    g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_IDLE);
    tok_ui_test_wait_for_frame (self->page.window);
    g_assert_true (tok_ui_test_shows (get_row (self), BACK));
    break;
  default:
    break;
  }
  self->n_told = 0;
}

/* While it is being done there is nothing to be pressed. */
static void
assert_working (Table *self)
{
  g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_WORKING);
  tok_ui_test_wait_for_frame (self->page.window);
  g_assert_true (tok_ui_test_shows (get_row (self), "Revoking…"));
  g_assert_null (find_button (self));
  assert_focus_on_row (self);
  g_assert_cmpuint (self->n_told, ==, 0);
}

static void
click (Table *self, Start start, gboolean is_sent)
{
  press (self);
  if (start == OWN)
    answer (self, "Revoke access");
  else
    g_assert_null (tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG));
  if (!is_sent)
    return;
  assert_working (self);
  tok_script_wait (self->peer, REVOKE, self->n_before);
  if (start == WORKING)
    g_signal_emit_by_name (get_row (self), "revoke");
  if (start == VANISHED) {
    refresh (self, OTHERS);
    g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_GONE);
  }
}

static void
say_yes (Table *self)
{
  tok_script_answer (self->peer, REVOKE, self->n_before, "1");
  tok_script_wait (self->peer, LIST, self->n_listed);
}

static void
play_confirmed (Table *self, const Outcome *it, const char *listed)
{
  say_yes (self);
  list (self, OTHERS);
}

static void
play_still_listed (Table *self, const Outcome *it, const char *listed)
{
  say_yes (self);
  list (self, ALL);
}

static void
play_unread (Table *self, const Outcome *it, const char *listed)
{
  say_yes (self);
  list (self, "1 null 3");
}

/* Either it is told at once, or the list is to say what the answer is worth. */
static void
list_if_wanted (Table *self, const char *listed)
{
  tok_test_wait_until (self->n_told > 0 || is_loading (self));
  if (is_loading (self))
    list (self, listed);
}

static void
play_refused (Table *self, const Outcome *it, const char *listed)
{
  tok_script_refuse (self->peer, REVOKE, self->n_before, it->code);
  list_if_wanted (self, listed);
}

static void
play_garbled (Table *self, const Outcome *it, const char *listed)
{
  tok_script_answer (self->peer, REVOKE, self->n_before, "{\"yes\":[]}");
  list_if_wanted (self, listed);
}

static void
play_garbage (Table *self, const Outcome *it, const char *listed)
{
  tok_raw_peer_send_text (self->peer, "<html>");
}

static void
lose (Table *self)
{
  tok_raw_peer_set_handshake_answer (self->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (self->peer);
  tok_ui_stage_wait_for_state (self->page.session, TOK_SESSION_OFFLINE);
}

static void
play_lost (Table *self, const Outcome *it, const char *listed)
{
  lose (self);
}

static void
play_lost_after (Table *self, const Outcome *it, const char *listed)
{
  say_yes (self);
  lose (self);
}

static void
play_list_refused (Table *self, const Outcome *it, const char *listed)
{
  say_yes (self);
  tok_script_refuse (self->peer, LIST, self->n_listed++, it->code);
}

static const Outcome outcomes[] = {
  { "confirmed", NULL, play_confirmed, NULL, TOK_GRANT_GONE, 0, TOK_SESSION_READY, TRUE },
  { "still-listed", NULL, play_still_listed, NULL, TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED,
    TOK_SESSION_READY, TRUE },
  { "list-unread", NULL, play_unread, NULL, TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED,
    TOK_SESSION_READY, TRUE },
  { "garbled", NULL, play_garbled, NULL, TOK_GRANT_FAILED, TOK_ERROR_GARBLED, TOK_SESSION_READY,
    TRUE },
  { "garbage", NULL, play_garbage, NULL, TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED,
    TOK_SESSION_OFFLINE, TRUE },
  { "lost-before", lose, NULL, NULL, TOK_GRANT_FAILED, TOK_ERROR_OFFLINE, TOK_SESSION_OFFLINE,
    TRUE },
  { "lost", NULL, play_lost, NULL, TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED, TOK_SESSION_OFFLINE,
    TRUE },
  { "lost-after", NULL, play_lost_after, NULL, TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED,
    TOK_SESSION_OFFLINE, TRUE },
  { "list-fails", NULL, play_list_refused, "RateLimit", TOK_GRANT_FAILED, TOK_ERROR_UNCONFIRMED,
    TOK_SESSION_READY, TRUE },
  { "list-ends-it", NULL, play_list_refused, "InvalidToken", TOK_GRANT_FAILED,
    TOK_ERROR_UNCONFIRMED, TOK_SESSION_ENDED, TRUE },
};

static gboolean
is_claimed (Start start, const Outcome *it)
{
  if (start == OWN && g_strcmp0 (it->name, "list-ends-it") == 0)
    return TRUE;
  /* A list was quicker than the answer; but a later list is believed. */
  if (start == VANISHED)
    return !g_str_equal (it->name, "still-listed");
  return it->state == TOK_GRANT_GONE;
}

static void
assert_gone (Table *self)
{
  g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_GONE);
  g_assert_true (tok_ui_test_shows (get_row (self), "Access revoked"));
  g_assert_null (find_button (self));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_row (self))));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_row (self)), "gone"));
}

static void
assert_failed (Table *self, TokError code)
{
  g_autofree char *why = NULL;
  GtkWidget *button = find_button (self);

  g_assert_cmpint (tok_grant_get_state (self->grant), ==, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (self->grant), TOK_ERROR, (int) code);
  why = tok_sentence_for_failed_revoke (tok_grant_get_error (self->grant), FALSE);
  g_assert_true (g_str_has_prefix (why, "Still has access. ")
                 == (code != TOK_ERROR_UNCONFIRMED && code != TOK_ERROR_GARBLED));
  g_assert_true (tok_ui_test_shows (get_row (self), why));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Retry");
  g_assert_true (gtk_widget_is_sensitive (button));
}

/* Whatever was tried, it says so until it is gone; what came behind a list that lacked it, too. */
static gboolean
is_back (Start start, gboolean is_gone)
{
  return !is_gone && (start == AGAIN || start == VANISHED);
}

static void
test_case (TokUiStage *stage, gconstpointer data)
{
  const Case *it = data;
  const Outcome *outcome = it->outcome;
  gboolean is_sent = outcome->before == NULL;
  gboolean is_gone = is_claimed (it->start, outcome);
  Table self = { { NULL } };

  begin (&self, stage, it->start);
  prepare (&self, it->start);
  if (outcome->before != NULL)
    outcome->before (&self);
  click (&self, it->start, is_sent);
  if (outcome->play != NULL)
    outcome->play (&self, outcome, it->start == VANISHED ? OTHERS : ALL);
  tok_test_wait_until (self.n_told > 0 || !is_sent);

  tok_ui_test_wait_for_frame (self.page.window);
  if (is_gone)
    assert_gone (&self);
  else
    assert_failed (&self, outcome->error);
  g_assert_cmpint (tok_ui_test_shows (get_row (&self), BACK), ==, is_back (it->start, is_gone));
  assert_focus_on_row (&self);
  g_assert_cmpint (tok_ui_test_shows (self.page.page, TOAST), ==, is_gone);
  g_assert_cmpint (tok_session_get_state (self.page.session), ==, outcome->session);
  /* The way back in is offered only where the owner knew that he would be signed out. */
  g_assert_cmpuint (self.page.n_asked_again, ==, is_gone && outcome->session == TOK_SESSION_ENDED);
  g_assert_cmpuint (count (&self, REVOKE) - self.n_before, ==, is_sent ? 1 : 0);
  g_assert_cmpuint (self.n_told, ==, is_sent ? 1 : 0);
  end (&self);
}

/* There is nothing to be pressed. */
static void
test_gone (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, IDLE);
  refresh (&self, OTHERS);
  tok_ui_test_wait_for_frame (self.page.window);
  assert_gone (&self);
  g_signal_emit_by_name (get_row (&self), "revoke");
  tok_stage_run_dry ();
  g_assert_cmpuint (count (&self, REVOKE), ==, 0);
  g_assert_false (tok_ui_test_shows (self.page.page, TOAST));
  end (&self);
}

/* Whoever reads the question may think better of it. */
static void
test_go_back (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, OWN);
  press (&self);
  answer (&self, "Go Back");
  tok_ui_test_wait_for_frame (self.page.window);
  g_assert_cmpint (tok_grant_get_state (self.grant), ==, TOK_GRANT_IDLE);
  g_assert_cmpuint (count (&self, REVOKE), ==, 0);
  end (&self);
}

/* The answer comes when nobody waits for it any more; a list tells. */
static void
test_late (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, IDLE);
  click (&self, IDLE, TRUE);
  tok_script_refuse (self.peer, REVOKE, 0, "Timeout");
  tok_page_stage_wait_for_grant (self.grant, TOK_GRANT_FAILED);
  tok_script_answer (self.peer, REVOKE, 0, "1");
  list (&self, OTHERS);
  tok_ui_test_wait_for_frame (self.page.window);
  assert_gone (&self);
  assert_focus_on_row (&self);
  g_assert_false (tok_ui_test_shows (self.page.page, TOAST));
  g_assert_cmpuint (self.n_told, ==, 1);
  end (&self);
}

/* Somebody looks at another account meanwhile: it goes on, and tells nobody there. */
static void
test_left (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, IDLE);
  click (&self, IDLE, TRUE);
  g_object_set (self.page.page, "session", NULL, NULL);
  play_confirmed (&self, NULL, NULL);
  tok_test_wait_until (self.n_told == 1);
  g_assert_cmpint (tok_grant_get_state (self.grant), ==, TOK_GRANT_GONE);
  tok_ui_test_wait_for_frame (self.page.window);
  g_assert_false (tok_ui_test_shows (self.page.page, TOAST));
  end (&self);
}

/* The window is closed in the middle, or the account is removed. */
static void
test_closed (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, IDLE);
  click (&self, IDLE, TRUE);
  if (data != NULL)
    say_yes (&self);
  end (&self);
}

static void
test_signed_out (TokUiStage *stage, gconstpointer data)
{
  Table self = { { NULL } };

  begin (&self, stage, IDLE);
  click (&self, IDLE, TRUE);
  tok_session_close (self.page.session);
  tok_page_stage_wait_for_grant (self.grant, TOK_GRANT_FAILED);
  g_assert_error (tok_grant_get_error (self.grant), TOK_ERROR, TOK_ERROR_UNCONFIRMED);
  tok_ui_test_wait_for_frame (self.page.window);
  g_assert_false (tok_ui_test_shows (self.page.page, TOAST));
  end (&self);
}

static void
add (Start start, const Outcome *outcome)
{
  static const char *const starts[] = { "idle", "failed", "working", "own", "again", "vanished" };
  static Case cases[256];
  static guint n_cases;
  g_autofree char *path = g_strdup_printf ("/revoke-table/%s/%s", starts[start], outcome->name);

  /* What nobody can do isn't seen to go while it is done. */
  if ((start != IDLE && !outcome->everywhere) || (start == VANISHED && outcome->before != NULL))
    return;
  g_assert_cmpuint (n_cases, <, G_N_ELEMENTS (cases));
  cases[n_cases] = (Case){ start, outcome };
  tok_ui_stage_add (path, &cases[n_cases++], test_case);
}

/* Each code in the answer to the click, and those of each kind with every start. */
static void
add_refusals (Start start)
{
  static const char *const everywhere[] = {
    "AuthorizationRequired", "InternalServerError", "InvalidToken", "RateLimit", "Timeout", NULL
  };
  static Outcome refusals[64];

  for (guint i = 0; tok_script_codes[i].code != NULL; i++) {
    const TokScriptCode *code = &tok_script_codes[i];

    g_assert_cmpuint (i, <, G_N_ELEMENTS (refusals));
    refusals[i] = (Outcome){
      .name = code->code,
      .play = play_refused,
      .code = code->code,
      .state = TOK_GRANT_FAILED,
      .error = code->meaning,
      .session = code->meaning == TOK_ERROR_SIGN_IN ? TOK_SESSION_ENDED : TOK_SESSION_READY,
      .everywhere = g_strv_contains (everywhere, code->code),
    };
    add (start, &refusals[i]);
  }
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  for (Start start = 0; start < N_STARTS; start++) {
    for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
      add (start, &outcomes[i]);
    add_refusals (start);
  }
  tok_ui_stage_add ("/revoke-table/gone", NULL, test_gone);
  tok_ui_stage_add ("/revoke-table/own/go-back", NULL, test_go_back);
  tok_ui_stage_add ("/revoke-table/late", NULL, test_late);
  tok_ui_stage_add ("/revoke-table/left", NULL, test_left);
  tok_ui_stage_add ("/revoke-table/closed/in-flight", NULL, test_closed);
  tok_ui_stage_add ("/revoke-table/closed/waiting-for-the-list", "list", test_closed);
  tok_ui_stage_add ("/revoke-table/signed-out", NULL, test_signed_out);

  return g_test_run ();
}
