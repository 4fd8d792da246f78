/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-form.h"

#include "tok-form-hands.h"
#include "tok-other-client.h"
#include "tok-preset-row.h"
#include "tok-test.h"
#include "tok-token-name.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define USED "6 of 30 used"
#define RULES "2 to 32 letters, digits, spaces or “_” · " USED
#define EMPTY "Give the token a name."
#define SHORT "A name has at least 2 characters."
#define LONG "A name has at most 32 characters; this one has 33."
#define CHARACTER "A name has nothing but letters from A to Z, digits, spaces and “_”."
#define TAKEN "Another token has this name already."
#define NO_SCOPE "Tick at least one permission."
#define FULL "An account has at most 30 tokens. Delete one first."
#define OFFLINE "There is no connection to the service just now."
#define ENDED "You are signed out. Close this and sign in again."
#define SIXTEEN "abcdefghijklmnop"

/* The form of whoever is signed in on a stage. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokTokenForm *form;
  GtkWidget *window;
  guint n_submitted;
} Fixture;

static void
on_submit (TokTokenForm *form, guint *n_submitted)
{
  (*n_submitted)++;
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  self->stage = stage;
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  self->form = g_object_new (TOK_TYPE_TOKEN_FORM, "session", self->session, NULL);
  g_signal_connect (self->form, "submit", G_CALLBACK (on_submit), &self->n_submitted);
  self->window = tok_ui_test_present (GTK_WIDGET (self->form));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static void
assert_obstacle (Fixture *self, const char *obstacle)
{
  g_autofree char *kept = NULL;

  g_assert_cmpstr (tok_token_form_get_obstacle (self->form), ==, obstacle);
  g_object_get (self->form, "obstacle", &kept, NULL);
  g_assert_cmpstr (kept, ==, obstacle);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  TokTokenForm *form = g_object_new (TOK_TYPE_TOKEN_FORM, NULL);
  g_autoptr (TokSession) session = NULL;

  g_assert_null (tok_token_form_get_obstacle (form));
  tok_ui_test_assert_finalize_widget (form);
  begin (&fixture, stage);
  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_TOKEN_FORM, "session", fixture.session, NULL));
  g_object_get (fixture.form, "session", &session, NULL);
  g_assert_true (session == fixture.session);
  end (&fixture);

  /* What the session says later finds nobody. */
  tok_session_refresh (session);
  tok_ui_stage_wait_for_lists (session);
}

static const struct {
  const char *typed;
  const char *name;
  const char *obstacle;
  const char *hint;
  gboolean is_wrong;
} names[] = {
  { "", "", EMPTY, RULES, FALSE },
  { "  ", "", EMPTY, RULES, FALSE },
  { "a", "a", SHORT, RULES, FALSE },
  { " a ", "a", SHORT, RULES, FALSE },
  { "ab", "ab", NULL, USED, FALSE },
  { "a b", "a b", NULL, USED, FALSE },
  { "_ _", "_ _", NULL, USED, FALSE },
  { " \tNight bot\u00a0", "Night bot", NULL, USED, FALSE },
  { SIXTEEN SIXTEEN, SIXTEEN SIXTEEN, NULL, USED, FALSE },
  { " " SIXTEEN SIXTEEN " ", SIXTEEN SIXTEEN, NULL, USED, FALSE },
  { SIXTEEN SIXTEEN "x", SIXTEEN SIXTEEN "x", LONG, LONG, TRUE },
  { "-", "-", CHARACTER, CHARACTER, TRUE },
  { "a.b", "a.b", CHARACTER, CHARACTER, TRUE },
  { "caf\u00e9", "caf\u00e9", CHARACTER, CHARACTER, TRUE },
  { "<b>x</b>", "<b>x</b>", CHARACTER, CHARACTER, TRUE },
  { "Grid bot", "Grid bot", TAKEN, TAKEN, TRUE },
  { "  grid BOT ", "grid BOT", TAKEN, TAKEN, TRUE },
  { "token manager", "token manager", TAKEN, TAKEN, TRUE },
  { "Grid  bot", "Grid  bot", NULL, USED, FALSE },
};

