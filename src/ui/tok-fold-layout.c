/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-fold-layout.h"

#include <math.h>

/* Gives a widget less height than its child needs, which keeps its own and is cut off below. */
struct _TokFoldLayout {
  GtkLayoutManager parent_instance;

  double open;
};

G_DEFINE_FINAL_TYPE (TokFoldLayout, tok_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
fold (TokFoldLayout *self, int height)
{
  return (int) round (height * self->open);
}

static void
tok_fold_layout_measure (GtkLayoutManager *layout,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  TokFoldLayout *self = TOK_FOLD_LAYOUT (layout);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child == NULL)
    return;
  /* How high it is folded says nothing about how wide it has to be. */
  gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1,
                      minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = fold (self, *minimum);
  *natural = fold (self, *natural);
}

static void
tok_fold_layout_allocate (GtkLayoutManager *layout,
                          GtkWidget *widget,
                          int width,
                          int height,
                          int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int minimum;

  if (child == NULL)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, width, MAX (height, minimum), -1, NULL);
}

static GtkSizeRequestMode
tok_fold_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tok_fold_layout_class_init (TokFoldLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = tok_fold_layout_measure;
  layout_class->allocate = tok_fold_layout_allocate;
  layout_class->get_request_mode = tok_fold_layout_get_request_mode;
}

static void
tok_fold_layout_init (TokFoldLayout *self)
{
  self->open = 1;
}

/**
 * tok_fold_layout_new:
 *
 * Returns: (transfer full): A layout for a widget with one child, wide open.
 */
GtkLayoutManager *
tok_fold_layout_new (void)
{
  return g_object_new (TOK_TYPE_FOLD_LAYOUT, NULL);
}

/**
 * tok_fold_layout_set_open:
 * @self: A layout.
 * @open: How much of the child's height the widget has, from 0 to 1.
 */
void
tok_fold_layout_set_open (TokFoldLayout *self, double open)
{
  g_return_if_fail (TOK_IS_FOLD_LAYOUT (self));

  self->open = open;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
