/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-fixture.h"
#include "tok-client.h"
#include "tok-error.h"
#include "tok-test.h"

#include <string.h>

/* What the service says of itself, and how many requests it takes. */

#define STATUS(site, limits)                                                                       \
  "{\"website_status\":{\"site_status\":\"" site "\"" limits                                       \
  "},\"msg_type\":\"website_status\",\"req_id\":%" G_GINT64_FORMAT "}"
#define TWO ",\"api_call_limits\":{\"max_requestes_general\":{\"minutely\":2,\"hourly\":100}}"

static TokTimes
make_times (guint minute, guint longest_hold)
{
  TokTimes times = tok_client_fixture_slow;

  times.rate_minute = minute;
  times.rate_hour = 60 * minute;
  times.longest_hold = longest_hold;
  times.rate_limit_pause = minute;
  return times;
}

/* The request itself is the first of the two. */
static void
watch (TokClientFixture *fixture, const TokTimes *times)
{
  tok_client_fixture_open (fixture, times);
  tok_client_watch_service (fixture->client);
  tok_client_watch_service (fixture->client);
  tok_client_fixture_wait_for_received (fixture, 1);
  g_assert_cmpstr (tok_raw_peer_get_received (fixture->peer, 0), ==,
                   "{\"website_status\":1,\"subscribe\":1,\"req_id\":1}");
  tok_raw_peer_send_text (fixture->peer, STATUS ("up", TWO), (gint64) 1);
  tok_test_wait_until (tok_client_get_site_status (fixture->client) == TOK_SITE_UP);
}

static void
ask (TokClientFixture *fixture)
{
  tok_client_list_apps_async (fixture->client, NULL, tok_client_fixture_on_ready, fixture->results);
}

static void
assert_asked (TokClientFixture *fixture, guint n, int code)
{
  g_autoptr (GPtrArray) apps = NULL;
  g_autoptr (GError) error = NULL;

  tok_test_wait_until (fixture->results->len > n);
  apps = tok_client_list_apps_finish (fixture->client, fixture->results->pdata[n], NULL, &error);
  g_assert_error (error, TOK_ERROR, code);
}

static void
test_news (TokClientFixture *fixture, gconstpointer data)
{
  const TokTimes times = make_times (0, 0);
  guint *n_notified;

  watch (fixture, &times);
  n_notified = tok_test_count_notify (fixture->client, "site-status");
  tok_raw_peer_send_text (fixture->peer, STATUS ("updating", ""), (gint64) 1);
  tok_test_wait_until (tok_client_get_site_status (fixture->client) == TOK_SITE_UPDATING);
  tok_raw_peer_send_text (fixture->peer, STATUS ("updating", ""), (gint64) 1);
  tok_raw_peer_send_text (fixture->peer, "{\"website_status\":7,\"req_id\":1}");
  tok_raw_peer_send_text (fixture->peer, STATUS ("down", ""), (gint64) 99);
  tok_client_fixture_round_trip (fixture);
  g_assert_cmpint (tok_client_get_site_status (fixture->client), ==, TOK_SITE_UPDATING);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 1);

  /* What it said is over with the connection. */
  tok_raw_peer_hang_up (fixture->peer);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
  g_assert_cmpint (tok_client_get_site_status (fixture->client), ==, TOK_SITE_UNKNOWN);
  tok_client_watch_service (fixture->client);
  tok_client_retry (fixture->client);
  tok_test_wait_until (tok_client_get_state (fixture->client) == TOK_CLIENT_OPEN);
  tok_client_watch_service (fixture->client);
  tok_client_fixture_wait_for_received (fixture, 3);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (fixture->peer, 2), "website_status"));
}

