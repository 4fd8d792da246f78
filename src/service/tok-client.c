/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client.h"

#include "tok-client-private.h"
#include "tok-error.h"
#include "tok-link.h"
#include "tok-secret.h"

#include <glib/gi18n-lib.h>

/**
 * TokClient:
 *
 * One connection to the service: what is asked on it is answered, fails or times out.
 *
 * Once started it keeps itself connected, until it is stopped or let go. The connection is a
 * #TokLink, what waits for its answer is in a #TokRequests, and the calls are in
 * tok-client-calls.c.
 */
struct _TokClient {
  GObject parent_instance;

  char *address;
  TokTimes times;
  TokClientState state;
  GError *error;

  TokLink *link;
  guint n_failures; /* since the service last said something sensible */
  guint pause;
  gulong network_changed;

  guint watch;
  gint64 ping_id; /* of the ping of our own that isn't answered, or 0 */

  TokRequests *requests;
  gint64 last_req_id;
  guint n_dropped;
};

G_DEFINE_ENUM_TYPE (TokClientState,
                    tok_client_state,
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_WAITING, "waiting"))

G_DEFINE_FINAL_TYPE (TokClient, tok_client, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
set_state (TokClient *self, TokClientState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
connect_now (TokClient *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  tok_link_open (self->link);
  set_state (self, TOK_CLIENT_CONNECTING);
}

static void
stop_watch (TokClient *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  self->ping_id = 0;
}

static gboolean
on_pause_over (gpointer data)
{
  TokClient *self = data;

  self->pause = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

/* The link is closed, for the reason @error. */
static void
wait_and_retry (TokClient *self, const GError *error)
{
  g_autoptr (TokClient) alive = g_object_ref (self);
  guint pause = tok_client_get_pause (&self->times, self->n_failures);

  stop_watch (self);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->n_failures++;
  self->pause = g_timeout_add (pause, on_pause_over, self);
  set_state (self, TOK_CLIENT_WAITING);
  tok_requests_fail_all (self->requests, error->message);
}

static void
give_up_link (TokClient *self, const GError *error)
{
  tok_link_close (self->link);
  wait_and_retry (self, error);
}

static void
give_up_silent_link (TokClient *self)
{
  g_autoptr (GError) error = g_error_new_literal (TOK_ERROR, TOK_ERROR_OFFLINE,
                                                  _ ("The service doesn’t answer any more."));

  give_up_link (self, error);
}

static gboolean
on_watch (gpointer data)
{
  TokClient *self = data;
  g_autofree char *text = NULL;

  self->watch = 0;
  if (self->ping_id != 0) {
    give_up_silent_link (self);
    return G_SOURCE_REMOVE;
  }
  self->watch = g_timeout_add (self->times.pong_timeout, on_watch, self);
  /* Nothing may be sent behind an authorize, which has a time limit of its own. */
  if (!tok_requests_get_is_authorizing (self->requests)) {
    self->ping_id = tok_client_next_req_id (self);
    text = tok_wire_encode_ping (self->ping_id);
    tok_link_send (self->link, text);
  }
  return G_SOURCE_REMOVE;
}

static void
start_watch (TokClient *self)
{
  stop_watch (self);
  self->watch = g_timeout_add (self->times.ping_after, on_watch, self);
}

static void
on_link_opened (gpointer owner)
{
  TokClient *self = owner;

  g_clear_error (&self->error);
  start_watch (self);
  set_state (self, TOK_CLIENT_OPEN);
}

static void
on_link_received (gpointer owner, const char *text, gsize length)
{
  TokClient *self = owner;
  g_autoptr (TokClient) alive = g_object_ref (self);
  g_autoptr (TokWireAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_pong;

  answer = tok_wire_decode (text, length, &error);
  if (answer == NULL) {
    give_up_link (self, error);
    return;
  }
  self->n_failures = 0;
  is_pong = self->ping_id != 0 && tok_wire_answer_get_req_id (answer) == self->ping_id;
  if (self->ping_id == 0 || is_pong)
    start_watch (self);
  if (!is_pong && !tok_requests_answer (self->requests, g_steal_pointer (&answer)))
    self->n_dropped++;
}

static void
on_link_lost (gpointer owner, const GError *error)
{
  wait_and_retry (owner, error);
}

static const TokLinkEvents link_events = {
  .opened = on_link_opened,
  .received = on_link_received,
  .lost = on_link_lost,
};

static void
on_requests_send (gpointer owner, const char *text)
{
  TokClient *self = owner;

  tok_link_send (self->link, text);
}

static void
on_requests_stuck (gpointer owner)
{
  give_up_silent_link (owner);
}

/* Whether there is a network is no more than a hint: it doesn't count the loopback interface. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, TokClient *self)
{
  if (available && self->state == TOK_CLIENT_WAITING)
    connect_now (self);
}

static void
shut_down (TokClient *self)
{
  tok_link_close (self->link);
  stop_watch (self);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_signal_handler (&self->network_changed, g_network_monitor_get_default ());
}

static void
tok_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokClient *self = TOK_CLIENT (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_client_dispose (GObject *object)
{
  TokClient *self = TOK_CLIENT (object);

  shut_down (self);

  G_OBJECT_CLASS (tok_client_parent_class)->dispose (object);
}

static void
tok_client_finalize (GObject *object)
{
  TokClient *self = TOK_CLIENT (object);

  g_clear_pointer (&self->link, tok_link_free);
  g_clear_pointer (&self->requests, tok_requests_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_client_parent_class)->finalize (object);
}

static void
tok_client_class_init (TokClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_client_get_property;
  object_class->dispose = tok_client_dispose;
  object_class->finalize = tok_client_finalize;

  /**
   * TokClient:state:
   *
   * Where the connection stands. When it is lost this changes before what was asked on it fails.
   */
  props[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_CLIENT_STATE, TOK_CLIENT_STOPPED,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tok_client_init (TokClient *self)
{
}

/**
 * tok_client_new:
 * @address: Where the service is, as [func@address_check] returned it.
 * @times: How long to wait for what; copied.
 *
 * A connection that isn't made yet: see [method@Client.start].
 *
 * Returns: (transfer full): A new client.
 */
TokClient *
tok_client_new (const char *address, const TokTimes *times)
{
  TokClient *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (times != NULL, NULL);

  self = g_object_new (TOK_TYPE_CLIENT, NULL);
  self->address = g_strdup (address);
  self->times = *times;
  self->link
      = tok_link_new (address, times->connect_timeout, TOK_WIRE_MAX_MESSAGE, &link_events, self);
  self->requests
      = tok_requests_new (times->request_timeout, on_requests_send, on_requests_stuck, self);
  return self;
}

/**
 * tok_client_get_address:
 * @self: A client.
 *
 * Returns: (transfer none): Where the service is.
 */
const char *
tok_client_get_address (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), NULL);

  return self->address;
}

/**
 * tok_client_get_state:
 * @self: A client.
 *
 * Returns: Where its connection stands.
 */
TokClientState
tok_client_get_state (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), TOK_CLIENT_STOPPED);

  return self->state;
}

/**
 * tok_client_get_error:
 * @self: A client.
 *
 * Says why the last attempt to connect failed, or why the last connection ended: a [enum@Error]
 * with a short technical detail. Its message may be foreign text.
 *
 * Returns: (transfer none) (nullable): The error; %NULL while the connection is open, and as long
 * as nothing failed.
 */
const GError *
tok_client_get_error (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), NULL);

  return self->error;
}

