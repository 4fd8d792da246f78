/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-stream.h"

/**
 * tok_demo_stream_new:
 * @request: A call that subscribes.
 *
 * Returns: (transfer full): A stream.
 */
TokDemoStream *
tok_demo_stream_new (const TokDemoRequest *request)
{
  TokDemoStream *self = g_new0 (TokDemoStream, 1);

  self->id = g_uuid_string_random ();
  self->request = tok_demo_request_copy (request);
  self->request->subscription = g_strdup (self->id);
  return self;
}

/**
 * tok_demo_stream_free:
 * @self: (transfer full): A stream.
 */
void
tok_demo_stream_free (TokDemoStream *self)
{
  g_free (self->id);
  tok_demo_request_free (self->request);
  g_free (self);
}

/**
 * tok_demo_stream_find:
 * @streams: (element-type TokDemoStream): The streams of a connection.
 * @type: The name of a call.
 *
 * Returns: (transfer none) (nullable): The stream of that type.
 */
TokDemoStream *
tok_demo_stream_find (GPtrArray *streams, const char *type)
{
  for (guint i = 0; i < streams->len; i++) {
    TokDemoStream *stream = streams->pdata[i];

    if (g_str_equal (stream->request->call->name, type))
      return stream;
  }
  return NULL;
}

/**
 * tok_demo_stream_forget:
 * @streams: (element-type TokDemoStream): The streams of a connection.
 * @id: Any id.
 *
 * Ends the stream of that id.
 *
 * Returns: Whether there was one.
 */
gboolean
tok_demo_stream_forget (GPtrArray *streams, const char *id)
{
  for (guint i = 0; i < streams->len; i++)
    if (g_str_equal (((TokDemoStream *) streams->pdata[i])->id, id)) {
      g_ptr_array_remove_index (streams, i);
      return TRUE;
    }
  return FALSE;
}

/**
 * tok_demo_stream_forget_all:
 * @streams: (element-type TokDemoStream): The streams of a connection.
 * @type: The name of a call.
 * @ids: Where to put their ids.
 *
 * Ends the streams of that type.
 */
void
tok_demo_stream_forget_all (GPtrArray *streams, const char *type, JsonArray *ids)
{
  TokDemoStream *stream;

  while ((stream = tok_demo_stream_find (streams, type)) != NULL) {
    json_array_add_string_element (ids, stream->id);
    g_ptr_array_remove (streams, stream);
  }
}
