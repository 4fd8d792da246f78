/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-grant-tools.h"

#include "tok-grant-query.h"
#include "tok-level-chooser.h"
#include "tok-menus.h"

/* What stands above a list of tokens or apps: which access levels it has, to choose one, and what
 * to sort by. */
struct _TokGrantTools {
  GtkWidget parent_instance;

  TokLevelChooser *chooser;
  GtkWidget *grid;
  GtkMenuButton *order_button;
};

G_DEFINE_FINAL_TYPE (TokGrantTools, tok_grant_tools, GTK_TYPE_WIDGET)

static void
tok_grant_tools_dispose (GObject *object)
{
  TokGrantTools *self = TOK_GRANT_TOOLS (object);

  self->chooser = NULL;
  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (tok_grant_tools_parent_class)->dispose (object);
}

static void
tok_grant_tools_class_init (TokGrantToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_grant_tools_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-grant-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, TokGrantTools, grid);
  gtk_widget_class_bind_template_child (widget_class, TokGrantTools, order_button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
tok_grant_tools_init (TokGrantTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->order_button, tok_menus_create_order, NULL, NULL);
}

/**
 * tok_grant_tools_new:
 * @query: What is shown.
 * @counts_apps: Whether these are apps, not tokens.
 *
 * Returns: (transfer floating): The tools for @query. The order is the action `list.order`
 *   of whatever they are in, and selecting several `list.select`.
 */
GtkWidget *
tok_grant_tools_new (TokGrantQuery *query, gboolean counts_apps)
{
  TokGrantTools *self;
  GtkWidget *chooser;

  g_return_val_if_fail (TOK_IS_GRANT_QUERY (query), NULL);

  self = g_object_new (TOK_TYPE_GRANT_TOOLS, NULL);
  chooser = tok_level_chooser_new (query, counts_apps);
  self->chooser = TOK_LEVEL_CHOOSER (chooser);
  gtk_widget_set_hexpand (chooser, TRUE);
  gtk_widget_add_css_class (chooser, "levels");
  gtk_widget_insert_after (chooser, self->grid, NULL);
  return GTK_WIDGET (self);
}

/**
 * tok_grant_tools_recount:
 * @self: Tools.
 *
 * Counts the levels again, which may have changed.
 */
void
tok_grant_tools_recount (TokGrantTools *self)
{
  g_return_if_fail (TOK_IS_GRANT_TOOLS (self));

  tok_level_chooser_recount (self->chooser);
}
