/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-app.h"
#include "tok-error.h"
#include "tok-token.h"

#include <glib/gi18n-lib.h>

/* The data of a task that takes access away. */
typedef struct {
  TokGrant *grant;
  gboolean is_sent;
  gboolean answer_lacks_it; /* deleting was answered with a list that it is not in */
  GError *refusal;          /* what was said to a request that perhaps had nothing to do */
} Revoke;

static void
free_revoke (gpointer data)
{
  Revoke *revoke = data;

  g_clear_object (&revoke->grant);
  g_clear_error (&revoke->refusal);
  g_free (revoke);
}

static TokSessionList *
get_list (TokSession *self, TokGrant *grant)
{
  return tok_grant_get_token (grant) != NULL ? &self->tokens : &self->apps;
}

/* Takes @error, which the caller of the command gets. The grant shows it too, unless a list has
 * shown meanwhile that it is gone: then the command's aim is reached, whoever did it. */
static void
fail (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;
  Revoke *revoke = g_task_get_task_data (task);
  gboolean is_gone = tok_grant_get_state (revoke->grant) == TOK_GRANT_GONE;

  if (!is_gone)
    tok_grant_set_failed (revoke->grant, owned);
  if (revoke->is_sent)
    tok_session_tell_revoked (g_task_get_source_object (task), revoke->grant);
  if (is_gone)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&owned));
}

/* One code says that there is no such token, and that ours is none (PROTOCOL 3.1). Who asks for the
 * list learns which. */
static gboolean
is_no_such_token (TokGrant *grant, const GError *error)
{
  return tok_grant_get_token (grant) != NULL
         && g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN);
}

/* It was answered, but may have been done or not. */
static gboolean
is_open (const GError *error)
{
  return g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED)
         || g_error_matches (error, TOK_ERROR, TOK_ERROR_TROUBLE);
}

/* Whether the next list is to say what an answer is worth. */
static gboolean
wants_list (TokSession *self, TokGrant *grant, const GError *error)
{
  gboolean is_gone = tok_grant_get_state (grant) == TOK_GRANT_GONE;

  return self->state == TOK_SESSION_READY
         && (is_no_such_token (grant, error) || (is_open (error) && !is_gone));
}

/* What was sent can't be taken back: the caller doesn't want to know any more, the grant does. */
static void
give_up (GTask *task, GError *error)
{
  Revoke *revoke = g_task_get_task_data (task);

  if (tok_grant_get_state (revoke->grant) != TOK_GRANT_GONE) {
    g_autoptr (GError) shown
        = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, error->message);

    tok_grant_set_failed (revoke->grant, shown);
  }
  tok_session_tell_revoked (g_task_get_source_object (task), revoke->grant);
  g_task_return_error (task, error);
}

/* A grant that is gone can't fail. */
static void
settle (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (GError) doubt
      = error == NULL ? tok_session_dup_list_doubt (self, revoke->grant) : NULL;

  if (revoke->answer_lacks_it && self->state == TOK_SESSION_ENDED) {
    tok_grant_set_gone (revoke->grant);
    tok_session_settle_copies (self);
  } else if (revoke->refusal == NULL && tok_session_has_ended_with (self, revoke->grant)) {
    tok_grant_set_gone (revoke->grant);
  }

  fail (task, tok_session_dup_revoke_verdict (revoke->grant, revoke->refusal,
                                              error != NULL ? error : doubt));
}

static void
wait_for_the_list (GTask *task)
{
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);

  tok_session_confirm_revoke (self, revoke->grant, task, settle);
}

/* It was not done, or nobody knows. */
static void
on_failed (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    tok_session_look_at_list (self, revoke->grant);
    give_up (task, error);
    return;
  }
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    tok_session_look_at_list (self, revoke->grant);
  fail (task, error);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = TOK_SESSION (source);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;

  if (tok_session_send_revoke_finish (self, result, &left, &error)) {
    revoke->answer_lacks_it = tok_session_answer_lacks (revoke->grant, left);
    wait_for_the_list (g_steal_pointer (&task));
  } else if (wants_list (self, revoke->grant, error)) {
    revoke->refusal = g_steal_pointer (&error);
    wait_for_the_list (g_steal_pointer (&task));
  } else {
    on_failed (g_steal_pointer (&task), g_steal_pointer (&error));
  }
}

