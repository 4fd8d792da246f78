/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-keyring-vault.h"

#include "tok-error.h"
#include "tok-keyring-private.h"

#include <glib/gi18n-lib.h>

#define DEADLINE 10000

typedef enum {
  ERRAND_STORE,
  ERRAND_LOOKUP,
  ERRAND_FORGET,
  ERRAND_LIST,
  ERRAND_UNLOCK,
} Errand;

/* One call. It ends when the keyring does, which may be after its task has returned. */
typedef struct {
  TokKeyringVault *self;
  GTask *task; /* until it has returned */

  Errand errand;
  TokVaultKey key;
  SecretValue *secret;

  TokVault *keyring; /* the one that was asked */
  gboolean is_repeated;
  GCancellable *cancellable;
  GSource *given_up;
  GSource *overdue;
} Call;

struct _TokKeyringVault {
  GObject parent_instance;

  TokVault *keyring; /* once it was needed; replaced when it fails */
  guint deadline;

  /* One call after the other, so that they take effect in the order in which they were made.
   * Unlocking isn't among them: its prompt may take long. */
  GQueue waiting;
  Call *current;
};

static void tok_keyring_vault_iface_init (TokVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TokKeyringVault,
                               tok_keyring_vault,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOK_TYPE_VAULT, tok_keyring_vault_iface_init))

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void run_next (TokKeyringVault *self);

static void
end_call (Call *call)
{
  g_autoptr (TokKeyringVault) self = call->self;

  if (self->current == call) {
    self->current = NULL;
    run_next (self);
  }
  clear_source (&call->given_up);
  clear_source (&call->overdue);
  g_clear_object (&call->task);
  g_free ((char *) call->key.service);
  g_free ((char *) call->key.login_id);
  g_free ((char *) call->key.token_name);
  g_clear_pointer (&call->secret, secret_value_unref);
  g_clear_object (&call->keyring);
  g_object_unref (call->cancellable);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, end_call)

/* The task, which is about to return; nobody waits for the rest. */
static GTask *
take_task (Call *call)
{
  clear_source (&call->given_up);
  clear_source (&call->overdue);
  return g_steal_pointer (&call->task);
}

static gboolean
on_given_up (GCancellable *cancellable, gpointer data)
{
  Call *call = data;
  g_autoptr (GTask) task = take_task (call);

  g_cancellable_cancel (call->cancellable);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
on_overdue (gpointer data)
{
  Call *call = data;
  g_autoptr (GTask) task = take_task (call);

  g_cancellable_cancel (call->cancellable);
  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_VAULT_FAILED, "%s",
                           _ ("The keyring didn’t answer in time."));
  return G_SOURCE_REMOVE;
}

static void
limit (Call *call)
{
  call->overdue = g_timeout_source_new (call->self->deadline);
  g_source_set_callback (call->overdue, on_overdue, call, NULL);
  g_source_attach (call->overdue, g_task_get_context (call->task));
}

static void open_keyring (Call *call);

/* What isn't about the secret may be about what has become stale: the service was started anew, an
 * item was deleted meanwhile, or somebody else has written to the file. A second attempt does no
 * harm, whatever became of the first. A service that doesn't answer isn't asked again. */
static gboolean
is_worth_repeating (Call *call, const GError *error)
{
  return call->keyring != NULL && !call->is_repeated && error->domain != TOK_ERROR
         && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
fail (Call *owned_call, const GError *error)
{
  g_autoptr (Call) call = owned_call;
  g_autoptr (GTask) task = NULL;

  if (is_worth_repeating (call, error)) {
    call->is_repeated = TRUE;
    g_clear_object (&call->keyring);
    open_keyring (g_steal_pointer (&call));
  } else {
    task = take_task (call);
    g_task_return_error (task, tok_keyring_translate_error (error, call->keyring != NULL));
  }
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokVault *keyring = TOK_VAULT (source);
  g_autoptr (Call) call = data;
  g_autoptr (GTask) task = NULL;
  g_autoptr (TokSecret) secret = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;

  switch (call->errand) {
  case ERRAND_STORE:
    tok_vault_store_finish (keyring, result, &error);
    break;
  case ERRAND_LOOKUP:
    secret = tok_vault_lookup_finish (keyring, result, &error);
    break;
  case ERRAND_FORGET:
    tok_vault_forget_finish (keyring, result, &error);
    break;
  case ERRAND_LIST:
    names = tok_vault_list_copies_finish (keyring, result, &error);
    break;
  case ERRAND_UNLOCK:
    tok_vault_unlock_finish (keyring, result, &error);
    break;
  default:
    g_assert_not_reached ();
  }

  if (call->task == NULL)
    return;
  if (error != NULL) {
    fail (g_steal_pointer (&call), error);
    return;
  }
  task = take_task (call);
  if (call->errand == ERRAND_LOOKUP)
    g_task_return_pointer (task, g_steal_pointer (&secret), (GDestroyNotify) tok_secret_free);
  else if (call->errand == ERRAND_LIST)
    g_task_return_pointer (task, g_steal_pointer (&names), (GDestroyNotify) g_strfreev);
  else
    g_task_return_boolean (task, TRUE);
}

/* A prompt takes as long as its owner does; the keyring limits what comes before it. */
static void
ask (Call *call, TokVault *keyring)
{
  call->keyring = g_object_ref (keyring);
  switch (call->errand) {
  case ERRAND_STORE:
    tok_vault_store_async (keyring, &call->key, secret_value_get_text (call->secret),
                           call->cancellable, on_ready, call);
    break;
  case ERRAND_LOOKUP:
    tok_vault_lookup_async (keyring, &call->key, call->cancellable, on_ready, call);
    break;
  case ERRAND_FORGET:
    tok_vault_forget_async (keyring, &call->key, call->cancellable, on_ready, call);
    break;
  case ERRAND_LIST:
    tok_vault_list_copies_async (keyring, call->key.service, call->key.login_id, call->cancellable,
                                 on_ready, call);
    break;
  case ERRAND_UNLOCK:
    clear_source (&call->overdue);
    tok_vault_unlock_async (keyring, call->cancellable, on_ready, call);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TokVault) keyring = NULL;

  keyring = tok_keyring_service_open_finish (result, call->self->deadline, &error);
  if (call->task == NULL)
    return;
  if (keyring == NULL) {
    fail (g_steal_pointer (&call), error);
    return;
  }
  g_set_object (&call->self->keyring, keyring);
  ask (g_steal_pointer (&call), keyring);
}

/* The environment has libsecret keep its secrets elsewhere, in a file of its own. In a sandbox it
 * would do so by itself, with a password from a portal that may prompt; the Secret Service is at
 * hand there, too. */
static gboolean
uses_file (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");

  return backend != NULL && *backend != '\0' && !g_str_equal (backend, "service");
}

static void
open_keyring (Call *call)
{
  if (uses_file ()) {
    g_clear_object (&call->self->keyring);
    call->self->keyring = tok_keyring_file_new ();
    ask (call, call->self->keyring);
  } else {
    tok_keyring_service_open_async (call->cancellable, on_open_ready, call);
  }
}

static Call *
new_call (GTask *task, Errand errand, const TokVaultKey *key, const char *secret)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (g_task_get_source_object (task));
  call->task = g_object_ref (task);
  call->errand = errand;
  if (key != NULL)
    call->key = (TokVaultKey){ g_strdup (key->service), g_strdup (key->login_id),
                               g_strdup (key->token_name) };
  if (secret != NULL)
    call->secret = secret_value_new (secret, -1, "text/plain");
  call->cancellable = g_cancellable_new ();
  if (cancellable != NULL) {
    call->given_up = g_cancellable_source_new (cancellable);
    g_source_set_callback (call->given_up, G_SOURCE_FUNC (on_given_up), call, NULL);
    g_source_attach (call->given_up, g_task_get_context (task));
  }
  return call;
}