static void
test_names (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  assert_obstacle (&fixture, EMPTY);
  tok_form_hands_assert_hint (fixture.form, RULES, FALSE);
  tok_form_hands_tick (fixture.form, TOK_SCOPE_READ);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *name = NULL;

    g_test_message ("name “%s”", names[i].typed);
    tok_form_hands_type_name (fixture.form, names[i].typed);
    name = tok_token_form_dup_name (fixture.form);
    g_assert_cmpstr (name, ==, names[i].name);
    assert_obstacle (&fixture, names[i].obstacle);
    tok_form_hands_assert_hint (fixture.form, names[i].hint, names[i].is_wrong);
    g_assert_true (tok_ui_test_shows (fixture.form, names[i].hint));
  }
  end (&fixture);
}

static void
test_described (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  GtkEditable *row;
  GtkWidget *focus;

  begin (&fixture, stage);
  row = tok_form_hands_get_name_row (fixture.form);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row),
                                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.form));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (row)));
  g_assert_true (tok_ui_test_shows (fixture.form, "Only from my current network address"));
  end (&fixture);
}

static void
test_only_here (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  GtkWidget *row;

  begin (&fixture, stage);
  g_assert_false (tok_token_form_get_only_here (fixture.form));
  row = tok_ui_test_get (fixture.form, ADW_TYPE_ACTION_ROW, "Only from my current network address");
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_true (tok_token_form_get_only_here (fixture.form));
  g_assert_true (tok_ui_test_shows (row, "The token works nowhere else. Home addresses change, "
                                         "often daily: then it stops working and has to be "
                                         "replaced"));
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_false (tok_token_form_get_only_here (fixture.form));
  end (&fixture);
}

/* Return goes on to what is missing, or to the end. */
static void
test_submit (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  GtkWidget *focus;

  begin (&fixture, stage);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.form));
  tok_form_hands_press_enter (fixture.form);
  g_assert_cmpuint (fixture.n_submitted, ==, 0);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, TOK_TYPE_PRESET_ROW));

  tok_form_hands_tick (fixture.form, TOK_SCOPE_READ);
  tok_form_hands_press_enter (fixture.form);
  g_assert_cmpuint (fixture.n_submitted, ==, 1);
  end (&fixture);
}

/* What it was filled in with is nobody's work. */
static void
test_touched (TokUiStage *stage, gconstpointer data)
{
  const TokScopes scopes = TOK_SCOPE_READ | TOK_SCOPE_ADMIN;
  gboolean is_prefilled = GPOINTER_TO_INT (data);
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  if (is_prefilled) {
    tok_form_hands_fill (fixture.form, "Something", TOK_SCOPE_TRADE, FALSE);
    tok_token_form_prefill (fixture.form, "Grid bot 2", scopes | TOK_SCOPE_UNKNOWN, TRUE);
    tok_form_hands_assert (fixture.form, "Grid bot 2", scopes, TRUE);
    assert_obstacle (&fixture, NULL);
  }
  g_assert_false (tok_token_form_is_touched (fixture.form));
  tok_form_hands_type_name (fixture.form, is_prefilled ? " Grid bot 2 " : "  ");
  g_assert_false (tok_token_form_is_touched (fixture.form));
  tok_form_hands_type_name (fixture.form, is_prefilled ? "" : "a");
  g_assert_true (tok_token_form_is_touched (fixture.form));
  tok_form_hands_type_name (fixture.form, is_prefilled ? "Grid bot 2" : "");
  g_assert_false (tok_token_form_is_touched (fixture.form));

  tok_form_hands_tick (fixture.form, is_prefilled ? TOK_SCOPE_NONE : TOK_SCOPE_READ);
  g_assert_true (tok_token_form_is_touched (fixture.form));
  tok_form_hands_tick (fixture.form, is_prefilled ? scopes : TOK_SCOPE_NONE);
  g_assert_false (tok_token_form_is_touched (fixture.form));
  gtk_switch_set_active (tok_form_hands_get_only_here (fixture.form), !is_prefilled);
  g_assert_true (tok_token_form_is_touched (fixture.form));
  gtk_switch_set_active (tok_form_hands_get_only_here (fixture.form), is_prefilled);
  g_assert_false (tok_token_form_is_touched (fixture.form));
  end (&fixture);
}

