/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-error.h"
#include "tok-token-name.h"
#include "tok-token.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* What creating a token and replacing one have in common: it is sent once, the secret is taken from
 * the answer, and where the answer doesn't tell, a list decides. */

/* The data of a task that makes a token. */
typedef struct {
  char *name;
  TokScopes scopes;
  TokToken *old;         /* the one that goes in the same request, as it was listed then; or NULL */
  GError *error;         /* why the answer is of no use */
  GCancellable *listing; /* cancelled when who was signed in isn't any more */
} Make;

static void
free_make (gpointer data)
{
  Make *make = data;

  g_clear_pointer (&make->name, g_free);
  g_clear_object (&make->old);
  g_clear_error (&make->error);
  g_clear_object (&make->listing);
  g_free (make);
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

static gboolean
is_never_used (TokToken *row)
{
  return tok_token_get_is_use_known (row) && tok_token_get_last_used (row) == NULL;
}

/* Whether a row of the list, or of an answer, is the one that was to go. The name alone doesn't
 * tell where the new one keeps it; the value does, unless the service hides all of it. Then the old
 * one is known by what only it has: that it was used, or other permissions. A last use that can't
 * be read says nothing. */
typedef enum {
  NOT_OLD,
  OLD,
  UNDECIDED,
} Verdict;

static Verdict
judge (TokToken *row, const Make *make)
{
  const char *value = tok_token_get_listed_value (row);

  if (make->old == NULL || !g_str_equal (tok_token_get_name (row), tok_token_get_name (make->old))
      || !g_str_equal (value, tok_token_get_listed_value (make->old)))
    return NOT_OLD;
  if (value[strspn (value, "*")] != '\0' || !g_str_equal (make->name, tok_token_get_name (row)))
    return OLD;
  if (tok_token_get_last_used (row) != NULL)
    return OLD;
  if (is_never_used (row) && tok_token_get_last_used (make->old) != NULL)
    return NOT_OLD;
  if (tok_token_get_scopes (row) != make->scopes)
    return OLD;
  return tok_token_get_scopes (make->old) != make->scopes ? NOT_OLD : UNDECIDED;
}

/* The answer says no more than that there is a new token; it is found by its name. */
static TokToken *
find_made (GPtrArray *tokens, const Make *make)
{
  TokToken *found = NULL;

  for (guint i = 0; i < tokens->len; i++) {
    if (!g_str_equal (tok_token_get_name (tokens->pdata[i]), make->name))
      continue;
    if (found != NULL)
      return NULL;
    found = tokens->pdata[i];
  }
  return found != NULL && is_secret (tok_token_get_listed_value (found))
                 && judge (found, make) == NOT_OLD
             ? found
             : NULL;
}

/* What is kept under the name is the secret of the old one, which is good for nothing now. */
static void
note_made (TokSession *self, const Make *make)
{
  g_free (self->created);
  self->created = g_strdup (make->name);
  if (make->old != NULL && g_str_equal (make->name, tok_token_get_name (make->old))
      && g_hash_table_contains (self->copy_names, make->name))
    tok_session_let_go_of_copy (self, make->name);
}

/* Whether what is listed under that name can be what we asked for. */
static gboolean
is_ours (TokToken *row, const Make *make)
{
  return tok_token_get_scopes (row) == make->scopes && is_never_used (row);
}

/* Whether only a last use that can't be read is in the way of that. */
static gboolean
may_be_ours (TokToken *row, const Make *make)
{
  return tok_token_get_scopes (row) == make->scopes && !tok_token_get_is_use_known (row);
}

static TokToken *
find_listed (TokSession *self, const char *name)
{
  TokGrant *grant = tok_grant_store_find (self->tokens.store, name);

  return grant != NULL && tok_grant_get_state (grant) != TOK_GRANT_GONE
             ? tok_grant_get_token (grant)
             : NULL;
}

/* Somebody else may have signed in since, whose list tells nothing. */
static gboolean
is_over (TokSession *self, const Make *make)
{
  return self->state == TOK_SESSION_ENDED || g_cancellable_is_cancelled (make->listing);
}

static const char *
get_ended_text (void)
{
  return _ ("The session ended before the answer came.");
}

static Verdict
find_old (TokSession *self, const Make *make)
{
  TokToken *row = make->old != NULL ? find_listed (self, tok_token_get_name (make->old)) : NULL;

  return row != NULL ? judge (row, make) : NOT_OLD;
}

/* There is no new one: what does that leave the owner with? */
static void
fail_unmade (GTask *task, gboolean is_taken)
{
  Make *make = g_task_get_task_data (task);

  if (make->old != NULL && find_old (g_task_get_source_object (task), make) != OLD)
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_NEITHER, "%s", make->error->message);
  else if (is_taken)
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_FIELD, "%s", _ ("The name is taken."));
  else if (g_error_matches (make->error, TOK_ERROR, TOK_ERROR_FIELD))
    g_task_return_error (task, g_steal_pointer (&make->error));
  else
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_NOT_CREATED, "%s", make->error->message);
}

