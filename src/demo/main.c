/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-demo-server.h"

#include "tok-secret.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define EXIT_USAGE 2
#define MAX_LIMIT 100000
#define MAX_APPS 10000
#define MAX_TRADES 100000

typedef struct {
  int port;
  char *token;
  gboolean no_limits;
  char *limit;
  int n_apps;
  int n_trades;
  int latency;
  gboolean full_tokens;
  int n_tokens;
  char *state;
  gboolean log;
  char *log_path;
  char **faults;
  char *certificate;
  char *key;
  char *updating;
  gboolean version;
} Options;

/* When an update that was announced is done. */
typedef struct {
  TokDemoServer *server;
  guint delay;
} Update;

static gboolean lost;

static void G_GNUC_PRINTF (1, 2) complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("token-manager-demo: %s\n", text);
}

/* Reads "N/SECONDS", or "SECONDS/SECONDS". */
static gboolean
parse_pair (const char *text, guint *first, guint *second)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  guint64 numbers[2];

  if (g_strv_length (parts) != G_N_ELEMENTS (numbers))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, MAX_LIMIT, &numbers[i], NULL))
      return FALSE;
  *first = (guint) numbers[0];
  *second = (guint) numbers[1];
  return TRUE;
}

static gboolean
is_pair (const char *text)
{
  guint first, second;

  return parse_pair (text, &first, &second);
}

/* Says what is wrong with the options, without repeating a token. */
static gboolean
check_options (const Options *options, int argc, char **argv)
{
  if (argc > 1)
    complain (_ ("“%s” is not an option"), argv[1]);
  else if (options->port < 0 || options->port > G_MAXUINT16)
    complain (_ ("A port is a number from 0 to 65535"));
  else if (options->latency < 0)
    complain (_ ("A latency is a number of milliseconds"));
  else if (options->limit != NULL && !is_pair (options->limit))
    complain (_ ("A limit is a number of calls, “/”, and a number of seconds"));
  else if (options->updating != NULL && !is_pair (options->updating))
    complain (_ ("An update is a number of seconds, “/”, and another"));
  else if ((options->certificate != NULL) != (options->key != NULL))
    complain (_ ("A certificate and its key are given together"));
  else if (options->n_apps < 0 || options->n_apps > MAX_APPS)
    complain (_ ("A number of apps is at most %d"), MAX_APPS);
  else if (options->n_trades < 0 || options->n_trades > MAX_TRADES)
    complain (_ ("A number of trades is at most %d"), MAX_TRADES);
  else if (options->n_tokens != 0 && !tok_demo_server_is_n_tokens (options->n_tokens))
    complain (_ ("A number of tokens is from 6 to 7500"));
  else if (options->token != NULL && !tok_demo_server_is_token (options->token))
    complain (_ ("A token is 1 to 128 letters, digits, “_” and “-”"));
  else
    return TRUE;
  return FALSE;
}

/* An option whose value may be left out has to be told from one that isn't given. */
static gboolean
on_log (const char *name, const char *value, gpointer data, GError **error)
{
  Options *options = data;

  options->log = TRUE;
  g_free (options->log_path);
  options->log_path = g_strdup (value);
  return TRUE;
}

