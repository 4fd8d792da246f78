/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-level-filter.h"

#include "tok-access.h"
#include "tok-grant-filter.h"
#include "tok-grant.h"
#include "tok-level-button.h"
#include "tok-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define N_LEVELS (TOK_ACCESS_LEVEL_UNKNOWN + 1)

/* How many tokens or apps of a list have which access level, as buttons that choose one level, or
 * all. Levels that nobody has are left out. */
struct _TokLevelFilter {
  GtkWidget parent_instance;

  GListModel *model;
  gboolean counts_apps;
  int level;
  guint counts[N_LEVELS];
  guint n;

  TokLevelButton *all;
  TokLevelButton *buttons[N_LEVELS];
};

G_DEFINE_FINAL_TYPE (TokLevelFilter, tok_level_filter, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_LEVEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
on_toggled (TokLevelFilter *self, TokLevelButton *button)
{
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    tok_level_filter_set_level (self, tok_level_button_get_level (button));
}

static TokLevelButton *
add_button (TokLevelFilter *self, int level, GtkWidget *next)
{
  GtkWidget *button = tok_level_button_new (level, self->counts_apps);

  if (self->all != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (self->all));
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (button, GTK_WIDGET (self), next);
  return TOK_LEVEL_BUTTON (button);
}

/* The button of the next higher level that there is; they stand in that order. */
static GtkWidget *
find_next (TokLevelFilter *self, int level)
{
  for (int i = level + 1; i < N_LEVELS; i++)
    if (self->buttons[i] != NULL)
      return GTK_WIDGET (self->buttons[i]);
  return NULL;
}

static void
set_count (TokLevelFilter *self, int level, guint count)
{
  gboolean is_shown = count > 0 || self->level == level;

  if (self->buttons[level] == NULL && is_shown)
    self->buttons[level] = add_button (self, level, find_next (self, level));
  if (self->buttons[level] == NULL)
    return;
  tok_level_button_set_count (self->buttons[level], count);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons[level]), is_shown);
}

static void
count_all (TokLevelFilter *self)
{
  self->n = g_list_model_get_n_items (self->model);
  memset (self->counts, 0, sizeof self->counts);
  for (guint i = 0; i < self->n; i++) {
    g_autoptr (TokGrant) grant = g_list_model_get_item (self->model, i);

    self->counts[tok_grant_get_level (grant)]++;
  }
  if (self->all == NULL)
    self->all
        = add_button (self, TOK_GRANT_FILTER_ANY, gtk_widget_get_first_child (GTK_WIDGET (self)));
  tok_level_button_set_count (self->all, self->n);
  for (int level = 0; level < N_LEVELS; level++)
    set_count (self, level, self->counts[level]);
}

static void
tok_level_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_LEVEL:
    g_value_set_int (value, TOK_LEVEL_FILTER (object)->level);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_level_filter_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_LEVEL:
    tok_level_filter_set_level (TOK_LEVEL_FILTER (object), g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
tok_level_filter_dispose (GObject *object)
{
  TokLevelFilter *self = TOK_LEVEL_FILTER (object);
  GtkWidget *child;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tok_level_filter_parent_class)->dispose (object);
}

static void
tok_level_filter_class_init (TokLevelFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tok_level_filter_get_property;
  object_class->set_property = tok_level_filter_set_property;
  object_class->dispose = tok_level_filter_dispose;

  /**
   * TokLevelFilter:level:
   *
   * The level that is chosen, or %TOK_GRANT_FILTER_ANY.
   */
  properties[PROP_LEVEL] = g_param_spec_int (
      "level", NULL, NULL, TOK_GRANT_FILTER_ANY, TOK_ACCESS_LEVEL_UNKNOWN, TOK_GRANT_FILTER_ANY,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, TOK_TYPE_WRAP_LAYOUT);
}

static void
tok_level_filter_init (TokLevelFilter *self)
{
  self->level = TOK_GRANT_FILTER_ANY;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Access level"), -1);
}

/**
 * tok_level_filter_new:
 * @model: A list of [class@Grant]s.
 * @counts_apps: Whether these are apps, not tokens.
 *
 * Returns: (transfer floating): A filter that follows @model, with all chosen.
 */
GtkWidget *
tok_level_filter_new (GListModel *model, gboolean counts_apps)
{
  TokLevelFilter *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (TOK_TYPE_LEVEL_FILTER, NULL);
  self->model = g_object_ref (model);
  self->counts_apps = counts_apps;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (count_all), self, G_CONNECT_SWAPPED);
  count_all (self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all), TRUE);
  return GTK_WIDGET (self);
}

/**
 * tok_level_filter_get_level:
 * @self: A filter.
 *
 * Returns: The level that is chosen, or %TOK_GRANT_FILTER_ANY.
 */
int
tok_level_filter_get_level (TokLevelFilter *self)
{
  g_return_val_if_fail (TOK_IS_LEVEL_FILTER (self), TOK_GRANT_FILTER_ANY);

  return self->level;
}

/**
 * tok_level_filter_set_level:
 * @self: A filter.
 * @level: A level, or %TOK_GRANT_FILTER_ANY.
 *
 * Chooses @level.
 */
void
tok_level_filter_set_level (TokLevelFilter *self, int level)
{
  TokLevelButton *button;

  g_return_if_fail (TOK_IS_LEVEL_FILTER (self));
  g_return_if_fail (level >= TOK_GRANT_FILTER_ANY && level < N_LEVELS);

  if (self->level == level)
    return;
  self->level = level;
  count_all (self);
  button = level == TOK_GRANT_FILTER_ANY ? self->all : self->buttons[level];
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

/**
 * tok_level_filter_get_count:
 * @self: A filter.
 * @level: A level, or %TOK_GRANT_FILTER_ANY.
 *
 * Returns: How many have it.
 */
guint
tok_level_filter_get_count (TokLevelFilter *self, int level)
{
  g_return_val_if_fail (TOK_IS_LEVEL_FILTER (self), 0);
  g_return_val_if_fail (level >= TOK_GRANT_FILTER_ANY && level < N_LEVELS, 0);

  return level == TOK_GRANT_FILTER_ANY ? self->n : self->counts[level];
}

/**
 * tok_level_filter_recount:
 * @self: A filter.
 *
 * Counts again, since levels may have changed of what was in the list all the time.
 */
void
tok_level_filter_recount (TokLevelFilter *self)
{
  g_return_if_fail (TOK_IS_LEVEL_FILTER (self));

  count_all (self);
}
