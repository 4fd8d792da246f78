/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-haste-guard.h"

#include "tok-test.h"
#include "tok-ui-test.h"

/* A field and a button, guarded. */
typedef struct {
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *window;
  TokHasteGuard *guard;
} Fixture;

static void
begin (Fixture *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->entry = gtk_entry_new ();
  self->button = gtk_button_new_with_label ("Go");
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->button);
  self->window = tok_ui_test_present (self->box);
  self->guard = tok_haste_guard_new (self->box);
  gtk_widget_grab_focus (self->button);
}

static void
end (Fixture *self)
{
  g_assert_finalize_object (self->guard);
  tok_ui_test_close (self->window);
}

static gboolean
press (Fixture *self, guint keyval)
{
  GtkEventController *key = tok_ui_test_get_controller (self->box, GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean stopped = FALSE;

  g_signal_emit_by_name (key, "key-pressed", keyval, 0, 0, &stopped);
  return stopped;
}

static void
release (Fixture *self, guint keyval)
{
  GtkEventController *key = tok_ui_test_get_controller (self->box, GTK_TYPE_EVENT_CONTROLLER_KEY);

  g_signal_emit_by_name (key, "key-released", keyval, 0, 0);
}

static void
test_new_destroy (void)
{
  Fixture fixture = { NULL };
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  TokHasteGuard *guard = tok_haste_guard_new (box);

  g_assert_finalize_object (box);
  /* There is nothing to guard any more. */
  tok_haste_guard_unsettle (guard);
  g_assert_finalize_object (guard);

  begin (&fixture);
  end (&fixture);
}

static void
test_held_key (void)
{
  static const guint activating[]
      = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space, GDK_KEY_KP_Space };
  Fixture fixture = { NULL };

  begin (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (activating); i++) {
    g_assert_false (press (&fixture, activating[i]));
    g_assert_true (press (&fixture, activating[i]));
    g_assert_true (press (&fixture, activating[i]));
    release (&fixture, activating[i]);
    g_assert_false (press (&fixture, activating[i]));
    release (&fixture, activating[i]);
  }

  /* Whoever holds an arrow wants to get on. */
  g_assert_false (press (&fixture, GDK_KEY_Down));
  g_assert_false (press (&fixture, GDK_KEY_Down));
  release (&fixture, GDK_KEY_Down);
  end (&fixture);
}

/* What has opened by a key that is still held. */
static void
test_suspected_key (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  tok_haste_guard_suspect_key (fixture.guard);
  g_assert_true (press (&fixture, GDK_KEY_Return));
  g_assert_true (press (&fixture, GDK_KEY_Return));
  release (&fixture, GDK_KEY_Return);
  g_assert_false (press (&fixture, GDK_KEY_Return));
  release (&fixture, GDK_KEY_Return);

  /* It was let go, or another key was pressed. */
  tok_haste_guard_suspect_key (fixture.guard);
  release (&fixture, GDK_KEY_Return);
  g_assert_false (press (&fixture, GDK_KEY_Return));
  release (&fixture, GDK_KEY_Return);
  tok_haste_guard_suspect_key (fixture.guard);
  g_assert_false (press (&fixture, GDK_KEY_Control_L));
  g_assert_false (press (&fixture, GDK_KEY_Return));
  release (&fixture, GDK_KEY_Return);
  end (&fixture);
}

/* Several blanks can be typed, and Return is none. */
static void
test_typing (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  gtk_widget_grab_focus (fixture.entry);
  g_assert_false (press (&fixture, GDK_KEY_space));
  g_assert_false (press (&fixture, GDK_KEY_space));
  release (&fixture, GDK_KEY_space);
  g_assert_false (press (&fixture, GDK_KEY_Return));
  g_assert_true (press (&fixture, GDK_KEY_Return));
  end (&fixture);
}

/* What has the focus may go while a key is held; in another window the key may be let go. */
static void
test_focus (void)
{
  Fixture fixture = { NULL };
  GtkEventController *focus;
  GtkWidget *other;

  begin (&fixture);
  focus = tok_ui_test_get_controller (fixture.box, GTK_TYPE_EVENT_CONTROLLER_FOCUS);
  tok_test_wait_until (gtk_window_is_active (GTK_WINDOW (fixture.window)));
  g_assert_false (press (&fixture, GDK_KEY_Return));
  g_signal_emit_by_name (focus, "leave");
  g_assert_true (press (&fixture, GDK_KEY_Return));

  other = tok_ui_test_present (gtk_label_new ("Other"));
  tok_test_wait_until (!gtk_window_is_active (GTK_WINDOW (fixture.window)));
  g_signal_emit_by_name (focus, "leave");
  g_assert_false (press (&fixture, GDK_KEY_Return));
  tok_ui_test_close (other);
  end (&fixture);
}

static gboolean
is_stopped (Fixture *self)
{
  gboolean stopped = press (self, GDK_KEY_Return);

  release (self, GDK_KEY_Return);
  return stopped;
}

static void
test_unsettled (void)
{
  Fixture fixture = { NULL };
  gint64 start;

  begin (&fixture);
  g_object_set (gtk_widget_get_settings (fixture.box), "gtk-double-click-time", 60, NULL);
  start = g_get_monotonic_time ();
  tok_haste_guard_unsettle (fixture.guard);
  g_assert_true (is_stopped (&fixture));
  g_assert_false (press (&fixture, GDK_KEY_Escape));
  tok_test_wait_until (!is_stopped (&fixture));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 60 * G_TIME_SPAN_MILLISECOND);
  end (&fixture);
}

/* For a double click everything may be meant for what was there before. */
static void
test_settled (void)
{
  Fixture fixture = { NULL };
  gint64 before, settled_at;

  begin (&fixture);
  g_assert_true (tok_haste_guard_get_is_settled (fixture.guard));
  g_object_set (gtk_widget_get_settings (fixture.box), "gtk-double-click-time", 60000, NULL);
  before = g_get_monotonic_time ();
  settled_at = tok_haste_guard_find_settled (fixture.box);
  g_assert_cmpint (settled_at, >=, before + 60000 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (settled_at, <=, g_get_monotonic_time () + 60000 * G_TIME_SPAN_MILLISECOND);
  tok_haste_guard_unsettle (fixture.guard);
  g_assert_false (tok_haste_guard_get_is_settled (fixture.guard));
  g_object_set (gtk_widget_get_settings (fixture.box), "gtk-double-click-time", 60, NULL);
  tok_haste_guard_unsettle (fixture.guard);
  tok_test_wait_until (tok_haste_guard_get_is_settled (fixture.guard));
  gtk_settings_reset_property (gtk_widget_get_settings (fixture.box), "gtk-double-click-time");
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/haste-guard/new-destroy", test_new_destroy);
  g_test_add_func ("/haste-guard/held-key", test_held_key);
  g_test_add_func ("/haste-guard/suspected-key", test_suspected_key);
  g_test_add_func ("/haste-guard/typing", test_typing);
  g_test_add_func ("/haste-guard/focus", test_focus);
  g_test_add_func ("/haste-guard/unsettled", test_unsettled);
  g_test_add_func ("/haste-guard/settled", test_settled);

  return g_test_run ();
}
