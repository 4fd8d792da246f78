/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-memory-vault.h"

#include "tok-error.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

struct _TokMemoryVault {
  GObject parent_instance;

  /* By what they are kept under; the values are in memory that isn't paged out, where the system
   * grants it. */
  GHashTable *secrets;
};

static void tok_memory_vault_iface_init (TokVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokMemoryVault,
                               tok_memory_vault,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOK_TYPE_VAULT, tok_memory_vault_iface_init))

static char *
make_name (const TokVaultKey *key)
{
  return g_strdup_printf ("%" G_GSIZE_FORMAT " %s%" G_GSIZE_FORMAT " %s%s%s", strlen (key->service),
                          key->service, strlen (key->login_id), key->login_id,
                          key->token_name != NULL ? " copy " : "",
                          key->token_name != NULL ? key->token_name : "");
}

static void
store_async (TokVault *vault,
             const TokVaultKey *key,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  TokMemoryVault *self = TOK_MEMORY_VAULT (vault);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_hash_table_replace (self->secrets, make_name (key),
                        secret_value_new (secret, -1, "text/plain"));
  g_task_return_boolean (task, TRUE);
}

static gboolean
store_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lookup_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  TokMemoryVault *self = TOK_MEMORY_VAULT (vault);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = make_name (key);
  SecretValue *value = g_hash_table_lookup (self->secrets, name);

  g_task_set_source_tag (task, lookup_async);
  if (value != NULL)
    g_task_return_pointer (task, g_strdup (secret_value_get_text (value)),
                           (GDestroyNotify) tok_secret_free);
  else
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT, "%s",
                             _ ("No secret is kept for this account."));
}

static TokSecret *
lookup_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
forget_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  TokMemoryVault *self = TOK_MEMORY_VAULT (vault);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *name = make_name (key);

  g_task_set_source_tag (task, forget_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_hash_table_remove (self->secrets, name);
  g_task_return_boolean (task, TRUE);
}

static gboolean
forget_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What is kept as a copy begins like the copy of a token without a name. */
static void
list_copies_async (TokVault *vault,
                   const char *service,
                   const char *login_id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  TokMemoryVault *self = TOK_MEMORY_VAULT (vault);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *prefix = make_name (&(TokVaultKey){ service, login_id, "" });
  GHashTableIter iter;
  gpointer name;

  g_task_set_source_tag (task, list_copies_async);
  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix))
      g_strv_builder_add (names, (const char *) name + strlen (prefix));
  g_task_return_pointer (task, g_strv_builder_end (names), (GDestroyNotify) g_strfreev);
}

static GStrv
list_copies_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, list_copies_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unlock_async (TokVault *vault,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, unlock_async);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static gboolean
unlock_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tok_memory_vault_iface_init (TokVaultInterface *iface)
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
tok_memory_vault_finalize (GObject *object)
{
  TokMemoryVault *self = TOK_MEMORY_VAULT (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (tok_memory_vault_parent_class)->finalize (object);
}

static void
tok_memory_vault_class_init (TokMemoryVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_memory_vault_finalize;
}

static void
tok_memory_vault_init (TokMemoryVault *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_value_unref);
}

/**
 * tok_memory_vault_new:
 *
 * A vault in the memory of this process: what it keeps ends with it.
 *
 * Returns: (transfer full): A new, empty vault.
 */
TokVault *
tok_memory_vault_new (void)
{
  return g_object_new (TOK_TYPE_MEMORY_VAULT, NULL);
}