static void
run (Call *call)
{
  if (call->self->keyring != NULL)
    ask (call, call->self->keyring);
  else
    open_keyring (call);
}

static void
run_next (TokKeyringVault *self)
{
  g_autoptr (Call) call = NULL;

  if (self->current != NULL)
    return;
  self->current = g_queue_pop_head (&self->waiting);
  call = self->current;
  if (call != NULL && call->task != NULL)
    run (g_steal_pointer (&call));
}

/* Takes @task. */
static void
begin (GTask *task, Errand errand, const TokVaultKey *key, const char *secret)
{
  g_autoptr (GTask) owned_task = task;
  Call *call;

  if (g_task_return_error_if_cancelled (task))
    return;
  call = new_call (task, errand, key, secret);
  limit (call);
  if (errand == ERRAND_UNLOCK) {
    run (call);
  } else {
    g_queue_push_tail (&call->self->waiting, call);
    run_next (call->self);
  }
}

static void
store_async (TokVault *vault,
             const TokVaultKey *key,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, store_async);
  begin (task, ERRAND_STORE, key, secret);
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
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, lookup_async);
  begin (task, ERRAND_LOOKUP, key, NULL);
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
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, forget_async);
  begin (task, ERRAND_FORGET, key, NULL);
}

static gboolean
forget_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
list_copies_async (TokVault *vault,
                   const char *service,
                   const char *login_id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, list_copies_async);
  begin (task, ERRAND_LIST, &(TokVaultKey){ service, login_id, NULL }, NULL);
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
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, unlock_async);
  begin (task, ERRAND_UNLOCK, NULL, NULL);
}

static gboolean
unlock_finish (TokVault *vault, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, unlock_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tok_keyring_vault_iface_init (TokVaultInterface *iface)
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
tok_keyring_vault_dispose (GObject *object)
{
  TokKeyringVault *self = TOK_KEYRING_VAULT (object);

  g_clear_object (&self->keyring);

  G_OBJECT_CLASS (tok_keyring_vault_parent_class)->dispose (object);
}

static void
tok_keyring_vault_class_init (TokKeyringVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tok_keyring_vault_dispose;
}

static void
tok_keyring_vault_init (TokKeyringVault *self)
{
  self->deadline = DEADLINE;
}

/**
 * tok_keyring_vault_new:
 *
 * The owner's keyring as a vault. It is looked for when it is first needed.
 *
 * What other programs can read without asking is whose secret it is: the service's address, the
 * login id, and the name of a token that is kept as a copy.
 *
 * Returns: (transfer full): A new vault.
 */
TokVault *
tok_keyring_vault_new (void)
{
  return g_object_new (TOK_TYPE_KEYRING_VAULT, NULL);
}

/**
 * tok_keyring_vault_set_deadline:
 * @self: A vault.
 * @milliseconds: How long the keyring may take for a call, a prompt not counted.
 *
 * Sets when a call fails with %TOK_ERROR_VAULT_FAILED because the keyring doesn't answer; ten
 * seconds unless a test is less patient. It applies to later calls.
 */
void
tok_keyring_vault_set_deadline (TokKeyringVault *self, guint milliseconds)
{
  g_return_if_fail (TOK_IS_KEYRING_VAULT (self));

  self->deadline = milliseconds;
}
