/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-stream.h"

#include <string.h>

static TokDemoStream *
new_stream (const char *text)
{
  g_autoptr (TokDemoRequest) request = tok_demo_request_new (text, strlen (text));

  return tok_demo_stream_new (request);
}

static GPtrArray *
new_streams (void)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func ((GDestroyNotify) tok_demo_stream_free);

  g_ptr_array_add (streams, new_stream ("{\"balance\":1,\"subscribe\":1}"));
  g_ptr_array_add (streams, new_stream ("{\"website_status\":1,\"subscribe\":1,\"req_id\":7}"));
  return streams;
}

static const char *
get_id (GPtrArray *streams, guint i)
{
  return ((TokDemoStream *) streams->pdata[i])->id;
}

static void
test_new_free (void)
{
  TokDemoStream *stream = new_stream ("{\"balance\":1}");

  g_assert_true (g_uuid_string_is_valid (stream->id));
  tok_demo_stream_free (stream);
}

static void
test_find (void)
{
  g_autoptr (GPtrArray) streams = new_streams ();

  g_assert_true (tok_demo_stream_find (streams, "balance") == streams->pdata[0]);
  g_assert_true (tok_demo_stream_find (streams, "website_status") == streams->pdata[1]);
  g_assert_null (tok_demo_stream_find (streams, "ticks"));
  g_assert_cmpstr (get_id (streams, 0), !=, get_id (streams, 1));
}

/* Each message has all that the first answer had, however late it comes. */
static void
test_message (void)
{
  g_autoptr (GPtrArray) streams = new_streams ();
  TokDemoStream *stream = streams->pdata[1];
  g_autofree char *wanted
      = g_strdup_printf ("{\"echo_req\":{\"website_status\":1,\"subscribe\":1,\"req_id\":7},"
                         "\"msg_type\":\"website_status\",\"website_status\":5,\"req_id\":7,"
                         "\"subscription\":{\"id\":\"%s\"}}",
                         stream->id);

  for (guint i = 0; i < 2; i++) {
    g_autofree char *text
        = tok_demo_request_answer (stream->request, json_node_init_int (json_node_alloc (), 5));

    g_assert_cmpstr (text, ==, wanted);
  }
}

static void
test_forget (void)
{
  g_autoptr (GPtrArray) streams = new_streams ();
  g_autofree char *id = g_strdup (get_id (streams, 0));

  g_assert_false (tok_demo_stream_forget (streams, "nobody"));
  g_assert_true (tok_demo_stream_forget (streams, id));
  g_assert_false (tok_demo_stream_forget (streams, id));
  g_assert_cmpuint (streams->len, ==, 1);
  g_assert_nonnull (tok_demo_stream_find (streams, "website_status"));
}

static void
test_forget_all (void)
{
  g_autoptr (GPtrArray) streams = new_streams ();
  g_autoptr (JsonArray) ids = json_array_new ();
  g_autofree char *id = g_strdup (get_id (streams, 1));

  g_ptr_array_add (streams, new_stream ("{\"balance\":1,\"subscribe\":1}"));
  tok_demo_stream_forget_all (streams, "ticks", ids);
  g_assert_cmpuint (json_array_get_length (ids), ==, 0);
  tok_demo_stream_forget_all (streams, "balance", ids);
  g_assert_cmpuint (json_array_get_length (ids), ==, 2);
  g_assert_cmpuint (streams->len, ==, 1);
  tok_demo_stream_forget_all (streams, "website_status", ids);
  g_assert_cmpstr (json_array_get_string_element (ids, 2), ==, id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-stream/new-free", test_new_free);
  g_test_add_func ("/demo-stream/find", test_find);
  g_test_add_func ("/demo-stream/message", test_message);
  g_test_add_func ("/demo-stream/forget", test_forget);
  g_test_add_func ("/demo-stream/forget-all", test_forget_all);
  return g_test_run ();
}
