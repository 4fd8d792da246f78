/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

/* One list, and what is known of it so far. */
typedef struct {
  char **items; /* locked or not */
  guint n_read;
  GHashTable *names;
} Errand;

static void
free_errand (Errand *errand)
{
  g_strfreev (errand->items);
  g_hash_table_unref (errand->names);
  g_free (errand);
}

static char **
dup_names (Errand *errand)
{
  guint n;
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (errand->names, &n);

  return g_strdupv ((char **) names);
}

static void read_next (GTask *task);

static void
on_attributes_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) attributes = NULL;
  Errand *errand = g_task_get_task_data (task);
  char *name;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (answer == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_variant_get (answer, "(v)", &attributes);
  if (g_variant_is_of_type (attributes, G_VARIANT_TYPE ("a{ss}"))
      && g_variant_lookup (attributes, TOK_KEYRING_TOKEN_NAME, "s", &name))
    g_hash_table_add (errand->names, name);
  read_next (task);
}

/* Attributes can be read while an item is locked. libsecret would make a proxy of each item. */
static void
read_next (GTask *task)
{
  GDBusProxy *proxy = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  const char *item = errand->items[errand->n_read];

  if (item == NULL) {
    g_task_return_pointer (task, dup_names (errand), (GDestroyNotify) g_strfreev);
    return;
  }
  errand->n_read++;
  g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy), item,
                          "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.freedesktop.Secret.Item", "Attributes"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                          g_dbus_proxy_get_default_timeout (proxy), g_task_get_cancellable (task),
                          on_attributes_ready, g_object_ref (task));
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
    read_next (task);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) unlocked = NULL;
  g_auto (GStrv) locked = NULL;
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  Errand *errand = g_task_get_task_data (task);

  if (!secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (source), result, &unlocked,
                                                    &locked, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_strv_builder_addv (items, (const char **) unlocked);
  g_strv_builder_addv (items, (const char **) locked);
  errand->items = g_strv_builder_end (items);
  if (errand->items[0] != NULL)
    read_next (task);
  else
    tok_keyring_service_find_default_async (TOK_KEYRING_SERVICE (source),
                                            g_task_get_cancellable (task), on_default_found,
                                            g_object_ref (task));
}

static void
list_copies_async (TokVault *vault,
                   const char *service,
                   const char *login_id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (vault, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_copies_attributes (service, login_id);
  Errand *errand = g_new0 (Errand, 1);

  errand->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_source_tag (task, list_copies_async);
  g_task_set_task_data (task, errand, (GDestroyNotify) free_errand);
  secret_service_search_for_dbus_paths (SECRET_SERVICE (vault), &tok_keyring_schema, attributes,
                                        cancellable, on_search_ready, g_object_ref (task));
}

static GStrv
list_copies_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, list_copies_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tok_keyring_service_init_list:
 * @iface: The interface, as the Secret Service implements it.
 *
 * Fills in how copies are listed: all items that match are looked for, locked or not, and then the
 * attributes of each are read.
 */
void
tok_keyring_service_init_list (TokVaultInterface *iface)
{
  iface->list_copies_async = list_copies_async;
  iface->list_copies_finish = list_copies_finish;
}
