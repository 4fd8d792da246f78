/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a bulk does when. */

#include "tok-bulk-private.h"

#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-session-private.h"

#include <glib/gi18n-lib.h>

#define SECOND 1000 /* milliseconds */

/**
 * tok_bulk_is_ready: (skip)
 * @self: A bulk.
 *
 * Returns: Whether something can be sent.
 */
gboolean
tok_bulk_is_ready (TokBulk *self)
{
  return tok_session_get_state (self->session) == TOK_SESSION_READY
         && !g_cancellable_is_cancelled (self->listing);
}

/**
 * tok_bulk_is_over: (skip)
 * @self: A bulk.
 *
 * Returns: Whether nobody is signed in any more: what isn't sent yet never will be, and no list
 * comes.
 */
gboolean
tok_bulk_is_over (TokBulk *self)
{
  TokSessionState state = tok_session_get_state (self->session);

  return state == TOK_SESSION_ENDED || state == TOK_SESSION_SIGNED_OUT
         || g_cancellable_is_cancelled (self->listing);
}

/**
 * tok_bulk_is_through: (skip)
 * @self: A bulk.
 *
 * Returns: Whether nothing more will be sent but for the list.
 */
gboolean
tok_bulk_is_through (TokBulk *self)
{
  return self->is_stopping || self->next == self->items->len;
}

/**
 * tok_bulk_end_pause: (skip)
 * @self: A bulk.
 *
 * Doesn't wait any more, if it did.
 */
void
tok_bulk_end_pause (TokBulk *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  tok_bulk_set_seconds_left (self, 0);
}

/**
 * tok_bulk_is_anything_sent: (skip)
 * @self: A bulk.
 *
 * Returns: Whether there is anything to be confirmed.
 */
gboolean
tok_bulk_is_anything_sent (TokBulk *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (tok_bulk_item_at (self, i)->is_sent)
      return TRUE;
  return FALSE;
}

/* Whoever deleted the token that he is signed in with has heard the last word in the answer. */
static gboolean
is_gone (TokBulk *self, TokBulkItem *item)
{
  if (tok_grant_get_state (item->grant) == TOK_GRANT_GONE)
    return TRUE;
  if (!item->is_sent || tok_session_get_state (self->session) != TOK_SESSION_ENDED)
    return FALSE;
  return tok_session_answer_lacks (item->grant, self->left)
         || (item->error == NULL && tok_session_has_ended_with (self->session, item->grant));
}

/* The list has come, or, for the reason @list_error, never will. */
static void
finish (TokBulk *self, const GError *list_error)
{
  /* Who hears of it finds all of it; who hears of a grant can't change it any more. */
  g_object_freeze_notify (G_OBJECT (self));
  tok_bulk_end_pause (self);
  tok_bulk_set_state (self, TOK_BULK_DONE);
  for (guint i = 0; i < self->items->len; i++) {
    TokBulkItem *item = tok_bulk_item_at (self, i);

    tok_bulk_item_settle (item, is_gone (self, item), list_error);
  }
  /* No list may come any more that would tell. */
  tok_session_settle_copies (self->session);
  g_object_thaw_notify (G_OBJECT (self));
  if (tok_bulk_is_anything_sent (self))
    tok_session_tell_revoked (self->session, tok_bulk_item_at (self, 0)->grant);
}

/**
 * tok_bulk_finish_unlisted: (skip)
 * @self: A bulk.
 *
 * It is done, without a list.
 */
void
tok_bulk_finish_unlisted (TokBulk *self)
{
  const GError *error = tok_session_get_error (self->session);
  g_autoptr (GError) stopped = g_error_new_literal (TOK_ERROR, TOK_ERROR_UNCONFIRMED,
                                                    _ ("Nobody waited for the service’s list."));

  finish (self, error != NULL ? error : stopped);
}

static gboolean
on_pause_tick (gpointer data)
{
  TokBulk *self = data;
  g_autoptr (TokBulk) alive = g_object_ref (self);
  gint64 left = (self->pause_end - g_get_monotonic_time ()) / (G_USEC_PER_SEC / SECOND);

  self->pause = 0;
  if (left > 0) {
    self->pause = g_timeout_add ((guint) MIN (left, SECOND), on_pause_tick, self);
    tok_bulk_set_seconds_left (self, (guint) ((left + SECOND - 1) / SECOND));
  } else {
    tok_bulk_end_pause (self);
    tok_bulk_advance (self);
  }
  return G_SOURCE_REMOVE;
}

static guint
choose_pause (TokBulk *self)
{
  const TokTimes *times = &self->session->times;

  return self->n_pauses * times->rate_limit_pause < times->rate_limit_longest
             ? times->rate_limit_pause
             : times->rate_limit_longest;
}

