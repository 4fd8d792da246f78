/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-sign-in-page.h"

#include "tok-error.h"
#include "tok-script.h"
#include "tok-sentence.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

typedef struct {
  TokUiStage *stage;
  GtkWidget *page;
  GtkWidget *window;
  GtkEditable *token;
  GtkEditable *address;
  GtkWidget *button;
} Fixture;

static void
begin (Fixture *self, TokUiStage *stage)
{
  self->stage = stage;
  self->page = g_object_new (TOK_TYPE_SIGN_IN_PAGE, "accounts", stage->accounts, "address",
                             stage->address, NULL);
  self->window = tok_ui_test_present (self->page);
  self->token = tok_ui_test_get (self->page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  self->address = tok_ui_test_find_any (self->page, ADW_TYPE_ENTRY_ROW, "Service Address");
  self->button = tok_ui_test_get (self->page, GTK_TYPE_BUTTON, "Sign In");
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->page, text);
}

static gboolean
is_busy (Fixture *self)
{
  gboolean busy;

  g_object_get (self->page, "is-busy", &busy, NULL);
  return busy;
}

/* Enter, in one of the fields. */
static void
press_enter (GtkEditable *row)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (row), "activate");
}

static guint
count_calls (Fixture *self, const char *call)
{
  return tok_ui_stage_count_calls (self->stage, call);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_SIGN_IN_PAGE, NULL));
  begin (&fixture, stage);
  g_assert_false (is_busy (&fixture));
  end (&fixture);
}

static void
test_nothing_typed (TokUiStage *stage, gconstpointer data)
{
  static const char *const nothing[] = { "", " ", "\t", "  \t " };
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++) {
    gtk_editable_set_text (fixture.token, "x");
    g_assert_true (gtk_widget_is_sensitive (fixture.button));
    g_assert_null (gtk_widget_get_tooltip_text (fixture.button));

    gtk_editable_set_text (fixture.token, nothing[i]);
    g_assert_false (gtk_widget_is_sensitive (fixture.button));
    g_assert_cmpstr (gtk_widget_get_tooltip_text (fixture.button), ==, "Paste a token first");
    press_enter (fixture.token);
    g_assert_false (is_busy (&fixture));
  }
  g_assert_cmpuint (count_calls (&fixture, "authorize"), ==, 0);
  end (&fixture);
}

typedef enum {
  BY_CLICK,
  BY_ENTER,
  BY_ENTER_IN_ADDRESS,
} How;

static void
submit (Fixture *self, How how)
{
  switch (how) {
  case BY_CLICK:
    tok_ui_test_click (self->page, "Sign In");
    break;
  case BY_ENTER:
    press_enter (self->token);
    break;
  case BY_ENTER_IN_ADDRESS:
    press_enter (self->address);
    break;
  }
}

static void
test_signs_in (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_demo_server_set_latency (stage->server, 100);
  gtk_editable_set_text (fixture.token, "  " TOK_UI_STAGE_TOKEN " ");
  submit (&fixture, GPOINTER_TO_INT (data));
  g_assert_true (is_busy (&fixture));
  g_assert_true (shows (&fixture, "Signing in…") || !is_busy (&fixture));
  /* Once more is not twice. */
  press_enter (fixture.token);
  g_signal_emit_by_name (fixture.button, "clicked");

  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  tok_test_wait_until (!is_busy (&fixture));
  g_assert_false (tok_session_get_is_sample (tok_accounts_get_current (stage->accounts)));
  g_assert_cmpuint (count_calls (&fixture, "authorize"), ==, 1);
  /* It is in the vault now, and nowhere else. */
  g_assert_cmpstr (gtk_editable_get_text (fixture.token), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (fixture.address), ==, stage->address);
  end (&fixture);
}

static gboolean
is_invalid (GtkEditable *row)
{
  g_autofree char *other = gtk_test_accessible_check_state (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);

  return other == NULL;
}

static gboolean
has_focus (Fixture *self, GtkEditable *row)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (row));
}

