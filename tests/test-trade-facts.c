/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-trade-facts.h"

#include "tok-account.h"
#include "tok-activity.h"
#include "tok-app.h"
#include "tok-other-client.h"
#include "tok-test.h"
#include "tok-trade-words.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

/* Apps of the sample: one that traded and has open positions, one that never did though it may,
 * one that may not, and one that can move money. */
#define TRADER 70128
#define IDLER 70152
#define READER 70133
#define PAYER 70166

#define CALL "profit_table"
#define FAILED                                                                                     \
  "Couldn’t find out what it did. The service failed at this itself. Try again in a moment."
#define STALE                                                                                      \
  "Couldn’t bring these numbers up to date. The service failed at this itself. Try again in a "  \
  "moment."
#define MONEY "Money that was moved is not counted: the service doesn’t say which program moved it."
#define NONE "No trades in the last 30 days"

typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokActivity *activity;
  GtkWidget *facts;
  GtkWidget *window;
} Fixture;

static TokGrant *
get_app (Fixture *self, gint64 app_id)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, app_id);

  return tok_grant_store_find (tok_session_get_apps (self->session), key);
}

static void
begin_with (Fixture *self, TokUiStage *stage, TokSession *session, TokGrant *grant)
{
  *self = (Fixture){ .stage = stage, .session = session };
  self->activity = tok_session_get_activity (session);
  self->facts = g_object_new (TOK_TYPE_TRADE_FACTS, "session", session, "grant", grant, NULL);
}

static void
begin (Fixture *self, TokUiStage *stage, gint64 app_id)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  Fixture found = { .session = session };

  begin_with (self, stage, session, get_app (&found, app_id));
}

static void
show (Fixture *self)
{
  self->window = tok_ui_test_present_scrolled (self->facts);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
}

static void
wait_for_answer (Fixture *self)
{
  tok_test_wait_until (!tok_activity_get_loading (self->activity));
  tok_ui_test_wait_for_frame (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->facts, text);
}

/* %NULL for what is not said. */
static void
assert_fact (Fixture *self, const char *title, const char *value)
{
  AdwActionRow *row = tok_ui_test_find (self->facts, ADW_TYPE_ACTION_ROW, title);

  g_assert_cmpstr (row != NULL ? adw_action_row_get_subtitle (row) : NULL, ==, value);
  if (row != NULL)
    g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}

static void
assert_only_trades (Fixture *self, const char *value)
{
  assert_fact (self, "Trades", value);
  assert_fact (self, "Net Result", NULL);
  assert_fact (self, "Last Trade", NULL);
  assert_fact (self, "Open Now", NULL);
  assert_fact (self, "Price Markup, Estimated", NULL);
}

static void
assert_numbers (Fixture *self, gint64 app_id)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const char *currency = tok_account_get_currency (tok_session_get_account (self->session));
  TokTradeSummary summary;
  g_autofree char *contracts = NULL;
  g_autofree char *result = NULL;
  g_autofree char *last_trade = NULL;
  g_autofree char *open = NULL;

  g_assert_true (tok_activity_get_summary (self->activity, app_id, &summary));
  g_assert_cmpuint (summary.n_contracts, >, 0);
  contracts = tok_trade_words_for_contracts (&summary, currency);
  result = tok_trade_words_for_result (&summary, currency);
  last_trade = tok_trade_words_for_last_trade (&summary, now);
  open = tok_trade_words_for_open (&summary, currency);
  assert_fact (self, "Trades", contracts);
  assert_fact (self, "Net Result", result);
  assert_fact (self, "Last Trade", last_trade);
  assert_fact (self, "Open Now", open);
}

static void
assert_nothing_yet (Fixture *self)
{
  assert_fact (self, "Trades", "…");
  assert_fact (self, "Net Result", "…");
  assert_fact (self, "Last Trade", "…");
  assert_fact (self, "Open Now", "…");
}

static gboolean
spins (Fixture *self)
{
  GtkSpinner *spinner = tok_ui_test_find_any (self->facts, GTK_TYPE_SPINNER, NULL);

  return gtk_spinner_get_spinning (spinner);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_autoptr (TokGrant) token = tok_ui_test_new_token ("Bot", TOK_SCOPE_TRADE, NULL);
  Fixture self;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_TRADE_FACTS, NULL));
  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_TRADE_FACTS, "session", session, NULL));
  /* Of a token nobody knows. */
  begin_with (&self, stage, session, token);
  show (&self);
  g_assert_null (tok_ui_test_find (self.facts, GTK_TYPE_LABEL, NULL));
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, CALL), ==, 0);
  end (&self);
}

