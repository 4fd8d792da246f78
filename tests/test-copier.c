/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-copier.h"

#include "tok-account.h"
#include "tok-grant-store.h"
#include "tok-secret-clipboard.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"

#define NAME "Grid bot"
#define COPIED "Copied. It is cleared from the clipboard in 30 s"
#define NOT_KEPT "The secret of “Grid bot” isn’t kept here, and the service can’t show it again."

typedef struct {
  TokUiStage *stage;
  TokSession *session;
  TokGrant *grant;
  TokSecretClipboard *clipboard;
  TokCopier *copier;
  char *said;
} Fixture;

static void
on_said (TokCopier *copier, const char *sentence, char **said)
{
  g_free (*said);
  *said = g_strdup (sentence);
}

static void
put (Fixture *self, const char *secret)
{
  tok_fake_vault_put_copy (self->stage->keyring, self->stage->address,
                           tok_account_get_login_id (tok_session_get_account (self->session)), NAME,
                           secret);
}

static void
begin (Fixture *self, TokUiStage *stage)
{
  self->stage = stage;
  self->session = tok_ui_stage_sign_in (stage, TOK_UI_STAGE_TOKEN, FALSE);
  self->grant = tok_grant_store_find (tok_session_get_tokens (self->session), NAME);
  self->clipboard
      = tok_secret_clipboard_new (gdk_display_get_clipboard (gdk_display_get_default ()), 30);
  self->copier = tok_copier_new (self->clipboard);
  g_signal_connect (self->copier, "said", G_CALLBACK (on_said), &self->said);
}

static void
begin_with_copy (Fixture *self, TokUiStage *stage)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *secret = NULL;

  begin (self, stage);
  secret = g_strdelimit (g_strdup (tok_token_get_listed_value (tok_grant_get_token (self->grant))),
                         "*", 'x');
  tok_session_keep_copy_async (self->session, NAME, secret, NULL, tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  g_assert_true (tok_session_keep_copy_finish (self->session, result, NULL));
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->copier);
  tok_test_assert_finalize (self->clipboard);
  g_free (self->said);
}

static void
copy (Fixture *self, const char *expected)
{
  g_clear_pointer (&self->said, g_free);
  tok_copier_copy (self->copier, self->session, self->grant);
  tok_test_wait_until (self->said != NULL);
  g_assert_cmpstr (self->said, ==, expected);
  g_assert_cmpint (tok_secret_clipboard_get_state (self->clipboard), ==,
                   g_str_equal (expected, COPIED) ? TOK_SECRET_CLIPBOARD_HELD
                                                  : TOK_SECRET_CLIPBOARD_EMPTY);
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  end (&self);
}

static void
test_copied (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with_copy (&self, stage);
  copy (&self, COPIED);
  end (&self);
}

static void
test_not_kept (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin (&self, stage);
  copy (&self, NOT_KEPT);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==, 0);
  end (&self);
}

static void
test_deleted_behind (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with_copy (&self, stage);
  put (&self, NULL);
  copy (&self, NOT_KEPT);
  end (&self);
}

/* Its owner is asked once to open it. */
static void
test_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with_copy (&self, stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_UNLOCK, TOK_ERROR_VAULT_DISMISSED);
  copy (&self, "The keyring stayed locked, so the copy in it can’t be reached.");
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_UNLOCK, FALSE);
  copy (&self, COPIED);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==, 2);
  end (&self);
}

/* But not again and again. */
static void
test_locked_again (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with_copy (&self, stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_copier_copy (self.copier, self.session, self.grant);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_test_wait_until (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK) == 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_LOCKED);
  tok_test_wait_until (self.said != NULL);
  g_assert_cmpstr (self.said, ==, "Your keyring is locked. Unlock it to use what is kept in it.");
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_UNLOCK), ==, 1);
  end (&self);
}

static void
test_names_locked (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LIST, TOK_ERROR_VAULT_LOCKED);
  begin (&self, stage);
  copy (&self, NOT_KEPT);
  g_assert_cmpuint (tok_fake_vault_get_n_calls (stage->keyring, TOK_FAKE_VAULT_LOOKUP), ==, 1);
  end (&self);
}

static void
test_fails (TokUiStage *stage, gconstpointer data)
{
  Fixture self = { NULL };

  begin_with_copy (&self, stage);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_FAILED);
  copy (&self, "The keyring failed. Try again.");
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_LOOKUP, FALSE);
  put (&self, "aSecretOfAnotherToken");
  copy (&self, "What was kept here is the secret of an earlier token of this name. It is of no use "
               "any more, and was forgotten.");
  end (&self);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/copier/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/copier/copied", NULL, test_copied);
  tok_ui_stage_add ("/copier/not-kept", NULL, test_not_kept);
  tok_ui_stage_add ("/copier/deleted-behind", NULL, test_deleted_behind);
  tok_ui_stage_add ("/copier/locked", NULL, test_locked);
  tok_ui_stage_add ("/copier/locked-again", NULL, test_locked_again);
  tok_ui_stage_add ("/copier/names-locked", NULL, test_names_locked);
  tok_ui_stage_add ("/copier/fails", NULL, test_fails);

  return g_test_run ();
}
