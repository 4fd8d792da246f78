/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-connection.h"
#include "tok-demo-sample.h"
#include "tok-demo-server-private.h"
#include "tok-demo-trades.h"

#define FIRST_ADDED_APP_ID 80001
#define MAX_LONG_ANSWER (1024 * 1024)

/**
 * tok_demo_server_set_limits:
 * @self: A service.
 * @limits: Whether the rate of calls is limited (PROTOCOL 3.2).
 */
void
tok_demo_server_set_limits (TokDemoServer *self, gboolean limits)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  tok_demo_gate_set_limits (self->gate, limits);
}

/**
 * tok_demo_server_set_minute:
 * @self: A service.
 * @n_calls: How many calls of one caller are let in.
 * @milliseconds: In how long.
 *
 * Takes another limit in place of that for a minute (PROTOCOL 3.2), for those who can't wait so
 * long.
 */
void
tok_demo_server_set_minute (TokDemoServer *self, guint n_calls, guint milliseconds)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  tok_demo_gate_set_minute (self->gate, n_calls, milliseconds * G_TIME_SPAN_MILLISECOND);
}

/**
 * tok_demo_server_add_apps:
 * @self: A service.
 * @n_apps: How many.
 *
 * Connects so many more apps to the first account, of which none was ever used.
 */
void
tok_demo_server_add_apps (TokDemoServer *self, guint n_apps)
{
  TokDemoAccount *account;

  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  account = tok_demo_owner_find_account (self->owner, "SAMPLE1");
  for (guint i = 0; i < n_apps; i++) {
    g_autofree char *name = g_strdup_printf ("Helper %u", i + 1);
    TokDemoApp app = { FIRST_ADDED_APP_ID + i, name, TOK_SCOPE_READ, 0, FALSE, 0 };

    tok_demo_account_add_app (account, &app);
  }
}

/**
 * tok_demo_server_add_trades:
 * @self: A service.
 * @n_trades: How many.
 *
 * Adds so many closed contracts of the last 29 days to the first account, before anybody has looked
 * at what it has done: all its contracts are numbered anew.
 */
void
tok_demo_server_add_trades (TokDemoServer *self, guint n_trades)
{
  TokDemoAccount *account;

  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  account = tok_demo_owner_find_account (self->owner, "SAMPLE1");
  tok_demo_trades_add (tok_demo_account_get_history (account), n_trades,
                       tok_demo_owner_get_start (self->owner));
}

/**
 * tok_demo_server_set_latency:
 * @self: A service.
 * @milliseconds: How long a call waits from now on for its work to be done and answered.
 */
void
tok_demo_server_set_latency (TokDemoServer *self, guint milliseconds)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  self->latency = milliseconds;
  for (guint i = 0; i < self->connections->len; i++)
    tok_demo_connection_set_latency (self->connections->pdata[i], milliseconds);
}

/**
 * tok_demo_server_set_full_tokens:
 * @self: A service.
 * @full_tokens: Whether lists show whole tokens, as older back ends do (PROTOCOL 2.4).
 */
void
tok_demo_server_set_full_tokens (TokDemoServer *self, gboolean full_tokens)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  tok_demo_gate_set_masks (self->gate, !full_tokens);
}

/**
 * tok_demo_server_is_n_tokens:
 * @n_tokens: A number.
 *
 * Returns: Whether an account can be given so many tokens.
 */
gboolean
tok_demo_server_is_n_tokens (int n_tokens)
{
  return n_tokens >= TOK_DEMO_SAMPLE_MIN_TOKENS && n_tokens <= TOK_DEMO_SAMPLE_MAX_TOKENS;
}

/**
 * tok_demo_server_set_n_tokens:
 * @self: A service.
 * @n_tokens: A number that [func@tok_demo_server_is_n_tokens] approves of.
 *
 * Gives the first account so many tokens, more than anybody could create, to see how a client does
 * with them. Answers may then be longer than those of the real service.
 */
void
tok_demo_server_set_n_tokens (TokDemoServer *self, guint n_tokens)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));
  g_return_if_fail (tok_demo_server_is_n_tokens (n_tokens));

  tok_demo_sample_add_tokens (self->owner, n_tokens);
  tok_demo_server_allow_long_answers (self);
}

/**
 * tok_demo_server_set_idle_timeout:
 * @self: A service.
 * @seconds: After how long a silence connections that are made from now on are dropped.
 */
void
tok_demo_server_set_idle_timeout (TokDemoServer *self, guint seconds)
{
  g_return_if_fail (TOK_IS_DEMO_SERVER (self));

  self->idle_timeout = seconds;
}

/**
 * tok_demo_server_allow_long_answers:
 * @self: A service.
 *
 * Lets answers be longer than those of the real service, where an account has more tokens than
 * anybody could create there.
 */
void
tok_demo_server_allow_long_answers (TokDemoServer *self)
{
  GPtrArray *accounts = tok_demo_owner_get_accounts (self->owner);

  for (guint i = 0; i < accounts->len; i++)
    if (tok_demo_account_get_tokens (accounts->pdata[i])->len > TOK_DEMO_MAX_TOKENS)
      tok_demo_gate_set_max_answer (self->gate, MAX_LONG_ANSWER);
}
