/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-page.h"

#include "tok-account.h"
#include "tok-other-client.h"
#include "tok-script.h"
#include "tok-settings.h"
#include "tok-sign-in-stage.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define SIGN_IN "Sign In"
#define CONTINUE "Continue with It"
#define ANOTHER "Use Another Token"
#define PREFERENCES "Preferences"
#define EXPLORE "Explore with sample data"

static GtkWidget *
get_button (TokSignInStage *self)
{
  return tok_ui_test_get (self->page, GTK_TYPE_BUTTON, SIGN_IN);
}

static void
set_forget (TokSignInStage *self, gboolean forget)
{
  gtk_switch_set_active (tok_ui_test_get (self->page, GTK_TYPE_SWITCH, NULL), forget);
}

static guint
count_calls (TokSignInStage *self)
{
  return tok_ui_stage_count_calls (self->stage, "authorize");
}

static char *
create_token (TokUiStage *stage, TokScopes scopes)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);

  return tok_other_client_create_token (other, "Second", scopes);
}

/* Nobody is signed in by what was tried, and no connection is left of it. */
static void
assert_nothing_done (TokSignInStage *self)
{
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (self->stage), ==, 0);
  g_assert_cmpuint (self->n_done, ==, 0);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (self->stage->keyring), ==, 0);
  tok_test_wait_until (tok_demo_server_get_n_connections (self->stage->server) == 0);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_SIGN_IN_PAGE, NULL));
  tok_ui_test_assert_finalize_widget (
      tok_sign_in_page_new (stage->accounts, stage->settings, stage->browser, NULL));
  tok_sign_in_stage_begin (&self, stage, NULL);
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  tok_sign_in_stage_end (&self);
}

static void
test_words (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  g_assert_true (tok_sign_in_stage_shows (&self, "Token Manager"));
  g_assert_nonnull (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, EXPLORE));
  g_assert_true (tok_sign_in_stage_shows (&self, "This program is not made or endorsed by Deriv."));
  tok_sign_in_stage_end (&self);

  tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  tok_sign_in_stage_begin (&self, stage, NULL);
  g_assert_true (tok_sign_in_stage_shows (&self, "Add an Account"));
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, EXPLORE));
  tok_sign_in_stage_end (&self);
}

static void
test_nothing_typed (TokUiStage *stage, gconstpointer data)
{
  static const char *const nothing[] = { "", " ", "\t", "  \t ", "\u200b" };
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++) {
    gtk_editable_set_text (self.token, "x");
    g_assert_true (gtk_widget_is_sensitive (get_button (&self)));
    g_assert_null (gtk_widget_get_tooltip_text (get_button (&self)));

    gtk_editable_set_text (self.token, nothing[i]);
    g_assert_false (gtk_widget_is_sensitive (get_button (&self)));
    g_assert_cmpstr (gtk_widget_get_tooltip_text (get_button (&self)), ==, "Paste a token first");
    tok_sign_in_stage_press_enter (self.page);
    g_assert_false (tok_sign_in_stage_is_busy (self.page));
  }
  g_assert_cmpuint (count_calls (&self), ==, 0);
  tok_sign_in_stage_end (&self);
}

/* A token that can do everything here goes straight in, however it is submitted, and once. */
static void
test_signs_in (TokUiStage *stage, gconstpointer data)
{
  gboolean by_click = GPOINTER_TO_INT (data);
  TokSignInStage self;
  guint *n_busy;

  tok_sign_in_stage_begin (&self, stage, NULL);
  n_busy = tok_test_count_notify (self.page, "is-busy");
  tok_demo_server_set_latency (stage->server, 100);
  gtk_editable_set_text (self.token, "  " TOK_UI_STAGE_TOKEN " \n");
  if (by_click)
    tok_ui_test_click (self.page, SIGN_IN);
  else
    tok_sign_in_stage_press_enter (self.page);
  g_assert_true (tok_sign_in_stage_is_busy (self.page));
  g_assert_true (tok_sign_in_stage_shows (&self, "Signing in…"));
  /* Once more is not twice. */
  tok_sign_in_stage_press_enter (self.page);
  g_signal_emit_by_name (tok_ui_test_find_any (self.page, GTK_TYPE_BUTTON, SIGN_IN), "clicked");

  tok_test_wait_until (self.n_done == 1);
  g_assert_cmpuint (self.n_added, ==, 1);
  g_assert_cmpuint (self.n_offered, ==, 1);
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  g_assert_cmpuint (*n_busy, ==, 2);
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 1);
  g_assert_false (tok_session_get_is_sample (tok_accounts_get_current (stage->accounts)));
  g_assert_cmpuint (count_calls (&self), ==, 1);
  /* It is in the vault now, and nowhere else. */
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, "");
  tok_ui_test_assert_untold (self.page, TOK_UI_STAGE_TOKEN);
  tok_sign_in_stage_end (&self);
}

