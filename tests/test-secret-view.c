/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-secret-view.h"

#include "tok-qr-code.h"
#include "tok-secret-clipboard.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#define SHORT "aBcDeFgHiJkLmNo"
/* What pango would hyphenate, and break where it is half. */
#define LONG                                                                                       \
  "pat_international-characteristics-representation-0123456789-"                                   \
  "iiiiiiiiiiiiiiiWWWWWWWWWWWWWWW____------fi-ffi-fl-abcdefghijklmnopqr"
#define GROUP 5
#define SECONDS 7
#define MONEY "Whoever has it can move your money."
#define ALL "Whoever has it can do everything with this account, and create more such tokens."
#define SURPRISE "The service gave it other permissions than you asked for."

G_STATIC_ASSERT (sizeof (LONG) == 128 + 1);

/* A view in a window, with the clipboard that it copies to. */
typedef struct {
  TokSecretClipboard *clipboard;
  TokSecretView *view;
  GtkWidget *window;
} Fixture;

static void
begin (Fixture *self)
{
  self->clipboard
      = tok_secret_clipboard_new (gdk_display_get_clipboard (gdk_display_get_default ()), SECONDS);
  self->view = g_object_new (TOK_TYPE_SECRET_VIEW, "clipboard", self->clipboard, NULL);
  self->window = tok_ui_test_present (GTK_WIDGET (self->view));
}

static void
end (Fixture *self)
{
  tok_ui_test_close (self->window);
  tok_test_assert_finalize (self->clipboard);
}

static void
show (Fixture *self, const char *name, const char *secret, TokScopes scopes, TokScopes asked_for)
{
  g_autoptr (TokToken) token = tok_token_new (name, secret, scopes, NULL, NULL, NULL);

  tok_secret_view_show_token (self->view, token, asked_for);
  tok_ui_test_wait_for_frame (self->window);
}

static gboolean
shows (Fixture *self, const char *text)
{
  tok_ui_test_wait_for_frame (self->window);
  return tok_ui_test_shows (self->view, text);
}

static GtkLabel *
get_secret (Fixture *self, const char *secret)
{
  return tok_ui_test_get (self->view, GTK_TYPE_LABEL, secret);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokToken) token = tok_token_new ("Bot", SHORT, TOK_SCOPE_READ, NULL, NULL, NULL);
  TokSecretView *view = g_object_new (TOK_TYPE_SECRET_VIEW, NULL);
  Fixture fixture = { NULL };

  /* Without a clipboard there is nowhere to copy to. */
  tok_secret_view_show_token (view, token, TOK_SCOPE_READ);
  tok_secret_view_copy (view);
  g_assert_false (tok_secret_view_get_has_copy (view));
  tok_ui_test_assert_finalize_widget (view);
  begin (&fixture);
  end (&fixture);
  begin (&fixture);
  show (&fixture, "Bot", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
  end (&fixture);
  /* Nobody keeps the secret. */
  g_assert_cmpuint (G_OBJECT (token)->ref_count, ==, 1);
}

static void
test_shows (void)
{
  Fixture fixture = { NULL };
  GtkWidget *image;

  begin (&fixture);
  show (&fixture, "Grid bot", SHORT, TOK_SCOPE_READ | TOK_SCOPE_TRADE,
        TOK_SCOPE_READ | TOK_SCOPE_TRADE);
  g_assert_true (shows (&fixture, "Grid bot"));
  g_assert_true (shows (&fixture, "Can trade · Read, Trade"));
  g_assert_true (
      shows (&fixture, "The service shows it this once. Copy or save it before you go on."));
  g_assert_true (shows (&fixture, "Not copied yet"));
  g_assert_false (shows (&fixture, SURPRISE));
  /* Without a session there is nobody to keep it. */
  g_assert_null (tok_ui_test_find (fixture.view, GTK_TYPE_SWITCH, NULL));
  image = tok_ui_test_get (fixture.view, GTK_TYPE_IMAGE, NULL);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "tok-level-trade-symbolic");
  g_assert_true (gtk_label_get_selectable (get_secret (&fixture, SHORT)));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window))
                 == tok_ui_test_get (fixture.view, GTK_TYPE_BUTTON, "Copy"));

  show (&fixture, "<b>Free</b> &amp; \u202egnp.exe", LONG, TOK_SCOPE_READ, TOK_SCOPE_TRADE);
  g_assert_true (shows (&fixture, "<b>Free</b> &amp; [U+202E]gnp.exe"));
  g_assert_true (shows (&fixture, "View only · Read"));
  g_assert_true (shows (&fixture, SURPRISE));
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "tok-level-view-symbolic");

  /* More than was asked for is as much of a surprise as less. */
  show (&fixture, "Grid bot", SHORT, TOK_SCOPE_READ | TOK_SCOPE_ADMIN, TOK_SCOPE_READ);
  g_assert_true (shows (&fixture, SURPRISE));
  show (&fixture, "Grid bot", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
  g_assert_false (shows (&fixture, SURPRISE));
  end (&fixture);
}

