/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

/* What an item holds is sent in a session, and only its two ends can read it. */
static TokSecret *
decode_secret (SecretService *service, GVariant *encoded, GError **error)
{
  g_autoptr (SecretValue) value = secret_service_decode_dbus_secret (service, encoded);

  if (value != NULL)
    return tok_keyring_dup_secret (value, error);
  g_set_error (error, SECRET_ERROR, SECRET_ERROR_PROTOCOL, "%s",
               _ ("What the keyring sent can’t be decrypted."));
  return NULL;
}

static TokSecret *
pick_secret (SecretService *service, GVariant *secrets, GError **error)
{
  g_autoptr (TokSecret) secret = NULL;

  for (gsize i = 0; i < g_variant_n_children (secrets); i++) {
    g_autoptr (GVariant) encoded = NULL;
    g_autoptr (TokSecret) other = NULL;

    g_variant_get_child (secrets, i, "{o@(oayays)}", NULL, &encoded);
    other = decode_secret (service, encoded, error);
    if (other == NULL)
      return NULL;
    if (secret != NULL && !g_str_equal (secret, other)) {
      g_set_error (error, TOK_ERROR, TOK_ERROR_VAULT_AMBIGUOUS, "%s",
                   _ ("The keyring holds several secrets for this account, and they differ."));
      return NULL;
    }
    g_clear_pointer (&secret, tok_secret_free);
    secret = g_steal_pointer (&other);
  }
  return g_steal_pointer (&secret);
}

static void
on_secrets_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) secrets = NULL;
  g_autoptr (TokSecret) secret = NULL;

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (answer != NULL) {
    secrets = g_variant_get_child_value (answer, 0);
    if (g_variant_n_children (secrets) == g_strv_length (g_task_get_task_data (task)))
      secret = pick_secret (SECRET_SERVICE (source), secrets, &error);
    else
      g_set_error (&error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT, "%s",
                   _ ("The keyring found the secret, but doesn’t hand it out."));
  }
  if (secret != NULL)
    g_task_return_pointer (task, g_steal_pointer (&secret), (GDestroyNotify) tok_secret_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* libsecret 0.20's own call never frees the answer. */
static void
on_session_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  SecretService *service = SECRET_SERVICE (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!secret_service_ensure_session_finish (service, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_dbus_proxy_call (G_DBUS_PROXY (service), "GetSecrets",
                       g_variant_new ("(^aoo)", g_task_get_task_data (task),
                                      secret_service_get_session_dbus_path (service)),
                       G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), on_secrets_ready,
                       g_object_ref (task));
}

/* A service need not tell what a locked collection holds. */
static void
on_default_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gboolean is_locked;

  if (!tok_keyring_service_find_default_finish (TOK_KEYRING_SERVICE (source), result, &path,
                                                &is_locked, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (is_locked)
    tok_keyring_return_locked (task);
  else
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT, "%s",
                             _ ("No secret is kept for this account."));
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  SecretService *service = SECRET_SERVICE (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) locked = NULL;
  char **items;

  if (!secret_service_search_for_dbus_paths_finish (service, result, &items, &locked, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_set_task_data (task, items, (GDestroyNotify) g_strfreev);
  if (items[0] != NULL)
    secret_service_ensure_session (service, g_task_get_cancellable (task), on_session_ready,
                                   g_object_ref (task));
  else if (locked[0] != NULL)
    tok_keyring_return_locked (task);
  else
    tok_keyring_service_find_default_async (TOK_KEYRING_SERVICE (service),
                                            g_task_get_cancellable (task), on_default_found,
                                            g_object_ref (task));
}

static void
lookup_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (vault, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_attributes (key);

  g_task_set_source_tag (task, lookup_async);
  secret_service_search_for_dbus_paths (SECRET_SERVICE (vault), &tok_keyring_schema, attributes,
                                        cancellable, on_search_ready, g_object_ref (task));
}

static TokSecret *
lookup_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tok_keyring_service_init_lookup:
 * @iface: The interface, as the Secret Service implements it.
 *
 * Fills in how a secret is looked up: all items that match are looked for, then those that aren't
 * locked are read. Locked ones count only if there is no other.
 */
void
tok_keyring_service_init_lookup (TokVaultInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}
