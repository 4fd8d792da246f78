/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-application.h"

#include "tok-account-page.h"
#include "tok-error.h"
#include "tok-sign-in-page.h"
#include "tok-test.h"
#include "tok-ui-stage.h"
#include "tok-ui-test.h"
#include "tok-window.h"

#define SAMPLE "Sample data. Nothing here is real."
#define EXPLORE "Explore with sample data"

typedef struct Fixture Fixture;

/* An application, what a test does while it runs, and where its sample data come from. */
struct Fixture {
  TokUiStage *stage;
  TokApplication *application;
  void (*scenario) (Fixture *self);
  gboolean fails;
  guint n_started;
};

/* Of the application, or transient for one that is. */
static guint
count_windows (GType type, GtkWindow **last)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (window, type)) {
      *last = window;
      n++;
    }
  }
  return n;
}

static GtkWindow *
find_window (GType type)
{
  GtkWindow *window = NULL;

  g_assert_cmpuint (count_windows (type, &window), <=, 1);
  return window;
}

/* The window comes first: nothing of the service before something is on the screen. */
static gboolean
start_sample (char **address, char **token, gpointer data, GError **error)
{
  Fixture *self = data;

  self->n_started++;
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (find_window (TOK_TYPE_WINDOW))));
  if (self->fails) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "<b>Oops</b>");
    return FALSE;
  }
  *address = g_strdup (self->stage->address);
  *token = g_strdup (TOK_UI_STAGE_TOKEN);
  return TRUE;
}

static void
activate (Fixture *self, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), action, NULL);
}

static gboolean
on_idle (gpointer data)
{
  Fixture *self = data;

  self->scenario (self);
  activate (self, "quit");
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (self->application)));
  return G_SOURCE_REMOVE;
}

/* Runs the program from its start to its end. */
static void
run (TokUiStage *stage, gboolean sample_at_once, gboolean fails, void (*scenario) (Fixture *self))
{
  Fixture self = { stage, NULL, scenario, fails, 0 };

  self.application
      = tok_application_new (stage->accounts, stage->address, G_APPLICATION_NON_UNIQUE);
  tok_application_set_start_sample (self.application, start_sample, &self, sample_at_once);
  g_idle_add (on_idle, &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 0, NULL), ==, 0);
  tok_test_assert_finalize (self.application);
}

static GtkWindow *
wait_for_window (Fixture *self)
{
  GtkWindow *window;

  tok_test_wait_until (find_window (TOK_TYPE_WINDOW) != NULL);
  window = find_window (TOK_TYPE_WINDOW);
  tok_ui_test_wait_for_frame (window);
  return window;
}

static void
test_new_destroy (TokUiStage *stage, gconstpointer data)
{
  TokApplication *application
      = tok_application_new (stage->accounts, stage->address, G_APPLICATION_NON_UNIQUE);

  tok_test_assert_finalize (application);
}

static void
start (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);

  g_assert_nonnull (tok_ui_test_find (window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (self->n_started, ==, 0);
  g_assert_cmpuint (tok_demo_server_get_n_connections (self->stage->server), ==, 0);

  /* Started a second time, it shows what is there. */
  g_application_activate (G_APPLICATION (self->application));
  g_assert_true (find_window (TOK_TYPE_WINDOW) == window);
  activate (self, "about");
  g_application_activate (G_APPLICATION (self->application));
  g_assert_true (find_window (TOK_TYPE_WINDOW) == window);
}

static void
test_start (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, start);
}

static void
start_with_sample (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);

  tok_test_wait_until (tok_ui_test_shows (window, SAMPLE));
  tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
  g_assert_null (tok_ui_test_find_any (window, TOK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (self->n_started, ==, 1);
  g_assert_true (tok_session_get_is_sample (tok_accounts_get_current (self->stage->accounts)));
}

static void
test_sample_at_once (TokUiStage *stage, gconstpointer data)
{
  run (stage, TRUE, FALSE, start_with_sample);
}

static void
explore (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);

  for (guint i = 1; i <= 2; i++) {
    tok_ui_test_click (window, EXPLORE);
    g_assert_cmpuint (self->n_started, ==, i);
    g_assert_nonnull (tok_ui_test_find_any (window, TOK_TYPE_ACCOUNT_PAGE, NULL));
    tok_test_wait_until (tok_ui_test_shows (window, SAMPLE));
    tok_test_wait_until (tok_ui_test_shows (window, "Grid bot"));
    gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-out", NULL);
    tok_ui_test_wait_for_frame (window);
  }
}

