/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-revoke-limits.h"

/* What is left to do for an owner who has revoked the access of an app. */
struct _TokRevokeLimits {
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (TokRevokeLimits, tok_revoke_limits, GTK_TYPE_WIDGET)

static void
tok_revoke_limits_dispose (GObject *object)
{
  g_clear_pointer (&TOK_REVOKE_LIMITS (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_revoke_limits_parent_class)->dispose (object);
}

static void
tok_revoke_limits_class_init (TokRevokeLimitsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_revoke_limits_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-revoke-limits.ui");
  gtk_widget_class_bind_template_child (widget_class, TokRevokeLimits, box);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_revoke_limits_init (TokRevokeLimits *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
