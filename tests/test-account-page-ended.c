/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the account's page shows of an account whose session can't go on. */

#include "tok-other-client.h"
#include "tok-page-stage.h"
#include "tok-sentence.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

/* An account that another run of the program has left behind, whose session tries to go on. */
static void
begin_known (TokPageStage *self, TokUiStage *stage)
{
  TokSession *session;

  tok_ui_stage_start_anew (stage);
  tok_accounts_restore (stage->accounts);
  session = tok_accounts_get_current (stage->accounts);
  tok_page_stage_begin_with (self, stage, session);
  tok_session_resume (session);
}

static void
keep_account (TokUiStage *stage)
{
  TokSession *session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");

  tok_test_wait_until (tok_session_get_is_kept (session));
}

/* What stands in the place of the rows, in both views. */
static void
assert_status (TokPageStage *self, const char *title, const char *button)
{
  static const char *const views[] = { "apps", "tokens" };
  g_autofree char *text = tok_sentence_with_detail (tok_session_get_error (self->session));

  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    tok_page_stage_show_view (self, views[i]);
    g_assert_true (tok_page_stage_shows (self, title));
    g_assert_true (tok_page_stage_shows (self, text));
    g_assert_nonnull (tok_ui_test_find (tok_page_stage_get_list (self), GTK_TYPE_BUTTON, button));
    /* It isn't said twice, and nothing of it is pale. */
    g_assert_null (tok_ui_test_find (self->page, TOK_TYPE_GRANT_ROW, NULL));
    g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (tok_page_stage_get_list (self))), ==, 1);
  }
}

static void
click (TokPageStage *self, const char *button)
{
  tok_ui_test_click (tok_page_stage_get_list (self), button);
}

static void
assert_listed (TokPageStage *self)
{
  tok_ui_stage_wait_for_state (self->session, TOK_SESSION_READY);
  tok_ui_stage_wait_for_lists (self->session);
  g_assert_true (tok_page_stage_shows (self, "Grid bot"));
}

typedef struct {
  const char *name;
  TokError code;
  const char *title;
  const char *button;
} End;

static const End ends[] = {
  { "none", TOK_ERROR_VAULT, "Signed Out", "Sign In Again" },
  { "ambiguous", TOK_ERROR_VAULT_AMBIGUOUS, "Signed Out", "Sign In Again" },
  { "locked", TOK_ERROR_VAULT_LOCKED, "Keyring Locked", "Unlock" },
  { "dismissed", TOK_ERROR_VAULT_DISMISSED, "Keyring Locked", "Unlock" },
  { "missing", TOK_ERROR_VAULT_MISSING, "Signed Out", "Try Again" },
  { "failed", TOK_ERROR_VAULT_FAILED, "Signed Out", "Try Again" },
};

/* The keyring doesn't hand out the token; the button helps, once the keyring does. */
static void
test_keyring (TokUiStage *stage, gconstpointer data)
{
  const End *it = data;
  TokPageStage self = { NULL };

  keep_account (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, it->code);
  begin_known (&self, stage);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (self.session), TOK_ERROR, (int) it->code);
  assert_status (&self, it->title, it->button);
  g_assert_cmpuint (tok_demo_server_get_n_connections (stage->server), ==, 0);

  if (g_str_equal (it->button, "Sign In Again")) {
    click (&self, it->button);
    g_assert_cmpuint (self.n_asked_again, ==, 1);
  } else {
    guint n_asked = tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK);

    tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_LOOKUP, FALSE);
    click (&self, it->button);
    assert_listed (&self);
    n_asked = tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK) - n_asked;
    g_assert_cmpuint (n_asked, ==, g_str_equal (it->button, "Unlock") ? 1 : 0);
    g_assert_cmpuint (self.n_asked_again, ==, 0);
  }
  tok_page_stage_end (&self);
}

/* The owner turns the prompt down, thinks better of it, and lets it in. Nothing prompts by itself.
 */
