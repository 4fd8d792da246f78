/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-maker.h"

#include "tok-form-hands.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-token-form.h"
#include "tok-token.h"
#include "tok-ui-program.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

/* What the dialogs that it is in make of it is tested with them, among it all that can go wrong. */
typedef struct {
  TokSession *session;
  TokTokenMaker *maker;
  GtkWidget *window;
  TokToken *token;
} Fixture;

static void
on_made (TokTokenMaker *maker, TokToken *token, TokToken **slot)
{
  g_set_object (slot, token);
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_test_wait_until (tok_session_get_own_token (self->session) != NULL);
  self->maker = g_object_new (TOK_TYPE_TOKEN_MAKER, "session", self->session, NULL);
  g_signal_connect (self->maker, "made", G_CALLBACK (on_made), &self->token);
  self->window = tok_ui_test_present (GTK_WIDGET (self->maker));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  g_clear_object (&self->token);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autoptr (TokSession) session = NULL;

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_TOKEN_MAKER, NULL));
  begin (&self, stage);
  g_object_get (self.maker, "session", &session, NULL);
  g_assert_true (session == self.session);
  g_assert_cmpint (tok_token_maker_get_state (self.maker), ==, TOK_TOKEN_MAKER_IDLE);
  g_assert_null (tok_token_maker_get_replaced (self.maker));
  end (&self);
}

static void
wait_until_made (Fixture *self)
{
  tok_test_wait_until (tok_token_maker_get_state (self->maker) == TOK_TOKEN_MAKER_MADE);
  g_assert_nonnull (self->token);
  g_assert_false (tok_token_maker_get_can_make (self->maker));
  g_assert_null (tok_token_maker_new_close_question (self->maker));
}

static void
test_creates (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  g_autofree char *obstacle = NULL;

  begin (&self, stage);
  g_object_get (self.maker, "obstacle", &obstacle, NULL);
  g_assert_cmpstr (obstacle, ==,
                   tok_token_form_get_obstacle (tok_token_maker_get_form (self.maker)));
  g_assert_false (tok_token_maker_get_can_make (self.maker));
  tok_token_maker_make (self.maker);
  g_assert_cmpint (tok_token_maker_get_state (self.maker), ==, TOK_TOKEN_MAKER_IDLE);
  tok_form_hands_fill (self.maker, "Night bot", TOK_SCOPE_READ, FALSE);
  g_assert_true (tok_token_maker_get_can_make (self.maker));
  tok_token_maker_make (self.maker);
  g_assert_false (tok_token_maker_is_asking (self.maker));
  g_assert_cmpint (tok_token_maker_get_state (self.maker), ==, TOK_TOKEN_MAKER_WORKING);
  g_assert_false (tok_token_maker_get_can_make (self.maker));
  tok_token_maker_make (self.maker);
  wait_until_made (&self);
  g_assert_cmpstr (tok_token_get_name (self.token), ==, "Night bot");
  g_assert_cmpuint (tok_ui_stage_count_calls (stage, "new_token"), <=, 1);
  end (&self);
}

/* Nothing is replaced before the price was said; then there is nothing more to be replaced. */
static void
test_replaces (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  GtkWindow *question;
  TokGrant *old;

  begin (&self, stage);
  old = tok_grant_store_find (tok_session_get_tokens (self.session), "Grid bot");
  tok_token_maker_set_replaced (self.maker, old);
  g_assert_true (tok_token_maker_get_replaced (self.maker) == old);
  tok_form_hands_fill (self.maker, "Grid bot", TOK_SCOPE_READ, FALSE);
  tok_token_maker_make (self.maker);
  g_assert_true (tok_token_maker_is_asking (self.maker));
  g_assert_cmpint (tok_token_maker_get_state (self.maker), ==, TOK_TOKEN_MAKER_IDLE);
  question = tok_ui_program_find_window (ADW_TYPE_MESSAGE_DIALOG);
  tok_ui_test_wait_for_frame (question);
  tok_ui_test_click (question, "Replace");
  wait_until_made (&self);
  g_assert_null (tok_token_maker_get_replaced (self.maker));
  g_assert_cmpstr (tok_token_get_name (self.token), ==, "Grid bot");
  g_assert_cmpint (tok_token_get_scopes (self.token), ==, TOK_SCOPE_READ);
  tok_ui_stage_wait_for_lists (self.session);
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/token-maker/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/token-maker/creates", NULL, test_creates);
  tok_ui_stage_add ("/token-maker/replaces", NULL, test_replaces);

  return g_test_run ();
}
