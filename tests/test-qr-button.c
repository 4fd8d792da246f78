/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-qr-button.h"

#include "tok-qr-code.h"
#include "tok-test.h"
#include "tok-token.h"
#include "tok-ui-test.h"

#include <string.h>

#define SECRET "aBcDeFgHiJkLmNo"
#define MAX_LENGTH 128

static TokToken *
new_token (const char *secret)
{
  return tok_token_new ("Bot", secret, TOK_SCOPE_READ, NULL, NULL, NULL);
}

/* Whether the code is there, or could be got hold of. */
static gboolean
has_code (TokQrButton *button)
{
  GtkWidget *code = tok_ui_test_find_any (button, TOK_TYPE_QR_CODE, NULL);
  int size;

  gtk_widget_measure (code, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
  return size > 0;
}

static GtkMenuButton *
get_button (TokQrButton *button)
{
  return tok_ui_test_get (button, GTK_TYPE_MENU_BUTTON, NULL);
}

static void
test_new_destroy (void)
{
  TokToken *token = new_token (SECRET);
  TokQrButton *button = g_object_new (TOK_TYPE_QR_BUTTON, NULL);
  GtkWidget *window;

  tok_ui_test_assert_finalize_widget (button);
  button = g_object_new (TOK_TYPE_QR_BUTTON, NULL);
  window = tok_ui_test_present (GTK_WIDGET (button));
  /* There is nothing to show yet. */
  gtk_menu_button_popup (get_button (button));
  g_assert_false (has_code (button));
  tok_qr_button_set_token (button, token);
  gtk_menu_button_popup (get_button (button));
  g_assert_true (has_code (button));
  tok_ui_test_close (window);
  tok_test_assert_finalize (token);
}

static void
test_shows (void)
{
  g_autoptr (TokToken) token = new_token (SECRET);
  TokQrButton *button = g_object_new (TOK_TYPE_QR_BUTTON, NULL);
  GtkWidget *window = tok_ui_test_present (GTK_WIDGET (button));
  guint *n_shown = tok_test_count_notify (button, "was-shown");
  gboolean was_shown;

  tok_qr_button_set_token (button, token);
  g_assert_cmpuint (*n_shown, ==, 0);
  for (guint i = 0; i < 3; i++) {
    g_assert_false (has_code (button));
    gtk_menu_button_popup (get_button (button));
    g_assert_true (has_code (button));
    tok_ui_test_assert_untold (button, SECRET);
    gtk_menu_button_popdown (get_button (button));
    tok_test_wait_until (!has_code (button));
  }
  g_assert_cmpuint (*n_shown, ==, 1);
  g_object_get (button, "was-shown", &was_shown, NULL);
  g_assert_true (was_shown);
  g_assert_true (tok_qr_button_get_was_shown (button));

  /* The next one takes it away, and so does nobody. */
  gtk_menu_button_popup (get_button (button));
  tok_qr_button_set_token (button, token);
  g_assert_false (has_code (button));
  g_assert_false (tok_qr_button_get_was_shown (button));
  gtk_menu_button_popup (get_button (button));
  g_assert_true (has_code (button));
  tok_qr_button_set_token (button, NULL);
  g_assert_false (has_code (button));
  g_assert_cmpuint (G_OBJECT (token)->ref_count, ==, 1);
  tok_ui_test_close (window);
}

static void
test_too_long (void)
{
  g_autofree char *fits = g_strnfill (MAX_LENGTH, 'x');
  g_autofree char *longer = g_strnfill (MAX_LENGTH + 1, 'x');
  g_autoptr (TokToken) readable = new_token (fits);
  g_autoptr (TokToken) unreadable = new_token (longer);
  TokQrButton *button = g_object_new (TOK_TYPE_QR_BUTTON, NULL);
  GtkWidget *window = tok_ui_test_present (GTK_WIDGET (button));

  tok_qr_button_set_token (button, unreadable);
  g_assert_null (tok_ui_test_find (button, GTK_TYPE_MENU_BUTTON, NULL));
  tok_qr_button_set_token (button, readable);
  gtk_menu_button_popup (get_button (button));
  g_assert_true (has_code (button));
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/qr-button/new-destroy", test_new_destroy);
  g_test_add_func ("/qr-button/shows", test_shows);
  g_test_add_func ("/qr-button/too-long", test_too_long);

  return g_test_run ();
}