static void
test_unlock (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  keep_account (stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  begin_known (&self, stage);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==, 0);
  click (&self, "Unlock");
  tok_test_wait_until (
      g_error_matches (tok_session_get_error (self.session), TOK_ERROR, TOK_ERROR_VAULT_DISMISSED));
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==, 1);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  tok_page_stage_show_view (&self, "apps");
  click (&self, "Unlock");
  tok_page_stage_show_view (&self, "tokens");
  assert_listed (&self);
  tok_page_stage_end (&self);
}

/* What the keyring has is of no use any more. */
static void
test_refused (TokUiStage *stage, gconstpointer data)
{
  int code = GPOINTER_TO_INT (data);
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  TokPageStage self = { NULL };

  keep_account (stage);
  if (code == TOK_ERROR_ACCOUNT)
    tok_demo_server_fail_next (stage->server, "authorize", "AccountDisabled", "<b>Oops</b> &");
  else
    tok_other_client_delete_token (other, "Token Manager");
  begin_known (&self, stage);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);
  g_assert_error (tok_session_get_error (self.session), TOK_ERROR, code);
  assert_status (&self, "Signed Out", "Sign In Again");
  click (&self, "Sign In Again");
  g_assert_cmpuint (self.n_asked_again, ==, 1);
  tok_page_stage_end (&self);
}

/* That the service can't be reached ends nothing. */
static void
test_unreachable (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  keep_account (stage);
  tok_demo_server_stop (stage->server);
  begin_known (&self, stage);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_OFFLINE);
  g_assert_true (tok_page_stage_shows (&self, "Offline."));
  g_assert_true (tok_page_stage_shows (&self, "Couldn’t Load the List"));
  tok_ui_stage_restart (stage);
  click (&self, "Retry");
  assert_listed (&self);
  g_assert_false (tok_page_stage_shows (&self, "Offline."));
  tok_page_stage_end (&self);
}

static double
get_opacity (TokPageStage *self, const char *view)
{
  tok_page_stage_show_view (self, view);
  return gtk_widget_get_opacity (GTK_WIDGET (tok_page_stage_get_list (self)));
}

/* What was listed is pale then; what says why there is no list is not. */
static void
test_dimming (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Viewer", TOK_SCOPE_READ);
  TokPageStage self = { NULL };

  tok_page_stage_begin_with (&self, stage, tok_ui_stage_sign_in (stage, secret, FALSE));
  g_assert_cmpfloat (get_opacity (&self, "tokens"), ==, 1);
  g_assert_cmpfloat (get_opacity (&self, "apps"), ==, 1);
  tok_other_client_delete_token (other, "Viewer");
  tok_account_page_refresh (self.page);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_ENDED);
  g_assert_cmpfloat (get_opacity (&self, "apps"), <, 1);
  g_assert_true (tok_page_stage_shows (&self, "Chart Desk"));
  g_assert_cmpfloat (get_opacity (&self, "tokens"), ==, 1);
  g_assert_true (tok_page_stage_shows (&self, "API Tokens Need Admin"));
  tok_page_stage_end (&self);
}

/* Offline, the list is as true as it was. */
static void
test_dimming_offline (TokUiStage *stage, gconstpointer data)
{
  TokPageStage self = { NULL };

  tok_page_stage_begin (&self, stage);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (self.session, TOK_SESSION_OFFLINE);
  g_assert_cmpfloat (get_opacity (&self, "apps"), ==, 1);
  g_assert_cmpfloat (get_opacity (&self, "tokens"), ==, 1);
  tok_page_stage_end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strconcat ("/account-page-ended/keyring/", ends[i].name, NULL);

    tok_ui_stage_add (path, &ends[i], test_keyring);
  }
  tok_ui_stage_add ("/account-page-ended/unlock", NULL, test_unlock);
  tok_ui_stage_add ("/account-page-ended/refused", GINT_TO_POINTER (TOK_ERROR_SIGN_IN),
                    test_refused);
  tok_ui_stage_add ("/account-page-ended/disabled", GINT_TO_POINTER (TOK_ERROR_ACCOUNT),
                    test_refused);
  tok_ui_stage_add ("/account-page-ended/unreachable", NULL, test_unreachable);
  tok_ui_stage_add ("/account-page-ended/dimming", NULL, test_dimming);
  tok_ui_stage_add ("/account-page-ended/dimming/offline", NULL, test_dimming_offline);

  return g_test_run ();
}
