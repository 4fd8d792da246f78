/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tok-client.h"
#include "tok-raw-peer.h"

G_BEGIN_DECLS

#define TOK_PONG "{\"msg_type\":\"ping\",\"ping\":\"pong\",\"req_id\":%" G_GINT64_FORMAT "}"

/**
 * TokClientFixture:
 * @peer: What the client connects to.
 * @client: The client.
 * @results: (element-type GAsyncResult): Of calls, in the order in which they ended.
 *
 * A client and a service that does what the test says.
 */
typedef struct {
  TokRawPeer *peer;
  TokClient *client;
  GPtrArray *results;
} TokClientFixture;

/* With these nothing happens by itself within a test, unless it shortens one. */
extern const TokTimes tok_client_fixture_slow;

void tok_client_fixture_set_up (TokClientFixture *fixture, gconstpointer data);
void tok_client_fixture_tear_down (TokClientFixture *fixture, gconstpointer data);
void tok_client_fixture_new_client (TokClientFixture *fixture, const TokTimes *times);
void tok_client_fixture_open (TokClientFixture *fixture, const TokTimes *times);

void tok_client_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer results);
void tok_client_fixture_ping (TokClientFixture *fixture);
void tok_client_fixture_assert_pong (TokClientFixture *fixture, guint n);
void tok_client_fixture_assert_failed_ping (TokClientFixture *fixture, guint n, int code);
void tok_client_fixture_wait_for_received (TokClientFixture *fixture, guint n);
void tok_client_fixture_answer_ping (TokClientFixture *fixture, guint n);
void tok_client_fixture_round_trip (TokClientFixture *fixture);
void tok_client_fixture_rest (TokClientFixture *fixture, guint milliseconds);
void tok_client_fixture_assert_waiting (TokClientFixture *fixture, int code);

G_END_DECLS