/* What was typed is still there, and what is said of it is beside it until somebody edits it. */
static void
assert_told (Fixture *self, const char *token, const char *address, const char *sentence)
{
  g_assert_true (shows (self, sentence));
  g_assert_cmpstr (gtk_editable_get_text (self->token), ==, token);
  g_assert_cmpstr (gtk_editable_get_text (self->address), ==, address);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->token)));
  g_assert_true (gtk_widget_is_sensitive (self->button));
  g_assert_null (tok_accounts_get_current (self->stage->accounts));
}

static void
assert_forgotten (Fixture *self, const char *sentence)
{
  g_assert_false (shows (self, sentence));
  g_assert_false (is_invalid (self->token));
  g_assert_false (is_invalid (self->address));
}

typedef struct {
  const char *name;
  const char *token;
  const char *app_id;
  TokError code;
  gboolean about_token;
  gboolean about_address;
} Refusal;

static const Refusal refusals[] = {
  { "unknown", "aBcDeFgHiJkLmNp", "1089", TOK_ERROR_SIGN_IN, TRUE, FALSE },
  { "new-platform", "pat_0123456789", "1089", TOK_ERROR_NEW_PLATFORM, TRUE, FALSE },
  { "blanks", "a b c", "1089", TOK_ERROR_FIELD, TRUE, FALSE },
  { "quotes", "\"x\" OR ''<b>", "1089", TOK_ERROR_FIELD, TRUE, FALSE },
  { "letters", "\u00e4\u5f20\u202e", "1089", TOK_ERROR_FIELD, TRUE, FALSE },
  { "app-id", TOK_UI_STAGE_TOKEN, "404", TOK_ERROR_APP_ID, FALSE, TRUE },
  { "blocked", TOK_UI_STAGE_TOKEN, "403", TOK_ERROR_REFUSED, FALSE, FALSE },
};

static void
test_refused (TokUiStage *stage, gconstpointer data)
{
  const Refusal *it = data;
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, it->code, "");
  const char *sentence = tok_sentence_from_error (error);
  g_autofree char *address
      = g_strdup_printf ("ws://127.0.0.1:%u/websockets/v3?app_id=%s", stage->port, it->app_id);
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  gtk_editable_set_text (fixture.address, address);
  gtk_editable_set_text (fixture.token, it->token);
  submit (&fixture, BY_ENTER);
  tok_test_wait_until (!is_busy (&fixture));
  assert_told (&fixture, it->token, address, sentence);
  g_assert_true (is_invalid (fixture.token) == it->about_token);
  g_assert_true (is_invalid (fixture.address) == it->about_address);
  g_assert_true (has_focus (&fixture, it->about_address ? fixture.address : fixture.token));
  g_assert_true (!it->about_address || gtk_widget_get_mapped (GTK_WIDGET (fixture.address)));

  gtk_editable_set_text (fixture.token, "x");
  assert_forgotten (&fixture, sentence);

  /* The way on from there. */
  gtk_editable_set_text (fixture.address, stage->address);
  gtk_editable_set_text (fixture.token, TOK_UI_STAGE_TOKEN);
  submit (&fixture, BY_CLICK);
  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  end (&fixture);
}

static void
test_long_token (TokUiStage *stage, gconstpointer data)
{
  g_autofree char *token = g_strnfill (10000, 'x');
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_FIELD, "");
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  gtk_editable_set_text (fixture.token, token);
  submit (&fixture, BY_CLICK);
  tok_test_wait_until (!is_busy (&fixture));
  assert_told (&fixture, token, stage->address, tok_sentence_from_error (error));
  g_assert_cmpuint (count_calls (&fixture, "authorize"), ==, 0);
  end (&fixture);
}

static const struct {
  const char *address;
  const char *sentence;
} addresses[] = {
  { "", "That is no address of a service" },
  { "https://ws.example.org/", "A service address begins with wss://" },
  { "ws://192.0.2.1/", "Plain ws:// is for this computer alone, because it would show your token "
                       "to the network: use wss://" },
  { "wss://a:b@ws.example.org/", "A service address has no user name, password or # in it" },
};

