/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client adds to what its libraries take. One `name value unit` a line; each is the median
 * of pairs in alternating order, and a ratio is the median of those of the pairs:
 *
 *   calls-client, calls-bare
 *                     pings, one after the other, to an echo in another process: by TokClient, and
 *                     by a WebSocket of libsoup with a builder and a parser of json-glib
 *   calls-ratio       the time of a call by TokClient beside a bare one
 *   piped-*           the same with 32 on their way at any time
 *   tokens-decode, tokens-parse, tokens-ratio
 *                     an answer of 600,000 bytes, the longest there is (PROTOCOL 1.2), full of
 *                     tokens: from its text to the objects and until they are gone, beside
 *                     json-glib's parser alone
 *   apps-*            the same, full of apps */

#include "tok-client.h"
#include "tok-scopes.h"
#include "tok-test.h"
#include "tok-wire.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#define PAIRS 41
#define N_CALLS 300
#define N_PIPED 32
#define LONGEST 600000

/* The echo, a process of its own. */

static void
on_request (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message)
{
  const char *text = g_bytes_get_data (message, NULL);
  const char *req_id = strstr (text, "\"req_id\":") + strlen ("\"req_id\":");
  g_autofree char *answer
      = g_strdup_printf ("{\"echo_req\":{\"ping\":1,\"req_id\":%d},\"msg_type\":\"ping\","
                         "\"ping\":\"pong\",\"req_id\":%d}",
                         atoi (req_id), atoi (req_id));

  soup_websocket_connection_send_text (connection, answer);
}

static void
on_connection (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               SoupWebsocketConnection *connection)
{
  g_signal_connect (connection, "message", G_CALLBACK (on_request), NULL);
  g_signal_connect (connection, "closed", G_CALLBACK (g_object_unref), g_object_ref (connection));
}

/* Says on @pipe which port it has. */
static void
run_echo (int fd)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GSList *uris;
  int port;

  prctl (PR_SET_PDEATHSIG, SIGTERM);
  soup_server_add_websocket_handler (server, "/", NULL, NULL,
                                     (SoupServerWebsocketCallback) on_connection, NULL, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_assert_cmpint (write (fd, &port, sizeof port), ==, sizeof port);
  g_main_loop_run (loop);
}

static char *
start_echo (void)
{
  int fds[2];
  int port;

  g_assert_cmpint (pipe (fds), ==, 0);
  if (fork () == 0) {
    run_echo (fds[1]);
    _exit (0);
  }
  g_assert_cmpint (read (fds[0], &port, sizeof port), ==, sizeof port);
  return g_strdup_printf ("ws://127.0.0.1:%d/?app_id=1", port);
}

/* Calls, of which so many are to be sent and answered yet. */
typedef struct {
  guint to_send;
  guint to_answer;
} Work;

static double
wait_for (Work *work, gint64 start)
{
  while (work->to_answer > 0)
    g_main_context_iteration (NULL, TRUE);
  return (g_get_monotonic_time () - start) / (double) N_CALLS;
}

/* Ours. */

typedef struct {
  TokClient *client;
  Work work;
} Ours;

static void call_ours (Ours *self);

static void
on_ping_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Ours *self = data;

  g_assert_true (tok_client_ping_finish (self->client, result, NULL));
  self->work.to_answer--;
  if (self->work.to_send > 0)
    call_ours (self);
}

static void
call_ours (Ours *self)
{
  self->work.to_send--;
  tok_client_ping_async (self->client, NULL, on_ping_ready, self);
}

static double
time_ours (gpointer data, guint n_at_once)
{
  Ours *self = data;
  gint64 start = g_get_monotonic_time ();

  self->work = (Work){ N_CALLS, N_CALLS };
  for (guint i = 0; i < n_at_once; i++)
    call_ours (self);
  return wait_for (&self->work, start);
}

/* And bare. */

typedef struct {
  SoupWebsocketConnection *connection;
  gint64 last_req_id;
  Work work;
} Bare;

static void
call_bare (Bare *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ping");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "req_id");
  json_builder_add_int_value (builder, ++self->last_req_id);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  self->work.to_send--;
  soup_websocket_connection_send_text (self->connection, text);
}

static void
on_answer (SoupWebsocketConnection *connection,
           SoupWebsocketDataType type,
           GBytes *message,
           Bare *self)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  g_assert_true (json_parser_load_from_data (parser, text, length, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (object, "req_id"), <=, self->last_req_id);
  g_assert_cmpstr (json_object_get_string_member (object, "ping"), ==, "pong");
  self->work.to_answer--;
  if (self->work.to_send > 0)
    call_bare (self);
}

static double
time_bare (gpointer data, guint n_at_once)
{
  Bare *self = data;
  gint64 start = g_get_monotonic_time ();

  self->work = (Work){ N_CALLS, N_CALLS };
  for (guint i = 0; i < n_at_once; i++)
    call_bare (self);
  return wait_for (&self->work, start);
}

static SoupWebsocketConnection *
connect_bare (const char *address)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SoupWebsocketConnection *connection;

  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        tok_test_on_ready, &slot);
  result = tok_test_wait_for_result (&slot);
  connection = soup_session_websocket_connect_finish (session, result, NULL);
  g_assert_nonnull (connection);
  return connection;
}

/* Pairs of what is measured and what it is measured by. */

typedef double (*Take) (gpointer data, guint argument);

typedef struct {
  const char *name;
  Take take;
  gpointer data;
} Side;

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *first = a, *second = b;

  return *first < *second ? -1 : *first > *second;
}