static void
test_lead (TokUiStage *stage, gconstpointer data)
{
  static const char lead[] = "Takes the place of “<b>Grid bot</b>”.";
  Fixture fixture = { NULL };
  GtkWidget *label;

  begin (&fixture, stage);
  tok_token_form_set_lead (fixture.form, lead);
  tok_ui_test_wait_for_frame (fixture.window);
  label = tok_ui_test_get (fixture.form, GTK_TYPE_LABEL, lead);
  tok_token_form_set_lead (fixture.form, NULL);
  g_assert_false (gtk_widget_get_visible (label));
  end (&fixture);
}

/* Only what is new is told. */
static void
test_notifies (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };
  guint *n_notified;

  begin (&fixture, stage);
  n_notified = tok_test_count_notify (fixture.form, "obstacle");
  tok_form_hands_tick (fixture.form, TOK_SCOPE_READ);
  tok_form_hands_type_name (fixture.form, "   ");
  g_assert_cmpuint (*n_notified, ==, 0);
  tok_form_hands_type_name (fixture.form, "Night bot");
  g_assert_cmpuint (*n_notified, >, 0);
  *n_notified = 0;
  tok_form_hands_tick (fixture.form, TOK_SCOPE_READ | TOK_SCOPE_TRADE);
  tok_session_refresh (fixture.session);
  tok_ui_stage_wait_for_lists (fixture.session);
  g_assert_cmpuint (*n_notified, ==, 0);
  tok_form_hands_tick (fixture.form, TOK_SCOPE_NONE);
  g_assert_cmpuint (*n_notified, ==, 1);
  end (&fixture);
}

/* It stands beside the name until it is about something else. */
static void
test_complaint (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_form_hands_fill (fixture.form, "Night bot", TOK_SCOPE_READ, FALSE);
  tok_token_form_set_complaint (fixture.form, "Not <b>accepted</b>");
  tok_form_hands_assert_hint (fixture.form, "Not <b>accepted</b>", TRUE);
  /* The service may think otherwise the next time. */
  assert_obstacle (&fixture, NULL);
  tok_session_refresh (fixture.session);
  tok_ui_stage_wait_for_lists (fixture.session);
  tok_form_hands_assert_hint (fixture.form, "Not <b>accepted</b>", TRUE);
  tok_form_hands_type_name (fixture.form, "Night bot 2");
  tok_form_hands_assert_hint (fixture.form, USED, FALSE);

  tok_token_form_set_complaint (fixture.form, "Not accepted");
  tok_form_hands_tick (fixture.form, TOK_SCOPE_TRADE);
  tok_form_hands_assert_hint (fixture.form, USED, FALSE);
  tok_token_form_set_complaint (fixture.form, "Not accepted");
  tok_token_form_set_complaint (fixture.form, NULL);
  tok_form_hands_assert_hint (fixture.form, USED, FALSE);
  end (&fixture);
}

static void
refresh (Fixture *self)
{
  tok_session_refresh (self->session);
  tok_ui_stage_wait_for_lists (self->session);
}

/* What others do meanwhile counts. */
static void
test_listed (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) first = NULL;
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_form_hands_fill (fixture.form, "night BOT", TOK_SCOPE_READ, FALSE);
  assert_obstacle (&fixture, NULL);
  first = tok_other_client_create_token (other, "Night bot", TOK_SCOPE_READ);
  refresh (&fixture);
  assert_obstacle (&fixture, TAKEN);
  tok_form_hands_assert_hint (fixture.form, TAKEN, TRUE);

  /* A name is free again as soon as its token is gone, though its row is still to be seen. */
  tok_other_client_delete_token (other, "Night bot");
  refresh (&fixture);
  assert_obstacle (&fixture, NULL);
  tok_form_hands_assert_hint (fixture.form, USED, FALSE);

  for (guint i = TOK_UI_STAGE_N_TOKENS; i < TOK_MAX_TOKENS; i++) {
    g_autofree char *name = g_strdup_printf ("Token %u", i);
    g_autoptr (TokSecret) secret = tok_other_client_create_token (other, name, TOK_SCOPE_READ);
  }
  refresh (&fixture);
  assert_obstacle (&fixture, FULL);
  tok_form_hands_assert_hint (fixture.form, "30 of 30 used", FALSE);
  tok_form_hands_type_name (fixture.form, "");
  assert_obstacle (&fixture, FULL);
  tok_other_client_delete_token (other, "Token 29");
  refresh (&fixture);
  assert_obstacle (&fixture, EMPTY);
  tok_form_hands_assert_hint (fixture.form,
                              "2 to 32 letters, digits, spaces or “_” · 29 of 30 used", FALSE);
  end (&fixture);
}

