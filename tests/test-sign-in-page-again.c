/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page to sign in at, for an account whose token is of no use any more. */

#include "tok-account.h"
#include "tok-other-client.h"
#include "tok-settings.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define SECOND "Second"

typedef struct {
  TokSignInStage page;
  TokClient *other; /* where the tokens of the first account can be changed */
  TokSession *session;
} Fixture;

/* Two accounts; the token of the first, which is looked at, has been deleted. */
static void
begin (Fixture *self, TokUiStage *stage)
{
  self->other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  self->session = tok_ui_stage_sign_in_to (stage, "SAMPLE1");
  tok_test_wait_until (tok_session_get_is_kept (self->session));
}

static void
let_end (Fixture *self)
{
  tok_other_client_delete_token (self->other, "Token Manager");
  tok_session_refresh (self->session);
  tok_ui_stage_wait_for_state (self->session, TOK_SESSION_ENDED);
}

static void
open_page (Fixture *self, TokUiStage *stage)
{
  tok_sign_in_stage_begin (&self->page, stage, self->session);
}

static void
end (Fixture *self)
{
  tok_sign_in_stage_end (&self->page);
  g_clear_object (&self->other);
}

static const char *
peek_secret (TokUiStage *stage)
{
  return tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1");
}

/* As if nothing had been pasted. */
static void
assert_unchanged (Fixture *self, TokUiStage *stage)
{
  g_assert_cmpuint (self->page.n_done, ==, 0);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 2);
  g_assert_true (tok_accounts_get_current (stage->accounts) == self->session);
  g_assert_cmpint (tok_session_get_state (self->session), ==, TOK_SESSION_ENDED);
  g_assert_cmpstr (peek_secret (stage), ==, TOK_UI_STAGE_TOKEN);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, stage);
  tok_ui_test_assert_finalize_widget (
      tok_sign_in_page_new (stage->accounts, stage->settings, stage->browser, self.session));
  open_page (&self, stage);
  end (&self);
}

static void
test_words (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, stage);
  let_end (&self);
  open_page (&self, stage);
  g_assert_true (tok_sign_in_stage_shows (&self.page, "Sign In to SAMPLE1 Again"));
  g_assert_true (tok_sign_in_stage_shows (&self.page,
                                          "Paste a token of this account. The new one takes the "
                                          "place of the old one here."));
  g_assert_null (tok_ui_test_find (self.page.page, GTK_TYPE_BUTTON, "Explore with sample data"));
  end (&self);
}

static void
test_other_account (TokUiStage *stage, gconstpointer data)
{
  const char *token = tok_demo_server_get_token_of (stage->server, "SAMPLE3");
  Fixture self = { 0 };
  guint n_connections;

  begin (&self, stage);
  let_end (&self);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == 2);
  open_page (&self, stage);
  n_connections = tok_demo_server_get_n_connections (stage->server);
  tok_sign_in_stage_paste (self.page.page, token);
  tok_sign_in_stage_wait (&self.page);
  g_assert_true (tok_sign_in_stage_tells (&self.page, TOK_ERROR_OTHER_ACCOUNT));
  g_assert_cmpstr (gtk_editable_get_text (self.page.token), ==, token);
  g_assert_true (tok_sign_in_stage_is_wrong (&self.page));
  g_assert_true (tok_sign_in_stage_has_focus (&self.page));
  assert_unchanged (&self, stage);
  tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == n_connections);
  end (&self);
}

/* Not even one that is listed already. */
static void
test_listed_account (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, stage);
  let_end (&self);
  open_page (&self, stage);
  tok_sign_in_stage_paste (self.page.page, tok_demo_server_get_token_of (stage->server, "SAMPLE2"));
  tok_sign_in_stage_wait (&self.page);
  g_assert_true (tok_sign_in_stage_tells (&self.page, TOK_ERROR_OTHER_ACCOUNT));
  assert_unchanged (&self, stage);
  end (&self);
}