static void
on_revoke_app_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (tok_client_revoke_app_finish (TOK_CLIENT (source), result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  tok_session_check_error (g_task_get_source_object (task), error);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_delete_token_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) left = NULL;
  guint n_unread = 0;

  left = tok_client_delete_token_finish (TOK_CLIENT (source), result, &n_unread, &error);
  if (left == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  /* What can't be read may be what was deleted. */
  if (n_unread == 0)
    g_task_set_task_data (task, g_steal_pointer (&left), (GDestroyNotify) g_ptr_array_unref);
  g_task_return_boolean (task, TRUE);
}

/**
 * tok_session_is_unmistakable: (skip)
 * @self: A session.
 * @grant: A token in its list.
 *
 * Returns: Whether the service can tell from the listed value which token is to be deleted
 *   (PROTOCOL 2.4).
 */
gboolean
tok_session_is_unmistakable (TokSession *self, TokGrant *grant)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);
  const char *value = tok_token_get_listed_value (tok_grant_get_token (grant));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) other = g_list_model_get_item (model, i);

    if (other != grant && tok_grant_get_state (other) != TOK_GRANT_GONE
        && g_str_equal (tok_token_get_listed_value (tok_grant_get_token (other)), value))
      return FALSE;
  }
  return TRUE;
}

/**
 * tok_session_look_at_list: (skip)
 * @self: A session.
 * @grant: A token or an app of which nobody knows what became of it.
 *
 * Asks for the list that will tell, if that can be.
 */
void
tok_session_look_at_list (TokSession *self, TokGrant *grant)
{
  if (self->state == TOK_SESSION_READY)
    tok_session_request_list (self, get_list (self, grant));
}

/**
 * tok_session_check_revoke: (skip)
 * @self: A session.
 * @grant: A token or an app in its lists, not gone.
 * @error: Where to put why not.
 *
 * Returns: Whether the command can be sent just now, and would hit @grant and nothing else.
 */
gboolean
tok_session_check_revoke (TokSession *self, TokGrant *grant, GError **error)
{
  if (self->state != TOK_SESSION_READY) {
    g_propagate_error (error, tok_session_dup_not_ready_error (self));
    return FALSE;
  }
  if (tok_grant_get_token (grant) != NULL && !tok_session_is_unmistakable (self, grant)) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_AMBIGUOUS,
                         _ ("Another token is listed with the same value."));
    return FALSE;
  }
  return TRUE;
}

/**
 * tok_session_send_revoke_async: (skip)
 * @self: A session that is ready.
 * @grant: A token or an app that [method@Session.check_revoke] has passed.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is answered.
 * @user_data: For @callback.
 *
 * Sends the command, once (PROTOCOL 2.4 and 2.6). Its answer is the service's word and no more:
 * what is true the next list shows. The state of @grant is up to the caller.
 */
void
tok_session_send_revoke_async (TokSession *self,
                               TokGrant *grant,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TokToken *token = tok_grant_get_token (grant);

  g_task_set_source_tag (task, tok_session_send_revoke_async);
  if (token != NULL)
    tok_client_delete_token_async (self->client, tok_token_get_listed_value (token), cancellable,
                                   on_delete_token_ready, g_steal_pointer (&task));
  else
    tok_client_revoke_app_async (self->client, tok_app_get_app_id (tok_grant_get_app (grant)),
                                 cancellable, on_revoke_app_ready, g_steal_pointer (&task));
}

/**
 * tok_session_send_revoke_finish: (skip)
 * @self: A session.
 * @result: What the callback was given.
 * @left: (out) (transfer full) (nullable) (element-type TokToken): If a token was deleted, the
 *   tokens that the answer lists, if all of them can be read.
 * @error: Where to put why it wasn't done, or why nobody knows.
 *
 * Returns: Whether the service says that it is done.
 */
gboolean
tok_session_send_revoke_finish (TokSession *self,
                                GAsyncResult *result,
                                GPtrArray **left,
                                GError **error)
{
  GPtrArray *answer;

  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_send_revoke_async), FALSE);

  answer = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *left = answer != NULL ? g_ptr_array_ref (answer) : NULL;
  return TRUE;
}

/**
 * tok_session_answer_lacks: (skip)
 * @grant: A token or an app.
 * @left: (nullable) (element-type TokToken): What the answer to deleting a token listed.
 *
 * Who deletes the token that he is signed in with is never listed anything again, whichever call
 * is the first to be told: then the list that came with the answer is the last word (PROTOCOL 3.3).
 *
 * Returns: Whether @left says that @grant is gone.
 */
