/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-log.h"
#include "tok-demo-server-private.h"

/**
 * tok_demo_server_keep:
 * @self: A service that was just made.
 * @path: A file, or where one is to be.
 * @resumed: (out): Whether the file was there, so that its tokens, apps and login history have
 *   taken the place of the sample's.
 * @error: Where to put a %G_FILE_ERROR, whose message is a sentence for people.
 *
 * Keeps what clients change in a file, from [method@DemoServer.start] on and after every change. A
 * file that holds anything else is left as it is.
 *
 * Returns: Whether the service goes on with what the file holds, or begins a new one.
 */
gboolean
tok_demo_server_keep (TokDemoServer *self, const char *path, gboolean *resumed, GError **error)
{
  g_autoptr (TokDemoState) state = NULL;
  TokDemoOwner *owner;

  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), FALSE);
  g_return_val_if_fail (path != NULL && self->state == NULL, FALSE);

  state = tok_demo_state_new (path);
  if (!tok_demo_state_load (state, &owner, error))
    return FALSE;
  self->state = g_steal_pointer (&state);
  *resumed = owner != NULL;
  if (owner == NULL)
    return TRUE;
  tok_demo_server_set_owner (self, owner);
  tok_demo_server_allow_long_answers (self);
  return TRUE;
}

/**
 * tok_demo_server_save:
 * @self: A service.
 * @error: Where to put a %G_FILE_ERROR.
 *
 * Keeps what is to be kept.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_server_save (TokDemoServer *self, GError **error)
{
  return self->state == NULL || tok_demo_state_save (self->state, self->owner, error);
}

/**
 * tok_demo_server_set_log:
 * @self: A service without a log.
 * @path: (nullable): A file, which is written on at its end, or %NULL for standard error.
 * @error: Where to put a %G_IO_ERROR.
 *
 * Writes a line of JSON for each call from now on: when it came (`time`), by which `connection`,
 * for which `login_id`, its name (`call`), its `req_id`, the `app_id` that it names, its `outcome`
 * ("done", "not-done", the code of an error, or "closed" for what was no request), and the `fault`
 * that has happened to it, if any. It has no secrets, and is written before the answer is sent.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_server_set_log (TokDemoServer *self, const char *path, GError **error)
{
  TokDemoLog *log;

  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), FALSE);

  log = tok_demo_log_new (path, error);
  if (log == NULL)
    return FALSE;
  tok_demo_gate_set_log (self->gate, log);
  return TRUE;
}

/**
 * tok_demo_server_set_tls:
 * @self: A service that isn't listening.
 * @certificate: A file with a certificate in PEM, and those that it was made with, if any.
 * @key: A file with its private key in PEM.
 * @error: Where to put a %G_TLS_ERROR, %G_FILE_ERROR or %G_IO_ERROR.
 *
 * Speaks TLS, to everybody who connects.
 *
 * Returns: Whether that worked.
 */
gboolean
tok_demo_server_set_tls (TokDemoServer *self,
                         const char *certificate,
                         const char *key,
                         GError **error)
{
  g_return_val_if_fail (TOK_IS_DEMO_SERVER (self), FALSE);
  g_return_val_if_fail (self->listener == NULL && self->certificate == NULL, FALSE);

  self->certificate = g_tls_certificate_new_from_files (certificate, key, error);
  return self->certificate != NULL;
}
