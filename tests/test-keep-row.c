/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keep-row.h"

#include "tok-account.h"
#include "tok-fake-vault.h"
#include "tok-session.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#define NAME "New bot"
#define SECRET "cAnArYcOpYKePt7"
#define LASTING "Keep a Copy in My Keyring"
#define PASSING "Keep a Copy until I Quit"
#define KEPT "It is in your keyring: the token’s details show it again."
#define OFF "The token’s details could show it again."
#define OFF_STRONG "Whoever can use your unlocked keyring would have this token, too."

/* A row in a window, and the session that keeps copies. */
typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokToken *token;
  TokKeepRow *row;
  GtkWidget *window;
} Fixture;

static void
begin_with (Fixture *self, TokUiStage *stage, gboolean is_sample)
{
  GtkWidget *list = gtk_list_box_new ();

  self->stage = stage;
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, is_sample);
  self->row = g_object_new (TOK_TYPE_KEEP_ROW, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->row));
  self->window = tok_ui_test_present (list);
}

static void
offer (Fixture *self, TokScopes scopes)
{
  g_clear_object (&self->token);
  self->token = tok_token_new (NAME, SECRET, scopes, NULL, NULL, NULL);
  tok_keep_row_set_token (self->row, self->session, self->token);
}

static void
begin (Fixture *self, TokUiStage *stage, TokScopes scopes)
{
  begin_with (self, stage, FALSE);
  offer (self, scopes);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  /* Nobody keeps the secret but the vault. */
  tok_test_assert_finalize (self->token);
}

static const char *
peek (Fixture *self)
{
  TokAccount *account = tok_session_get_account (self->session);

  return tok_fake_vault_peek_copy (self->stage->keyring, self->stage->address,
                                   tok_account_get_login_id (account), NAME);
}

static GtkSwitch *
get_switch (Fixture *self)
{
  return tok_ui_test_get (self->row, GTK_TYPE_SWITCH, NULL);
}

static void
assert_says (Fixture *self, const char *subtitle, const char *button)
{
  GtkWidget *shown;

  tok_ui_test_wait_for_frame (self->window);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (self->row)), ==, subtitle);
  shown = tok_ui_test_find (self->row, GTK_TYPE_BUTTON, NULL);
  g_assert_cmpstr (shown != NULL ? gtk_button_get_label (GTK_BUTTON (shown)) : NULL, ==, button);
}

/* What is claimed is what the keyring has, and the switch says so. */
static void
assert_kept (Fixture *self, gboolean is_kept)
{
  gboolean claimed;

  g_object_get (self->row, "is-kept", &claimed, NULL);
  g_assert_true (claimed == is_kept);
  g_assert_true (gtk_switch_get_state (get_switch (self)) == is_kept);
  g_assert_true (gtk_switch_get_active (get_switch (self)) == is_kept);
  g_assert_cmpstr (peek (self), ==, is_kept ? SECRET : NULL);
}

static gboolean
is_busy (Fixture *self)
{
  return g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (self->row)), "ing it…");
}

static void
wait (Fixture *self)
{
  tok_test_wait_until (!is_busy (self));
}

static void
turn (Fixture *self, gboolean on)
{
  gtk_switch_set_active (get_switch (self), on);
}

static guint
count (Fixture *self, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (self->stage->keyring, call);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_KEEP_ROW, NULL));
  begin (&self, stage, TOK_SCOPE_READ);
  wait (&self);
  assert_kept (&self, TRUE);
  end (&self);
}

/* Who closes the dialog has not changed his mind. */
static void
test_closed (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, FALSE);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  offer (&self, TOK_SCOPE_READ);
  gtk_window_destroy (GTK_WINDOW (self.window));
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (G_OBJECT (self.token)->ref_count == 1);
  g_assert_cmpstr (peek (&self), ==, SECRET);
  g_object_unref (self.token);
}

