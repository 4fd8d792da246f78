/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-kept-secret.h"

#include "tok-account.h"
#include "tok-grant-store.h"
#include "tok-settings.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#include <string.h>
#include <adwaita.h>

#define NAME "Grid bot"
#define OTHER_NAME "Old payout script"
#define CANARY "cAnArYcOpYKePt7QzXwVuTs"
#define NOT_KEPT                                                                                   \
  "It isn’t kept here, and nobody can show it again: neither this program nor the service."

typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokGrant *grant;
  GtkWidget *widget;
  GtkWidget *window;
  char *secret;
} Fixture;

static TokGrant *
find_grant (Fixture *self, const char *name)
{
  TokGrant *grant = tok_grant_store_find (tok_session_get_tokens (self->session), name);

  g_assert_nonnull (grant);
  return grant;
}

/* Whatever the service doesn't mask is the same. */
static char *
make_secret (TokGrant *grant)
{
  char *secret = g_strdup (tok_token_get_listed_value (tok_grant_get_token (grant)));

  for (gsize i = 0; secret[i] != '\0'; i++)
    if (secret[i] == '*')
      secret[i] = CANARY[i % strlen (CANARY)];
  return secret;
}

static const char *
get_login_id (Fixture *self)
{
  return tok_account_get_login_id (tok_session_get_account (self->session));
}

static void
put (Fixture *self, const char *secret)
{
  tok_fake_vault_put_copy (self->stage->keyring, self->stage->address, get_login_id (self), NAME,
                           secret);
}

static const char *
peek (Fixture *self)
{
  return tok_fake_vault_peek_copy (self->stage->keyring, self->stage->address, get_login_id (self),
                                   NAME);
}

static void
keep (Fixture *self)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_session_keep_copy_async (self->session, NAME, self->secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (self->session, result, NULL));
}

static void
begin_with (Fixture *self, TokUiStage *stage, gboolean is_sample)
{
  self->stage = stage;
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, is_sample);
  self->grant = find_grant (self, NAME);
  self->secret = make_secret (self->grant);
  self->widget = g_object_new (TOK_TYPE_KEPT_SECRET, "grant", self->grant, NULL);
  tok_kept_secret_set_session (TOK_KEPT_SECRET (self->widget), self->session, stage->settings);
  self->window = tok_ui_test_present (self->widget);
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  begin_with (self, stage, FALSE);
  keep (self);
  tok_ui_test_wait_for_frame (self->window);
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_secret_free (self->secret);
}

static void
click_tip (Fixture *self, const char *tip)
{
  GtkWidget *button = tok_ui_test_find_tip (self->widget, tip);

  g_test_message ("clicking on %s", tip);
  g_assert_nonnull (button);
  tok_ui_test_assert_name (button, tip);
  g_signal_emit_by_name (button, "clicked");
}

#define SHOW "Show the secret"
#define HIDE "Hide the secret"
#define COPY "Copy the secret"

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->widget, text);
}

static gboolean
has_button (Fixture *self, const char *label)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_find (self->widget, GTK_TYPE_BUTTON, label) != NULL;
}

static void
show (Fixture *self)
{
  click_tip (self, SHOW);
  tok_test_wait_until (tok_ui_test_shows (self->widget, self->secret));
  g_assert_nonnull (tok_ui_test_find_tip (self->widget, HIDE));
}

/* No part of it is left anywhere. */
static void
assert_hidden (Fixture *self)
{
  tok_ui_test_wait_for_frame (self->window);
  g_assert_nonnull (tok_ui_test_find_tip (self->widget, SHOW));
  tok_ui_test_assert_untold (self->window, self->secret);
}

static void
run_dry (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_KEPT_SECRET, NULL));
  begin (&self, stage);
  end (&self);
  /* While a secret is on its way. */
  begin (&self, stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  click_tip (&self, SHOW);
  end (&self);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  run_dry ();
}

