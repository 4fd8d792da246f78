/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fake-vault.h"

#include "tok-address.h"

#include <string.h>

/**
 * TokFakeVault:
 *
 * A vault that fails, or takes its time, as a test tells it to.
 */
struct _TokFakeVault {
  GObject parent_instance;

  GHashTable *secrets;
  int failures[TOK_FAKE_VAULT_N_CALLS]; /* a TokError, or WELL */
  guint n_calls[TOK_FAKE_VAULT_N_CALLS];
  gboolean held;
  GQueue tasks; /* of GTask: what was asked while it is held */
};

#define WELL (-1)

const TokFakeVaultCode tok_fake_vault_codes[] = {
  { "nothing", TOK_ERROR_VAULT },
  { "missing", TOK_ERROR_VAULT_MISSING },
  { "locked", TOK_ERROR_VAULT_LOCKED },
  { "dismissed", TOK_ERROR_VAULT_DISMISSED },
  { "failed", TOK_ERROR_VAULT_FAILED },
  { "ambiguous", TOK_ERROR_VAULT_AMBIGUOUS },
  { NULL, 0 },
};

static void vault_iface_init (TokVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokFakeVault,
                               tok_fake_vault,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOK_TYPE_VAULT, vault_iface_init))

typedef struct {
  TokFakeVaultCall call;
  char *name; /* what it is about; NULL for the vault itself */
  char *secret;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->name);
  tok_secret_free (question->secret);
  g_free (question);
}

static char *
make_name (const TokVaultKey *key)
{
  return g_strconcat (key->login_id, " ", key->service, " ", key->token_name, NULL);
}

/* What is kept as a copy begins like what signs in. */
static char **
dup_copies (TokFakeVault *self, const char *prefix)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix) && !g_str_equal (name, prefix))
      g_strv_builder_add (names, (const char *) name + strlen (prefix));
  return g_strv_builder_end (names);
}

static void
answer (GTask *task)
{
  TokFakeVault *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  const char *secret
      = question->name != NULL ? g_hash_table_lookup (self->secrets, question->name) : NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->failures[question->call] != WELL) {
    g_task_return_new_error (task, TOK_ERROR, self->failures[question->call],
                             "The vault does as it is told");
    return;
  }
  switch (question->call) {
  case TOK_FAKE_VAULT_STORE:
    g_hash_table_replace (self->secrets, g_strdup (question->name), g_strdup (question->secret));
    g_task_return_boolean (task, TRUE);
    break;
  case TOK_FAKE_VAULT_LOOKUP:
    if (secret != NULL)
      g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) tok_secret_free);
    else
      g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT, "There is none");
    break;
  case TOK_FAKE_VAULT_FORGET:
    g_hash_table_remove (self->secrets, question->name);
    g_task_return_boolean (task, TRUE);
    break;
  case TOK_FAKE_VAULT_LIST:
    g_task_return_pointer (task, dup_copies (self, question->name), (GDestroyNotify) g_strfreev);
    break;
  case TOK_FAKE_VAULT_UNLOCK:
    for (guint i = 0; i < TOK_FAKE_VAULT_N_CALLS; i++)
      if (self->failures[i] == TOK_ERROR_VAULT_LOCKED)
        self->failures[i] = WELL;
    g_task_return_boolean (task, TRUE);
    break;
  case TOK_FAKE_VAULT_N_CALLS:
    g_assert_not_reached ();
  }
}

static void
ask (TokVault *vault,
     TokFakeVaultCall call,
     const TokVaultKey *key,
     const char *secret,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  TokFakeVault *self = TOK_FAKE_VAULT (vault);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->call = call;
  question->name = key != NULL ? make_name (key) : NULL;
  question->secret = g_strdup (secret);
  g_task_set_task_data (task, question, free_question);
  self->n_calls[call]++;
  if (self->held)
    g_queue_push_tail (&self->tasks, g_steal_pointer (&task));
  else
    answer (task);
}

static void
store_async (TokVault *vault,
             const TokVaultKey *key,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  ask (vault, TOK_FAKE_VAULT_STORE, key, secret, cancellable, callback, user_data);
}

static void
lookup_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ask (vault, TOK_FAKE_VAULT_LOOKUP, key, NULL, cancellable, callback, user_data);
}

static void
forget_async (TokVault *vault,
              const TokVaultKey *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ask (vault, TOK_FAKE_VAULT_FORGET, key, NULL, cancellable, callback, user_data);
}

static void
list_copies_async (TokVault *vault,
                   const char *service,
                   const char *login_id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  ask (vault, TOK_FAKE_VAULT_LIST, &(TokVaultKey){ service, login_id, NULL }, NULL, cancellable,
       callback, user_data);
}

static void
unlock_async (TokVault *vault,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ask (vault, TOK_FAKE_VAULT_UNLOCK, NULL, NULL, cancellable, callback, user_data);
}

static gboolean
boolean_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static TokSecret *
lookup_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GStrv
list_copies_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
vault_iface_init (TokVaultInterface *iface)
{
  iface->store_async = store_async;
  iface->store_finish = boolean_finish;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->forget_async = forget_async;
  iface->forget_finish = boolean_finish;
  iface->list_copies_async = list_copies_async;
  iface->list_copies_finish = list_copies_finish;
  iface->unlock_async = unlock_async;
  iface->unlock_finish = boolean_finish;
}