/* The new token takes the place of the old one, in the list and in the keyring. */
static void
test_replaces (TokUiStage *stage, gconstpointer data)
{
  gboolean forget = GPOINTER_TO_INT (data);
  Fixture self = { 0 };
  g_autoptr (TokSecret) token = NULL;
  TokSession *session;

  begin (&self, stage);
  token = tok_other_client_create_token (self.other, SECOND, TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  let_end (&self);
  open_page (&self, stage);
  gtk_switch_set_active (tok_ui_test_get (self.page.page, GTK_TYPE_SWITCH, NULL), forget);
  tok_sign_in_stage_paste (self.page.page, token);
  tok_test_wait_until (self.page.n_done == 1);
  g_assert_cmpuint (self.page.n_added, ==, 1);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 2);
  session = tok_accounts_get_current (stage->accounts);
  g_assert_true (session == tok_sign_in_stage_peek_account (stage, 1));
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_account_get_scopes (tok_session_get_account (session)), ==,
                    TOK_SCOPE_READ | TOK_SCOPE_ADMIN);
  tok_ui_stage_wait_for_lists (session);
  if (forget)
    tok_test_wait_until (peek_secret (stage) == NULL);
  else
    tok_test_wait_until (g_strcmp0 (peek_secret (stage), token) == 0);
  end (&self);
}

/* One that can do less is asked about here, too, and declined leaves all as it was. */
static void
test_partial (TokUiStage *stage, gconstpointer data)
{
  gboolean is_accepted = GPOINTER_TO_INT (data);
  Fixture self = { 0 };
  g_autoptr (TokSecret) token = NULL;
  TokSession *session;

  begin (&self, stage);
  token = tok_other_client_create_token (self.other, SECOND, TOK_SCOPE_READ);
  let_end (&self);
  open_page (&self, stage);
  tok_sign_in_stage_paste (self.page.page, token);
  tok_sign_in_stage_wait (&self.page);
  g_assert_true (tok_sign_in_stage_shows (&self.page, "This Token Can’t Do Everything"));
  assert_unchanged (&self, stage);
  if (is_accepted) {
    tok_ui_test_click (self.page.page, "Continue with It");
    g_assert_cmpuint (self.page.n_done, ==, 1);
    session = tok_accounts_get_current (stage->accounts);
    g_assert_cmpuint (tok_account_get_scopes (tok_session_get_account (session)), ==,
                      TOK_SCOPE_READ);
    g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 2);
  } else {
    tok_ui_test_click (self.page.page, "Use Another Token");
    assert_unchanged (&self, stage);
    tok_test_wait_until (tok_demo_server_get_n_connections (stage->server) == 2);
    g_assert_true (tok_sign_in_stage_shows (&self.page, "Sign In to SAMPLE1 Again"));
  }
  end (&self);
}

/* It is the service of that account that is asked, wherever new ones would be signed in to. */
static void
test_own_service (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { 0 };
  g_autoptr (TokSecret) token = NULL;

  begin (&self, stage);
  token = tok_other_client_create_token (self.other, SECOND, TOK_SCOPE_ALL);
  let_end (&self);
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, "wss://ws.example.org/");
  open_page (&self, stage);
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, "wss://ws.example.com/");
  tok_sign_in_stage_paste (self.page.page, token);
  tok_test_wait_until (self.page.n_done == 1);
  g_assert_cmpstr (tok_session_get_address (tok_accounts_get_current (stage->accounts)), ==,
                   stage->address);
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/sign-in-page-again/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/sign-in-page-again/words", NULL, test_words);
  tok_ui_stage_add ("/sign-in-page-again/other-account", NULL, test_other_account);
  tok_ui_stage_add ("/sign-in-page-again/listed-account", NULL, test_listed_account);
  tok_ui_stage_add ("/sign-in-page-again/replaces", GINT_TO_POINTER (FALSE), test_replaces);
  tok_ui_stage_add ("/sign-in-page-again/replaces/forget", GINT_TO_POINTER (TRUE), test_replaces);
  tok_ui_stage_add ("/sign-in-page-again/partial/accepted", GINT_TO_POINTER (TRUE), test_partial);
  tok_ui_stage_add ("/sign-in-page-again/partial/declined", GINT_TO_POINTER (FALSE), test_partial);
  tok_ui_stage_add ("/sign-in-page-again/own-service", NULL, test_own_service);

  return g_test_run ();
}
