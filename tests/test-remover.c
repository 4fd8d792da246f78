/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-remover.h"

#include "tok-grant-store.h"
#include "tok-other-client.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define FORGET "Forget Here"
#define DELETE "Delete Token, Too"
#define LOG_OUT "Log Out All 3 Accounts"
#define OWN "Token Manager"

typedef struct {
  TokUiStage *stage;
  TokRemover *remover;
  GtkWidget *window;
  GPtrArray *failures;
} Fixture;

static void
on_failed (TokRemover *remover, const char *sentence, Fixture *self)
{
  g_ptr_array_add (self->failures, g_strdup (sentence));
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  *self = (Fixture){ .stage = stage };
  self->remover = tok_remover_new (stage->accounts);
  self->window = tok_ui_test_present (gtk_label_new (NULL));
  self->failures = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->remover, "failed", G_CALLBACK (on_failed), self);
}

static GtkWindow *
find_question (void)
{
  return tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

/* Nothing holds it when whatever was asked is over. */
static void
end (Fixture *self)
{
  tok_test_wait_until (find_question () == NULL);
  g_object_add_weak_pointer (G_OBJECT (self->remover), (gpointer *) &self->remover);
  g_object_unref (self->remover);
  tok_test_wait_until (self->remover == NULL);
  tok_ui_test_close (self->window);
  g_ptr_array_unref (self->failures);
}

/* A session that is kept, and knows which token it is signed in with. */
static TokSession *
sign_in (Fixture *self, const char *login_id)
{
  TokSession *session = tok_ui_stage_sign_in_to (self->stage, login_id);

  tok_test_wait_until (tok_session_get_own_token (session) != NULL);
  tok_test_wait_until (tok_session_get_is_kept (session));
  return session;
}

static void
ask (Fixture *self, TokSession *session)
{
  tok_remover_remove (self->remover, session, GTK_WINDOW (self->window));
  g_assert_true (gtk_window_get_transient_for (find_question ()) == GTK_WINDOW (self->window));
  tok_ui_test_wait_for_frame (find_question ());
}

static void
ask_and_answer (Fixture *self, TokSession *session, const char *answer)
{
  ask (self, session);
  tok_ui_test_click (find_question (), answer);
}

static guint
count_accounts (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->stage->accounts));
}

static void
assert_failed (Fixture *self, const char *sentence)
{
  tok_test_wait_until (self->failures->len > 0);
  g_assert_cmpuint (self->failures->len, ==, 1);
  g_assert_cmpstr (self->failures->pdata[0], ==, sentence);
  g_ptr_array_set_size (self->failures, 0);
}

/* Whether the service still takes the token of the first account. */
static gboolean
is_valid (Fixture *self)
{
  g_autoptr (TokSession) session
      = tok_accounts_dup_session (self->stage->accounts, self->stage->address, FALSE);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean is_valid;

  tok_session_sign_in_async (session, TOK_UI_STAGE_TOKEN, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  is_valid = tok_session_sign_in_finish (session, result, NULL);
  tok_session_sign_out (session);
  return is_valid;
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage);
  end (&fixture);
}

static void
test_sample (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  tok_remover_remove (fixture.remover, session, GTK_WINDOW (fixture.window));
  g_assert_null (find_question ());
  g_assert_cmpuint (count_accounts (&fixture), ==, 0);
  g_assert_true (is_valid (&fixture));
  end (&fixture);
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  ask_and_answer (&fixture, session, "Cancel");
  tok_test_wait_until (find_question () == NULL);
  ask (&fixture, session);
  gtk_window_close (find_question ());
  tok_test_wait_until (find_question () == NULL);
  g_assert_cmpuint (count_accounts (&fixture), ==, 1);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 1);
  g_assert_cmpuint (fixture.failures->len, ==, 0);
  end (&fixture);
}

/* What the keyring has goes first; then, and only then, the account. */
static void
test_forget (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *first;
  TokSession *second;

  begin (&fixture, stage);
  first = sign_in (&fixture, "SAMPLE1");
  second = sign_in (&fixture, "SAMPLE2");
  tok_fake_vault_set_held (stage->keyring, TRUE);
  ask_and_answer (&fixture, first, FORGET);
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->keyring) > 0);
  g_assert_cmpuint (count_accounts (&fixture), ==, 2);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (count_accounts (&fixture) == 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == second);
  g_assert_null (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"));
  g_assert_nonnull (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE2"));
  g_assert_cmpuint (fixture.failures->len, ==, 0);
  /* The token itself goes on working. */
  g_assert_true (is_valid (&fixture));
  end (&fixture);
}

static const struct {
  const char *name;
  TokError code;
  const char *sentence;
} keyring_failures[] = {
  { "locked", TOK_ERROR_VAULT_LOCKED,
    "Not removed: your keyring is locked, and its token is in there. Unlock the keyring, then "
    "remove the account." },
  { "failed", TOK_ERROR_VAULT_FAILED,
    "Not removed: its token is still in your keyring. The keyring failed. Try again, or go on "
    "without it." },
};

static void
test_forget_fails (TokUiStage *stage, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, keyring_failures[i].code);
  ask_and_answer (&fixture, session, FORGET);
  assert_failed (&fixture, keyring_failures[i].sentence);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_nonnull (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"));

  /* And the next attempt is one. */
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_FORGET, FALSE);
  ask_and_answer (&fixture, session, FORGET);
  tok_test_wait_until (count_accounts (&fixture) == 0);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
  end (&fixture);
}

