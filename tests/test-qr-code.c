/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-qr-code.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#include <adwaita.h>
#include <qrencode.h>
#include <glib/gstdio.h>

#define SECRET "aBcDeFgHiJkLmNo"
#define LONG                                                                                       \
  "pat_international-characteristics-representation-0123456789-"                                   \
  "iiiiiiiiiiiiiiiWWWWWWWWWWWWWWW____------fi-ffi-fl-abcdefghijklmnopqr"
#define LONGEST 2331
#define NAME "QR code of the new token’s secret"
#define QUIET_ZONE 4

/* What could be packed tighter, in other modes, is kept byte for byte as well. */
static const char *const secrets[]
    = { SECRET, LONG, "012345678901234", "ABCDEFGHIJ01234", "grün %20<&>", "a" };

/* Its pixels, as they are on the screen, each 0xRRGGBB. */
typedef struct {
  guint32 *pixels;
  int width;
  int height;
} Picture;

/* The linker puts this in the place of QRcode_free (), to look at what is being freed. */
void __wrap_QRcode_free (QRcode *code);
void __real_QRcode_free (QRcode *code);

static guint n_wiped;

void
__wrap_QRcode_free (QRcode *code)
{
  for (int i = 0; i < code->width * code->width; i++)
    g_assert_cmpuint (code->data[i], ==, 0);
  n_wiped++;
  __real_QRcode_free (code);
}

static GdkTexture *
render (TokQrCode *code)
{
  GtkWidget *widget = GTK_WIDGET (code);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  int scale = gtk_widget_get_scale_factor (widget);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;

  tok_ui_test_wait_for_frame (code);
  area.size.width = gtk_widget_get_width (widget) * scale;
  area.size.height = gtk_widget_get_height (widget) * scale;
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, area.size.width, area.size.height);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (renderer, node, &area);
}

static void
take (Picture *self, TokQrCode *code)
{
  g_autoptr (GdkTexture) texture = render (code);

  self->width = gdk_texture_get_width (texture);
  self->height = gdk_texture_get_height (texture);
  self->pixels = g_new (guint32, self->width * self->height);
  gdk_texture_download (texture, (guchar *) self->pixels, self->width * sizeof (guint32));
  for (int i = 0; i < self->width * self->height; i++)
    self->pixels[i] &= 0xffffff;
}

/* What a decoder reads that was not written here and shares nothing with the encoder. */
static char *
decode (TokQrCode *code)
{
  g_autoptr (GdkTexture) texture = render (code);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tok-qr-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "code.png", NULL);
  const char *words[] = { "zbarimg", "--quiet", "--nodbus", "--raw", "-Sbinary", file, NULL };
  char *said = NULL;
  int status;

  g_assert_true (gdk_texture_save_to_png (texture, file));
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_remove (file);
  g_rmdir (folder);
  return said;
}

static void
assert_reads (TokQrCode *code, const char *secret)
{
  g_autofree char *read = NULL;

  g_assert_true (tok_qr_code_show_secret (code, secret));
  read = decode (code);
  g_assert_cmpstr (read, ==, secret);
}

static gboolean
has_decoder (void)
{
  g_autofree char *decoder = g_find_program_in_path ("zbarimg");

  if (decoder == NULL)
    g_test_skip ("zbarimg is not installed");
  return decoder != NULL;
}

static TokQrCode *
new_centred (GtkWidget **window)
{
  TokQrCode *code = g_object_new (TOK_TYPE_QR_CODE, "halign", GTK_ALIGN_CENTER, "valign",
                                  GTK_ALIGN_CENTER, NULL);

  g_assert_true (tok_qr_code_show_secret (code, SECRET));
  *window = tok_ui_test_present (GTK_WIDGET (code));
  return code;
}

static void
test_new_destroy (void)
{
  TokQrCode *code = g_object_new (TOK_TYPE_QR_CODE, NULL);
  GtkWidget *window;
  int width;

  gtk_widget_measure (GTK_WIDGET (code), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 0);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (code)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  tok_ui_test_assert_name (code, NAME);
  tok_ui_test_assert_finalize_widget (code);

  code = g_object_new (TOK_TYPE_QR_CODE, NULL);
  window = tok_ui_test_present (GTK_WIDGET (code));
  g_assert_true (tok_qr_code_show_secret (code, SECRET));
  tok_ui_test_wait_for_frame (code);
  tok_ui_test_assert_name (code, NAME);
  tok_ui_test_assert_untold (code, SECRET);
  tok_ui_test_close (window);
}

