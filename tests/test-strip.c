/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-strip.h"

#include "tok-test.h"
#include "tok-ui-test.h"

static void
test_new_destroy (void)
{
  tok_ui_test_assert_finalize_widget (g_object_new (TOK_TYPE_STRIP, NULL));
  tok_ui_test_assert_finalize_widget (
      g_object_new (TOK_TYPE_STRIP, "text", "Offline.", "button-label", "Reconnect", NULL));
  tok_ui_test_close (tok_ui_test_present (g_object_new (TOK_TYPE_STRIP, "text", "Wait", NULL)));
}

static gboolean
is_revealed (GtkWidget *strip)
{
  GtkRevealer *revealer = tok_ui_test_get (strip, GTK_TYPE_REVEALER, NULL);

  return gtk_revealer_get_reveal_child (revealer);
}

static void
test_text (void)
{
  GtkWidget *strip = g_object_new (TOK_TYPE_STRIP, NULL);
  GtkWidget *window = tok_ui_test_present (strip);
  guint *n_notified = tok_test_count_notify (strip, "text");
  g_autofree char *text = NULL;

  g_assert_false (is_revealed (strip));
  g_object_set (strip, "text", "", NULL);
  g_assert_false (is_revealed (strip));

  g_object_set (strip, "text", "<b>Off</b> &amp; away", NULL);
  g_assert_true (is_revealed (strip));
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (strip, "<b>Off</b> &amp; away"));
  g_assert_cmpuint (*n_notified, ==, 2);
  g_object_set (strip, "text", "<b>Off</b> &amp; away", NULL);
  g_assert_cmpuint (*n_notified, ==, 2);
  g_object_get (strip, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "<b>Off</b> &amp; away");

  /* It doesn't shrink to nothing while it slides away. */
  g_object_set (strip, "text", NULL, NULL);
  g_assert_false (is_revealed (strip));
  g_assert_nonnull (tok_ui_test_find_any (strip, GTK_TYPE_LABEL, "<b>Off</b> &amp; away"));

  tok_ui_test_close (window);
}

static void
on_clicked (GtkWidget *strip, guint *n_clicked)
{
  (*n_clicked)++;
}

static void
test_button (void)
{
  GtkWidget *strip = g_object_new (TOK_TYPE_STRIP, "text", "Offline.", NULL);
  GtkWidget *window = tok_ui_test_present (strip);
  guint n_clicked = 0;

  g_signal_connect (strip, "clicked", G_CALLBACK (on_clicked), &n_clicked);
  g_assert_null (tok_ui_test_find (strip, GTK_TYPE_BUTTON, NULL));

  g_object_set (strip, "button-label", "Reconnect", NULL);
  tok_ui_test_click (strip, "Reconnect");
  g_assert_cmpuint (n_clicked, ==, 1);
  g_object_set (strip, "button-label", "Sign In Again", NULL);
  tok_ui_test_click (strip, "Sign In Again");
  g_assert_cmpuint (n_clicked, ==, 2);

  g_object_set (strip, "button-label", "", NULL);
  g_assert_null (tok_ui_test_find (strip, GTK_TYPE_BUTTON, NULL));
  g_object_set (strip, "button-label", "Retry", NULL);
  g_object_set (strip, "button-label", NULL, NULL);
  g_assert_null (tok_ui_test_find (strip, GTK_TYPE_BUTTON, NULL));

  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/strip/new-destroy", test_new_destroy);
  g_test_add_func ("/strip/text", test_text);
  g_test_add_func ("/strip/button", test_button);

  return g_test_run ();
}