/* What goes in the same request sets its name and its place free, as long as it is there. */
static void
test_replaced (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) more = NULL;
  Fixture fixture = { NULL };
  TokGrantStore *tokens;

  begin (&fixture, stage);
  tokens = tok_session_get_tokens (fixture.session);
  tok_form_hands_fill (fixture.form, "grid BOT", TOK_SCOPE_READ, FALSE);
  assert_obstacle (&fixture, TAKEN);
  tok_token_form_set_replaced (fixture.form, tok_grant_store_find (tokens, "Spare bot"));
  assert_obstacle (&fixture, TAKEN);
  tok_token_form_set_replaced (fixture.form, tok_grant_store_find (tokens, "Grid bot"));
  assert_obstacle (&fixture, NULL);
  for (guint i = TOK_UI_STAGE_N_TOKENS; i < TOK_MAX_TOKENS; i++) {
    g_autofree char *name = g_strdup_printf ("Token %u", i);
    g_autoptr (TokSecret) secret = tok_other_client_create_token (other, name, TOK_SCOPE_READ);
  }
  refresh (&fixture);
  assert_obstacle (&fixture, NULL);

  /* Somebody else deletes it, and fills the place. */
  tok_other_client_delete_token (other, "Grid bot");
  more = tok_other_client_create_token (other, "Token 30", TOK_SCOPE_READ);
  refresh (&fixture);
  assert_obstacle (&fixture, FULL);
  tok_other_client_delete_token (other, "Token 30");
  refresh (&fixture);
  assert_obstacle (&fixture, NULL);
  tok_token_form_set_replaced (fixture.form, NULL);
  assert_obstacle (&fixture, NULL);
  tok_form_hands_type_name (fixture.form, "Token 7");
  assert_obstacle (&fixture, TAKEN);
  end (&fixture);
}

static void
test_offline (TokUiStage *stage, gconstpointer data)
{
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_form_hands_fill (fixture.form, "Night bot", TOK_SCOPE_READ, TRUE);
  tok_demo_server_stop (stage->server);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_OFFLINE);
  assert_obstacle (&fixture, OFFLINE);
  /* Nothing is wrong with the name. */
  tok_form_hands_assert_hint (fixture.form, USED, FALSE);
  tok_ui_stage_restart (stage);
  tok_session_reconnect (fixture.session);
  assert_obstacle (&fixture, OFFLINE);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_READY);
  assert_obstacle (&fixture, NULL);
  tok_form_hands_assert (fixture.form, "Night bot", TOK_SCOPE_READ, TRUE);
  end (&fixture);
}

static void
test_ended (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  Fixture fixture = { NULL };

  begin (&fixture, stage);
  tok_form_hands_fill (fixture.form, "Night bot", TOK_SCOPE_READ, FALSE);
  tok_other_client_delete_token (other, "Token Manager");
  tok_session_refresh (fixture.session);
  tok_ui_stage_wait_for_state (fixture.session, TOK_SESSION_ENDED);
  assert_obstacle (&fixture, ENDED);
  tok_session_sign_out (fixture.session);
  assert_obstacle (&fixture, ENDED);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/token-form/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/token-form/names", NULL, test_names);
  tok_ui_stage_add ("/token-form/described", NULL, test_described);
  tok_ui_stage_add ("/token-form/only-here", NULL, test_only_here);
  tok_ui_stage_add ("/token-form/submit", NULL, test_submit);
  tok_ui_stage_add ("/token-form/touched/empty", GINT_TO_POINTER (FALSE), test_touched);
  tok_ui_stage_add ("/token-form/touched/prefilled", GINT_TO_POINTER (TRUE), test_touched);
  tok_ui_stage_add ("/token-form/lead", NULL, test_lead);
  tok_ui_stage_add ("/token-form/notifies", NULL, test_notifies);
  tok_ui_stage_add ("/token-form/complaint", NULL, test_complaint);
  tok_ui_stage_add ("/token-form/listed", NULL, test_listed);
  tok_ui_stage_add ("/token-form/replaced", NULL, test_replaced);
  tok_ui_stage_add ("/token-form/offline", NULL, test_offline);
  tok_ui_stage_add ("/token-form/ended", NULL, test_ended);

  return g_test_run ();
}
