/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-group.h"

#include "tok-bulk-row.h"

/**
 * TokBulkGroup:
 *
 * Tokens or apps that have something in common; not to be seen as long as there is none.
 */
struct _TokBulkGroup {
  GtkBox parent_instance;

  GtkLabel *title;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (TokBulkGroup, tok_bulk_group, GTK_TYPE_BOX)

static void
tok_bulk_group_class_init (TokBulkGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-bulk-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TokBulkGroup, title);
  gtk_widget_class_bind_template_child (widget_class, TokBulkGroup, list);
}

static void
tok_bulk_group_init (TokBulkGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tok_bulk_group_set_title:
 * @self: A group.
 * @title: What they have in common.
 */
void
tok_bulk_group_set_title (TokBulkGroup *self, const char *title)
{
  g_return_if_fail (TOK_IS_BULK_GROUP (self));
  g_return_if_fail (title != NULL);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/**
 * tok_bulk_group_add:
 * @self: A group.
 * @grant: A token or an app.
 * @reason: (nullable): What there is to say of it; no markup.
 *
 * Adds a row at the end.
 */
void
tok_bulk_group_add (TokBulkGroup *self, TokGrant *grant, const char *reason)
{
  g_return_if_fail (TOK_IS_BULK_GROUP (self));
  g_return_if_fail (TOK_IS_GRANT (grant));

  gtk_list_box_append (self->list, tok_bulk_row_new (grant, reason));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * tok_bulk_group_clear:
 * @self: A group.
 *
 * Takes all rows away.
 */
void
tok_bulk_group_clear (TokBulkGroup *self)
{
  GtkWidget *row;

  g_return_if_fail (TOK_IS_BULK_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}
