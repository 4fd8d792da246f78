/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-client-private.h"

#include "tok-error.h"
#include "tok-secret.h"

#include <glib/gi18n-lib.h>

/* What goes out, and when: no more than the service takes. */

#define ROOM 10 /* one of so many requests is left to others */

/* Who knows that the service takes nothing for a while needn't ask. */
static void
note_pause (TokClient *self, gint64 length)
{
  gint64 end = g_get_monotonic_time () + length;

  if (end <= self->resumes_at)
    return;
  self->resumes_at = end;
  tok_client_notify_resumes_at (self);
}

static gboolean
is_too_long (TokClient *self, gint64 wait)
{
  return wait > (gint64) self->times.longest_hold * G_TIME_SPAN_MILLISECOND;
}

/* Nobody waits for long without being told. */
static void
refuse (TokClient *self, GTask *task, gint64 wait)
{
  note_pause (self, wait);
  g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_RATE_LIMIT, "%s",
                           _ ("The service has had as many requests as it takes just now."));
}

/**
 * tok_client_note_limit: (skip)
 * @self: A client.
 * @answer: Something that the service sent.
 *
 * If it says that it has had too many requests nothing more is sent for a while. It may have
 * counted more than we have, since others may call in the same name (PROTOCOL 3.2).
 */
void
tok_client_note_limit (TokClient *self, const TokWireAnswer *answer)
{
  g_autoptr (GError) error = tok_wire_answer_dup_error (answer);
  gint64 length = (gint64) self->times.rate_limit_pause * G_TIME_SPAN_MILLISECOND;

  if (!g_error_matches (error, TOK_ERROR, TOK_ERROR_RATE_LIMIT))
    return;
  tok_pacer_hold (self->pacer, g_get_monotonic_time () + length);
  note_pause (self, length);
}

/**
 * tok_client_next_req_id:
 * @self: A client.
 *
 * Returns: A number for a request; none is given out twice, so that an answer that outlives its
 *   connection can't be taken for another (PROTOCOL 1.3).
 */
gint64
tok_client_next_req_id (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  return ++self->last_req_id;
}

/**
 * tok_client_call:
 * @self: A client.
 * @req_id: From [method@Client.next_req_id].
 * @kind: How the request gets on with others.
 * @text: (transfer full): The request; it is wiped when it is sent.
 * @source_tag: Which call it is.
 * @cancellable: (nullable): To give up.
 * @callback: Called when it is answered, or can't be.
 * @user_data: For @callback.
 *
 * Asks something. The result is a #GTask with a #TokWireAnswer, which may be an error, too. It
 * isn't sent behind an authorize that isn't answered, and not before the service takes it; if that
 * would be long it fails with %TOK_ERROR_RATE_LIMIT right away (PROTOCOL 1.3 and 3.2).
 */
void
tok_client_call (TokClient *self,
                 gint64 req_id,
                 TokRequestKind kind,
                 char *text,
                 gpointer source_tag,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (TokSecret) owned = text;
  g_autoptr (GTask) task = NULL;
  gint64 wait;

  g_return_if_fail (TOK_IS_CLIENT (self));
  g_return_if_fail (text != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, source_tag);
  if (g_task_return_error_if_cancelled (task))
    return;
  wait = tok_requests_get_wait (self->requests, 0);
  if (self->state != TOK_CLIENT_OPEN)
    g_task_return_new_error (task, TOK_ERROR, TOK_ERROR_OFFLINE, "%s",
                             self->error != NULL ? self->error->message
                                                 : _ ("There is no connection."));
  else if (kind == TOK_REQUEST_PLAIN && is_too_long (self, wait))
    refuse (self, task, wait);
  else
    tok_requests_add (self->requests, req_id, kind, g_steal_pointer (&owned), task);
}

/**
 * tok_client_call_finish:
 * @self: A client.
 * @result: What the callback was given.
 * @source_tag: Which call it must have been.
 * @error: Where to put the reason of a failure.
 *
 * Returns: (transfer full) (nullable): The answer, which may be an error, too.
 */
TokWireAnswer *
tok_client_call_finish (TokClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tok_client_get_wait:
 * @self: A client.
 * @leaves_room: Whether some requests are to remain possible for whoever has only a few.
 *
 * Says how long one who has many requests to send waits before the next, so as to stay within what
 * the service takes in a minute and an hour (PROTOCOL 3.2). What is asked without that is held back
 * for a moment, or fails with %TOK_ERROR_RATE_LIMIT.
 *
 * Returns: That time in milliseconds; 0 if it is now.
 */
guint
tok_client_get_wait (TokClient *self, gboolean leaves_room)
{
  gint64 wait;

  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  wait = tok_requests_get_wait (self->requests,
                                leaves_room ? tok_pacer_get_minutely (self->pacer) / ROOM : 0);
  return (guint) ((wait + G_TIME_SPAN_MILLISECOND - 1) / G_TIME_SPAN_MILLISECOND);
}

/**
 * tok_client_get_resumes_at:
 * @self: A client.
 *
 * Returns: When the service takes requests again, in monotonic time, if there were too many; a time
 *   that is over, or 0, if there weren't.
 */
gint64
tok_client_get_resumes_at (TokClient *self)
{
  g_return_val_if_fail (TOK_IS_CLIENT (self), 0);

  return self->resumes_at;
}
