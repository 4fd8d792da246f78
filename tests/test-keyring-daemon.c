/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GNOME's keyring itself, on a bus and in a home of the test's own. */

#include "tok-keyring-vault.h"

#include "tok-keyring-hands.h"
#include "tok-test.h"

#include <fcntl.h>
#include <libsecret/secret.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FINE TOK_KEYRING_FINE
#define NAME "org.freedesktop.secrets"
#define PASSWORD "open sesame"

/* As other programs know it; written down here once more. */
static const SecretSchema schema = { "org.example.TokenManager",
                                     SECRET_SCHEMA_NONE,
                                     {
                                         { "service", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { "login-id", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                         { "token-name", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                     } };

typedef struct {
  char *home;
  GSubprocess *daemon;
  GDBusConnection *bus;
  TokVault *vault;
} Stage;

static gboolean
has_owner (Stage *stage)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean answer;

  reply = g_dbus_connection_call_sync (stage->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "NameHasOwner",
                                       g_variant_new ("(s)", NAME), G_VARIANT_TYPE ("(b)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_variant_get (reply, "(b)", &answer);
  return answer;
}

static void
stop (Stage *stage)
{
  if (stage->daemon != NULL) {
    g_subprocess_force_exit (stage->daemon);
    g_subprocess_wait (stage->daemon, NULL, NULL);
  }
  g_clear_object (&stage->daemon);
  tok_test_wait_until (!has_owner (stage));
}

/* Whoever has no password to give gets a keyring that is locked, or none. */
static void
start (Stage *stage, const char *password)
{
  GOutputStream *input;

  stage->daemon = tok_keyring_spawn (
      stage->home,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
          | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
      (const char *const[]){ "gnome-keyring-daemon", "--foreground", "--components=secrets",
                             password != NULL ? "--unlock" : NULL, NULL });
  input = g_subprocess_get_stdin_pipe (stage->daemon);
  if (password != NULL)
    g_output_stream_write_all (input, password, strlen (password), NULL, NULL, NULL);
  g_output_stream_close (input, NULL, NULL);
  tok_test_wait_until (has_owner (stage));
}

static void
set_up_without (Stage *stage, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  tok_keyring_bus_up ();
  stage->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  stage->home = g_dir_make_tmp ("tok-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  stage->vault = tok_keyring_vault_new ();
}

static void
set_up_empty (Stage *stage, gconstpointer data)
{
  set_up_without (stage, data);
  start (stage, NULL);
}

static void
set_up (Stage *stage, gconstpointer data)
{
  set_up_without (stage, data);
  start (stage, PASSWORD);
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  g_autoptr (GSubprocess) remover = NULL;

  tok_test_assert_finalize (stage->vault);
  stop (stage);
  g_clear_object (&stage->bus);
  remover = tok_keyring_spawn (NULL, G_SUBPROCESS_FLAGS_NONE,
                               (const char *const[]){ "rm", "-rf", stage->home, NULL });
  g_assert_true (g_subprocess_wait_check (remover, NULL, NULL));
  g_free (stage->home);
}

/* What another program does. */

static SecretService *
open_service (void)
{
  g_autoptr (GError) error = NULL;
  SecretService *service;

  service = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, NULL,
                                      &error);
  g_assert_no_error (error);
  return service;
}

static SecretCollection *
open_default (SecretService *service)
{
  g_autoptr (GError) error = NULL;
  SecretCollection *collection;

  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_LOAD_ITEMS, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (collection);
  return collection;
}

static void
lock (void)
{
  g_autoptr (SecretService) service = open_service ();
  g_autoptr (SecretCollection) collection = open_default (service);
  g_autoptr (GError) error = NULL;
  GList objects = { collection, NULL, NULL };

  g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

static GHashTable *
make_attributes (void)
{
  return secret_attributes_build (&schema, "service", TOK_KEYRING_SERVICE, "login-id", "SAMPLE1",
                                  "kind", "sign-in", NULL);
}

static void
add (const char *secret)
{
  g_autoptr (SecretService) service = open_service ();
  g_autoptr (SecretCollection) collection = open_default (service);
  g_autoptr (GHashTable) attributes = make_attributes ();
  g_autoptr (SecretValue) value = secret_value_new (secret, -1, "text/plain");
  g_autoptr (SecretItem) item = NULL;
  g_autoptr (GError) error = NULL;

  item = secret_item_create_sync (collection, &schema, attributes, "Another program", value,
                                  SECRET_ITEM_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
}

static GList *
find (SecretService *service)
{
  g_autoptr (GHashTable) attributes = make_attributes ();
  g_autoptr (GError) error = NULL;
  GList *items;

  items
      = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  return items;
}

static guint
count (void)
{
  g_autoptr (SecretService) service = open_service ();
  GList *items = find (service);
  guint n_items = g_list_length (items);

  g_list_free_full (items, g_object_unref);
  return n_items;
}

static void
delete_all (void)
{
  g_autoptr (SecretService) service = open_service ();
  GList *items = find (service);

  for (GList *l = items; l != NULL; l = l->next)
    g_assert_true (secret_item_delete_sync (l->data, NULL, NULL));
  g_list_free_full (items, g_object_unref);
}

static void
assert_all (Stage *stage, int store, int lookup, int forget)
{
  g_autoptr (TokSecret) secret = NULL;

  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, "a1-new"), ==, store);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret), ==, lookup);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, forget);
}

static void
test_missing (Stage *stage, gconstpointer data)
{
  assert_all (stage, TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_MISSING);

  start (stage, PASSWORD);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
}

/* Nobody can show a prompt on this bus, which is as if it were dismissed. */
static void
test_no_keyring (Stage *stage, gconstpointer data)
{
  assert_all (stage, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT, FINE);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_DISMISSED);
}

