/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-requests.h"

#include "tok-error.h"
#include "tok-secret.h"

#include <glib/gi18n-lib.h>

#define MILLISECOND 1000

struct _TokRequests {
  guint timeout;
  gint64 longest_hold;
  TokPacer *pacer;
  TokRequestsSend send;
  TokRequestsStuck stuck;
  gpointer owner;

  GHashTable *tasks; /* req_id → GTask, whose data is a Request */
  GQueue queue;      /* of Request: not sent yet */
  guint hold;        /* until the first of them may be sent */

  /* The authorize that is on its way. Its answer is waited for even if nobody wants it any more,
   * because until then it isn't known in whose name the next request would be. */
  gint64 authorizing;
  guint authorize_timeout;
};

typedef struct {
  TokRequests *owner; /* while it is in the table */
  gint64 req_id;
  TokRequestKind kind;
  char *text; /* until it is sent */
  GSource *timeout;
  GSource *cancelled;
} Request;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
free_request (gpointer data)
{
  Request *request = data;

  g_assert (request->timeout == NULL && request->cancelled == NULL);
  g_clear_pointer (&request->text, tok_secret_free);
  g_free (request);
}

/* Takes a request out of the table: nobody else will end it. */
static GTask *
take (TokRequests *self, gint64 req_id)
{
  GTask *task = g_hash_table_lookup (self->tasks, &req_id);
  Request *request;

  if (task == NULL)
    return NULL;
  g_object_ref (task);
  request = g_task_get_task_data (task);
  g_hash_table_remove (self->tasks, &req_id);
  g_queue_remove (&self->queue, request);
  clear_source (&request->timeout);
  clear_source (&request->cancelled);
  return task;
}

static gboolean
on_request_timeout (gpointer data)
{
  Request *request = g_task_get_task_data (data);
  g_autoptr (GTask) task = take (request->owner, request->req_id);

  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_UNCONFIRMED, "%s",
                           _ ("The service didn’t answer in time."));
  return G_SOURCE_REMOVE;
}

static gboolean
on_request_cancelled (GCancellable *cancellable, gpointer data)
{
  Request *request = g_task_get_task_data (data);
  g_autoptr (GTask) task = take (request->owner, request->req_id);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
on_authorize_timeout (gpointer data)
{
  TokRequests *self = data;

  self->authorize_timeout = 0;
  self->stuck (self->owner);
  return G_SOURCE_REMOVE;
}

static void
send_request (TokRequests *self, GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (TokSecret) text = g_steal_pointer (&request->text);

  if (request->kind == TOK_REQUEST_AUTHORIZE) {
    self->authorizing = request->req_id;
    self->authorize_timeout = g_timeout_add (self->timeout, on_authorize_timeout, self);
  } else {
    request->timeout = g_timeout_source_new (self->timeout);
    g_task_attach_source (task, request->timeout, on_request_timeout);
  }
  self->send (self->owner, text);
}

static void send_queue (TokRequests *self);

static gboolean
on_hold_over (gpointer data)
{
  TokRequests *self = data;
  Request *request = g_queue_peek_head (&self->queue);
  g_autoptr (GTask) alive = NULL; /* and with it the owner */

  self->hold = 0;
  if (request == NULL)
    return G_SOURCE_REMOVE;
  alive = g_object_ref (g_hash_table_lookup (self->tasks, &request->req_id));
  send_queue (self);
  return G_SOURCE_REMOVE;
}

static gint64
get_wait (TokRequests *self, const Request *request, gint64 now)
{
  return request->kind == TOK_REQUEST_PLAIN ? tok_pacer_get_wait (self->pacer, now, 0) : 0;
}

/* Whoever is told may call anything, and let go of the owner. */
static void
refuse_all (GPtrArray *tasks)
{
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_new_error (tasks->pdata[i], TOK_ERROR, TOK_ERROR_RATE_LIMIT, "%s",
                             _ ("The service has had as many requests as it takes just now."));
}

/* Sends what may be sent. What would have to wait for long fails instead. */
static void
send_queue (TokRequests *self)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_object_unref);

  g_clear_handle_id (&self->hold, g_source_remove);
  while (self->authorizing == 0 && !g_queue_is_empty (&self->queue)) {
    Request *request = g_queue_peek_head (&self->queue);
    gint64 now = g_get_monotonic_time ();
    gint64 wait = get_wait (self, request, now);

    if (wait > self->longest_hold) {
      g_ptr_array_add (refused, take (self, request->req_id));
    } else if (wait > 0) {
      self->hold = g_timeout_add ((guint) (wait / MILLISECOND) + 1, on_hold_over, self);
      break;
    } else {
      g_queue_pop_head (&self->queue);
      if (request->kind == TOK_REQUEST_PLAIN)
        tok_pacer_count (self->pacer, now);
      send_request (self, g_hash_table_lookup (self->tasks, &request->req_id));
    }
  }
  refuse_all (refused);
}

