/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

#include "tok-error.h"

/* What a token must have to see a list (PROTOCOL 5). */
#define SCOPE_FOR_TOKENS TOK_SCOPE_ADMIN
#define SCOPE_FOR_APPS TOK_SCOPE_READ

typedef struct {
  guint n_list; /* the request whose answer tells */
  GTask *task;
  TokSessionSettle settle;
} Waiter;

static void
free_waiter (gpointer data)
{
  Waiter *waiter = data;

  g_clear_object (&waiter->task);
  g_free (waiter);
}

/* Lets those go on who waited for the answer to the request @n_list, or to an earlier one. They may
 * call anything. */
static void
settle_due (TokSessionList *list, guint n_list, const GError *error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (free_waiter);

  for (guint i = 0; i < list->waiting->len;) {
    Waiter *waiter = list->waiting->pdata[i];

    if (waiter->n_list <= n_list)
      g_ptr_array_add (due, g_ptr_array_steal_index (list->waiting, i));
    else
      i++;
  }
  for (guint i = 0; i < due->len; i++) {
    Waiter *waiter = due->pdata[i];

    waiter->settle (g_steal_pointer (&waiter->task), error);
  }
}

/* What ended the session, or the connection, is why there is no list either. */
static GError *
dup_list_error (TokSession *self, const GError *error)
{
  const GError *lost = tok_client_get_error (self->client);

  if (self->state == TOK_SESSION_ENDED && self->error != NULL)
    return g_error_copy (self->error);
  if (lost != NULL && g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED))
    return g_error_copy (lost);
  return tok_session_dup_question_error (self, error);
}

/* The list has come, or failed. If somebody wants a fresher one it is asked for, and who waits for
 * that one goes on waiting. */
static void
on_answered (TokSession *self, TokSessionList *list, const GError *error)
{
  gboolean again = list->again;
  guint settled = G_MAXUINT;

  list->in_flight = FALSE;
  list->again = FALSE;
  if (error != NULL) {
    g_autoptr (GError) shown = dup_list_error (self, error);

    list->later = list->later || g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT);
    tok_grant_store_fail (list->store, shown);
    tok_session_check_error (self, error);
  }
  if (again && self->state == TOK_SESSION_READY) {
    settled = list->n_sent;
    tok_session_request_list (self, list);
  }
  settle_due (list, settled, error);
}

