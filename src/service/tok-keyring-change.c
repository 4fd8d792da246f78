/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

/* One call, and what it has learnt so far. */
typedef struct {
  GHashTable *attributes;
  char *label;
  SecretValue *value;

  char *new_item;
  char **items; /* those that match and aren't locked */
  guint n_done;
  gboolean leaves_some;
} Errand;

static void
free_errand (Errand *errand)
{
  g_hash_table_unref (errand->attributes);
  g_free (errand->label);
  g_clear_pointer (&errand->value, secret_value_unref);
  g_free (errand->new_item);
  g_strfreev (errand->items);
  g_free (errand);
}

static GTask *
new_task (gpointer self,
          gpointer source_tag,
          const TokVaultKey *key,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->attributes = tok_keyring_make_attributes (key);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, errand, (GDestroyNotify) free_errand);
  return task;
}

static void
search (GTask *task, GAsyncReadyCallback callback)
{
  Errand *errand = g_task_get_task_data (task);

  secret_service_search_for_dbus_paths (g_task_get_source_object (task), &tok_keyring_schema,
                                        errand->attributes, g_task_get_cancellable (task), callback,
                                        g_object_ref (task));
}

/* What is deleted, one by one: all that was found, except for the new item. */

static void delete_next (GTask *task);

static void
on_delete_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_service_delete_item_dbus_path_finish (SECRET_SERVICE (source), result, &error))
    delete_next (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
delete_next (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  const char *item = errand->items[errand->n_done];

  while (item != NULL && g_strcmp0 (item, errand->new_item) == 0)
    item = errand->items[++errand->n_done];

  if (item != NULL) {
    errand->n_done++;
    secret_service_delete_item_dbus_path (g_task_get_source_object (task), item,
                                          g_task_get_cancellable (task), on_delete_ready,
                                          g_object_ref (task));
  } else if (errand->leaves_some) {
    tok_keyring_return_locked (task);
  } else {
    g_task_return_boolean (task, TRUE);
  }
}

/* Store. */

/* Nothing is deleted unless the new item is recognised among those that were found. */
static void
on_stored_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Errand *errand = g_task_get_task_data (task);

  if (!secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (source), result, &errand->items,
                                                    NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_strv_contains ((const char *const *) errand->items, errand->new_item))
    delete_next (task);
  else if (g_strv_length (errand->items) == 1)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_FAILED, "%s",
                             _ ("The keyring took the secret, but doesn’t find it again."));
}

static void
on_create_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Errand *errand = g_task_get_task_data (task);

  errand->new_item
      = secret_service_create_item_dbus_path_finish (SECRET_SERVICE (source), result, &error);
  if (errand->new_item != NULL)
    search (task, on_stored_found);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GVariant *
make_attributes (GHashTable *attributes)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, attributes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_variant_builder_add (&builder, "{ss}", name, value);
  g_variant_builder_add (&builder, "{ss}", "xdg:schema", tok_keyring_schema.name);
  return g_variant_builder_end (&builder);
}

static void
create (GTask *task, const char *collection)
{
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GHashTable) properties = NULL;

  properties
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  g_hash_table_insert (properties, (gpointer) "org.freedesktop.Secret.Item.Label",
                       g_variant_ref_sink (g_variant_new_string (errand->label)));
  g_hash_table_insert (properties, (gpointer) "org.freedesktop.Secret.Item.Attributes",
                       g_variant_ref_sink (make_attributes (errand->attributes)));
  secret_service_create_item_dbus_path (g_task_get_source_object (task), collection, properties,
                                        errand->value, SECRET_ITEM_CREATE_REPLACE,
                                        g_task_get_cancellable (task), on_create_ready,
                                        g_object_ref (task));
}

/* libsecret's own store would make a keyring where there is none, and unlock one that is locked. */
static void
on_store_default_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gboolean is_locked;

  if (!tok_keyring_service_find_default_finish (TOK_KEYRING_SERVICE (source), result, &path,
                                                &is_locked, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (path == NULL || is_locked)
    tok_keyring_return_locked (task);
  else
    create (task, path);
}

static void
store_async (TokVault *vault,
             const TokVaultKey *key,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = new_task (vault, store_async, key, cancellable, callback, user_data);
  Errand *errand = g_task_get_task_data (task);

  errand->label = tok_keyring_make_label (key);
  errand->value = secret_value_new (secret, -1, "text/plain");
  tok_keyring_service_find_default_async (TOK_KEYRING_SERVICE (vault), cancellable,
                                          on_store_default_found, g_object_ref (task));
}

static gboolean
store_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Forget. */

static void
on_forget_default_found (GObject *source, GAsyncResult *result, gpointer data)
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
    g_task_return_boolean (task, TRUE);
}

static void
on_forgotten_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) locked = NULL;
  Errand *errand = g_task_get_task_data (task);

  if (!secret_service_search_for_dbus_paths_finish (SECRET_SERVICE (source), result, &errand->items,
                                                    &locked, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  errand->leaves_some = locked[0] != NULL;
  if (errand->items[0] != NULL || errand->leaves_some)
    delete_next (task);
  else
    tok_keyring_service_find_default_async (TOK_KEYRING_SERVICE (source),
                                            g_task_get_cancellable (task), on_forget_default_found,
                                            g_object_ref (task));
}

static void
forget_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = new_task (vault, forget_async, key, cancellable, callback, user_data);

  search (task, on_forgotten_found);
}

static gboolean
forget_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_keyring_service_init_change:
 * @iface: The interface, as the Secret Service implements it.
 *
 * Fills in how a secret is stored and forgotten. It is stored in the default collection, then all
 * other items that match and aren't locked are deleted; forgetting deletes all of them.
 */
void
tok_keyring_service_init_change (TokVaultInterface *iface)
{
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->forget_async = forget_async;
  iface->forget_finish = forget_finish;
}