/**
 * tok_client_get_n_pending:
 * @self: A client.
 *
 * Returns: How many calls wait for their answer.
 */
guint
tok_client_get_n_pending (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  return tok_requests_get_n (self->requests);
}

/**
 * tok_client_get_n_dropped:
 * @self: A client.
 *
 * Returns: How many messages came that nobody waited for: late, repeated, or never asked for
 *   (PROTOCOL 1.3).
 */
guint
tok_client_get_n_dropped (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  return self->n_dropped;
}

/**
 * tok_client_start:
 * @self: A client.
 *
 * Connects, and keeps connected until [method@Client.stop]: after a failure or a loss it waits
 * for a pause, which grows from one to the next, and connects again (PROTOCOL 1.1 and 1.2). Does
 * nothing if it is started already.
 */
void
tok_client_start (TokClient *self)
{
  g_return_if_fail (TOK_IS_CLIENT (self));

  if (self->state != TOK_CLIENT_STOPPED)
    return;
  self->network_changed = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                            G_CALLBACK (on_network_changed), self);
  self->n_failures = 0;
  connect_now (self);
}

/**
 * tok_client_stop:
 * @self: A client.
 *
 * Closes the connection, if there is one. Calls that wait fail: with %TOK_ERROR_UNCONFIRMED those
 * that were sent, with %TOK_ERROR_OFFLINE those that weren't.
 */
