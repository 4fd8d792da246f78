/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk.h"

#include "tok-bulk-item.h"
#include "tok-error-slot.h"
#include "tok-error.h"
#include "tok-session-private.h"

#include <glib/gi18n-lib.h>

#define SECOND 1000 /* milliseconds */

/**
 * TokBulk:
 *
 * Takes access away from several, one after the other.
 *
 * Each is sent once and its answer is awaited, then comes the next, whatever the answer says. The
 * same is sent again only when the service has had too many requests, or when the connection is
 * lost with it on its way: deleting and revoking may be repeated (PROTOCOL 2.4 and 2.6). One list
 * at the end shows what is true of all.
 */
struct _TokBulk {
  GObject parent_instance;

  TokSession *session;
  GPtrArray *items;
  guint next;      /* the first item that isn't dealt with */
  GPtrArray *left; /* the tokens that the last answer listed */
  gboolean is_stopping;

  TokBulkState state;
  TokGrant *current;
  guint pause;
  gint64 pause_end;
  guint seconds_left;

  /* At most one of these is on its way. */
  TokBulkItem *in_flight;
  gboolean is_listing;
  gboolean is_listed; /* a list has come before the last was sent */
  GCancellable *cancellable;
};

G_DEFINE_ENUM_TYPE (TokBulkState,
                    tok_bulk_state,
                    G_DEFINE_ENUM_VALUE (TOK_BULK_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_RATE_LIMITED, "rate-limited"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_STOPPING, "stopping"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_CONFIRMING, "confirming"),
                    G_DEFINE_ENUM_VALUE (TOK_BULK_DONE, "done"))