/* How long it is kept is what was chosen. */
static void
test_remember (TokUiStage *stage, gconstpointer data)
{
  gboolean forget = GPOINTER_TO_INT (data);
  TokSignInStage self;
  TokSession *session;

  tok_sign_in_stage_begin (&self, stage, NULL);
  set_forget (&self, forget);
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (self.n_done == 1);
  session = tok_accounts_get_current (stage->accounts);
  tok_ui_stage_wait_for_lists (session);
  if (!forget)
    tok_test_wait_until (tok_session_get_is_kept (session));
  g_assert_cmpstr (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"), ==,
                   forget ? NULL : TOK_UI_STAGE_TOKEN);
  tok_sign_in_stage_end (&self);
}

/* Part of the program will be off: which part is said, and the owner decides. */
static void
begin_partial (TokSignInStage *self, TokUiStage *stage, TokScopes scopes)
{
  g_autofree char *token = create_token (stage, scopes);

  tok_sign_in_stage_begin (self, stage, NULL);
  tok_sign_in_stage_paste (self->page, token);
  tok_sign_in_stage_wait (self);
  g_assert_true (tok_sign_in_stage_shows (self, "This Token Can’t Do Everything"));
  g_assert_false (tok_sign_in_stage_shows (self, "Token Manager"));
  g_assert_cmpuint (tok_sign_in_stage_count_accounts (stage), ==, 0);
  g_assert_cmpuint (self->n_done, ==, 0);
  tok_ui_test_assert_untold (self->page, token);
}

static void
test_partial_accepted (TokUiStage *stage, gconstpointer data)
{
  TokScopes scopes = GPOINTER_TO_INT (data);
  TokSignInStage self;
  TokSession *session;

  begin_partial (&self, stage, scopes);
  g_assert_true (tok_sign_in_stage_shows (
      &self, scopes & TOK_SCOPE_ADMIN ? "On: they can be seen, created and deleted."
                                      : "Off: the service shows, creates and deletes tokens only "
                                        "for a token with Admin."));
  g_assert_true (tok_sign_in_stage_shows (
      &self, scopes & TOK_SCOPE_READ
                 ? "They can be seen. Revoking is off: the service revokes only "
                   "for a token with Admin."
                 : "Off: the service shows them only to a token with Read."));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self.window))
                 == tok_ui_test_get (self.page, GTK_TYPE_BUTTON, CONTINUE));
  tok_ui_test_click (self.page, CONTINUE);
  g_assert_cmpuint (self.n_done, ==, 1);
  g_assert_cmpuint (self.n_added, ==, 1);
  session = tok_accounts_get_current (stage->accounts);
  g_assert_cmpuint (tok_account_get_scopes (tok_session_get_account (session)), ==, scopes);
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_READY);
  tok_test_wait_until (tok_session_get_is_kept (session));
  /* Once is enough for anybody. */
  g_signal_emit_by_name (tok_ui_test_find_any (self.page, GTK_TYPE_BUTTON, CONTINUE), "clicked");
  g_assert_cmpuint (self.n_done, ==, 1);
  tok_sign_in_stage_end (&self);
}

static void
test_partial_declined (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  begin_partial (&self, stage, TOK_SCOPE_READ);
  tok_ui_test_click (self.page, ANOTHER);
  g_assert_true (tok_sign_in_stage_shows (&self, "Token Manager"));
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, "");
  g_assert_true (tok_sign_in_stage_has_focus (&self));
  assert_nothing_done (&self);

  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (self.n_done == 1);
  tok_sign_in_stage_end (&self);
}

static void
test_partial_destroyed (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  begin_partial (&self, stage, TOK_SCOPE_ADMIN);
  tok_sign_in_stage_end (&self);
  assert_nothing_done (&self);
}

