/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-private.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>

struct _TokKeyringFile {
  GObject parent_instance;
};

static void tok_keyring_file_iface_init (TokVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokKeyringFile,
                               tok_keyring_file,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOK_TYPE_VAULT, tok_keyring_file_iface_init))

/* libsecret reads the file only once, so it doesn't see what other programs write to it, and goes
 * on with what it couldn't write itself. Here it reads the file for every call; those come one
 * after the other. */
static GTask *
new_task (gpointer self,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  secret_service_disconnect ();
  return task;
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
store_async (TokVault *vault,
             const TokVaultKey *key,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = new_task (vault, store_async, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_attributes (key);
  g_autofree char *label = tok_keyring_make_label (key);
  g_autoptr (SecretValue) value = secret_value_new (secret, -1, "text/plain");

  secret_password_storev_binary (&tok_keyring_schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                                 value, cancellable, on_store_ready, task);
}

static gboolean
store_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = secret_password_lookup_binary_finish (result, &error);
  g_autoptr (TokSecret) secret = NULL;

  if (value != NULL)
    secret = tok_keyring_dup_secret (value, &error);
  else if (error == NULL)
    g_set_error (&error, TOK_ERROR, TOK_ERROR_VAULT, "%s",
                 _ ("No secret is kept for this account."));
  if (secret != NULL)
    g_task_return_pointer (task, g_steal_pointer (&secret), (GDestroyNotify) tok_secret_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Storing replaces what has the same attributes, so there are no duplicates. */
static void
lookup_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = new_task (vault, lookup_async, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_attributes (key);

  secret_password_lookupv (&tok_keyring_schema, attributes, cancellable, on_lookup_ready, task);
}

static TokSecret *
lookup_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* No error, and nothing cleared: there was nothing. */
static void
on_clear_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
forget_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = new_task (vault, forget_async, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_attributes (key);

  secret_password_clearv (&tok_keyring_schema, attributes, cancellable, on_clear_ready, task);
}

static gboolean
forget_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char **
dup_names (GList *items)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (GList *item = items; item != NULL; item = item->next) {
    g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item->data);
    const char *name = g_hash_table_lookup (attributes, TOK_KEYRING_TOKEN_NAME);

    if (name != NULL)
      g_strv_builder_add (names, name);
  }
  return g_strv_builder_end (names);
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autolist (SecretRetrievable) items = secret_password_search_finish (result, &error);

  if (error == NULL)
    g_task_return_pointer (task, dup_names (items), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
list_copies_async (TokVault *vault,
                   const char *service,
                   const char *login_id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = new_task (vault, list_copies_async, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_copies_attributes (service, login_id);

  secret_password_searchv (&tok_keyring_schema, attributes, SECRET_SEARCH_ALL, cancellable,
                           on_list_ready, task);
}

static GStrv
list_copies_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, list_copies_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_unlock_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = secret_password_lookup_binary_finish (result, &error);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* There is nothing to unlock, only a file that can be read or can't. */
static void
unlock_async (TokVault *vault,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = new_task (vault, unlock_async, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = tok_keyring_make_attributes (&(TokVaultKey){ "", "", NULL });

  secret_password_lookupv (&tok_keyring_schema, attributes, cancellable, on_unlock_ready, task);
}

static gboolean
unlock_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tok_keyring_file_iface_init (TokVaultInterface *iface)
{
  iface->store_async = store_async;
  iface->store_finish = store_finish;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->forget_async = forget_async;
  iface->forget_finish = forget_finish;
  iface->list_copies_async = list_copies_async;
  iface->list_copies_finish = list_copies_finish;
  iface->unlock_async = unlock_async;
  iface->unlock_finish = unlock_finish;
}

static void
tok_keyring_file_class_init (TokKeyringFileClass *klass)
{
}

static void
tok_keyring_file_init (TokKeyringFile *self)
{
}

/**
 * tok_keyring_file_new:
 *
 * Returns: (transfer full): The file, which isn't read yet.
 */
TokVault *
tok_keyring_file_new (void)
{
  return g_object_new (TOK_TYPE_KEYRING_FILE, NULL);
}
