/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-strips.h"

#include "tok-grant-store.h"
#include "tok-other-client.h"
#include "tok-settings.h"
#include "tok-strip.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#define SAMPLE "Sample data. Nothing here is real."

typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokSessionStrips *strips;
  GtkWidget *window;
  guint n_changed;
  guint n_asked_again;
} Fixture;

static void
on_changed (TokSessionStrips *strips, Fixture *self)
{
  self->n_changed++;
}

static void
on_sign_in_again (GSimpleAction *action, GVariant *parameter, gpointer n_asked_again)
{
  (*(guint *) n_asked_again)++;
}

static void
begin (Fixture *self, TokUiStage *stage, TokSession *session)
{
  static const GActionEntry entries[] = { { "sign-in-again", on_sign_in_again, NULL, NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  *self = (Fixture){ .stage = stage, .session = session };
  self->strips = g_object_new (TOK_TYPE_SESSION_STRIPS, "session", session, NULL);
  g_signal_connect (self->strips, "changed", G_CALLBACK (on_changed), self);
  self->window = tok_ui_test_present (GTK_WIDGET (self->strips));
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, &self->n_asked_again);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

/* The text of each strip that is to be seen, with what can be done about it. */
static void
assert_says (Fixture *self, const char *expected)
{
  g_autoptr (GString) said = g_string_new (NULL);
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self->strips));

  tok_ui_test_wait_for_frame (self->window);
  for (GtkWidget *strip = gtk_widget_get_first_child (box); strip != NULL;
       strip = gtk_widget_get_next_sibling (strip)) {
    GtkLabel *label = tok_ui_test_find (strip, GTK_TYPE_LABEL, NULL);
    GtkButton *button = tok_ui_test_find (strip, GTK_TYPE_BUTTON, NULL);

    g_assert_true (TOK_IS_STRIP (strip));
    if (label != NULL)
      g_string_append (said, gtk_label_get_text (label));
    if (button != NULL)
      g_string_append_printf (said, " [%s]", gtk_button_get_label (button));
  }
  g_assert_cmpstr (said->str, ==, expected);
}

static void
assert_says_as_of (Fixture *self, const char *format)
{
  GDateTime *as_of = tok_grant_store_get_as_of (tok_session_get_tokens (self->session));
  g_autofree char *expected = g_date_time_format (as_of, format);

  assert_says (self, expected);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_SESSION_STRIPS, NULL));
  begin (&fixture, stage, NULL);
  assert_says (&fixture, "");
  tok_session_strips_go_on (fixture.strips);
  end (&fixture);
  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  end (&fixture);
}

static void
test_well (TokUiStage *stage, gconstpointer data)
{
  gboolean is_sample = GPOINTER_TO_INT (data);
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, is_sample));
  assert_says (&fixture, is_sample ? SAMPLE : "");
  /* Then it is about the lists. */
  tok_session_strips_go_on (fixture.strips);
  g_assert_true (tok_grant_store_get_loading (tok_session_get_tokens (fixture.session)));
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "api_token"), ==, 2);
  end (&fixture);
}

static void
test_another_session (TokUiStage *stage, gconstpointer data)
{
  TokSession *sample = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, TRUE);
  TokSession *other = tok_ui_stage_sign_in_to (stage, "SAMPLE2");
  Fixture fixture;
  guint *n_notified;

  begin (&fixture, stage, sample);
  n_notified = tok_test_count_notify (fixture.strips, "session");
  g_object_set (fixture.strips, "session", other, NULL);
  assert_says (&fixture, "");
  g_object_set (fixture.strips, "session", other, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_object_set (fixture.strips, "session", sample, NULL);
  assert_says (&fixture, SAMPLE);
  end (&fixture);
}

/* What is announced happens: the connection goes, and comes back by itself. */
static void
test_update (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  tok_test_wait_until (tok_session_get_site_status (fixture.session) == TOK_SITE_UP);
  assert_says (&fixture, "");
  tok_demo_server_update (stage->server, 600000);
  tok_test_wait_until (tok_session_get_site_status (fixture.session) == TOK_SITE_UPDATING);
  assert_says (&fixture, "The service is about to be updated. The connection will be cut for a "
                         "moment, and comes back by itself.");
  tok_demo_server_update (stage->server, 0);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  assert_says_as_of (&fixture, "Offline. As of %H:%M. [Reconnect]");
  tok_session_reconnect (fixture.session);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_READY);
  tok_test_wait_until (tok_session_get_site_status (fixture.session) == TOK_SITE_UP);
  assert_says (&fixture, "");
  end (&fixture);
}

