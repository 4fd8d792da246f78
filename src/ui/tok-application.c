/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-application.h"

#include "tok-accounts.h"
#include "tok-browser-sign-in.h"
#include "tok-preferences.h"
#include "tok-secret.h"
#include "tok-session.h"
#include "tok-window.h"

#include <glib/gi18n-lib.h>

/* The application: its windows, its actions and their keys, and the way to the sample data. */
struct _TokApplication {
  AdwApplication parent_instance;

  TokAccounts *accounts;
  GSettings *settings;
  TokBrowserSignIn *browser;
  GtkWindow *preferences;
  TokStartSample start_sample;
  gpointer start_sample_data;
  gboolean sample_at_once;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TokApplication, tok_application, ADW_TYPE_APPLICATION)

/* There is one, perhaps behind a dialog. */
static TokWindow *
get_window (TokApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    if (TOK_IS_WINDOW (link->data))
      return TOK_WINDOW (link->data);
  return NULL;
}

static void
fail_exploring (TokApplication *self, const GError *error)
{
  TokWindow *window = get_window (self);

  if (window == NULL)
    return;
  tok_window_set_is_starting (window, FALSE);
  tok_window_report (window, error);
}

static void
on_explore_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TokApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  tok_accounts_sign_in_finish (TOK_ACCOUNTS (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail_exploring (self, error);
}

static void
on_explore (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TokApplication *self = TOK_APPLICATION (user_data);
  TokWindow *window = get_window (self);
  g_autofree char *address = NULL;
  g_autoptr (TokSecret) token = NULL;
  g_autoptr (GError) error = NULL;

  if (window != NULL)
    tok_window_set_is_starting (window, TRUE);
  if (!self->start_sample (&address, &token, self->start_sample_data, &error)) {
    fail_exploring (self, error);
    return;
  }
  tok_accounts_sign_in_async (self->accounts, address, token, TRUE, self->cancellable,
                              on_explore_ready, self);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TokApplication *self = TOK_APPLICATION (user_data);

  if (self->preferences == NULL)
    g_set_weak_pointer (&self->preferences,
                        tok_preferences_new (GTK_WINDOW (get_window (self)), self->settings,
                                             tok_accounts_get_can_keep (self->accounts)));
  gtk_window_present (self->preferences);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/org/example/TokenManager/tok-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts,
                                gtk_application_get_active_window (GTK_APPLICATION (user_data)));
  gtk_window_present (shortcuts);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (user_data)), "application-name",
      _ ("Token Manager"), "application-icon", TOK_APPLICATION_ID, "version", TOK_VERSION,
      "developer-name", _ ("The Token Manager contributors"), "license-type", GTK_LICENSE_GPL_3_0,
      "comments",
      _ ("See and take away what API tokens and connected apps may do with a Deriv account.\n\n"
         "This program is not made or endorsed by Deriv."),
      NULL);
}

/* A window that has to ask something before it closes stays, and so does the program. */
static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TokWindow *window = get_window (TOK_APPLICATION (user_data));
  GtkWindow *other;

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  if (get_window (TOK_APPLICATION (user_data)) != NULL)
    return;
  while ((other = gtk_application_get_active_window (GTK_APPLICATION (user_data))) != NULL)
    gtk_window_destroy (other);
}

/* Whatever can wait until something is on the screen does. */
static void
on_after_paint (GdkFrameClock *clock, TokApplication *self)
{
  TokSession *session = tok_accounts_get_current (self->accounts);

  g_signal_handlers_disconnect_by_func (clock, on_after_paint, self);
  if (self->sample_at_once)
    g_action_group_activate_action (G_ACTION_GROUP (self), "explore", NULL);
  else if (session != NULL && tok_session_get_state (session) == TOK_SESSION_SIGNED_OUT)
    tok_session_resume (session);
}

