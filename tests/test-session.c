/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define TOKEN TOK_SCRIPT_TOKEN
#define SCOPES TOK_SCRIPT_SCOPES

static void
test_new_destroy (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) sample
      = tok_session_new ("ws://127.0.0.1:1/", TOK_VAULT (stage->vault), &tok_script_times, TRUE);
  g_autofree char *address = NULL;
  g_autoptr (TokAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokGrantStore) tokens = NULL;
  g_autoptr (TokGrantStore) apps = NULL;
  TokSessionState state;
  gboolean is_sample, can_revoke;

  tok_stage_assert_signed_out (stage);
  g_assert_cmpstr (tok_session_get_address (stage->session), ==,
                   tok_raw_peer_get_address (stage->peer));
  g_assert_false (tok_session_get_is_sample (stage->session));
  g_assert_true (tok_session_get_is_sample (sample));

  g_object_get (sample, "address", &address, "is-sample", &is_sample, "state", &state, "error",
                &error, "account", &account, "tokens", &tokens, "apps", &apps, "can-revoke",
                &can_revoke, NULL);
  g_assert_cmpstr (address, ==, "ws://127.0.0.1:1/");
  g_assert_true (is_sample);
  g_assert_cmpint (state, ==, TOK_SESSION_SIGNED_OUT);
  g_assert_no_error (error);
  g_assert_null (account);
  g_assert_true (tokens == tok_session_get_tokens (sample));
  g_assert_true (apps == tok_session_get_apps (sample));
  g_assert_false (can_revoke);
  g_assert_cmpuint (tok_raw_peer_get_n_connections (stage->peer), ==, 0);
}

/* What can be read from a session while it is in full use: not the secret. */
static void
test_no_property_for_the_secret (TokStage *stage, gconstpointer data)
{
  g_autofree GParamSpec **pspecs = NULL;
  guint n;

  tok_stage_sign_in_and_list (stage);
  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (stage->session), &n);
  for (guint i = 0; i < n; i++) {
    g_auto (GValue) value = G_VALUE_INIT;
    g_autofree char *text = NULL;

    g_assert_false (pspecs[i]->flags & G_PARAM_WRITABLE);
    g_object_get_property (G_OBJECT (stage->session), pspecs[i]->name, &value);
    text = g_strdup_value_contents (&value);
    g_assert_null (strstr (text, TOKEN));
  }
}

static void
test_sign_out (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_session_refresh (stage->session);
  tok_script_wait (stage->peer, "oauth_apps", 1);
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->apps)), ==, 0);
  tok_test_wait_until (tok_fake_vault_get_n_secrets (stage->vault) == 0);
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
  g_assert_cmpuint (tok_script_count (stage->peer, "logout"), ==, 0);

  /* And in again. */
  tok_stage_begin (stage, TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, 1, SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
  tok_script_answer_apps (stage->peer, 2, "1 2");
  tok_test_wait_until (tok_grant_store_get_n_listed (stage->apps) == 2);
}

static void
test_sign_out_of_a_broken_vault (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_fake_vault_set_broken (stage->vault, TOK_FAKE_VAULT_FORGET, TRUE);
  tok_session_sign_out (stage->session);
  tok_stage_assert_signed_out (stage);
}

static void
test_close (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in_and_list (stage);
  tok_session_close (stage->session);
  tok_stage_assert_signed_out (stage);
  tok_stage_run_dry ();
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->vault), ==, 1);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->vault, TOK_FAKE_VAULT_FORGET), ==, 0);
  tok_session_close (stage->session);
  tok_session_sign_out (stage->session);
}

static void
on_loading_sign_out (TokGrantStore *store, GParamSpec *pspec, TokSession *session)
{
  tok_session_sign_out (session);
}

static void
test_sign_out_when_loading (TokStage *stage, gconstpointer data)
{
  TokGrantStore *store = GPOINTER_TO_INT (data) ? stage->apps : stage->tokens;

  tok_stage_sign_in_and_list (stage);
  g_signal_connect_object (store, "notify::loading", G_CALLBACK (on_loading_sign_out),
                           stage->session, 0);
  tok_session_refresh (stage->session);
  tok_stage_assert_signed_out (stage);
  tok_stage_run_dry ();
  tok_stage_assert_signed_out (stage);
}

/* Each of these leaves the session as it is: tear_down () lets it go. */
static void
test_destroy_while_listing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_script_wait (stage->peer, "oauth_apps", 0);
}

static void
test_destroy_while_looking_up (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_fake_vault_set_held (stage->vault, TRUE);
  tok_script_answer_tokens (stage->peer, 0, "a");
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->vault) == 1);
}

static void
test_destroy_while_offline (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
}

static void
test_destroy_while_authorizing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_wait (stage->peer, "authorize", 1);
}

static void
test_destroy_while_waiting_to_authorize (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, SCOPES);
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, "RateLimit");
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
}