static void
pause_for (TokBulk *self, guint length)
{
  self->pause_end = g_get_monotonic_time () + (gint64) length * (G_USEC_PER_SEC / SECOND);
  self->pause = g_timeout_add (MIN (length, SECOND), on_pause_tick, self);
  g_object_freeze_notify (G_OBJECT (self));
  tok_bulk_set_seconds_left (self, (length + SECOND - 1) / SECOND);
  tok_bulk_set_state (self, TOK_BULK_RATE_LIMITED);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
begin_pause (TokBulk *self)
{
  guint length = choose_pause (self);

  self->n_pauses++;
  pause_for (self, length);
}

/* What is lost with the connection may or may not have arrived. */
static gboolean
is_lost (TokBulk *self, const GError *error)
{
  return !tok_bulk_is_ready (self) && !tok_bulk_is_over (self)
         && (g_error_matches (error, TOK_ERROR, TOK_ERROR_UNCONFIRMED)
             || g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE));
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  TokBulk *self = data;
  g_autoptr (TokBulk) alive = NULL;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  self->is_listing = FALSE;
  if (error == NULL)
    error = tok_session_dup_list_doubt (self->session, tok_bulk_item_at (self, 0)->grant);
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT)) {
    begin_pause (self);
  } else if (is_lost (self, error)) {
    tok_bulk_advance (self);
  } else if (tok_bulk_is_through (self)) {
    finish (self, error);
  } else {
    self->is_listed = TRUE;
    tok_bulk_advance (self);
  }
}

/* Only who lets go of this, or gives up, cancels it. */
static void
settle_list (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (error->domain == TOK_ERROR)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s", error->message);
}

static void
ask_for_list (TokBulk *self)
{
  GTask *task = g_task_new (self->session, self->cancellable, on_list_ready, self);

  g_task_set_source_tag (task, ask_for_list);
  self->is_listing = TRUE;
  tok_session_confirm_revoke (self->session, tok_bulk_item_at (self, 0)->grant, task, settle_list);
}

/* Nothing more is sent. What was is compared with the list, as soon as there is a connection. */
static void
confirm (TokBulk *self)
{
  if (!tok_bulk_is_anything_sent (self)) {
    finish (self, NULL);
    return;
  }
  if (tok_bulk_is_ready (self))
    ask_for_list (self);
  tok_bulk_set_state (self, TOK_BULK_CONFIRMING);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  TokBulk *self = data;
  g_autoptr (TokBulk) alive = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  TokBulkItem *item;

  tok_session_send_revoke_finish (TOK_SESSION (source), result, &left, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  alive = g_object_ref (self);
  item = g_steal_pointer (&self->in_flight);
  if (left != NULL) {
    g_clear_pointer (&self->left, g_ptr_array_unref);
    self->left = g_steal_pointer (&left);
  }
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT)) {
    if (self->is_stopping)
      tok_bulk_advance (self);
    else
      begin_pause (self);
    return;
  }
  self->n_pauses = 0;
  if (!g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE)) {
    item->is_sent = TRUE;
    tok_error_slot_set (&item->error, error);
  }
  if (!is_lost (self, error))
    tok_bulk_go_on (self);
  tok_bulk_advance (self);
}

/* Passes over what is gone already, and what can't be sent. */
static void
skip (TokBulk *self)
{
  while (tok_bulk_is_ready (self) && !tok_bulk_is_through (self)) {
    TokBulkItem *item = tok_bulk_item_at (self, self->next);

    if (tok_grant_get_state (item->grant) != TOK_GRANT_GONE
        && tok_bulk_item_check (item, self->session))
      return;
    tok_bulk_go_on (self);
  }
}

static void
send_next (TokBulk *self)
{
  TokBulkItem *item = tok_bulk_item_at (self, self->next);

  item->is_working = TRUE;
  self->in_flight = item;
  tok_session_send_revoke_async (self->session, item->grant, self->cancellable, on_sent, self);
  tok_grant_set_working (item->grant);
  tok_bulk_set_state (self, self->is_stopping ? TOK_BULK_STOPPING : TOK_BULK_RUNNING);
}

/* Once the app is revoked that the session belongs to no list comes any more. */
static gboolean
wants_list_first (TokBulk *self)
{
  TokBulkItem *item = tok_bulk_item_at (self, self->next);

  return item->is_own && tok_grant_get_app (item->grant) != NULL && !self->is_listed
         && tok_bulk_is_anything_sent (self);
}

/**
 * tok_bulk_advance: (skip)
 * @self: A bulk that was started.
 *
 * Does what comes next, unless something is on its way.
 */
void
tok_bulk_advance (TokBulk *self)
{
  guint wait;

  if (self->state == TOK_BULK_DONE || self->in_flight != NULL || self->is_listing)
    return;
  skip (self);
  if (self->state == TOK_BULK_DONE || self->in_flight != NULL || self->is_listing)
    return;
  if (tok_bulk_is_over (self))
    tok_bulk_finish_unlisted (self);
  else if (tok_bulk_is_through (self))
    confirm (self);
  else if (!tok_bulk_is_ready (self))
    tok_bulk_set_state (self, TOK_BULK_DISCONNECTED);
  else if (wants_list_first (self))
    ask_for_list (self);
  else if ((wait = tok_client_get_wait (self->session->client, TRUE)) > 0)
    pause_for (self, wait);
  else
    send_next (self);
}

/**
 * tok_bulk_give_up: (skip)
 * @self: A bulk that waits for the list, or for the connection.
 *
 * Doesn't wait any more.
 */
void
tok_bulk_give_up (TokBulk *self)
{
  tok_session_replace_cancellable (&self->cancellable);
  self->is_listing = FALSE;
  tok_bulk_finish_unlisted (self);
}