static void
test_useless (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *token
      = create_token (stage, TOK_SCOPE_TRADE | TOK_SCOPE_PAYMENTS | TOK_SCOPE_TRADING_INFORMATION);
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  tok_sign_in_stage_paste (self.page, token);
  tok_sign_in_stage_wait (&self);
  g_assert_true (tok_sign_in_stage_tells (&self, TOK_ERROR_USELESS));
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, token);
  g_assert_true (tok_sign_in_stage_is_wrong (&self));
  g_assert_true (tok_sign_in_stage_has_focus (&self));
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, CONTINUE));
  assert_nothing_done (&self);
  tok_sign_in_stage_end (&self);
}

typedef struct {
  const char *name;
  const char *token;
  const char *path;
  const char *app_id;
  const char *code; /* what the service says to the token */
  TokError meaning;
  gboolean about_token;
  gboolean about_address;
} Refusal;

#define PATH "/websockets/v3"

static const Refusal refusals[] = {
  { "unknown", "aBcDeFgHiJkLmNp", PATH, "1089", NULL, TOK_ERROR_SIGN_IN, TRUE, FALSE },
  { "new-platform", "pat_0123456789", PATH, "1089", NULL, TOK_ERROR_NEW_PLATFORM, TRUE, FALSE },
  { "blanks", "a b c", PATH, "1089", NULL, TOK_ERROR_FIELD, TRUE, FALSE },
  { "quotes", "\"x\" OR ''<b>", PATH, "1089", NULL, TOK_ERROR_FIELD, TRUE, FALSE },
  { "letters", "\u00e4\u5f20\u202e", PATH, "1089", NULL, TOK_ERROR_FIELD, TRUE, FALSE },
  { "app-id", TOK_UI_STAGE_TOKEN, PATH, "404", NULL, TOK_ERROR_APP_ID, FALSE, TRUE },
  { "blocked", TOK_UI_STAGE_TOKEN, PATH, "403", NULL, TOK_ERROR_REFUSED, FALSE, FALSE },
  { "elsewhere", TOK_UI_STAGE_TOKEN, "/websockets", "1089", NULL, TOK_ERROR_ADDRESS, FALSE, TRUE },
  { "disabled", TOK_UI_STAGE_TOKEN, PATH, "1089", "AccountDisabled", TOK_ERROR_ACCOUNT, FALSE,
    FALSE },
  { "limit", TOK_UI_STAGE_TOKEN, PATH, "1089", "RateLimit", TOK_ERROR_RATE_LIMIT, FALSE, FALSE },
  { "maintenance", TOK_UI_STAGE_TOKEN, PATH, "1089", "Suspendedlogin", TOK_ERROR_MAINTENANCE, FALSE,
    FALSE },
  { "trouble", TOK_UI_STAGE_TOKEN, PATH, "1089", "InternalServerError", TOK_ERROR_TROUBLE, FALSE,
    FALSE },
};

static void
set_service (TokSignInStage *self, const char *path, const char *app_id)
{
  g_autofree char *address
      = g_strdup_printf ("ws://127.0.0.1:%u%s?app_id=%s", self->stage->port, path, app_id);

  g_settings_set_string (self->stage->settings, TOK_SETTINGS_SERVICE, address);
}

/* What was typed is still there, and what is said of it is beside it until somebody edits it. */
static void
assert_told (TokSignInStage *self, const char *token, TokError code)
{
  g_assert_true (tok_sign_in_stage_tells (self, code));
  g_assert_cmpstr (gtk_editable_get_text (self->token), ==, token);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->token)));
  g_assert_true (gtk_widget_is_sensitive (get_button (self)));
  g_assert_true (tok_sign_in_stage_has_focus (self));
  assert_nothing_done (self);
}

static void
test_refused (TokUiStage *stage, gconstpointer data)
{
  const Refusal *it = data;
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  set_service (&self, it->path, it->app_id);
  if (it->code != NULL)
    tok_demo_server_fail_next (stage->server, "authorize", it->code, "<b>Oops</b> &amp; \u202e");
  tok_sign_in_stage_paste (self.page, it->token);
  tok_sign_in_stage_wait (&self);
  assert_told (&self, it->token, it->meaning);
  g_assert_true (tok_sign_in_stage_is_wrong (&self) == it->about_token);
  g_assert_true (it->code == NULL || tok_sign_in_stage_shows (&self, "<b>Oops</b> &amp; [U+202E]"));
  if (it->about_address) {
    tok_ui_test_click (self.page, PREFERENCES);
    g_assert_cmpuint (self.n_preferences, ==, 1);
  } else {
    g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, PREFERENCES));
  }

  gtk_editable_set_text (self.token, "x");
  g_assert_false (tok_sign_in_stage_tells (&self, it->meaning));
  g_assert_false (tok_sign_in_stage_is_wrong (&self));

  /* The way on from there. */
  set_service (&self, PATH, "1089");
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (self.n_done == 1);
  tok_sign_in_stage_end (&self);
}

