/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-error.h"
#include "tok-token-name.h"
#include "tok-token.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* The data of a task that creates a token. */
typedef struct {
  char *name;
  TokScopes scopes;
  GError *error; /* why the answer is of no use */
} Create;

static void
free_create (gpointer data)
{
  Create *create = data;

  g_clear_pointer (&create->name, g_free);
  g_clear_error (&create->error);
  g_free (create);
}

/* Whether a listed value is a secret that can be used, whole and unmasked (PROTOCOL 2.2, 2.4). */
static gboolean
is_secret (const char *value)
{
  gsize length = strlen (value);

  for (const char *c = value; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
      return FALSE;
  return length > 0 && length <= TOK_TOKEN_SECRET_MAX;
}

/* The answer says no more than that there is a new token; it is found by its name. */
static TokToken *
find_created (GPtrArray *tokens, const char *name)
{
  TokToken *found = NULL;

  for (guint i = 0; i < tokens->len; i++) {
    if (!g_str_equal (tok_token_get_name (tokens->pdata[i]), name))
      continue;
    if (found != NULL)
      return NULL;
    found = tokens->pdata[i];
  }
  return found != NULL && is_secret (tok_token_get_listed_value (found)) ? found : NULL;
}

static void
set_created (TokSession *self, const char *name)
{
  g_free (self->created);
  self->created = g_strdup (name);
}

/* Whether what is listed under that name can be what we asked for. */
static gboolean
is_ours (TokGrant *grant, const Create *create)
{
  return tok_grant_get_scopes (grant) == create->scopes && tok_grant_get_last_used (grant) == NULL;
}

static TokGrant *
find_listed (TokSession *self, const char *name)
{
  TokGrant *grant = tok_grant_store_find (self->tokens.store, name);

  return grant != NULL && tok_grant_get_state (grant) != TOK_GRANT_GONE ? grant : NULL;
}

static gboolean
is_over (TokSession *self)
{
  return self->state == TOK_SESSION_ENDED || self->state == TOK_SESSION_SIGNED_OUT;
}

static const char *
get_ended_text (void)
{
  return _ ("The session ended before the answer came.");
}

/* The list decides, when the answer didn't. */
static void
settle (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  TokGrant *grant;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL && !is_over (self)) {
    /* There will be another one: when the connection is back, or when somebody asks for it. */
    tok_session_wait_for_list (&self->tokens, g_steal_pointer (&owned), settle);
    return;
  }
  /* Who was told before may have signed out, and then nothing is listed any more. */
  if (error != NULL || tok_grant_store_get_state (self->tokens.store) != TOK_GRANT_STORE_LISTED) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s",
                             error != NULL ? error->message : get_ended_text ());
    return;
  }

  grant = find_listed (self, create->name);
  if (grant == NULL) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_NOT_CREATED, "%s", create->error->message);
  } else if (is_ours (grant, create)) {
    set_created (self, create->name);
    tok_session_mark_new (self);
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_SECRET_LOST, "%s", create->error->message);
  } else {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_FIELD, "%s", _ ("The name is taken."));
  }
}

/* Whether it is certain that nothing was created. */
static gboolean
is_certain (const GError *error)
{
  return error->domain == TOK_ERROR && error->code != TOK_ERROR_UNCONFIRMED
         && error->code != TOK_ERROR_GARBLED && error->code != TOK_ERROR_TROUBLE;
}

/* Nothing is ever sent twice: only the list tells. */
static void
ask_the_list (GTask *task, GError *error)
{
  TokSession *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);

  create->error = error;
  tok_session_wait_for_list (&self->tokens, task, settle);
  if (self->state == TOK_SESSION_READY)
    tok_session_request_list (self, &self->tokens);
}