/* Where the letters of a line begin, to the eye, in Pango's units. */
static GArray *
dup_positions (PangoLayoutLine *line)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (int));
  int x = 0;

  for (GSList *link = line->runs; link != NULL; link = link->next) {
    PangoGlyphString *glyphs = ((PangoGlyphItem *) link->data)->glyphs;

    for (int i = 0; i < glyphs->num_glyphs; i++) {
      int at = x + glyphs->glyphs[i].geometry.x_offset;

      g_array_append_val (positions, at);
      x += glyphs->glyphs[i].geometry.width;
    }
  }
  return positions;
}

/* Letters of a group stand as close as ever; groups stand apart, and each as far as the next. */
static void
assert_groups (PangoLayoutLine *line, int *letter, int *gap)
{
  g_autoptr (GArray) positions = dup_positions (line);

  for (guint i = 1; i < positions->len; i++) {
    int step = g_array_index (positions, int, i) - g_array_index (positions, int, i - 1);
    int *expected = i % GROUP == 0 ? gap : letter;

    if (*expected == 0)
      *expected = step;
    g_assert_cmpint (ABS (step - *expected), <=, PANGO_SCALE);
  }
}

/* How wide a letter is by itself: all are the same. */
static int
get_letter_width (GtkLabel *label)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (label));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_digit_width (metrics);

  pango_font_metrics_unref (metrics);
  return width;
}

/* Every letter is there, no other one is, and lines end between groups. */
static guint
assert_laid_out (Fixture *self, const char *secret)
{
  GtkLabel *label = get_secret (self, secret);
  PangoLayout *layout = gtk_label_get_layout (label);
  guint n_lines = 0;
  int at = 0;
  int letter = get_letter_width (label);
  int gap = 0;

  g_assert_cmpstr (pango_layout_get_text (layout), ==, secret);
  g_assert_cmpint (pango_layout_get_unknown_glyphs_count (layout), ==, 0);
  for (GSList *link = pango_layout_get_lines_readonly (layout); link != NULL; link = link->next) {
    PangoLayoutLine *line = link->data;
    g_autoptr (GArray) positions = dup_positions (line);

    g_assert_cmpint (line->start_index, ==, at);
    g_assert_cmpint (line->start_index % GROUP, ==, 0);
    /* A hyphen would be one more. */
    g_assert_cmpuint (positions->len, ==, line->length);
    assert_groups (line, &letter, &gap);
    at += line->length;
    n_lines++;
  }
  g_assert_cmpint (at, ==, strlen (secret));
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_cmpint (gap, >, letter * 3 / 2);
  return n_lines;
}

static void
set_width (Fixture *self, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 600);
  tok_test_wait_until (gtk_widget_get_width (GTK_WIDGET (self->view)) == width);
  tok_ui_test_wait_for_frame (self->window);
}

static void
test_groups (void)
{
  static const int widths[] = { 300, 360, 480, 600 };
  Fixture fixture = { NULL };

  begin (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    set_width (&fixture, widths[i]);
    show (&fixture, "Bot", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
    assert_laid_out (&fixture, SHORT);
    show (&fixture, "Bot", LONG, TOK_SCOPE_READ, TOK_SCOPE_READ);
    g_assert_cmpuint (assert_laid_out (&fixture, LONG), >, 3);
  }
  end (&fixture);
}

/* Its groups are made when it is first shown, if it was not shown yet. */
static void
test_groups_unseen (void)
{
  g_autoptr (TokToken) token = tok_token_new ("Bot", SHORT, TOK_SCOPE_READ, NULL, NULL, NULL);
  GtkWidget *stack = gtk_stack_new ();
  Fixture fixture = { NULL };

  fixture.view = g_object_new (TOK_TYPE_SECRET_VIEW, NULL);
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new (NULL), "other");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (fixture.view), "view");
  fixture.window = tok_ui_test_present (stack);
  tok_secret_view_show_token (fixture.view, token, TOK_SCOPE_READ);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "view");
  set_width (&fixture, 300);
  assert_laid_out (&fixture, SHORT);
  tok_ui_test_close (fixture.window);
}

