/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk.h"

#include "tok-app.h"
#include "tok-bulk-private.h"
#include "tok-session-private.h"

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

static void
notify (TokBulk *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * tok_bulk_set_seconds_left: (skip)
 * @self: A bulk.
 * @seconds_left: In how many seconds it goes on.
 */
void
tok_bulk_set_seconds_left (TokBulk *self, guint seconds_left)
{
  if (self->seconds_left == seconds_left)
    return;
  self->seconds_left = seconds_left;
  notify (self, PROP_SECONDS_LEFT);
}

/**
 * tok_bulk_item_at: (skip)
 * @self: A bulk.
 * @n: Which, from 0.
 *
 * Returns: (transfer none): That item.
 */
TokBulkItem *
tok_bulk_item_at (TokBulk *self, guint n)
{
  return self->items->pdata[n];
}

static void
update_current (TokBulk *self)
{
  gboolean is_over = self->state == TOK_BULK_NEW || self->state == TOK_BULK_CONFIRMING
                     || self->state == TOK_BULK_DONE || self->next == self->items->len;
  TokGrant *current = is_over ? NULL : tok_bulk_item_at (self, self->next)->grant;

  if (self->current == current)
    return;
  self->current = current;
  notify (self, PROP_CURRENT);
}

/**
 * tok_bulk_set_state: (skip)
 * @self: A bulk.
 * @state: Where it stands now.
 *
 * Comes last wherever it is called: who hears of it may do anything.
 */
void
tok_bulk_set_state (TokBulk *self, TokBulkState state)
{
  if (self->state == state || self->state == TOK_BULK_DONE)
    return;
  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  update_current (self);
  notify (self, PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tok_bulk_go_on: (skip)
 * @self: A bulk.
 *
 * The next one is dealt with.
 */
void
tok_bulk_go_on (TokBulk *self)
{
  self->next++;
  g_object_freeze_notify (G_OBJECT (self));
  update_current (self);
  notify (self, PROP_N_DONE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_session_state_changed (TokSession *session, GParamSpec *pspec, TokBulk *self)
{
  g_autoptr (TokBulk) alive = g_object_ref (self);

  if (self->state == TOK_BULK_NEW || (self->pause != 0 && !tok_bulk_is_over (self)))
    return;
  tok_bulk_advance (self);
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
    tok_bulk_finish_unlisted (self);
    if (tok_bulk_is_anything_sent (self))
      tok_session_look_at_list (self->session, tok_bulk_item_at (self, 0)->grant);
  }
  self->state = TOK_BULK_DONE;
  tok_bulk_end_pause (self);

  G_OBJECT_CLASS (tok_bulk_parent_class)->dispose (object);
}

static void
tok_bulk_finalize (GObject *object)
{
  TokBulk *self = TOK_BULK (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->listing);
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
 * tok_bulk_list_third_party_apps:
 * @session: A session.
 *
 * Returns: (transfer full) (element-type TokGrant): All connected apps but the operator's own, as
 *   the service listed them last.
 */
GPtrArray *
tok_bulk_list_third_party_apps (TokSession *session)
{
  GPtrArray *grants = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *apps;

  g_return_val_if_fail (TOK_IS_SESSION (session), grants);

  apps = G_LIST_MODEL (session->apps.store);
  for (guint i = 0; i < g_list_model_get_n_items (apps); i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (apps, i);

    if (tok_grant_get_state (grant) != TOK_GRANT_GONE
        && !tok_app_get_official (tok_grant_get_app (grant)))
      g_ptr_array_add (grants, g_steal_pointer (&grant));
  }
  return grants;
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
  self->listing = g_object_ref (session->listing);
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
  tok_bulk_set_state (self, TOK_BULK_RUNNING);
  tok_bulk_advance (self);
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
    tok_bulk_set_state (self, TOK_BULK_STOPPING);
  } else if (tok_bulk_is_through (self) || self->is_listing || !tok_bulk_is_ready (self)) {
    tok_bulk_give_up (self);
  } else {
    self->is_stopping = TRUE;
    tok_bulk_end_pause (self);
    tok_bulk_advance (self);
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
 * tok_bulk_get_may_sign_out:
 * @self: A bulk.
 *
 * Returns: Whether the last of them may be what the session is signed in with, so that nobody is
 *   signed in afterwards.
 */
gboolean
tok_bulk_get_may_sign_out (TokBulk *self)
{
  g_return_val_if_fail (TOK_IS_BULK (self), FALSE);

  return tok_bulk_item_at (self, self->items->len - 1)->is_own;
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

  return tok_bulk_item_at (self, n)->grant;
}

/**
 * tok_bulk_get_is_own:
 * @self: A bulk.
 * @n: Which, from 0.
 *
 * Returns: Whether that one may be what the session is signed in with.
 */
gboolean
tok_bulk_get_is_own (TokBulk *self, guint n)
{
  g_return_val_if_fail (TOK_IS_BULK (self), FALSE);
  g_return_val_if_fail (n < self->items->len, FALSE);

  return tok_bulk_item_at (self, n)->is_own;
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
    *error = tok_bulk_item_at (self, n)->error;
  return tok_bulk_item_at (self, n)->outcome;
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
    n += tok_bulk_item_at (self, i)->outcome == outcome;
  return n;
}