G_DEFINE_FINAL_TYPE (TokBulk, tok_bulk, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_N_ITEMS,
  PROP_N_DONE,
  PROP_CURRENT,
  PROP_SECONDS_LEFT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void advance (TokBulk *self);

static void
notify (TokBulk *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_seconds_left (TokBulk *self, guint seconds_left)
{
  if (self->seconds_left == seconds_left)
    return;
  self->seconds_left = seconds_left;
  notify (self, PROP_SECONDS_LEFT);
}

static TokBulkItem *
get_item (TokBulk *self, guint n)
{
  return self->items->pdata[n];
}

static gboolean
is_ready (TokBulk *self)
{
  return tok_session_get_state (self->session) == TOK_SESSION_READY;
}

/* Nobody is signed in any more: what isn't sent yet never will be, and no list comes. */
static gboolean
is_over (TokBulk *self)
{
  TokSessionState state = tok_session_get_state (self->session);

  return state == TOK_SESSION_ENDED || state == TOK_SESSION_SIGNED_OUT;
}

/* Whether nothing more will be sent but for the list. */
static gboolean
is_through (TokBulk *self)
{
  return self->is_stopping || self->next == self->items->len;
}

static void
update_current (TokBulk *self)
{
  gboolean is_over = self->state == TOK_BULK_NEW || self->state == TOK_BULK_CONFIRMING
                     || self->state == TOK_BULK_DONE || self->next == self->items->len;
  TokGrant *current = is_over ? NULL : get_item (self, self->next)->grant;

  if (self->current == current)
    return;
  self->current = current;
  notify (self, PROP_CURRENT);
}

/* Comes last wherever it is called: who hears of it may do anything. */
static void
set_state (TokBulk *self, TokBulkState state)
{
  if (self->state == state || self->state == TOK_BULK_DONE)
    return;
  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  update_current (self);
  notify (self, PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
go_on (TokBulk *self)
{
  self->next++;
  g_object_freeze_notify (G_OBJECT (self));
  update_current (self);
  notify (self, PROP_N_DONE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
end_pause (TokBulk *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  set_seconds_left (self, 0);
}

/* Whoever deleted the token that he is signed in with has heard the last word in the answer. */
static gboolean
is_gone (TokBulk *self, TokBulkItem *item)
{
  if (tok_grant_get_state (item->grant) == TOK_GRANT_GONE)
    return TRUE;
  return item->is_sent && tok_session_get_state (self->session) == TOK_SESSION_ENDED
         && tok_session_answer_lacks (item->grant, self->left);
}

/* The list has come, or, for the reason @list_error, never will. */
static void
finish (TokBulk *self, const GError *list_error)
{
  end_pause (self);
  for (guint i = 0; i < self->items->len; i++) {
    TokBulkItem *item = get_item (self, i);

    tok_bulk_item_settle (item, is_gone (self, item), list_error);
  }
  set_state (self, TOK_BULK_DONE);
}

static void
finish_unlisted (TokBulk *self)
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
    set_seconds_left (self, (guint) ((left + SECOND - 1) / SECOND));
  } else {
    end_pause (self);
    advance (self);
  }
  return G_SOURCE_REMOVE;
}

static void
begin_pause (TokBulk *self)
{
  guint length = self->session->times.rate_limit_pause;

  self->pause_end = g_get_monotonic_time () + (gint64) length * (G_USEC_PER_SEC / SECOND);
  self->pause = g_timeout_add (MIN (length, SECOND), on_pause_tick, self);
  set_seconds_left (self, (length + SECOND - 1) / SECOND);
  set_state (self, TOK_BULK_RATE_LIMITED);
}

/* What is lost with the connection may or may not have arrived. */
static gboolean
is_lost (TokBulk *self, const GError *error)
{
  return !is_ready (self) && !is_over (self)
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
  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT)) {
    begin_pause (self);
  } else if (is_lost (self, error)) {
    advance (self);
  } else if (is_through (self)) {
    finish (self, error);
  } else {
    self->is_listed = TRUE;
    advance (self);
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
  tok_session_confirm_revoke (self->session, get_item (self, 0)->grant, task, settle_list);
}

static gboolean
is_anything_sent (TokBulk *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (get_item (self, i)->is_sent)
      return TRUE;
  return FALSE;
}

/* Nothing more is sent. What was is compared with the list, as soon as there is a connection. */
static void
confirm (TokBulk *self)
{
  if (!is_anything_sent (self)) {
    finish (self, NULL);
    return;
  }
  if (is_ready (self))
    ask_for_list (self);
  set_state (self, TOK_BULK_CONFIRMING);
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
      advance (self);
    else
      begin_pause (self);
    return;
  }
  if (!g_error_matches (error, TOK_ERROR, TOK_ERROR_OFFLINE)) {
    item->is_sent = TRUE;
    tok_error_slot_set (&item->error, error);
  }
  if (!is_lost (self, error))
    go_on (self);
  advance (self);
}

/* Passes over what is gone already, and what can't be sent. */
static void
skip (TokBulk *self)
{
  while (is_ready (self) && !is_through (self)) {
    TokBulkItem *item = get_item (self, self->next);

    if (tok_grant_get_state (item->grant) != TOK_GRANT_GONE
        && tok_bulk_item_check (item, self->session))
      return;
    go_on (self);
  }
}

static void
send_next (TokBulk *self)
{
  TokBulkItem *item = get_item (self, self->next);

  item->is_working = TRUE;
  self->in_flight = item;
  tok_session_send_revoke_async (self->session, item->grant, self->cancellable, on_sent, self);
  tok_grant_set_working (item->grant);
  set_state (self, self->is_stopping ? TOK_BULK_STOPPING : TOK_BULK_RUNNING);
}

/* Once the app is revoked that the session belongs to no list comes any more. */
static gboolean
wants_list_first (TokBulk *self)
{
  TokBulkItem *item = get_item (self, self->next);

  return item->is_own && tok_grant_get_app (item->grant) != NULL && !self->is_listed
         && is_anything_sent (self);
}

/* Does what comes next, unless something is on its way. */
static void
advance (TokBulk *self)
{
  if (self->state == TOK_BULK_DONE || self->in_flight != NULL || self->is_listing)
    return;
  skip (self);
  if (self->state == TOK_BULK_DONE || self->in_flight != NULL || self->is_listing)
    return;
  if (is_over (self))
    finish_unlisted (self);
  else if (is_through (self))
    confirm (self);
  else if (!is_ready (self))
    set_state (self, TOK_BULK_DISCONNECTED);
  else if (wants_list_first (self))
    ask_for_list (self);
  else
    send_next (self);
}

static void
on_session_state_changed (TokSession *session, GParamSpec *pspec, TokBulk *self)
{
  g_autoptr (TokBulk) alive = g_object_ref (self);

  if (self->state == TOK_BULK_NEW || (self->pause != 0 && !is_over (self)))
    return;
  advance (self);
}

static void
give_up (TokBulk *self)
{
  tok_session_replace_cancellable (&self->cancellable);
  self->is_listing = FALSE;
  finish_unlisted (self);
}

static void
tok_bulk_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokBulk *self = TOK_BULK (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->items->len);
    break;
  case PROP_N_DONE:
    g_value_set_uint (value, self->next);
    break;
  case PROP_CURRENT:
    g_value_set_object (value, self->current);
    break;
  case PROP_SECONDS_LEFT:
    g_value_set_uint (value, self->seconds_left);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

/* What was sent can't be taken back: who lets go doesn't want to know any more, the grants do. */
static void
tok_bulk_dispose (GObject *object)
{
  TokBulk *self = TOK_BULK (object);

  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->in_flight != NULL)
    self->in_flight->is_sent = TRUE;
  self->in_flight = NULL;
  self->is_listing = FALSE;
  if (self->state != TOK_BULK_NEW && self->state != TOK_BULK_DONE) {
    finish_unlisted (self);
    if (is_anything_sent (self))
      tok_session_look_at_list (self->session, get_item (self, 0)->grant);
  }
  self->state = TOK_BULK_DONE;
  end_pause (self);

  G_OBJECT_CLASS (tok_bulk_parent_class)->dispose (object);
}

static void
tok_bulk_finalize (GObject *object)
{
  TokBulk *self = TOK_BULK (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tok_bulk_parent_class)->finalize (object);
}

static void
tok_bulk_class_init (TokBulkClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_bulk_get_property;
  object_class->dispose = tok_bulk_dispose;
  object_class->finalize = tok_bulk_finalize;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_BULK_STATE, TOK_BULK_NEW, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, TOK_TYPE_GRANT, flags);
  properties[PROP_SECONDS_LEFT]
      = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_bulk_init (TokBulk *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_bulk_item_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * tok_bulk_new:
 * @session: A session.
 * @grants: (element-type TokGrant): Tokens in its list, or apps in its list; at least one.
 *
 * Nothing is sent yet. What may end the session, such as the token that it is signed in with, goes
 * last; apart from that the order is that of @grants.
 *
 * Returns: (transfer full): A new bulk.
 */
TokBulk *
tok_bulk_new (TokSession *session, GPtrArray *grants)
{
  TokBulk *self;
  guint n_others = 0;

  g_return_val_if_fail (TOK_IS_SESSION (session), NULL);
  g_return_val_if_fail (grants != NULL && grants->len > 0, NULL);

  self = g_object_new (TOK_TYPE_BULK, NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; i < grants->len; i++) {
    TokBulkItem *item = tok_bulk_item_new (session, grants->pdata[i]);

    g_ptr_array_insert (self->items, item->is_own ? -1 : (int) n_others++, item);
  }
  g_signal_connect (session, "notify::state", G_CALLBACK (on_session_state_changed), self);
  return self;
}

/**
 * tok_bulk_start:
 * @self: A bulk.
 *
 * Begins, once. It goes on until it is done, or is stopped, or nobody is signed in any more,
 * however often the connection is lost or the service asks to wait.
 */
void
tok_bulk_start (TokBulk *self)
{
  g_autoptr (TokBulk) alive = NULL;

  g_return_if_fail (TOK_IS_BULK (self));
  g_return_if_fail (self->state == TOK_BULK_NEW);

  alive = g_object_ref (self);
  set_state (self, TOK_BULK_RUNNING);
  advance (self);
}

/**
 * tok_bulk_stop:
 * @self: A bulk.
 *
 * Sends no other. What is on its way is waited for, and then for the list that shows what is true.
 * If that list is all that is waited for, or there is no connection, it ends at once, and what was
 * sent may stay unconfirmed.
 */
void
tok_bulk_stop (TokBulk *self)
{
  g_autoptr (TokBulk) alive = NULL;

  g_return_if_fail (TOK_IS_BULK (self));

  if (self->state == TOK_BULK_NEW || self->state == TOK_BULK_DONE)
    return;
  alive = g_object_ref (self);
  if (self->in_flight != NULL) {
    self->is_stopping = TRUE;
    set_state (self, TOK_BULK_STOPPING);
  } else if (is_through (self) || self->is_listing || !is_ready (self)) {
    give_up (self);
  } else {
    self->is_stopping = TRUE;
    end_pause (self);
    advance (self);
  }
}

/**
 * tok_bulk_get_state:
 * @self: A bulk.
 *
 * Returns: Where it stands.
 */
TokBulkState
tok_bulk_get_state (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), TOK_BULK_NEW);

  return self->state;
}