/* A secret is no text of any language. */
static void
test_right_to_left (void)
{
  Fixture fixture = { NULL };
  GtkLabel *label;
  PangoRectangle first;
  PangoRectangle last;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  begin (&fixture);
  show (&fixture, "\u05d1\u05d5\u05d8", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
  label = get_secret (&fixture, SHORT);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (fixture.view)), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (label)), ==, GTK_TEXT_DIR_LTR);
  assert_laid_out (&fixture, SHORT);
  pango_layout_index_to_pos (gtk_label_get_layout (label), 0, &first);
  pango_layout_index_to_pos (gtk_label_get_layout (label), strlen (SHORT) - 1, &last);
  g_assert_cmpint (first.x, <, last.x);
  end (&fixture);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
assert_held (Fixture *self)
{
  g_autofree char *held = NULL;

  tok_ui_test_wait_for_frame (self->window);
  held = g_strdup_printf ("Copied. Cleared in %u s",
                          tok_secret_clipboard_get_seconds_left (self->clipboard));
  g_assert_true (tok_ui_test_shows (self->view, held));
  g_assert_cmpint (tok_secret_clipboard_get_state (self->clipboard), ==, TOK_SECRET_CLIPBOARD_HELD);
}

static void
test_copy (void)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  Fixture fixture = { NULL };
  guint *n_copied;
  gboolean is_copied;

  begin (&fixture);
  n_copied = tok_test_count_notify (fixture.view, "is-copied");
  /* There is nothing to copy. */
  tok_secret_view_copy (fixture.view);
  g_assert_cmpuint (*n_copied, ==, 0);
  show (&fixture, "Bot", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
  tok_ui_test_click (fixture.view, "Copy");
  tok_ui_test_click (fixture.view, "Copy");
  g_assert_cmpuint (*n_copied, ==, 1);
  g_object_get (fixture.view, "is-copied", &is_copied, NULL);
  g_assert_true (is_copied);
  assert_held (&fixture);

  tok_secret_clipboard_clear (fixture.clipboard);
  g_assert_true (shows (&fixture, "Copied, and cleared from the clipboard"));
  tok_ui_test_click (fixture.view, "Copy");
  assert_held (&fixture);
  gdk_clipboard_set_text (clipboard, "something else");
  g_assert_true (shows (&fixture, "Copied, and replaced by something else since"));
  g_assert_true (tok_secret_view_get_has_copy (fixture.view));

  /* What became of one says nothing about the next. */
  show (&fixture, "Bot", LONG, TOK_SCOPE_READ, TOK_SCOPE_READ);
  g_assert_false (tok_secret_view_get_has_copy (fixture.view));
  g_assert_cmpuint (*n_copied, ==, 2);
  g_assert_true (shows (&fixture, "Not copied yet"));
  end (&fixture);
}

/* What somebody must know who holds such a token; said when it is out, and once. */
static void
test_warning (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  for (TokScopes scopes = 1; scopes <= TOK_SCOPE_ALL; scopes++) {
    gboolean full = (scopes & TOK_SCOPE_ADMIN) != 0;
    gboolean money = !full && (scopes & TOK_SCOPE_PAYMENTS) != 0;

    show (&fixture, "Bot", SHORT, scopes, scopes);
    g_assert_false (tok_ui_test_shows (fixture.view, MONEY));
    g_assert_false (tok_ui_test_shows (fixture.view, ALL));
    tok_ui_test_click (fixture.view, "Copy");
    tok_ui_test_click (fixture.view, "Copy");
    g_assert_true (tok_ui_test_shows (fixture.view, MONEY) == money);
    g_assert_true (tok_ui_test_shows (fixture.view, ALL) == full);
  }
  end (&fixture);
}

