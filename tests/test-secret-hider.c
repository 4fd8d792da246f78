/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-hider.h"

#include "tok-settings.h"
#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>

#define LONG 600

/* Something that shows a secret, or hides it. */
typedef struct {
  GtkWidget *label;
  GtkWidget *window;
  TokSecretHider *hider;
  guint *n_changes;
  gint64 start;
} Fixture;

static void
begin (Fixture *self, guint seconds)
{
  self->label = gtk_label_new ("");
  self->window = tok_ui_test_present (self->label);
  self->hider = tok_secret_hider_new (self->label, seconds);
  self->n_changes = tok_test_count_notify (self->hider, "revealed");
  self->start = g_get_monotonic_time ();
}

static void
end (Fixture *self)
{
  tok_test_assert_finalize (self->hider);
  tok_ui_test_close (self->window);
}

static void
reveal (Fixture *self)
{
  g_object_set (self->hider, "revealed", TRUE, NULL);
}

static gboolean
is_revealed (TokSecretHider *hider)
{
  gboolean revealed;

  g_object_get (hider, "revealed", &revealed, NULL);
  return revealed;
}

static guint
get_seconds (TokSecretHider *hider)
{
  guint seconds;

  g_object_get (hider, "seconds", &seconds, NULL);
  return seconds;
}

static double
seconds_since (Fixture *self)
{
  return (double) (g_get_monotonic_time () - self->start) / G_USEC_PER_SEC;
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, LONG);
  g_assert_false (is_revealed (fixture.hider));
  g_assert_cmpuint (get_seconds (fixture.hider), ==, LONG);
  end (&fixture);

  /* It may go before its time is up, and after what it watches. */
  begin (&fixture, 1);
  reveal (&fixture);
  tok_ui_test_close (fixture.window);
  reveal (&fixture);
  tok_test_assert_finalize (fixture.hider);
  tok_test_wait_until (seconds_since (&fixture) > 1.1);
}

static void
test_time_is_up (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 1);
  reveal (&fixture);
  g_assert_true (is_revealed (fixture.hider));
  tok_test_wait_until (!is_revealed (fixture.hider));
  g_assert_cmpfloat (seconds_since (&fixture), >=, 0.9);
  g_assert_cmpuint (*fixture.n_changes, ==, 2);

  /* What is hidden stays hidden, and has all of its time again. */
  g_object_set (fixture.hider, "revealed", FALSE, NULL);
  g_assert_cmpuint (*fixture.n_changes, ==, 2);
  fixture.start = g_get_monotonic_time ();
  reveal (&fixture);
  tok_test_wait_until (!is_revealed (fixture.hider));
  g_assert_cmpfloat (seconds_since (&fixture), >=, 0.9);
  end (&fixture);
}

/* Somebody who hides it and looks again does not get the rest of the first time. */
static void
test_reveal_again (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, 2);
  reveal (&fixture);
  tok_test_wait_until (seconds_since (&fixture) > 0.5);
  g_object_set (fixture.hider, "revealed", FALSE, NULL);
  reveal (&fixture);
  /* Saying so once more changes nothing. */
  tok_test_wait_until (seconds_since (&fixture) > 1.5);
  reveal (&fixture);
  tok_test_wait_until (!is_revealed (fixture.hider));
  g_assert_cmpfloat (seconds_since (&fixture), >=, 2.4);
  g_assert_cmpfloat (seconds_since (&fixture), <, 3.4);
  g_assert_cmpuint (*fixture.n_changes, ==, 4);
  end (&fixture);
}

/* A change counts from when it was revealed. */
static void
test_change_seconds (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, LONG);
  g_object_set (fixture.hider, "seconds", LONG + 1, NULL);
  g_assert_false (is_revealed (fixture.hider));
  reveal (&fixture);
  g_object_set (fixture.hider, "seconds", 1, NULL);
  g_assert_true (is_revealed (fixture.hider));
  tok_test_wait_until (!is_revealed (fixture.hider));
  g_assert_cmpfloat (seconds_since (&fixture), >=, 0.9);

  /* Its time would be up. */
  g_object_set (fixture.hider, "seconds", LONG, NULL);
  fixture.start = g_get_monotonic_time ();
  reveal (&fixture);
  tok_test_wait_until (seconds_since (&fixture) > 1.1);
  g_assert_true (is_revealed (fixture.hider));
  g_object_set (fixture.hider, "seconds", 1, NULL);
  tok_test_wait_until (!is_revealed (fixture.hider));
  g_assert_cmpfloat (seconds_since (&fixture), <, 2);

  /* Longer than it was. */
  fixture.start = g_get_monotonic_time ();
  reveal (&fixture);
  g_object_set (fixture.hider, "seconds", LONG, NULL);
  tok_test_wait_until (seconds_since (&fixture) > 1.1);
  g_assert_true (is_revealed (fixture.hider));
  end (&fixture);
}

