/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

struct _TokKeyringService {
  SecretService parent_instance;
};

static void tok_keyring_service_iface_init (TokVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokKeyringService,
                               tok_keyring_service,
                               SECRET_TYPE_SERVICE,
                               G_IMPLEMENT_INTERFACE (TOK_TYPE_VAULT,
                                                      tok_keyring_service_iface_init))

/* The alias may outlive its collection; then it is as if there were none. */
static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

static void
on_default_is_locked_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) is_locked = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (answer != NULL) {
    g_variant_get (answer, "(v)", &is_locked);
    g_task_return_boolean (task, !g_variant_is_of_type (is_locked, G_VARIANT_TYPE_BOOLEAN)
                                     || g_variant_get_boolean (is_locked));
  } else if (is_gone (error)) {
    g_task_set_task_data (task, NULL, NULL);
    g_task_return_boolean (task, FALSE);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

static void
on_default_path_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusProxy *proxy = G_DBUS_PROXY (source);
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *path = secret_service_read_alias_dbus_path_finish (SECRET_SERVICE (source), result, &error);

  g_task_set_task_data (task, path, g_free);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (path == NULL)
    g_task_return_boolean (task, FALSE);
  else
    g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy),
                            path, "org.freedesktop.DBus.Properties", "Get",
                            g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"),
                            G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                            g_dbus_proxy_get_default_timeout (proxy), g_task_get_cancellable (task),
                            on_default_is_locked_ready, g_object_ref (task));
}

/* In the place of libsecret's own, which would show the prompt. */
static void
prompt_async (SecretService *service,
              SecretPrompt *prompt,
              const GVariantType *return_type,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (service, cancellable, callback, user_data);

  g_task_set_source_tag (task, prompt_async);
  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_FAILED, "%s",
                           _ ("The keyring won’t do that without asking."));
}

static GVariant *
prompt_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tok_keyring_service_iface_init (TokVaultInterface *iface)
{
  tok_keyring_service_init_lookup (iface);
  tok_keyring_service_init_change (iface);
  tok_keyring_service_init_list (iface);
  tok_keyring_service_init_unlock (iface);
}

static void
tok_keyring_service_class_init (TokKeyringServiceClass *klass)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (klass);

  service_class->prompt_async = prompt_async;
  service_class->prompt_finish = prompt_finish;
}

static void
tok_keyring_service_init (TokKeyringService *self)
{
}

/**
 * tok_keyring_service_open_async:
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Looks for the Secret Service on the session bus, which may start it. That there is none may be
 * found out only when it is used.
 */
void
tok_keyring_service_open_async (GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  secret_service_open (TOK_TYPE_KEYRING_SERVICE, NULL, SECRET_SERVICE_NONE, cancellable, callback,
                       user_data);
}

/**
 * tok_keyring_service_open_finish:
 * @result: What the callback was given.
 * @answer_timeout: How long it may take to answer most questions, in milliseconds.
 * @error: Where to put what went wrong.
 *
 * Returns: (transfer full) (nullable): A connection to the Secret Service.
 */
TokVault *
tok_keyring_service_open_finish (GAsyncResult *result, guint answer_timeout, GError **error)
{
  SecretService *service = secret_service_open_finish (result, error);

  if (service == NULL)
    return NULL;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (service), (int) answer_timeout);
  return TOK_VAULT (service);
}

/**
 * tok_keyring_service_find_default_async:
 * @self: The Secret Service.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Asks for the collection that new items go into.
 */
void
tok_keyring_service_find_default_async (TokKeyringService *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tok_keyring_service_find_default_async);
  secret_service_read_alias_dbus_path (SECRET_SERVICE (self), SECRET_COLLECTION_DEFAULT,
                                       cancellable, on_default_path_ready, g_object_ref (task));
}

/**
 * tok_keyring_service_find_default_finish:
 * @self: The Secret Service.
 * @result: What the callback was given.
 * @path: (out) (nullable): Its path, or %NULL if there is no keyring yet.
 * @is_locked: (out): Whether it is locked.
 * @error: Where to put what went wrong.
 *
 * Returns: Whether that is known.
 */
gboolean
tok_keyring_service_find_default_finish (TokKeyringService *self,
                                         GAsyncResult *result,
                                         char **path,
                                         gboolean *is_locked,
                                         GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gboolean locked = g_task_propagate_boolean (G_TASK (result), &own_error);

  if (own_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&own_error));
    return FALSE;
  }
  *path = g_strdup (g_task_get_task_data (G_TASK (result)));
  *is_locked = locked;
  return TRUE;
}
