/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-haste-guard.h"

/* Keeps from what is in a widget the clicks and keys of a hasty hand: those that were meant for
 * what has just been there, and those of a key that is held. */
struct _TokHasteGuard {
  GObject parent_instance;

  GtkWidget *widget; /* weak */
  guint held_key;
  gint64 settled_at; /* when a click is sure to be meant for what is there */
  gint64 let_go_at;  /* when no key is held any more that led here */
};

/* Longer than anybody waits for a held key to repeat. */
#define LETTING_GO_US G_TIME_SPAN_SECOND

G_DEFINE_FINAL_TYPE (TokHasteGuard, tok_haste_guard, G_TYPE_OBJECT)

static gboolean
is_activation_key (guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_ISO_Enter:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space:
  case GDK_KEY_KP_Space:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Blanks are typed there. */
static gboolean
is_typing (TokHasteGuard *self, guint keyval)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  return (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space) && root != NULL
         && GTK_IS_EDITABLE (gtk_root_get_focus (root));
}

static gboolean
on_key_pressed (TokHasteGuard *self, guint keyval)
{
  gboolean is_hasty = keyval == self->held_key || !tok_haste_guard_get_is_settled (self)
                      || g_get_monotonic_time () < self->let_go_at;

  self->held_key = keyval;
  self->let_go_at = 0;
  return is_hasty && is_activation_key (keyval) && !is_typing (self, keyval) ? GDK_EVENT_STOP
                                                                             : GDK_EVENT_PROPAGATE;
}

static void
on_key_released (TokHasteGuard *self)
{
  self->held_key = 0;
  self->let_go_at = 0;
}

/* A key that is let go in another window isn't held. The focus may also leave what goes. */
static void
on_focus_left (TokHasteGuard *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  if (!GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)))
    self->held_key = 0;
}

static void
on_pressed (TokHasteGuard *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, tok_haste_guard_get_is_settled (self)
                                      ? GTK_EVENT_SEQUENCE_DENIED
                                      : GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
watch (TokHasteGuard *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "key-released", G_CALLBACK (on_key_released), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->widget, key);

  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->widget, focus);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (click));
}

static void
tok_haste_guard_finalize (GObject *object)
{
  g_clear_weak_pointer (&TOK_HASTE_GUARD (object)->widget);

  G_OBJECT_CLASS (tok_haste_guard_parent_class)->finalize (object);
}

static void
tok_haste_guard_class_init (TokHasteGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tok_haste_guard_finalize;
}

static void
tok_haste_guard_init (TokHasteGuard *self)
{
}

/**
 * tok_haste_guard_new:
 * @widget: A widget.
 *
 * Returns: (transfer full): What guards everything in @widget, for as long as it is kept.
 */
TokHasteGuard *
tok_haste_guard_new (GtkWidget *widget)
{
  TokHasteGuard *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (TOK_TYPE_HASTE_GUARD, NULL);
  g_set_weak_pointer (&self->widget, widget);
  watch (self);
  return self;
}

/**
 * tok_haste_guard_unsettle:
 * @self: A guard.
 *
 * Says that something has taken the place of something else: whoever clicks within the time of a
 * double click may have meant what was there before.
 */
void
tok_haste_guard_unsettle (TokHasteGuard *self)
{
  g_return_if_fail (TOK_IS_HASTE_GUARD (self));

  if (self->widget != NULL)
    self->settled_at = tok_haste_guard_find_settled (self->widget);
}

/**
 * tok_haste_guard_get_is_settled:
 * @self: A guard.
 *
 * Returns: Whether a click is sure to be meant for what is there.
 */
gboolean
tok_haste_guard_get_is_settled (TokHasteGuard *self)
{
  g_return_val_if_fail (TOK_IS_HASTE_GUARD (self), TRUE);

  return g_get_monotonic_time () >= self->settled_at;
}

/**
 * tok_haste_guard_suspect_key:
 * @self: A guard of what has just opened.
 *
 * Says that the key that led here may be held still. Another key, or letting it go, shows that the
 * next one is meant.
 */
void
tok_haste_guard_suspect_key (TokHasteGuard *self)
{
  g_return_if_fail (TOK_IS_HASTE_GUARD (self));

  self->let_go_at = g_get_monotonic_time () + LETTING_GO_US;
}

/**
 * tok_haste_guard_find_settled:
 * @widget: What has just changed under the pointer.
 *
 * For whoever guards a part of a widget only, and by itself.
 *
 * Returns: When a click is sure to be meant for what is there now, and not to be the second one of
 *   a double click on what was there before; in monotonic time.
 */
gint64
tok_haste_guard_find_settled (GtkWidget *widget)
{
  guint double_click_ms = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  g_object_get (gtk_widget_get_settings (widget), "gtk-double-click-time", &double_click_ms, NULL);
  return g_get_monotonic_time () + double_click_ms * G_TIME_SPAN_MILLISECOND;
}