void
tok_client_stop (TokClient *self)
{
  g_autoptr (TokClient) alive = NULL;

  g_return_if_fail (TOK_IS_CLIENT (self));

  if (self->state == TOK_CLIENT_STOPPED)
    return;
  alive = g_object_ref (self);
  shut_down (self);
  set_state (self, TOK_CLIENT_STOPPED);
  tok_requests_fail_all (self->requests, _ ("The connection was closed."));
}

/**
 * tok_client_retry:
 * @self: A client.
 *
 * Ends the pause, if there is one: tries at once, and lets the pauses begin small again.
 */
void
tok_client_retry (TokClient *self)
{
  g_return_if_fail (TOK_IS_CLIENT (self));

  if (self->state != TOK_CLIENT_WAITING)
    return;
  self->n_failures = 0;
  connect_now (self);
}

/**
 * tok_client_next_req_id:
 * @self: A client.
 *
 * Returns: A number for a request; none is given out twice, so that an answer that outlives its
 *   connection can't be taken for another (PROTOCOL 1.3).
 */
gint64
tok_client_next_req_id (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  return ++self->last_req_id;
}

/**
 * tok_client_call:
 * @self: A client.
 * @req_id: From [method@Client.next_req_id].
 * @kind: How the request gets on with others.
 * @text: (transfer full): The request; it is wiped when it is sent.
 * @source_tag: Which call it is.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is answered, or can't be.
 * @user_data: For @callback.
 *
 * Asks something. The result is a #GTask with a #TokWireAnswer, which may be an error, too.
 */
void
tok_client_call (TokClient *self,
                 gint64 req_id,
                 TokRequestKind kind,
                 char *text,
                 gpointer source_tag,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (TokSecret) owned = text;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, source_tag);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != TOK_CLIENT_OPEN)
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_OFFLINE, "%s",
                             self->error != NULL ? self->error->message
                                                 : _ ("There is no connection."));
  else
    tok_requests_add (self->requests, req_id, kind, g_steal_pointer (&owned), task);
}

/**
 * tok_client_get_pause:
 * @times: Between what it lies.
 * @n_failures: How often it failed before in a row.
 *
 * How long to wait before connecting again. It doubles from one failure to the next, up to a limit,
 * and lies anywhere in a range, so that not all clients of a service that was away come back in the
 * same moment.
 *
 * Returns: A pause in milliseconds.
 */
guint
tok_client_get_pause (const TokTimes *times, guint n_failures)
{
  guint64 base;
  guint shortest;
  guint longest;

  g_return_val_if_fail (times != NULL, 0);

  base = MIN ((guint64) times->reconnect_first << MIN (n_failures, 30), times->reconnect_longest);
  longest = MIN (base + base / 2, times->reconnect_longest);
  shortest = MIN (base, longest - longest / 3);
  return g_random_int_range (shortest, longest + 1);
}
