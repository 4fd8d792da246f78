/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoker.h"

#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define DELETE "api_token"
#define REVOKE "revoke_oauth_app"
#define APP "70101"
#define TOKEN "Grid bot"

/* A revoker at work, and what it has said. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokRevoker *revoker;
  GtkWidget *window;
  TokGrant *done;
} Fixture;

static void
on_done (TokRevoker *revoker, TokGrant *grant, Fixture *self)
{
  g_assert_null (self->done);
  self->done = grant;
}

static void
begin_with (Fixture *self, TokUiStage *stage, TokSession *session)
{
  self->stage = stage;
  self->session = session;
  self->window = tok_ui_test_present (gtk_label_new (NULL));
  self->revoker = tok_revoker_new ();
  tok_revoker_set_session (self->revoker, self->session);
  g_signal_connect (self->revoker, "done", G_CALLBACK (on_done), self);
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  begin_with (self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_wait_until (G_OBJECT (self->revoker)->ref_count == 1);
  tok_test_assert_finalize (self->revoker);
}

static TokGrant *
find (Fixture *self, const char *key)
{
  TokGrant *grant = tok_grant_store_find (tok_session_get_tokens (self->session), key);

  return grant != NULL ? grant : tok_grant_store_find (tok_session_get_apps (self->session), key);
}

static TokGrant *
take_away (Fixture *self, const char *key)
{
  TokGrant *grant = find (self, key);

  tok_revoker_revoke (self->revoker, grant, GTK_WINDOW (self->window));
  return grant;
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
wait_for_state (TokGrant *grant, TokGrantState state)
{
  tok_test_wait_until (tok_grant_get_state (grant) == state);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokRevoker *revoker = tok_revoker_new ();

  tok_revoker_set_session (revoker, NULL);
  tok_test_assert_finalize (revoker);
}

static void
test_app (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin (&self, stage);
  grant = take_away (&self, APP);
  g_assert_null (find_question ());
  tok_test_wait_until (self.done == grant);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_GONE);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, REVOKE), ==, 1);
  end (&self);
}

/* It is asked once whether this program is to be signed out. */
static void
test_own_app (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin_with (&self, stage, tok_ui_browser_sign_in (stage));
  grant = take_away (&self, TOK_UI_BROWSER_APP_ID);
  answer ("Go Back");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, REVOKE), ==, 0);

  tok_demo_server_fail_next (stage->server, REVOKE, "InternalServerError", "No");
  take_away (&self, TOK_UI_BROWSER_APP_ID);
  answer ("Revoke access");
  wait_for_state (grant, TOK_GRANT_FAILED);
  take_away (&self, TOK_UI_BROWSER_APP_ID);
  g_assert_null (find_question ());
  tok_test_wait_until (self.done == grant);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_GONE);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);

  /* So are the other accounts that the browser has brought. */
  for (guint i = 0; i < TOK_UI_BROWSER_N_ACCOUNTS; i++) {
    g_autoptr (TokSession) other = g_list_model_get_item (G_LIST_MODEL (stage->accounts), i);

    tok_ui_stage_wait_for_state (other, TOK_SESSION_ENDED);
  }
  end (&self);
}

/* Of other apps nothing is asked, whoever is signed in how. */
static void
test_other_app (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin_with (&self, stage, tok_ui_browser_sign_in (stage));
  grant = take_away (&self, APP);
  g_assert_null (find_question ());
  tok_test_wait_until (self.done == grant);
  g_assert_cmpint (tok_session_get_state (self.session), ==, TOK_SESSION_READY);
  end (&self);
}

static void
test_token (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;
  guint n_calls;

  begin (&self, stage);
  n_calls = tok_ui_stage_count_calls (stage, DELETE);
  grant = take_away (&self, TOKEN);
  answer ("Cancel");
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, DELETE), ==, n_calls);

  take_away (&self, TOKEN);
  answer ("Delete");
  tok_test_wait_until (self.done == grant);
  end (&self);
}

static void
test_again (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin (&self, stage);
  tok_demo_server_fail_next (stage->server, DELETE, "InternalServerError", "No");
  grant = take_away (&self, TOKEN);
  answer ("Delete");
  wait_for_state (grant, TOK_GRANT_FAILED);
  g_assert_null (self.done);

  /* It was asked already. */
  take_away (&self, TOKEN);
  g_assert_null (find_question ());
  tok_test_wait_until (self.done == grant);
  end (&self);
}

/* Who left doesn't hear how it ended. */
static void
test_unheard (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin (&self, stage);
  grant = take_away (&self, APP);
  tok_revoker_set_session (self.revoker, NULL);
  wait_for_state (grant, TOK_GRANT_GONE);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (self.done);
  end (&self);
}

/* An answer that comes after the session has changed is about nothing. */
static void
test_too_late (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  TokGrant *grant;

  begin (&self, stage);
  grant = take_away (&self, TOKEN);
  tok_revoker_set_session (self.revoker, NULL);
  answer ("Delete");
  tok_ui_test_wait_for_frame (self.window);
  g_assert_cmpint (tok_grant_get_state (grant), ==, TOK_GRANT_IDLE);
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/revoker/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/revoker/app", NULL, test_app);
  tok_ui_stage_add ("/revoker/own-app", NULL, test_own_app);
  tok_ui_stage_add ("/revoker/other-app", NULL, test_other_app);
  tok_ui_stage_add ("/revoker/token", NULL, test_token);
  tok_ui_stage_add ("/revoker/again", NULL, test_again);
  tok_ui_stage_add ("/revoker/unheard", NULL, test_unheard);
  tok_ui_stage_add ("/revoker/too-late", NULL, test_too_late);

  return g_test_run ();
}
