/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-account.h"
#include "tok-error.h"
#include "tok-stage.h"
#include "tok-test.h"

#define LOGIN TOK_SCRIPT_LOGIN
#define TOKEN TOK_SCRIPT_TOKEN

/* How often something was told since it was asked for. */
typedef struct {
  guint *is_kept;
  guint *keyring_error;
  guint *state;
} Told;

static void
watch (TokStage *stage, Told *told)
{
  told->is_kept = tok_test_count_notify (stage->session, "is-kept");
  told->keyring_error = tok_test_count_notify (stage->session, "keyring-error");
  told->state = tok_test_count_notify (stage->session, "state");
}

static void
assert_told (Told *told, guint is_kept, guint keyring_error)
{
  g_assert_cmpuint (*told->is_kept, ==, is_kept);
  g_assert_cmpuint (*told->keyring_error, ==, keyring_error);
  g_assert_cmpuint (*told->state, ==, 0);
  *told->is_kept = *told->keyring_error = 0;
}

static void
keep (TokStage *stage)
{
  tok_session_keep (stage->session, TOK_VAULT (stage->keyring));
}

static gboolean
is_kept (TokStage *stage)
{
  return tok_session_get_is_kept (stage->session);
}

static const GError *
keyring_error (TokStage *stage)
{
  return tok_session_get_keyring_error (stage->session);
}

static const char *
in_keyring (TokStage *stage)
{
  return tok_fake_vault_peek (stage->keyring, tok_raw_peer_get_address (stage->peer), LOGIN);
}

static guint
n_calls (TokStage *stage, TokFakeVaultCall call)
{
  return tok_fake_vault_get_n_calls (stage->keyring, call);
}

static void
sign_in_and_keep (TokStage *stage)
{
  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  keep (stage);
  tok_test_wait_until (is_kept (stage));
}

/* What the keyring does changes nothing of being signed in. */
static void
assert_well (TokStage *stage)
{
  tok_stage_assert_state (stage, TOK_SESSION_READY);
  g_assert_no_error (tok_session_get_error (stage->session));
  g_assert_cmpstr (
      tok_fake_vault_peek (stage->vault, tok_raw_peer_get_address (stage->peer), LOGIN), ==, TOKEN);
}

static void
test_new_known (TokStage *stage, gconstpointer data)
{
  g_autoptr (TokSession) session = NULL;
  g_autoptr (TokAccount) account = tok_account_new (LOGIN, "", TRUE, TOK_SCOPE_READ, NULL);
  gboolean kept;
  g_autoptr (GError) error = NULL;

  session = tok_session_new_known (tok_raw_peer_get_address (stage->peer), TOK_VAULT (stage->vault),
                                   TOK_VAULT (stage->keyring), &tok_script_times, account, "id");
  g_assert_cmpint (tok_session_get_state (session), ==, TOK_SESSION_SIGNED_OUT);
  g_assert_true (tok_session_get_account (session) == account);
  g_assert_cmpstr (tok_session_get_sign_in_id (session), ==, "id");
  g_object_get (session, "is-kept", &kept, "keyring-error", &error, NULL);
  g_assert_true (kept);
  g_assert_no_error (error);
  g_assert_false (tok_session_get_is_sample (session));
  tok_test_assert_finalize (g_steal_pointer (&session));
  for (guint call = 0; call < TOK_FAKE_VAULT_N_CALLS; call++)
    g_assert_cmpuint (n_calls (stage, call), ==, 0);
}

static void
test_sign_in_id (TokStage *stage, gconstpointer data)
{
  g_assert_null (tok_session_get_sign_in_id (stage->session));
  tok_session_set_sign_in_id (stage->session, "one");
  tok_session_set_sign_in_id (stage->session, "two");
  g_assert_cmpstr (tok_session_get_sign_in_id (stage->session), ==, "two");
  tok_session_set_sign_in_id (stage->session, NULL);
  g_assert_null (tok_session_get_sign_in_id (stage->session));
}

static void
test_keep (TokStage *stage, gconstpointer data)
{
  Told told;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  g_assert_false (is_kept (stage));
  watch (stage, &told);
  keep (stage);
  g_assert_false (is_kept (stage));
  tok_test_wait_until (is_kept (stage));
  g_assert_cmpstr (in_keyring (stage), ==, TOKEN);
  g_assert_cmpuint (tok_fake_vault_get_n_secrets (stage->keyring), ==, 1);
  g_assert_no_error (keyring_error (stage));
  assert_told (&told, 1, 0);
  assert_well (stage);

  /* Once more makes no difference. */
  keep (stage);
  tok_stage_run_dry ();
  g_assert_true (is_kept (stage));
  assert_told (&told, 0, 0);
}

static void
test_keep_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;
  Told told;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  watch (stage, &told);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, it->code);
  keep (stage);
  tok_test_wait_until (keyring_error (stage) != NULL);
  g_assert_error (keyring_error (stage), TOK_ERROR, (int) it->code);
  g_assert_false (is_kept (stage));
  assert_told (&told, 0, 1);
  assert_well (stage);

  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_STORE, FALSE);
  keep (stage);
  tok_test_wait_until (is_kept (stage));
  g_assert_no_error (keyring_error (stage));
  assert_told (&told, 1, 1);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_UNLOCK), ==, 0);
}