/* Kept at once where little can be lost by it. */
static void
test_default (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, FALSE);
  for (TokScopes scopes = 1; scopes <= (TOK_SCOPE_ALL | TOK_SCOPE_UNKNOWN); scopes++) {
    gboolean strong = (scopes & (TOK_SCOPE_PAYMENTS | TOK_SCOPE_ADMIN | TOK_SCOPE_UNKNOWN)) != 0;

    offer (&self, scopes);
    wait (&self);
    assert_kept (&self, !strong);
    g_assert_true (tok_keep_row_get_is_kept (self.row) == !strong);
    g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self.row)), ==, LASTING);
    g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (self.row)), ==,
                     strong ? OFF_STRONG : KEPT);
    if (!strong) {
      turn (&self, FALSE);
      wait (&self);
      assert_kept (&self, FALSE);
    }
  }
  end (&self);
}

/* Nothing is claimed before it is confirmed. */
static void
test_switch (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  guint *n_kept;

  begin (&self, stage, TOK_SCOPE_ADMIN);
  n_kept = tok_test_count_notify (self.row, "is-kept");
  assert_kept (&self, FALSE);
  assert_says (&self, OFF_STRONG, NULL);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  turn (&self, TRUE);
  assert_says (&self, "Keeping it…", NULL);
  g_assert_false (gtk_switch_get_state (get_switch (&self)));
  g_assert_false (tok_keep_row_get_is_kept (self.row));
  tok_fake_vault_set_held (stage->keyring, FALSE);
  wait (&self);
  assert_kept (&self, TRUE);
  assert_says (&self, KEPT, NULL);

  tok_fake_vault_set_held (stage->keyring, TRUE);
  turn (&self, FALSE);
  assert_says (&self, "Forgetting it…", NULL);
  g_assert_true (gtk_switch_get_state (get_switch (&self)));
  tok_fake_vault_set_held (stage->keyring, FALSE);
  wait (&self);
  assert_kept (&self, FALSE);
  g_assert_cmpuint (*n_kept, ==, 2);
  end (&self);
}

/* Where the switch stands in the end is what counts. */
static void
test_fickle (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage, TOK_SCOPE_ADMIN);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  for (guint i = 0; i < 5; i++)
    turn (&self, i % 2 == 0);
  g_assert_cmpuint (tok_fake_vault_get_n_held (stage->keyring), ==, 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  wait (&self);
  assert_kept (&self, TRUE);

  tok_fake_vault_set_held (stage->keyring, TRUE);
  turn (&self, FALSE);
  turn (&self, TRUE);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  wait (&self);
  assert_kept (&self, TRUE);
  end (&self);
}

typedef struct {
  TokError code;
  const char *not_kept;
  const char *still_kept;
  const char *button;
} Failure;

static const Failure failures[] = {
  { TOK_ERROR_VAULT_LOCKED, "Not kept. Your keyring is locked.",
    "Still kept. Your keyring is locked.", "Unlock" },
  { TOK_ERROR_VAULT_DISMISSED, "Not kept. The keyring stayed locked.",
    "Still kept. The keyring stayed locked.", "Unlock" },
  { TOK_ERROR_VAULT_MISSING, "Not kept. There is no keyring on this computer.",
    "Still kept. There is no keyring on this computer.", "Retry" },
  { TOK_ERROR_VAULT_FAILED, "Not kept. The keyring failed. Try again.",
    "Still kept. The keyring failed. Try again.", "Retry" },
};

/* Each failure says what is true, and has a way on; nobody is asked for a password unasked. */
static void
test_fails (TokUiStage *stage, gconstpointer data)
{
  const Failure *failure = data;
  Fixture self = { NULL };
  guint n_unlocks;

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, failure->code);
  begin (&self, stage, TOK_SCOPE_READ);
  wait (&self);
  assert_kept (&self, FALSE);
  assert_says (&self, failure->not_kept, failure->button);
  n_unlocks = count (&self, TOK_FAKE_VAULT_UNLOCK);
  g_assert_cmpuint (n_unlocks, ==, 0);
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_STORE, FALSE);
  tok_ui_test_click (self.row, failure->button);
  tok_test_wait_until (tok_keep_row_get_is_kept (self.row));
  assert_kept (&self, TRUE);
  assert_says (&self, KEPT, NULL);

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, failure->code);
  turn (&self, FALSE);
  wait (&self);
  assert_kept (&self, TRUE);
  assert_says (&self, failure->still_kept, failure->button);
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_FORGET, FALSE);
  tok_ui_test_click (self.row, failure->button);
  tok_test_wait_until (!tok_keep_row_get_is_kept (self.row));
  assert_kept (&self, FALSE);
  assert_says (&self, OFF, NULL);
  end (&self);
}

