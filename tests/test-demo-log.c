/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-log.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *path;
  TokDemoLog *log;
  TokDemoSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("log-XXXXXX", &fixture->path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  fixture->log = tok_demo_log_new (fixture->path, &error);
  g_assert_no_error (error);
  fixture->session = tok_demo_session_new ("1089", "127.0.0.1", NULL);
  fixture->session->number = 3;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tok_demo_log_free (fixture->log);
  tok_demo_session_free (fixture->session);
  g_unlink (fixture->path);
  g_free (fixture->path);
}

static void
write_line (Fixture *fixture, const char *text, const char *outcome, const char *fault)
{
  g_autoptr (TokDemoRequest) request
      = text != NULL ? tok_demo_request_new (text, strlen (text)) : NULL;

  tok_demo_log_write (fixture->log, fixture->session, request, outcome, fault);
}

/* The last line, without its time. */
static char *
dup_last (Fixture *fixture)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_lines;
  const char *rest;

  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  lines = g_strsplit (text, "\n", -1);
  n_lines = g_strv_length (lines);
  rest = strchr (lines[n_lines - 2], ',');
  g_assert_true (
      g_regex_match_simple ("^{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\",",
                            lines[n_lines - 2], 0, 0));
  return g_strdup (rest + 1);
}

static void
test_new_free (void)
{
  g_autoptr (GError) error = NULL;
  TokDemoLog *log = tok_demo_log_new (NULL, NULL);

  g_assert_nonnull (log);
  tok_demo_log_free (log);
  g_assert_null (tok_demo_log_new ("/nowhere/log", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *outcome;
    const char *fault;
    const char *line;
  } cases[] = {
    { NULL, "closed", NULL,
      "\"call\":null,\"req_id\":null,\"app_id\":null,\"outcome\":\"closed\",\"fault\":null}" },
    { "[]", "BadRequest", NULL,
      "\"call\":null,\"req_id\":null,\"app_id\":null,\"outcome\":\"BadRequest\",\"fault\":null}" },
    { "{\"ping\":1,\"req_id\":9007199254740993}", "done", "twice",
      "\"call\":\"ping\",\"req_id\":9007199254740993,\"app_id\":null,\"outcome\":\"done\","
      "\"fault\":\"twice\"}" },
    { "{\"revoke_oauth_app\":\"5\",\"req_id\":\"x\"}", "not-done", "drop-before",
      "\"call\":\"revoke_oauth_app\",\"req_id\":null,\"app_id\":5,\"outcome\":\"not-done\","
      "\"fault\":\"drop-before\"}" },
    { "{\"api_token\":1,\"new_token\":\"secret name\",\"delete_token\":\"***x\"}", "done", NULL,
      "\"call\":\"api_token\",\"req_id\":null,\"app_id\":null,\"outcome\":\"done\",\"fault\":"
      "null}" },
    { "{\"authorize\":\"secret\",\"tokens\":[\"other\"]}", "InvalidToken", NULL,
      "\"call\":\"authorize\",\"req_id\":null,\"app_id\":null,\"outcome\":\"InvalidToken\","
      "\"fault\":null}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *wanted
        = g_strconcat ("\"connection\":3,\"login_id\":null,", cases[i].line, NULL);
    g_autofree char *line = NULL;

    write_line (fixture, cases[i].text, cases[i].outcome, cases[i].fault);
    line = dup_last (fixture);
    g_assert_cmpstr (line, ==, wanted);
  }
}

/* Another log of the same file writes on. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TokDemoLog) other = tok_demo_log_new (fixture->path, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  write_line (fixture, "{\"ping\":1}", "done", NULL);
  tok_demo_log_write (other, fixture->session, NULL, "closed", NULL);
  write_line (fixture, "{\"ping\":1}", "done", NULL);
  g_file_get_contents (fixture->path, &text, NULL, NULL);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
}

#define ADD(path, test) g_test_add ("/demo-log/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-log/new-free", test_new_free);
  ADD ("lines", test_lines);
  ADD ("goes-on", test_goes_on);
  return g_test_run ();
}