gboolean
tok_session_answer_lacks (TokGrant *grant, GPtrArray *left)
{
  if (left == NULL || tok_grant_get_token (grant) == NULL)
    return FALSE;
  for (guint i = 0; i < left->len; i++)
    if (g_str_equal (tok_token_get_name (left->pdata[i]), tok_grant_get_key (grant)))
      return FALSE;
  return TRUE;
}

/**
 * tok_session_dup_list_doubt: (skip)
 * @self: A session.
 * @grant: A token or an app.
 *
 * Returns: (transfer full) (nullable): Why the last list of its kind doesn't tell what is gone;
 *   %NULL if it does.
 */
GError *
tok_session_dup_list_doubt (TokSession *self, TokGrant *grant)
{
  if (tok_grant_store_get_n_unread (get_list (self, grant)->store) == 0)
    return NULL;
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED,
                              _ ("A part of the service’s list can’t be read."));
}

/**
 * tok_session_dup_revoke_verdict: (skip)
 * @grant: A token or an app for which the command was sent, and that no list shows to be gone.
 * @refusal: (nullable): What was said to the command; %NULL for yes.
 * @list_error: (nullable): Why no list came behind the answer, or why it doesn't tell; %NULL if one
 *   came that does.
 *
 * Returns: (transfer full): What is wrong with @grant.
 */
GError *
tok_session_dup_revoke_verdict (TokGrant *grant, const GError *refusal, const GError *list_error)
{
  if (refusal != NULL && !is_no_such_token (grant, refusal)
      && (list_error == NULL || !is_open (refusal)))
    return g_error_copy (refusal);
  if (list_error != NULL)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED, list_error->message);
  if (refusal == NULL)
    return g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED,
                                _ ("The service said yes, but its list still holds it."));
  return g_error_new_literal (TOK_ERROR, TOK_ERROR_TROUBLE, refusal->message);
}

/**
 * tok_session_confirm_revoke: (skip)
 * @self: A session that is ready.
 * @grant: What was answered, or stands for others of its kind that were.
 * @task: (transfer full): Who waits.
 * @settled: Called when a list has come, or won't.
 *
 * Asks for the list that shows what the answers are worth.
 */
void
tok_session_confirm_revoke (TokSession *self,
                            TokGrant *grant,
                            GTask *task,
                            TokSessionSettle settled)
{
  TokSessionList *list = get_list (self, grant);

  tok_session_wait_for_list (list, task, settled);
  tok_session_request_list (self, list);
}

/**
 * tok_session_revoke_async:
 * @self: A session.
 * @grant: A token or an app in its lists.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Takes access away: deletes a token (PROTOCOL 2.4), or revokes what the owner allowed an app, for
 * all accounts (PROTOCOL 2.6). It is sent once; since the service says yes to anything, only a list
 * that was asked for after its answer and lacks @grant confirms it. The state of @grant follows,
 * also for who gave up; what failed may be asked for again.
 */
void
tok_session_revoke_async (TokSession *self,
                          TokGrant *grant,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Revoke *revoke;
  TokGrantState state;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (TOK_IS_GRANT (grant));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_revoke_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  state = tok_grant_get_state (grant);
  if (state == TOK_GRANT_WORKING || state == TOK_GRANT_GONE) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "%s",
                             _ ("Its access is being taken away already."));
    return;
  }

  revoke = g_new0 (Revoke, 1);
  revoke->grant = g_object_ref (grant);
  g_task_set_task_data (task, revoke, free_revoke);
  if (tok_session_check_revoke (self, grant, &error)) {
    revoke->is_sent = TRUE;
    tok_grant_set_working (grant);
    tok_session_send_revoke_async (self, grant, cancellable, on_sent, g_steal_pointer (&task));
  } else {
    fail (task, g_steal_pointer (&error));
  }
}

/**
 * tok_session_revoke_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %G_IO_ERROR_PENDING if it is being done already, or is gone;
 *   %TOK_ERROR_UNCONFIRMED if nobody knows whether it worked; %TOK_ERROR_AMBIGUOUS if nobody could
 *   tell which of two tokens would be deleted; or why it didn't work.
 *
 * Returns: Whether @grant is gone from the service's own list.
 */
gboolean
tok_session_revoke_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
