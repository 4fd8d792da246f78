/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-memory-vault.h"

#include "tok-error.h"
#include "tok-test.h"

#define SERVICE "wss://service.example/websockets/v3?app_id=1"
#define OTHER_SERVICE "wss://other.example/websockets/v3?app_id=1"

static void
store (TokVault *vault, const char *service, const char *login_id, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_vault_store_async (vault, &(TokVaultKey){ service, login_id }, secret, NULL,
                         tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_store_finish (vault, result, &error));
  g_assert_no_error (error);
}

static void
forget (TokVault *vault, const char *service, const char *login_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_vault_forget_async (vault, &(TokVaultKey){ service, login_id }, NULL, tok_test_on_ready,
                          &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_forget_finish (vault, result, &error));
  g_assert_no_error (error);
}

static TokSecret *
lookup (TokVault *vault, const char *service, const char *login_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_vault_lookup_async (vault, &(TokVaultKey){ service, login_id }, NULL, tok_test_on_ready,
                          &result);
  g_assert_null (result); /* never before it returns */
  tok_test_wait_until (result != NULL);
  return tok_vault_lookup_finish (vault, result, error);
}

static void
assert_kept (TokVault *vault, const char *service, const char *login_id, const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) found = lookup (vault, service, login_id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, secret);
}

static void
assert_not_kept (TokVault *vault, const char *service, const char *login_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) found = lookup (vault, service, login_id, &error);

  g_assert_null (found);
  g_assert_error (error, TOK_ERROR, TOK_ERROR_VAULT);
}

static void
test_new_destroy (void)
{
  TokVault *vault = tok_memory_vault_new ();

  store (vault, SERVICE, "CR1", "secret");
  g_assert_finalize_object (G_OBJECT (vault));
}

static void
test_keeps (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();

  assert_not_kept (vault, SERVICE, "CR1");
  store (vault, SERVICE, "CR1", "first");
  store (vault, SERVICE, "CR2", "second");
  store (vault, OTHER_SERVICE, "CR1", "third");
  assert_kept (vault, SERVICE, "CR1", "first");
  assert_kept (vault, SERVICE, "CR2", "second");
  assert_kept (vault, OTHER_SERVICE, "CR1", "third");
  assert_not_kept (vault, OTHER_SERVICE, "CR2");

  store (vault, SERVICE, "CR1", "fourth");
  assert_kept (vault, SERVICE, "CR1", "fourth");
}

static void
test_keys_are_exact (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();

  store (vault, "ab", "c", "first");
  store (vault, "a", "bc", "second");
  assert_kept (vault, "ab", "c", "first");
  assert_kept (vault, "a", "bc", "second");
}

/* A copy of a token is another secret than what signs in. */
static void
test_copies (void)
{
  const TokVaultKey copy = { SERVICE, "CR1", "Grid bot" };
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) looked_up = NULL;
  g_autoptr (TokSecret) found = NULL;

  store (vault, SERVICE, "CR1", "own");
  tok_vault_store_async (vault, &copy, "copied", NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_store_finish (vault, result, NULL));
  assert_kept (vault, SERVICE, "CR1", "own");
  tok_vault_lookup_async (vault, &copy, NULL, tok_test_on_ready, &looked_up);
  tok_test_wait_until (looked_up != NULL);
  found = tok_vault_lookup_finish (vault, looked_up, NULL);
  g_assert_cmpstr (found, ==, "copied");
}

static char *
dup_copies (TokVault *vault, const char *service, const char *login_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) names = NULL;

  tok_vault_list_copies_async (vault, service, login_id, NULL, tok_test_on_ready, &result);
  g_assert_null (result);
  tok_test_wait_until (result != NULL);
  names = tok_vault_list_copies_finish (vault, result, NULL);
  g_assert_nonnull (names);
  return g_strjoinv (",", names);
}

static void
keep_copy (TokVault *vault, const char *service, const char *login_id, const char *token_name)
{
  g_autoptr (GAsyncResult) result = NULL;

  tok_vault_store_async (vault, &(TokVaultKey){ service, login_id, token_name }, "copied", NULL,
                         tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_store_finish (vault, result, NULL));
}

static void
test_list_copies (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autofree char *none = NULL, *one = NULL, *own = NULL, *other = NULL;

  store (vault, SERVICE, "CR1", "own");
  none = dup_copies (vault, SERVICE, "CR1");
  g_assert_cmpstr (none, ==, "");

  keep_copy (vault, SERVICE, "CR1", "Grid bot");
  keep_copy (vault, SERVICE, "CR1", "Grid bot");
  keep_copy (vault, SERVICE, "CR12", "Copier copy ");
  keep_copy (vault, OTHER_SERVICE, "CR1", "Elsewhere");
  one = dup_copies (vault, SERVICE, "CR1");
  g_assert_cmpstr (one, ==, "Grid bot");
  other = dup_copies (vault, SERVICE, "CR12");
  g_assert_cmpstr (other, ==, "Copier copy ");
  own = dup_copies (vault, OTHER_SERVICE, "CR12");
  g_assert_cmpstr (own, ==, "");
}

/* Not even if the token has no name. */
static void
test_nameless_copy (void)
{
  const TokVaultKey copy = { SERVICE, "CR1", "" };
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (GAsyncResult) result = NULL;

  tok_vault_store_async (vault, &copy, "copied", NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_store_finish (vault, result, NULL));
  assert_not_kept (vault, SERVICE, "CR1");
}

static void
test_unlock (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (GAsyncResult) result = NULL;

  tok_vault_unlock_async (vault, NULL, tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_true (tok_vault_unlock_finish (vault, result, NULL));
}

static void
test_forgets (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();

  store (vault, SERVICE, "CR1", "first");
  store (vault, SERVICE, "CR2", "second");
  forget (vault, SERVICE, "CR1");
  assert_not_kept (vault, SERVICE, "CR1");
  assert_kept (vault, SERVICE, "CR2", "second");
  forget (vault, SERVICE, "CR1");
}

static void
test_cancelled (void)
{
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  tok_vault_store_async (vault, &(TokVaultKey){ SERVICE, "CR1" }, "first", cancellable,
                         tok_test_on_ready, &result);
  tok_test_wait_until (result != NULL);
  g_assert_false (tok_vault_store_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_not_kept (vault, SERVICE, "CR1");
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  g_test_add_func ("/memory-vault/new-destroy", test_new_destroy);
  g_test_add_func ("/memory-vault/keeps", test_keeps);
  g_test_add_func ("/memory-vault/keys-are-exact", test_keys_are_exact);
  g_test_add_func ("/memory-vault/copies", test_copies);
  g_test_add_func ("/memory-vault/list-copies", test_list_copies);
  g_test_add_func ("/memory-vault/nameless-copy", test_nameless_copy);
  g_test_add_func ("/memory-vault/unlock", test_unlock);
  g_test_add_func ("/memory-vault/forgets", test_forgets);
  g_test_add_func ("/memory-vault/cancelled", test_cancelled);

  return g_test_run ();
}
