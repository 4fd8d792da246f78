/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-accounts.h"
#include "tok-address.h"
#include "tok-application.h"
#include "tok-demo-server.h"
#include "tok-memory-vault.h"

#include <locale.h>
#include <sys/resource.h>
#include <glib/gi18n.h>

#define EXIT_USAGE 2

typedef struct {
  gboolean demo;
  gboolean version;
  char *service;
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->service, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Bad options end in one line. */
static gboolean
parse_options (Options *options, char ***arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
      N_ ("Start on built-in sample data; nothing of it is real"), NULL },
    { "service", 0, 0, G_OPTION_ARG_STRING, &options->service,
      N_ ("Propose the service at URL, wss:// or, on this computer, ws://"), N_ ("URL") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Show the version and exit"),
      NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("See and take away what API tokens and connected apps may do with an account."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;
  if ((*arguments)[0] != NULL && (*arguments)[1] != NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("Unexpected argument “%s”"),
                 (*arguments)[1]);
    return FALSE;
  }
  if (options->demo && options->service != NULL) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         _ ("Only one of --demo and --service can be given"));
    return FALSE;
  }
  return TRUE;
}

/* Sample data live in a service of this process, which speaks the wire like any other. */
static gboolean
start_sample (char **address, char **token, gpointer user_data, GError **error)
{
  TokDemoServer **server = user_data;

  if (*server == NULL) {
    g_autoptr (TokDemoServer) started = tok_demo_server_new (NULL);

    if (!tok_demo_server_start (started, 0, error))
      return FALSE;
    *server = g_steal_pointer (&started);
  }
  *address = g_strdup (tok_demo_server_get_address (*server));
  *token = g_strdup (tok_demo_server_get_token (*server));
  return TRUE;
}

static int
run (const Options *options, const char *address)
{
  g_autoptr (TokDemoServer) server = NULL;
  g_autoptr (TokVault) vault = tok_memory_vault_new ();
  g_autoptr (TokAccounts) accounts = tok_accounts_new (vault, &tok_times_default);
  gboolean alone = options->demo || options->service != NULL;
  g_autoptr (TokApplication) application = tok_application_new (
      accounts, address, alone ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS);

  tok_application_set_start_sample (application, start_sample, &server, options->demo);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

int
main (int argc, char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  g_auto (Options) options = { 0 };
  g_auto (GStrv) arguments = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  /* A core dump would hold secrets. */
  setrlimit (RLIMIT_CORE, &no_core);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TOK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  arguments = g_strdupv (argv);
  if (parse_options (&options, &arguments, &error))
    address = tok_address_check (options.service != NULL ? options.service : TOK_ADDRESS_DEFAULT,
                                 &error);
  if (error != NULL) {
    g_printerr ("token-manager: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (options.version) {
    g_print ("token-manager %s\n", TOK_VERSION);
    return 0;
  }
  return run (&options, address);
}