typedef struct {
  const char *name;
  TokSessionState state;
  void (*bring_about) (TokStage *stage);
} Told;

static void
begin (TokStage *stage)
{
  tok_stage_begin (stage, TOKEN, NULL);
}

static void
let_in (TokStage *stage)
{
  begin (stage);
  tok_script_answer_authorize (stage->peer, 0, SCOPES);
}

static void
lose (TokStage *stage)
{
  tok_raw_peer_hang_up (stage->peer);
}

static void
lose_and_refuse (TokStage *stage)
{
  tok_raw_peer_hang_up (stage->peer);
  tok_script_refuse (stage->peer, "authorize", 1, "RateLimit");
}

static void
end (TokStage *stage)
{
  tok_session_refresh (stage->session);
  tok_script_refuse (stage->peer, "oauth_apps", 1, "InvalidToken");
}

static void
reconnect (TokStage *stage)
{
  tok_raw_peer_set_handshake_answer (stage->peer, TOK_STAGE_UNAVAILABLE);
  tok_raw_peer_hang_up (stage->peer);
  tok_stage_wait_for_state (stage, TOK_SESSION_OFFLINE);
  tok_session_reconnect (stage->session);
}

static const Told told[] = {
  { "connecting", TOK_SESSION_CONNECTING, begin },
  { "ready", TOK_SESSION_READY, let_in },
  { "offline", TOK_SESSION_OFFLINE, lose },
  { "connecting-again", TOK_SESSION_CONNECTING, lose },
  { "refused", TOK_SESSION_OFFLINE, lose_and_refuse },
  { "reconnecting", TOK_SESSION_CONNECTING, reconnect },
  { "ended", TOK_SESSION_ENDED, end },
};

typedef struct {
  TokSessionState state;
  guint nth;
} When;

static void
on_state_sign_out (TokSession *session, GParamSpec *pspec, When *when)
{
  if (tok_session_get_state (session) == when->state && when->nth-- == 0)
    tok_session_sign_out (session);
}

/* Who hears of a state may sign out at once. */
static void
test_sign_out_when_told (TokStage *stage, gconstpointer data)
{
  const Told *it = data;
  When when = { it->state, it->bring_about == lose_and_refuse };
  gboolean signs_in = it->bring_about == begin || it->bring_about == let_in;
  TokTimes times = tok_script_times;
  guint n_sent;

  /* A timer that is left behind shall go off before the test is over. */
  times.reconnect_first = times.reconnect_longest = 1;
  tok_stage_use_times (stage, &times);
  if (!signs_in)
    tok_stage_sign_in_and_list (stage);
  g_signal_connect (stage->session, "notify::state", G_CALLBACK (on_state_sign_out), &when);
  it->bring_about (stage);
  tok_stage_wait_for_state (stage, TOK_SESSION_SIGNED_OUT);
  if (signs_in)
    tok_stage_finish (stage, NULL);
  tok_stage_run_dry ();
  tok_test_wait_until (!tok_raw_peer_is_open (stage->peer));
  tok_stage_assert_signed_out (stage);
  tok_test_wait_until (tok_fake_vault_get_n_secrets (stage->vault) == 0);

  /* And in again. */
  tok_raw_peer_set_handshake_answer (stage->peer, NULL);
  n_sent = tok_script_count (stage->peer, "authorize");
  tok_stage_begin (stage, TOKEN, NULL);
  tok_script_answer_authorize (stage->peer, n_sent, SCOPES);
  g_assert_true (tok_stage_finish (stage, NULL));
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  tok_stage_add ("/session/new-destroy", NULL, test_new_destroy);
  tok_stage_add ("/session/no-property-for-the-secret", NULL, test_no_property_for_the_secret);
  tok_stage_add ("/session/sign-out", NULL, test_sign_out);
  tok_stage_add ("/session/sign-out-of-a-broken-vault", NULL, test_sign_out_of_a_broken_vault);
  tok_stage_add ("/session/close", NULL, test_close);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    tok_stage_add_case ("/session/sign-out-when", told[i].name, &told[i], test_sign_out_when_told);
  tok_stage_add_case ("/session/sign-out-when", "loading-tokens", GINT_TO_POINTER (FALSE),
                      test_sign_out_when_loading);
  tok_stage_add_case ("/session/sign-out-when", "loading-apps", GINT_TO_POINTER (TRUE),
                      test_sign_out_when_loading);
  tok_stage_add ("/session/destroy-while/listing", NULL, test_destroy_while_listing);
  tok_stage_add ("/session/destroy-while/looking-up", NULL, test_destroy_while_looking_up);
  tok_stage_add ("/session/destroy-while/offline", NULL, test_destroy_while_offline);
  tok_stage_add ("/session/destroy-while/authorizing", NULL, test_destroy_while_authorizing);
  tok_stage_add ("/session/destroy-while/waiting-to-authorize", NULL,
                 test_destroy_while_waiting_to_authorize);

  return g_test_run ();
}