/* A service that doesn't say is no worse for it. */
static void
test_says_nothing (TokClientFixture *fixture, gconstpointer data)
{
  const char *const *answer = data;
  const TokTimes times = make_times (600000, 0);

  tok_client_fixture_open (fixture, &times);
  tok_client_watch_service (fixture->client);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_text (fixture->peer, "%s", *answer);
  tok_client_fixture_round_trip (fixture);
  g_assert_cmpint (tok_client_get_site_status (fixture->client), ==, TOK_SITE_UNKNOWN);
  g_assert_cmpuint (tok_client_get_n_dropped (fixture->client), ==, 0);
  for (guint i = 1; i < 162; i++)
    ask (fixture);
  g_assert_cmpuint (tok_client_get_wait (fixture->client, TRUE), >, 500000);
  g_assert_cmpuint (tok_client_get_wait (fixture->client, FALSE), ==, 0);
  for (guint i = 162; i < 180; i++)
    ask (fixture);
  g_assert_cmpuint (fixture->results->len, ==, 1);
  ask (fixture);
  assert_asked (fixture, 1, TOK_ERROR_RATE_LIMIT);
}

/* What can't be sent soon fails at once, and says when it could. Pings aren't counted. */
static void
test_refused (TokClientFixture *fixture, gconstpointer data)
{
  const TokTimes times = make_times (600000, 1000);
  guint *n_notified;
  gint64 left;

  watch (fixture, &times);
  n_notified = tok_test_count_notify (fixture->client, "resumes-at");
  g_assert_cmpuint (tok_client_get_wait (fixture->client, FALSE), ==, 0);
  /* A tenth of so little is nothing. */
  g_assert_cmpuint (tok_client_get_wait (fixture->client, TRUE), ==, 0);
  ask (fixture);
  g_assert_cmpuint (tok_client_get_wait (fixture->client, FALSE), >, 500000);
  g_assert_cmpint (tok_client_get_resumes_at (fixture->client), ==, 0);
  ask (fixture);
  assert_asked (fixture, 0, TOK_ERROR_RATE_LIMIT);
  left = tok_client_get_resumes_at (fixture->client) - g_get_monotonic_time ();
  g_assert_cmpint (left, >, 500 * G_USEC_PER_SEC);
  g_assert_cmpuint (*n_notified, ==, 1);

  tok_client_fixture_ping (fixture);
  tok_client_fixture_wait_for_received (fixture, 3);
  tok_client_fixture_answer_ping (fixture, 2);
  tok_client_fixture_assert_pong (fixture, 1);
}

/* What can be sent soon is held back until then, in order; the time limit begins when it is sent.
 */
static void
test_held_back (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = make_times (100, 60000);
  gint64 start;

  times.request_timeout = 450;
  watch (fixture, &times);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++)
    ask (fixture);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 10);
  for (guint i = 0; i < 10; i++) {
    tok_test_wait_until (tok_raw_peer_get_n_received (fixture->peer) > i + 1);
    tok_raw_peer_send_text (fixture->peer, "{\"oauth_apps\":[],\"req_id\":%" G_GINT64_FORMAT "}",
                            tok_raw_peer_get_req_id (fixture->peer, i + 1));
  }
  for (guint i = 0; i < 10; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) apps = NULL;

    tok_test_wait_until (fixture->results->len > i);
    apps = tok_client_list_apps_finish (fixture->client, fixture->results->pdata[i], NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 400 * 1000);
}

/* What is held back is gone with the connection, or when it is cancelled, without being sent. */
static void
test_held_back_ends (TokClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  const TokTimes times = make_times (600000, 1000000);

  watch (fixture, &times);
  ask (fixture);
  tok_client_list_apps_async (fixture->client, cancellable, tok_client_fixture_on_ready,
                              fixture->results);
  ask (fixture);
  tok_client_fixture_wait_for_received (fixture, 2);
  g_cancellable_cancel (cancellable);
  tok_test_wait_until (fixture->results->len == 1);
  g_assert_null (
      tok_client_list_apps_finish (fixture->client, fixture->results->pdata[0], NULL, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 2);
  tok_raw_peer_hang_up (fixture->peer);
  assert_asked (fixture, 1, TOK_ERROR_UNCONFIRMED);
  assert_asked (fixture, 2, TOK_ERROR_OFFLINE);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, 2);
}

