/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-accounts.h"
#include "tok-address.h"
#include "tok-application.h"
#include "tok-browser-sign-in.h"
#include "tok-demo-server.h"
#include "tok-keyring-vault.h"
#include "tok-secret.h"
#include "tok-settings.h"

#include <locale.h>
#include <string.h>
#include <sys/resource.h>
#include <glib/gi18n.h>

#define EXIT_USAGE 2
#define REDIRECT_SCHEME "org.example.tokenmanager:"

typedef struct {
  gboolean demo;
  gboolean version;
  gboolean is_service;
  char *service;
  TokSecret *redirect;
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->service, g_free);
  g_clear_pointer (&options->redirect, tok_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Where the end of a sign-in with the browser is not handed over by the session bus it comes as an
 * argument. */
static gboolean
is_redirect (const char *argument)
{
  return g_ascii_strncasecmp (argument, REDIRECT_SCHEME, strlen (REDIRECT_SCHEME)) == 0;
}

/* It holds secrets, and everybody can see the arguments of a process. */
static void
hide_redirects (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (is_redirect (argv[i]))
      tok_secret_wipe (argv[i] + strlen (REDIRECT_SCHEME));
}

/* Bad options end in one line. */
static gboolean
parse_options (Options *options, char ***arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
      N_ ("Start on built-in sample data; nothing of it is real"), NULL },
    { "service", 0, 0, G_OPTION_ARG_STRING, &options->service,
      N_ ("Propose the service at URL, wss:// or, on this computer, ws://"), N_ ("URL") },
    /* How the session bus starts the program. */
    { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_service,
      NULL, NULL },
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
  if ((*arguments)[0] != NULL && (*arguments)[1] != NULL && is_redirect ((*arguments)[1])
      && (*arguments)[2] == NULL) {
    options->redirect = g_strdup ((*arguments)[1]);
  } else if ((*arguments)[0] != NULL && (*arguments)[1] != NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("Unexpected argument “%s”"),
                 (*arguments)[1]);
    return FALSE;
  }
  if (options->redirect != NULL && (options->demo || options->service != NULL)) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                         _ ("A sign-in can’t be handed to --demo or --service"));
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

/* What the command line chooses is for this run alone: it neither uses what other runs left behind,
 * nor leaves anything behind itself, nor is it swallowed by a program that runs already. */
static gboolean
is_alone (const Options *options)
{
  return options->demo || options->service != NULL;
}

static GApplicationFlags
choose_flags (const Options *options)
{
  if (is_alone (options))
    return G_APPLICATION_NON_UNIQUE;
  return G_APPLICATION_HANDLES_OPEN | (options->is_service ? G_APPLICATION_IS_SERVICE : 0);
}

static int
run (const Options *options, GSettings *settings, char *name)
{
  char *arguments[] = { name, options->redirect, NULL };
  g_autoptr (TokDemoServer) server = NULL;
  g_autoptr (TokVault) keyring = is_alone (options) ? NULL : tok_keyring_vault_new ();
  g_autoptr (TokAccounts) accounts = tok_accounts_new (keyring, settings, &tok_times_default);
  g_autoptr (TokBrowserSignIn) browser = tok_browser_sign_in_new (&tok_times_default);
  g_autoptr (TokApplication) application
      = tok_application_new (accounts, settings, browser, choose_flags (options));

  tok_application_set_start_sample (application, start_sample, &server, options->demo);
  return g_application_run (G_APPLICATION (application), options->redirect != NULL ? 2 : 1,
                            arguments);
}

static GSettings *
open_settings (const Options *options, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (options->service != NULL) {
    address = tok_address_check (options->service, error);
    if (address == NULL)
      return NULL;
  }
  settings = tok_settings_new (is_alone (options), error);
  if (settings != NULL && address != NULL)
    g_settings_set_string (settings, TOK_SETTINGS_SERVICE, address);
  return g_steal_pointer (&settings);
}

int
main (int argc, char *argv[])
{
  const struct rlimit no_core = { 0, 0 };
  g_auto (Options) options = { 0 };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  /* A core dump would hold secrets. */
  setrlimit (RLIMIT_CORE, &no_core);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TOK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  arguments = g_strdupv (argv);
  hide_redirects (argc, argv);
  if (parse_options (&options, &arguments, &error) && !options.version)
    settings = open_settings (&options, &error);
  if (error != NULL) {
    g_printerr ("token-manager: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (options.version) {
    g_print ("token-manager %s\n", TOK_VERSION);
    return 0;
  }
  return run (&options, settings, argv[0]);
}