static void
test_long_token (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *token = g_strnfill (10000, 'x');
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  tok_sign_in_stage_paste (self.page, token);
  tok_sign_in_stage_wait (&self);
  assert_told (&self, token, TOK_ERROR_FIELD);
  g_assert_cmpuint (count_calls (&self), ==, 0);
  tok_sign_in_stage_end (&self);
}

static void
test_unreachable (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  tok_demo_server_stop (stage->server);
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  tok_sign_in_stage_wait (&self);
  assert_told (&self, TOK_UI_STAGE_TOKEN, TOK_ERROR_OFFLINE);
  g_assert_false (tok_sign_in_stage_is_wrong (&self));

  tok_ui_stage_restart (stage);
  tok_ui_test_click (self.page, SIGN_IN);
  /* What was wrong is no longer said while it is tried again. */
  g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_OFFLINE));
  tok_test_wait_until (self.n_done == 1);
  tok_sign_in_stage_end (&self);
}

/* With a service that the test plays by hand. */
static TokRawPeer *
begin_with_peer (TokSignInStage *self, TokUiStage *stage)
{
  TokRawPeer *peer = tok_raw_peer_new (NULL);

  tok_sign_in_stage_begin (self, stage, NULL);
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, tok_raw_peer_get_address (peer));
  tok_sign_in_stage_paste (self->page, TOK_UI_STAGE_TOKEN);
  tok_script_wait (peer, "authorize", 0);
  return peer;
}

static void
end_peer (TokRawPeer *peer)
{
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  tok_test_assert_finalize (peer);
}

static void
test_garbage (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  TokRawPeer *peer = begin_with_peer (&self, stage);

  tok_raw_peer_send_text (peer, "%s", "<html><body>Welcome</body></html>");
  tok_sign_in_stage_wait (&self);
  assert_told (&self, TOK_UI_STAGE_TOKEN, TOK_ERROR_GARBLED);
  tok_ui_test_click (self.page, PREFERENCES);
  g_assert_cmpuint (self.n_preferences, ==, 1);
  tok_sign_in_stage_end (&self);
  end_peer (peer);
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  TokRawPeer *peer = begin_with_peer (&self, stage);

  g_assert_true (tok_sign_in_stage_shows (&self, "Signing in…"));
  g_assert_null (tok_ui_test_find (self.page, GTK_TYPE_BUTTON, SIGN_IN));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self.token)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self.window))
                 == tok_ui_test_get (self.page, GTK_TYPE_BUTTON, "Cancel"));

  tok_ui_test_click (self.page, "Cancel");
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  g_assert_false (tok_sign_in_stage_shows (&self, "Signing in…"));
  g_assert_cmpstr (gtk_editable_get_text (self.token), ==, TOK_UI_STAGE_TOKEN);
  g_assert_true (tok_sign_in_stage_has_focus (&self));
  assert_nothing_done (&self);

  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, stage->address);
  tok_ui_test_click (self.page, SIGN_IN);
  tok_test_wait_until (self.n_done == 1);
  tok_sign_in_stage_end (&self);
  end_peer (peer);
}

/* Cancelled, and at once tried again: the end of the first is not taken for that of the second. */
static void
test_cancel_and_retry (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  tok_demo_server_set_latency (stage->server, 50);
  tok_sign_in_stage_paste (self.page, "a b");
  tok_ui_test_wait_for_frame (self.window);
  if (tok_sign_in_stage_is_busy (self.page))
    tok_ui_test_click (self.page, "Cancel");
  g_assert_false (tok_sign_in_stage_is_busy (self.page));

  tok_sign_in_stage_paste (self.page, "aBcDeFgHiJkLmNp");
  g_signal_emit_by_name (tok_ui_test_find_any (self.page, GTK_TYPE_BUTTON, "Cancel"), "clicked");
  tok_sign_in_stage_paste (self.page, TOK_UI_STAGE_TOKEN);
  tok_test_wait_until (self.n_done == 1);
  g_assert_false (tok_sign_in_stage_is_busy (self.page));
  g_assert_false (tok_sign_in_stage_tells (&self, TOK_ERROR_SIGN_IN));
  g_assert_cmpuint (count_calls (&self), ==, 1);
  tok_sign_in_stage_end (&self);
}