/* What is below moves when it comes and when it goes, not while it counts. */
static void
test_rate_limit (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  guint n_changed;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  n_changed = fixture.n_changed;
  tok_demo_server_fail_next (stage->server, "oauth_apps", "RateLimit", "No");
  tok_session_refresh (fixture.session);
  tok_test_wait_until (tok_session_get_seconds_left (fixture.session) == 600);
  assert_says (&fixture, "The service asks for a pause after so many requests. It takes more in "
                         "600 seconds.");
  g_assert_cmpuint (fixture.n_changed, ==, n_changed + 1);
  tok_test_wait_until (tok_session_get_seconds_left (fixture.session) == 599);
  g_assert_cmpuint (fixture.n_changed, ==, n_changed + 1);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  assert_says_as_of (&fixture, "Offline. As of %H:%M. [Reconnect]");
  end (&fixture);
}

static void
test_offline (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;
  guint n_changed;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  n_changed = fixture.n_changed;
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  assert_says_as_of (&fixture, "Offline. As of %H:%M. [Reconnect]");
  /* What is below has moved. */
  g_assert_cmpuint (fixture.n_changed, >, n_changed);

  tok_ui_stage_restart (stage);
  n_changed = fixture.n_changed;
  tok_ui_test_click (fixture.strips, "Reconnect");
  g_assert_cmpint (tok_session_get_state (fixture.session), ==, TOK_SESSION_CONNECTING);
  g_assert_cmpuint (fixture.n_changed, >, n_changed);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_READY);
  assert_says (&fixture, "");
  end (&fixture);
}

static void
test_signed_out (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  tok_other_client_delete_token (other, "Token Manager");
  tok_session_refresh (fixture.session);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_says_as_of (&fixture,
                     "You are signed out: the service doesn’t accept this token any more. "
                     "It may have been deleted, or ended elsewhere. The list is as of "
                     "%H:%M. [Sign In Again]");
  tok_ui_test_click (fixture.strips, "Sign In Again");
  g_assert_cmpuint (fixture.n_asked_again, ==, 1);
  tok_session_strips_go_on (fixture.strips);
  g_assert_cmpuint (fixture.n_asked_again, ==, 2);
  end (&fixture);
}

/* The account was disabled while the connection was lost. */
static void
test_disabled (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  tok_ui_stage_restart (stage);
  tok_demo_server_fail_next (stage->server, "authorize", "AccountDisabled", "<b>Oops</b>");
  tok_session_reconnect (fixture.session);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_says_as_of (&fixture, "The service has disabled this account. Ask the operator why. The "
                               "list is as of %H:%M. [Sign In Again]");
  tok_ui_test_click (fixture.strips, "Sign In Again");
  g_assert_cmpuint (fixture.n_asked_again, ==, 1);
  end (&fixture);
}

/* The secret of a session that is signed in can't be kept. */
static void
begin_unkept (Fixture *self, TokUiStage *stage, TokError code)
{
  TokSession *session;

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, code);
  session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  begin (self, stage, session);
  tok_test_wait_until (tok_session_get_keyring_error (session) != NULL);
}

static void
test_keyring_missing (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_unkept (&fixture, stage, TOK_ERROR_VAULT_MISSING);
  assert_says (&fixture, "There is no keyring on this computer, so your token is forgotten when "
                         "you quit. [Go On without It]");
  fixture.n_changed = 0;
  tok_ui_test_click (fixture.strips, "Go On without It");
  assert_says (&fixture, "");
  g_assert_cmpuint (fixture.n_changed, ==, 1);
  g_assert_cmpint (tok_session_get_state (fixture.session), ==, TOK_SESSION_READY);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==, 0);
  end (&fixture);
}

