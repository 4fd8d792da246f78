/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-found-token-dialog.h"

#include "tok-error.h"
#include "tok-grant-store.h"
#include "tok-other-client.h"
#include "tok-sentence.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#define WRONG "abcDEF123456789"
#define BOT "Grid bot"
#define READ TOK_SCOPE_READ

/* A dialog before the sample service, of which another program creates tokens. */
typedef struct {
  TokUiStage *stage;
  TokClient *other;
  TokSession *session;
  TokFoundTokenDialog *dialog;
} Fixture;

static void
begin (Fixture *self, TokUiStage *stage)
{
  *self = (Fixture){ .stage = stage };
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  self->other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
}

static void
present (Fixture *self, TokFoundTokenDialog *dialog)
{
  self->dialog = dialog;
  gtk_window_present (GTK_WINDOW (dialog));
  tok_ui_test_wait_for_frame (dialog);
}

static void
open_any (Fixture *self)
{
  present (self, tok_found_token_dialog_new (NULL, self->stage->accounts, self->stage->settings,
                                             self->session));
}

static TokGrant *
find (Fixture *self, const char *name)
{
  return tok_grant_store_find (tok_session_get_tokens (self->session), name);
}

static void
open_test (Fixture *self, const char *name, const char *secret)
{
  TokGrant *grant;

  tok_session_refresh (self->session);
  tok_test_wait_until ((grant = find (self, name)) != NULL);
  tok_ui_stage_wait_for_lists (self->session);
  present (self,
           tok_found_token_dialog_new_for_test (NULL, self->stage->accounts, self->stage->settings,
                                                self->session, grant, secret));
}

static void
end (Fixture *self)
{
  if (self->dialog != NULL)
    tok_ui_test_close (self->dialog);
  tok_client_stop (self->other);
  g_clear_object (&self->other);
}

static gboolean
is_working (Fixture *self)
{
  gboolean is_working;

  g_object_get (self->dialog, "is-working", &is_working, NULL);
  return is_working;
}

static void
wait (Fixture *self)
{
  tok_test_wait_until (!is_working (self));
  tok_ui_test_wait_for_frame (self->dialog);
}

static void
paste_and_wait (Fixture *self, const char *secret)
{
  tok_sign_in_stage_paste (self->dialog, secret);
  g_assert_true (is_working (self));
  wait (self);
}

static gboolean
shows (Fixture *self, const char *text)
{
  return tok_ui_test_shows (self->dialog, text);
}

static void
assert_shows (Fixture *self, const char *text)
{
  if (!shows (self, text))
    g_error ("nothing reads “%s”", text);
}

static gboolean
has_button (Fixture *self, const char *label)
{
  return tok_ui_test_find (self->dialog, GTK_TYPE_BUTTON, label) != NULL;
}

static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
answer (const char *label)
{
  tok_ui_test_wait_for_frame (find_question ());
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  tok_ui_test_close (
      tok_found_token_dialog_new (NULL, stage->accounts, stage->settings, self.session));
  open_any (&self);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (self.dialog)));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (self.dialog)), ==,
                   GTK_ACCESSIBLE_ROLE_DIALOG);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self.dialog)), ==, "Check a Token");
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (self.dialog))));
  g_assert_false (
      gtk_widget_is_sensitive (tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Check")));
  g_assert_null (tok_ui_test_find (self.dialog, ADW_TYPE_ACTION_ROW, NULL));
  end (&self);
}

/* One of mine; it is deleted from my list. */
static void
test_mine (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (TokSecret) secret = NULL;

  begin (&self, stage);
  secret = tok_other_client_create_token (self.other, "Viewer", READ);
  open_any (&self);
  paste_and_wait (&self, secret);
  assert_shows (&self, "This Token Works");
  assert_shows (&self, "View only · Read");
  assert_shows (&self, "This is “Viewer” in your list.");
  assert_shows (&self, "SAMPLE1 · Real account in USD\n"
                       "It is one of the accounts that you have here.");
  assert_shows (&self, "It Can");
  g_assert_false (shows (&self, "This Program"));
  tok_ui_test_assert_untold (self.dialog, secret);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self.dialog))
                 == tok_ui_test_get (self.dialog, GTK_TYPE_BUTTON, "Done"));

  tok_ui_test_click (self.dialog, "Delete This Token…");
  answer ("Cancel");
  g_assert_cmpint (tok_grant_get_state (find (&self, "Viewer")), ==, TOK_GRANT_IDLE);
  tok_ui_test_click (self.dialog, "Delete This Token…");
  answer ("Delete");
  tok_test_wait_until (shows (&self, "This Token Is Deleted"));
  assert_shows (&self, "Nobody can use it any more.");
  g_assert_false (has_button (&self, "Delete This Token…"));
  g_assert_false (shows (&self, "It Can"));
  end (&self);
}

