/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-ui-program.h"

#include "tok-test.h"
#include "tok-ui-test.h"
#include "tok-window.h"

/* The window comes first: nothing of the service before something is on the screen. */
static gboolean
start_sample (char **address, char **token, gpointer data, GError **error)
{
  TokUiProgram *self = data;

  self->n_started++;
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (tok_ui_program_find_window (TOK_TYPE_WINDOW))));
  if (self->fails) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "<b>Oops</b>");
    return FALSE;
  }
  *address = g_strdup (self->stage->address);
  *token = g_strdup (TOK_UI_STAGE_TOKEN);
  return TRUE;
}

static gboolean
on_idle (gpointer data)
{
  TokUiProgram *self = data;

  self->scenario (self);
  tok_ui_program_activate (self, "quit");
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (self->application)));
  return G_SOURCE_REMOVE;
}

/**
 * tok_ui_program_run:
 * @self: A program that is described but for its application.
 *
 * Runs the program from its start to its end, with the test's part in between.
 */
void
tok_ui_program_run (TokUiProgram *self)
{
  self->application
      = tok_application_new (self->stage->accounts, self->stage->settings, self->stage->browser,
                             self->flags | G_APPLICATION_NON_UNIQUE);
  tok_application_set_start_sample (self->application, start_sample, self, self->sample_at_once);
  g_idle_add (on_idle, self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self->application), 0, NULL), ==, 0);
  tok_test_assert_finalize (self->application);
}

/**
 * tok_ui_program_activate:
 * @self: A program that runs.
 * @action: An action of its application.
 *
 * Activates it.
 */
void
tok_ui_program_activate (TokUiProgram *self, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), action, NULL);
}

/**
 * tok_ui_program_find_window:
 * @type: A kind of window.
 *
 * Returns: (transfer none) (nullable): The window of that kind; there may be only one.
 */
GtkWindow *
tok_ui_program_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (!G_TYPE_CHECK_INSTANCE_TYPE (window, type))
      continue;
    g_assert_null (found);
    found = window;
  }
  return found;
}

/**
 * tok_ui_program_wait_for_window:
 *
 * Returns: (transfer none): The main window, once it is on the screen.
 */
GtkWindow *
tok_ui_program_wait_for_window (void)
{
  tok_test_wait_until (tok_ui_program_find_window (TOK_TYPE_WINDOW) != NULL);
  tok_ui_test_wait_for_frame (tok_ui_program_find_window (TOK_TYPE_WINDOW));
  return tok_ui_program_find_window (TOK_TYPE_WINDOW);
}