/* The list decides, when the answer didn't. */
static void
settle (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  TokSession *self = g_task_get_source_object (task);
  Make *make = g_task_get_task_data (task);
  TokToken *row;
  Verdict verdict;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL && !is_over (self, make)) {
    /* There will be another one: when the connection is back, or when somebody asks for it. */
    tok_session_wait_for_list (&self->tokens, g_steal_pointer (&owned), settle);
    return;
  }
  /* Who was told before may have signed out, and then nothing is listed any more. */
  if (error != NULL || is_over (self, make)
      || tok_grant_store_get_state (self->tokens.store) != TOK_GRANT_STORE_LISTED) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s",
                             error != NULL ? error->message : get_ended_text ());
    return;
  }

  row = find_listed (self, make->name);
  verdict = row != NULL ? judge (row, make) : OLD;
  /* Where a part of the list can't be read, what is missing may be there. */
  if (verdict == UNDECIDED || (verdict == NOT_OLD && may_be_ours (row, make))
      || (verdict == OLD && tok_grant_store_get_n_unread (self->tokens.store) > 0)) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s", make->error->message);
  } else if (verdict == OLD) {
    fail_unmade (task, FALSE);
  } else if (is_ours (row, make)) {
    note_made (self, make);
    tok_session_mark_new (self);
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_SECRET_LOST, "%s", make->error->message);
  } else {
    fail_unmade (task, TRUE);
  }
}

/* Whether it is certain that nothing was done. What was sent with a deletion may have been refused
 * after that, and the code for a token that isn't there is the one for ours that is no good any
 * more (PROTOCOL 2.4 and 3.1). */
static gboolean
is_certain (const GError *error, const Make *make)
{
  if (error->domain != TOK_ERROR || error->code == TOK_ERROR_UNCONFIRMED
      || error->code == TOK_ERROR_GARBLED || error->code == TOK_ERROR_TROUBLE)
    return FALSE;
  return make->old == NULL || (error->code != TOK_ERROR_FIELD && error->code != TOK_ERROR_SIGN_IN);
}

/* Nothing is ever sent twice: only the list tells. */
static void
ask_the_list (GTask *task, GError *error)
{
  TokSession *self = g_task_get_source_object (task);
  Make *make = g_task_get_task_data (task);

  make->error = error;
  tok_session_wait_for_list (&self->tokens, task, settle);
  if (self->state == TOK_SESSION_READY)
    tok_session_request_list (self, &self->tokens);
}

/* Takes all three. */
static void
conclude (GTask *task, GPtrArray *tokens, GError *error)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (GPtrArray) owned_tokens = tokens;
  g_autoptr (GError) owned_error = error;
  TokSession *self = g_task_get_source_object (task);
  Make *make = g_task_get_task_data (task);
  TokToken *token = tokens != NULL ? find_made (tokens, make) : NULL;

  if (token != NULL) {
    note_made (self, make);
    if (self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_pointer (task, g_object_ref (token), g_object_unref);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_error (task, g_steal_pointer (&owned_error));
  } else if (error != NULL && is_certain (error, make)) {
    tok_session_check_error (self, error);
    /* What was asked for passed all that the list told: it must be out of date. */
    if (g_error_matches (error, TOK_ERROR, TOK_ERROR_FIELD) && self->state == TOK_SESSION_READY)
      tok_session_request_list (self, &self->tokens);
    g_task_return_error (task, g_steal_pointer (&owned_error));
  } else if (is_over (self, make)) {
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s", get_ended_text ());
  } else {
    if (owned_error == NULL)
      owned_error = g_error_new_literal (TOK_ERROR, TOK_ERROR_GARBLED,
                                         _ ("The answer doesn’t hold the new token’s value."));
    ask_the_list (g_steal_pointer (&owned), g_steal_pointer (&owned_error));
  }
}

