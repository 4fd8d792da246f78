/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-attempt.h"

#include "tok-account.h"
#include "tok-error.h"
#include "tok-test.h"
#include "tok-ui-browser.h"
#include "tok-ui-test.h"

/* An attempt, and what it has told. */
typedef struct {
  TokSignInAttempt *attempt;
  TokSession *checked;
  guint n_added;
  guint n_offered;
  GError *error;
} Fixture;

static void
on_checked (Fixture *self, TokSession *session)
{
  g_set_object (&self->checked, session);
}

static void
on_added (Fixture *self, guint n_added, guint n_offered)
{
  self->n_added = n_added;
  self->n_offered = n_offered;
}

static void
on_failed (Fixture *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
begin (Fixture *self, TokUiStage *stage, TokSession *again)
{
  *self = (Fixture){ tok_sign_in_attempt_new (stage->accounts, stage->browser, again) };
  g_signal_connect_swapped (self->attempt, "checked", G_CALLBACK (on_checked), self);
  g_signal_connect_swapped (self->attempt, "added", G_CALLBACK (on_added), self);
  g_signal_connect_swapped (self->attempt, "failed", G_CALLBACK (on_failed), self);
}

static void
end (Fixture *self)
{
  if (self->checked != NULL)
    tok_session_close (self->checked);
  g_clear_object (&self->checked);
  g_clear_error (&self->error);
  tok_test_assert_finalize (self->attempt);
}

static void
assert_fails (Fixture *self, TokError code)
{
  tok_test_wait_until (self->error != NULL);
  g_assert_error (self->error, TOK_ERROR, (int) code);
  g_clear_error (&self->error);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, NULL);
  g_assert_null (tok_sign_in_attempt_get_busy_text (fixture.attempt));
  g_assert_false (tok_sign_in_attempt_get_is_in_browser (fixture.attempt));
  end (&fixture);
  /* In the middle. */
  begin (&fixture, stage, NULL);
  tok_sign_in_attempt_check (fixture.attempt, stage->address, TOK_UI_STAGE_TOKEN);
  end (&fixture);
}

static void
test_check (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  guint *n_busy;

  begin (&fixture, stage, NULL);
  n_busy = tok_test_count_notify (fixture.attempt, "busy-text");
  tok_sign_in_attempt_check (fixture.attempt, stage->address, TOK_UI_STAGE_TOKEN);
  g_assert_cmpstr (tok_sign_in_attempt_get_busy_text (fixture.attempt), ==, "Signing in…");
  tok_test_wait_until (fixture.checked != NULL);
  g_assert_null (tok_sign_in_attempt_get_busy_text (fixture.attempt));
  g_assert_cmpuint (*n_busy, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->accounts)), ==, 0);

  tok_sign_in_attempt_check (fixture.attempt, stage->address, "aaaaaBBBBB11111");
  assert_fails (&fixture, TOK_ERROR_SIGN_IN);
  g_assert_null (tok_sign_in_attempt_get_busy_text (fixture.attempt));
  end (&fixture);
}

static void
test_again (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  Fixture fixture;

  begin (&fixture, stage, session);
  tok_sign_in_attempt_check (fixture.attempt, stage->address,
                             tok_demo_server_get_token_of (stage->server, "SAMPLE2"));
  assert_fails (&fixture, TOK_ERROR_OTHER_ACCOUNT);
  g_assert_null (fixture.checked);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == 1);
  tok_sign_in_attempt_check (fixture.attempt, stage->address, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (fixture.checked != NULL);
  end (&fixture);
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, NULL);
  tok_sign_in_attempt_cancel (fixture.attempt);
  tok_demo_server_set_latency (stage->server, 600000);
  tok_sign_in_attempt_check (fixture.attempt, stage->address, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (tok_ui_stage_count_calls (stage, "authorize") == 1);
  tok_sign_in_attempt_cancel (fixture.attempt);
  g_assert_null (tok_sign_in_attempt_get_busy_text (fixture.attempt));
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == 0);
  g_assert_null (fixture.checked);
  g_assert_no_error (fixture.error);
  end (&fixture);
}

/* What isn't the answer changes nothing; the right one signs in to all that it brings. */
static void
test_redirect (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *page = tok_browser_sign_in_begin (stage->browser, stage->address);
  g_autofree char *uri = tok_ui_browser_answer (page, TRUE);
  Fixture fixture;

  begin (&fixture, stage, NULL);
  tok_sign_in_attempt_take_redirect (
      fixture.attempt, "org.example.tokenmanager://sign-in?acct1=CR1&token1=a1-x&state=0", TRUE);
  assert_fails (&fixture, TOK_ERROR_BROWSER_FORGED);
  g_assert_true (tok_browser_sign_in_get_is_waiting (stage->browser));
  tok_sign_in_attempt_take_redirect (fixture.attempt, uri, TRUE);
  tok_test_wait_until (fixture.n_added > 0);
  g_assert_cmpuint (fixture.n_added, ==, TOK_UI_BROWSER_N_ACCOUNTS);
  g_assert_cmpuint (fixture.n_offered, ==, TOK_UI_BROWSER_N_ACCOUNTS);
  tok_sign_in_attempt_take_redirect (fixture.attempt, uri, TRUE);
  assert_fails (&fixture, TOK_ERROR_BROWSER_USED);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/sign-in-attempt/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/sign-in-attempt/check", NULL, test_check);
  tok_ui_stage_add ("/sign-in-attempt/again", NULL, test_again);
  tok_ui_stage_add ("/sign-in-attempt/cancel", NULL, test_cancel);
  tok_ui_stage_add ("/sign-in-attempt/redirect", NULL, test_redirect);

  return g_test_run ();
}
