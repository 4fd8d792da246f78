/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-qr-code.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>
#include <glib/gi18n-lib.h>

/* What scanners need around it, in modules. */
#define QUIET_ZONE 4
/* How wide it is at most, as long as a module has the least width that scanners see. */
#define TARGET_WIDTH 240
#define LEAST_MODULE_WIDTH 3
/* The bit of a module that says that it is dark. */
#define DARK 1

/* A QR code of a secret: always dark on a white card, since few scanners read it the other way. */
struct _TokQrCode {
  GtkWidget parent_instance;

  QRcode *code; /* what is shown */
};

G_DEFINE_FINAL_TYPE (TokQrCode, tok_qr_code, GTK_TYPE_WIDGET)

/* Where the modules are, in the coordinates of the widget. */
typedef struct {
  double x;
  double y;
  double module;
} Grid;

static int
count_modules (TokQrCode *self)
{
  return self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 0;
}

/* How many pixels of the screen a unit is wide. Newer versions of GTK have scales between whole
 * ones, and tell them here. */
static double
get_scale (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  double scale = gtk_widget_get_scale_factor (widget);

  if (surface != NULL
      && g_object_class_find_property (G_OBJECT_GET_CLASS (surface), "scale") != NULL)
    g_object_get (surface, "scale", &scale, NULL);
  return scale;
}

/* Moves a length, which begins somewhere in the window, so that it begins where a pixel does. */
static double
align (double start, double origin, double scale)
{
  return round ((start + origin) * scale) / scale - origin;
}

/* A module is some whole pixels wide, and the first begins where a pixel does: so all of them have
 * sharp edges. */
static Grid
place_modules (TokQrCode *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkNative *native = gtk_widget_get_native (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int n = count_modules (self);
  double scale = get_scale (widget);
  double module = MAX (1, floor (MIN (width, height) * scale / n)) / scale;
  Grid grid = { (width - n * module) / 2, (height - n * module) / 2, module };
  double x = 0;
  double y = 0;
  double surface_x = 0;
  double surface_y = 0;

  if (native != NULL) {
    gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), 0, 0, &x, &y);
    gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  }
  grid.x = align (grid.x, x + surface_x, scale);
  grid.y = align (grid.y, y + surface_y, scale);
  return grid;
}

static void
draw (GtkSnapshot *snapshot, const Grid *grid, const GdkRGBA *color, int x, int y, int n, int m)
{
  graphene_rect_t rectangle = GRAPHENE_RECT_INIT (
      grid->x + x * grid->module, grid->y + y * grid->module, n * grid->module, m * grid->module);

  gtk_snapshot_append_color (snapshot, color, &rectangle);
}

/* Modules that stand side by side are drawn as one. */
static void
draw_row (TokQrCode *self, GtkSnapshot *snapshot, const Grid *grid, int y)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  int width = self->code->width;
  const unsigned char *row = self->code->data + y * width;

  for (int x = 0, n; x < width; x += n) {
    for (n = 1; x + n < width && (row[x + n] & DARK) == (row[x] & DARK); n++)
      ;
    if (row[x] & DARK)
      draw (snapshot, grid, &black, QUIET_ZONE + x, QUIET_ZONE + y, n, 1);
  }
}

static void
tok_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TokQrCode *self = TOK_QR_CODE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int n = count_modules (self);
  Grid grid;

  if (self->code == NULL)
    return;
  grid = place_modules (self);
  draw (snapshot, &grid, &white, 0, 0, n, n);
  for (int y = 0; y < self->code->width; y++)
    draw_row (self, snapshot, &grid, y);
}

static void
tok_qr_code_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  int n = count_modules (TOK_QR_CODE (widget));

  *minimum = *natural = n > 0 ? n * MAX (TARGET_WIDTH / n, LEAST_MODULE_WIDTH) : 0;
}

static void
tok_qr_code_dispose (GObject *object)
{
  tok_qr_code_forget (TOK_QR_CODE (object));

  G_OBJECT_CLASS (tok_qr_code_parent_class)->dispose (object);
}

static void
tok_qr_code_class_init (TokQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tok_qr_code_dispose;
  widget_class->measure = tok_qr_code_measure;
  widget_class->snapshot = tok_qr_code_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tok_qr_code_init (TokQrCode *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("QR code of the new token’s secret"), -1);
}

/**
 * tok_qr_code_show_secret:
 * @self: A QR code.
 * @secret: What whoever reads it gets, byte for byte.
 *
 * Shows @secret as a QR code that can be read with up to 15 % of it covered.
 *
 * Returns: Whether there is such a code; a text of more than 2331 bytes is too long for one.
 */
gboolean
tok_qr_code_show_secret (TokQrCode *self, const char *secret)
{
  g_return_val_if_fail (TOK_IS_QR_CODE (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  tok_qr_code_forget (self);
  self->code = QRcode_encodeString8bit (secret, 0, QR_ECLEVEL_M);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->code != NULL;
}

/**
 * tok_qr_code_forget:
 * @self: A QR code.
 *
 * Wipes it; nothing is shown any more.
 */
void
tok_qr_code_forget (TokQrCode *self)
{
  g_return_if_fail (TOK_IS_QR_CODE (self));

  if (self->code == NULL)
    return;
  explicit_bzero (self->code->data, (gsize) self->code->width * self->code->width);
  g_clear_pointer (&self->code, QRcode_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