static void
test_delete_fails (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (TokSecret) secret = NULL;

  begin (&self, stage);
  secret = tok_other_client_create_token (self.other, "Viewer", READ);
  open_any (&self);
  paste_and_wait (&self, secret);
  tok_demo_server_fail_next (stage->server, "api_token", "RateLimit", "No");
  tok_ui_test_click (self.dialog, "Delete This Token…");
  answer ("Delete");
  tok_test_wait_until (shows (&self, "Not deleted. The service asked for a pause after so many "
                                     "requests. Try again."));
  g_assert_true (has_button (&self, "Delete This Token…"));
  end (&self);
}

/* The question says what follows. */
static void
test_own (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  open_any (&self);
  paste_and_wait (&self, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (shows (&self, "It is the one that this program is signed in with."));
  tok_ui_test_click (self.dialog, "Delete This Token…");
  tok_ui_test_wait_for_frame (find_question ());
  g_assert_nonnull (strstr (gtk_label_get_text (tok_ui_test_find_any (
                                find_question (), GTK_TYPE_LABEL,
                                "Programs that use it stop working at once. Positions that they "
                                "have opened stay open.\n\nUsed just now. It can’t be brought "
                                "back.\n\nThis program is signed in with it: you will be signed "
                                "out, and need another token to sign in again.")),
                            "signed out"));
  answer ("Cancel");
  end (&self);
}

/* Of another account, and with Admin: it is deleted with itself, and this program goes on. */
static void
test_foreign (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  const char *token = tok_demo_server_get_token_of (stage->server, "SAMPLE2");

  begin (&self, stage);
  open_any (&self);
  paste_and_wait (&self, token);
  assert_shows (&self, "This is “Token Manager for coins” in the list of its account.");
  assert_shows (&self, "SAMPLE2 · Real account in BTC\nYou aren’t signed in to it here.");
  g_assert_false (shows (&self, "It is the one that this program is signed in with."));
  tok_ui_test_click (self.dialog, "Delete This Token…");
  tok_ui_test_wait_for_frame (find_question ());
  tok_ui_test_get (find_question (), GTK_TYPE_LABEL,
                   "Programs that use it stop working at once. Positions that they have opened "
                   "stay open.\n\nUsed just now. It can’t be brought back.");
  answer ("Delete");
  tok_test_wait_until (shows (&self, "This Token Is Deleted"));
  assert_shows (&self, "Nobody can use it any more.");
  g_assert_cmpint (tok_session_get_state (self.session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
  end (&self);
}

/* Where it can't be deleted it is said how it can. */
static void
test_unlisted (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  TokClient *other;
  g_autoptr (TokSecret) secret = NULL;

  begin (&self, stage);
  other = tok_other_client_connect (stage->address,
                                    tok_demo_server_get_token_of (stage->server, "SAMPLE3"));
  secret = tok_other_client_create_token (other, "Viewer", TOK_SCOPE_TRADE);
  open_any (&self);
  paste_and_wait (&self, secret);
  assert_shows (&self, "SAMPLE3 · Demo account, no real money\nYou aren’t signed in to it here.");
  assert_shows (&self, "It isn’t in a list that this program may read.");
  assert_shows (&self, "To delete it, sign in to SAMPLE3 with a token that has Read and Admin, and "
                       "check it again. Or delete it on the operator’s website. If the account "
                       "isn’t yours, tell its owner.");
  g_assert_false (has_button (&self, "Delete This Token…"));

  /* What was pasted is gone. */
  tok_ui_test_click (self.dialog, "Another");
  tok_ui_test_wait_for_frame (self.dialog);
  g_assert_cmpstr (gtk_editable_get_text (tok_sign_in_stage_get_token (self.dialog)), ==, "");
  paste_and_wait (&self, TOK_UI_STAGE_TOKEN);
  assert_shows (&self, "This is “Token Manager” in your list.");
  g_assert_true (has_button (&self, "Delete This Token…"));
  tok_client_stop (other);
  g_object_unref (other);
  end (&self);
}

/* One of mine, but the list is closed to the token that is signed in with. */
static void
test_home_without_admin (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { .stage = stage };
  g_autoptr (TokSecret) reader = NULL;
  g_autoptr (TokSecret) secret = NULL;

  self.other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  reader = tok_other_client_create_token (self.other, "Reader", READ);
  secret = tok_other_client_create_token (self.other, "Viewer", READ);
  self.session = tok_ui_stage_sign_in (stage, reader, FALSE);
  open_any (&self);
  paste_and_wait (&self, secret);
  assert_shows (&self, "The token that you are signed in with can’t read the list of tokens: that "
                       "takes Admin.");
  assert_shows (&self, "To delete it, sign in to SAMPLE1 with a token that has Read and Admin, and "
                       "check it again. Or delete it on the operator’s website.");
  g_assert_false (has_button (&self, "Delete This Token…"));
  end (&self);
}

/* Nothing that was typed is lost, and the next attempt may work. */
static void
test_refused (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_SIGN_IN, "");

  begin (&self, stage);
  open_any (&self);
  paste_and_wait (&self, WRONG);
  assert_shows (&self, tok_sentence_from_error (error));
  g_assert_cmpstr (gtk_editable_get_text (tok_sign_in_stage_get_token (self.dialog)), ==, WRONG);
  gtk_editable_set_text (tok_sign_in_stage_get_token (self.dialog), TOK_UI_STAGE_TOKEN);
  g_assert_false (shows (&self, tok_sentence_from_error (error)));
  tok_ui_test_click (self.dialog, "Check");
  wait (&self);
  assert_shows (&self, "This Token Works");
  end (&self);
}

typedef struct {
  const char *name;
  const char *typed;
  const char *hint;
  const char *sentence;
} Kind;

static const Kind kinds[] = {
  { "app-session", "a1-0123456789abcdefghijklmnopqrs",
    "This looks like the session token of an app. It belongs to that app: whoever revokes the "
    "app’s access ends it.",
    "This is the session token of an app, and the service doesn’t accept it from this program. It "
    "works for that app alone, if it works at all. To end it, revoke that app’s access under "
    "Connected Apps." },
  { "new-platform", "pat_0123456789abcdefghij",
    "This token is of the new platform, which lets no program list or revoke access. Manage it on "
    "the operator’s website.",
    "This token is of the new platform, which lets no program list or revoke access. Manage it on "
    "the operator’s website." },
};

static void
test_kind (TokUiStage *stage, gconstpointer data)
{
  const Kind *kind = data;
  Fixture self;

  begin (&self, stage);
  open_any (&self);
  gtk_editable_set_text (tok_sign_in_stage_get_token (self.dialog), kind->typed);
  tok_ui_test_wait_for_frame (self.dialog);
  assert_shows (&self, kind->hint);
  tok_sign_in_stage_press_enter (self.dialog);
  wait (&self);
  assert_shows (&self, kind->sentence);
  end (&self);
}

static void
test_offline (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, "");

  begin (&self, stage);
  open_any (&self);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_OFFLINE);
  paste_and_wait (&self, WRONG);
  assert_shows (&self, tok_sentence_from_error (error));
  tok_ui_stage_restart (stage);
  end (&self);
}

