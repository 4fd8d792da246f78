/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-unlisted-note.h"

#include "tok-activity.h"
#include "tok-test.h"
#include "tok-trade-words.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define CALL "profit_table"
#define TRADER "70128"

typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokActivity *activity;
  GtkWidget *note;
  GtkWidget *window;
  char *view;
} Fixture;

static void
on_view (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *self = user_data;

  g_free (self->view);
  self->view = g_variant_dup_string (parameter, NULL);
}

static void
begin (Fixture *self, TokUiStage *stage, TokSession *session)
{
  static const GActionEntry entries[] = { { "view", on_view, "s", NULL, NULL } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  *self = (Fixture){ .stage = stage, .session = session };
  self->activity = tok_session_get_activity (session);
  self->note = g_object_new (TOK_TYPE_UNLISTED_NOTE, "session", session, NULL);
  g_assert_cmpint (tok_activity_get_state (self->activity), ==, TOK_ACTIVITY_NEW);
  self->window = tok_ui_test_present (self->note);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, self);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  g_free (self->view);
}

static void
wait_for_answer (Fixture *self)
{
  tok_test_wait_until (!tok_activity_get_loading (self->activity));
  tok_ui_test_wait_for_frame (self->window);
}

static AdwActionRow *
find_row (Fixture *self)
{
  return tok_ui_test_find (self->note, ADW_TYPE_ACTION_ROW, NULL);
}

static void
assert_says_all (Fixture *self)
{
  TokTradeSummary summary;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  g_assert_true (
      tok_activity_get_unlisted (self->activity, tok_session_get_apps (self->session), &summary));
  title = tok_trade_words_for_unlisted (&summary);
  detail = tok_trade_words_for_unlisted_detail (&summary, "USD");
  g_assert_true (tok_ui_test_shows (self->note, title));
  g_assert_true (tok_ui_test_shows (self->note, detail));
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokSession *session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_UNLISTED_NOTE, NULL));
  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_UNLISTED_NOTE, "session", session, NULL));
  tok_ui_test_close (tok_ui_test_present (g_object_new (TOK_TYPE_UNLISTED_NOTE, NULL)));
}

/* It is asked for once, and leads to the tokens. */
static void
test_note (TokUiStage *stage, gconstpointer data)
{
  TokSession *signed_in = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  g_autoptr (TokSession) session = NULL;
  Fixture self;

  tok_demo_server_set_latency (stage->server, 100);
  begin (&self, stage, signed_in);
  g_assert_null (find_row (&self));
  wait_for_answer (&self);
  assert_says_all (&self);
  gtk_widget_set_visible (self.note, FALSE);
  gtk_widget_set_visible (self.note, TRUE);
  wait_for_answer (&self);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, CALL), ==, 1);

  gtk_widget_activate (GTK_WIDGET (find_row (&self)));
  g_assert_cmpstr (self.view, ==, "tokens");
  g_object_get (self.note, "session", &session, NULL);
  g_assert_true (session == self.session);
  end (&self);
}

/* Whoever was revoked and is gone from the list has traded all the same. */
static void
test_revoked (TokUiStage *stage, gconstpointer data)
{
  Fixture self;
  TokGrantStore *apps;
  TokGrant *grant;
  TokTradeSummary before;
  TokTradeSummary after;

  begin (&self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  wait_for_answer (&self);
  apps = tok_session_get_apps (self.session);
  g_assert_true (tok_activity_get_unlisted (self.activity, apps, &before));
  grant = tok_grant_store_find (apps, TRADER);
  tok_session_revoke_async (self.session, grant, NULL, NULL, NULL);
  tok_test_wait_until (tok_grant_get_state (grant) == TOK_GRANT_GONE);
  tok_grant_store_sweep (apps);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_true (tok_activity_get_unlisted (self.activity, apps, &after));
  g_assert_cmpuint (after.n_contracts, >, before.n_contracts);
  assert_says_all (&self);
  end (&self);
}

/* Who has nothing to say is quiet, and so is who couldn't find out. */
static void
test_quiet (TokUiStage *stage, gconstpointer data)
{
  gboolean fails = GPOINTER_TO_INT (data);
  Fixture self;

  if (fails)
    tok_demo_server_fail_next (stage->server, CALL, "InternalServerError", "Oops");
  begin (&self, stage, tok_ui_stage_sign_in_to (stage, fails ? "SAMPLE1" : "SAMPLE3"));
  wait_for_answer (&self);
  g_assert_cmpint (tok_activity_get_state (self.activity), ==,
                   fails ? TOK_ACTIVITY_FAILED : TOK_ACTIVITY_LOADED);
  g_assert_null (tok_ui_test_find (self.note, GTK_TYPE_LABEL, NULL));
  /* Nobody has asked for it. */
  gtk_widget_set_visible (self.note, FALSE);
  gtk_widget_set_visible (self.note, TRUE);
  wait_for_answer (&self);
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, CALL), ==, 1);
  end (&self);
}

/* Another account, and nobody. */
static void
test_session (TokUiStage *stage, gconstpointer data)
{
  TokSession *second = tok_ui_stage_sign_in_to (stage, "SAMPLE3");
  Fixture self;

  begin (&self, stage, tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE));
  wait_for_answer (&self);
  g_object_set (self.note, "session", second, NULL);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (find_row (&self));
  tok_test_wait_until (tok_activity_get_state (tok_session_get_activity (second))
                       == TOK_ACTIVITY_LOADED);
  g_assert_null (find_row (&self));
  g_object_set (self.note, "session", self.session, NULL);
  tok_ui_test_wait_for_frame (self.window);
  assert_says_all (&self);
  g_object_set (self.note, "session", NULL, NULL);
  tok_ui_test_wait_for_frame (self.window);
  g_assert_null (find_row (&self));
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/unlisted-note/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/unlisted-note/note", NULL, test_note);
  tok_ui_stage_add ("/unlisted-note/revoked", NULL, test_revoked);
  tok_ui_stage_add ("/unlisted-note/quiet/nothing", GINT_TO_POINTER (FALSE), test_quiet);
  tok_ui_stage_add ("/unlisted-note/quiet/failure", GINT_TO_POINTER (TRUE), test_quiet);
  tok_ui_stage_add ("/unlisted-note/session", NULL, test_session);

  return g_test_run ();
}
