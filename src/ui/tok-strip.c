/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-strip.h"

#include "tok-closures.h"

/* A line across the page for a state that lasts, with a way out of it; there while it has text. */
struct _TokStrip {
  GtkWidget parent_instance;

  char *text;
  char *button_label;

  GtkWidget *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (TokStrip, tok_strip, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_BUTTON_LABEL,
  N_PROPS,
};

enum {
  SIGNAL_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_clicked (TokStrip *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
set_string (TokStrip *self, char **field, const GValue *value, GParamSpec *pspec)
{
  if (g_strcmp0 (*field, g_value_get_string (value)) == 0)
    return;
  g_free (*field);
  *field = g_value_dup_string (value);
  /* The words stay while the strip slides away. */
  if (field == &self->text && self->text != NULL)
    gtk_label_set_label (self->label, self->text);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
tok_strip_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokStrip *self = TOK_STRIP (object);

  switch (prop_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_BUTTON_LABEL:
    g_value_set_string (value, self->button_label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_strip_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokStrip *self = TOK_STRIP (object);

  switch (prop_id) {
  case PROP_TEXT:
    set_string (self, &self->text, value, pspec);
    break;
  case PROP_BUTTON_LABEL:
    set_string (self, &self->button_label, value, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_strip_dispose (GObject *object)
{
  TokStrip *self = TOK_STRIP (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_strip_parent_class)->dispose (object);
}

static void
tok_strip_finalize (GObject *object)
{
  TokStrip *self = TOK_STRIP (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->button_label, g_free);

  G_OBJECT_CLASS (tok_strip_parent_class)->finalize (object);
}

static void
tok_strip_class_init (TokStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_strip_get_property;
  object_class->set_property = tok_strip_set_property;
  object_class->dispose = tok_strip_dispose;
  object_class->finalize = tok_strip_finalize;

  /**
   * TokStrip:text:
   *
   * What it says, no markup; %NULL or "" where there is nothing to say.
   */
  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * TokStrip:button-label:
   *
   * What can be done about it; %NULL or "" for nothing.
   */
  properties[PROP_BUTTON_LABEL]
      = g_param_spec_string ("button-label", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * TokStrip::clicked:
   * @self: A strip.
   *
   * Somebody wants to do something about it.
   */
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, TokStrip, revealer);
  gtk_widget_class_bind_template_child (widget_class, TokStrip, label);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_strip_init (TokStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
