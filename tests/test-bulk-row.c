/* SPDX-FileCopyrightText: Token Manager contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tok-bulk-row.h"

#include "tok-test.h"
#include "tok-ui-test.h"

#define IMITATES "Its name looks like “Deriv”, but the operator didn’t make it."
#define HIDES "Its name hides characters that can’t be seen."

static GtkWidget *
present (GtkWidget *row)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return tok_ui_test_present (list);
}

static void
test_new_destroy (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ, NULL);

  tok_ui_test_assert_finalize_widget (tok_bulk_row_new (grant, NULL));
  tok_ui_test_assert_finalize_widget (tok_bulk_row_new (grant, "Why"));
}

static void
test_token (void)
{
  g_autoptr (TokGrant) grant
      = tok_ui_test_new_token ("Grid bot", TOK_SCOPE_READ | TOK_SCOPE_TRADE, NULL);
  GtkWidget *row = tok_bulk_row_new (grant, NULL);
  GtkWidget *window = present (row);

  g_assert_true (tok_ui_test_shows (row, "Grid bot"));
  g_assert_true (tok_ui_test_shows (row, "Can trade"));
  g_assert_false (tok_ui_test_shows (row, "This program"));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  tok_ui_test_assert_name (row, "Grid bot, Can trade");
  tok_grant_set_is_this_program (grant, TRUE);
  tok_ui_test_wait_for_frame (window);
  g_assert_true (tok_ui_test_shows (row, "This program"));
  tok_ui_test_close (window);
}

/* Foreign text is no markup, wherever it stands. */
static void
test_reason (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (1, "<b>Bot</b>\u202e", TOK_SCOPE_ADMIN);
  GtkWidget *row = tok_bulk_row_new (grant, "<i>No</i> & why");
  GtkWidget *window = present (row);

  g_assert_true (tok_ui_test_shows (row, "<b>Bot</b>[U+202E]"));
  g_assert_true (tok_ui_test_shows (row, "<i>No</i> & why"));
  tok_ui_test_assert_name (row, "<b>Bot</b>[U+202E], " HIDES ", Full control, <i>No</i> & why");
  tok_ui_test_close (window);
}

/* Whoever is asked about an app that looks like another is told so. */
static void
test_warning (void)
{
  g_autoptr (TokGrant) grant = tok_ui_test_new_app (1, "Deriv", TOK_SCOPE_READ);
  g_autoptr (TokGrant) token = tok_ui_test_new_token ("Deriv", TOK_SCOPE_READ, NULL);
  GtkWidget *row = tok_bulk_row_new (grant, "Why");
  GtkWidget *window = present (row);

  g_assert_true (tok_ui_test_shows (row, IMITATES));
  tok_ui_test_assert_name (row, "Deriv, " IMITATES ", View only, Why");
  tok_ui_test_close (window);
  row = tok_bulk_row_new (token, NULL);
  window = present (row);
  g_assert_false (tok_ui_test_shows (row, IMITATES));
  tok_ui_test_assert_name (row, "Deriv, View only");
  tok_ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  tok_ui_test_init (&argc, &argv);

  g_test_add_func ("/bulk-row/new-destroy", test_new_destroy);
  g_test_add_func ("/bulk-row/token", test_token);
  g_test_add_func ("/bulk-row/reason", test_reason);
  g_test_add_func ("/bulk-row/warning", test_warning);

  return g_test_run ();
}
