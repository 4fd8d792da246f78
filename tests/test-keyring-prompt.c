/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The prompt that unlocking raises, before a fake keyring whose owner can be told what to do. */

#include "tok-keyring-vault.h"

#include "tok-keyring-fake.h"
#include "tok-keyring-hands.h"
#include "tok-test.h"

#define FINE TOK_KEYRING_FINE

typedef struct {
  TokKeyringFake *keyring;
  TokVault *vault;
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->keyring = tok_keyring_fake_new (tok_keyring_bus_up ());
  stage->vault = tok_keyring_vault_new ();
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  tok_keyring_let_go (stage->vault);
  tok_keyring_fake_free (stage->keyring);
}

static int
lookup (Stage *stage)
{
  g_autoptr (TokSecret) secret = NULL;

  return tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret);
}

static void
begin_unlock (Stage *stage, GCancellable *cancellable, GAsyncResult **result)
{
  stage->keyring->login_is_locked = TRUE;
  stage->keyring->answer = TOK_KEYRING_HESITATES;
  tok_keyring_vault_set_deadline (TOK_KEYRING_VAULT (stage->vault), 500);
  tok_vault_unlock_async (stage->vault, cancellable, tok_test_on_ready, result);
  tok_test_wait_until (tok_keyring_fake_count (stage->keyring, "Prompt") == 1);
}

static void
test_cancelled (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin_unlock (stage, cancellable, &result);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (result != NULL);
  g_assert_false (tok_vault_unlock_finish (stage->vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* It doesn't stay on the screen. */
  tok_test_wait_until (tok_keyring_fake_count (stage->keyring, "Dismiss") == 1);
  g_clear_object (&result);
}

/* A prompt may take longer than any deadline: a call that was made later has run out of time. */
static void
test_slow (Stage *stage, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  begin_unlock (stage, NULL, &result);
  stage->keyring->ignores = "SearchItems";
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_null (result);
  tok_keyring_fake_accept (stage->keyring);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_unlock_finish (stage->vault, result, NULL));
  g_clear_object (&result);
}

/* Nobody has to wait for its owner. */
static void
test_others_go_on (Stage *stage, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  begin_unlock (stage, NULL, &result);
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT_LOCKED);
  g_assert_null (result);
  tok_keyring_fake_accept (stage->keyring);
  tok_test_wait_until (result != NULL);
  g_assert_cmpint (lookup (stage), ==, TOK_ERROR_VAULT);
  g_clear_object (&result);
}

/* It isn't asked a second time, which would raise another prompt. */
static void
test_service_leaves (Stage *stage, gconstpointer data)
{
  stage->keyring->login_is_locked = TRUE;
  stage->keyring->answer = TOK_KEYRING_LEAVES;
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Prompt"), ==, 1);

  tok_keyring_fake_restart (stage->keyring);
  stage->keyring->answer = TOK_KEYRING_ACCEPTS;
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
}

static void
test_service_leaves_meanwhile (Stage *stage, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin_unlock (stage, NULL, &result);
  tok_keyring_fake_flush (stage->keyring);
  tok_keyring_fake_stop (stage->keyring);
  tok_test_wait_until (result != NULL);
  g_assert_false (tok_vault_unlock_finish (stage->vault, result, &error));
  g_assert_error (error, TOK_ERROR, TOK_ERROR_VAULT_FAILED);
  g_clear_object (&result);
}

static void
test_refused (Stage *stage, gconstpointer data)
{
  stage->keyring->login_is_locked = TRUE;
  stage->keyring->refuses = "Prompt";
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Prompt"), ==, 1);
}

/* One prompt for the keyring of new items and for all others that hold some of this program. */
static void
test_unlocks_all (Stage *stage, gconstpointer data)
{
  tok_keyring_fake_add_own (stage->keyring, "other", TOK_KEYRING_SECRET);
  stage->keyring->login_is_locked = TRUE;
  stage->keyring->other_is_locked = TRUE;
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Prompt"), ==, 1);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
}

/* Nor does it ask for what belongs to others. */
static void
test_unlocks_no_other (Stage *stage, gconstpointer data)
{
  tok_keyring_fake_add (stage->keyring, "other", "foreign", "xdg:schema", "org.example.Other",
                        NULL);
  stage->keyring->other_is_locked = TRUE;
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  g_assert_cmpuint (tok_keyring_fake_count (stage->keyring, "Unlock"), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/keyring-prompt/" name, Stage, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  tok_test_init (&argc, &argv);

  ADD ("cancelled", test_cancelled);
  ADD ("slow", test_slow);
  ADD ("others-go-on", test_others_go_on);
  ADD ("service-leaves", test_service_leaves);
  ADD ("service-leaves-meanwhile", test_service_leaves_meanwhile);
  ADD ("refused", test_refused);
  ADD ("unlocks-all", test_unlocks_all);
  ADD ("unlocks-no-other", test_unlocks_no_other);

  status = g_test_run ();
  tok_keyring_bus_down ();
  return status;
}