static void
tok_fake_vault_finalize (GObject *object)
{
  TokFakeVault *self = TOK_FAKE_VAULT (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (tok_fake_vault_parent_class)->finalize (object);
}

static void
tok_fake_vault_class_init (TokFakeVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_fake_vault_finalize;
}

static void
tok_fake_vault_init (TokFakeVault *self)
{
  self->secrets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tok_secret_free);
  for (guint i = 0; i < TOK_FAKE_VAULT_N_CALLS; i++)
    self->failures[i] = WELL;
}

/**
 * tok_fake_vault_new:
 *
 * Returns: (transfer full): An empty vault that works.
 */
TokFakeVault *
tok_fake_vault_new (void)
{
  return g_object_new (TOK_TYPE_FAKE_VAULT, NULL);
}

/**
 * tok_fake_vault_set_broken:
 * @self: A vault.
 * @call: What it shall do.
 * @broken: Whether that fails from now on, with %TOK_ERROR_VAULT.
 */
void
tok_fake_vault_set_broken (TokFakeVault *self, TokFakeVaultCall call, gboolean broken)
{
  self->failures[call] = broken ? TOK_ERROR_VAULT : WELL;
}

/**
 * tok_fake_vault_set_failure:
 * @self: A vault.
 * @call: What it shall do.
 * @code: What that fails with from now on; %TOK_ERROR_VAULT_LOCKED until it is unlocked.
 */
void
tok_fake_vault_set_failure (TokFakeVault *self, TokFakeVaultCall call, TokError code)
{
  self->failures[call] = code;
}

/**
 * tok_fake_vault_set_held:
 * @self: A vault.
 * @held: Whether answers wait until this is called with %FALSE.
 */
void
tok_fake_vault_set_held (TokFakeVault *self, gboolean held)
{
  self->held = held;
  while (!self->held && !g_queue_is_empty (&self->tasks)) {
    g_autoptr (GTask) task = g_queue_pop_head (&self->tasks);

    answer (task);
  }
}

/**
 * tok_fake_vault_get_n_held:
 * @self: A vault.
 *
 * Returns: How many answers wait.
 */
guint
tok_fake_vault_get_n_held (TokFakeVault *self)
{
  return g_queue_get_length (&self->tasks);
}

/**
 * tok_fake_vault_get_n_calls:
 * @self: A vault.
 * @call: What it was asked for.
 *
 * Returns: How often.
 */
guint
tok_fake_vault_get_n_calls (TokFakeVault *self, TokFakeVaultCall call)
{
  return self->n_calls[call];
}

/**
 * tok_fake_vault_get_n_secrets:
 * @self: A vault.
 *
 * Returns: How many secrets it keeps.
 */
guint
tok_fake_vault_get_n_secrets (TokFakeVault *self)
{
  return g_hash_table_size (self->secrets);
}

static const char *
peek (TokFakeVault *self, const char *service, const char *login_id, const char *token_name)
{
  g_autofree char *place = tok_address_dup_service (service);
  g_autofree char *name = make_name (&(TokVaultKey){ place, login_id, token_name });

  return g_hash_table_lookup (self->secrets, name);
}

static void
put (TokFakeVault *self,
     const char *service,
     const char *login_id,
     const char *token_name,
     const char *secret)
{
  g_autofree char *place = tok_address_dup_service (service);
  g_autofree char *name = make_name (&(TokVaultKey){ place, login_id, token_name });

  if (secret != NULL)
    g_hash_table_replace (self->secrets, g_steal_pointer (&name), g_strdup (secret));
  else
    g_hash_table_remove (self->secrets, name);
}

/**
 * tok_fake_vault_peek:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 *
 * Returns: (transfer none) (nullable): What it keeps for them.
 */
const char *
tok_fake_vault_peek (TokFakeVault *self, const char *service, const char *login_id)
{
  return peek (self, service, login_id, NULL);
}

/**
 * tok_fake_vault_put:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 * @secret: (nullable): What it shall keep for them; %NULL for nothing.
 *
 * Does behind everybody's back what others may do to a vault.
 */
void
tok_fake_vault_put (TokFakeVault *self,
                    const char *service,
                    const char *login_id,
                    const char *secret)
{
  put (self, service, login_id, NULL, secret);
}

/**
 * tok_fake_vault_peek_copy:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 * @token_name: A token of it.
 *
 * Returns: (transfer none) (nullable): What it keeps as a copy of its secret.
 */
const char *
tok_fake_vault_peek_copy (TokFakeVault *self,
                          const char *service,
                          const char *login_id,
                          const char *token_name)
{
  return peek (self, service, login_id, token_name);
}

/**
 * tok_fake_vault_put_copy:
 * @self: A vault.
 * @service: The address of a service.
 * @login_id: An account.
 * @token_name: A token of it.
 * @secret: (nullable): What it shall keep as a copy of its secret; %NULL for nothing.
 *
 * Does behind everybody's back what others may do to a vault.
 */
void
tok_fake_vault_put_copy (TokFakeVault *self,
                         const char *service,
                         const char *login_id,
                         const char *token_name,
                         const char *secret)
{
  put (self, service, login_id, token_name, secret);
}
