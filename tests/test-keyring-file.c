/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A vault where the environment has libsecret keep its secrets in a file, and no session bus. */

#include "tok-keyring-vault.h"

#include "tok-keyring-hands.h"
#include "tok-test.h"

#include <glib/gstdio.h>

#define FINE TOK_KEYRING_FINE

#ifdef __SANITIZE_ADDRESS__
/* libsecret 0.20 leaks what it has read of a file, and a leak checker can't tell that it's not us.
 */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

typedef struct {
  char *folder;
  char *path;
  TokVault *vault;
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  stage->folder = g_dir_make_tmp ("tok-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  stage->path = g_build_filename (stage->folder, "test.keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", stage->path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "open sesame", TRUE);
  stage->vault = tok_keyring_vault_new ();
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  tok_test_assert_finalize (stage->vault);
  g_remove (stage->path);
  g_rmdir (stage->folder);
  g_free (stage->path);
  g_free (stage->folder);
}

static void
store (Stage *stage, const TokVaultKey *key, const char *secret)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, key, secret), ==, FINE);
}

static void
forget (Stage *stage, const TokVaultKey *key)
{
  g_assert_cmpint (tok_keyring_forget (stage->vault, key), ==, FINE);
}

static void
test_empty (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  forget (stage, &tok_keyring_own);
}

static void
test_keeps (Stage *stage, gconstpointer data)
{
  g_autoptr (TokVault) other_vault = tok_keyring_vault_new ();

  store (stage, &tok_keyring_own, "a1-older");
  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (other_vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);

  forget (stage, &tok_keyring_own);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  tok_keyring_assert_not_kept (other_vault, &tok_keyring_own);
}

static void
test_copies (Stage *stage, gconstpointer data)
{
  store (stage, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
  forget (stage, &tok_keyring_own);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
}

static void
assert_listed (Stage *stage, const char *expected)
{
  g_autofree char *names = NULL;

  g_assert_cmpint (tok_keyring_list_copies (stage->vault, &tok_keyring_own, &names), ==, FINE);
  g_assert_cmpstr (names, ==, expected);
}

static void
test_list_copies (Stage *stage, gconstpointer data)
{
  const TokVaultKey another = { TOK_KEYRING_SERVICE, "SAMPLE1", "Another" };
  const TokVaultKey foreign = { TOK_KEYRING_SERVICE, "SAMPLE2", "Foreign" };

  assert_listed (stage, "");
  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  store (stage, &foreign, TOK_KEYRING_OTHER_SECRET);
  assert_listed (stage, "");
  store (stage, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
  store (stage, &tok_keyring_copy, TOK_KEYRING_SECRET);
  store (stage, &another, TOK_KEYRING_OTHER_SECRET);
  assert_listed (stage, "Another,Grid bot");
  forget (stage, &tok_keyring_copy);
  assert_listed (stage, "Another");
}

/* The secret is nowhere in the file as it is. */
static void
test_encrypted (Stage *stage, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_assert_true (g_file_get_contents (stage->path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, (gssize) length, TOK_KEYRING_SECRET));
}

/* Nothing can be found with another password, and nothing is lost. */
static void
test_wrong_password (Stage *stage, gconstpointer data)
{
  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "open barley", TRUE);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  forget (stage, &tok_keyring_own);
  store (stage, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);

  g_setenv ("SECRET_FILE_TEST_PASSWORD", "open sesame", TRUE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
}

static void
test_no_password (Stage *stage, gconstpointer data)
{
  g_autoptr (TokSecret) secret = NULL;

  g_unsetenv ("SECRET_FILE_TEST_PASSWORD");
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret), ==,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_FAILED);
}

/* A file of another kind stays as it is. */
static void
test_garbage (Stage *stage, gconstpointer data)
{
  g_autoptr (TokSecret) secret = NULL;
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (stage->path, data, -1, NULL));
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret), ==,
                   TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_FAILED);
  g_assert_true (g_file_get_contents (stage->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, data);

  g_remove (stage->path);
  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
}

/* What another program does to the file between two calls. */
static void
test_changed_underneath (Stage *stage, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  store (stage, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_assert_true (g_file_get_contents (stage->path, &contents, &length, NULL));
  g_remove (stage->path);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  store (stage, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);

  g_assert_true (g_file_set_contents (stage->path, contents, (gssize) length, NULL));
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  forget (stage, &tok_keyring_own);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
}

/* What couldn't be written isn't kept, not even for the time being. */
static void
test_store_refused (Stage *stage, gconstpointer data)
{
  g_setenv ("SECRET_FILE_TEST_PATH", "/proc/token-manager.keyring", TRUE);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   TOK_ERROR_VAULT_FAILED);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
}

/* Each of them reads the file, changes it and writes it: none may undo what another has done. */
static void
test_at_once (Stage *stage, gconstpointer data)
{
  static const char *const names[] = { "One", "Two", "Three" };
  GAsyncResult *results[G_N_ELEMENTS (names)] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tok_vault_store_async (stage->vault, &(TokVaultKey){ TOK_KEYRING_SERVICE, "SAMPLE1", names[i] },
                           names[i], NULL, tok_test_on_ready, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GAsyncResult) result = tok_test_wait_for_result (&results[i]);
    g_autoptr (GError) error = NULL;

    tok_vault_store_finish (stage->vault, result, &error);
    g_assert_no_error (error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tok_keyring_assert_kept (stage->vault,
                             &(TokVaultKey){ TOK_KEYRING_SERVICE, "SAMPLE1", names[i] }, names[i]);
}

static void
test_cancelled (Stage *stage, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tok_vault_lookup_async (stage->vault, &tok_keyring_own, cancellable, tok_test_on_ready, &result);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (result != NULL);
  g_assert_null (tok_vault_lookup_finish (stage->vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/keyring-file/" name, Stage, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  ADD ("empty", test_empty, NULL);
  ADD ("keeps", test_keeps, NULL);
  ADD ("copies", test_copies, NULL);
  ADD ("list-copies", test_list_copies, NULL);
  ADD ("encrypted", test_encrypted, NULL);
  ADD ("wrong-password", test_wrong_password, NULL);
  ADD ("no-password", test_no_password, NULL);
  ADD ("garbage/empty", test_garbage, "");
  ADD ("garbage/text", test_garbage, "This is no keyring, but quite a long text.\n");
  ADD ("changed-underneath", test_changed_underneath, NULL);
  ADD ("store-refused", test_store_refused, NULL);
  ADD ("at-once", test_at_once, NULL);
  ADD ("cancelled", test_cancelled, NULL);

  return g_test_run ();
}
