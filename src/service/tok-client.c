/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client.h"

#include "tok-client-private.h"
#include "tok-error.h"

#include <glib/gi18n-lib.h>

/**
 * TokClient:
 *
 * One connection to the service: what is asked on it is answered, fails or times out.
 *
 * Once started it keeps itself connected, until it is stopped or let go. The connection is a
 * #TokLink, what waits for its answer is in a #TokRequests, how often it may ask says a #TokPacer.
 * What goes out is in tok-client-send.c, and the calls are in tok-client-calls.c.
 */
G_DEFINE_ENUM_TYPE (TokClientState,
                    tok_client_state,
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (TOK_CLIENT_WAITING, "waiting"))

G_DEFINE_FINAL_TYPE (TokClient, tok_client, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_SITE_STATUS,
  PROP_RESUMES_AT,
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

/* Whoever answers nothing but that it has had too many has had no request of ours. */
static guint
choose_pause (TokClient *self, const GError *error)
{
  guint asked = MIN (tok_link_get_retry_after (self->link), self->times.retry_after_longest);

  if (g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT) && asked == 0)
    asked = self->times.rate_limit_pause;
  return MAX (tok_backoff_next (self->backoff), asked);
}

/* The link is closed, for the reason @error. */
static void
wait_and_retry (TokClient *self, const GError *error)
{
  g_autoptr (TokClient) alive = g_object_ref (self);
  guint pause = choose_pause (self, error);

  stop_watch (self);
  tok_client_forget_status (self);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
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

static gboolean on_watch (gpointer data);

/* Nothing may be sent behind an authorize, which has a time limit of its own. */
static void
ask_for_life (TokClient *self)
{
  g_autofree char *text = NULL;

  stop_watch (self);
  self->watch = g_timeout_add (self->times.pong_timeout, on_watch, self);
  if (!tok_requests_get_is_authorizing (self->requests)) {
    self->ping_id = tok_client_next_req_id (self);
    text = tok_wire_encode_ping (self->ping_id);
    tok_link_send (self->link, text);
  }
}

static gboolean
on_watch (gpointer data)
{
  TokClient *self = data;

  self->watch = 0;
  if (self->ping_id != 0)
    give_up_silent_link (self);
  else
    ask_for_life (self);
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

/* Whoever connects asks for the same again, and what makes no sense may come after much that does:
 * only a connection that has lasted for a while shows that it doesn't. */
static void
note_sense (TokClient *self, gboolean has_lasted)
{
  if (has_lasted)
    self->is_garbled = FALSE;
  if (!self->is_garbled)
    tok_backoff_reset (self->backoff);
}

static void
on_link_received (gpointer owner, const char *text, gsize length)
{
  TokClient *self = owner;
  g_autoptr (TokClient) alive = g_object_ref (self);
  g_autoptr (TokWireAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_pong, is_update;

  answer = tok_wire_decode (text, length, &error);
  if (answer == NULL) {
    self->is_garbled = TRUE;
    give_up_link (self, error);
    return;
  }
  is_pong = self->ping_id != 0 && tok_wire_answer_get_req_id (answer) == self->ping_id;
  note_sense (self, is_pong);
  tok_client_note_limit (self, answer);
  is_update = tok_client_take_status (self, answer);
  if (self->ping_id == 0 || is_pong)
    start_watch (self);
  if (!is_pong && !tok_requests_answer (self->requests, g_steal_pointer (&answer)) && !is_update)
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

/* Whether there is a network is no more than a hint: it doesn't count the loopback interface. A
 * connection that was made through another one may be dead without having been told. */
static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, TokClient *self)
{
  g_autoptr (TokClient) alive = g_object_ref (self);

  if (available && self->state == TOK_CLIENT_WAITING)
    connect_now (self);
  else if (available && self->state == TOK_CLIENT_OPEN && self->ping_id == 0)
    ask_for_life (self);
}

static void
shut_down (TokClient *self)
{
  tok_link_close (self->link);
  stop_watch (self);
  tok_client_forget_status (self);
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
  case PROP_SITE_STATUS:
    g_value_set_enum (value, self->site_status);
    break;
  case PROP_RESUMES_AT:
    g_value_set_int64 (value, self->resumes_at);
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
  g_clear_pointer (&self->pacer, tok_pacer_free);
  g_clear_pointer (&self->backoff, tok_backoff_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->address, g_free);

  G_OBJECT_CLASS (tok_client_parent_class)->finalize (object);
}

static void
tok_client_class_init (TokClientClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
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
      = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_CLIENT_STATE, TOK_CLIENT_STOPPED, flags);
  /**
   * TokClient:site-status:
   *
   * What the service says of itself, if it was asked to by [method@Client.watch_service].
   */
  props[PROP_SITE_STATUS] = g_param_spec_enum ("site-status", NULL, NULL, TOK_TYPE_SITE_STATUS,
                                               TOK_SITE_UNKNOWN, flags);
  /**
   * TokClient:resumes-at:
   *
   * When the service takes requests again, in monotonic time, if there were too many; a time that
   * is over, or 0, if there weren't.
   */
  props[PROP_RESUMES_AT] = g_param_spec_int64 ("resumes-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
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
  self->backoff = tok_backoff_new (times->reconnect_first, times->reconnect_longest);
  self->pacer = tok_pacer_new (times->rate_minute, times->rate_hour);
  self->requests = tok_requests_new (times->request_timeout, times->longest_hold, self->pacer,
                                     on_requests_send, on_requests_stuck, self);
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
  tok_backoff_reset (self->backoff);
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
  tok_backoff_reset (self->backoff);
  connect_now (self);
}

/**
 * tok_client_notify_resumes_at: (skip)
 * @self: A client.
 *
 * Tells that the service takes no requests for a while.
 */
void
tok_client_notify_resumes_at (TokClient *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RESUMES_AT]);
}

/**
 * tok_client_notify_site_status: (skip)
 * @self: A client.
 *
 * Tells that the service says something else of itself.
 */
void
tok_client_notify_site_status (TokClient *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SITE_STATUS]);
}
