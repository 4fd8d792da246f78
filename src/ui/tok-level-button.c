/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-level-button.h"

#include "tok-access.h"
#include "tok-grant-filter.h"

#include <glib/gi18n-lib.h>

/* How many have one access level, as a button that shows these alone. It is one of a group. */
struct _TokLevelButton {
  GtkToggleButton parent_instance;

  int level;
  gboolean counts_apps;

  GtkImage *icon;
  GtkLabel *words;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (TokLevelButton, tok_level_button, GTK_TYPE_TOGGLE_BUTTON)

/* Newer GTK takes the labels within for the name. */
static void
set_accessible_label (TokLevelButton *self, const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_active_changed (TokLevelButton *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self))
                                   ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
tok_level_button_class_init (TokLevelButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/TokenManager/tok-level-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TokLevelButton, icon);
  gtk_widget_class_bind_template_child (widget_class, TokLevelButton, words);
  gtk_widget_class_bind_template_child (widget_class, TokLevelButton, count);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
}

static void
tok_level_button_init (TokLevelButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_active_changed (self);
}

/**
 * tok_level_button_new:
 * @level: An access level, or %TOK_GRANT_FILTER_ANY.
 * @counts_apps: Whether apps are counted, not tokens.
 *
 * Returns: (transfer floating): A button that counts none yet.
 */
GtkWidget *
tok_level_button_new (int level, gboolean counts_apps)
{
  TokLevelButton *self = g_object_new (TOK_TYPE_LEVEL_BUTTON, NULL);

  self->level = level;
  self->counts_apps = counts_apps;
  gtk_label_set_label (self->words, tok_level_button_get_words (level));
  if (level == TOK_ACCESS_LEVEL_MONEY)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                                 _ ("Full control can move money too, and is counted apart."));
  gtk_widget_set_visible (GTK_WIDGET (self->icon), level != TOK_GRANT_FILTER_ANY);
  if (level != TOK_GRANT_FILTER_ANY)
    gtk_image_set_from_icon_name (self->icon, tok_access_level_get_icon_name (level));
  tok_level_button_set_count (self, 0);
  return GTK_WIDGET (self);
}

/**
 * tok_level_button_get_level:
 * @self: A button.
 *
 * Returns: Its access level, or %TOK_GRANT_FILTER_ANY.
 */
int
tok_level_button_get_level (TokLevelButton *self)
{
  g_return_val_if_fail (TOK_IS_LEVEL_BUTTON (self), TOK_GRANT_FILTER_ANY);

  return self->level;
}

/**
 * tok_level_button_set_count:
 * @self: A button.
 * @count: How many there are.
 */
void
tok_level_button_set_count (TokLevelButton *self, guint count)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *label = NULL;

  g_return_if_fail (TOK_IS_LEVEL_BUTTON (self));

  gtk_label_set_label (self->count, number);
  label = tok_level_button_describe (self->level, self->counts_apps, count);
  set_accessible_label (self, label);
}

/**
 * tok_level_button_get_words:
 * @level: An access level, or %TOK_GRANT_FILTER_ANY.
 *
 * Returns: (transfer none): It in words.
 */
const char *
tok_level_button_get_words (int level)
{
  /* Translators: of a list of tokens or apps, all of them. */
  return level == TOK_GRANT_FILTER_ANY ? _ ("All") : tok_access_level_get_label (level);
}

/**
 * tok_level_button_describe:
 * @level: An access level, or %TOK_GRANT_FILTER_ANY.
 * @counts_apps: Whether apps are counted, not tokens.
 * @count: How many there are.
 *
 * Returns: (transfer full): How many have it, in words.
 */
char *
tok_level_button_describe (int level, gboolean counts_apps, guint count)
{
  /* Translators: %s is an access level or "All", %u how many there are of it. */
  return g_strdup_printf (counts_apps ? ngettext ("%s, %u app", "%s, %u apps", count)
                                      : ngettext ("%s, %u token", "%s, %u tokens", count),
                          tok_level_button_get_words (level), count);
}
