/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-selection-bar.h"

#include "tok-grant-selection.h"

#include <glib/gi18n-lib.h>

/* How many are picked, and the one thing to do with them. */
struct _TokSelectionBar {
  GtkWidget parent_instance;

  guint size;
  gboolean counts_apps;

  GtkWidget *bar;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (TokSelectionBar, tok_selection_bar, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SIZE,
  PROP_COUNTS_APPS,
  N_PROPS,
};

enum {
  SIGNAL_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
describe_size (guint size)
{
  return size > 0 ? g_strdup_printf (ngettext ("%u selected", "%u selected", size), size)
                  : g_strdup (_ ("None selected"));
}

static char *
describe_action (guint size, gboolean counts_apps)
{
  if (size == 0)
    return g_strdup (counts_apps ? _ ("Revoke Access…") : _ ("Delete…"));
  return g_strdup_printf (
      counts_apps ? ngettext ("Revoke Access of %u App…", "Revoke Access of %u Apps…", size)
                  : ngettext ("Delete %u Token…", "Delete %u Tokens…", size),
      size);
}

/* Not by bindings: whoever closes a window with the focus on a button, or after a click on one, has
 * GTK 4.8 look for what it was bound to. */
static void
update (TokSelectionBar *self)
{
  g_autofree char *size = describe_size (self->size);
  g_autofree char *action = describe_action (self->size, self->counts_apps);

  gtk_label_set_label (self->label, size);
  gtk_button_set_label (self->button, action);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->size > 0);
}

static void
on_clicked (TokSelectionBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
set_size (TokSelectionBar *self, guint size)
{
  if (self->size == size)
    return;
  self->size = size;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

static void
tok_selection_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokSelectionBar *self = TOK_SELECTION_BAR (object);

  switch (prop_id) {
  case PROP_SIZE:
    g_value_set_uint (value, self->size);
    break;
  case PROP_COUNTS_APPS:
    g_value_set_boolean (value, self->counts_apps);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_selection_bar_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  TokSelectionBar *self = TOK_SELECTION_BAR (object);

  switch (prop_id) {
  case PROP_SIZE:
    set_size (self, g_value_get_uint (value));
    break;
  case PROP_COUNTS_APPS:
    self->counts_apps = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_selection_bar_constructed (GObject *object)
{
  G_OBJECT_CLASS (tok_selection_bar_parent_class)->constructed (object);

  update (TOK_SELECTION_BAR (object));
}

static void
tok_selection_bar_dispose (GObject *object)
{
  g_clear_pointer (&TOK_SELECTION_BAR (object)->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_selection_bar_parent_class)->dispose (object);
}

static void
tok_selection_bar_class_init (TokSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_selection_bar_get_property;
  object_class->set_property = tok_selection_bar_set_property;
  object_class->constructed = tok_selection_bar_constructed;
  object_class->dispose = tok_selection_bar_dispose;

  /**
   * TokSelectionBar:size:
   *
   * How many are picked.
   */
  properties[PROP_SIZE]
      = g_param_spec_uint ("size", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokSelectionBar:counts-apps:
   *
   * Whether these are apps, not tokens.
   */
  properties[PROP_COUNTS_APPS]
      = g_param_spec_boolean ("counts-apps", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokSelectionBar::clicked:
   * @self: A bar.
   *
   * Somebody wants it done.
   */
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TokSelectionBar, bar);
  gtk_widget_class_bind_template_child (widget_class, TokSelectionBar, label);
  gtk_widget_class_bind_template_child (widget_class, TokSelectionBar, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_selection_bar_init (TokSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_selection_bar_new:
 * @selection: What is picked.
 * @counts_apps: Whether these are apps, not tokens.
 *
 * Returns: (transfer floating): A bar that follows @selection.
 */
GtkWidget *
tok_selection_bar_new (TokGrantSelection *selection, gboolean counts_apps)
{
  GtkWidget *self = g_object_new (TOK_TYPE_SELECTION_BAR, "counts-apps", counts_apps, NULL);

  g_object_bind_property (selection, "size", self, "size", G_BINDING_SYNC_CREATE);
  return self;
}