/* Whether there is a QR code to be seen, or to be read by whoever gets hold of the widget. */
static gboolean
has_qr (Fixture *self)
{
  GtkWidget *code = tok_ui_test_find_any (self->view, TOK_TYPE_QR_CODE, NULL);
  int size;

  gtk_widget_measure (code, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
  g_assert_true (gtk_widget_get_mapped (code) == (size > 0));
  return size > 0;
}

static GtkMenuButton *
get_qr_button (Fixture *self)
{
  return tok_ui_test_get (self->view, GTK_TYPE_MENU_BUTTON, NULL);
}

static void
set_qr (Fixture *self, gboolean shown)
{
  if (shown)
    gtk_menu_button_popup (get_qr_button (self));
  else
    gtk_menu_button_popdown (get_qr_button (self));
  tok_test_wait_until (has_qr (self) == shown);
}

/* It is there while somebody looks at it, and proves nothing. */
static void
test_qr (void)
{
  Fixture fixture = { NULL };

  begin (&fixture);
  show (&fixture, "Bot", SHORT, TOK_SCOPE_ADMIN, TOK_SCOPE_ADMIN);
  g_assert_false (has_qr (&fixture));
  g_assert_false (tok_secret_view_get_has_shown_qr (fixture.view));
  g_assert_false (shows (&fixture, ALL));
  set_qr (&fixture, TRUE);
  g_assert_true (shows (&fixture, "Scan it with the operator’s mobile app. Whoever photographs it "
                                  "has the token."));
  g_assert_true (tok_secret_view_get_has_shown_qr (fixture.view));
  g_assert_false (tok_secret_view_get_has_copy (fixture.view));
  g_assert_true (shows (&fixture, ALL));
  set_qr (&fixture, FALSE);
  set_qr (&fixture, TRUE);
  tok_secret_view_forget (fixture.view);
  tok_test_wait_until (!has_qr (&fixture));

  show (&fixture, "Bot", LONG, TOK_SCOPE_READ, TOK_SCOPE_READ);
  g_assert_false (tok_secret_view_get_has_shown_qr (fixture.view));
  set_qr (&fixture, TRUE);
  /* The next one takes it away. */
  show (&fixture, "Bot", LONG "x", TOK_SCOPE_READ, TOK_SCOPE_READ);
  tok_test_wait_until (!has_qr (&fixture));
  /* No phone reads that. */
  g_assert_null (tok_ui_test_find (fixture.view, GTK_TYPE_MENU_BUTTON, NULL));
  show (&fixture, "Bot", SHORT, TOK_SCOPE_READ, TOK_SCOPE_READ);
  set_qr (&fixture, TRUE);
  end (&fixture);
}

static void
test_forget (void)
{
  g_autoptr (TokToken) token = tok_token_new ("Bot", SHORT, TOK_SCOPE_READ, NULL, NULL, NULL);
  Fixture fixture = { NULL };
  GtkLabel *label;

  begin (&fixture);
  tok_secret_view_show_token (fixture.view, token, TOK_SCOPE_READ);
  label = get_secret (&fixture, SHORT);
  tok_ui_test_click (fixture.view, "Copy");
  tok_secret_view_forget (fixture.view);
  g_assert_cmpstr (gtk_label_get_text (label), ==, "");
  g_assert_cmpuint (G_OBJECT (token)->ref_count, ==, 1);
  /* What was copied stays for its time. */
  g_assert_cmpint (tok_secret_clipboard_get_state (fixture.clipboard), ==,
                   TOK_SECRET_CLIPBOARD_HELD);
  tok_secret_clipboard_clear (fixture.clipboard);
  tok_secret_view_copy (fixture.view);
  g_assert_cmpint (tok_secret_clipboard_get_state (fixture.clipboard), ==,
                   TOK_SECRET_CLIPBOARD_CLEARED);
  end (&fixture);
}

static void
test_clipboard (void)
{
  Fixture fixture = { NULL };
  guint *n_notified;
  g_autoptr (TokSecretClipboard) kept = NULL;

  begin (&fixture);
  n_notified = tok_test_count_notify (fixture.view, "clipboard");
  g_object_set (fixture.view, "clipboard", fixture.clipboard, NULL);
  g_assert_cmpuint (*n_notified, ==, 0);
  g_object_set (fixture.view, "clipboard", NULL, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_object_set (fixture.view, "clipboard", fixture.clipboard, NULL);
  g_object_get (fixture.view, "clipboard", &kept, NULL);
  g_assert_true (kept == fixture.clipboard);
  g_clear_object (&kept);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/secret-view/new-destroy", test_new_destroy);
  g_test_add_func ("/secret-view/shows", test_shows);
  g_test_add_func ("/secret-view/groups", test_groups);
  g_test_add_func ("/secret-view/groups-unseen", test_groups_unseen);
  g_test_add_func ("/secret-view/right-to-left", test_right_to_left);
  g_test_add_func ("/secret-view/copy", test_copy);
  g_test_add_func ("/secret-view/warning", test_warning);
  g_test_add_func ("/secret-view/qr", test_qr);
  g_test_add_func ("/secret-view/forget", test_forget);
  g_test_add_func ("/secret-view/clipboard", test_clipboard);

  return g_test_run ();
}