static void
test_not_kept (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, FALSE);
  g_assert_true (shows (&self, NOT_KEPT));
  g_assert_null (tok_ui_test_find_tip (self.widget, SHOW));
  g_assert_null (tok_ui_test_find_tip (self.widget, COPY));
  g_assert_false (has_button (&self, "Unlock"));
  g_assert_false (has_button (&self, "Forget Copy"));
  end (&self);
}

/* Of an app, or for nobody, there is nothing to say. */
static void
test_nothing (TokUiStage *stage, gconstpointer data)
{
  g_autoptr (TokGrant) app = tok_ui_test_new_app (7, "Desk", TOK_SCOPE_READ);
  Fixture self = { NULL };

  begin (&self, stage);
  g_assert_true (gtk_widget_get_visible (self.widget));
  g_object_set (self.widget, "grant", app, NULL);
  g_assert_false (gtk_widget_get_visible (self.widget));
  g_object_set (self.widget, "grant", self.grant, NULL);
  g_assert_true (gtk_widget_get_visible (self.widget));
  tok_kept_secret_set_session (TOK_KEPT_SECRET (self.widget), NULL, stage->settings);
  g_assert_false (gtk_widget_get_visible (self.widget));
  end (&self);
}

static void
test_sample (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with (&self, stage, TRUE);
  keep (&self);
  g_assert_true (shows (&self, "A copy is kept until you quit."));
  show (&self);
  click_tip (&self, HIDE);
  assert_hidden (&self);
  end (&self);
}

static void
test_show (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  guint n_lookups;

  begin (&self, stage);
  g_assert_true (shows (&self, "A copy is kept in your keyring."));
  assert_hidden (&self);
  n_lookups = tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP);
  show (&self);
  click_tip (&self, HIDE);
  assert_hidden (&self);
  show (&self);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==,
                    n_lookups + 2);
  end (&self);
}

static void
test_time_is_up (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  show (&self);
  g_settings_set_uint (stage->settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, 10);
  g_assert_true (tok_ui_test_shows (self.widget, self.secret));
  tok_test_wait_until (tok_ui_test_find_tip (self.widget, SHOW) != NULL);
  assert_hidden (&self);
  end (&self);
}

static void
test_out_of_sight (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  show (&self);
  gtk_widget_hide (self.window);
  gtk_window_present (GTK_WINDOW (self.window));
  assert_hidden (&self);
  end (&self);
}

/* What comes late is not shown. */
static void
test_hidden_before_it_is_there (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  click_tip (&self, SHOW);
  click_tip (&self, HIDE);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  run_dry ();
  assert_hidden (&self);
  end (&self);
}

static void
test_turns (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  show (&self);
  g_object_set (self.widget, "grant", find_grant (&self, OTHER_NAME), NULL);
  g_assert_true (shows (&self, NOT_KEPT));
  tok_ui_test_assert_untold (self.window, self.secret);

  /* While it is on its way. */
  g_object_set (self.widget, "grant", self.grant, NULL);
  tok_ui_test_wait_for_frame (self.window);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  click_tip (&self, SHOW);
  g_object_set (self.widget, "grant", find_grant (&self, OTHER_NAME), NULL);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  run_dry ();
  tok_ui_test_assert_untold (self.window, self.secret);
  end (&self);
}

static void
test_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  g_assert_false (has_button (&self, "Unlock"));
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  click_tip (&self, SHOW);
  tok_test_wait_until (has_button (&self, "Unlock"));
  g_assert_true (shows (&self, "Your keyring is locked. Unlock it to use what is kept in it."));
  assert_hidden (&self);

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  tok_ui_test_click (self.widget, "Unlock");
  tok_test_wait_until (
      shows (&self, "The keyring stayed locked, so the copy in it can’t be reached."));
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  tok_ui_test_click (self.widget, "Unlock");
  tok_test_wait_until (!has_button (&self, "Unlock"));
  show (&self);
  end (&self);
}