static void
test_keyring_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_unkept (&fixture, stage, TOK_ERROR_VAULT_LOCKED);
  assert_says (&fixture, "Your keyring is locked. Until you unlock it, your token is not kept, and "
                         "is forgotten when you quit. [Unlock]");
  /* The owner turns the prompt down at first. */
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  tok_ui_test_click (fixture.strips, "Unlock");
  tok_test_wait_until (g_error_matches (tok_session_get_keyring_error (fixture.session), TOK_ERROR,
                                        TOK_ERROR_VAULT_DISMISSED));
  assert_says (&fixture, "The keyring stayed locked, so your token is not kept, and is forgotten "
                         "when you quit. [Unlock]");

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  tok_ui_test_click (fixture.strips, "Unlock");
  tok_test_wait_until (tok_session_get_is_kept (fixture.session));
  assert_says (&fixture, "");
  g_assert_cmpstr (tok_fake_vault_peek (stage->keyring, stage->address, "SAMPLE1"), ==,
                   TOK_UI_STAGE_TOKEN);
  end (&fixture);
}

static void
test_keyring_failed (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_unkept (&fixture, stage, TOK_ERROR_VAULT_FAILED);
  assert_says (&fixture, "The keyring didn’t take your token, so it is forgotten when you quit. "
                         "[Try Again]");
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_STORE, FALSE);
  tok_ui_test_click (fixture.strips, "Try Again");
  tok_test_wait_until (tok_session_get_is_kept (fixture.session));
  assert_says (&fixture, "");
  end (&fixture);
}

/* What is to be forgotten and isn't is said as well. */
static void
test_still_kept (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin (&fixture, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  tok_test_wait_until (tok_session_get_is_kept (fixture.session));
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_LOCKED);
  g_settings_set_boolean (stage->settings, TOK_SETTINGS_REMEMBER_ACCOUNTS, FALSE);
  tok_test_wait_until (tok_session_get_keyring_error (fixture.session) != NULL);
  assert_says (&fixture, "Your token is still in the keyring, because that is locked. [Unlock]");
  tok_ui_test_click (fixture.strips, "Unlock");
  tok_test_wait_until (tok_fake_vault_get_n_secrets (stage->keyring) == 0);
  tok_test_wait_until (!tok_session_get_is_kept (fixture.session));
  assert_says (&fixture, "");
  g_assert_cmpint (tok_session_get_state (fixture.session), ==, TOK_SESSION_READY);
  end (&fixture);
}

/* What has to do with the keyring and what has to do with the connection are two things. */
static void
test_both (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture;

  begin_unkept (&fixture, stage, TOK_ERROR_VAULT_MISSING);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  assert_says_as_of (&fixture, "Offline. As of %H:%M. [Reconnect]There is no keyring on this "
                               "computer, so your token is forgotten when you quit. [Go On without "
                               "It]");
  tok_ui_test_click (fixture.strips, "Go On without It");
  assert_says_as_of (&fixture, "Offline. As of %H:%M. [Reconnect]");
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/session-strips/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/session-strips/well", GINT_TO_POINTER (FALSE), test_well);
  tok_ui_stage_add ("/session-strips/sample", GINT_TO_POINTER (TRUE), test_well);
  tok_ui_stage_add ("/session-strips/another-session", NULL, test_another_session);
  tok_ui_stage_add ("/session-strips/offline", NULL, test_offline);
  tok_ui_stage_add ("/session-strips/rate-limit", NULL, test_rate_limit);
  tok_ui_stage_add ("/session-strips/update", NULL, test_update);
  tok_ui_stage_add ("/session-strips/signed-out", NULL, test_signed_out);
  tok_ui_stage_add ("/session-strips/disabled", NULL, test_disabled);
  tok_ui_stage_add ("/session-strips/keyring/missing", NULL, test_keyring_missing);
  tok_ui_stage_add ("/session-strips/keyring/locked", NULL, test_keyring_locked);
  tok_ui_stage_add ("/session-strips/keyring/failed", NULL, test_keyring_failed);
  tok_ui_stage_add ("/session-strips/keyring/still-kept", NULL, test_still_kept);
  tok_ui_stage_add ("/session-strips/both", NULL, test_both);

  return g_test_run ();
}
