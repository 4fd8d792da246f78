/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of the errors of libsecret and D-Bus. */

#include "tok-keyring-private.h"

#include "tok-error.h"
#include "tok-test.h"

typedef struct {
  const char *name;
  GQuark (*domain) (void);
  int code;
  TokError reached; /* once the keyring was reached */
  TokError sought;  /* before that */
} Case;

#define FAILED TOK_ERROR_VAULT_FAILED
#define LOCKED TOK_ERROR_VAULT_LOCKED
#define MISSING TOK_ERROR_VAULT_MISSING

static const Case cases[] = {
  { "no-service", g_dbus_error_quark, G_DBUS_ERROR_SERVICE_UNKNOWN, MISSING, MISSING },
  { "no-owner", g_dbus_error_quark, G_DBUS_ERROR_NAME_HAS_NO_OWNER, MISSING, MISSING },
  { "no-bus", g_dbus_error_quark, G_DBUS_ERROR_NO_SERVER, MISSING, MISSING },
  { "cut-off", g_dbus_error_quark, G_DBUS_ERROR_DISCONNECTED, MISSING, MISSING },
  { "exec-failed", g_dbus_error_quark, G_DBUS_ERROR_SPAWN_EXEC_FAILED, MISSING, MISSING },
  { "child-exited", g_dbus_error_quark, G_DBUS_ERROR_SPAWN_CHILD_EXITED, MISSING, MISSING },
  { "no-memory-for-it", g_dbus_error_quark, G_DBUS_ERROR_SPAWN_NO_MEMORY, MISSING, MISSING },
  { "no-bus-daemon", g_spawn_error_quark, G_SPAWN_ERROR_NOENT, FAILED, MISSING },
  { "no-socket", g_io_error_quark, G_IO_ERROR_NOT_FOUND, FAILED, MISSING },
  { "no-autolaunch", g_io_error_quark, G_IO_ERROR_FAILED, FAILED, MISSING },
  { "no-reply", g_dbus_error_quark, G_DBUS_ERROR_NO_REPLY, FAILED, FAILED },
  { "no-access", g_dbus_error_quark, G_DBUS_ERROR_ACCESS_DENIED, FAILED, FAILED },
  { "before-spawning", g_dbus_error_quark, G_DBUS_ERROR_SPAWN_EXEC_FAILED - 1, FAILED, FAILED },
  { "after-spawning", g_dbus_error_quark, G_DBUS_ERROR_SPAWN_NO_MEMORY + 1, FAILED, FAILED },
  { "locked", secret_error_get_quark, SECRET_ERROR_IS_LOCKED, LOCKED, LOCKED },
  { "no-object", secret_error_get_quark, SECRET_ERROR_NO_SUCH_OBJECT, FAILED, FAILED },
  { "garbage", secret_error_get_quark, SECRET_ERROR_INVALID_FILE_FORMAT, FAILED, FAILED },
  { "ours", tok_error_quark, TOK_ERROR_VAULT_AMBIGUOUS, TOK_ERROR_VAULT_AMBIGUOUS,
    TOK_ERROR_VAULT_AMBIGUOUS },
};

static void
test_case (gconstpointer data)
{
  const Case *now = data;
  g_autoptr (GError) error = g_error_new_literal (now->domain (), now->code, "In its own words.");
  g_autoptr (GError) reached = tok_keyring_translate_error (error, TRUE);
  g_autoptr (GError) sought = tok_keyring_translate_error (error, FALSE);

  g_assert_error (reached, TOK_ERROR, (int) now->reached);
  g_assert_cmpstr (reached->message, ==, "In its own words.");
  g_assert_error (sought, TOK_ERROR, (int) now->sought);
}

/* What D-Bus puts before the words of the other side is for programs. */
static void
test_remote (void)
{
  g_autoptr (GError) error
      = g_dbus_error_new_for_dbus_error ("org.example.Error.Strange", "In its own words.");
  g_autoptr (GError) translated = tok_keyring_translate_error (error, TRUE);

  g_assert_error (translated, TOK_ERROR, TOK_ERROR_VAULT_FAILED);
  g_assert_cmpstr (translated->message, ==, "In its own words.");
}

int
main (int argc, char **argv)
{
  tok_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/keyring-error/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/keyring-error/remote", test_remote);

  return g_test_run ();
}