static void
end_authorizing (TokRequests *self)
{
  self->authorizing = 0;
  g_clear_handle_id (&self->authorize_timeout, g_source_remove);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 *first = a;
  const gint64 *second = b;

  return *first < *second ? -1 : *first > *second;
}

/**
 * tok_requests_new:
 * @timeout: How long a request may wait for its answer, in milliseconds.
 * @longest_hold: How long it may wait before it is sent, because the service takes no more.
 * @pacer: Says how long that is; it outlives the table.
 * @send: Sends.
 * @stuck: Is told when nothing can be sent any more.
 * @owner: For both; it outlives the table.
 *
 * Returns: (transfer full): An empty table.
 */
TokRequests *
tok_requests_new (guint timeout,
                  guint longest_hold,
                  TokPacer *pacer,
                  TokRequestsSend send,
                  TokRequestsStuck stuck,
                  gpointer owner)
{
  TokRequests *self;

  g_return_val_if_fail (pacer != NULL, NULL);
  g_return_val_if_fail (send != NULL && stuck != NULL, NULL);

  self = g_new0 (TokRequests, 1);
  self->timeout = timeout;
  self->longest_hold = (gint64) longest_hold * MILLISECOND;
  self->pacer = pacer;
  self->send = send;
  self->stuck = stuck;
  self->owner = owner;
  self->tasks = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  g_queue_init (&self->queue);
  return self;
}

/**
 * tok_requests_free:
 * @self: (transfer full): A table in which nothing waits any more.
 *
 * Lets it go.
 */
void
tok_requests_free (TokRequests *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_hash_table_size (self->tasks) == 0);

  end_authorizing (self);
  g_clear_handle_id (&self->hold, g_source_remove);
  g_clear_pointer (&self->tasks, g_hash_table_unref);
  g_free (self);
}

/**
 * tok_requests_add:
 * @self: A table.
 * @req_id: The number that the answer will repeat; never used before.
 * @kind: How it gets on with others.
 * @text: (transfer full): What to send; it is wiped when it is sent.
 * @task: (transfer none): What to end with a #TokWireAnswer or an error; it has no data yet.
 *
 * Sends a request at once, or as soon as an authorize before it is answered, and the service takes
 * another one; if that would be too long it fails with %TOK_ERROR_RATE_LIMIT, unsent. It fails with
 * %TOK_ERROR_UNCONFIRMED if there is no answer in time; if the cancellable of @task is cancelled,
 * it leaves the table, unsent if it can.
 */