static void
test_numbers (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokGrant) grant = NULL;
  g_autofree char *source = NULL;
  const char *tip;

  begin (&self, stage, TRADER);
  /* Nobody looks yet. */
  g_assert_cmpint (tok_activity_get_state (self.activity), ==, TOK_ACTIVITY_NEW);
  show (&self);
  wait_for_answer (&self);
  assert_numbers (&self, TRADER);
  source = g_date_time_format (tok_activity_get_as_of (self.activity),
                               "In the account SAMPLE1, as of %H:%M");
  g_assert_true (shows (&self, source));
  tip = gtk_widget_get_tooltip_text (
      tok_ui_test_get (self.facts, ADW_TYPE_ACTION_ROW, "Last Trade"));
  g_assert_true (g_str_has_suffix (tip, " UTC"));
  g_object_get (self.facts, "session", &session, "grant", &grant, NULL);
  g_assert_true (session == self.session && grant == get_app (&self, TRADER));

  /* Of each app its own, and what is known of it at once. */
  g_object_set (self.facts, "grant", get_app (&self, 70149), NULL);
  assert_numbers (&self, 70149);
  end (&self);
}

static void
test_none (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage, GPOINTER_TO_INT (data));
  show (&self);
  wait_for_answer (&self);
  assert_only_trades (&self, NONE);
  end (&self);
}

/* That nothing is known to have been traded doesn’t mean that no money was moved. */
static void
test_money (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) unknown = tok_ui_test_new_app (PAYER, "Desk", TOK_SCOPE_UNKNOWN);
  Fixture self;

  begin (&self, stage, PAYER);
  tok_demo_server_fail_next (stage->server, CALL, "InternalServerError", "Oops");
  show (&self);
  wait_for_answer (&self);
  g_assert_false (shows (&self, MONEY));
  tok_ui_test_click (self.facts, "Retry");
  wait_for_answer (&self);
  assert_only_trades (&self, NONE);
  g_assert_true (shows (&self, MONEY));

  g_object_set (self.facts, "grant", get_app (&self, TRADER), NULL);
  g_assert_false (shows (&self, MONEY));
  g_object_set (self.facts, "grant", unknown, NULL);
  g_assert_true (shows (&self, MONEY));
  end (&self);
}

/* A spinner comes after a moment, and nothing moves when the answer is short. */
static void
test_slow (TokUiStage *stage, gconstpointer data)
{
  GtkWidget *below = gtk_label_new ("below");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Fixture self;
  double before;
  double after;

  begin (&self, stage, IDLER);
  tok_demo_server_set_latency (stage->server, 250);
  gtk_box_append (GTK_BOX (box), self.facts);
  gtk_box_append (GTK_BOX (box), below);
  self.window = tok_ui_test_present_scrolled (box);
  assert_nothing_yet (&self);
  g_assert_true (shows (&self, "In the account SAMPLE1"));
  g_assert_false (spins (&self));
  tok_test_wait_until (spins (&self));
  gtk_widget_translate_coordinates (below, box, 0, 0, NULL, &before);
  wait_for_answer (&self);
  g_assert_false (spins (&self));
  assert_only_trades (&self, NONE);
  gtk_widget_translate_coordinates (below, box, 0, 0, NULL, &after);
  g_assert_cmpfloat (after, ==, before);

  /* The next one takes what it needs. */
  g_object_set (self.facts, "grant", get_app (&self, READER), NULL);
  tok_ui_test_wait_for_frame (self.window);
  gtk_widget_translate_coordinates (below, box, 0, 0, NULL, &after);
  g_assert_cmpfloat (after, <, before);
  end (&self);
}

/* What may not trade is expected to have nothing to tell. */
static void
test_slow_reader (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage, READER);
  tok_demo_server_set_latency (stage->server, 600000);
  show (&self);
  assert_only_trades (&self, "…");
  /* Nobody waits any more. */
  tok_test_wait_until (spins (&self));
  gtk_widget_set_visible (gtk_widget_get_parent (self.facts), FALSE);
  g_assert_false (spins (&self));
  end (&self);
}

static void
test_fails (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage, TRADER);
  tok_demo_server_fail_next (stage->server, CALL, "InternalServerError", "<b>Oops</b>");
  show (&self);
  wait_for_answer (&self);
  g_assert_true (shows (&self, FAILED));
  g_assert_true (shows (&self, "<b>Oops</b>"));
  g_assert_null (tok_ui_test_find (self.facts, ADW_TYPE_ACTION_ROW, NULL));

  gtk_widget_grab_focus (tok_ui_test_get (self.facts, GTK_TYPE_BUTTON, "Retry"));
  tok_ui_test_click (self.facts, "Retry");
  g_assert_true (ADW_IS_ACTION_ROW (gtk_window_get_focus (GTK_WINDOW (self.window))));
  wait_for_answer (&self);
  assert_numbers (&self, TRADER);
  g_assert_false (shows (&self, FAILED));
  end (&self);
}

