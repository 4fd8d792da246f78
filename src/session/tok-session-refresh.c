/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-grant-match.h"

/* What a token must have to see a list (PROTOCOL 5). */
#define SCOPE_FOR_TOKENS TOK_SCOPE_ADMIN
#define SCOPE_FOR_APPS TOK_SCOPE_READ

typedef void (*SendRequest) (TokSession *self);

/* Returns the number of the request whose answer will be no older than this call. */
static guint
request (TokSession *self, TokSessionList *list, SendRequest send)
{
  if (list->in_flight) {
    list->again = TRUE;
    return list->n_sent + 1;
  }
  list->in_flight = TRUE;
  list->n_sent++;
  send (self);
  tok_grant_store_set_loading (list->store);
  return list->n_sent;
}

/* Whether somebody wants a list that is fresher than the one that just came, and can have it. */
static gboolean
answered (TokSession *self, TokSessionList *list, const GError *error)
{
  gboolean again = list->again;

  list->in_flight = FALSE;
  list->again = FALSE;
  if (error != NULL) {
    g_autoptr (GError) shown = tok_session_dup_question_error (self, error);

    tok_grant_store_fail (list->store, shown);
    tok_session_check_error (self, error);
  }
  return again && self->state == TOK_SESSION_READY;
}

static void
mark_this_program (TokSession *self, const char *secret)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);
  TokGrant *own = NULL;

  if (secret != NULL)
    own = tok_grant_match_find (model, secret, tok_account_get_scopes (self->account));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    tok_grant_set_is_this_program (grant, grant == own);
  }
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = NULL;

  secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mark_this_program (data, secret);
}

static void send_list_tokens (TokSession *self);

static void
on_list_tokens_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (TokSession) alive = NULL;

  tokens = tok_client_list_tokens_finish (TOK_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (tokens != NULL) {
    tok_vault_lookup_async (self->vault, self->address, tok_account_get_login_id (self->account),
                            self->listing, on_lookup_ready, self);
    tok_grant_store_take_tokens (self->tokens.store, tokens);
  }
  if (answered (self, &self->tokens, error))
    request (self, &self->tokens, send_list_tokens);
}

static void
send_list_tokens (TokSession *self)
{
  tok_client_list_tokens_async (self->client, self->listing, on_list_tokens_ready, self);
}

static void
on_list_apps_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) apps = NULL;
  g_autoptr (TokSession) alive = NULL;
  guint settled = G_MAXUINT;

  apps = tok_client_list_apps_finish (TOK_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (apps != NULL)
    tok_grant_store_take_apps (self->apps.store, apps);
  if (answered (self, &self->apps, error)) {
    settled = self->apps.n_sent;
    tok_session_request_apps (self);
  }
  tok_session_settle_revokes (self, settled, error);
}

static void
send_list_apps (TokSession *self)
{
  tok_client_list_apps_async (self->client, self->listing, on_list_apps_ready, self);
}

/**
 * tok_session_request_apps: (skip)
 * @self: A session that is ready.
 *
 * Asks for the list of apps (PROTOCOL 2.5), or, if a request is on its way, for one more after its
 * answer, however often this is called meanwhile.
 *
 * Returns: The number of the request whose answer will show what is true now.
 */
guint
tok_session_request_apps (TokSession *self)
{
  return request (self, &self->apps, send_list_apps);
}

/**
 * tok_session_drop_lists: (skip)
 * @self: A session nobody is signed in to any more, whose requests for lists are cancelled.
 *
 * Empties the lists.
 */
void
tok_session_drop_lists (TokSession *self)
{
  self->tokens.in_flight = self->tokens.again = FALSE;
  self->apps.in_flight = self->apps.again = FALSE;
  tok_grant_store_clear (self->tokens.store);
  tok_grant_store_clear (self->apps.store);
}

/**
 * tok_session_refresh:
 * @self: A session.
 *
 * Asks for both lists, as far as the token that we are signed in with may see them (PROTOCOL 2.4,
 * 2.5 and 5). What is listed stays until the answer is there. If the session is offline this tries
 * to get back, after which the lists are asked for anyway.
 */
void
tok_session_refresh (TokSession *self)
{
  TokScopes scopes;

  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->state != TOK_SESSION_READY) {
    tok_session_reconnect (self);
    return;
  }

  scopes = tok_account_get_scopes (self->account);
  if (scopes & SCOPE_FOR_TOKENS)
    request (self, &self->tokens, send_list_tokens);
  else
    tok_grant_store_forbid (self->tokens.store);
  /* Who heard of that may have signed out. */
  if (self->state != TOK_SESSION_READY)
    return;
  if (scopes & SCOPE_FOR_APPS)
    tok_session_request_apps (self);
  else
    tok_grant_store_forbid (self->apps.store);
}