static void
test_empty (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
}

static void
test_keeps (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, "a1-older"), ==, FINE);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  g_assert_cmpuint (count (), ==, 1);

  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  g_assert_cmpuint (count (), ==, 0);
}

static void
test_copies (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET),
                   ==, FINE);
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET);
}

static void
assert_listed (Stage *stage, int code, const char *expected)
{
  g_autofree char *names = NULL;

  g_assert_cmpint (tok_keyring_list_copies (stage->vault, &tok_keyring_own, &names), ==, code);
  g_assert_cmpstr (names, ==, expected);
}

/* Locked or not; but where nothing is found nobody can tell whether that is all. */
static void
test_list_copies (Stage *stage, gconstpointer data)
{
  const TokVaultKey another = { TOK_KEYRING_SERVICE, "SAMPLE1", "Another" };

  assert_listed (stage, FINE, "");
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  assert_listed (stage, FINE, "");
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_copy, TOK_KEYRING_OTHER_SECRET),
                   ==, FINE);
  g_assert_cmpint (tok_keyring_store (stage->vault, &another, TOK_KEYRING_OTHER_SECRET), ==, FINE);
  assert_listed (stage, FINE, "Another,Grid bot");
  lock ();
  assert_listed (stage, FINE, "Another,Grid bot");
}

static void
test_list_copies_locked_empty (Stage *stage, gconstpointer data)
{
  lock ();
  assert_listed (stage, TOK_ERROR_VAULT_LOCKED, NULL);
}

static void
test_locked (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  lock ();
  assert_all (stage, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED);
  g_assert_cmpint (tok_keyring_unlock (stage->vault), ==, TOK_ERROR_VAULT_DISMISSED);
  assert_all (stage, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED);
}

static void
test_locked_empty (Stage *stage, gconstpointer data)
{
  lock ();
  assert_all (stage, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED);
}

/* The keyring's own file, after the session has ended. */
static void
test_restarted_locked (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  stop (stage);
  start (stage, NULL);
  assert_all (stage, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED, TOK_ERROR_VAULT_LOCKED);
  stop (stage);
  start (stage, PASSWORD);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
}

static void
test_restarted (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  stop (stage);
  assert_all (stage, TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING, TOK_ERROR_VAULT_MISSING);
  start (stage, PASSWORD);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);

  stop (stage);
  start (stage, PASSWORD);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET), ==,
                   FINE);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_OTHER_SECRET);

  stop (stage);
  start (stage, PASSWORD);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
  g_assert_cmpuint (count (), ==, 0);
}

static void
test_duplicates (Stage *stage, gconstpointer data)
{
  g_autoptr (TokSecret) secret = NULL;

  add (TOK_KEYRING_SECRET);
  add (TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  add (TOK_KEYRING_OTHER_SECRET);
  g_assert_cmpuint (count (), ==, 3);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &secret), ==,
                   TOK_ERROR_VAULT_AMBIGUOUS);

  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET), ==,
                   FINE);
  g_assert_cmpuint (count (), ==, 1);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);

  add (TOK_KEYRING_OTHER_SECRET);
  add (TOK_KEYRING_SECRET);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
  g_assert_cmpuint (count (), ==, 0);
}