/* A keyring that isn't there has nothing. */
static void
test_forget_without_keyring (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_MISSING);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_MISSING);
  begin (&fixture, stage);
  session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  ask_and_answer (&fixture, session, FORGET);
  tok_test_wait_until (count_accounts (&fixture) == 0);
  g_assert_cmpuint (fixture.failures->len, ==, 0);
  end (&fixture);
}

static void
test_delete (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *first;
  TokSession *second;

  begin (&fixture, stage);
  second = sign_in (&fixture, "SAMPLE2");
  first = sign_in (&fixture, "SAMPLE1");
  ask_and_answer (&fixture, first, DELETE);
  g_assert_cmpuint (count_accounts (&fixture), ==, 2);
  tok_test_wait_until (count_accounts (&fixture) == 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == second);
  g_assert_null (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"));
  g_assert_cmpuint (fixture.failures->len, ==, 0);
  g_assert_false (is_valid (&fixture));
  end (&fixture);
}

/* The service says no: nothing has changed. */
static void
test_delete_refused (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  tok_demo_server_fail_next (stage->server, "api_token", "RateLimit", "<b>Oops</b>");
  ask_and_answer (&fixture, session, DELETE);
  assert_failed (&fixture, "Not deleted. The service asked for a pause after so many requests. Try "
                           "again.");
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_nonnull (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"));
  g_assert_true (is_valid (&fixture));
  end (&fixture);
}

/* The connection is lost in the middle: nobody knows, and nobody says so. */
static void
test_delete_unconfirmed (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  tok_demo_server_set_latency (stage->server, 600000);
  ask_and_answer (&fixture, session, DELETE);
  tok_test_wait_until (tok_ui_stage_count_calls (stage, "api_token") == 2);
  tok_demo_server_stop (stage->server);
  assert_failed (&fixture, "Couldn’t confirm that it is deleted. It may still work.");
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  g_assert_nonnull (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"));
  end (&fixture);
}

static void
test_log_out (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = tok_ui_browser_sign_in (stage);
  ask_and_answer (&fixture, session, LOG_OUT);
  g_assert_cmpuint (count_accounts (&fixture), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  tok_test_wait_until (count_accounts (&fixture) == 0);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "logout"), ==, 1);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 0);
  g_assert_cmpuint (fixture.failures->len, ==, 0);
  end (&fixture);
}

/* What came from elsewhere stays. */
static void
test_log_out_of_some (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;
  TokSession *other;

  begin (&fixture, stage);
  session = g_object_ref (tok_ui_browser_sign_in (stage));
  other = sign_in (&fixture, "SAMPLE2");
  ask_and_answer (&fixture, session, "Log Out All 2 Accounts");
  tok_test_wait_until (count_accounts (&fixture) == 1);
  g_assert_true (tok_accounts_get_current (stage->accounts) == other);
  g_assert_cmpint (tok_session_get_state (other), ==, TOK_SESSION_READY);
  end (&fixture);
  g_object_unref (session);
}

static void
test_log_out_refused (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = tok_ui_browser_sign_in (stage);
  tok_demo_server_fail_next (stage->server, "logout", "InternalServerError", "<b>Oops</b>");
  ask_and_answer (&fixture, session, LOG_OUT);
  assert_failed (&fixture, "The sign-in has not ended at the service. The service failed at this "
                           "itself. Try again in a moment.");
  g_assert_cmpuint (count_accounts (&fixture), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  end (&fixture);
}

static void
test_log_out_lost (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = tok_ui_browser_sign_in (stage);
  tok_demo_server_set_latency (stage->server, 600000);
  ask_and_answer (&fixture, session, LOG_OUT);
  tok_test_wait_until (tok_ui_stage_count_calls (stage, "logout") == 1);
  tok_demo_server_stop (stage->server);
  tok_test_wait_until (fixture.failures->len > 0);
  g_assert_cmpuint (count_accounts (&fixture), ==, TOK_UI_BROWSER_N_ACCOUNTS);
  end (&fixture);
}

/* It went offline while somebody was thinking: what was offered can't be done any more. */
static void
test_offline_meanwhile (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  ask (&fixture, session);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (session, TOK_SESSION_OFFLINE);
  tok_ui_test_click (find_question (), DELETE);
  assert_failed (&fixture,
                 "Not deleted. The service can’t be reached. Check your network and try again.");
  g_assert_true (tok_accounts_get_current (stage->accounts) == session);
  end (&fixture);
}

/* The account went while somebody was thinking: no answer does anything to anybody. */
static void
test_gone_when_answered (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  TokSession *other;
  g_autoptr (TokSession) session = NULL;

  begin (&fixture, stage);
  other = sign_in (&fixture, "SAMPLE2");
  session = g_object_ref (sign_in (&fixture, "SAMPLE1"));
  ask (&fixture, session);
  tok_accounts_remove (stage->accounts, session);
  tok_ui_test_click (find_question (), data);
  end (&fixture);
  g_assert_true (tok_accounts_get_current (stage->accounts) == other);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "api_token"), ==, 2);
  g_assert_cmpint (tok_session_get_state (other), ==, TOK_SESSION_READY);
}

