/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-replace-choice.h"

#include "tok-other-client.h"
#include "tok-test.h"
#include "tok-token-name.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define BESIDE "Create First, Delete Later (Recommended)"
#define AT_ONCE "Delete First, Keep the Name"

typedef struct {
  TokSession *session;
  TokReplaceChoice *choice;
  GtkWidget *window;
  int chosen; /* -1 for nothing yet */
} Fixture;

static void
on_chosen (TokReplaceChoice *choice, gboolean at_once, int *chosen)
{
  *chosen = at_once;
}

static void
begin (Fixture *self, TokUiStage *stage, const char *name)
{
  TokGrantStore *tokens;

  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  tok_test_wait_until (tok_session_get_own_token (self->session) != NULL);
  tokens = tok_session_get_tokens (self->session);
  self->choice = g_object_new (TOK_TYPE_REPLACE_CHOICE, "session", self->session, "grant",
                               tok_grant_store_find (tokens, name), NULL);
  self->chosen = -1;
  g_signal_connect (self->choice, "chosen", G_CALLBACK (on_chosen), &self->chosen);
  self->window = tok_ui_test_present (GTK_WIDGET (self->choice));
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_REPLACE_CHOICE, NULL));
  begin (&self, stage, "Grid bot");
  tok_ui_test_close (self.window);
}

static void
assert_row (Fixture *self, const char *title, gboolean is_possible, const char *subtitle)
{
  AdwActionRow *row = tok_ui_test_get (self->choice, ADW_TYPE_ACTION_ROW, title);

  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)) == is_possible);
  /* Why not can be read by all. */
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (row)));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (row), "Not possible: ")
                 != is_possible);
  if (subtitle != NULL)
    g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, subtitle);
}

static void
test_chosen (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage, "Grid bot");
  assert_row (&self, BESIDE, TRUE,
              "The new token gets another name. “Grid bot” works on until you say that the new one "
              "works.");
  assert_row (&self, AT_ONCE, TRUE, NULL);
  g_signal_emit_by_name (tok_ui_test_get (self.choice, ADW_TYPE_ACTION_ROW, BESIDE), "activate");
  g_assert_cmpint (self.chosen, ==, FALSE);
  g_signal_emit_by_name (tok_ui_test_get (self.choice, ADW_TYPE_ACTION_ROW, AT_ONCE), "activate");
  g_assert_cmpint (self.chosen, ==, TRUE);
  tok_ui_test_close (self.window);
}

static void
test_own (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage, "Token Manager");
  assert_row (&self, BESIDE, TRUE, NULL);
  assert_row (&self, AT_ONCE, FALSE, NULL);
  tok_ui_test_close (self.window);
}

static void
refresh (Fixture *self)
{
  tok_session_refresh (self->session);
  tok_ui_stage_wait_for_lists (self->session);
}

/* As soon as there is room again, both ways are open. */
static void
test_full (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokClient) other = tok_other_client_connect (stage->address, TOK_UI_STAGE_TOKEN);
  Fixture self = { NULL };

  begin (&self, stage, "Grid bot");
  for (guint i = TOK_UI_STAGE_N_TOKENS; i < TOK_MAX_TOKENS; i++) {
    g_autofree char *name = g_strdup_printf ("Token %u", i);
    g_autoptr (TokSecret) secret = tok_other_client_create_token (other, name, TOK_SCOPE_READ);
  }
  refresh (&self);
  assert_row (&self, BESIDE, FALSE, NULL);
  assert_row (&self, AT_ONCE, TRUE, NULL);
  tok_other_client_delete_token (other, "Token 29");
  refresh (&self);
  assert_row (&self, BESIDE, TRUE, NULL);
  tok_ui_test_close (self.window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/replace-choice/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/replace-choice/chosen", NULL, test_chosen);
  tok_ui_stage_add ("/replace-choice/own", NULL, test_own);
  tok_ui_stage_add ("/replace-choice/full", NULL, test_full);

  return g_test_run ();
}
