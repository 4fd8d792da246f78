/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-toast.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#define NARROW 360
#define HEIGHT 400
#define LONG_NAME                                                                                  \
  "“WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW” "       \
  "can no longer use your accounts"

static void
test_new_destroy (void)
{
  tok_test_assert_finalize (tok_toast_new ("Done"));
}

/* The button that closes it is where it can be reached, and beside the middle of the text. */
static void
assert_close_is_beside (GtkWidget *overlay, GtkWidget *label)
{
  GtkWidget *button = tok_ui_test_find (overlay, GTK_TYPE_BUTTON, NULL);
  graphene_rect_t bounds, text;

  g_assert_true (gtk_widget_compute_bounds (button, overlay, &bounds));
  g_assert_true (gtk_widget_compute_bounds (label, overlay, &text));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, NARROW);
  /* It needs no higher window. */
  g_assert_cmpint (gtk_widget_get_height (overlay), ==, HEIGHT);
  g_assert_cmpfloat (text.origin.y + text.size.height, <=, HEIGHT);
  g_assert_cmpfloat_with_epsilon (graphene_rect_get_y (&bounds) + bounds.size.height / 2,
                                  graphene_rect_get_y (&text) + text.size.height / 2, 2);
}

/* No markup, and in a narrow window all of it. */
static void
test_shows_all (gconstpointer data)
{
  const char *text = data;
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *window;
  GtkWidget *label;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  gtk_widget_set_size_request (overlay, NARROW, -1);
  window = tok_ui_test_present (overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, HEIGHT);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), tok_toast_new (text));
  tok_test_wait_until (tok_ui_test_shows (overlay, text));
  tok_ui_test_wait_for_frame (window);
  label = tok_ui_test_find (overlay, GTK_TYPE_LABEL, text);
  g_assert_cmpint (gtk_widget_get_width (window), ==, NARROW);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  assert_close_is_beside (overlay, label);
  tok_ui_test_close (window);
}

/* What was said before is said again afterwards. */
static void
test_comes_first (void)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *window;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  window = tok_ui_test_present (overlay);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), tok_toast_new ("Signed in"));
  tok_test_wait_until (tok_ui_test_shows (overlay, "Signed in"));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), tok_toast_new ("Revoked"));
  tok_test_wait_until (tok_ui_test_shows (overlay, "Revoked"));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/toast/new-destroy", test_new_destroy);
  g_test_add_data_func ("/toast/shows-all/plain", "“Chart Desk” can no longer use your accounts",
                        test_shows_all);
  g_test_add_data_func ("/toast/shows-all/markup", "“<b>A</b> &amp; B” is deleted", test_shows_all);
  g_test_add_data_func ("/toast/shows-all/long", LONG_NAME, test_shows_all);
  g_test_add_func ("/toast/comes-first", test_comes_first);

  return g_test_run ();
}