static void
test_explore (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, explore);
}

static void
explore_in_vain (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);

  if (!self->fails)
    tok_demo_server_stop (self->stage->server);
  activate (self, "explore");
  tok_test_wait_until (tok_ui_test_find (window, TOK_TYPE_SIGN_IN_PAGE, NULL) != NULL);
  tok_test_wait_until (tok_ui_test_shows (
      window, self->fails ? "Something unexpected went wrong. Try again."
                          : "The service can’t be reached. Check your network and try again."));
  g_assert_nonnull (tok_ui_test_find (window, GTK_TYPE_BUTTON, EXPLORE));
  g_assert_null (tok_accounts_get_current (self->stage->accounts));
}

static void
test_explore_in_vain (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, GPOINTER_TO_INT (data), explore_in_vain);
}

/* Somebody loses patience with a service that takes its time. */
static void
explore_and_leave (Fixture *self)
{
  wait_for_window (self);
  tok_demo_server_set_latency (self->stage->server, 600000);
  activate (self, "explore");
  tok_test_wait_until (tok_ui_stage_count_calls (self->stage, "authorize") == 1);
}

static void
test_explore_and_leave (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, explore_and_leave);
}

static const struct {
  const char *action;
  const char *accels[3];
} keys[] = {
  { "win.refresh", { "F5", "<Control>r", NULL } },
  { "win.view::tokens", { "<Control>1", NULL } },
  { "win.view::apps", { "<Control>2", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "app.shortcuts", { "<Control>question", NULL } },
  { "app.quit", { "<Control>q", NULL } },
};

static void
check_keys (Fixture *self)
{
  wait_for_window (self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_auto (GStrv) accels = gtk_application_get_accels_for_action (
        GTK_APPLICATION (self->application), keys[i].action);

    g_assert_cmpstrv (accels, keys[i].accels);
  }
}

static void
test_keys (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, check_keys);
}

static void
show_shortcuts (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);
  GtkWindow *shortcuts;

  activate (self, "shortcuts");
  shortcuts = find_window (GTK_TYPE_SHORTCUTS_WINDOW);
  g_assert_nonnull (shortcuts);
  g_assert_true (gtk_window_get_transient_for (shortcuts) == window);
  tok_ui_test_wait_for_frame (shortcuts);
  g_assert_nonnull (tok_ui_test_find (shortcuts, GTK_TYPE_LABEL, "Connected Apps"));
  gtk_window_close (shortcuts);
  tok_test_wait_until (find_window (GTK_TYPE_SHORTCUTS_WINDOW) == NULL);
}

static void
test_shortcuts (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, show_shortcuts);
}

static void
show_about (Fixture *self)
{
  GtkWindow *window = wait_for_window (self);
  GtkWindow *about;

  activate (self, "about");
  about = find_window (ADW_TYPE_ABOUT_WINDOW);
  g_assert_nonnull (about);
  g_assert_true (gtk_window_get_transient_for (about) == window);
  g_assert_cmpint (adw_about_window_get_license_type (ADW_ABOUT_WINDOW (about)), ==,
                   GTK_LICENSE_GPL_3_0);
  g_assert_nonnull (strstr (adw_about_window_get_comments (ADW_ABOUT_WINDOW (about)),
                            "not made or endorsed by Deriv"));
  tok_ui_test_wait_for_frame (about);
  gtk_window_close (about);
  tok_test_wait_until (find_window (ADW_TYPE_ABOUT_WINDOW) == NULL);
}

static void
test_about (TokUiStage *stage, gconstpointer data)
{
  run (stage, FALSE, FALSE, show_about);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/application/new-destroy", NULL, test_new_destroy);
  tok_ui_stage_add ("/application/start", NULL, test_start);
  tok_ui_stage_add ("/application/sample-at-once", NULL, test_sample_at_once);
  tok_ui_stage_add ("/application/explore", NULL, test_explore);
  tok_ui_stage_add ("/application/explore-in-vain/no-service", GINT_TO_POINTER (TRUE),
                    test_explore_in_vain);
  tok_ui_stage_add ("/application/explore-in-vain/no-answer", GINT_TO_POINTER (FALSE),
                    test_explore_in_vain);
  tok_ui_stage_add ("/application/explore-and-leave", NULL, test_explore_and_leave);
  tok_ui_stage_add ("/application/keys", NULL, test_keys);
  tok_ui_stage_add ("/application/shortcuts", NULL, test_shortcuts);
  tok_ui_stage_add ("/application/about", NULL, test_about);

  return g_test_run ();
}