static void
test_reads (gconstpointer data)
{
  AdwColorScheme scheme = GPOINTER_TO_INT (data);
  GtkWidget *window;
  TokQrCode *code;

  if (!has_decoder ())
    return;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  code = new_centred (&window);
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    assert_reads (code, secrets[i]);
  tok_ui_test_close (window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_right_to_left (void)
{
  GtkWidget *window;
  TokQrCode *code;

  if (!has_decoder ())
    return;
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  code = new_centred (&window);
  assert_reads (code, SECRET);
  tok_ui_test_close (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Every edge is between two pixels, every module has as many of them, and nothing but white is
 * around. What is left over of the room is transparent. */
static void
assert_sharp (const Picture *picture, int n_modules)
{
  int module = MIN (picture->width, picture->height) / n_modules;
  int left = (picture->width - module * n_modules + 1) / 2;
  int top = (picture->height - module * n_modules + 1) / 2;

  g_assert_cmpint (module, >=, 3);
  for (int y = 0; y < n_modules * module; y++)
    for (int x = 0; x < n_modules * module; x++) {
      const guint32 *row = picture->pixels + (top + y) * picture->width + left;
      int across = x / module;
      int down = y / module;
      const guint32 *corner
          = picture->pixels + (top + down * module) * picture->width + left + across * module;

      g_assert_true (row[x] == 0x000000 || row[x] == 0xffffff);
      g_assert_cmphex (row[x], ==, *corner);
      if (MIN (across, down) < QUIET_ZONE || MAX (across, down) >= n_modules - QUIET_ZONE)
        g_assert_cmphex (row[x], ==, 0xffffff);
    }
}

static void
assert_all_sharp (TokQrCode *code, const char *secret, int n_modules)
{
  static const int rooms[][2] = { { -1, -1 }, { 257, 257 }, { 301, 272 }, { 250, 399 } };

  g_assert_true (tok_qr_code_show_secret (code, secret));
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++) {
    g_autofree guint32 *pixels = NULL;
    Picture picture;

    gtk_widget_set_size_request (GTK_WIDGET (code), rooms[i][0], rooms[i][1]);
    take (&picture, code);
    pixels = picture.pixels;
    assert_sharp (&picture, n_modules + 2 * QUIET_ZONE);
  }
  gtk_widget_set_size_request (GTK_WIDGET (code), -1, -1);
}

static void
test_sharp (void)
{
  GtkWidget *window;
  TokQrCode *code = new_centred (&window);

  /* Versions 2 and 8. */
  assert_all_sharp (code, SECRET, 25);
  assert_all_sharp (code, LONG, 49);
  tok_ui_test_close (window);
}

/* The same on a screen with twice as many pixels; a program knows one scale. */
static void
test_twice (void)
{
  static const char *const names[] = { "reads/dark", "right-to-left", "sharp" };

  g_setenv ("GDK_SCALE", "2", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strconcat ("/qr-code/subprocess/", names[i], NULL);

    g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
  }
  g_unsetenv ("GDK_SCALE");
}

static void
test_is_twice (void)
{
  GtkWidget *window;
  TokQrCode *code = new_centred (&window);

  g_assert_cmpint (gtk_widget_get_scale_factor (GTK_WIDGET (code)), ==, 2);
  tok_ui_test_close (window);
  test_sharp ();
}

/* It is as large as a phone wants it, and no larger than a narrow window. */
static void
test_size (void)
{
  TokQrCode *code = g_object_ref_sink (g_object_new (TOK_TYPE_QR_CODE, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    for (GtkOrientation side = 0; side <= GTK_ORIENTATION_VERTICAL; side++) {
      int least;
      int natural;

      g_assert_true (tok_qr_code_show_secret (code, secrets[i]));
      gtk_widget_measure (GTK_WIDGET (code), side, -1, &least, &natural, NULL, NULL);
      g_assert_cmpint (least, ==, natural);
      g_assert_cmpint (natural, >, 180);
      g_assert_cmpint (natural, <=, 240);
    }
  g_object_unref (code);
}

static void
test_forget (void)
{
  TokQrCode *code = g_object_ref_sink (g_object_new (TOK_TYPE_QR_CODE, NULL));
  int width;

  n_wiped = 0;
  tok_qr_code_forget (code);
  g_assert_cmpuint (n_wiped, ==, 0);
  g_assert_true (tok_qr_code_show_secret (code, SECRET));
  g_assert_true (tok_qr_code_show_secret (code, LONG));
  g_assert_cmpuint (n_wiped, ==, 1);
  tok_qr_code_forget (code);
  g_assert_cmpuint (n_wiped, ==, 2);
  gtk_widget_measure (GTK_WIDGET (code), GTK_ORIENTATION_VERTICAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 0);
  g_assert_true (tok_qr_code_show_secret (code, SECRET));
  tok_test_assert_finalize (code);
  g_assert_cmpuint (n_wiped, ==, 3);
}

static void
test_too_long (void)
{
  TokQrCode *code = g_object_ref_sink (g_object_new (TOK_TYPE_QR_CODE, NULL));
  g_autofree char *fits = g_strnfill (LONGEST, 'x');
  g_autofree char *longer = g_strnfill (LONGEST + 1, 'x');
  int width;

  g_assert_true (tok_qr_code_show_secret (code, fits));
  g_assert_false (tok_qr_code_show_secret (code, longer));
  gtk_widget_measure (GTK_WIDGET (code), GTK_ORIENTATION_VERTICAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 0);
  g_object_unref (code);
}

int
main (int argc, char *argv[])
{
  gconstpointer light = GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_LIGHT);
  gconstpointer dark = GINT_TO_POINTER (ADW_COLOR_SCHEME_FORCE_DARK);

  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/qr-code/new-destroy", test_new_destroy);
  g_test_add_data_func ("/qr-code/reads/light", light, test_reads);
  g_test_add_data_func ("/qr-code/reads/dark", dark, test_reads);
  g_test_add_func ("/qr-code/right-to-left", test_right_to_left);
  g_test_add_func ("/qr-code/sharp", test_sharp);
  g_test_add_func ("/qr-code/twice", test_twice);
  g_test_add_func ("/qr-code/size", test_size);
  g_test_add_func ("/qr-code/forget", test_forget);
  g_test_add_func ("/qr-code/too-long", test_too_long);
  g_test_add_data_func ("/qr-code/subprocess/reads/dark", dark, test_reads);
  g_test_add_func ("/qr-code/subprocess/right-to-left", test_right_to_left);
  g_test_add_func ("/qr-code/subprocess/sharp", test_is_twice);

  return g_test_run ();
}
