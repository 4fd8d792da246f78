/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

#define PROMPT_INTERFACE "org.freedesktop.Secret.Prompt"

/* One call: what is to be unlocked, and the prompt that the keyring wants for it. */
typedef struct {
  GPtrArray *paths;

  char *prompt;
  guint completed;
  gulong owner_changed;
  GSource *cancelled;
} Errand;

static void
free_errand (Errand *errand)
{
  g_ptr_array_unref (errand->paths);
  g_free (errand->prompt);
  g_free (errand);
}

/* The prompt, which has all the time that its owner takes. libsecret's own waits for ever when the
 * service goes away, or dismisses a prompt that was to make a keyring. */

static void
call_prompt (GTask *task, const char *method, GVariant *arguments, GAsyncReadyCallback callback)
{
  Errand *errand = g_task_get_task_data (task);
  GDBusProxy *proxy = g_task_get_source_object (task);

  g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy),
                          errand->prompt, PROMPT_INTERFACE, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, g_dbus_proxy_get_default_timeout (proxy),
                          NULL, callback, callback != NULL ? g_object_ref (task) : NULL);
}

/* Whether this is the first that ends the waiting. The subscription has held the task. */
static gboolean
stop_waiting (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  GDBusProxy *proxy = g_task_get_source_object (task);
  guint completed = errand->completed;

  if (completed == 0)
    return FALSE;
  errand->completed = 0;
  g_clear_signal_handler (&errand->owner_changed, proxy);
  if (errand->cancelled != NULL)
    g_source_destroy (errand->cancelled);
  g_clear_pointer (&errand->cancelled, g_source_unref);
  g_dbus_connection_signal_unsubscribe (g_dbus_proxy_get_connection (proxy), completed);
  return TRUE;
}

static void
on_completed (GDBusConnection *connection,
              const char *sender,
              const char *path,
              const char *interface,
              const char *signal,
              GVariant *arguments,
              gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  gboolean is_dismissed = TRUE;

  if (!stop_waiting (task))
    return;
  if (g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(bv)")))
    g_variant_get_child (arguments, 0, "b", &is_dismissed);
  if (is_dismissed)
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_DISMISSED, "%s",
                             _ ("The keyring’s prompt was dismissed."));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_owner_changed (GDBusProxy *proxy, GParamSpec *pspec, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  if (stop_waiting (task))
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_FAILED, "%s",
                             _ ("The keyring went away while it was asking."));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  if (stop_waiting (task)) {
    call_prompt (task, "Dismiss", NULL, NULL);
    g_task_return_error_if_cancelled (task);
  }
  return G_SOURCE_REMOVE;
}

static void
on_prompt_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (answer == NULL && stop_waiting (task))
    g_task_return_error (task, tok_keyring_translate_error (error, TRUE));
}

static void
show_prompt (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  GDBusProxy *proxy = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *owner = g_dbus_proxy_get_name_owner (proxy);

  errand->completed = g_dbus_connection_signal_subscribe (
      g_dbus_proxy_get_connection (proxy), owner, PROMPT_INTERFACE, "Completed", errand->prompt,
      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_completed, g_object_ref (task), g_object_unref);
  errand->owner_changed
      = g_signal_connect (proxy, "notify::g-name-owner", G_CALLBACK (on_owner_changed), task);
  if (cancellable != NULL) {
    errand->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (errand->cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
    g_source_attach (errand->cancelled, g_task_get_context (task));
  }
  call_prompt (task, "Prompt", g_variant_new ("(s)", ""), on_prompt_ready);
}

/* What leads to it. */

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  Errand *errand = g_task_get_task_data (task);

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_variant_get_child (answer, 1, "o", &errand->prompt);
  if (g_str_equal (errand->prompt, "/"))
    g_task_return_boolean (task, TRUE);
  else
    show_prompt (task);
}

static GVariant *
describe_new_collection (void)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&properties, "{sv}", "org.freedesktop.Secret.Collection.Label",
                         /* Translators: the name of the keyring that is made where there is none;
                          * it is there for other programs, too. */
                         g_variant_new_string (_ ("Default Keyring")));
  return g_variant_new ("(a{sv}s)", &properties, SECRET_COLLECTION_DEFAULT);
}

static void
on_default_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gboolean is_locked;
  Errand *errand = g_task_get_task_data (task);
  GPtrArray *paths = errand->paths;
  const char *method = "Unlock";
  GVariant *arguments;

  if (!tok_keyring_service_find_default_finish (TOK_KEYRING_SERVICE (source), result, &path,
                                                &is_locked, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (is_locked)
    g_ptr_array_insert (paths, 0, g_strdup (path));
  if (paths->len > 0) {
    arguments = g_variant_new (
        "(@ao)", g_variant_new_objv ((const char *const *) paths->pdata, (gssize) paths->len));
  } else if (path == NULL) {
    method = "CreateCollection";
    arguments = describe_new_collection ();
  } else {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_dbus_proxy_call (G_DBUS_PROXY (source), method, arguments, G_DBUS_CALL_FLAGS_NONE, -1,
                     g_task_get_cancellable (task), on_asked, g_object_ref (task));
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) locked = NULL;
  Errand *errand = g_task_get_task_data (task);

  if (!secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (source), result, NULL, &locked,
                                                    &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  for (guint i = 0; locked[i] != NULL; i++)
    g_ptr_array_add (errand->paths, g_strdup (locked[i]));
  tok_keyring_service_find_default_async (TOK_KEYRING_SERVICE (source),
                                          g_task_get_cancellable (task), on_default_found,
                                          g_object_ref (task));
}

static void
unlock_async (TokVault *vault,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (vault, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = g_hash_table_new (NULL, NULL);
  Errand *errand = g_new0 (Errand, 1);

  errand->paths = g_ptr_array_new_with_free_func (g_free);
  g_task_set_source_tag (task, unlock_async);
  g_task_set_task_data (task, errand, (GDestroyNotify) free_errand);
  secret_service_search_for_dbus_paths (SECRET_SERVICE (vault), &tok_keyring_schema, attributes,
                                        cancellable, on_search_ready, g_object_ref (task));
}

static gboolean
unlock_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_keyring_service_init_unlock:
 * @iface: The interface, as the Secret Service implements it.
 *
 * Fills in how the keyring is unlocked: the default collection, and all others that hold items of
 * this program. Where there is no collection for new items one is made.
 */
void
tok_keyring_service_init_unlock (TokVaultInterface *iface)
{
  iface->unlock_async = unlock_async;
  iface->unlock_finish = unlock_finish;
}