/* The window is closed while it signs in, or before it could say what is wrong. */
static void
test_destroyed (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;
  TokRawPeer *peer = begin_with_peer (&self, stage);

  tok_sign_in_stage_end (&self);
  assert_nothing_done (&self);
  end_peer (peer);

  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, stage->address);
  tok_sign_in_stage_begin (&self, stage, NULL);
  tok_sign_in_stage_paste (self.page, "a b");
  tok_sign_in_stage_end (&self);
  assert_nothing_done (&self);
}

/* Preferences may change while the page is there; what is said and done follows. */
static void
test_service (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *ours = g_strdup_printf ("This is not the operator’s own service: what you paste "
                                           "is sent to 127.0.0.1:%u.",
                                           stage->port);
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  g_assert_true (tok_sign_in_stage_shows (&self, ours));
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, "");
  g_assert_false (tok_sign_in_stage_shows (&self, ours));
  g_assert_true (tok_sign_in_stage_shows (&self, "What you paste is sent to ws.derivws.com, the "
                                                 "operator’s own service, and nowhere else."));
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, "wss://ws.example.org/");
  g_assert_true (tok_sign_in_stage_shows (
      &self, "This is not the operator’s own service: what you paste is sent to ws.example.org."));
  g_settings_set_string (stage->settings, TOK_SETTINGS_SERVICE, stage->address);
  g_assert_true (tok_sign_in_stage_shows (&self, ours));
  tok_sign_in_stage_end (&self);

  tok_ui_stage_use_no_keyring (stage);
  g_free (ours);
  ours = g_strdup_printf ("This is not the operator’s own service: what you paste is sent to "
                          "127.0.0.1:%u. It is forgotten when you quit.",
                          stage->port);
  tok_sign_in_stage_begin (&self, stage, NULL);
  g_assert_true (tok_sign_in_stage_shows (&self, ours));
  tok_sign_in_stage_end (&self);
}

static void
test_focus (TokUiStage *stage, gconstpointer data)
{
  TokSignInStage self;

  tok_sign_in_stage_begin (&self, stage, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self.page));
  g_assert_true (tok_sign_in_stage_has_focus (&self));
  tok_sign_in_stage_end (&self);
}

static void
add (const char *path, gconstpointer data, TokUiStageTest test)
{
  g_autofree char *whole = g_strconcat ("/sign-in-page/", path, NULL);

  tok_ui_stage_add (whole, data, test);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  add ("new-destroy", NULL, test_new_destroy);
  add ("words", NULL, test_words);
  add ("nothing-typed", NULL, test_nothing_typed);
  add ("signs-in/click", GINT_TO_POINTER (TRUE), test_signs_in);
  add ("signs-in/enter", GINT_TO_POINTER (FALSE), test_signs_in);
  add ("remember/keep", GINT_TO_POINTER (FALSE), test_remember);
  add ("remember/forget", GINT_TO_POINTER (TRUE), test_remember);
  add ("partial/read", GINT_TO_POINTER (TOK_SCOPE_READ), test_partial_accepted);
  add ("partial/admin", GINT_TO_POINTER (TOK_SCOPE_ADMIN), test_partial_accepted);
  add ("partial/declined", NULL, test_partial_declined);
  add ("partial/destroyed", NULL, test_partial_destroyed);
  add ("useless", NULL, test_useless);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strconcat ("refused/", refusals[i].name, NULL);

    add (path, &refusals[i], test_refused);
  }
  add ("long-token", NULL, test_long_token);
  add ("unreachable", NULL, test_unreachable);
  add ("garbage", NULL, test_garbage);
  add ("cancel", NULL, test_cancel);
  add ("cancel-and-retry", NULL, test_cancel_and_retry);
  add ("destroyed", NULL, test_destroyed);
  add ("service", NULL, test_service);
  add ("focus", NULL, test_focus);

  return g_test_run ();
}