/* The service has counted more than we have. */
static void
test_rate_limit (TokClientFixture *fixture, gconstpointer data)
{
  const TokTimes times = make_times (600000, 0);

  tok_client_fixture_open (fixture, &times);
  ask (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_text (fixture->peer, "{\"error\":{\"code\":\"RateLimit\"},\"req_id\":1}");
  assert_asked (fixture, 0, TOK_ERROR_RATE_LIMIT);
  g_assert_cmpint (tok_client_get_resumes_at (fixture->client), >, g_get_monotonic_time ());
  ask (fixture);
  assert_asked (fixture, 1, TOK_ERROR_RATE_LIMIT);
  tok_client_authorize_async (fixture->client, "secret", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  /* That is counted by itself. */
  tok_client_fixture_wait_for_received (fixture, 2);
  g_assert_nonnull (strstr (tok_raw_peer_get_received (fixture->peer, 1), "authorize"));
}

/* What waits behind an authorize that the service has no room for doesn't wait for long. */
static void
test_rate_limit_of_authorize (TokClientFixture *fixture, gconstpointer data)
{
  const TokTimes times = make_times (600000, 0);

  tok_client_fixture_open (fixture, &times);
  tok_client_authorize_async (fixture->client, "secret", NULL, tok_client_fixture_on_ready,
                              fixture->results);
  ask (fixture);
  tok_client_fixture_wait_for_received (fixture, 1);
  tok_raw_peer_send_text (fixture->peer, "{\"error\":{\"code\":\"RateLimit\"},\"req_id\":1}");
  tok_test_wait_until (fixture->results->len == 2);
  g_assert_cmpuint (tok_client_get_n_pending (fixture->client), ==, 0);
  g_assert_cmpuint (tok_raw_peer_get_n_received (fixture->peer), ==, 1);
}

/* A connection that was made through another network may be dead. */
static void
test_network_changed (TokClientFixture *fixture, gconstpointer data)
{
  TokTimes times = tok_client_fixture_slow;

  times.pong_timeout = 50;
  tok_client_fixture_open (fixture, &times);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
  tok_client_fixture_round_trip (fixture);
  for (guint i = 0; i < 2; i++)
    g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  tok_client_fixture_wait_for_received (fixture, 2);
  tok_client_fixture_answer_ping (fixture, 1);
  tok_client_fixture_rest (fixture, 100);
  g_assert_cmpint (tok_client_get_state (fixture->client), ==, TOK_CLIENT_OPEN);

  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  tok_client_fixture_assert_waiting (fixture, TOK_ERROR_OFFLINE);
}

static void
add (const char *name,
     gconstpointer data,
     void (*test) (TokClientFixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/client-status/", name, NULL);

  g_test_add (path, TokClientFixture, data, tok_client_fixture_set_up, test,
              tok_client_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  static const char *const unknown = "{\"error\":{\"code\":\"UnrecognisedRequest\"},\"req_id\":1}";
  static const char *const odd = "{\"website_status\":[null],\"req_id\":1}";

  tok_test_init (&argc, &argv);

  add ("news", NULL, test_news);
  add ("says-nothing/unknown", &unknown, test_says_nothing);
  add ("says-nothing/odd", &odd, test_says_nothing);
  add ("refused", NULL, test_refused);
  add ("held-back", NULL, test_held_back);
  add ("held-back-ends", NULL, test_held_back_ends);
  add ("rate-limit", NULL, test_rate_limit);
  add ("rate-limit-of-authorize", NULL, test_rate_limit_of_authorize);
  add ("network-changed", NULL, test_network_changed);

  return g_test_run ();
}