/* There is nothing to be kept then. */
static void
test_keep_from_broken_vault (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_fake_vault_set_failure (stage->vault, TOK_FAKE_VAULT_LOOKUP, TOK_ERROR_VAULT_FAILED);
  keep (stage);
  tok_test_wait_until (keyring_error (stage) != NULL);
  g_assert_error (keyring_error (stage), TOK_ERROR, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_STORE), ==, 0);
}

/* Nobody has the secret but the keyring, which goes on keeping it. */
static void
test_keep_at_rest (TokStage *stage, gconstpointer data)
{
  Told told;

  tok_stage_rest (stage);
  watch (stage, &told);
  keep (stage);
  tok_stage_run_dry ();
  g_assert_true (is_kept (stage));
  g_assert_no_error (keyring_error (stage));
  assert_told (&told, 0, 0);
  g_assert_cmpstr (in_keyring (stage), ==, TOKEN);
}

typedef struct {
  const char *name;
  void (*leave) (TokSession *session);
} Way;

static const Way ways[] = {
  { "close", tok_session_close },
  { "sign-out", tok_session_sign_out },
  { "dispose", NULL },
};

static void
leave (TokStage *stage, const Way *way)
{
  if (way->leave != NULL)
    way->leave (stage->session);
  else
    tok_stage_use_times (stage, &tok_script_times);
}

/* Whoever leaves meanwhile doesn't want it any more. */
static void
test_leave_while_storing (TokStage *stage, gconstpointer data)
{
  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  keep (stage);
  tok_test_wait_until (n_calls (stage, TOK_FAKE_VAULT_STORE) == 1);
  leave (stage, data);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_false (is_kept (stage));
  g_assert_no_error (keyring_error (stage));
  g_assert_null (in_keyring (stage));
}

/* And what is kept stays so, unless somebody signs out. */
static void
test_leave (TokStage *stage, gconstpointer data)
{
  const Way *way = data;

  sign_in_and_keep (stage);
  leave (stage, way);
  tok_stage_run_dry ();
  g_assert_cmpstr (in_keyring (stage), ==, way->leave == tok_session_sign_out ? NULL : TOKEN);
}

static void
test_unkeep (TokStage *stage, gconstpointer data)
{
  Told told;

  sign_in_and_keep (stage);
  watch (stage, &told);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (!is_kept (stage));
  g_assert_null (in_keyring (stage));
  assert_told (&told, 1, 0);
  assert_well (stage);

  tok_session_unkeep (stage->session);
  tok_stage_run_dry ();
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 1);
  assert_told (&told, 0, 0);
}

/* What the keyring still has is not said to be gone. A keyring that isn't there has nothing. */
static void
test_unkeep_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;
  gboolean gone = it->code == TOK_ERROR_VAULT_MISSING;
  Told told;

  sign_in_and_keep (stage);
  watch (stage, &told);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, it->code);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (keyring_error (stage) != NULL || !is_kept (stage));
  g_assert_cmpint (is_kept (stage), ==, !gone);
  if (!gone)
    g_assert_error (keyring_error (stage), TOK_ERROR, (int) it->code);
  assert_told (&told, gone ? 1 : 0, gone ? 0 : 1);
  assert_well (stage);
  if (gone)
    return;

  /* Opening the keyring, which may help, has it forget at last. */
  tok_fake_vault_set_broken (stage->keyring, TOK_FAKE_VAULT_FORGET, FALSE);
  tok_session_unlock_keyring (stage->session);
  tok_test_wait_until (!is_kept (stage));
  g_assert_no_error (keyring_error (stage));
  g_assert_null (in_keyring (stage));
  assert_told (&told, 1, 1);
  assert_well (stage);
}

static void
test_unkeep_at_rest (TokStage *stage, gconstpointer data)
{
  tok_stage_rest (stage);
  tok_session_unkeep (stage->session);
  tok_test_wait_until (!is_kept (stage));
  g_assert_null (in_keyring (stage));
  tok_stage_assert_state (stage, TOK_SESSION_SIGNED_OUT);
  g_assert_nonnull (tok_session_get_account (stage->session));
}

/* Nobody knows what becomes of it, so the keyring is told to forget it anyway. */
static void
test_unkeep_while_storing (TokStage *stage, gconstpointer data)
{
  Told told;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  watch (stage, &told);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  keep (stage);
  tok_test_wait_until (n_calls (stage, TOK_FAKE_VAULT_STORE) == 1);
  tok_session_unkeep (stage->session);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 1);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_false (is_kept (stage));
  g_assert_null (in_keyring (stage));
  assert_told (&told, 0, 0);
}