static void
test_stays_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  begin (&self, stage, TOK_SCOPE_READ);
  wait (&self);
  /* Whoever clicks twice is asked once. */
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_ui_test_click (self.row, "Unlock");
  tok_ui_test_click (self.row, "Unlock");
  g_assert_cmpuint (count (&self, TOK_FAKE_VAULT_UNLOCK), ==, 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (self.row)),
                                         "The keyring stayed locked."));
  assert_says (&self, "Not kept. The keyring stayed locked.", "Unlock");
  assert_kept (&self, FALSE);

  /* Nobody waits for the answer any more. */
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_ui_test_click (self.row, "Unlock");
  tok_keep_row_set_token (self.row, NULL, NULL);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (gtk_switch_get_active (get_switch (&self)));
  end (&self);
}

/* What becomes of one says nothing about the next. */
static void
test_next (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, FALSE);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  offer (&self, TOK_SCOPE_READ);
  offer (&self, TOK_SCOPE_ADMIN);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_test_wait_until (peek (&self) != NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (tok_keep_row_get_is_kept (self.row));
  g_assert_false (gtk_switch_get_active (get_switch (&self)));
  assert_says (&self, OFF_STRONG, NULL);
  g_assert_cmpuint (count (&self, TOK_FAKE_VAULT_FORGET), ==, 0);
  end (&self);
}

/* Until the end of the program is not for ever. */
static void
test_passing (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  gboolean is_kept;

  begin_with (&self, stage, TRUE);
  offer (&self, TOK_SCOPE_READ);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self.row)), ==, PASSING);
  wait (&self);
  assert_says (&self, "The token’s details show it again until you quit.", NULL);
  g_object_get (self.row, "is-kept", &is_kept, NULL);
  g_assert_true (is_kept);
  g_assert_false (tok_keep_row_get_is_kept (self.row));
  g_assert_cmpuint (count (&self, TOK_FAKE_VAULT_STORE), ==, 0);
  end (&self);
}

static void
test_signed_out (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage, TOK_SCOPE_ADMIN);
  tok_session_sign_out (self.session);
  turn (&self, TRUE);
  wait (&self);
  assert_says (&self, "Not kept. There is nowhere to keep it.", "Retry");
  offer (&self, TOK_SCOPE_READ);
  assert_says (&self, "There is nowhere to keep it.", NULL);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_switch (&self))));
  g_assert_false (tok_keep_row_get_is_kept (self.row));
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/keep-row/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/keep-row/closed", NULL, test_closed);
  tok_ui_stage_add ("/keep-row/default", NULL, test_default);
  tok_ui_stage_add ("/keep-row/switch", NULL, test_switch);
  tok_ui_stage_add ("/keep-row/fickle", NULL, test_fickle);
  tok_ui_stage_add ("/keep-row/fails/locked", &failures[0], test_fails);
  tok_ui_stage_add ("/keep-row/fails/dismissed", &failures[1], test_fails);
  tok_ui_stage_add ("/keep-row/fails/missing", &failures[2], test_fails);
  tok_ui_stage_add ("/keep-row/fails/failed", &failures[3], test_fails);
  tok_ui_stage_add ("/keep-row/stays-locked", NULL, test_stays_locked);
  tok_ui_stage_add ("/keep-row/next", NULL, test_next);
  tok_ui_stage_add ("/keep-row/passing", NULL, test_passing);
  tok_ui_stage_add ("/keep-row/signed-out", NULL, test_signed_out);

  return g_test_run ();
}