/* Whoever leaves in the middle hears no more of it. */
static void
test_escape (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  guint n_connections;

  begin (&self, stage);
  open_any (&self);
  n_connections = tok_demo_server_get_n_connections (stage->server);
  tok_demo_server_set_latency (stage->server, 600000);
  tok_sign_in_stage_paste (self.dialog, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) > n_connections);
  g_object_add_weak_pointer (G_OBJECT (self.dialog), (gpointer *) &self.dialog);
  g_assert_true (tok_ui_test_press (self.dialog, "Escape"));
  tok_test_wait_until (self.dialog == NULL);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == n_connections);
  end (&self);
}

/* The question goes with the dialog. */
static void
test_close_question (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage);
  open_any (&self);
  paste_and_wait (&self, TOK_UI_STAGE_TOKEN);
  tok_ui_test_click (self.dialog, "Delete This Token…");
  tok_ui_test_wait_for_frame (find_question ());
  tok_ui_test_close (g_steal_pointer (&self.dialog));
  tok_test_wait_until (find_question () == NULL);
  end (&self);
}

/* With a kept secret it needs no more than a look. */
static void
test_tested (TokUiStage *stage, gconstpointer data)
{
  gboolean is_kept = GPOINTER_TO_INT (data);
  Fixture self;
  g_autoptr (TokSecret) secret = NULL;

  begin (&self, stage);
  secret = tok_other_client_create_token (self.other, "Viewer", READ);
  open_test (&self, "Viewer", is_kept ? secret : NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self.dialog)), ==, "Test “Viewer”");
  if (!is_kept) {
    assert_shows (&self, "Paste the secret of “Viewer” to see whether it still works.\n\nTo look, "
                         "this program signs in with it once, and reads the lists that it opens. "
                         "That changes its “last used”, and whoever watches the account can see "
                         "it. Nothing else is changed.");
    tok_sign_in_stage_paste (self.dialog, secret);
  }
  wait (&self);
  assert_shows (&self, "“Viewer” Works");
  assert_shows (&self, "This is “Viewer” in your list.");
  g_assert_false (has_button (&self, "Delete This Token…"));
  g_assert_false (has_button (&self, "Another"));
  tok_ui_test_assert_untold (self.dialog, secret);
  end (&self);
}

