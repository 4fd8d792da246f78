/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TokTimes:
 * @connect_timeout: How long connecting and the handshake may take.
 * @request_timeout: How long one request may wait for its answer.
 * @ping_after: After how long a silence the other side is asked whether it lives.
 * @pong_timeout: How long it may take to say so.
 * @reconnect_first: The pause before the first attempt to reconnect; each later one is longer.
 * @reconnect_longest: The longest such pause.
 * @retry_after_longest: How long a service may ask not to be tried again; whoever clicks may.
 * @rate_minute: The minute in which the service takes so many requests and no more; a bit longer,
 *   because requests are not always the same time on their way. 0 for none.
 * @rate_hour: The same for its hour.
 * @longest_hold: How long a request may be held back before it is sent, for that; it fails if it
 *   would take longer.
 * @browser_sign_in: How long somebody may take to sign in with the browser.
 * @rate_limit_pause: How long to wait when the service has had too many requests: its minute, of
 *   which nobody knows when it began, ends within a few of these pauses.
 * @rate_limit_longest: How long to wait from then on: if a minute wasn't enough then it is the hour
 *   that has had too many.
 * @activity_fresh: For how long what programs did needn't be asked for again.
 *
 * Every time constant of client and session, in milliseconds, so that tests can shorten them.
 */
typedef struct {
  guint connect_timeout;
  guint request_timeout;
  guint ping_after;
  guint pong_timeout;
  guint reconnect_first;
  guint reconnect_longest;
  guint retry_after_longest;
  guint rate_minute;
  guint rate_hour;
  guint longest_hold;
  guint browser_sign_in;
  guint rate_limit_pause;
  guint rate_limit_longest;
  guint activity_fresh;
} TokTimes;

extern const TokTimes tok_times_default;

G_END_DECLS
