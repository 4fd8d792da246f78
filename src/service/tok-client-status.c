/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-private.h"

#include "tok-wire-status.h"

/* What the service says of itself, and goes on saying. */

static void
set_site_status (TokClient *self, TokSiteStatus site_status)
{
  if (self->site_status == site_status)
    return;
  self->site_status = site_status;
  tok_client_notify_site_status (self);
}

/**
 * tok_client_take_status: (skip)
 * @self: A client.
 * @answer: Something that the service sent.
 *
 * Takes it, if it is news of the service: the answer to what [method@Client.watch_service] sent, or
 * one of the later ones, which all bear the same number (PROTOCOL 1.3, "Subscriptions"). What can't
 * be read changes nothing.
 *
 * Returns: Whether it is.
 */
gboolean
tok_client_take_status (TokClient *self, const TokWireAnswer *answer)
{
  TokWireStatus status;

  if (self->status_id == 0 || tok_wire_answer_get_req_id (answer) != self->status_id)
    return FALSE;
  if (tok_wire_answer_to_status (answer, &status, NULL)) {
    tok_pacer_set_limits (self->pacer, status.minutely, status.hourly);
    set_site_status (self, status.site);
  }
  return TRUE;
}

/**
 * tok_client_forget_status: (skip)
 * @self: A client whose connection is closed.
 *
 * Nothing is known of the service until it is asked again, but for how much it takes.
 */
void
tok_client_forget_status (TokClient *self)
{
  self->status_id = 0;
  set_site_status (self, TOK_SITE_UNKNOWN);
}

/**
 * tok_client_watch_service:
 * @self: A client whose connection is open.
 *
 * Asks, once a connection, how many requests the service takes, which is kept to from then on, and
 * whether it is about to be updated (PROTOCOL 1.2, 2.12 and 3.2). It is no harm if it doesn't say.
 */
void
tok_client_watch_service (TokClient *self)
{
  g_return_if_fail (TOK_IS_CLIENT (self));

  if (self->state != TOK_CLIENT_OPEN || self->status_id != 0)
    return;
  self->status_id = tok_client_next_req_id (self);
  tok_client_call (self, self->status_id, TOK_REQUEST_PLAIN,
                   tok_wire_encode_watch_status (self->status_id), tok_client_watch_service, NULL,
                   NULL, NULL);
}

/**
 * tok_client_get_site_status:
 * @self: A client.
 *
 * Returns: What the service says of itself; %TOK_SITE_UNKNOWN as long as it hasn't been asked on
 *   this connection.
 */
TokSiteStatus
tok_client_get_site_status (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), TOK_SITE_UNKNOWN);

  return self->site_status;
}
