/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into a program by LD_PRELOAD: says when its window has painted, so that the program needs
 * no code for being measured. It writes to the descriptor BENCH_FD, one line each,
 *
 *   first-frame NANOSECONDS    the first frame of the first window was painted
 *   rows NANOSECONDS           the first frame with a row of a list in it was painted
 *
 * by the monotonic clock. With BENCH_TOKEN it signs in, once the page for it was painted, as a
 * person would who is infinitely fast: the token goes into the field and the field is activated.
 * With BENCH_UNTIL=first-frame the program ends there. */

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#include <gtk/gtk.h>

static int report_fd = -1;
static gboolean seen_frame;
static gboolean seen_rows;
static gboolean signed_in;

static void
report (const char *what)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  dprintf (report_fd, "%s %" G_GINT64_FORMAT "\n", what,
           (gint64) now.tv_sec * 1000000000 + now.tv_nsec);
}

/* The first widget of a class that is on the screen; by name, since classes of the program are not
 * known here. */
static GtkWidget *
find_shown (GtkWidget *widget, const char *class_name)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), class_name) && gtk_widget_get_height (widget) > 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_shown (child, class_name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Idle, so that what the program itself does after its first frame is under way. */
static gboolean
sign_in (gpointer window)
{
  GtkWidget *row = find_shown (window, "AdwPasswordEntryRow");

  if (row != NULL && !signed_in) {
    signed_in = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (row), g_getenv ("BENCH_TOKEN"));
    g_signal_emit_by_name (row, "entry-activated");
  }
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock *clock, GtkWidget *window)
{
  if (!seen_frame) {
    seen_frame = TRUE;
    report ("first-frame");
    if (g_strcmp0 (g_getenv ("BENCH_UNTIL"), "first-frame") == 0)
      _exit (0);
  }
  if (!seen_rows && find_shown (window, "TokGrantRow") != NULL) {
    seen_rows = TRUE;
    report ("rows");
  }
  if (!signed_in && g_getenv ("BENCH_TOKEN") != NULL)
    g_idle_add (sign_in, window);
}

static void
on_map (GtkWidget *window)
{
  g_signal_handlers_disconnect_by_func (window, on_map, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint),
                    window);
}

/* In place of the library's: programs show their window with it. */
G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow * window) = dlsym (RTLD_NEXT, "gtk_window_present");
  const char *descriptor = g_getenv ("BENCH_FD");

  if (report_fd < 0 && descriptor != NULL) {
    /* What the program starts is not measured. */
    unsetenv ("LD_PRELOAD");
    report_fd = (int) g_ascii_strtoll (descriptor, NULL, 10);
    g_signal_connect (window, "map", G_CALLBACK (on_map), NULL);
  }
  present (window);
}
