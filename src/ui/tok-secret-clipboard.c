/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-clipboard.h"

#include "tok-secret.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* What programs that keep a history of the clipboard look for. */
#define HINT_TYPE "x-kde-passwordManagerHint"
#define HINT "secret"

/* Puts a secret on the clipboard, and takes it off again. */
struct _TokSecretClipboard {
  GObject parent_instance;

  GdkClipboard *clipboard;
  guint seconds;
  GdkContentProvider *content; /* ours, while it is there */
  TokSecretClipboardState state;
  guint seconds_left;
  guint tick_id;
};

G_DEFINE_ENUM_TYPE (TokSecretClipboardState,
                    tok_secret_clipboard_state,
                    G_DEFINE_ENUM_VALUE (TOK_SECRET_CLIPBOARD_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (TOK_SECRET_CLIPBOARD_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (TOK_SECRET_CLIPBOARD_CLEARED, "cleared"),
                    G_DEFINE_ENUM_VALUE (TOK_SECRET_CLIPBOARD_REPLACED, "replaced"))

G_DEFINE_FINAL_TYPE (TokSecretClipboard, tok_secret_clipboard, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_SECONDS,
  PROP_SECONDS_LEFT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_state (TokSecretClipboard *self, TokSecretClipboardState state, guint seconds_left)
{
  gboolean state_changed = self->state != state;
  gboolean left_changed = self->seconds_left != seconds_left;

  self->state = state;
  self->seconds_left = seconds_left;
  if (state != TOK_SECRET_CLIPBOARD_HELD)
    g_clear_handle_id (&self->tick_id, g_source_remove);

  g_object_freeze_notify (G_OBJECT (self));
  if (state_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (left_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
is_ours (TokSecretClipboard *self)
{
  return self->content != NULL && gdk_clipboard_get_content (self->clipboard) == self->content;
}

static void
on_clipboard_changed (TokSecretClipboard *self)
{
  if (self->state == TOK_SECRET_CLIPBOARD_HELD && !is_ours (self)) {
    g_clear_object (&self->content);
    set_state (self, TOK_SECRET_CLIPBOARD_REPLACED, 0);
  }
}

static gboolean
on_tick (gpointer data)
{
  TokSecretClipboard *self = TOK_SECRET_CLIPBOARD (data);

  if (self->seconds_left > 1) {
    set_state (self, TOK_SECRET_CLIPBOARD_HELD, self->seconds_left - 1);
    return G_SOURCE_CONTINUE;
  }
  tok_secret_clipboard_clear (self);
  return G_SOURCE_REMOVE;
}

/* A compositor may have paid no heed to what was done in a window without the focus. As long as
 * nobody else has copied anything it is done once more. */
static void
on_window_active (TokSecretClipboard *self, GParamSpec *pspec, GtkWindow *window)
{
  if (gtk_window_is_active (window) && self->state == TOK_SECRET_CLIPBOARD_CLEARED
      && gdk_clipboard_is_local (self->clipboard)
      && gdk_clipboard_get_content (self->clipboard) == NULL) {
    /* GDK does nothing for a clipboard that it believes to be clear. */
    gdk_clipboard_set_text (self->clipboard, "");
    gdk_clipboard_set_content (self->clipboard, NULL);
  }
}

static GdkContentProvider *
new_content (const char *secret)
{
  char *copy = g_strdup (secret);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (copy, strlen (copy), (GDestroyNotify) tok_secret_free, copy);
  g_autoptr (GBytes) hint = g_bytes_new_static (HINT, strlen (HINT));
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes),
    gdk_content_provider_new_for_bytes ("text/plain", bytes),
    gdk_content_provider_new_for_bytes (HINT_TYPE, hint),
  };

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

static void
tok_secret_clipboard_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSecretClipboard *self = TOK_SECRET_CLIPBOARD (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_SECONDS:
    g_value_set_uint (value, self->seconds);
    break;
  case PROP_SECONDS_LEFT:
    g_value_set_uint (value, self->seconds_left);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_clipboard_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TokSecretClipboard *self = TOK_SECRET_CLIPBOARD (object);

  switch (prop_id) {
  case PROP_SECONDS:
    if (self->seconds == g_value_get_uint (value))
      break;
    self->seconds = g_value_get_uint (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_secret_clipboard_dispose (GObject *object)
{
  TokSecretClipboard *self = TOK_SECRET_CLIPBOARD (object);

  if (self->clipboard != NULL) {
    g_signal_handlers_disconnect_by_data (self->clipboard, self);
    tok_secret_clipboard_clear (self);
  }
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->clipboard);

  G_OBJECT_CLASS (tok_secret_clipboard_parent_class)->dispose (object);
}

static void
tok_secret_clipboard_class_init (TokSecretClipboardClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tok_secret_clipboard_get_property;
  object_class->set_property = tok_secret_clipboard_set_property;
  object_class->dispose = tok_secret_clipboard_dispose;

  /**
   * TokSecretClipboard:state:
   *
   * What became of the secret that was copied last.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TOK_TYPE_SECRET_CLIPBOARD_STATE,
                                              TOK_SECRET_CLIPBOARD_EMPTY, flags);
  /**
   * TokSecretClipboard:seconds:
   *
   * For how long a secret stays on the clipboard that is copied from now on.
   */
  properties[PROP_SECONDS] = g_param_spec_uint (
      "seconds", NULL, NULL, 1, G_MAXUINT, 30,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSecretClipboard:seconds-left:
   *
   * For how long it stays on the clipboard.
   */
  properties[PROP_SECONDS_LEFT]
      = g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tok_secret_clipboard_init (TokSecretClipboard *self)
{
}

/**
 * tok_secret_clipboard_new:
 * @clipboard: The clipboard of the display.
 * @seconds: How long a secret stays on it, at least 1.
 *
 * Returns: (transfer full): A guardian of @clipboard. When it goes, so does the secret.
 */
TokSecretClipboard *
tok_secret_clipboard_new (GdkClipboard *clipboard, guint seconds)
{
  TokSecretClipboard *self;

  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), NULL);
  g_return_val_if_fail (seconds > 0, NULL);

  self = g_object_new (TOK_TYPE_SECRET_CLIPBOARD, "seconds", seconds, NULL);
  self->clipboard = g_object_ref (clipboard);
  g_signal_connect_swapped (clipboard, "changed", G_CALLBACK (on_clipboard_changed), self);
  return self;
}

/**
 * tok_secret_clipboard_get_state:
 * @self: A guardian.
 *
 * Returns: What became of the secret that was copied last.
 */
TokSecretClipboardState
tok_secret_clipboard_get_state (TokSecretClipboard *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (self), TOK_SECRET_CLIPBOARD_EMPTY);

  return self->state;
}

/**
 * tok_secret_clipboard_get_seconds_left:
 * @self: A guardian.
 *
 * Returns: For how many seconds it stays on the clipboard; 0 if it isn't there.
 */
guint
tok_secret_clipboard_get_seconds_left (TokSecretClipboard *self)
{
  g_return_val_if_fail (TOK_IS_SECRET_CLIPBOARD (self), 0);

  return self->seconds_left;
}

/**
 * tok_secret_clipboard_copy:
 * @self: A guardian.
 * @secret: What to copy; ASCII.
 *
 * Puts @secret on the clipboard, marked as a secret, and takes it off when the time is up.
 */
void
tok_secret_clipboard_copy (TokSecretClipboard *self, const char *secret)
{
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (TOK_IS_SECRET_CLIPBOARD (self));
  g_return_if_fail (secret != NULL);

  content = new_content (secret);
  g_set_object (&self->content, content);
  gdk_clipboard_set_content (self->clipboard, content);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_id = g_timeout_add_seconds (1, on_tick, self);
  set_state (self, TOK_SECRET_CLIPBOARD_HELD, self->seconds);
}

/**
 * tok_secret_clipboard_clear:
 * @self: A guardian.
 *
 * Takes the secret off the clipboard, if it is still there. What somebody else has copied since
 * stays.
 */
void
tok_secret_clipboard_clear (TokSecretClipboard *self)
{
  g_autoptr (GdkContentProvider) content = NULL;

  g_return_if_fail (TOK_IS_SECRET_CLIPBOARD (self));

  if (!is_ours (self))
    return;
  content = g_steal_pointer (&self->content);
  set_state (self, TOK_SECRET_CLIPBOARD_CLEARED, 0);
  gdk_clipboard_set_content (self->clipboard, NULL);
}

/**
 * tok_secret_clipboard_follow:
 * @self: A guardian.
 * @window: A window of the program.
 *
 * Makes sure that the clipboard is clear when @window gets the focus.
 */
void
tok_secret_clipboard_follow (TokSecretClipboard *self, GtkWindow *window)
{
  g_return_if_fail (TOK_IS_SECRET_CLIPBOARD (self));
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_window_active), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tok_secret_clipboard_describe:
 * @object: The template's object.
 * @is_copied: Whether what the template is about was copied.
 * @state: What became of what was copied last.
 * @seconds_left: How long that stays on the clipboard.
 *
 * Returns: (transfer full): What became of it on the clipboard.
 */
char *
tok_secret_clipboard_describe (GObject *object,
                               gboolean is_copied,
                               TokSecretClipboardState state,
                               guint seconds_left)
{
  if (!is_copied || state == TOK_SECRET_CLIPBOARD_EMPTY)
    return g_strdup (_ ("Not copied yet"));
  switch (state) {
  case TOK_SECRET_CLIPBOARD_HELD:
    /* Translators: "s" is the sign for seconds. */
    return g_strdup_printf (_ ("Copied. Cleared in %u s"), seconds_left);
  case TOK_SECRET_CLIPBOARD_REPLACED:
    return g_strdup (_ ("Copied, and replaced by something else since"));
  case TOK_SECRET_CLIPBOARD_EMPTY:
  case TOK_SECRET_CLIPBOARD_CLEARED:
  default:
    return g_strdup (_ ("Copied, and cleared from the clipboard"));
  }
}
