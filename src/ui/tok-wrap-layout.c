/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-wrap-layout.h"

#define SPACING 6

/* Puts what is in a widget side by side as words are in a text: where a line is full the next one
 * begins. It wants to be wide enough for two lines. */
struct _TokWrapLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (TokWrapLayout, tok_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A child's size, and its place if it is on a line of @width. */
typedef struct {
  int width;
  int x, y;
  int width_left;
  int line_height;
} Pen;

static void
begin (Pen *pen, int width)
{
  *pen = (Pen){ .width = width, .width_left = width };
}

/* Moves the pen to where a child of that size goes; the caller draws there. */
static void
move (Pen *pen, int width, int height)
{
  if (width > pen->width_left && pen->width_left < pen->width) {
    pen->y += pen->line_height + SPACING;
    pen->width_left = pen->width;
    pen->line_height = 0;
  }
  pen->x = pen->width - pen->width_left;
  pen->width_left -= width + SPACING;
  pen->line_height = MAX (pen->line_height, height);
}

static void
measure_child (GtkWidget *child, int most, int *width, int *height)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, width, NULL, NULL);
  *width = MAX (minimum, MIN (*width, most));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

static GtkSizeRequestMode
tok_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_natural_width (GtkWidget *child)
{
  int width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* Wherever it is broken in two, the longer line counts. */
static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  int first_line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      *natural += measure_natural_width (child) + (*natural > 0 ? SPACING : 0);
  *minimum = *natural;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;
    first_line += measure_natural_width (child) + (first_line > 0 ? SPACING : 0);
    *minimum = MIN (*minimum, MAX (first_line, *natural - first_line - SPACING));
  }
}

static int
measure_height (GtkWidget *widget, int width)
{
  Pen pen;

  begin (&pen, width);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_width, child_height;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &child_width, &child_height);
    move (&pen, child_width, child_height);
  }
  return pen.y + pen.line_height;
}

static void
tok_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  int narrowest = 0, widest = 0;

  measure_width (widget, &narrowest, &widest);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = narrowest;
    *natural = widest;
  } else {
    /* Of no width in particular, the least that any width needs. */
    *minimum = *natural = measure_height (widget, for_size >= 0 ? for_size : widest);
  }
}

static void
tok_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          int width,
                          int height,
                          int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Pen pen;

  begin (&pen, width);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkAllocation place;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &place.width, &place.height);
    move (&pen, place.width, place.height);
    place.x = mirrored ? width - pen.x - place.width : pen.x;
    place.y = pen.y;
    gtk_widget_size_allocate (child, &place, -1);
  }
}

static void
tok_wrap_layout_class_init (TokWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = tok_wrap_layout_get_request_mode;
  layout_class->measure = tok_wrap_layout_measure;
  layout_class->allocate = tok_wrap_layout_allocate;
}

static void
tok_wrap_layout_init (TokWrapLayout *self)
{
}