/**
 * tok_bulk_get_n_items:
 * @self: A bulk.
 *
 * Returns: How many there are.
 */
guint
tok_bulk_get_n_items (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), 0);

  return self->items->len;
}

/**
 * tok_bulk_get_n_done:
 * @self: A bulk.
 *
 * Returns: How many were answered, whatever the answer was, or needed none.
 */
guint
tok_bulk_get_n_done (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), 0);

  return self->next;
}

/**
 * tok_bulk_get_current:
 * @self: A bulk.
 *
 * Returns: (transfer none) (nullable): What is being taken away, or is next; %NULL if nothing is.
 */
TokGrant *
tok_bulk_get_current (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), NULL);

  return self->current;
}

/**
 * tok_bulk_get_seconds_left:
 * @self: A bulk.
 *
 * Returns: In how many seconds it goes on, if the service asked to wait; else 0.
 */
guint
tok_bulk_get_seconds_left (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), 0);

  return self->seconds_left;
}

/**
 * tok_bulk_get_grant:
 * @self: A bulk.
 * @n: Which, from 0, in the order in which they are taken away.
 *
 * Returns: (transfer none): The token or app.
 */
TokGrant *
tok_bulk_get_grant (TokBulk *self, guint n)
{
  g_return_val_if_fail (TOK_IS_BULK (self), NULL);
  g_return_val_if_fail (n < self->items->len, NULL);

  return get_item (self, n)->grant;
}

/**
 * tok_bulk_get_outcome:
 * @self: A bulk that is done.
 * @n: Which, from 0.
 * @error: (out) (optional) (nullable) (transfer none): Why it isn't gone, or why nobody knows.
 *
 * Returns: What came of it.
 */
TokBulkOutcome
tok_bulk_get_outcome (TokBulk *self, guint n, const GError **error)
{
  g_return_val_if_fail (TOK_IS_BULK (self), TOK_BULK_NOT_TRIED);
  g_return_val_if_fail (n < self->items->len, TOK_BULK_NOT_TRIED);

  if (error != NULL)
    *error = get_item (self, n)->error;
  return get_item (self, n)->outcome;
}

/**
 * tok_bulk_count:
 * @self: A bulk that is done.
 * @outcome: An outcome.
 *
 * Returns: Of how many it is the outcome.
 */
guint
tok_bulk_count (TokBulk *self, TokBulkOutcome outcome)
{
  guint n = 0;

  g_return_val_if_fail (TOK_IS_BULK (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    n += get_item (self, i)->outcome == outcome;
  return n;
}
