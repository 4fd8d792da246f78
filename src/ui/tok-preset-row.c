/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-preset-row.h"

#include "tok-preset.h"
#include "tok-scope-set.h"

/* A preset among others, which sets a set of scopes, and is chosen when it fits them. */
struct _TokPresetRow {
  AdwActionRow parent_instance;

  TokPreset preset;
  TokScopeSet *scope_set;
  TokPresetRow *group; /* not kept: only construction looks at it */

  GtkCheckButton *check;
};

G_DEFINE_FINAL_TYPE (TokPresetRow, tok_preset_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_0,
  PROP_PRESET,
  PROP_SCOPE_SET,
  PROP_GROUP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Whoever chooses to tick by hand finds all as it is. */
static void
on_toggled (TokPresetRow *self)
{
  if (gtk_check_button_get_active (self->check) && self->preset != TOK_PRESET_CUSTOM)
    tok_scope_set_set_scopes (self->scope_set, tok_preset_get_scopes (self->preset));
}

static void
on_scopes_changed (TokPresetRow *self)
{
  TokPreset preset = tok_preset_from_scopes (tok_scope_set_get_scopes (self->scope_set));

  gtk_check_button_set_active (self->check, preset == self->preset);
}

/* The one of its list that is chosen, else itself. */
static TokPresetRow *
find_chosen (TokPresetRow *self)
{
  GtkWidget *row = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (self)));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (TOK_IS_PRESET_ROW (row) && gtk_check_button_get_active (TOK_PRESET_ROW (row)->check))
      return TOK_PRESET_ROW (row);
  return self;
}

/* To Tab they are one stop together. (GTK 4.8 would pass them over if another one than the first is
 * chosen, since a list offers the focus to its first row alone.) */
static gboolean
tok_preset_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkStateFlags flags = gtk_widget_get_state_flags (gtk_widget_get_parent (widget));

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (tok_preset_row_parent_class)->focus (widget, direction);
  if (flags & GTK_STATE_FLAG_FOCUS_WITHIN)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (find_chosen (TOK_PRESET_ROW (widget))->check));
}

/* The arrows lead through them, and choose nothing by the way. Beyond the ends the list goes on. */
static gboolean
on_arrow (GtkWidget *widget, GVariant *is_down, gpointer user_data)
{
  GtkWidget *next = g_variant_get_boolean (is_down) ? gtk_widget_get_next_sibling (widget)
                                                    : gtk_widget_get_prev_sibling (widget);

  return TOK_IS_PRESET_ROW (next)
         && gtk_widget_grab_focus (GTK_WIDGET (TOK_PRESET_ROW (next)->check));
}

static void
tok_preset_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokPresetRow *self = TOK_PRESET_ROW (object);

  switch (prop_id) {
  case PROP_PRESET:
    g_value_set_enum (value, self->preset);
    break;
  case PROP_SCOPE_SET:
    g_value_set_object (value, self->scope_set);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_preset_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokPresetRow *self = TOK_PRESET_ROW (object);

  switch (prop_id) {
  case PROP_PRESET:
    self->preset = g_value_get_enum (value);
    break;
  case PROP_SCOPE_SET:
    self->scope_set = g_value_dup_object (value);
    break;
  case PROP_GROUP:
    self->group = g_value_get_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_preset_row_constructed (GObject *object)
{
  TokPresetRow *self = TOK_PRESET_ROW (object);
  const char *purpose = tok_preset_get_purpose (self->preset);

  G_OBJECT_CLASS (tok_preset_row_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), tok_preset_get_label (self->preset));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), purpose);
  /* Its name it has from the row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  purpose, -1);
  if (self->group != NULL)
    gtk_check_button_set_group (self->check, self->group->check);
  self->group = NULL;
  g_signal_connect_object (self->scope_set, "notify::scopes", G_CALLBACK (on_scopes_changed), self,
                           G_CONNECT_SWAPPED);
  on_scopes_changed (self);
}

static void
tok_preset_row_finalize (GObject *object)
{
  g_clear_object (&TOK_PRESET_ROW (object)->scope_set);

  G_OBJECT_CLASS (tok_preset_row_parent_class)->finalize (object);
}

static void
tok_preset_row_class_init (TokPresetRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_preset_row_get_property;
  object_class->set_property = tok_preset_row_set_property;
  object_class->constructed = tok_preset_row_constructed;
  object_class->finalize = tok_preset_row_finalize;
  widget_class->focus = tok_preset_row_focus;

  /**
   * TokPresetRow:preset:
   *
   * What choosing it sets.
   */
  properties[PROP_PRESET]
      = g_param_spec_enum ("preset", NULL, NULL, TOK_TYPE_PRESET, TOK_PRESET_NONE,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokPresetRow:scope-set:
   *
   * What is set, and decides which preset is chosen.
   */
  properties[PROP_SCOPE_SET]
      = g_param_spec_object ("scope-set", NULL, NULL, TOK_TYPE_SCOPE_SET,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokPresetRow:group:
   *
   * One of the rows of which at most one is chosen; %NULL for the first.
   */
  properties[PROP_GROUP]
      = g_param_spec_object ("group", NULL, NULL, TOK_TYPE_PRESET_ROW,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-preset-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokPresetRow, check);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, on_arrow, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Down, 0, on_arrow, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, on_arrow, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, 0, on_arrow, "b", FALSE);
}

static void
tok_preset_row_init (TokPresetRow *self)
{
}