/* Nothing of it is tried. */
static void
test_bad_address (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  gtk_editable_set_text (fixture.token, TOK_UI_STAGE_TOKEN);
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    gtk_editable_set_text (fixture.address, addresses[i].address);
    submit (&fixture, BY_CLICK);
    g_assert_false (is_busy (&fixture));
    assert_told (&fixture, TOK_UI_STAGE_TOKEN, addresses[i].address, addresses[i].sentence);
    g_assert_true (is_invalid (fixture.address));
    g_assert_false (is_invalid (fixture.token));
    g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture.address)));
    g_assert_true (has_focus (&fixture, fixture.address));

    gtk_editable_set_text (fixture.address, stage->address);
    assert_forgotten (&fixture, addresses[i].sentence);
  }
  submit (&fixture, BY_ENTER_IN_ADDRESS);
  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  end (&fixture);
}

static void
test_dead_address (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE, "");
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_demo_server_stop (stage->server);
  gtk_editable_set_text (fixture.token, TOK_UI_STAGE_TOKEN);
  submit (&fixture, BY_CLICK);
  tok_test_wait_until (!is_busy (&fixture));
  assert_told (&fixture, TOK_UI_STAGE_TOKEN, stage->address, tok_sentence_from_error (error));
  g_assert_false (is_invalid (fixture.token));

  tok_ui_stage_restart (stage);
  submit (&fixture, BY_CLICK);
  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  end (&fixture);
}

/* The fixture with a service that the test plays by hand. */
static TokRawPeer *
begin_with_peer (Fixture *self, TokUiStage *stage)
{
  TokRawPeer *peer = tok_raw_peer_new (NULL);

  begin (self, stage);
  gtk_editable_set_text (self->address, tok_raw_peer_get_address (peer));
  gtk_editable_set_text (self->token, TOK_UI_STAGE_TOKEN);
  submit (self, BY_CLICK);
  tok_script_wait (peer, "authorize", 0);
  return peer;
}

static void
test_hostile_answer (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  TokRawPeer *peer = begin_with_peer (&fixture, stage);

  tok_raw_peer_send_text (
      peer,
      "{\"echo_req\":{},\"msg_type\":\"authorize\",\"req_id\":%" G_GINT64_FORMAT
      ",\"error\":{\"code\":\"AccountDisabled\",\"message\":\"<b>You</b> &amp; \\u202ex\"}}",
      tok_raw_peer_get_req_id (peer, 0));
  tok_test_wait_until (!is_busy (&fixture));
  g_assert_true (shows (&fixture, "The service has disabled this account. Ask the operator why."));
  g_assert_true (shows (&fixture, "<b>You</b> &amp; [U+202E]x"));
  end (&fixture);
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  tok_test_assert_finalize (peer);
}

static void
test_garbage (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED, "");
  Fixture fixture = { NULL };
  TokRawPeer *peer = begin_with_peer (&fixture, stage);

  tok_raw_peer_send_text (peer, "%s", "<html><body>Welcome</body></html>");
  tok_test_wait_until (!is_busy (&fixture));
  assert_told (&fixture, TOK_UI_STAGE_TOKEN, tok_raw_peer_get_address (peer),
               tok_sentence_from_error (error));
  g_assert_true (is_invalid (fixture.address));
  end (&fixture);
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  tok_test_assert_finalize (peer);
}

static void
test_cancel (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  TokRawPeer *peer = begin_with_peer (&fixture, stage);

  g_assert_true (shows (&fixture, "Signing in…"));
  g_assert_null (tok_ui_test_find (fixture.page, GTK_TYPE_BUTTON, "Sign In"));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fixture.token)));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (fixture.address)));

  tok_ui_test_click (fixture.page, "Cancel");
  g_assert_false (is_busy (&fixture));
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  g_assert_false (shows (&fixture, "Signing in…"));
  g_assert_cmpstr (gtk_editable_get_text (fixture.token), ==, TOK_UI_STAGE_TOKEN);
  g_assert_true (has_focus (&fixture, fixture.token));
  g_assert_null (tok_accounts_get_current (stage->accounts));

  gtk_editable_set_text (fixture.address, stage->address);
  submit (&fixture, BY_CLICK);
  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  tok_test_wait_until (!is_busy (&fixture));
  end (&fixture);
  tok_test_assert_finalize (peer);
}

