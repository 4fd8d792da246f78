/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-token-actions.h"

#include <adwaita.h>

/* What else than deleting can be done with a token: a row each, for whoever has these actions. */
struct _TokTokenActions {
  GtkWidget parent_instance;

  GtkWidget *list_box;
};

G_DEFINE_FINAL_TYPE (TokTokenActions, tok_token_actions, GTK_TYPE_WIDGET)

static void
tok_token_actions_dispose (GObject *object)
{
  TokTokenActions *self = TOK_TOKEN_ACTIONS (object);

  g_clear_pointer (&self->list_box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_token_actions_parent_class)->dispose (object);
}

static void
tok_token_actions_class_init (TokTokenActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_token_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-token-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, TokTokenActions, list_box);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_token_actions_init (TokTokenActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
