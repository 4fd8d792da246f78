/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-connection.h"

#include "tok-demo-ending.h"
#include "tok-demo-frame.h"
#include "tok-demo-guard.h"

/* A frame up to here is read to its end, so that the close frame that answers it is not lost
 * with a reset connection. */
#define MAX_FRAME (16 * 1024 * 1024)

/* What to do for a message when its time has come. */
typedef struct {
  TokDemoRequest *request;
  gint64 due;
} Job;

/**
 * TokDemoConnection:
 *
 * Passes the messages of one client through the gate, and the answers back, in their order.
 *
 * A message passes the first steps when it comes, and the call's own work is done later, even
 * if that is at once: as behind the real service's gateway.
 */
struct _TokDemoConnection {
  GObject parent_instance;

  SoupWebsocketConnection *socket;
  TokDemoGate *gate;
  TokDemoSession *session;
  guint latency;
  GQueue jobs;
  gint64 last_due;
  GSource *timer;
  gboolean parted;
  TokDemoEnding *ending;
};

G_DEFINE_FINAL_TYPE (TokDemoConnection, tok_demo_connection, G_TYPE_OBJECT)

enum { SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->request, tok_demo_request_free);
  g_free (job);
}

static gboolean
is_open (TokDemoConnection *self)
{
  return soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
hang_up (TokDemoConnection *self, gushort code)
{
  if (self->ending != NULL)
    return;
  g_queue_clear_full (&self->jobs, free_job);
  if (is_open (self))
    soup_websocket_connection_close (self->socket, code, NULL);
}

static void
set_timer (TokDemoConnection *self)
{
  const Job *first = g_queue_peek_head (&self->jobs);

  g_source_set_ready_time (self->timer, first != NULL ? first->due : -1);
}

/* Of two with one time the one that came first is the first. */
static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *first = a;
  const Job *second = b;

  return first->due <= second->due ? -1 : 1;
}

static void
add_job (TokDemoConnection *self, TokDemoRequest *request, gint64 due)
{
  Job *job = g_new0 (Job, 1);

  job->request = request;
  job->due = due;
  g_queue_insert_sorted (&self->jobs, job, compare_jobs, NULL);
  set_timer (self);
}

static void
on_cut (gpointer data)
{
  TokDemoConnection *self = data;

  self->parted = TRUE;
  g_source_set_ready_time (self->timer, 0);
}

static void
end_with (TokDemoConnection *self, GBytes *last_words, gboolean cuts)
{
  g_queue_clear_full (&self->jobs, free_job);
  self->ending = tok_demo_ending_new (self->socket, last_words, cuts ? on_cut : NULL, self);
}

static void
end_with_half (TokDemoConnection *self, const char *answer)
{
  g_autoptr (GBytes) frame = tok_demo_frame_new_text (answer, FALSE);

  end_with (self, g_bytes_new_from_bytes (frame, 0, g_bytes_get_size (frame) / 2), TRUE);
}

static void
end_with_close (TokDemoConnection *self, guint16 code)
{
  if (code == SOUP_WEBSOCKET_CLOSE_NO_STATUS)
    hang_up (self, code);
  else if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL)
    end_with (self, NULL, TRUE);
  else
    end_with (self, tok_demo_frame_new_close (code), FALSE);
}

/* A fault that was asked for. */
static void
let_happen (TokDemoConnection *self, Job *job, const TokDemoOutcome *outcome)
{
  const TokDemoMishap *mishap = outcome->mishap;
  const char *answer = outcome->answer;

  switch (mishap->kind) {
  case TOK_DEMO_MISHAP_DROP:
    end_with (self, NULL, TRUE);
    break;
  case TOK_DEMO_MISHAP_HALF:
    end_with_half (self, answer);
    break;
  case TOK_DEMO_MISHAP_MASKED:
    end_with (self, tok_demo_frame_new_text (answer, TRUE), FALSE);
    break;
  case TOK_DEMO_MISHAP_CLOSE:
    end_with_close (self, (guint16) mishap->number);
    break;
  case TOK_DEMO_MISHAP_DELAY:
    job->request->delayed = TRUE;
    add_job (self, g_steal_pointer (&job->request),
             g_get_monotonic_time () + mishap->number * G_TIME_SPAN_MILLISECOND);
    break;
  case TOK_DEMO_MISHAP_SILENCE:
    break;
  case TOK_DEMO_MISHAP_GARBAGE:
    soup_websocket_connection_send_text (self->socket, mishap->text);
    break;
  case TOK_DEMO_MISHAP_UNSOLICITED:
    soup_websocket_connection_send_text (self->socket, mishap->text);
    soup_websocket_connection_send_text (self->socket, answer);
    break;
  case TOK_DEMO_MISHAP_TWICE:
    soup_websocket_connection_send_text (self->socket, answer);
    soup_websocket_connection_send_text (self->socket, answer);
    break;
  case TOK_DEMO_MISHAP_ERROR:
  case TOK_DEMO_MISHAP_WRONG_ID:
  case TOK_DEMO_MISHAP_NO_ID:
    soup_websocket_connection_send_text (self->socket, answer);
    break;
  }
}