/* The account goes while the keyring or the service still has to do their part. */
static void
test_gone_when_done (TokUiStage *stage, gconstpointer data)
{
  const char *answer = data;
  Fixture fixture;
  TokSession *other;
  TokSession *session;

  begin (&fixture, stage);
  other = sign_in (&fixture, "SAMPLE2");
  session = sign_in (&fixture, "SAMPLE1");
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_demo_server_set_latency (stage->server, 50);
  ask_and_answer (&fixture, session, answer);
  tok_accounts_remove (stage->accounts, session);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1") == NULL);
  if (g_str_equal (answer, DELETE))
    tok_test_wait_until (fixture.failures->len == 1);
  end (&fixture);
  g_assert_true (tok_accounts_get_current (stage->accounts) == other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, 1);
}

/* Whoever asked has gone, and so has the window; what was answered is done all the same. */
static void
test_let_go (TokUiStage *stage, gconstpointer data)
{
  gboolean is_answered = GPOINTER_TO_INT (data);
  Fixture fixture;
  TokSession *session;

  begin (&fixture, stage);
  session = sign_in (&fixture, "SAMPLE1");
  ask (&fixture, session);
  if (is_answered)
    tok_ui_test_click (find_question (), FORGET);
  g_signal_handlers_disconnect_by_data (fixture.remover, &fixture);
  g_object_unref (fixture.remover);
  tok_ui_test_close (fixture.window);
  tok_test_wait_until (find_question () == NULL);
  g_ptr_array_unref (fixture.failures);
  if (is_answered)
    tok_test_wait_until (tok_accounts_get_current (stage->accounts) == NULL);
  else
    g_assert_true (tok_accounts_get_current (stage->accounts) == session);
}

static void
add (const char *path, gconstpointer data, TokUiStageTest test)
{
  g_autofree char *whole = g_strconcat ("/remover/", path, NULL);

  tok_ui_stage_add (whole, data, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("sample", NULL, test_sample);
  add ("cancel", NULL, test_cancel);
  add ("forget", NULL, test_forget);
  for (guint i = 0; i < G_N_ELEMENTS (keyring_failures); i++) {
    g_autofree char *path = g_strconcat ("forget/", keyring_failures[i].name, NULL);

    add (path, GUINT_TO_POINTER (i), test_forget_fails);
  }
  add ("forget/without-keyring", NULL, test_forget_without_keyring);
  add ("delete", NULL, test_delete);
  add ("delete/refused", NULL, test_delete_refused);
  add ("delete/unconfirmed", NULL, test_delete_unconfirmed);
  add ("log-out", NULL, test_log_out);
  add ("log-out/some", NULL, test_log_out_of_some);
  add ("log-out/refused", NULL, test_log_out_refused);
  add ("log-out/lost", NULL, test_log_out_lost);
  add ("offline-meanwhile", NULL, test_offline_meanwhile);
  add ("gone-when-answered/forget", FORGET, test_gone_when_answered);
  add ("gone-when-answered/delete", DELETE, test_gone_when_answered);
  add ("gone-when-done/forget", FORGET, test_gone_when_done);
  add ("gone-when-done/delete", DELETE, test_gone_when_done);
  add ("let-go/asked", GINT_TO_POINTER (FALSE), test_let_go);
  add ("let-go/answered", GINT_TO_POINTER (TRUE), test_let_go);

  return g_test_run ();
}