/* Cancelled, and at once tried again: the end of the first is not taken for that of the second. */
static void
test_cancel_and_retry (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_demo_server_set_latency (stage->server, 50);
  gtk_editable_set_text (fixture.token, "a b");
  submit (&fixture, BY_ENTER);
  tok_ui_test_click (fixture.page, "Cancel");
  g_assert_false (is_busy (&fixture));

  gtk_editable_set_text (fixture.token, TOK_UI_STAGE_TOKEN);
  submit (&fixture, BY_ENTER);
  tok_test_wait_until (tok_accounts_get_current (stage->accounts) != NULL);
  tok_test_wait_until (!is_busy (&fixture));
  g_assert_cmpuint (count_calls (&fixture, "authorize"), ==, 1);
  end (&fixture);
}

/* The window is closed while it signs in, or before it could say what is wrong. */
static void
test_destroyed (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  TokRawPeer *peer = begin_with_peer (&fixture, stage);

  end (&fixture);
  tok_test_wait_until (!tok_raw_peer_is_open (peer));
  tok_test_assert_finalize (peer);
  g_assert_null (tok_accounts_get_current (stage->accounts));

  begin (&fixture, stage);
  gtk_editable_set_text (fixture.token, "a b");
  submit (&fixture, BY_ENTER);
  end (&fixture);
}

static void
test_address (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  guint *n_notified;
  g_autofree char *address = NULL;

  begin (&fixture, stage);
  n_notified = tok_test_count_notify (fixture.page, "address");
  g_assert_cmpstr (gtk_editable_get_text (fixture.address), ==, stage->address);
  /* It is out of the way of those who don't need it. */
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture.address)));

  g_object_set (fixture.page, "address", "wss://ws.example.org/", NULL);
  g_object_set (fixture.page, "address", "wss://ws.example.org/", NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (fixture.address), ==, "wss://ws.example.org/");
  g_object_get (fixture.page, "address", &address, NULL);
  g_assert_cmpstr (address, ==, "wss://ws.example.org/");
  end (&fixture);
}

static void
test_focus (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  gtk_widget_grab_focus (fixture.page);
  g_assert_true (has_focus (&fixture, fixture.token));
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/sign-in-page/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/sign-in-page/nothing-typed", NULL, test_nothing_typed);
  tok_ui_stage_add ("/sign-in-page/signs-in/click", GINT_TO_POINTER (BY_CLICK), test_signs_in);
  tok_ui_stage_add ("/sign-in-page/signs-in/enter", GINT_TO_POINTER (BY_ENTER), test_signs_in);
  tok_ui_stage_add ("/sign-in-page/signs-in/enter-in-address",
                    GINT_TO_POINTER (BY_ENTER_IN_ADDRESS), test_signs_in);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strconcat ("/sign-in-page/refused/", refusals[i].name, NULL);

    tok_ui_stage_add (path, &refusals[i], test_refused);
  }
  tok_ui_stage_add ("/sign-in-page/long-token", NULL, test_long_token);
  tok_ui_stage_add ("/sign-in-page/bad-address", NULL, test_bad_address);
  tok_ui_stage_add ("/sign-in-page/dead-address", NULL, test_dead_address);
  tok_ui_stage_add ("/sign-in-page/hostile-answer", NULL, test_hostile_answer);
  tok_ui_stage_add ("/sign-in-page/garbage", NULL, test_garbage);
  tok_ui_stage_add ("/sign-in-page/cancel", NULL, test_cancel);
  tok_ui_stage_add ("/sign-in-page/cancel-and-retry", NULL, test_cancel_and_retry);
  tok_ui_stage_add ("/sign-in-page/destroyed", NULL, test_destroyed);
  tok_ui_stage_add ("/sign-in-page/address", NULL, test_address);
  tok_ui_stage_add ("/sign-in-page/focus", NULL, test_focus);

  return g_test_run ();
}
