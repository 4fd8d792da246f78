/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-row.h"

#include "tok-closures.h"
#include "tok-text.h"
#include "tok-warning-line.h"

/**
 * TokBulkRow:
 *
 * One of several tokens or apps: which it is, and what there is to say of it. There may be
 * hundreds.
 */
struct _TokBulkRow {
  GtkListBoxRow parent_instance;

  TokGrant *grant;
  char *reason;

  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (TokBulkRow, tok_bulk_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  PROP_GRANT = 1,
  PROP_REASON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
update_accessible_label (TokBulkRow *self)
{
  g_autofree char *name = tok_text_quote_name (tok_grant_get_name (self->grant));
  g_autofree char *warning
      = tok_closure_describe_name_warning (NULL, tok_grant_get_app (self->grant));
  g_autofree char *label = NULL;
  const char *parts[5] = { name };
  guint n = 1;

  if (warning != NULL)
    parts[n++] = warning;
  parts[n++] = tok_access_level_get_label (tok_grant_get_level (self->grant));
  parts[n++] = self->reason;
  label = g_strjoinv (", ", (char **) parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Few rows have one. */
static void
add_warning (TokBulkRow *self)
{
  g_autofree char *sentence
      = tok_closure_describe_name_warning (NULL, tok_grant_get_app (self->grant));

  if (sentence != NULL)
    gtk_grid_attach (self->grid, tok_warning_line_new (sentence), 1, 1, 2, 1);
}

static void
tok_bulk_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TokBulkRow *self = TOK_BULK_ROW (object);

  switch (prop_id) {
  case PROP_GRANT:
    g_value_set_object (value, self->grant);
    break;
  case PROP_REASON:
    g_value_set_string (value, self->reason);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TokBulkRow *self = TOK_BULK_ROW (object);

  switch (prop_id) {
  case PROP_GRANT:
    self->grant = g_value_dup_object (value);
    break;
  case PROP_REASON:
    self->reason = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_bulk_row_constructed (GObject *object)
{
  TokBulkRow *self = TOK_BULK_ROW (object);

  G_OBJECT_CLASS (tok_bulk_row_parent_class)->constructed (object);

  gtk_widget_init_template (GTK_WIDGET (self));
  add_warning (self);
  update_accessible_label (self);
}

static void
tok_bulk_row_finalize (GObject *object)
{
  TokBulkRow *self = TOK_BULK_ROW (object);

  g_clear_object (&self->grant);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (tok_bulk_row_parent_class)->finalize (object);
}

static void
tok_bulk_row_class_init (TokBulkRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_bulk_row_get_property;
  object_class->set_property = tok_bulk_row_set_property;
  object_class->constructed = tok_bulk_row_constructed;
  object_class->finalize = tok_bulk_row_finalize;

  /**
   * TokBulkRow:grant:
   *
   * The token or app.
   */
  properties[PROP_GRANT]
      = g_param_spec_object ("grant", NULL, NULL, TOK_TYPE_GRANT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * TokBulkRow:reason:
   *
   * Why it isn't gone; %NULL for nothing to say.
   */
  properties[PROP_REASON]
      = g_param_spec_string ("reason", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-bulk-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TokBulkRow, grid);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_choose_level_icon);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_level);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_describe_name);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_is_text);
  gtk_widget_class_bind_template_callback (widget_class, tok_closure_tag_grant);
}

static void
tok_bulk_row_init (TokBulkRow *self)
{
}

/**
 * tok_bulk_row_new:
 * @grant: A token or an app.
 * @reason: (nullable): Why it isn't gone; no markup.
 *
 * Returns: (transfer floating): A new row.
 */
GtkWidget *
tok_bulk_row_new (TokGrant *grant, const char *reason)
{
  g_return_val_if_fail (TOK_IS_GRANT (grant), NULL);

  return g_object_new (TOK_TYPE_BULK_ROW, "grant", grant, "reason", reason, NULL);
}