static void
do_job (TokDemoConnection *self, Job *job)
{
  g_autoptr (TokDemoOutcome) outcome = NULL;

  if (job->request == NULL) {
    hang_up (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
    return;
  }
  outcome = tok_demo_gate_perform (self->gate, self->session, job->request);
  if (outcome->mishap != NULL)
    let_happen (self, job, outcome);
  else
    soup_websocket_connection_send_text (self->socket, outcome->answer);
  if (outcome->hang_up)
    hang_up (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
}

static gboolean
on_due (gpointer data)
{
  g_autoptr (TokDemoConnection) self = g_object_ref (data);
  gint64 now = g_get_monotonic_time ();
  Job *job;

  if (self->parted) {
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
    return G_SOURCE_REMOVE;
  }
  while ((job = g_queue_peek_head (&self->jobs)) != NULL && job->due <= now && is_open (self)
         && self->ending == NULL) {
    g_queue_pop_head (&self->jobs);
    do_job (self, job);
    free_job (job);
  }
  set_timer (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch };

static void
on_message (SoupWebsocketConnection *socket,
            SoupWebsocketDataType type,
            GBytes *message,
            TokDemoConnection *self)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  /* What comes behind our close frame is not read any more. */
  if (!is_open (self) || self->ending != NULL)
    return;
  /* Nothing is known of what becomes of a binary frame (PROTOCOL 1.2): it isn't an object. */
  if (type != SOUP_WEBSOCKET_DATA_TEXT) {
    text = "[]";
    length = 2;
  }

  /* None overtakes another, also if it has a shorter way. */
  self->last_due = MAX (self->last_due,
                        g_get_monotonic_time () + (gint64) self->latency * G_TIME_SPAN_MILLISECOND);
  add_job (self, tok_demo_gate_admit (self->gate, self->session, text, length), self->last_due);
}

static void
on_too_big (TokDemoConnection *self)
{
  hang_up (self, SOUP_WEBSOCKET_CLOSE_TOO_BIG);
}

/* Both sides have sent a close frame: no more can come. */
static void
on_close_frame (TokDemoConnection *self)
{
  if (is_open (self) && self->ending == NULL)
    return;
  /* libsoup doesn't know that ours is sent, and would send another. */
  if (self->ending != NULL)
    g_io_stream_close (soup_websocket_connection_get_io_stream (self->socket), NULL, NULL);
  self->parted = TRUE;
  g_source_set_ready_time (self->timer, 0);
}

static void
on_error (SoupWebsocketConnection *socket, const GError *error, TokDemoConnection *self)
{
  /* Too much even to be read: libsoup would say nothing before it drops the connection. */
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    hang_up (self, SOUP_WEBSOCKET_CLOSE_TOO_BIG);
  /* No UTF-8: the service gives no reason (PROTOCOL 1.4 step 2), libsoup would. */
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_BAD_DATA))
    hang_up (self, SOUP_WEBSOCKET_CLOSE_NO_STATUS);
}

static void
on_closed (SoupWebsocketConnection *socket, TokDemoConnection *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
tok_demo_connection_dispose (GObject *object)
{
  TokDemoConnection *self = TOK_DEMO_CONNECTION (object);

  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_pointer (&self->ending, tok_demo_ending_free);
  g_queue_clear_full (&self->jobs, free_job);
  g_clear_pointer (&self->session, tok_demo_session_free);

  G_OBJECT_CLASS (tok_demo_connection_parent_class)->dispose (object);
}

static void
tok_demo_connection_class_init (TokDemoConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tok_demo_connection_dispose;

  /**
   * TokDemoConnection::closed:
   *
   * The connection is closed, by whomever.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tok_demo_connection_init (TokDemoConnection *self)
{
  g_queue_init (&self->jobs);
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, on_due, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/**
 * tok_demo_connection_new:
 * @socket: A WebSocket that was just opened, with [class@DemoGuard]s among its extensions.
 * @gate: (transfer none): What its messages pass through; outlives the connection.
 * @session: (transfer full): What is known of the client.
 *
 * Returns: (transfer full): A connection that answers without delay.
 */
TokDemoConnection *
tok_demo_connection_new (SoupWebsocketConnection *socket,
                         TokDemoGate *gate,
                         TokDemoSession *session)
{
  TokDemoConnection *self = g_object_new (TOK_TYPE_DEMO_CONNECTION, NULL);

  self->socket = g_object_ref (socket);
  self->gate = gate;
  self->session = session;
  soup_websocket_connection_set_max_incoming_payload_size (socket, MAX_FRAME);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "error", G_CALLBACK (on_error), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
  for (GList *l = soup_websocket_connection_get_extensions (socket); l != NULL; l = l->next) {
    if (!TOK_IS_DEMO_GUARD (l->data))
      continue;
    g_signal_connect_object (l->data, "too-big", G_CALLBACK (on_too_big), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (l->data, "close-frame", G_CALLBACK (on_close_frame), self,
                             G_CONNECT_SWAPPED);
  }
  return self;
}

/**
 * tok_demo_connection_set_latency:
 * @self: A connection.
 * @milliseconds: How long after its message a call's work is done and answered from now on.
 */
void
tok_demo_connection_set_latency (TokDemoConnection *self, guint milliseconds)
{
  self->latency = milliseconds;
}

/**
 * tok_demo_connection_tell_status:
 * @self: A connection.
 *
 * Tells the client how the service is, if it wants to hear of that.
 */
void
tok_demo_connection_tell_status (TokDemoConnection *self)
{
  g_autofree char *text = tok_demo_gate_dup_status (self->gate, self->session);

  if (text != NULL && is_open (self) && self->ending == NULL)
    soup_websocket_connection_send_text (self->socket, text);
}

/**
 * tok_demo_connection_cut:
 * @self: A connection.
 *
 * Ends the connection without a word, as the death of the process would.
 */
void
tok_demo_connection_cut (TokDemoConnection *self)
{
  g_queue_clear_full (&self->jobs, free_job);
  g_io_stream_close (soup_websocket_connection_get_io_stream (self->socket), NULL, NULL);
}