/* Which is cancelled where it can be, so that it doesn't come afterwards. */
static void
test_unkeep_before_storing (TokStage *stage, gconstpointer data)
{
  sign_in_and_keep (stage);
  keep (stage);
  tok_session_unkeep (stage->session);
  tok_stage_run_dry ();
  g_assert_false (is_kept (stage));
  g_assert_null (in_keyring (stage));
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_STORE), ==, 1);
}

static void
test_unkeep_after_failure (TokStage *stage, gconstpointer data)
{
  Told told;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_STORE, TOK_ERROR_VAULT_MISSING);
  keep (stage);
  tok_test_wait_until (keyring_error (stage) != NULL);
  watch (stage, &told);
  tok_session_unkeep (stage->session);
  g_assert_no_error (keyring_error (stage));
  g_assert_false (is_kept (stage));
  assert_told (&told, 0, 1);
}

/* The last word counts. */
static void
test_keep_after_all (TokStage *stage, gconstpointer data)
{
  sign_in_and_keep (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  tok_session_unkeep (stage->session);
  keep (stage);
  tok_test_wait_until (tok_fake_vault_get_n_held (stage->keyring) == 2);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  tok_stage_run_dry ();
  g_assert_true (is_kept (stage));
  g_assert_no_error (keyring_error (stage));
  g_assert_cmpstr (in_keyring (stage), ==, TOKEN);
}

static gboolean
forget (TokStage *stage, GCancellable *cancellable, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  tok_session_forget_async (stage->session, cancellable, tok_test_on_ready, &slot);
  g_cancellable_cancel (cancellable);
  tok_fake_vault_set_held (stage->keyring, FALSE);
  result = tok_test_wait_for_result (&slot);
  return tok_session_forget_finish (stage->session, result, error);
}

static void
test_forget (TokStage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tok_stage_sign_in (stage, TOK_SCRIPT_SCOPES);
  g_assert_true (forget (stage, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_calls (stage, TOK_FAKE_VAULT_FORGET), ==, 0);

  keep (stage);
  tok_test_wait_until (is_kept (stage));
  g_assert_true (forget (stage, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (is_kept (stage));
  g_assert_null (in_keyring (stage));
  assert_well (stage);
}

static void
test_forget_fails (TokStage *stage, gconstpointer data)
{
  const TokFakeVaultCode *it = data;
  gboolean gone = it->code == TOK_ERROR_VAULT_MISSING;
  g_autoptr (GError) error = NULL;
  Told told;

  sign_in_and_keep (stage);
  watch (stage, &told);
  tok_fake_vault_set_failure (stage->keyring, TOK_FAKE_VAULT_FORGET, it->code);
  g_assert_cmpint (forget (stage, NULL, &error), ==, gone);
  if (!gone)
    g_assert_error (error, TOK_ERROR, (int) it->code);
  g_assert_cmpint (is_kept (stage), ==, !gone);
  g_assert_no_error (keyring_error (stage));
  assert_told (&told, gone ? 1 : 0, 0);
}

static void
test_forget_cancelled (TokStage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  sign_in_and_keep (stage);
  tok_fake_vault_set_held (stage->keyring, TRUE);
  g_assert_false (forget (stage, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (is_kept (stage));
}

static void
add_codes (const char *path, TokStageTest test)
{
  for (const TokFakeVaultCode *it = tok_fake_vault_codes; it->name != NULL; it++)
    tok_stage_add_case (path, it->name, it, test);
}

int
main (int argc, char *argv[])
{
  tok_test_init (&argc, &argv);

  tok_stage_add ("/session-keep/new-known", NULL, test_new_known);
  tok_stage_add ("/session-keep/sign-in-id", NULL, test_sign_in_id);
  tok_stage_add ("/session-keep/keep", NULL, test_keep);
  add_codes ("/session-keep/keep-fails", test_keep_fails);
  tok_stage_add ("/session-keep/keep-from-broken-vault", NULL, test_keep_from_broken_vault);
  tok_stage_add ("/session-keep/keep-at-rest", NULL, test_keep_at_rest);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    tok_stage_add_case ("/session-keep/leave-while-storing", ways[i].name, &ways[i],
                        test_leave_while_storing);
    tok_stage_add_case ("/session-keep/leave", ways[i].name, &ways[i], test_leave);
  }
  tok_stage_add ("/session-keep/unkeep", NULL, test_unkeep);
  add_codes ("/session-keep/unkeep-fails", test_unkeep_fails);
  tok_stage_add ("/session-keep/unkeep-at-rest", NULL, test_unkeep_at_rest);
  tok_stage_add ("/session-keep/unkeep-while-storing", NULL, test_unkeep_while_storing);
  tok_stage_add ("/session-keep/unkeep-before-storing", NULL, test_unkeep_before_storing);
  tok_stage_add ("/session-keep/unkeep-after-failure", NULL, test_unkeep_after_failure);
  tok_stage_add ("/session-keep/keep-after-all", NULL, test_keep_after_all);
  tok_stage_add ("/session-keep/forget", NULL, test_forget);
  add_codes ("/session-keep/forget-fails", test_forget_fails);
  tok_stage_add ("/session-keep/forget-cancelled", NULL, test_forget_cancelled);

  return g_test_run ();
}
