/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-log.h"

#include "tok-demo-print.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MODE 0600

struct _TokDemoLog {
  int fd;
};

static void
set_text (JsonObject *line, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (line, name, text);
  else
    json_object_set_null_member (line, name);
}

static void
set_integer (JsonObject *line, const char *name, JsonObject *members, const char *from)
{
  JsonNode *node = members != NULL && from != NULL ? json_object_get_member (members, from) : NULL;
  JsonNode *integer = node != NULL ? tok_demo_schema_coerce (node, TOK_DEMO_INTEGER) : NULL;

  if (integer == NULL)
    integer = json_node_init_null (json_node_alloc ());
  json_object_set_member (line, name, integer);
}

/* Who has asked; of a sign-in that was done, who that is. */
static const char *
get_login_id (const TokDemoSession *session, const TokDemoRequest *request, const char *outcome)
{
  gboolean new_token = request != NULL && request->call != NULL
                       && g_str_equal (request->call->name, "authorize")
                       && g_str_equal (outcome, TOK_DEMO_LOG_DONE);
  const TokDemoToken *token
      = new_token || request == NULL || request->call == NULL ? session->token : request->token;

  return token != NULL ? token->login_id : NULL;
}

/**
 * tok_demo_log_new:
 * @path: (nullable): A file, which is written on at its end, or %NULL for standard error.
 * @error: Where to put a %G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): A log.
 */
TokDemoLog *
tok_demo_log_new (const char *path, GError **error)
{
  TokDemoLog *self;
  int fd = path != NULL ? g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, MODE)
                        : dup (STDERR_FILENO);

  if (fd < 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    return NULL;
  }
  self = g_new0 (TokDemoLog, 1);
  self->fd = fd;
  return self;
}

/**
 * tok_demo_log_free:
 * @self: (transfer full): A log.
 */
void
tok_demo_log_free (TokDemoLog *self)
{
  close (self->fd);
  g_free (self);
}

/**
 * tok_demo_log_write:
 * @self: A log.
 * @session: Who has asked.
 * @request: (nullable): What for; %NULL if that was no request.
 * @outcome: What has become of it: %TOK_DEMO_LOG_DONE, %TOK_DEMO_LOG_NOT_DONE,
 *   %TOK_DEMO_LOG_CLOSED, or the code of an error.
 * @fault: (nullable): What has gone wrong with it.
 *
 * Writes one line, at once and in one piece. A line that can't be written is lost: nobody who
 * calls is worse off for that.
 */
void
tok_demo_log_write (TokDemoLog *self,
                    const TokDemoSession *session,
                    const TokDemoRequest *request,
                    const char *outcome,
                    const char *fault)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autoptr (JsonObject) line = json_object_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autofree char *text = NULL;
  g_autofree char *ended = NULL;
  const TokDemoCall *call = request != NULL ? request->call : NULL;
  JsonObject *members = request != NULL ? request->members : NULL;
  gboolean has_id = call != NULL && call->flags & TOK_DEMO_CALL_ID;

  json_object_set_string_member (line, "time", time);
  json_object_set_int_member (line, "connection", (gint64) session->number);
  set_text (line, "login_id", get_login_id (session, request, outcome));
  set_text (line, "call", call != NULL ? call->name : NULL);
  set_integer (line, "req_id", members, "req_id");
  set_integer (line, "app_id", members, has_id ? call->name : NULL);
  json_object_set_string_member (line, "outcome", outcome);
  set_text (line, "fault", fault);
  json_node_init_object (root, line);
  text = tok_demo_print (root);
  ended = g_strconcat (text, "\n", NULL);
  while (write (self->fd, ended, strlen (ended)) < 0 && errno == EINTR)
    ;
}