static void
on_create_token_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TokSession *self = g_task_get_source_object (task);
  Create *create = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens
      = tok_client_create_token_finish (TOK_CLIENT (source), result, &error);
  TokToken *token = tokens != NULL ? find_created (tokens, create->name) : NULL;

  if (token != NULL) {
    set_created (self, create->name);
    if (self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_pointer (task, g_object_ref (token), g_object_unref);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_error (task, g_steal_pointer (&error));
  } else if (error != NULL && is_certain (error)) {
    tok_session_check_error (self, error);
    /* What was asked for passed all that the list told: it must be out of date. */
    if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD) && self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_error (task, g_steal_pointer (&error));
  } else if (is_over (self)) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s", get_ended_text ());
  } else {
    if (error == NULL)
      error = g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED,
                                   _ ("The answer doesn’t hold the new token’s value."));
    ask_the_list (g_steal_pointer (&task), g_steal_pointer (&error));
  }
}

/* Nothing is sent that the service would refuse. */
static gboolean
check (TokSession *self, const char *name, TokScopes scopes, GError **error)
{
  const char *why = NULL;

  if (tok_token_name_check (name) != TOK_TOKEN_NAME_OK)
    why = _ ("A name has 2 to 32 letters, digits, blanks and underscores.");
  else if (scopes == TOK_SCOPE_NONE || (scopes & ~TOK_SCOPE_ALL) != 0)
    why = _ ("A token needs at least one permission.");
  else if (tok_session_is_name_taken (self, name))
    why = _ ("The name is taken.");
  else if (tok_grant_store_get_n_listed (self->tokens.store) >= TOK_MAX_TOKENS)
    why = _ ("There are as many tokens as there can be.");
  if (why == NULL)
    return TRUE;
  g_set_error_literal (error, TOK_ERROR, TOK_ERROR_FIELD, why);
  return FALSE;
}

/**
 * tok_session_is_name_taken:
 * @self: A session.
 * @name: A name, trimmed.
 *
 * Returns: Whether a token of that name is listed, upper and lower case being the same.
 */
gboolean
tok_session_is_name_taken (TokSession *self, const char *name)
{
  GListModel *model;

  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  model = G_LIST_MODEL (self->tokens.store);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (tok_grant_get_state (grant) != TOK_GRANT_GONE
        && tok_token_name_equal (name, tok_grant_get_name (grant)))
      return TRUE;
  }
  return FALSE;
}

/**
 * tok_session_create_token_async:
 * @self: A session.
 * @name: What it is to be called, trimmed.
 * @scopes: What it is to permit; at least one scope.
 * @only_current_ip: Whether it is to work from the present network address alone.
 * @cancellable: (nullable): To hear no more of it. What was sent stays sent.
 * @callback: Called when it is done.
 * @user_data: For @callback.
 *
 * Creates a token (PROTOCOL 2.4). It is sent once, whatever happens. Where the answer doesn't come,
 * or doesn't tell, a list that was asked for afterwards decides; if the connection is gone that is
 * the first one after it is back, and until then this waits.
 */
void
tok_session_create_token_async (TokSession *self,
                                const char *name,
                                TokScopes scopes,
                                gboolean only_current_ip,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Create *create;

  g_return_if_fail (TOK_IS_SESSION (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tok_session_create_token_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != TOK_SESSION_READY) {
    g_task_return_error (task, tok_session_dup_not_ready_error (self));
    return;
  }
  if (!check (self, name, scopes, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  create = g_new0 (Create, 1);
  create->name = g_strdup (name);
  create->scopes = scopes;
  g_task_set_task_data (task, create, free_create);
  tok_client_create_token_async (self->client, name, scopes, only_current_ip, cancellable,
                                 on_create_token_ready, g_steal_pointer (&task));
}

/**
 * tok_session_create_token_finish:
 * @self: A session.
 * @result: What the callback was given.
 * @error: Where to put an error: %TOK_ERROR_FIELD if the name, the permissions or their number are
 *   not acceptable, to us or to the service; %TOK_ERROR_NOT_CREATED if the answer got lost and the
 *   list lacks it; %TOK_ERROR_SECRET_LOST if the list has it; %TOK_ERROR_UNCONFIRMED if the session
 *   ended before anybody could know; or why it wasn't created.
 *
 * Returns: (transfer full) (nullable): The token as the service created it. Its listed value is its
 *   secret, which nobody will show again.
 */
TokToken *
tok_session_create_token_finish (TokSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tok_session_create_token_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
