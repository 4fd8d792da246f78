/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-remove-question.h"

#include "tok-account.h"
#include "tok-fake-vault.h"
#include "tok-other-client.h"
#include "tok-question.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define FORGET_KEPT                                                                                \
  "“Forget Here” takes its token out of your keyring and this program. Whoever else has the "  \
  "token can go on using it."
#define FORGET                                                                                         \
  "“Forget Here” takes its token out of this program. Whoever else has the token can go on using " \
  "it."
#define DELETE                                                                                            \
  "“Delete Token, Too” also deletes “Token Manager” at the service: nobody can use it any more, " \
  "and it can’t be brought back."
#define EXPIRES "“Forget Here” leaves the sign-in valid at the service until it expires there."
#define UNTOUCHED "Either way, your API tokens, connected apps and money stay as they are."

typedef struct {
  GtkWidget *parent;
  AdwMessageDialog *question;
} Fixture;

/* Somebody with all scopes; which of the tokens that is has been found out. */
static TokSession *
sign_in (TokUiStage *stage)
{
  TokSession *session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");

  tok_test_wait_until (tok_session_get_own_token (session) != NULL);
  return session;
}

static void
begin (Fixture *self, TokUiStage *stage, TokSession *session)
{
  self->parent = gtk_window_new ();
  self->question = ADW_MESSAGE_DIALOG (
      tok_remove_question_new (GTK_WINDOW (self->parent), stage->accounts, session));
  gtk_window_present (GTK_WINDOW (self->parent));
  gtk_window_present (GTK_WINDOW (self->question));
  tok_ui_test_wait_for_frame (self->question);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->question);
  tok_ui_test_close (self->parent);
}

static void
assert_asks (TokUiStage *stage,
             TokSession *session,
             const char *heading,
             const char *body,
             const char *yes)
{
  Fixture fixture;

  begin (&fixture, stage, session);
  g_assert_true (tok_ui_test_shows (fixture.question, heading));
  g_assert_true (tok_ui_test_shows (fixture.question, body));
  g_assert_nonnull (tok_ui_test_find (fixture.question, GTK_TYPE_BUTTON, "Cancel"));
  g_assert_nonnull (tok_ui_test_find (fixture.question, GTK_TYPE_BUTTON, "Forget Here"));
  g_assert_true (adw_message_dialog_has_response (fixture.question, "yes") == (yes != NULL));
  if (yes != NULL)
    g_assert_nonnull (tok_ui_test_find (fixture.question, GTK_TYPE_BUTTON, yes));
  end (&fixture);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = sign_in (stage);
  Fixture fixture;

  begin (&fixture, stage, session);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (fixture.question))
                 == GTK_WINDOW (fixture.parent));
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (fixture.question)));
  end (&fixture);
}

/* Where the token can go too that is offered; and only then. */
static void
test_token (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = sign_in (stage);

  tok_test_wait_until (tok_session_get_is_kept (session));
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET_KEPT "\n\n" DELETE,
               "Delete Token, Too");
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_OFFLINE);
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET_KEPT, NULL);
}

static void
test_not_kept (TokUiStage *stage, gconstpointer data)
{
  TokSession *session;

  tok_ui_stage_use_no_keyring (stage);
  session = sign_in (stage);
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET "\n\n" DELETE,
               "Delete Token, Too");
}

static void
test_copies (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = sign_in (stage);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_test_wait_until (tok_session_get_is_kept (session));
  tok_session_keep_copy_async (session, "Grid bot", "aSecret", NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (session, result, NULL));
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?",
               FORGET_KEPT "\n\n" DELETE "\n\nThe copies of secrets that you keep here for this "
                           "account go, too.",
               "Delete Token, Too");
}

static void
test_read_only (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Viewer", TOK_SCOPE_READ);
  TokSession *session = tok_ui_stage_sign_in (stage, secret, FALSE);

  tok_test_wait_until (tok_session_get_is_kept (session));
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET_KEPT, NULL);
}

/* A token that the service doesn’t know any more can’t be deleted. */
static void
test_ended (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  TokSession *session = sign_in (stage);

  tok_test_wait_until (tok_session_get_is_kept (session));
  tok_other_client_delete_token (other, "Token Manager");
  g_assert_nonnull (tok_session_get_own_token (session));
  tok_session_refresh (session);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_ENDED);
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET_KEPT, NULL);
}

