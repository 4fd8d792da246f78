/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-level-chooser.h"

#include "tok-access.h"
#include "tok-grant-filter.h"
#include "tok-grant-query.h"
#include "tok-level-button.h"
#include "tok-level-filter.h"

#include <glib/gi18n-lib.h>

/* Which access levels a list has, to choose one: side by side where there is room for that, and
 * else in a menu whose button shows the one that is chosen. */
struct _TokLevelChooser {
  GtkWidget parent_instance;

  TokGrantQuery *query;
  gboolean counts_apps;

  TokLevelFilter *filter;
  TokLevelFilter *menu; /* NULL until it is first opened */
  GtkMenuButton *menu_button;
  GtkImage *icon;
  GtkLabel *words;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (TokLevelChooser, tok_level_chooser, GTK_TYPE_WIDGET)

static void
update_menu_button (TokLevelChooser *self)
{
  int level = tok_level_filter_get_level (self->filter);
  guint count = tok_level_filter_get_count (self->filter, level);
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *described = tok_level_button_describe (level, self->counts_apps, count);
  /* Translators: what the button of a menu says; %s is the level that is chosen, or "All". */
  g_autofree char *label = g_strdup_printf (_ ("Access level: %s"), described);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), level != TOK_GRANT_FILTER_ANY);
  if (level != TOK_GRANT_FILTER_ANY)
    gtk_image_set_from_icon_name (self->icon, tok_access_level_get_icon_name (level));
  gtk_label_set_label (self->words, tok_level_button_get_words (level));
  gtk_label_set_label (self->count, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
on_level_changed (TokLevelChooser *self)
{
  update_menu_button (self);
  gtk_menu_button_popdown (self->menu_button);
}

static GtkWidget *
create_filter (TokLevelChooser *self)
{
  GtkWidget *filter
      = tok_level_filter_new (tok_grant_query_get_found (self->query), self->counts_apps);

  g_object_bind_property (self->query, "level", filter, "level",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return filter;
}

static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  TokLevelChooser *self = TOK_LEVEL_CHOOSER (user_data);
  GtkWidget *popover;
  GtkWidget *filter;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  filter = create_filter (self);
  self->menu = TOK_LEVEL_FILTER (filter);
  gtk_widget_set_layout_manager (filter, gtk_box_layout_new (GTK_ORIENTATION_VERTICAL));
  gtk_popover_set_child (GTK_POPOVER (popover), filter);
  gtk_widget_add_css_class (popover, "levels");
  gtk_menu_button_set_popover (button, popover);
}

/* An AdwSqueezer would go on being as high as what it showed before. */
static GtkWidget *
choose_child (TokLevelChooser *self, int width)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->filter), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  return width < 0 || width >= minimum ? GTK_WIDGET (self->filter) : GTK_WIDGET (self->menu_button);
}

/* Whatever the width, it needs no less. */
static int
measure_lowest (TokLevelChooser *self, int filter)
{
  int button;

  gtk_widget_measure (GTK_WIDGET (self->menu_button), GTK_ORIENTATION_VERTICAL, -1, &button, NULL,
                      NULL, NULL);
  return MIN (filter, button);
}

static GtkSizeRequestMode
tok_level_chooser_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tok_level_chooser_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  TokLevelChooser *self = TOK_LEVEL_CHOOSER (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (GTK_WIDGET (self->filter), orientation, -1, NULL, natural, NULL, NULL);
    gtk_widget_measure (GTK_WIDGET (self->menu_button), orientation, -1, minimum, NULL, NULL, NULL);
    *minimum = MIN (*minimum, *natural);
  } else {
    gtk_widget_measure (choose_child (self, for_size), orientation, for_size, minimum, natural,
                        NULL, NULL);
    if (for_size < 0)
      *minimum = measure_lowest (self, *minimum);
  }
}

/* Nobody is told of what can't be seen either. */
static void
show_child (GtkWidget *child, gboolean is_shown)
{
  gtk_widget_set_child_visible (child, is_shown);
  gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, !is_shown, -1);
}

static void
tok_level_chooser_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TokLevelChooser *self = TOK_LEVEL_CHOOSER (widget);
  GtkWidget *chosen = choose_child (self, width);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_child (child, child == chosen);
  gtk_widget_size_allocate (chosen, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
tok_level_chooser_dispose (GObject *object)
{
  TokLevelChooser *self = TOK_LEVEL_CHOOSER (object);
  GtkWidget *child;

  self->filter = self->menu = NULL;
  if (self->menu_button != NULL)
    gtk_menu_button_set_popover (self->menu_button, NULL);
  self->menu_button = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (tok_level_chooser_parent_class)->dispose (object);
}

static void
tok_level_chooser_class_init (TokLevelChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_level_chooser_dispose;
  widget_class->get_request_mode = tok_level_chooser_get_request_mode;
  widget_class->measure = tok_level_chooser_measure;
  widget_class->size_allocate = tok_level_chooser_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-level-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, TokLevelChooser, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TokLevelChooser, icon);
  gtk_widget_class_bind_template_child (widget_class, TokLevelChooser, words);
  gtk_widget_class_bind_template_child (widget_class, TokLevelChooser, count);
}

static void
tok_level_chooser_init (TokLevelChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu, self, NULL);
}

/**
 * tok_level_chooser_new:
 * @query: What is shown.
 * @counts_apps: Whether these are apps, not tokens.
 *
 * Returns: (transfer floating): What chooses the level of @query.
 */
GtkWidget *
tok_level_chooser_new (TokGrantQuery *query, gboolean counts_apps)
{
  TokLevelChooser *self;
  GtkWidget *filter;

  g_return_val_if_fail (TOK_IS_GRANT_QUERY (query), NULL);

  self = g_object_new (TOK_TYPE_LEVEL_CHOOSER, NULL);
  self->query = g_object_ref (query);
  self->counts_apps = counts_apps;
  filter = create_filter (self);
  self->filter = TOK_LEVEL_FILTER (filter);
  gtk_widget_insert_after (filter, GTK_WIDGET (self), NULL);
  /* After the filter has counted. */
  g_signal_connect_object (tok_grant_query_get_found (query), "items-changed",
                           G_CALLBACK (update_menu_button), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::level", G_CALLBACK (on_level_changed), self,
                           G_CONNECT_SWAPPED);
  update_menu_button (self);
  return GTK_WIDGET (self);
}

/**
 * tok_level_chooser_recount:
 * @self: A chooser.
 *
 * Counts the levels again, which may have changed.
 */
void
tok_level_chooser_recount (TokLevelChooser *self)
{
  g_return_if_fail (TOK_IS_LEVEL_CHOOSER (self));

  tok_level_filter_recount (self->filter);
  if (self->menu != NULL)
    tok_level_filter_recount (self->menu);
  update_menu_button (self);
}
