/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tokens there are copies of, and how copies go by themselves.
 *
 * The vault is asked once; from then on a session knows what was changed here. Beside the name of
 * what was kept here is how many lists had been asked for by then: a later list that lacks the
 * token says that it has gone, an earlier one may be older than the token.
 */

#include "tok-session-private.h"

#include "tok-error-slot.h"
#include "tok-error.h"

static void
mark (TokSession *self)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    tok_grant_set_has_copy (
        grant, tok_grant_get_state (grant) != TOK_GRANT_GONE
                   && g_hash_table_contains (self->copy_names, tok_grant_get_key (grant)));
  }
}

static void
set_error (TokSession *self, const GError *error)
{
  if (tok_error_slot_set (&self->copies_error, error))
    tok_session_notify_copies_error (self);
}

/* The data of a task that forgets copies; its source is the session, if that has to know. */
typedef struct {
  TokVault *copies;
  char *service;
  char *login_id;
  char **names;
  guint n_done;
  guint n_lists;
  GCancellable *copying; /* of those who were signed in then */
  GError *error;         /* why the first one is still there that is */
} Forget;

static void
free_forget (gpointer data)
{
  Forget *forget = data;

  g_object_unref (forget->copies);
  g_free (forget->service);
  g_free (forget->login_id);
  g_strfreev (forget->names);
  g_object_unref (forget->copying);
  g_clear_error (&forget->error);
  g_free (forget);
}

static GTask *
new_task (TokSession *self,
          gpointer source,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Forget *forget = g_new0 (Forget, 1);

  forget->copies = g_object_ref (self->copies);
  forget->service = g_strdup (self->service);
  forget->login_id = g_strdup (tok_account_get_login_id (self->account));
  forget->n_lists = self->tokens.n_sent;
  forget->copying = g_object_ref (self->copying);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, forget, free_forget);
  return task;
}

static void forget_next (GTask *task);

/* What is still there is tried again after a later list, if it has to go by itself. */
static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Forget *forget = g_task_get_task_data (task);
  const char *name = forget->names[forget->n_done++];
  g_autoptr (GError) error = NULL;
  gboolean is_current = self != NULL && !g_cancellable_is_cancelled (forget->copying);

  if (tok_vault_forget_finish (TOK_VAULT (source), result, &error)
      /* What isn't there has nothing. */
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_VAULT_MISSING)) {
    if (is_current)
      tok_session_drop_copy_name (self, name);
  } else {
    if (is_current && !g_hash_table_contains (self->copy_names, name))
      tok_session_add_copy_name (self, name, forget->n_lists);
    if (forget->error == NULL)
      forget->error = g_steal_pointer (&error);
  }
  forget_next (task);
}

static void
forget_next (GTask *task)
{
  Forget *forget = g_task_get_task_data (task);
  const char *name = forget->names[forget->n_done];

  if (name != NULL)
    tok_vault_forget_async (forget->copies,
                            &(TokVaultKey){ forget->service, forget->login_id, name },
                            g_task_get_cancellable (task), on_forgotten, g_object_ref (task));
  else if (forget->error != NULL)
    g_task_return_error (task, g_steal_pointer (&forget->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
is_listed (TokSession *self, const char *name)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (tok_grant_get_state (grant) != TOK_GRANT_GONE
        && g_str_equal (tok_grant_get_key (grant), name))
      return TRUE;
  }
  return FALSE;
}

static char **
dup_unlisted (TokSession *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;
  gpointer n_lists;

  g_hash_table_iter_init (&iter, self->copy_names);
  while (g_hash_table_iter_next (&iter, &name, &n_lists))
    if (self->copies_listed_at > GPOINTER_TO_UINT (n_lists) && !is_listed (self, name))
      g_strv_builder_add (names, name);
  return g_strv_builder_end (names);
}

/* Takes @names. Nobody waits for it, and nobody is told; what is dropped now isn't tried twice at a
 * time. */
static void
forget_quietly (TokSession *self, char **names)
{
  g_autoptr (GTask) task = new_task (self, self, forget_quietly, NULL, NULL, NULL);
  Forget *forget = g_task_get_task_data (task);

  forget->names = names;
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_remove (self->copy_names, names[i]);
  forget_next (task);
}

static void
on_names_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = tok_vault_list_copies_finish (TOK_VAULT (source), result, &error);
  g_autoptr (TokSession) alive = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  self->copies_asked = FALSE;
  self->copies_known = names != NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_hash_table_contains (self->copy_names, names[i]))
      g_hash_table_insert (self->copy_names, g_strdup (names[i]), GUINT_TO_POINTER (0));
  tok_session_settle_copies (self);
  set_error (self, error);
}

static void
on_all_names_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Forget *forget = g_task_get_task_data (task);
  g_auto (GStrv) names = tok_vault_list_copies_finish (TOK_VAULT (source), result, NULL);

  if (names != NULL) {
    g_strfreev (forget->names);
    forget->names = g_steal_pointer (&names);
  }
  forget_next (task);
}

