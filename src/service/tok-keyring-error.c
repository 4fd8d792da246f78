/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

static gboolean
is_missing (const GError *error, gboolean was_open)
{
  if (error->domain == G_DBUS_ERROR)
    return error->code == G_DBUS_ERROR_SERVICE_UNKNOWN
           || error->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER || error->code == G_DBUS_ERROR_NO_SERVER
           || error->code == G_DBUS_ERROR_DISCONNECTED
           || (error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
               && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
  /* What keeps this program from a session bus is said by a socket, or by what would have started
   * the bus. */
  return !was_open && (error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR);
}

/**
 * tok_keyring_translate_error:
 * @error: What libsecret or D-Bus reported.
 * @was_open: Whether the keyring had been reached before.
 *
 * Returns: (transfer full): A [enum@Error] with the same words.
 */
GError *
tok_keyring_translate_error (const GError *error, gboolean was_open)
{
  g_autoptr (GError) copy = g_error_copy (error);
  TokError code = TOK_ERROR_VAULT_FAILED;

  if (error->domain == TOK_ERROR)
    return g_steal_pointer (&copy);
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = TOK_ERROR_VAULT_LOCKED;
  else if (is_missing (error, was_open))
    code = TOK_ERROR_VAULT_MISSING;
  g_dbus_error_strip_remote_error (copy);
  return g_error_new_literal (TOK_ERROR, code, copy->message);
}

/**
 * tok_keyring_return_locked:
 * @task: The task of a call that can't go on.
 *
 * Returns %TOK_ERROR_VAULT_LOCKED from @task.
 */
void
tok_keyring_return_locked (GTask *task)
{
  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_LOCKED, "%s",
                           _ ("The keyring is locked."));
}
