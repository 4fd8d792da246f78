/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-session-private.h"

/* How the service is, and how much of it there is left to ask. */

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
set_seconds_left (TokSession *self, guint seconds_left)
{
  if (self->seconds_left == seconds_left)
    return;
  self->seconds_left = seconds_left;
  tok_session_notify_seconds_left (self);
}

static gboolean on_tick (gpointer data);

/* The next tick is where the number of whole seconds changes. */
static void
count_down (TokSession *self)
{
  g_autoptr (TokSession) alive = g_object_ref (self);
  gint64 left = tok_client_get_resumes_at (self->client) - g_get_monotonic_time ();
  gint64 seconds = left > 0 ? (left + SECOND - 1) / SECOND : 0;

  g_clear_handle_id (&self->tick, g_source_remove);
  if (seconds > 0)
    self->tick = g_timeout_add (
        (guint) ((left - (seconds - 1) * SECOND) / G_TIME_SPAN_MILLISECOND + 1), on_tick, self);
  set_seconds_left (self, (guint) seconds);
  if (seconds == 0)
    tok_session_request_lists_later (self);
}

static gboolean
on_tick (gpointer data)
{
  TokSession *self = data;

  self->tick = 0;
  count_down (self);
  return G_SOURCE_REMOVE;
}

static void
on_resumes_at_changed (TokSession *self)
{
  count_down (self);
}

static void
on_site_status_changed (TokSession *self)
{
  tok_session_notify_site_status (self);
}

/**
 * tok_session_follow_service: (skip)
 * @self: A new session.
 *
 * Passes on what its client hears of the service from now on.
 */
void
tok_session_follow_service (TokSession *self)
{
  g_signal_connect_swapped (self->client, "notify::resumes-at", G_CALLBACK (on_resumes_at_changed),
                            self);
  g_signal_connect_swapped (self->client, "notify::site-status",
                            G_CALLBACK (on_site_status_changed), self);
}

/**
 * tok_session_unfollow_service: (skip)
 * @self: A session that goes.
 *
 * Counts no seconds any more.
 */
void
tok_session_unfollow_service (TokSession *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
}

/**
 * tok_session_get_site_status:
 * @self: A session.
 *
 * Returns: What the service says of itself while the session is ready (PROTOCOL 1.2): if it is
 * about to be updated the connection will be dropped, and comes back by itself.
 */
TokSiteStatus
tok_session_get_site_status (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), TOK_SITE_UNKNOWN);

  return tok_client_get_site_status (self->client);
}

/**
 * tok_session_get_seconds_left:
 * @self: A session.
 *
 * Returns: In how many seconds the service takes requests again, if there were too many (PROTOCOL
 *   3.2); 0 if there weren't. Commands fail with %TOK_ERROR_RATE_LIMIT until then; lists that
 *   couldn't be asked for are asked for by themselves.
 */
guint
tok_session_get_seconds_left (TokSession *self)
{
  g_return_val_if_fail (TOK_IS_SESSION (self), 0);

  return self->seconds_left;
}
