/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-list-buttons.h"

/* The buttons of a header bar that belong to the list below it, whichever that is. */
struct _TokListButtons {
  GtkWidget parent_instance;

  GBindingGroup *bindings;

  GtkWidget *box;
  GtkWidget *search_button;
};

G_DEFINE_FINAL_TYPE (TokListButtons, tok_list_buttons, GTK_TYPE_WIDGET)

static void
tok_list_buttons_dispose (GObject *object)
{
  TokListButtons *self = TOK_LIST_BUTTONS (object);

  g_clear_object (&self->bindings);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_list_buttons_parent_class)->dispose (object);
}

static void
tok_list_buttons_class_init (TokListButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_list_buttons_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-list-buttons.ui");
  gtk_widget_class_bind_template_child (widget_class, TokListButtons, box);
  gtk_widget_class_bind_template_child (widget_class, TokListButtons, search_button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_list_buttons_init (TokListButtons *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "can-search", self->search_button, "sensitive",
                        G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "search-mode", self->search_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/**
 * tok_list_buttons_set_rows:
 * @self: Buttons.
 * @rows: (nullable): The rows that they belong to from now on.
 */
void
tok_list_buttons_set_rows (TokListButtons *self, TokGrantRows *rows)
{
  g_return_if_fail (TOK_IS_LIST_BUTTONS (self));

  g_binding_group_set_source (self->bindings, rows);
}
