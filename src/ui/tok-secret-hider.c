/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-hider.h"

#include "tok-settings.h"

/* Decides when a secret that somebody revealed is hidden again. How it is hidden is up to whoever
 * binds to it. */
struct _TokSecretHider {
  GObject parent_instance;

  guint seconds;
  gboolean is_revealed;
  gint64 revealed_at;
  guint timeout_id;
  GtkWindow *window; /* the one that the widget is in, weak */
};

G_DEFINE_FINAL_TYPE (TokSecretHider, tok_secret_hider, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_REVEALED,
  PROP_SECONDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
hide (TokSecretHider *self)
{
  g_object_set (self, "revealed", FALSE, NULL);
}

static gboolean
on_time_is_up (gpointer data)
{
  TokSecretHider *self = TOK_SECRET_HIDER (data);

  self->timeout_id = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

/* Counted from when it was revealed, also where the time is changed meanwhile. */
static void
schedule (TokSecretHider *self)
{
  gint64 end = self->revealed_at + (gint64) self->seconds * G_USEC_PER_SEC;
  gint64 left = MAX (end - g_get_monotonic_time (), 0);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->is_revealed)
    self->timeout_id = g_timeout_add (left / 1000, on_time_is_up, self);
}

static void
set_revealed (TokSecretHider *self, gboolean is_revealed)
{
  if (self->is_revealed == is_revealed)
    return;
  self->is_revealed = is_revealed;
  self->revealed_at = g_get_monotonic_time ();
  schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

static void
set_seconds (TokSecretHider *self, guint seconds)
{
  if (self->seconds == seconds)
    return;
  self->seconds = seconds;
  schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS]);
}

static void
on_is_active_changed (TokSecretHider *self, GParamSpec *pspec, GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    hide (self);
}

static void
on_root_changed (TokSecretHider *self, GParamSpec *pspec, GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, on_is_active_changed, self);
  g_set_weak_pointer (&self->window, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  if (self->window != NULL)
    g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (on_is_active_changed),
                             self, G_CONNECT_SWAPPED);
}

static void
tok_secret_hider_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSecretHider *self = TOK_SECRET_HIDER (object);

  switch (prop_id) {
  case PROP_REVEALED:
    g_value_set_boolean (value, self->is_revealed);
    break;
  case PROP_SECONDS:
    g_value_set_uint (value, self->seconds);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_hider_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  TokSecretHider *self = TOK_SECRET_HIDER (object);

  switch (prop_id) {
  case PROP_REVEALED:
    set_revealed (self, g_value_get_boolean (value));
    break;
  case PROP_SECONDS:
    set_seconds (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_hider_dispose (GObject *object)
{
  TokSecretHider *self = TOK_SECRET_HIDER (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (tok_secret_hider_parent_class)->dispose (object);
}

static void
tok_secret_hider_class_init (TokSecretHiderClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_secret_hider_get_property;
  object_class->set_property = tok_secret_hider_set_property;
  object_class->dispose = tok_secret_hider_dispose;

  /**
   * TokSecretHider:revealed:
   *
   * Whether the secret can be read. It becomes %FALSE by itself.
   */
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  /**
   * TokSecretHider:seconds:
   *
   * For how long it can be read; also where it is being read already.
   */
  properties[PROP_SECONDS] = g_param_spec_uint ("seconds", NULL, NULL, 1, G_MAXUINT / 1000, 30,
                                                flags | G_PARAM_CONSTRUCT);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_secret_hider_init (TokSecretHider *self)
{
}

/**
 * tok_secret_hider_new:
 * @widget: Where the secret is shown; it is not held.
 * @seconds: For how long it can be read, at least 1.
 *
 * Hides a secret when the time is up, when the window of @widget loses the focus, and when @widget
 * is no longer on the screen.
 *
 * Returns: (transfer full): What decides that; [property@SecretHider:revealed] says it.
 */
TokSecretHider *
tok_secret_hider_new (GtkWidget *widget, guint seconds)
{
  TokSecretHider *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (seconds > 0, NULL);

  self = g_object_new (TOK_TYPE_SECRET_HIDER, "seconds", seconds, NULL);
  g_signal_connect_object (widget, "unmap", G_CALLBACK (hide), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "notify::root", G_CALLBACK (on_root_changed), self,
                           G_CONNECT_SWAPPED);
  on_root_changed (self, NULL, widget);
  return self;
}

static void
on_field_gone (gpointer data, GObject *former_field)
{
  g_object_unref (data);
}

/**
 * tok_secret_hider_attach:
 * @field: What a secret is typed into: an editable that lets people read it, and has a GtkText.
 * @settings: The settings, which say for how long it can be read.
 *
 * Hides again what was revealed in @field.
 *
 * Returns: (transfer none): What decides when; it belongs to @field.
 */
TokSecretHider *
tok_secret_hider_attach (GtkWidget *field, GSettings *settings)
{
  TokSecretHider *self;
  GtkEditable *text;

  g_return_val_if_fail (GTK_IS_EDITABLE (field), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  text = gtk_editable_get_delegate (GTK_EDITABLE (field));
  g_return_val_if_fail (GTK_IS_TEXT (text), NULL);

  self = tok_secret_hider_new (field,
                               g_settings_get_uint (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS));
  g_settings_bind (settings, TOK_SETTINGS_HIDE_SECRETS_SECONDS, self, "seconds",
                   G_SETTINGS_BIND_GET);
  g_object_bind_property (text, "visibility", self, "revealed",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_weak_ref (G_OBJECT (field), on_field_gone, self);
  return self;
}