static void
test_changed_underneath (Stage *stage, gconstpointer data)
{
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  add (TOK_KEYRING_SECRET);
  tok_keyring_assert_kept (stage->vault, &tok_keyring_own, TOK_KEYRING_SECRET);
  delete_all ();
  tok_keyring_assert_not_kept (stage->vault, &tok_keyring_own);
  g_assert_cmpint (tok_keyring_forget (stage->vault, &tok_keyring_own), ==, FINE);
}

/* A sanitizer maps more memory than anyone can read. */
#ifndef __SANITIZE_ADDRESS__

/* A secret that no other program text holds, and how to know it without having it. */
#define CANARY_LENGTH 24
static guint8 masked_canary[CANARY_LENGTH];

static char *
make_canary (void)
{
  char *canary = g_malloc0 (CANARY_LENGTH + 1);

  for (guint i = 0; i < CANARY_LENGTH; i++) {
    canary[i] = (char) g_random_int_range ('a', 'z' + 1);
    masked_canary[i] = (guint8) canary[i] ^ 0xff;
  }
  return canary;
}

static gboolean
is_canary (const guint8 *memory)
{
  for (guint i = 0; i < CANARY_LENGTH; i++)
    if ((memory[i] ^ masked_canary[i]) != 0xff)
      return FALSE;
  return TRUE;
}

/* How often it is in what this program can write to. What lies there may go while it is read, so it
 * is read as a file, into a buffer that isn't read itself. */
static guint
count_canaries (void)
{
  static guint8 buffer[1 << 16];
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  guint n_canaries = 0;

  g_assert_cmpint (memory, !=, -1);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    guintptr at;
    guintptr end;
    char rights[5];

    if (sscanf (lines[i], "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x %4s", &at, &end,
                rights)
            != 3
        || !g_str_has_prefix (rights, "rw"))
      continue;
    for (; at + CANARY_LENGTH <= end; at += sizeof buffer - CANARY_LENGTH + 1) {
      gssize length = pread (memory, buffer, MIN (sizeof buffer, end - at), (off_t) at);

      for (gssize k = 0; k + CANARY_LENGTH <= length; k++)
        if (is_canary (buffer + k) && at + k - (guintptr) buffer >= sizeof buffer)
          n_canaries++;
      memset (buffer, 0, sizeof buffer);
    }
  }
  close (memory);
  return n_canaries;
}

/* What was kept and looked up leaves no copy behind, because it is encrypted on its way. */
static void
test_leaves_nothing (Stage *stage, gconstpointer data)
{
  TokSecret *canary = make_canary ();
  TokSecret *found;

  g_assert_cmpuint (count_canaries (), ==, 1);
  g_assert_cmpint (tok_keyring_store (stage->vault, &tok_keyring_own, canary), ==, FINE);
  g_assert_cmpint (tok_keyring_lookup (stage->vault, &tok_keyring_own, &found), ==, FINE);
  g_assert_cmpuint (count_canaries (), ==, 2);
  tok_secret_free (canary);
  tok_secret_free (found);
  g_assert_cmpuint (count_canaries (), ==, 0);
}
#endif

#define ADD(name, set_up_function, function)                                                       \
  g_test_add ("/keyring-daemon/" name, Stage, NULL, set_up_function, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  tok_test_init (&argc, &argv);

  ADD ("missing", set_up_without, test_missing);
  ADD ("no-keyring", set_up_empty, test_no_keyring);
  ADD ("empty", set_up, test_empty);
  ADD ("keeps", set_up, test_keeps);
  ADD ("copies", set_up, test_copies);
  ADD ("list-copies", set_up, test_list_copies);
  ADD ("list-copies-locked-empty", set_up, test_list_copies_locked_empty);
  ADD ("locked", set_up, test_locked);
  ADD ("locked-empty", set_up, test_locked_empty);
  ADD ("restarted-locked", set_up, test_restarted_locked);
  ADD ("restarted", set_up, test_restarted);
  ADD ("duplicates", set_up, test_duplicates);
  ADD ("changed-underneath", set_up, test_changed_underneath);
#ifndef __SANITIZE_ADDRESS__
  ADD ("leaves-nothing", set_up, test_leaves_nothing);
#endif

  status = g_test_run ();
  tok_keyring_bus_down ();
  return status;
}