/**
 * tok_session_init_copies: (skip)
 * @self: A new session.
 */
void
tok_session_init_copies (TokSession *self)
{
  self->copy_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->copying = g_cancellable_new ();
}

/**
 * tok_session_finalize_copies: (skip)
 * @self: A session that goes.
 */
void
tok_session_finalize_copies (TokSession *self)
{
  g_clear_object (&self->copies);
  g_clear_pointer (&self->copy_names, g_hash_table_unref);
  g_clear_error (&self->copies_error);
  g_clear_object (&self->copying);
}

/**
 * tok_session_reset_copies: (skip)
 * @self: A session nobody is signed in to any more.
 *
 * Knows nothing any more; what is kept stays.
 */
void
tok_session_reset_copies (TokSession *self)
{
  tok_session_replace_cancellable (&self->copying);
  g_hash_table_remove_all (self->copy_names);
  self->copies_known = self->copies_asked = FALSE;
  set_error (self, NULL);
}

/**
 * tok_session_ask_for_copies: (skip)
 * @self: A session that is ready.
 *
 * Asks which tokens there are copies of, unless that is known.
 */
void
tok_session_ask_for_copies (TokSession *self)
{
  if (!tok_session_get_can_keep_copies (self) || self->copies_known || self->copies_asked)
    return;
  self->copies_asked = TRUE;
  tok_vault_list_copies_async (self->copies, self->service,
                               tok_account_get_login_id (self->account), self->copying,
                               on_names_ready, self);
}

/**
 * tok_session_follow_copies: (skip)
 * @self: A session.
 *
 * Looks at the answer to the last request for a list of tokens.
 */
void
tok_session_follow_copies (TokSession *self)
{
  self->copies_listed_at = self->tokens.n_sent;
  tok_session_settle_copies (self);
}

/**
 * tok_session_settle_copies: (skip)
 * @self: A session.
 *
 * Marks the tokens that there are copies of, and lets go of copies of those that have gone.
 */
void
tok_session_settle_copies (TokSession *self)
{
  g_auto (GStrv) unlisted = NULL;

  mark (self);
  if (!tok_session_get_can_keep_copies (self)
      || tok_grant_store_get_state (self->tokens.store) != TOK_GRANT_STORE_LISTED)
    return;
  unlisted = dup_unlisted (self);
  if (unlisted[0] != NULL)
    forget_quietly (self, g_steal_pointer (&unlisted));
}

/**
 * tok_session_add_copy_name: (skip)
 * @self: A session.
 * @name: A token that there is a copy of.
 * @n_lists: How many lists had been asked for when that was wanted.
 *
 * Notes it.
 */
void
tok_session_add_copy_name (TokSession *self, const char *name, guint n_lists)
{
  g_hash_table_replace (self->copy_names, g_strdup (name), GUINT_TO_POINTER (n_lists));
  mark (self);
}

/**
 * tok_session_drop_copy_name: (skip)
 * @self: A session.
 * @name: A token that there is no copy of.
 *
 * Notes it.
 */
void
tok_session_drop_copy_name (TokSession *self, const char *name)
{
  g_hash_table_remove (self->copy_names, name);
  mark (self);
}

/**
 * tok_session_let_go_of_copy: (skip)
 * @self: A session.
 * @name: A token whose copy is of no use.
 *
 * Forgets that, and waits for nothing.
 */
void
tok_session_let_go_of_copy (TokSession *self, const char *name)
{
  forget_quietly (self, g_strdupv ((char *[]){ (char *) name, NULL }));
  mark (self);
}

/* Takes @task. If nobody knows which copies there are those go that are known of here. */
static void
forget_all (TokSession *self, GTask *task)
{
  Forget *forget = g_task_get_task_data (task);
  g_autofree gpointer *known = g_hash_table_get_keys_as_array (self->copy_names, NULL);

  forget->names = g_strdupv ((char **) known);
  tok_vault_list_copies_async (self->copies, forget->service, forget->login_id,
                               g_task_get_cancellable (task), on_all_names_ready, task);
}

/**
 * tok_session_forget_copies_async: (skip)
 * @self: A session that can keep copies.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Wipes the copies of all tokens of the account.
 */
void
tok_session_forget_copies_async (TokSession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  forget_all (self, new_task (self, self, tok_session_forget_copies_async, cancellable, callback,
                              user_data));
}

/**
 * tok_session_forget_copies_finish: (skip)
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put why one is still there, as in [method@Vault.forget_finish].
 *
 * Returns: Whether none is known of any more.
 */
gboolean
tok_session_forget_copies_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tok_session_drop_copies:
 * @self: A session whose account goes.
 *
 * Has all copies of its tokens' secrets forgotten, and waits for nothing.
 */
void
tok_session_drop_copies (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (tok_session_get_can_keep_copies (self))
    forget_all (self, new_task (self, NULL, tok_session_drop_copies, NULL, NULL, NULL));
}
