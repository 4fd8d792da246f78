/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-search.h"

#include <glib/gi18n-lib.h>

/* A bar to search a list with, which is made when somebody first searches. */
struct _TokListSearch {
  GtkWidget parent_instance;

  gboolean active;
  char *text;

  GtkSearchBar *bar; /* NULL before the first search */
  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (TokListSearch, tok_list_search, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_ACTIVE,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_text (TokListSearch *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  if (self->entry != NULL && !g_str_equal (gtk_editable_get_text (self->entry), self->text))
    gtk_editable_set_text (self->entry, self->text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
on_entry_changed (TokListSearch *self)
{
  set_text (self, gtk_editable_get_text (self->entry));
}

static void
on_bar_changed (TokListSearch *self)
{
  tok_list_search_set_active (self, gtk_search_bar_get_search_mode (self->bar));
}

static void
ensure_bar (TokListSearch *self)
{
  GtkWidget *entry;

  if (self->bar != NULL)
    return;
  gtk_widget_init_template (GTK_WIDGET (self));
  entry = GTK_WIDGET (self->entry);
  gtk_search_bar_connect_entry (self->bar, self->entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search"), -1);
}

static gboolean
is_typing (guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  return character != 0 && g_unichar_isgraph (character)
         && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0;
}

/* Whoever types into something else, or into a menu, does not search. */
static gboolean
on_key_pressed (TokListSearch *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventControllerKey *key)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (key));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (self->active || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !is_typing (keyval, state))
    return GDK_EVENT_PROPAGATE;
  if (focus != NULL
      && (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return GDK_EVENT_PROPAGATE;
  tok_list_search_set_active (self, TRUE);
  return gtk_event_controller_key_forward (key,
                                           GTK_WIDGET (gtk_editable_get_delegate (self->entry)));
}

static void
tok_list_search_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokListSearch *self = TOK_LIST_SEARCH (object);

  switch (prop_id) {
  case PROP_ACTIVE:
    g_value_set_boolean (value, self->active);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_list_search_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  TokListSearch *self = TOK_LIST_SEARCH (object);

  switch (prop_id) {
  case PROP_ACTIVE:
    tok_list_search_set_active (self, g_value_get_boolean (value));
    break;
  case PROP_TEXT:
    set_text (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_list_search_dispose (GObject *object)
{
  TokListSearch *self = TOK_LIST_SEARCH (object);

  self->entry = NULL;
  if (self->bar != NULL) {
    g_signal_handlers_disconnect_by_data (self->bar, self);
    gtk_widget_unparent (GTK_WIDGET (self->bar));
  }
  self->bar = NULL;

  G_OBJECT_CLASS (tok_list_search_parent_class)->dispose (object);
}

static void
tok_list_search_finalize (GObject *object)
{
  g_clear_pointer (&TOK_LIST_SEARCH (object)->text, g_free);

  G_OBJECT_CLASS (tok_list_search_parent_class)->finalize (object);
}

static void
tok_list_search_class_init (TokListSearchClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_list_search_get_property;
  object_class->set_property = tok_list_search_set_property;
  object_class->dispose = tok_list_search_dispose;
  object_class->finalize = tok_list_search_finalize;

  /**
   * TokListSearch:active:
   *
   * Whether the bar is there.
   */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  /**
   * TokListSearch:text:
   *
   * What is looked for; "" while the bar is not there.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-list-search.ui");
  gtk_widget_class_bind_template_child (widget_class, TokListSearch, bar);
  gtk_widget_class_bind_template_child (widget_class, TokListSearch, entry);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_list_search_init (TokListSearch *self)
{
  self->text = g_strdup ("");
}

/**
 * tok_list_search_set_active:
 * @self: A search.
 * @active: Whether somebody searches.
 *
 * Brings the bar, or puts it away with what was looked for.
 */
void
tok_list_search_set_active (TokListSearch *self, gboolean active)
{
  g_return_if_fail (TOK_IS_LIST_SEARCH (self));

  if (self->active == active)
    return;
  self->active = active;
  if (active)
    ensure_bar (self);
  else
    set_text (self, "");
  gtk_search_bar_set_search_mode (self->bar, active);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * tok_list_search_get_active:
 * @self: A search.
 *
 * Returns: Whether the bar is there.
 */
gboolean
tok_list_search_get_active (TokListSearch *self)
{
  g_return_val_if_fail (TOK_IS_LIST_SEARCH (self), FALSE);

  return self->active;
}

/**
 * tok_list_search_capture:
 * @self: A search.
 * @widget: What it is in.
 *
 * From now on whoever types while the focus is in @widget begins to search.
 */
void
tok_list_search_capture (TokListSearch *self, GtkWidget *widget)
{
  GtkEventController *key;

  g_return_if_fail (TOK_IS_LIST_SEARCH (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, key);
}

/**
 * tok_list_search_has_focus:
 * @self: A search.
 *
 * Returns: Whether somebody is typing into it.
 */
gboolean
tok_list_search_has_focus (TokListSearch *self)
{
  g_return_val_if_fail (TOK_IS_LIST_SEARCH (self), FALSE);

  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}