/* Old numbers stay, and it is said that they are old. */
static void
test_stale (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage, TRADER);
  show (&self);
  wait_for_answer (&self);
  tok_session_refresh (self.session);
  tok_ui_stage_wait_for_lists (self.session);
  tok_demo_server_fail_next (stage->server, CALL, "InternalServerError", "Oops");
  gtk_widget_set_visible (gtk_widget_get_parent (self.facts), FALSE);
  gtk_widget_set_visible (gtk_widget_get_parent (self.facts), TRUE);
  assert_numbers (&self, TRADER);
  wait_for_answer (&self);
  assert_numbers (&self, TRADER);
  g_assert_true (shows (&self, STALE));
  tok_ui_test_click (self.facts, "Retry");
  wait_for_answer (&self);
  assert_numbers (&self, TRADER);
  g_assert_false (shows (&self, STALE));
  end (&self);
}

static void
test_no_scope (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  g_autoptr (TokSecret) secret = tok_other_client_create_token (other, "Second", TOK_SCOPE_ADMIN);
  TokSession *session = tok_ui_stage_sign_in (stage, secret, FALSE);
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (TRADER, "Desk", TOK_SCOPE_TRADE);
  Fixture self;

  begin_with (&self, stage, session, grant);
  show (&self);
  g_assert_true (shows (&self, "Not available with the permissions of the token this program is "
                               "signed in with."));
  g_assert_null (tok_ui_test_find (self.facts, ADW_TYPE_ACTION_ROW, NULL));
  g_assert_null (tok_ui_test_find (self.facts, GTK_TYPE_BUTTON, NULL));
  end (&self);
}

/* An estimate of what the markup has cost, where contracts have a fixed payout. */
static void
test_markup (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_autoptr (TokApp) app = tok_app_new (TRADER, "Desk", TOK_SCOPE_TRADE, NULL, NULL, FALSE, 2);
  g_autoptr (TokApp) fresh = tok_app_new (TRADER, "Desk", TOK_SCOPE_TRADE, NULL, NULL, FALSE, 0);
  g_autoptr (TokGrant) grant = tok_grant_new_for_app (app);
  TokTradeSummary summary;
  g_autofree char *markup = NULL;
  Fixture self;

  begin_with (&self, stage, session, grant);
  show (&self);
  wait_for_answer (&self);
  g_assert_true (tok_activity_get_summary (self.activity, TRADER, &summary));
  markup = tok_trade_words_for_markup (&summary, "USD", 2);
  g_assert_nonnull (markup);
  assert_fact (&self, "Price Markup, Estimated", markup);

  /* The list was asked for again. */
  tok_grant_update (grant, G_OBJECT (fresh));
  tok_ui_test_wait_for_frame (self.window);
  assert_fact (&self, "Price Markup, Estimated", NULL);
  end (&self);
}

static void
test_no_session (TokUiStage *stage, gconstpointer data)
{
  Fixture self;

  begin (&self, stage, TRADER);
  show (&self);
  wait_for_answer (&self);
  g_object_set (self.facts, "session", NULL, NULL);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (tok_ui_test_find (self.facts, GTK_TYPE_LABEL, NULL));
  g_object_set (self.facts, "session", self.session, NULL);
  tok_ui_test_wait_for_frame (self.window);
  assert_numbers (&self, TRADER);
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/trade-facts/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/trade-facts/numbers", NULL, test_numbers);
  tok_ui_stage_add ("/trade-facts/none/idle", GINT_TO_POINTER (IDLER), test_none);
  tok_ui_stage_add ("/trade-facts/none/reader", GINT_TO_POINTER (READER), test_none);
  tok_ui_stage_add ("/trade-facts/money", NULL, test_money);
  tok_ui_stage_add ("/trade-facts/slow", NULL, test_slow);
  tok_ui_stage_add ("/trade-facts/slow-reader", NULL, test_slow_reader);
  tok_ui_stage_add ("/trade-facts/fails", NULL, test_fails);
  tok_ui_stage_add ("/trade-facts/stale", NULL, test_stale);
  tok_ui_stage_add ("/trade-facts/no-scope", NULL, test_no_scope);
  tok_ui_stage_add ("/trade-facts/markup", NULL, test_markup);
  tok_ui_stage_add ("/trade-facts/no-session", NULL, test_no_session);

  return g_test_run ();
}