void
tok_requests_add (TokRequests *self, gint64 req_id, TokRequestKind kind, char *text, GTask *task)
{
  GCancellable *cancellable;
  Request *request;

  g_return_if_fail (self != NULL);
  g_return_if_fail (req_id > 0 && !g_hash_table_contains (self->tasks, &req_id));
  g_return_if_fail (text != NULL);
  g_return_if_fail (G_IS_TASK (task));

  request = g_new0 (Request, 1);
  request->owner = self;
  request->req_id = req_id;
  request->kind = kind;
  request->text = text;
  g_task_set_task_data (task, request, free_request);
  g_hash_table_insert (self->tasks, &request->req_id, g_object_ref (task));

  cancellable = g_task_get_cancellable (task);
  if (cancellable != NULL) {
    request->cancelled = g_cancellable_source_new (cancellable);
    g_task_attach_source (task, request->cancelled, G_SOURCE_FUNC (on_request_cancelled));
  }
  g_queue_push_tail (&self->queue, request);
  if (self->hold == 0)
    send_queue (self);
}

/**
 * tok_requests_answer:
 * @self: A table.
 * @answer: (transfer full): What came.
 *
 * Ends the request that @answer belongs to, which is told by its req_id alone.
 *
 * Returns: %FALSE if nobody waits for it: it is late, or repeated, or was never asked for.
 */
gboolean
tok_requests_answer (TokRequests *self, TokWireAnswer *answer)
{
  g_autoptr (TokWireAnswer) owned = answer;
  g_autoptr (GTask) task = NULL;
  gint64 req_id;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  req_id = tok_wire_answer_get_req_id (answer);
  task = take (self, req_id);
  if (self->authorizing != 0 && req_id == self->authorizing) {
    end_authorizing (self);
    send_queue (self);
  }
  if (task == NULL)
    return FALSE;
  g_task_return_pointer (task, g_steal_pointer (&owned), (GDestroyNotify) tok_wire_answer_free);
  return TRUE;
}

/**
 * tok_requests_fail_all:
 * @self: A table.
 * @why: What happened to the connection, for the curious.
 *
 * Fails everything that waits, in the order in which it was asked: with %TOK_ERROR_UNCONFIRMED what
 * was sent, with %TOK_ERROR_OFFLINE what wasn't. Callbacks may ask anew meanwhile; that stays.
 */
void
tok_requests_fail_all (TokRequests *self, const char *why)
{
  g_autoptr (GList) ids = NULL;
  GPtrArray *tasks;

  g_return_if_fail (self != NULL);
  g_return_if_fail (why != NULL);

  end_authorizing (self);
  g_clear_handle_id (&self->hold, g_source_remove);
  tasks = g_ptr_array_new_with_free_func (g_object_unref);
  ids = g_list_sort (g_hash_table_get_keys (self->tasks), compare_ids);
  for (GList *l = ids; l != NULL; l = l->next)
    g_ptr_array_add (tasks, take (self, *(gint64 *) l->data));

  for (guint i = 0; i < tasks->len; i++) {
    GTask *task = tasks->pdata[i];
    Request *request = g_task_get_task_data (task);
    gboolean was_sent = request->text == NULL;

    g_task_return_new_error (task, TOK_ERROR, was_sent ? TOK_ERROR_UNCONFIRMED : TOK_ERROR_OFFLINE,
                             "%s", why);
  }
  g_ptr_array_unref (tasks);
}

/**
 * tok_requests_get_wait:
 * @self: A table.
 * @n_more: How many others are to be sent before, beside those in the table.
 *
 * Returns: How long a request that is added now would wait before it is sent, because the service
 *   takes no more; in microseconds, 0 if it wouldn't.
 */
gint64
tok_requests_get_wait (const TokRequests *self, guint n_more)
{
  g_return_val_if_fail (self != NULL, 0);

  return tok_pacer_get_wait (self->pacer, g_get_monotonic_time (), self->queue.length + n_more);
}

/**
 * tok_requests_get_n:
 * @self: A table.
 *
 * Returns: How many requests wait.
 */
guint
tok_requests_get_n (const TokRequests *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->tasks);
}

/**
 * tok_requests_get_is_authorizing:
 * @self: A table.
 *
 * Returns: Whether an authorize is on its way, so that nothing may be sent.
 */
gboolean
tok_requests_get_is_authorizing (const TokRequests *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->authorizing != 0;
}