static void
test_tested_other (TokUiStage *stage, gconstpointer data)
{
  const char *login_id = data;
  Fixture self;
  g_autoptr (TokSecret) secret = NULL;

  begin (&self, stage);
  secret = login_id != NULL
               ? g_strdup (tok_demo_server_get_token_of (stage->server, login_id))
               : tok_other_client_create_token (self.other, "Viewer", READ | TOK_SCOPE_TRADE);
  open_test (&self, BOT, NULL);
  paste_and_wait (&self, secret);
  assert_shows (&self, "It Works, but Is Not “" BOT "”");
  assert_shows (&self, login_id != NULL ? "It is “Token Manager for coins”, not “" BOT "”."
                                        : "It is “Viewer”, not “" BOT "”.");
  g_assert_true (has_button (&self, "Delete This Token…"));
  end (&self);
}

/* The kept one is refused: there is nothing to type, but it may be tried again. */
static void
test_tested_refused (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_SIGN_IN, "");

  begin (&self, stage);
  open_test (&self, BOT, WRONG);
  wait (&self);
  assert_shows (&self, tok_sentence_from_error (error));
  g_assert_null (tok_ui_test_find (self.dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL));
  tok_ui_test_assert_untold (self.dialog, WRONG);
  tok_ui_test_click (self.dialog, "Test");
  wait (&self);
  assert_shows (&self, tok_sentence_from_error (error));
  end (&self);
}

static void
add (const char *name, gconstpointer data, TokUiStageTest test)
{
  g_autofree char *path = g_strconcat ("/found-token-dialog/", name, NULL);

  tok_ui_stage_add (path, data, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("mine", NULL, test_mine);
  add ("delete-fails", NULL, test_delete_fails);
  add ("own", NULL, test_own);
  add ("foreign", NULL, test_foreign);
  add ("unlisted", NULL, test_unlisted);
  add ("home-without-admin", NULL, test_home_without_admin);
  add ("refused", NULL, test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add (kinds[i].name, &kinds[i], test_kind);
  add ("offline", NULL, test_offline);
  add ("escape", NULL, test_escape);
  add ("close-question", NULL, test_close_question);
  add ("tested/kept", GINT_TO_POINTER (TRUE), test_tested);
  add ("tested/pasted", GINT_TO_POINTER (FALSE), test_tested);
  add ("tested/other", NULL, test_tested_other);
  add ("tested/other-account", "SAMPLE2", test_tested_other);
  add ("tested/refused", NULL, test_tested_refused);

  return g_test_run ();
}
