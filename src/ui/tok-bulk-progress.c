/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-progress.h"

#include "tok-bulk-words.h"
#include "tok-bulk.h"

/**
 * TokBulkProgress:
 *
 * How far it is with several, with which one just now, and what is waited for.
 */
struct _TokBulkProgress {
  GtkBox parent_instance;

  TokBulk *bulk;
};

G_DEFINE_FINAL_TYPE (TokBulkProgress, tok_bulk_progress, GTK_TYPE_BOX)

enum {
  PROP_BULK = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
tok_bulk_progress_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokBulkProgress *self = TOK_BULK_PROGRESS (object);

  switch (prop_id) {
  case PROP_BULK:
    g_value_set_object (value, self->bulk);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_progress_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  TokBulkProgress *self = TOK_BULK_PROGRESS (object);

  switch (prop_id) {
  case PROP_BULK:
    if (g_set_object (&self->bulk, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_progress_dispose (GObject *object)
{
  TokBulkProgress *self = TOK_BULK_PROGRESS (object);

  g_clear_object (&self->bulk);

  G_OBJECT_CLASS (tok_bulk_progress_parent_class)->dispose (object);
}

static void
tok_bulk_progress_class_init (TokBulkProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_bulk_progress_get_property;
  object_class->set_property = tok_bulk_progress_set_property;
  object_class->dispose = tok_bulk_progress_dispose;

  /**
   * TokBulkProgress:bulk:
   *
   * What goes on.
   */
  properties[PROP_BULK]
      = g_param_spec_object ("bulk", NULL, NULL, TOK_TYPE_BULK,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-bulk-progress.ui");
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_count);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_describe_current);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_describe_step);
  gtk_widget_class_bind_template_callback (widget_class, tok_bulk_words_measure);
}

static void
tok_bulk_progress_init (TokBulkProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