static void
test_unmap (void)
{
  Fixture fixture = { NULL };

  begin (&fixture, LONG);
  reveal (&fixture);
  gtk_widget_set_visible (fixture.label, FALSE);
  g_assert_false (is_revealed (fixture.hider));

  /* With the whole window. */
  gtk_widget_set_visible (fixture.label, TRUE);
  reveal (&fixture);
  gtk_widget_hide (fixture.window);
  g_assert_false (is_revealed (fixture.hider));
  end (&fixture);
}

/* A window over all of the screen, so that the pointer is in it: nobody else gives it the focus. */
static GtkWidget *
present_active (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  tok_test_wait_until (gtk_window_is_active (GTK_WINDOW (window)));
  return window;
}

static void
test_focus (void)
{
  GtkWidget *label = gtk_label_new ("");
  GtkWidget *window = present_active (label);
  TokSecretHider *hider = tok_secret_hider_new (label, LONG);
  GtkWidget *other;

  g_object_set (hider, "revealed", TRUE, NULL);
  g_object_notify (G_OBJECT (window), "is-active");
  g_assert_true (is_revealed (hider));

  other = present_active (gtk_label_new (""));
  tok_test_wait_until (!is_revealed (hider));
  g_assert_false (gtk_window_is_active (GTK_WINDOW (window)));

  tok_test_assert_finalize (hider);
  tok_ui_test_close (other);
  tok_ui_test_close (window);
}

/* The window counts that it is in now. */
static void
test_another_window (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GtkWidget) label = NULL;
  GtkWidget *other;
  GtkWidget *above;

  begin (&fixture, LONG);
  label = g_object_ref (fixture.label);
  gtk_window_set_child (GTK_WINDOW (fixture.window), NULL);
  other = tok_ui_test_present (label);
  g_clear_object (&label);
  above = present_active (gtk_label_new (""));
  tok_test_wait_until (!gtk_window_is_active (GTK_WINDOW (other)));

  reveal (&fixture);
  g_object_notify (G_OBJECT (fixture.window), "is-active");
  g_assert_true (is_revealed (fixture.hider));
  g_object_notify (G_OBJECT (other), "is-active");
  g_assert_false (is_revealed (fixture.hider));
  tok_ui_test_close (above);
  tok_ui_test_close (other);
  end (&fixture);
}

static void
test_attach (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, &error);
  GtkWidget *field = g_object_new (GPOINTER_TO_SIZE (data), NULL);
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (field)));
  GtkWidget *window = tok_ui_test_present (field);
  TokSecretHider *hider;

  g_assert_no_error (error);
  g_settings_set_uint (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, 77);
  hider = tok_secret_hider_attach (field, settings);
  g_assert_cmpuint (get_seconds (hider), ==, 77);
  g_assert_false (is_revealed (hider));

  /* By its button, by the menu, or by whatever. */
  gtk_text_set_visibility (text, TRUE);
  g_assert_true (is_revealed (hider));
  gtk_text_set_visibility (text, FALSE);
  g_assert_false (is_revealed (hider));

  gtk_text_set_visibility (text, TRUE);
  g_settings_set_uint (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, 5);
  g_assert_cmpuint (get_seconds (hider), ==, 5);
  g_object_set (hider, "seconds", 1, NULL);
  tok_test_wait_until (!gtk_text_get_visibility (text));
  g_assert_cmpuint (g_settings_get_uint (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS), ==, 5);

  gtk_text_set_visibility (text, TRUE);
  gtk_widget_set_visible (field, FALSE);
  g_assert_false (gtk_text_get_visibility (text));

  /* It goes with its field. */
  g_object_add_weak_pointer (G_OBJECT (hider), (gpointer *) &hider);
  tok_ui_test_close (window);
  g_assert_null (hider);
}

/* What is revealed already when it comes is hidden too. */
static void
test_attach_late (void)
{
  g_autoptr (GSettings) settings = tok_settings_new (TRUE, NULL);
  GtkWidget *field = gtk_password_entry_new ();
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (field)));
  GtkWidget *window = tok_ui_test_present (field);

  gtk_text_set_visibility (text, TRUE);
  g_assert_true (is_revealed (tok_secret_hider_attach (field, settings)));
  gtk_widget_hide (window);
  g_assert_false (gtk_text_get_visibility (text));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/secret-hider/new-destroy", test_new_destroy);
  g_test_add_func ("/secret-hider/time-is-up", test_time_is_up);
  g_test_add_func ("/secret-hider/reveal-again", test_reveal_again);
  g_test_add_func ("/secret-hider/change-seconds", test_change_seconds);
  g_test_add_func ("/secret-hider/unmap", test_unmap);
  g_test_add_func ("/secret-hider/focus", test_focus);
  g_test_add_func ("/secret-hider/another-window", test_another_window);
  g_test_add_data_func ("/secret-hider/attach/row", GSIZE_TO_POINTER (ADW_TYPE_PASSWORD_ENTRY_ROW),
                        test_attach);
  g_test_add_data_func ("/secret-hider/attach/entry", GSIZE_TO_POINTER (GTK_TYPE_PASSWORD_ENTRY),
                        test_attach);
  g_test_add_func ("/secret-hider/attach/late", test_attach_late);

  return g_test_run ();
}
