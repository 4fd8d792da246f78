/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-fixture.h"

#include "tok-error.h"
#include "tok-test.h"

#include <string.h>

const TokTimes tok_client_fixture_slow = {
  .connect_timeout = 60000,
  .request_timeout = 60000,
  .ping_after = 60000,
  .pong_timeout = 60000,
  .reconnect_first = 60000,
  .reconnect_longest = 60000,
};

/**
 * tok_client_fixture_on_ready:
 * @source: The client.
 * @result: What came back.
 * @results: (type GPtrArray): The results of the fixture.
 *
 * A GAsyncReadyCallback that keeps the result behind the earlier ones.
 */
void
tok_client_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_ptr_array_add (data, g_object_ref (result));
}

/**
 * tok_client_fixture_new_client:
 * @fixture: A fixture.
 * @times: For the client.
 *
 * Makes the client, and leaves it alone.
 */
void
tok_client_fixture_new_client (TokClientFixture *fixture, const TokTimes *times)
{
  fixture->client = tok_client_new (tok_raw_peer_get_address (fixture->peer), times);
}

/**
 * tok_client_fixture_open:
 * @fixture: A fixture.
 * @times: For the client.
 *
 * Makes the client and waits until it is connected.
 */
void
tok_client_fixture_open (TokClientFixture *fixture, const TokTimes *times)
{
  tok_client_fixture_new_client (fixture, times);
  tok_client_start (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_test_wait_until (tok_raw_peer_is_open (fixture->peer));
}

/**
 * tok_client_fixture_set_up:
 * @fixture: A fixture.
 * @data: The test's own.
 *
 * Makes the peer. The test makes the client.
 */
void
tok_client_fixture_set_up (TokClientFixture *fixture, gconstpointer data)
{
  fixture->peer = tok_raw_peer_new (NULL);
  fixture->results = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tok_client_fixture_tear_down:
 * @fixture: A fixture.
 * @data: The test's own.
 *
 * Fails the test unless the client, whatever was done to it, can be stopped, waits for nothing
 * then, and goes away.
 */
void
tok_client_fixture_tear_down (TokClientFixture *fixture, gconstpointer data)
{
  tok_client_stop (fixture->client);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_STOPPED);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&fixture->results, g_ptr_array_unref);
  g_assert_finalize_object (G_OBJECT (g_steal_pointer (&fixture->client)));
  g_assert_finalize_object (g_steal_pointer (&fixture->peer));
}

/**
 * tok_client_fixture_ping:
 * @fixture: A fixture.
 *
 * Asks for a pong, the plainest of calls.
 */
void
tok_client_fixture_ping (TokClientFixture *fixture)
{
  tok_client_ping_async (fixture->client, NULL, tok_client_fixture_on_ready, fixture->results);
}

/**
 * tok_client_fixture_assert_pong:
 * @fixture: A fixture.
 * @n: Which of the results, from 0.
 *
 * Waits for a call to end, which has to be a ping that went well.
 */
void
tok_client_fixture_assert_pong (TokClientFixture *fixture, guint n)
{
  g_autoptr (GError) error = NULL;

  tok_test_wait_until (fixture->results->len > n);
  g_assert_true (tok_client_ping_finish (fixture->client, fixture->results->pdata[n], &error));
  g_assert_no_error (error);
}

/**
 * tok_client_fixture_assert_failed_ping:
 * @fixture: A fixture.
 * @n: Which of the results, from 0.
 * @code: (type TokError): How it has to fail.
 *
 * Waits for a call to end, which has to be a ping that failed.
 */
void
tok_client_fixture_assert_failed_ping (TokClientFixture *fixture, guint n, int code)
{
  g_autoptr (GError) error = NULL;

  tok_test_wait_until (fixture->results->len > n);
  g_assert_false (tok_client_ping_finish (fixture->client, fixture->results->pdata[n], &error));
  g_assert_error (error, TOK_ERROR, code);
  g_assert_cmpstr (error->message, !=, "");
}

/**
 * tok_client_fixture_wait_for_received:
 * @fixture: A fixture.
 * @n: How many requests.
 *
 * Waits until the peer has received so many requests in all.
 */
void
tok_client_fixture_wait_for_received (TokClientFixture *fixture, guint n)
{
  tok_test_wait_until (tok_raw_peer_get_n_received (fixture->peer) >= n);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, n);
}

/**
 * tok_client_fixture_answer_ping:
 * @fixture: A fixture.
 * @n: Which of the requests, from 0.
 *
 * Lets the peer send a pong.
 */
void
tok_client_fixture_answer_ping (TokClientFixture *fixture, guint n)
{
  tok_raw_peer_send_text (fixture->peer, TOK_PONG, tok_raw_peer_get_req_id (fixture->peer, n));
}

/**
 * tok_client_fixture_round_trip:
 * @fixture: A fixture.
 *
 * Lets a ping go there and a pong come back, so that all that was sent before has come, too.
 */
void
tok_client_fixture_round_trip (TokClientFixture *fixture)
{
  guint n_received = tok_raw_peer_get_n_received (fixture->peer);
  guint n_results = fixture->results->len;

  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, n_received + 1);
  tok_client_fixture_answer_ping (fixture, n_received);
  tok_client_fixture_assert_pong (fixture, n_results);
}

static gboolean
on_rest_over (gpointer data)
{
  gboolean *is_over = data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * tok_client_fixture_rest:
 * @fixture: A fixture.
 * @milliseconds: How long.
 *
 * Lets that time pass, for what mustn't happen in it.
 */
void
tok_client_fixture_rest (TokClientFixture *fixture, guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, on_rest_over, &is_over);
  tok_test_wait_until (is_over);
}

/**
 * tok_client_fixture_assert_waiting:
 * @fixture: A fixture.
 * @code: (type TokError): Why.
 *
 * Waits until the client pauses, and looks at why that is.
 */
void
tok_client_fixture_assert_waiting (TokClientFixture *fixture, int code)
{
  const GError *error;

  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_WAITING);
  error = tok_client_get_error (fixture->client);
  g_assert_error (error, TOK_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_null (strstr (error->message, "app_id"));
}