/* Nobody knows whether there is one. */
static void
test_names_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LIST, TOK_ERROR_VAULT_LOCKED);
  begin_with (&self, stage, FALSE);
  put (&self, self.secret);
  g_assert_true (shows (&self, "Your keyring is locked, and there may be a copy in it."));
  tok_ui_test_click (self.widget, "Unlock");
  tok_test_wait_until (tok_grant_get_has_copy (self.grant));
  g_assert_false (has_button (&self, "Unlock"));
  show (&self);
  end (&self);
}

static void
test_other_token (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  put (&self, "aSecretOfAnotherToken");
  click_tip (&self, SHOW);
  tok_test_wait_until (shows (&self, "What was kept here is the secret of an earlier token of this "
                                     "name. It is of no use any more, and was forgotten."));
  run_dry ();
  g_assert_null (peek (&self));
  g_assert_null (tok_ui_test_find_tip (self.widget, SHOW));
  end (&self);
}

static void
on_copy (TokKeptSecret *widget, guint *n_copied)
{
  (*n_copied)++;
}

static void
test_copy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };
  guint n_copied = 0;

  begin (&self, stage);
  g_signal_connect (self.widget, "copy", G_CALLBACK (on_copy), &n_copied);
  click_tip (&self, COPY);
  g_assert_cmpuint (n_copied, ==, 1);
  assert_hidden (&self);
  end (&self);
}

/* The only other window. */
static gpointer
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

static void
answer (Fixture *self, const char *label)
{
  tok_ui_test_click (self->widget, "Forget Copy");
  tok_ui_test_wait_for_frame (find_question ());
  g_assert_true (tok_ui_test_shows (find_question (), "Forget the Secret of “Grid bot”?"));
  tok_ui_test_click (find_question (), label);
  tok_test_wait_until (find_question () == NULL);
}

static void
test_forget (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  show (&self);
  answer (&self, "Cancel");
  g_assert_nonnull (peek (&self));

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, TOK_ERROR_VAULT_FAILED);
  answer (&self, "Forget");
  tok_test_wait_until (shows (&self, "The keyring failed. Try again."));
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_FORGET, FALSE);
  answer (&self, "Forget");
  tok_test_wait_until (shows (&self, NOT_KEPT));
  g_assert_null (peek (&self));
  tok_ui_test_assert_untold (self.window, self.secret);
  end (&self);
}

/* The answer is about what was asked. */
static void
test_forget_another (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  tok_ui_test_click (self.widget, "Forget Copy");
  tok_ui_test_wait_for_frame (find_question ());
  g_object_set (self.widget, "grant", find_grant (&self, OTHER_NAME), NULL);
  tok_ui_test_click (find_question (), "Forget");
  tok_test_wait_until (find_question () == NULL);
  run_dry ();
  g_assert_nonnull (peek (&self));
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/kept-secret/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/kept-secret/not-kept", NULL, test_not_kept);
  tok_ui_stage_add ("/kept-secret/nothing", NULL, test_nothing);
  tok_ui_stage_add ("/kept-secret/sample", NULL, test_sample);
  tok_ui_stage_add ("/kept-secret/show", NULL, test_show);
  tok_ui_stage_add ("/kept-secret/time-is-up", NULL, test_time_is_up);
  tok_ui_stage_add ("/kept-secret/out-of-sight", NULL, test_out_of_sight);
  tok_ui_stage_add ("/kept-secret/hidden-before-it-is-there", NULL, test_hidden_before_it_is_there);
  tok_ui_stage_add ("/kept-secret/turns", NULL, test_turns);
  tok_ui_stage_add ("/kept-secret/locked", NULL, test_locked);
  tok_ui_stage_add ("/kept-secret/names-locked", NULL, test_names_locked);
  tok_ui_stage_add ("/kept-secret/other-token", NULL, test_other_token);
  tok_ui_stage_add ("/kept-secret/copy", NULL, test_copy);
  tok_ui_stage_add ("/kept-secret/forget", NULL, test_forget);
  tok_ui_stage_add ("/kept-secret/forget-another", NULL, test_forget_another);

  return g_test_run ();
}