static TokWindow *
present_window (TokApplication *self)
{
  TokWindow *window = get_window (self);

  if (window == NULL) {
    window = tok_window_new (GTK_APPLICATION (self), self->accounts, self->settings, self->browser,
                             self->sample_at_once);
    gtk_widget_realize (GTK_WIDGET (window));
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                             G_CALLBACK (on_after_paint), self, 0);
  }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
tok_application_activate (GApplication *application)
{
  present_window (TOK_APPLICATION (application));
}

/* A browser hands over the end of a sign-in. */
static void
tok_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  TokWindow *window = present_window (TOK_APPLICATION (application));

  for (int i = 0; i < n_files; i++) {
    g_autoptr (TokSecret) uri = g_file_get_uri (files[i]);

    tok_window_take_redirect (window, uri);
  }
}

static void
tok_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "explore", on_explore, NULL, NULL, NULL },
    { "preferences", on_preferences, NULL, NULL, NULL },
    { "shortcuts", on_shortcuts, NULL, NULL, NULL },
    { "about", on_about, NULL, NULL, NULL },
    { "quit", on_quit, NULL, NULL, NULL },
  };
  static const struct {
    const char *action;
    const char *accels[4];
  } keys[] = {
    { "win.new-token", { "<Control>n", NULL } },
    { "win.refresh", { "F5", "<Control>r", NULL } },
    { "win.view::tokens", { "<Control>1", NULL } },
    { "win.view::apps", { "<Control>2", NULL } },
    { "window.close", { "<Control>w", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "app.shortcuts", { "<Control>question", NULL } },
    { "app.quit", { "<Control>q", NULL } },
  };

  G_APPLICATION_CLASS (tok_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].accels);
  tok_accounts_restore (TOK_APPLICATION (application)->accounts);
}

static void
tok_application_shutdown (GApplication *application)
{
  TokApplication *self = TOK_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  G_APPLICATION_CLASS (tok_application_parent_class)->shutdown (application);
}

static void
tok_application_finalize (GObject *object)
{
  TokApplication *self = TOK_APPLICATION (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->accounts);
  g_clear_object (&self->settings);
  g_clear_object (&self->browser);
  g_clear_weak_pointer (&self->preferences);

  G_OBJECT_CLASS (tok_application_parent_class)->finalize (object);
}

static void
tok_application_class_init (TokApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = tok_application_finalize;
  application_class->activate = tok_application_activate;
  application_class->open = tok_application_open;
  application_class->startup = tok_application_startup;
  application_class->shutdown = tok_application_shutdown;
}

static void
tok_application_init (TokApplication *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * tok_application_new:
 * @accounts: Who is signed in.
 * @settings: The settings.
 * @browser: The way through the browser.
 * @flags: What kind of process this is.
 *
 * Returns: (transfer full): The application.
 */
TokApplication *
tok_application_new (TokAccounts *accounts,
                     GSettings *settings,
                     TokBrowserSignIn *browser,
                     GApplicationFlags flags)
{
  TokApplication *self
      = g_object_new (TOK_TYPE_APPLICATION, "application-id", TOK_APPLICATION_ID,
                      "resource-base-path", "/org/example/TokenManager", "flags", flags, NULL);

  self->accounts = g_object_ref (accounts);
  self->settings = g_object_ref (settings);
  self->browser = g_object_ref (browser);
  return self;
}

/**
 * tok_application_set_start_sample:
 * @self: An application.
 * @start_sample: What starts the service of the sample data.
 * @user_data: Data for @start_sample, which outlives @self.
 * @at_once: Whether to do so as soon as the window is on the screen.
 *
 * Says where the sample data come from: the user interface doesn't know that service.
 */
void
tok_application_set_start_sample (TokApplication *self,
                                  TokStartSample start_sample,
                                  gpointer user_data,
                                  gboolean at_once)
{
  g_return_if_fail (TOK_IS_APPLICATION (self));
  g_return_if_fail (start_sample != NULL);

  self->start_sample = start_sample;
  self->start_sample_data = user_data;
  self->sample_at_once = at_once;
}