static gboolean
parse_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
      N_ ("Listen on this port of 127.0.0.1; 0, the default, picks a free one"), N_ ("N") },
    { "token", 0, 0, G_OPTION_ARG_STRING, &options->token,
      N_ ("The secret of the token that has all scopes; random if not given"), N_ ("VALUE") },
    { "no-limits", 0, 0, G_OPTION_ARG_NONE, &options->no_limits,
      N_ ("Don’t limit the rate of calls"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &options->limit,
      N_ ("Let in N calls in so many seconds, in place of 180 in 60"), N_ ("N/SECONDS") },
    { "apps", 0, 0, G_OPTION_ARG_INT, &options->n_apps,
      N_ ("Connect so many more apps to the first account"), N_ ("N") },
    { "latency", 0, 0, G_OPTION_ARG_INT, &options->latency,
      N_ ("Do and answer every call this much later"), N_ ("MS") },
    { "full-tokens", 0, 0, G_OPTION_ARG_NONE, &options->full_tokens,
      N_ ("List whole tokens, as older services do"), NULL },
    { "tokens", 0, 0, G_OPTION_ARG_INT, &options->n_tokens,
      N_ ("Give the account SAMPLE1 so many tokens"), N_ ("N") },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
      N_ ("Keep all changes in this file, and go on from there if it exists: --token, --tokens and "
          "--apps don’t count then"),
      N_ ("FILE") },
    { "log", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, on_log,
      N_ ("Write a line of JSON for each call into this file, or to standard error"), N_ ("FILE") },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate,
      N_ ("Speak TLS, with the certificate in this file"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->key,
      N_ ("The private key of that certificate"), N_ ("FILE") },
    { "updating", 0, 0, G_OPTION_ARG_STRING, &options->updating,
      N_ ("Announce an update after so many seconds, and drop all connections so many later"),
      N_ ("SECONDS/SECONDS") },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
      N_ ("Let something go wrong, as said below; can be given several times"),
      N_ ("CALL:WHEN:WHAT") },
    { "trades", 0, 0, G_OPTION_ARG_INT, &options->n_trades,
      N_ ("Add so many closed contracts to what the account SAMPLE1 has done"), N_ ("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Show the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, options, NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (
      context, _ ("A service with sample data, for programs that manage tokens and connected "
                  "apps.\nWhen it is ready it prints its address and a token. Nothing in it is "
                  "real."));
  g_option_context_set_description (
      context, _ ("Any app_id is accepted, except that 403 is turned away, and 404 is not known "
                  "to the service.\nThe token is for the account SAMPLE1. In a browser, "
                  "/oauth2/authorize?app_id=N asks whether to let an app into all accounts.\n\n"
                  "In a fault CALL is the name of a call, “api_token.new_token” for those that "
                  "have such a member, or “*”.\nWHEN is “3” for the third of them, “3+” from the "
                  "third on, or “/3” for every third.\nWHAT is drop-before, drop-after, "
                  "silent-before, silent-after, close-before:CODE, close-after:CODE,\n"
                  "error:CODE[:MESSAGE], delay:MS, garbage[:TEXT], wrong-id[:N], no-id, twice, "
                  "unsolicited[:TEXT], masked or half.\n"));
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  if (g_option_context_parse (context, argc, argv, &error))
    return check_options (options, *argc, *argv);
  complain ("%s", error->message);
  return FALSE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* It would forget at the next start what it has told clients. */
static void
on_cannot_keep (TokDemoServer *server, const char *sentence, GMainLoop *loop)
{
  complain (_ ("A change can’t be kept, so the service ends: %s"), sentence);
  lost = TRUE;
  g_main_loop_quit (loop);
}

static gboolean
on_update_due (gpointer data)
{
  Update *update = data;

  tok_demo_server_update (update->server, update->delay);
  return G_SOURCE_REMOVE;
}

/* What is made anew is made as the options say; what was kept stays as it was. */
static gboolean
fill (TokDemoServer *server, const Options *options, GError **error)
{
  gboolean resumed = FALSE;

  if (options->state != NULL && !tok_demo_server_keep (server, options->state, &resumed, error))
    return FALSE;
  if (!resumed) {
    tok_demo_server_add_apps (server, (guint) options->n_apps);
    if (options->n_tokens != 0)
      tok_demo_server_set_n_tokens (server, options->n_tokens);
  }
  if (options->certificate != NULL
      && !tok_demo_server_set_tls (server, options->certificate, options->key, error))
    return FALSE;
  for (char **fault = options->faults; fault != NULL && *fault != NULL; fault++)
    if (!tok_demo_server_add_fault (server, *fault, error))
      return FALSE;
  return !options->log || tok_demo_server_set_log (server, options->log_path, error);
}

static int
serve (const Options *options)
{
  g_autoptr (TokDemoServer) server = tok_demo_server_new (options->token);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Update update = { server };
  guint n_calls, seconds;

  if (!fill (server, options, &error)) {
    complain ("%s", error->message);
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? EXIT_USAGE
                                                                            : EXIT_FAILURE;
  }
  tok_demo_server_set_limits (server, !options->no_limits);
  if (options->limit != NULL && parse_pair (options->limit, &n_calls, &seconds))
    tok_demo_server_set_minute (server, n_calls, seconds * 1000);
  if (options->n_trades > 0)
    tok_demo_server_add_trades (server, (guint) options->n_trades);
  tok_demo_server_set_latency (server, options->latency);
  tok_demo_server_set_full_tokens (server, options->full_tokens);
  /* Before anybody can know that we are there. */
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_signal_connect (server, "cannot-keep", G_CALLBACK (on_cannot_keep), loop);
  if (!tok_demo_server_start (server, options->port, &error)) {
    if (error->domain == G_FILE_ERROR)
      complain ("%s", error->message);
    else
      complain (_ ("Can’t listen on port %d: %s"), options->port, error->message);
    return EXIT_FAILURE;
  }

  if (options->updating != NULL && parse_pair (options->updating, &seconds, &update.delay)) {
    update.delay *= 1000;
    g_timeout_add (seconds * 1000, on_update_due, &update);
  }
  printf ("url %s\ntoken %s\n", tok_demo_server_get_address (server),
          tok_demo_server_get_token (server));
  fflush (stdout);
  g_main_loop_run (loop);
  return lost ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  const struct rlimit no_core = { 0, 0 };
  Options options = { 0 };
  int status;

  /* It holds nothing real, but the habit is cheap. */
  setrlimit (RLIMIT_CORE, &no_core);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TOK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  if (!parse_options (&options, &argc, &argv))
    status = EXIT_USAGE;
  else if (options.version)
    status = printf ("token-manager-demo %s\n", TOK_VERSION) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  else
    status = serve (&options);
  tok_secret_free (options.token);
  g_free (options.limit);
  g_free (options.state);
  g_free (options.log_path);
  g_strfreev (options.faults);
  g_free (options.certificate);
  g_free (options.key);
  g_free (options.updating);
  return status;
}
