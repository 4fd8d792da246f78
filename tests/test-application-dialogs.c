/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A program apart from test-application, since GLib forgets a block of memory when a process knows
 * more than 2,048 of its strings, and the leak sanitizer can't tell that from a leak of ours. */

#include "tok-test.h"
#include "tok-ui-program.h"
#include "tok-ui-test.h"
#include "tok-window.h"

static void
show_shortcuts (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  GtkWindow *shortcuts;

  tok_ui_program_activate (program, "shortcuts");
  shortcuts = tok_ui_program_find_window (GTK_TYPE_SHORTCUTS_WINDOW);
  g_assert_nonnull (shortcuts);
  g_assert_true (gtk_window_get_transient_for (shortcuts) == window);
  tok_ui_test_wait_for_frame (shortcuts);
  g_assert_true (tok_ui_test_shows (shortcuts, "Connected Apps"));
  gtk_window_close (shortcuts);
  tok_test_wait_until (tok_ui_program_find_window (GTK_TYPE_SHORTCUTS_WINDOW) == NULL);
}

static void
test_shortcuts (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = show_shortcuts };

  tok_ui_program_run (&program);
}

static void
show_about (TokUiProgram *program)
{
  GtkWindow *window = tok_ui_program_wait_for_window ();
  GtkWindow *about;

  tok_ui_program_activate (program, "about");
  about = tok_ui_program_find_window (ADW_TYPE_ABOUT_WINDOW);
  g_assert_nonnull (about);
  g_assert_true (gtk_window_get_transient_for (about) == window);
  g_assert_cmpint (adw_about_window_get_license_type (ADW_ABOUT_WINDOW (about)), ==,
                   GTK_LICENSE_GPL_3_0);
  g_assert_nonnull (strstr (adw_about_window_get_comments (ADW_ABOUT_WINDOW (about)),
                            "not made or endorsed by Deriv"));
  tok_ui_test_wait_for_frame (about);

  /* Started a second time meanwhile, the program doesn't open a second window. */
  g_application_activate (G_APPLICATION (program->application));
  g_assert_true (tok_ui_program_find_window (TOK_TYPE_WINDOW) == window);
  gtk_window_close (about);
  tok_test_wait_until (tok_ui_program_find_window (ADW_TYPE_ABOUT_WINDOW) == NULL);

  /* And with one open it can be quit. */
  tok_ui_program_activate (program, "about");
}

static void
test_about (TokUiStage *stage, gconstpointer data)
{
  TokUiProgram program = { .stage = stage, .scenario = show_about };

  tok_ui_program_run (&program);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  tok_ui_stage_add ("/application-dialogs/shortcuts", NULL, test_shortcuts);
  tok_ui_stage_add ("/application-dialogs/about", NULL, test_about);

  return g_test_run ();
}