static void
on_lookup_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TokSecret) secret = NULL;

  secret = tok_vault_lookup_finish (TOK_VAULT (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tok_session_mark_own (data, secret);
}

static void
on_list_tokens_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokSession *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  g_autoptr (TokSession) alive = NULL;
  guint n_unread = 0;

  tokens = tok_client_list_tokens_finish (TOK_CLIENT (source), result, &n_unread, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (tokens != NULL) {
    tok_vault_lookup_async (self->vault, TOK_SESSION_KEY (self, self->account), self->listing,
                            on_lookup_ready, self);
    /* Who hears of the list finds the new one marked. */
    g_object_freeze_notify (G_OBJECT (self->tokens.store));
    tok_grant_store_take_tokens (self->tokens.store, tokens, n_unread);
    tok_session_mark_new (self);
    tok_session_follow_copies (self);
    g_object_thaw_notify (G_OBJECT (self->tokens.store));
  }
  on_answered (self, &self->tokens, error);
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
  guint n_unread = 0;

  apps = tok_client_list_apps_finish (TOK_CLIENT (source), result, &n_unread, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  if (apps != NULL) {
    g_object_freeze_notify (G_OBJECT (self->apps.store));
    tok_grant_store_take_apps (self->apps.store, apps, n_unread);
    tok_session_mark_own_app (self);
    g_object_thaw_notify (G_OBJECT (self->apps.store));
  }
  on_answered (self, &self->apps, error);
}

static void
send_list_apps (TokSession *self)
{
  tok_client_list_apps_async (self->client, self->listing, on_list_apps_ready, self);
}

/**
 * tok_session_init_lists: (skip)
 * @self: A new session.
 *
 * Gives it two lists about which nothing is known.
 */
void
tok_session_init_lists (TokSession *self)
{
  self->tokens.send = send_list_tokens;
  self->apps.send = send_list_apps;
  self->tokens.store = tok_grant_store_new ();
  self->apps.store = tok_grant_store_new ();
  self->tokens.waiting = g_ptr_array_new_with_free_func (free_waiter);
  self->apps.waiting = g_ptr_array_new_with_free_func (free_waiter);
}

/**
 * tok_session_finalize_lists: (skip)
 * @self: A session that goes.
 */
void
tok_session_finalize_lists (TokSession *self)
{
  g_clear_object (&self->tokens.store);
  g_clear_object (&self->apps.store);
  g_clear_pointer (&self->tokens.waiting, g_ptr_array_unref);
  g_clear_pointer (&self->apps.waiting, g_ptr_array_unref);
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
  self->tokens.in_flight = self->tokens.again = self->tokens.later = FALSE;
  self->apps.in_flight = self->apps.again = self->apps.later = FALSE;
  g_clear_pointer (&self->created, g_free);
  tok_session_reset_copies (self);
  tok_grant_store_clear (self->tokens.store);
  tok_grant_store_clear (self->apps.store);
}

/**
 * tok_session_fail_unlisted: (skip)
 * @self: A session.
 * @error: (nullable): Why there won't be a list for now; %NULL if there may be one soon.
 *
 * Says so of the lists that were never answered. What was listed stays, as what was true last.
 */
void
tok_session_fail_unlisted (TokSession *self, const GError *error)
{
  TokGrantStore *stores[] = { self->tokens.store, self->apps.store };

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++) {
    TokGrantStoreState state = tok_grant_store_get_state (stores[i]);

    if (state == TOK_GRANT_STORE_LISTED || state == TOK_GRANT_STORE_NO_SCOPE)
      continue;
    if (error != NULL)
      tok_grant_store_fail (stores[i], error);
    else
      tok_grant_store_clear (stores[i]);
  }
}

/**
 * tok_session_request_list: (skip)
 * @self: A session that is ready.
 * @list: One of its lists.
 *
 * Asks for @list (PROTOCOL 2.4 and 2.5), or, if a request is on its way, for one more after its
 * answer, however often this is called meanwhile. Who hears of it may do anything.
 */
void
tok_session_request_list (TokSession *self, TokSessionList *list)
{
  if (list->in_flight) {
    list->again = TRUE;
    return;
  }
  list->in_flight = TRUE;
  list->later = FALSE;
  list->n_sent++;
  list->send (self);
  tok_grant_store_set_loading (list->store);
}

/**
 * tok_session_request_lists_later: (skip)
 * @self: A session.
 *
 * Asks for the lists that the service had no room for, now that it has.
 */
void
tok_session_request_lists_later (TokSession *self)
{
  if (self->state == TOK_SESSION_READY && self->tokens.later)
    tok_session_request_list (self, &self->tokens);
  if (self->state == TOK_SESSION_READY && self->apps.later)
    tok_session_request_list (self, &self->apps);
}

/**
 * tok_session_wait_for_list: (skip)
 * @list: A list of a session.
 * @task: (transfer full): Who waits.
 * @settle: Called with that answer, or when it won't come.
 *
 * Waits for the answer to the next request that is sent, since one that is on its way may not show
 * what is true now. Who wants it to be sent calls this first.
 */
void
tok_session_wait_for_list (TokSessionList *list, GTask *task, TokSessionSettle settle)
{
  Waiter *waiter = g_new (Waiter, 1);

  *waiter = (Waiter){ list->n_sent + 1, task, settle };
  g_ptr_array_add (list->waiting, waiter);
}

/**
 * tok_session_settle_all: (skip)
 * @self: A session that has ended, or is closed.
 * @error: Why.
 *
 * Lets all go on who wait for a list, since none will come.
 */
void
tok_session_settle_all (TokSession *self, const GError *error)
{
  settle_due (&self->tokens, G_MAXUINT, error);
  settle_due (&self->apps, G_MAXUINT, error);
}

/**
 * tok_session_mark_new: (skip)
 * @self: A session.
 *
 * Marks the token that was created last, so that the list can point it out, and no other.
 */
void
tok_session_mark_new (TokSession *self)
{
  GListModel *model = G_LIST_MODEL (self->tokens.store);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (model, i);

    tok_grant_set_is_new (grant, g_strcmp0 (tok_grant_get_key (grant), self->created) == 0);
  }
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
  if (scopes & SCOPE_FOR_TOKENS) {
    tok_session_ask_for_copies (self);
    tok_session_request_list (self, &self->tokens);
  } else {
    tok_grant_store_forbid (self->tokens.store);
  }
  /* Who heard of that may have signed out. */
  if (self->state != TOK_SESSION_READY)
    return;
  if (scopes & SCOPE_FOR_APPS)
    tok_session_request_list (self, &self->apps);
  else
    tok_grant_store_forbid (self->apps.store);
}

/**
 * tok_session_refresh_apps:
 * @self: A session.
 *
 * Asks for the connected apps, if somebody is signed in who may see them; else nothing happens,
 * since they are asked for anyway when somebody is (PROTOCOL 2.5 and 5).
 */
void
tok_session_refresh_apps (TokSession *self)
{
  g_return_if_fail (TOK_IS_SESSION (self));

  if (self->state == TOK_SESSION_READY
      && (tok_account_get_scopes (self->account) & SCOPE_FOR_APPS) != 0)
    tok_session_request_list (self, &self->apps);
}