static void
test_browser (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_browser_sign_in (stage);

  assert_asks (stage, session, "Remove SAMPLE1 from This Program?",
               EXPIRES "\n\n“Log Out All 3 Accounts” ends it at the service, for all accounts "
                       "that came with it: SAMPLE1, SAMPLE2, SAMPLE3.\n\n" UNTOUCHED,
               "Log Out All 3 Accounts");
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_OFFLINE);
  tok_test_wait_until (tok_session_get_is_kept (session));
  assert_asks (stage, session, "Remove SAMPLE1 from This Program?", FORGET_KEPT, NULL);
}

/* What came with another sign-in goes on. */
static void
test_companions (TokUiStage *stage, gconstpointer data)
{
  TokSession *session;

  tok_ui_browser_sign_in (stage);
  /* In its place, with a token of its own. */
  session = tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  g_assert_null (tok_session_get_sign_in_id (session));
  session = g_list_model_get_item (G_LIST_MODEL (stage->accounts), 2);
  g_object_unref (session);
  assert_asks (stage, session, "Remove SAMPLE3 from This Program?",
               EXPIRES "\n\n“Log Out All 2 Accounts” ends it at the service, for all accounts "
                       "that came with it: SAMPLE1, SAMPLE3.\n\n" UNTOUCHED,
               "Log Out All 2 Accounts");
  tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  assert_asks (stage, session, "Remove SAMPLE3 from This Program?",
               EXPIRES "\n\n“Log Out” ends it at the service.\n\n" UNTOUCHED, "Log Out");
}

static void
test_hostile (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokAccount) account
      = tok_account_new ("%s <b>\u202e", "USD", FALSE, TOK_SCOPE_ADMIN, NULL);
  g_autoptr (TokSession) session = tok_session_new_known (
      stage->address, stage->vault, TOK_VAULT (stage->keyring), &tok_times_default, account, NULL);

  assert_asks (stage, session, "Remove %s <b>[U+202E] from This Program?", FORGET_KEPT, NULL);
}

static void
on_response (AdwMessageDialog *question, const char *response, char **answer)
{
  g_assert_null (*answer);
  *answer = g_strdup (response);
}

/* Neither a key too many nor closing it takes anything away; and what destroys looks like it. */
static void
test_answers (TokUiStage *stage, gconstpointer data)
{
  static const struct {
    const char *button;
    gboolean is_other;
    gboolean is_yes;
  } answers[] = {
    { NULL, FALSE, FALSE },
    { "Cancel", FALSE, FALSE },
    { "Forget Here", TRUE, FALSE },
    { "Delete Token, Too", FALSE, TRUE },
  };
  TokSession *session = sign_in (stage);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    Fixture fixture;
    g_autofree char *answer = NULL;

    begin (&fixture, stage, session);
    g_assert_cmpstr (adw_message_dialog_get_default_response (fixture.question), ==, "no");
    g_assert_cmpint (adw_message_dialog_get_response_appearance (fixture.question, "yes"), ==,
                     ADW_RESPONSE_DESTRUCTIVE);
    g_signal_connect (fixture.question, "response", G_CALLBACK (on_response), &answer);
    if (answers[i].button != NULL)
      tok_ui_test_click (fixture.question, answers[i].button);
    else
      gtk_window_close (GTK_WINDOW (fixture.question));
    g_assert_nonnull (answer);
    g_assert_true (tok_question_is_other (answer) == answers[i].is_other);
    g_assert_true (tok_question_is_yes (answer) == answers[i].is_yes);
    tok_ui_test_close (fixture.parent);
  }
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/remove-question/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/remove-question/token", NULL, test_token);
  tok_ui_stage_add ("/remove-question/not-kept", NULL, test_not_kept);
  tok_ui_stage_add ("/remove-question/copies", NULL, test_copies);
  tok_ui_stage_add ("/remove-question/read-only", NULL, test_read_only);
  tok_ui_stage_add ("/remove-question/ended", NULL, test_ended);
  tok_ui_stage_add ("/remove-question/browser", NULL, test_browser);
  tok_ui_stage_add ("/remove-question/companions", NULL, test_companions);
  tok_ui_stage_add ("/remove-question/hostile", NULL, test_hostile);
  tok_ui_stage_add ("/remove-question/answers", NULL, test_answers);

  return g_test_run ();
}