static void
on_create_token_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  GPtrArray *tokens = tok_client_create_token_finish (TOK_CLIENT (source), result, &error);

  conclude (data, tokens, error);
}

static void
on_replace_token_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  GPtrArray *tokens = tok_client_replace_token_finish (TOK_CLIENT (source), result, &error);

  conclude (data, tokens, error);
}

static gboolean
is_taken (TokSession *self, const char *name, TokGrant *but)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    if (grant != but && tok_grant_get_state (grant) != TOK_GRANT_GONE
        && tok_token_name_equal (name, tok_grant_get_name (grant)))
      return TRUE;
  }
  return FALSE;
}

/* Nothing is sent that the service would refuse. What goes makes room, and sets its name free. */
static gboolean
check (TokSession *self, TokGrant *old, const char *name, TokScopes scopes, GError **error)
{
  guint n_others = tok_grant_store_get_n_listed (self->tokens.store) - (old != NULL ? 1 : 0);
  const char *why = NULL;

  /* Nor could a list tell what came of it. */
  if (!tok_session_get_can_revoke (self)) {
    g_set_error_literal (error, TOK_ERROR, TOK_ERROR_SCOPE,
                         _ ("Only a token with the Admin permission makes others."));
    return FALSE;
  }
  if (tok_token_name_check (name) != TOK_TOKEN_NAME_OK)
    why = _ ("A name has 2 to 32 letters, digits, spaces and underscores.");
  else if (scopes == TOK_SCOPE_NONE || (scopes & ~TOK_SCOPE_ALL) != 0)
    why = _ ("A token needs at least one permission.");
  else if (is_taken (self, name, old))
    why = _ ("The name is taken.");
  else if (n_others >= TOK_MAX_TOKENS)
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
  g_return_val_if_fail (TOK_IS_SESSION (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return is_taken (self, name, NULL);
}

/**
 * tok_session_make_token: (skip)
 * @self: A session.
 * @task: (transfer full): A command, which returns a [class@Token].
 * @old: (nullable): A token in its list that is to be deleted in the same request.
 * @name: What the new one is to be called, trimmed.
 * @scopes: What it is to permit.
 * @only_current_ip: Whether it is to work from the present network address alone.
 *
 * Checks what is asked for, sends it, and returns @task when it is known what became of it.
 */
void
tok_session_make_token (TokSession *self,
                        GTask *task,
                        TokGrant *old,
                        const char *name,
                        TokScopes scopes,
                        gboolean only_current_ip)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (GError) error = NULL;
  Make *make;

  if (self->state != TOK_SESSION_READY) {
    g_task_return_error (task, tok_session_dup_not_ready_error (self));
    return;
  }
  if (!check (self, old, name, scopes, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  make = g_new0 (Make, 1);
  make->name = g_strdup (name);
  make->scopes = scopes;
  make->listing = g_object_ref (self->listing);
  make->old = old != NULL ? g_object_ref (tok_grant_get_token (old)) : NULL;
  g_task_set_task_data (task, make, free_make);
  if (old != NULL)
    tok_client_replace_token_async (self->client, tok_token_get_listed_value (make->old), name,
                                    scopes, only_current_ip, g_task_get_cancellable (task),
                                    on_replace_token_ready, g_steal_pointer (&owned));
  else
    tok_client_create_token_async (self->client, name, scopes, only_current_ip,
                                   g_task_get_cancellable (task), on_create_token_ready,
                                   g_steal_pointer (&owned));
}
