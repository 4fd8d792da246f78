/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-hands.h"

#include "tok-test.h"

#include <string.h>

const TokVaultKey tok_keyring_own = { TOK_KEYRING_SERVICE, "SAMPLE1", NULL };
const TokVaultKey tok_keyring_copy = { TOK_KEYRING_SERVICE, "SAMPLE1", "Grid bot" };

static GTestDBus *bus = NULL;

/**
 * tok_keyring_bus_up:
 *
 * Starts a session bus of the test's own, on which nothing is started by itself.
 *
 * Returns: (transfer none): Its address.
 */
const char *
tok_keyring_bus_up (void)
{
  if (bus == NULL) {
    bus = g_test_dbus_new (G_TEST_DBUS_NONE);
    g_test_dbus_up (bus);
  }
  return g_test_dbus_get_bus_address (bus);
}

/**
 * tok_keyring_bus_down:
 *
 * Ends that bus, once nobody in this program uses it any more.
 */
void
tok_keyring_bus_down (void)
{
  if (bus != NULL)
    g_test_dbus_down (bus);
  g_clear_object (&bus);
}

/* Takes @error. */
static int
check (gboolean done, GError *error)
{
  g_autoptr (GError) owned_error = error;

  if (done) {
    g_assert_no_error (error);
    return TOK_KEYRING_FINE;
  }
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (TOK_ERROR));
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strstr (error->message, "GDBus.Error"));
  g_assert_null (strstr (error->message, TOK_KEYRING_SECRET));
  g_assert_null (strstr (error->message, TOK_KEYRING_OTHER_SECRET));
  return error->code;
}

/**
 * tok_keyring_store:
 * @vault: A vault.
 * @key: What to keep @secret under.
 * @secret: What to keep.
 *
 * Returns: %TOK_KEYRING_FINE, or a [enum@Error].
 */
int
tok_keyring_store (TokVault *vault, const TokVaultKey *key, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_vault_store_async (vault, key, secret, NULL, tok_test_on_ready, &result);
  g_assert_null (result); /* never before it returns */
  tok_test_wait_until (result != NULL);
  done = tok_vault_store_finish (vault, result, &error);
  return check (done, error);
}

/**
 * tok_keyring_lookup:
 * @vault: A vault.
 * @key: What to look for.
 * @secret: (out) (nullable): What is kept.
 *
 * Returns: %TOK_KEYRING_FINE, or a [enum@Error].
 */
int
tok_keyring_lookup (TokVault *vault, const TokVaultKey *key, TokSecret **secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  tok_vault_lookup_async (vault, key, NULL, tok_test_on_ready, &result);
  g_assert_null (result);
  tok_test_wait_until (result != NULL);
  *secret = tok_vault_lookup_finish (vault, result, &error);
  return check (*secret != NULL, error);
}

/**
 * tok_keyring_forget:
 * @vault: A vault.
 * @key: What to forget.
 *
 * Returns: %TOK_KEYRING_FINE, or a [enum@Error].
 */
int
tok_keyring_forget (TokVault *vault, const TokVaultKey *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_vault_forget_async (vault, key, NULL, tok_test_on_ready, &result);
  g_assert_null (result);
  tok_test_wait_until (result != NULL);
  done = tok_vault_forget_finish (vault, result, &error);
  return check (done, error);
}

/**
 * tok_keyring_unlock:
 * @vault: A vault.
 *
 * Returns: %TOK_KEYRING_FINE, or a [enum@Error].
 */
int
tok_keyring_unlock (TokVault *vault)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  tok_vault_unlock_async (vault, NULL, tok_test_on_ready, &result);
  g_assert_null (result);
  tok_test_wait_until (result != NULL);
  done = tok_vault_unlock_finish (vault, result, &error);
  return check (done, error);
}

/**
 * tok_keyring_assert_kept:
 * @vault: A vault.
 * @key: What to look for.
 * @secret: What it has to be.
 *
 * Fails the test unless @secret is kept under @key.
 */
void
tok_keyring_assert_kept (TokVault *vault, const TokVaultKey *key, const char *secret)
{
  g_autoptr (TokSecret) found = NULL;

  g_assert_cmpint (tok_keyring_lookup (vault, key, &found), ==, TOK_KEYRING_FINE);
  g_assert_cmpstr (found, ==, secret);
}

/**
 * tok_keyring_assert_not_kept:
 * @vault: A vault.
 * @key: What to look for.
 *
 * Fails the test unless it is known that nothing is kept under @key.
 */
void
tok_keyring_assert_not_kept (TokVault *vault, const TokVaultKey *key)
{
  g_autoptr (TokSecret) found = NULL;

  g_assert_cmpint (tok_keyring_lookup (vault, key, &found), ==, TOK_ERROR_VAULT);
}
