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

  if (tok_grant_get_state (revoke->grant) == TOK_GRANT_GONE) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  tok_grant_set_failed (revoke->grant, owned);
  g_task_return_error (task, g_steal_pointer (&owned));
}

static void
fail_with (GTask *task, TokError code, const char *why)
{
  fail (task, g_error_new_literal (TOK_ERROR, code, why));
}

/* Nobody knows what became of it: the next list will tell. */
static void
look_at_the_list (TokSession *self, TokGrant *grant)
{
  if (self->state == TOK_SESSION_READY)
    tok_session_request_list (self, get_list (self, grant));
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
  g_task_return_error (task, error);
}

/* A grant that is gone can't fail. */
static void
settle (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);

  /* Who deletes the token that he is signed in with is never listed anything again, whichever call
   * is the first to be told: then the list that came with the answer is the last word (PROTOCOL
   * 3.3). */
  if (revoke->answer_lacks_it && self->state == TOK_SESSION_ENDED) {
    tok_grant_set_gone (revoke->grant);
    tok_session_settle_copies (self);
  }

  if (error != NULL)
    fail_with (task, TOK_ERROR_UNCONFIRMED, error->message);
  else if (revoke->refusal != NULL)
    fail_with (task, TOK_ERROR_TROUBLE, revoke->refusal->message);
  else
    fail_with (task, TOK_ERROR_UNCONFIRMED,
               _ ("The service said yes, but its list still holds it."));
}

static void
wait_for_the_list (GTask *task)
{
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  TokSessionList *list = get_list (self, revoke->grant);

  tok_session_wait_for_list (list, task, settle);
  tok_session_request_list (self, list);
}

/* It was not done, or nobody knows. */
static void
on_failed (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    look_at_the_list (self, revoke->grant);
    give_up (task, error);
    return;
  }
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_GARBLED)
      || g_error_matches (error, TOK_ERROR, TOK_ERROR_TROUBLE))
    look_at_the_list (self, revoke->grant);
  fail (task, error);
}

static void
on_revoke_app_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (tok_client_revoke_app_finish (TOK_CLIENT (source), result, &error)) {
    wait_for_the_list (g_steal_pointer (&task));
    return;
  }
  tok_session_check_error (g_task_get_source_object (task), error);
  on_failed (g_steal_pointer (&task), g_steal_pointer (&error));
}

static gboolean
is_listed (GPtrArray *tokens, const char *name)
{
  for (guint i = 0; i < tokens->len; i++)
    if (g_str_equal (tok_token_get_name (tokens->pdata[i]), name))
      return TRUE;
  return FALSE;
}

static void
on_delete_token_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Revoke *revoke = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens
      = tok_client_delete_token_finish (TOK_CLIENT (source), result, &error);

  if (tokens != NULL) {
    revoke->answer_lacks_it = !is_listed (tokens, tok_grant_get_key (revoke->grant));
    wait_for_the_list (g_steal_pointer (&task));
  } else if (g_error_matches (error, TOK_ERROR, TOK_ERROR_SIGN_IN)
             && self->state == TOK_SESSION_READY) {
    /* One code says that there is no such token, and that ours is none (PROTOCOL 3.1). Who asks for
     * the list learns which. */
    revoke->refusal = g_steal_pointer (&error);
    wait_for_the_list (g_steal_pointer (&task));
  } else {
    on_failed (g_steal_pointer (&task), g_steal_pointer (&error));
  }
}

static void
send (TokSession *self, TokGrant *grant, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  TokToken *token = tok_grant_get_token (grant);

  if (token != NULL)
    tok_client_delete_token_async (self->client, tok_token_get_listed_value (token), cancellable,
                                   on_delete_token_ready, task);
  else
    tok_client_revoke_app_async (self->client, tok_app_get_app_id (tok_grant_get_app (grant)),
                                 cancellable, on_revoke_app_ready, task);
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
  if (self->state != TOK_SESSION_READY) {
    fail (task, tok_session_dup_not_ready_error (self));
  } else if (tok_grant_get_token (grant) != NULL && !tok_session_is_unmistakable (self, grant)) {
    fail_with (task, TOK_ERROR_AMBIGUOUS, _ ("Another token is listed with the same value."));
  } else {
    tok_grant_set_working (grant);
    send (self, grant, g_steal_pointer (&task));
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