static double
median (GArray *numbers)
{
  g_array_sort (numbers, compare);
  return g_array_index (numbers, double, numbers->len / 2);
}

static void
say (const char *name, const char *what, double value, const char *unit)
{
  printf ("%s-%s %.2f %s\n", name, what, value, unit);
  fflush (stdout);
}

static void
bench_pairs (const char *name, const Side sides[2], guint argument, gboolean per_second)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *times[2] = { g_array_new (FALSE, FALSE, sizeof (double)),
                       g_array_new (FALSE, FALSE, sizeof (double)) };

  for (guint i = 0; i < PAIRS; i++) {
    double pair[2];
    double ratio;

    for (guint j = 0; j < 2; j++) {
      guint which = (i + j) % 2;

      pair[which] = sides[which].take (sides[which].data, argument);
    }
    ratio = pair[0] / pair[1];
    g_array_append_val (ratios, ratio);
    g_array_append_val (times[0], pair[0]);
    g_array_append_val (times[1], pair[1]);
  }
  for (guint j = 0; j < 2; j++) {
    double time = median (times[j]);

    say (name, sides[j].name, per_second ? 1e6 / time : time / 1000, per_second ? "/s" : "ms");
    g_array_unref (times[j]);
  }
  say (name, "ratio", median (ratios), "x");
}

static void
bench_calls (const char *address)
{
  Ours ours = { tok_client_new (address, &tok_times_default) };
  Bare bare = { connect_bare (address) };
  const Side sides[2] = { { "client", time_ours, &ours }, { "bare", time_bare, &bare } };

  g_signal_connect (bare.connection, "message", G_CALLBACK (on_answer), &bare);
  tok_client_start (ours.client);
  tok_test_wait_until (tok_client_get_state (ours.client) == TOK_CLIENT_OPEN);
  time_ours (&ours, 1);
  time_bare (&bare, 1);

  bench_pairs ("calls", sides, 1, TRUE);
  bench_pairs ("piped", sides, N_PIPED, TRUE);

  tok_test_assert_finalize (ours.client);
  soup_websocket_connection_close (bare.connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_object_unref (bare.connection);
}

/* The longest answers. */

static void
append_scopes (GString *text, guint n)
{
  g_auto (GStrv) ids = tok_scopes_to_ids (n % 31 + 1);
  g_autofree char *joined = g_strjoinv ("\",\"", ids);

  g_string_append_printf (text, "\"scopes\":[\"%s\"]", joined);
}

static GString *
make_answer (const char *before, const char *row, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; text->len < LONGEST - 250; i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    g_string_append (text, row);
    append_scopes (text, i);
    g_string_append_printf (text, ",\"last_used\":\"2024-%02u-%02u 10:%02u:30\"}", i % 12 + 1,
                            i % 28 + 1, i % 60);
  }
  g_string_append_printf (text, "%s%*s", after, (int) (LONGEST - text->len - strlen (after)), "");
  g_assert_cmpuint (text->len, ==, LONGEST);
  return text;
}

static double
time_tokens (gpointer data, guint argument)
{
  const GString *text = data;
  gint64 start = g_get_monotonic_time ();
  TokWireAnswer *answer = tok_wire_decode (text->str, text->len, NULL);
  GPtrArray *rows = tok_wire_answer_to_tokens (answer, NULL, NULL);

  g_assert_cmpuint (rows->len, >, 2000);
  tok_wire_answer_free (answer);
  g_ptr_array_unref (rows);
  return g_get_monotonic_time () - start;
}

static double
time_apps (gpointer data, guint argument)
{
  const GString *text = data;
  gint64 start = g_get_monotonic_time ();
  TokWireAnswer *answer = tok_wire_decode (text->str, text->len, NULL);
  GPtrArray *rows = tok_wire_answer_to_apps (answer, NULL, NULL);

  g_assert_cmpuint (rows->len, >, 2000);
  tok_wire_answer_free (answer);
  g_ptr_array_unref (rows);
  return g_get_monotonic_time () - start;
}

static double
time_parser (gpointer data, guint argument)
{
  const GString *text = data;
  gint64 start = g_get_monotonic_time ();
  JsonParser *parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, text->str, text->len, NULL));
  g_object_unref (parser);
  return g_get_monotonic_time () - start;
}

static void
bench_answer (const char *name, Take take, GString *text)
{
  const Side sides[2] = { { "decode", take, text }, { "parse", time_parser, text } };

  take (text, 0);
  bench_pairs (name, sides, 0, FALSE);
  g_string_free (text, TRUE);
}

int
main (int argc, char *argv[])
{
  g_autofree char *address = start_echo ();

  bench_calls (address);
  bench_answer (
      "tokens", time_tokens,
      make_answer ("{\"echo_req\":{\"api_token\":1,\"req_id\":7},\"msg_type\":\"api_token\","
                   "\"req_id\":7,\"api_token\":{\"tokens\":[",
                   "{\"display_name\":\"Grid bot\",\"token\":\"***********oRVV\","
                   "\"valid_for_ip\":\"\",",
                   "]}}"));
  bench_answer (
      "apps", time_apps,
      make_answer ("{\"echo_req\":{\"oauth_apps\":1,\"req_id\":7},\"msg_type\":\"oauth_apps\","
                   "\"req_id\":7,\"oauth_apps\":[",
                   "{\"app_id\":16929,\"name\":\"Chart watcher\",\"official\":0,"
                   "\"app_markup_percentage\":0.5,",
                   "]}"));
  return 0;
}
