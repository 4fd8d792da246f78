/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-hands.h"

#include "tok-test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

const TokVaultKey tok_keyring_own = { TOK_KEYRING_SERVICE, "SAMPLE1", NULL };
const TokVaultKey tok_keyring_copy = { TOK_KEYRING_SERVICE, "SAMPLE1", "Grid bot" };

static GSubprocess *bus = NULL;
static GDBusConnection *bus_connection = NULL;

/* A test that crashes takes it along. */
static void
on_child_setup (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/**
 * tok_keyring_spawn:
 * @home: (nullable): Where it is at home; it sees no other folder of a person's.
 * @flags: What becomes of its input and output.
 * @argv: The program and its arguments.
 *
 * Starts a program that ends with this one, and shows nothing on a screen.
 *
 * Returns: (transfer full): The program.
 */
GSubprocess *
tok_keyring_spawn (const char *home, GSubprocessFlags flags, const char *const *argv)
{
  static const char *const own[]
      = { "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR" };
  static const char *const foreign[]
      = { "DISPLAY", "G_DEBUG", "GNOME_KEYRING_CONTROL", "WAYLAND_DISPLAY" };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (guint i = 0; home != NULL && i < G_N_ELEMENTS (own); i++)
    g_subprocess_launcher_setenv (launcher, own[i], home, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_subprocess_launcher_unsetenv (launcher, foreign[i]);
  g_subprocess_launcher_set_child_setup (launcher, on_child_setup, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/**
 * tok_keyring_bus_up:
 *
 * Starts a session bus for this program, unless it has got one; nothing starts on it by itself.
 *
 * Returns: (transfer none): Its address.
 */
const char *
tok_keyring_bus_up (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tok-keyring-bus.conf", NULL);
  g_autofree char *config = g_strconcat ("--config-file=", path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (bus == NULL) {
    bus = tok_keyring_spawn (
        NULL, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        (const char *const[]){ "dbus-daemon", "--nofork", "--print-address", config, NULL });
    output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
    address = g_data_input_stream_read_line (output, NULL, NULL, &error);
    g_assert_no_error (error);
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);

    bus_connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
    g_assert_no_error (error);
    g_dbus_connection_set_exit_on_close (bus_connection, FALSE);
  }
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS");
}

/**
 * tok_keyring_bus_down:
 *
 * Ends the bus, if there is one, as soon as nobody in this program uses it any more.
 */
void
tok_keyring_bus_down (void)
{
  gpointer connection = bus_connection;

  if (bus == NULL)
    return;
  g_object_add_weak_pointer (connection, &connection);
  g_clear_object (&bus_connection);
  tok_test_wait_until (connection == NULL);
  g_subprocess_force_exit (bus);
  g_subprocess_wait (bus, NULL, NULL);
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

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

/**
 * tok_keyring_list_copies:
 * @vault: A vault.
 * @key: Whose copies to list.
 * @names: (out) (nullable): The names of the tokens, sorted, with commas between them.
 *
 * Returns: %TOK_KEYRING_FINE, or a [enum@Error].
 */
int
tok_keyring_list_copies (TokVault *vault, const TokVaultKey *key, char **names)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) listed = NULL;
  GError *error = NULL;

  tok_vault_list_copies_async (vault, key->service, key->login_id, NULL, tok_test_on_ready,
                               &result);
  g_assert_null (result);
  tok_test_wait_until (result != NULL);
  listed = tok_vault_list_copies_finish (vault, result, &error);
  *names = NULL;
  if (listed != NULL) {
    qsort (listed, g_strv_length (listed), sizeof (char *), compare_names);
    *names = g_strjoinv (",", listed);
  }
  return check (listed != NULL, error);
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
 * tok_keyring_let_go:
 * @vault: (transfer full): A vault that nobody else holds.
 *
 * Lets go of @vault, and waits until it has gone: a call that was given up may hold it for a
 * moment.
 */
void
tok_keyring_let_go (TokVault *vault)
{
  gpointer left = vault;

  g_object_add_weak_pointer (G_OBJECT (vault), &left);
  g_object_unref (vault);
  tok_test_wait_until (left == NULL);
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
